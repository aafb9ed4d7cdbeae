#!/usr/bin/env python3
"""Random clients on the real socket: garbage, breaches, bursts, sluggards and floods, and beside them two honest clients.

    socket_fuzz.py [--seconds N] [--seed N] [--programs DIR] [--attackers N]

While several processes do their worst, an honest client that stays connected must be answered before the daemon has spent two
seconds of processor time on others, always; and one that connects anew each time, unless the daemon is rightly full. (By the
clock it would be told how busy the machine is.) Whoever breaks the protocol must be hung up on; every
reply must be one. Then all goes quiet, and the daemon must be the same process, with its descriptors and about its memory of
before, with no claim left hanging; a mail is delivered, claimed and settled. Exit status 0 when it is so.
"""

import argparse
import array
import json
import mmap
import os
import pathlib
import random
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time

import soak
from load import figures

HANDOFF, SERVICE = "org.secom-otpd.Handoff.", "org.varlink.service."
PATIENCE = 2.0  # seconds of processor time that the daemon may use while an honest client waits
IDLENESS = 10.0  # seconds that may go by meanwhile in which neither of the two used or wanted a processor
LONGEST = 64 * 1024
GROWTH = 8 * 1024  # kB that the daemon may take more at the end than after a tenth of the time
METHODS = [HANDOFF + name for name in ("Claim", "Settle", "Status", "Nothing")] + [
    SERVICE + name for name in ("GetInfo", "GetInterfaceDescription", "Nothing")] + ["a.b.C", "", ".", "x"]
SINGLE = [{"method": SERVICE + "GetInfo"}, {"method": HANDOFF + "Status"},
          {"method": SERVICE + "GetInterfaceDescription", "parameters": {"interface": "org.secom-otpd.Handoff"}}]


def frame(call):
    return json.dumps(call, ensure_ascii=False).encode(errors="surrogatepass") + b"\0"


class Attacker:
    """One client after the other, and some that stay for a while: what may be left open at once is bounded."""

    def __init__(self, path, chance, shared):
        self.path, self.chance, self.shared = path, chance, shared
        self.lingering = []  # (socket, what it still has to say)
        self.acts = [
            self.garbage, self.breach, self.too_long, self.mutated, self.odd, self.burst, self.hang_up, self.half_close,
            self.drip, self.deaf, self.claim, self.claims, self.descriptors, self.touch]

    def run(self):
        while not self.shared.over:
            try:
                self.tend()
                self.shared.count("acts")
                if self.chance.random() < 0.005:
                    self.flood()
                else:
                    self.chance.choice(self.acts)()
            except (BrokenPipeError, ConnectionResetError, ConnectionRefusedError, BlockingIOError):
                pass  # hung up on, or one too many

    # Sockets

    def connect(self):
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(soak.PATIENCE)
        client.connect(self.path)
        return client

    def linger(self, client, rest=b""):
        client.setblocking(False)
        self.lingering.append((client, rest))
        if len(self.lingering) > 8:
            self.lingering.pop(self.chance.randrange(8))[0].close()

    def tend(self):
        for index, (client, rest) in enumerate(self.lingering):
            try:
                if rest:
                    client.send(rest[:1])
                    self.lingering[index] = (client, rest[1:])
            except OSError:
                self.lingering[index] = (client, b"")

    def replies(self, client):
        """All that comes until the daemon hangs up: whole replies, each a message."""
        data = b""
        while piece := client.recv(1 << 16):
            data += piece
        client.close()
        *replies, rest = data.split(b"\0")
        if rest:
            raise soak.Failure(f"half a reply: {rest[:100]}")
        for reply in map(json.loads, replies):
            if not reply.keys() <= {"parameters", "error", "continues"}:
                raise soak.Failure(f"no reply: {reply}")
        return list(map(json.loads, replies))

    def is_hung_up_on(self, client, data, what):
        try:
            client.sendall(data)
            self.replies(client)
        except TimeoutError:
            raise soak.Failure(f"not hung up on: {what} {data[:200]}") from None

    # What is said

    def value(self, depth=0):
        chance = self.chance
        if depth < 3 and chance.random() < 0.3:
            if chance.random() < 0.5:
                return [self.value(depth + 1) for _ in range(chance.randrange(4))]
            return {self.word(): self.value(depth + 1) for _ in range(chance.randrange(4))}
        return chance.choice([
            None, True, False, 0, -1, 3600, 3601, 2**31, 2**63 - 1, -(2**63), 2**63, 2**200, 0.5, 1e300, "", "main",
            "main/1/1", "used", "unused", "2026-01-01T00:00:00Z", "9999-12-31T23:59:60+00:00", "org.varlink.service",
            self.word(), "\0", "\ud800", "\U0010ffff", "ワンタイム", "x" * chance.choice([10, 1000, 60000])])

    def word(self):
        return self.chance.choice([
            "mailbox", "recipient", "issuedAfter", "waitSeconds", "includeInDoubt", "id", "outcome", "interface", "a.b",
            "".join(chr(self.chance.randrange(1, 0x3000)) for _ in range(self.chance.randrange(6)))])

    def call(self):
        call = {"method": self.chance.choice(METHODS)}
        if self.chance.random() < 0.7:
            call["parameters"] = {self.word(): self.value() for _ in range(self.chance.randrange(4))}
        for flag in ("oneway", "more", "upgrade"):
            if self.chance.random() < 0.15:
                call[flag] = self.chance.choice([True, False, None])
        if self.chance.random() < 0.05:
            call[self.word()] = self.value()
        return call

    # What is done

    def garbage(self):
        data = self.chance.randbytes(self.chance.choice([1, 100, 5000, 200_000]))
        self.is_hung_up_on(self.connect(), data + b"\0\0", "garbage")

    def breach(self):
        nested = self.chance.choice([33, 1000, 20_000])
        data = self.chance.choice([
            b"", b"{}", b"[]", b"null", b'{"method":1}', b'{"method":"a.b.C"', b'{"method":"a.b.C"}x',
            b'{"method":"a.b.C","method":"a.b.C"}', b'{"method":"a.b.C","x":1}', b'{"method":"a.b.C","parameters":[]}',
            b'{"method":"a.b.C","more":true,"oneway":true}', b'{"method":"\xff"}', b'{"method":"\xc0\x80"}',
            b'{"method":"\\ud800"}', b'{"method":"a.b.C","a.b":1e999}', b'{"method":"a.b.C","a.b":-}',
            b'{"method":"a.b.C","a.b":' + b"[" * nested + b"]" * nested + b"}", b'{"a":' * nested])
        self.is_hung_up_on(self.connect(), data + b"\0", "a breach:")

    def too_long(self):
        data = b'{"method":"' + b"x" * self.chance.choice([LONGEST - 10, LONGEST, 1 << 20, 1 << 22])
        self.is_hung_up_on(self.connect(), data, "too long:")

    def mutated(self):
        data = bytearray(frame(self.chance.choice(SINGLE + [self.call()])))
        for _ in range(self.chance.randrange(1, 6)):
            place = self.chance.randrange(len(data))
            if self.chance.random() < 0.5:
                data[place] = self.chance.randrange(256)
            else:
                del data[place:place + self.chance.randrange(20)]
                data += b" "
        self.speak(bytes(data))

    def odd(self):
        self.speak(b"".join(frame(self.call()) for _ in range(self.chance.randrange(1, 5))))

    def speak(self, data):
        """Anything, whole or in pieces, with an ear for the answer or not."""
        client = self.connect()
        if self.chance.random() < 0.3:
            return self.linger(client, data[:500])
        while data:
            size = self.chance.choice([1, 7, len(data), len(data)])
            client.sendall(data[:size])
            data = data[size:]
        client.shutdown(socket.SHUT_WR)
        if self.chance.random() < 0.3:
            self.linger(client)
        else:
            client.settimeout(0.1)  # a claim may wait for an hour
            try:
                self.replies(client)
            except TimeoutError:
                client.close()

    def burst(self):
        calls = self.chance.choices(SINGLE, k=self.chance.randrange(1, 200))
        client = self.connect()
        client.sendall(b"".join(map(frame, calls)))
        client.shutdown(socket.SHUT_WR)
        self.all_answered(calls, self.replies(client))

    def half_close(self):
        calls = [dict(self.chance.choice(SINGLE), **self.chance.choice([{}, {"oneway": True}, {"more": True}]))
                 for _ in range(self.chance.randrange(1, 20))]
        client = self.connect()
        client.sendall(b"".join(map(frame, calls)) + self.chance.choice([b"", b'{"method":"or']))
        client.shutdown(socket.SHUT_WR)
        self.all_answered([call for call in calls if not call.get("oneway")], self.replies(client))

    def all_answered(self, calls, replies):
        # The one thing that may be said instead, once, is that there is no room.
        if [reply.get("error") for reply in replies] == [HANDOFF + "Busy"]:
            return
        keys = {SERVICE + "GetInfo": "vendor", HANDOFF + "Status": "passwords"}
        for call, reply in zip(calls, replies):
            if keys.get(call["method"], "description") not in reply.get("parameters", {}):
                raise soak.Failure(f"answered out of turn: {call} {reply}")
        # Fewer: it was silent for a moment, and another needed its place.
        if len(calls) != len(replies) and not self.shared.sum("under way"):
            raise soak.Failure(f"{len(calls)} calls and {len(replies)} replies")

    def hang_up(self):
        client = self.connect()
        data = b"".join(map(frame, self.chance.choices(SINGLE, k=self.chance.randrange(1, 40))))
        client.sendall(data[:self.chance.randrange(1, len(data))])
        # With something unread in the socket, or nothing yet, or a reply just on its way.
        time.sleep(self.chance.choice([0, 0, 0.001, 0.02]) * self.chance.random())
        client.close()

    def drip(self):
        self.linger(self.connect(), frame(self.chance.choice(SINGLE)) * 3)

    def deaf(self):
        client = self.connect()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
        client.setblocking(False)
        self.linger(client)
        while True:
            client.sendall(frame(self.chance.choice(SINGLE)) * 20)

    def claim(self):
        client = self.connect()
        wish = {"waitSeconds": self.chance.choice([0, 0, 1, 3600]), "includeInDoubt": self.chance.random() < 0.7}
        client.sendall(frame({"method": HANDOFF + "Claim", "parameters": wish}))
        if self.chance.random() < 0.5:
            return self.linger(client)
        if self.chance.random() < 0.5:
            client.settimeout(self.chance.random() * 0.05)
            try:
                reply = json.loads(client.recv(1 << 16)[:-1] or b"{}")
                mine = reply.get("parameters", {}).get("oneTimePassword")
                if mine:
                    outcome = self.chance.choice(["used"] + ["unused"] * 9)
                    client.sendall(frame({"method": HANDOFF + "Settle", "parameters": dict(id=mine["id"], outcome=outcome)}))
            except TimeoutError:
                pass
        client.close()

    def claims(self):
        client = self.connect()
        client.sendall(frame({"method": HANDOFF + "Claim", "parameters": {"waitSeconds": 3600, "recipient": "nobody@x"}}) * 40)
        self.linger(client)

    def descriptors(self):
        """Nobody has asked for them: they must not stay in the daemon."""
        with open("/dev/null", "rb") as file:
            rights = array.array("i", [file.fileno()] * 8)
            client = self.connect()
            client.sendmsg([frame(SINGLE[0])], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        client.shutdown(socket.SHUT_WR)
        self.all_answered(SINGLE[:1], self.replies(client))

    def touch(self):
        self.connect().close()

    def flood(self):
        """More connections than are served."""
        clients = []
        self.shared.count("under way")
        try:
            for _ in range(self.chance.choice([140, 280])):
                client = self.connect()
                clients.append(client)
                client.sendall(frame(self.chance.choice(SINGLE + [self.call()])))
        except OSError:
            pass
        time.sleep(self.chance.random())
        for client in clients:
            client.close()
        self.shared.count("floods")
        self.shared.count("under way", -1)


class Shared:
    """Counters, for all processes to see; each attacker has its own. And whether it is over."""

    NAMES = ["acts", "floods", "under way"]

    def __init__(self, attackers):
        self.memory = mmap.mmap(-1, 24 * attackers)
        self.end = mmap.mmap(-1, 1)
        self.attacker = 0

    @property
    def over(self):
        return self.end[0] != 0

    def count(self, name, step=1):
        at = 24 * self.attacker + 8 * self.NAMES.index(name)
        struct.pack_into("q", self.memory, at, struct.unpack_from("q", self.memory, at)[0] + step)

    def sum(self, name):
        return sum(struct.unpack(f"{len(self.memory) // 8}q", self.memory[:])[self.NAMES.index(name)::3])


class Honest:
    def __init__(self, daemon, shared):
        self.daemon, self.shared = daemon, shared
        self.resident = soak.Peer(daemon.socket)
        self.latencies, self.refused = [], 0

    def ask(self):
        self.time(self.again)
        self.time(self.anew)

    def time(self, ask):
        begun = self.times()
        while not ask():
            self.daemon.check()
            self.refused += 1
            if self.shared.sum("under way"):
                begun = self.times()
            else:
                self.judge(begun, "gets no answer, though the daemon is not full,")
            time.sleep(0.01)
        self.latencies.append(self.judge(begun, "had to wait"))

    def judge(self, begun, what):
        """How long it has waited by the clock; a failure where that is the daemon's doing."""
        elapsed, used, idle = (now - then for now, then in zip(self.times(), begun))
        if used > PATIENCE or idle > IDLENESS:
            raise soak.Failure(
                f"an honest client {what} for {elapsed:.1f} s, in which the daemon used {used:.1f} s of a processor")
        return elapsed

    def times(self):
        """By the clock, of a processor, and what is neither that nor waiting for one. proc_pid_schedstat(5)"""
        def sum_of(files):
            used = queued = 0
            for file in files:
                try:
                    one, other, _ = map(int, file.read_text().split())
                except OSError:  # a thread that has ended
                    continue
                used, queued = used + one / 1e9, queued + other / 1e9
            return used, queued

        clock = time.perf_counter()
        used, queued = sum_of(pathlib.Path(f"/proc/{self.daemon.process.pid}/task").glob("*/schedstat"))
        return clock, used, clock - used - queued - sum(sum_of([pathlib.Path("/proc/self/schedstat")]))

    def again(self):
        """On the connection that stays; where there are too many, it may have to make room."""
        try:
            return self.question(self.resident)
        except OSError:
            self.resident.close()
            self.resident = soak.Peer(self.daemon.socket)
            return False

    def anew(self):
        try:
            peer = soak.Peer(self.daemon.socket)
            try:
                return self.question(peer)
            finally:
                peer.close()
        except (OSError, ConnectionError):
            return False

    def question(self, peer):
        peer.socket.sendall(frame(SINGLE[len(self.latencies) % len(SINGLE)]))
        reply = peer.receive()
        if reply.get("error") == HANDOFF + "Busy":
            return False
        if "parameters" not in reply:
            raise soak.Failure(f"an honest client is told {reply}")
        return True


def resident_kB(pid):
    return int(next(line for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS")).split()[1])


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def attack(options, daemon, shared):
    children = []
    for number in range(options.attackers):
        pid = os.fork()
        if pid == 0:
            shared.attacker = number
            try:
                Attacker(daemon.socket, random.Random(f"{options.seed}/{number}"), shared).run()
                os._exit(0)
            except BaseException as error:
                print(f"attacker {number}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            finally:
                os._exit(1)
        children.append(pid)
    honest, begun, warm = Honest(daemon, shared), time.monotonic(), None
    try:
        tenth = 1
        while (elapsed := time.monotonic() - begun) < options.seconds:
            honest.ask()
            daemon.check()
            if pid := os.waitpid(-1, os.WNOHANG)[0]:
                children.remove(pid)
                raise soak.Failure("an attacker found something")
            if elapsed > options.seconds * tenth / 10:
                warm = warm or resident_kB(daemon.process.pid)
                print(f"{elapsed:5.0f} s, {figures(daemon.process.pid)}", flush=True)
                tenth += 1
            time.sleep(0.005)
        # Each ends what it is at: what hangs is found in the shortest run.
        shared.end[0] = 1
        while children:
            pid, status = os.wait()
            children.remove(pid)
            if status:
                raise soak.Failure("an attacker found something")
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)
    honest.resident.close()
    return honest, warm


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=soak.seed())
    parser.add_argument("--programs", default=soak.HERE.parent.parent / ".build" / "debug", type=pathlib.Path)
    parser.add_argument("--attackers", type=int, default=4)
    options = parser.parse_args()
    print(f"SEED={options.seed}", flush=True)
    directory = pathlib.Path(tempfile.mkdtemp(prefix="socket."))
    directory.chmod(0o711)
    server = soak.Dovecot(directory / "d")
    daemon = soak.Daemon(options.programs / "secom-otpd", directory, "s", server, ["main"])
    pid = daemon.process.pid
    try:
        soak.eventually("it watches", lambda: daemon.known() is not None)
        for number in range(20):
            server.post("main", soak.letter(f"password-{number}"))
        soak.eventually("the mails are there", lambda: len(daemon.known() or []) == 20)
        before = descriptors(pid)
        print(f"{'before':>7}, {figures(pid)}", flush=True)
        shared = Shared(options.attackers)
        honest, warm = attack(options, daemon, shared)

        soak.eventually("the connections are closed", lambda: descriptors(pid) <= before)
        soak.eventually("no claim hangs", lambda: "claimed" not in (daemon.known() or {"": "claimed"}).values())
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        peer = soak.Peer(daemon.socket)
        peer.send("Claim", waitSeconds=20, issuedAfter=since)
        server.post("main", soak.letter("the-last-one"))
        mine = peer.receive().get("parameters", {}).get("oneTimePassword", {})
        if mine.get("password") != "the-last-one" or "error" in peer.call("Settle", id=mine["id"], outcome="used"):
            raise soak.Failure("a mail delivered afterwards is not handed out")
        peer.close()
        daemon.check()
        after = resident_kB(pid)
        print(f"{'after':>7}, {figures(pid)}")
        if after > warm + GROWTH:
            raise soak.Failure(f"the daemon has grown from {warm} to {after} kB")
        daemon.end(signal.SIGTERM)
        times = sorted(honest.latencies)
        p50, p99 = (times[len(times) * part // 100] * 1000 for part in (50, 99))
        print(f"{len(times)} honest calls: p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {times[-1] * 1000:.0f} ms; "
              f"{shared.sum('acts')} acts of others, {shared.sum('floods')} floods, in which {honest.refused} were refused")
    except soak.Failure as failure:
        sys.exit(f"SEED={options.seed}: {failure}")
    finally:
        daemon.process.kill()
        daemon.process.wait()
        server.run("crash")
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
