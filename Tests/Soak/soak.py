#!/usr/bin/env python3
"""Each password to one worker, once, whatever dies: a soak on a real Dovecot or Cyrus, with nothing but Python's own library.

    soak.py [--kills N] [--seed N] [--programs DIR] [--round N] [--keep]

Rounds of some kills each, with one daemon and with two on the mailbox in turn. While mails arrive, workers claim, settle, hang
up and crash; at random moments kill -9 ends a daemon, a worker, a connection on the server's side, or the whole server. Then
all becomes quiet, and a daemon that knows nothing but the mailbox must show that

  - no password was handed out twice, unless its holder said "unused" in between or the claim included those in doubt;
  - every mail is in exactly one state, the same for both daemons and for the new one, and in one that somebody brought about;
  - none was lost: every password that the server confirmed is still to be had, or somebody had it.

What was handed out is what a worker read from the socket and wrote down before it did anything else. Exit status 0 when it is so.
"""

import argparse
import base64
import collections
import email.utils
import imaplib
import json
import os
import pathlib
import random
import secrets
import select
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SERVERS = HERE.parent / "SystemTests" / "servers"
USER = "webmaster@example.co.jp"
LOGIN_URL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do"
PATIENCE = 300  # seconds; only what hangs is given up
OUTCOMES = ["used"] * 11 + ["rejected"] * 2 + ["unused"] * 3


class Failure(Exception):
    """What must not be, was."""


def seed():
    """Where chance begins: where SEED says, as a failure has told it, or anywhere."""
    return int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 32))


def letter(password):
    def word(text):
        return "=?ISO-2022-JP?B?" + base64.b64encode(text.encode("iso2022_jp")).decode() + "?="

    head = (
        f"Date: {email.utils.formatdate(localtime=True)}\r\nFrom: {word('セコムCAサポートセンター')} <ra-support@secom.co.jp>\r\n"
        f"To: {USER}\r\nSubject: {word('お客様専用画面ログイン用')}\r\n {word('ワンタイムパスワードのご案内')}\r\n"
        f"Message-ID: <{secrets.token_hex(12)}@secom.co.jp>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
    )
    text = f"お客さま\r\n\r\n    ・ワンタイムパスワード：{password}\r\n    ・ログイン用ＵＲＬ：{LOGIN_URL}\r\n"
    return head.encode() + text.encode("iso2022_jp")


class Peer:
    """A Varlink connection. A daemon that dies shows as ConnectionError."""

    def __init__(self, path, timeout=PATIENCE):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        self.socket.connect(path)
        self.buffer = b""

    def send(self, method, **parameters):
        call = {"method": f"org.secom-otpd.Handoff.{method}", "parameters": parameters}
        self.socket.sendall(json.dumps(call).encode() + b"\0")

    def receive(self):
        while b"\0" not in self.buffer:
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError("closed")
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.send(method, **parameters)
        return self.receive()

    def close(self):
        self.socket.close()


# What runs in processes of its own, so that it can be killed. Each tells what it does by one line on the common pipe.


def tell(pipe, **event):
    event["at"] = time.monotonic()
    os.write(pipe, json.dumps(event).encode() + b"\n")


def worker(sockets, pipe, chance):
    while True:
        path = chance.choice(sockets)
        try:
            work(path, sockets, pipe, chance)
        except (OSError, ConnectionError):
            time.sleep(0.02)


def work(path, sockets, pipe, chance):
    peer = Peer(path)
    for _ in range(chance.randint(1, 6)):
        doubtful = chance.random() < 0.2
        peer.send("Claim", waitSeconds=chance.randint(0, 3), includeInDoubt=doubtful)
        if chance.random() < 0.08:
            # Gone before the answer, or at the very moment when it comes.
            time.sleep(chance.choice([0, 0.002, 0.01, 0.05, 0.3]) * chance.random())
            break
        reply = peer.receive()
        if "error" in reply:
            tell(pipe, what="error", error=reply["error"])
            continue
        mine = reply["parameters"]["oneTimePassword"]
        name = dict(id=mine["id"], password=mine["password"], worker=os.getpid())
        tell(pipe, what="handed", doubtful=doubtful, daemon=path, **name)
        if chance.random() < 0.3:
            time.sleep(chance.random() * 0.2)
        fate = chance.random()
        if fate < 0.08:
            break
        if fate < 0.14:
            os.kill(os.getpid(), signal.SIGKILL)
        if fate < 0.18:
            continue  # keeps it, and claims another
        outcome = chance.choice(OUTCOMES)
        by = peer if chance.random() < 0.8 else Peer(path)
        tell(pipe, what="settling", outcome=outcome, **name)
        reply = by.call("Settle", id=mine["id"], outcome=outcome)
        tell(pipe, what="settled", outcome=outcome, error=reply.get("error"), **name)
    peer.close()


def postman(post, pipe, chance, pace):
    while True:
        password = secrets.token_urlsafe(9)
        # Told before and after: what the server took and could not confirm may be there or not.
        tell(pipe, what="posting", password=password)
        try:
            post(letter(password))
            tell(pipe, what="posted", password=password)
        except (OSError, smtplib.SMTPException, imaplib.IMAP4.error):
            time.sleep(0.05)
        time.sleep(chance.expovariate(1 / pace))


class Server:
    """What the servers have in common: a directory with a script that starts and ends them."""

    def __init__(self, directory):
        self.directory = directory
        self.password = secrets.token_urlsafe(12)
        directory.mkdir()
        (directory / "users").write_text(f"{self.user}:{self.scheme}{self.password}\n")
        self.run("start")
        self.ports = dict(line.split("=") for line in (directory / "env").read_text().split())
        self.imaps = int(self.ports["IMAPS_PORT"])

    def run(self, verb):
        # To a file: what a server leaves running would keep a pipe open.
        with tempfile.TemporaryFile() as errors:
            command = [SERVERS / self.script, verb, self.directory]
            if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors).returncode:
                errors.seek(0)
                raise Failure(f"the server: {errors.read().decode().strip()}")

    def restart(self):
        self.run("crash")
        self.run("start")


class Cyrus(Server):
    script, user, scheme = "cyrus", "webmaster", ""

    def connect(self):
        server = imaplib.IMAP4("127.0.0.1", int(self.ports["IMAP_PORT"]), timeout=PATIENCE)
        server.login(self.user, self.password)
        return server

    def post(self, letter):
        with self.connect() as server:
            if server.append("INBOX", None, None, letter)[0] != "OK":
                raise imaplib.IMAP4.error("APPEND")

    def parts(self):
        """The processes that serve a connection, each the mailbox's own."""
        found, all = [], [int((self.directory / "pid").read_text())]
        while all:
            pid = all.pop()
            try:
                if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == "imapd":
                    found.append(pid)
                all += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except OSError:
                pass
        return found

    def mails(self):
        with self.connect() as server:
            return int(server.select("INBOX", readonly=True)[1][0])


class Dovecot(Server):
    script, user, scheme = "dovecot", USER, "{PLAIN}"

    def post(self, letter):
        with smtplib.LMTP("127.0.0.1", int(self.ports["LMTP_PORT"]), timeout=PATIENCE) as server:
            server.sendmail("ra-support@secom.co.jp", [USER], letter)

    def restart(self):
        self.run("crash")
        # A lock of the dead; Dovecot would wait two minutes for its holder.
        for lock in (self.directory / "mail").rglob("*.lock"):
            lock.unlink(missing_ok=True)
        self.run("start")

    def parts(self):
        """What stands between the client and the process that works on the mailbox."""
        found = []
        try:
            master = (self.directory / "run" / "master.pid").read_text().strip()
            for pid in pathlib.Path(f"/proc/{master}/task/{master}/children").read_text().split():
                if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == "imap-login":
                    found.append(int(pid))
        except OSError:
            pass
        return found

    def mails(self):
        inbox = self.directory / "mail" / USER / "Maildir"
        return sum(1 for part in ("cur", "new") for _ in (inbox / part).glob("*"))


class Daemon:
    def __init__(self, program, directory, name, server):
        self.program, self.log = program, directory / f"{name}.log"
        self.socket = str(directory / f"{name}.sock")
        self.runtime = directory / f"{name}.run"
        self.runtime.mkdir()
        secret, self.file = directory / f"{name}.password", directory / f"{name}.toml"
        secret.write_text(server.password)
        secret.chmod(0o600)
        self.file.write_text(
            f'[socket]\npath = "{self.socket}"\nmode = "0600"\n[[mailbox]]\nname = "main"\nhost = "127.0.0.1"\n'
            f'port = {server.imaps}\nuser = "{server.user}"\npassword = {{ file = "{secret}" }}\nca_file = "{server.directory}/ca.pem"\n'
        )
        self.process = None
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "run", "--config", self.file], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={"RUNTIME_DIRECTORY": str(self.runtime), "PATH": os.environ["PATH"], "SWIFT_BACKTRACE": "enable=no"})

    def check(self):
        if self.process.poll() is not None:
            raise Failure(f"a daemon ended by itself with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")

    def end(self, number):
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        if status not in (0, -number) or number == signal.SIGTERM and status != 0:
            raise Failure(f"a daemon ended with {status}:\n{self.log.read_text()[-2000:]}")

    def status(self):
        try:
            peer = Peer(self.socket)
            try:
                return peer.call("Status")["parameters"]
            finally:
                peer.close()
        except (OSError, ConnectionError):
            self.check()
            return None

    def states(self):
        status = self.status()
        if not status or any(mailbox["state"] != "watching" for mailbox in status["mailboxes"]):
            return None
        names = [one["id"] for one in status["passwords"]]
        if len(names) != len(set(names)):
            raise Failure("a mail is listed twice")
        return {one["id"]: one["state"] for one in status["passwords"]}


def eventually(what, look, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while True:
        value = look()
        if value is not None and value is not False:
            return value
        if time.monotonic() > end:
            raise Failure(f"not in time: {what}")
        time.sleep(0.05)


class Round:
    """One mailbox, from its first mail to the account of all."""

    def __init__(self, options, directory, daemons, kills, chance, total):
        self.options, self.directory, self.chance, self.kills, self.total = options, directory, chance, kills, total
        self.server = {"dovecot": Dovecot, "cyrus": Cyrus}[options.server](directory / "d")
        self.program = pathlib.Path(options.programs) / "secom-otpd"
        self.children = {}
        self.daemons = []
        self.events, self.rest = [], b""
        self.pipe, self.end = os.pipe()
        for number in range(daemons):
            self.daemons.append(Daemon(self.program, directory, f"s{number}", self.server))

    def fork(self, kind, function, *arguments):
        seed = self.chance.random()
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            try:
                function(*arguments, random.Random(seed), *([0.08] if kind == "postman" else []))
            finally:
                os._exit(1)
        self.children[pid] = kind

    def hire(self):
        workers = sum(kind == "worker" for kind in self.children.values())
        for _ in range(5 - workers):
            self.fork("worker", worker, [daemon.socket for daemon in self.daemons], self.end)

    def listen(self, seconds):
        """Takes down what the children tell, for so long."""
        until = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([self.pipe], [], [], max(until - time.monotonic(), 0))
            if ready:
                *lines, self.rest = (self.rest + os.read(self.pipe, 1 << 20)).split(b"\n")
                self.events += map(json.loads, lines)
            elif time.monotonic() >= until:
                break
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG) if self.children else (0, 0)
            if not pid:
                break
            kind = self.children.pop(pid, None)
            if kind and status != signal.SIGKILL:
                raise Failure(f"a {kind} ended with {status}")

    def kill(self):
        kind = self.chance.choices(["daemon", "worker", "cut", "server"], [40, 25, 25, 10])[0]
        if kind == "daemon":
            daemon = self.chance.choice(self.daemons)
            daemon.end(signal.SIGKILL)
            daemon.start()
        elif kind == "worker":
            workers = [pid for pid, kind in self.children.items() if kind == "worker"]
            if not workers:
                return
            os.kill(self.chance.choice(workers), signal.SIGKILL)
        elif kind == "cut":
            # What was sent may have been done or not.
            parts = self.server.parts()
            if not parts:
                return
            try:
                os.kill(self.chance.choice(parts), signal.SIGKILL)
            except ProcessLookupError:
                return
        else:
            self.server.restart()
        self.total[kind] += 1
        self.kills -= 1

    def dismiss(self):
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)
        for pid in list(self.children):
            os.waitpid(pid, 0)
        self.children.clear()

    def run(self):
        self.fork("postman", postman, self.server.post, self.end)
        while self.kills > 0:
            self.hire()
            self.listen(self.chance.expovariate(1 / 0.45))
            for daemon in self.daemons:
                daemon.check()
            self.kill()
        self.listen(1)
        self.dismiss()
        self.listen(0)
        self.account()

    def account(self):
        posted = {event["password"] for event in self.events if event["what"] == "posted"}
        posting = {event["password"] for event in self.events if event["what"] == "posting"}
        self.once()

        # Quiet: all daemons know every mail, nothing is under way, and they are of one mind.
        seen = {}

        def quiet():
            # The last one may have been on its way when the postman died.
            mails = seen["mails"] = self.server.mails()
            all = [daemon.states() for daemon in self.daemons]
            seen["last"] = [None if one is None else dict(collections.Counter(one.values())) for one in all]
            return all[0] if all[0] is not None and len(all[0]) == mails and "claimed" not in all[0].values() and all.count(
                all[0]) == len(all) else None

        try:
            before = eventually("the daemons agree", quiet)
        except Failure as failure:
            raise Failure(f"{failure}: {seen}")
        mails = len(before)
        for daemon in self.daemons:
            daemon.end(signal.SIGTERM)
        fresh = Daemon(self.program, self.directory, "fresh", self.server)
        self.daemons = [fresh]
        after = eventually("a new daemon knows all mails", lambda: (lambda s: s if s and len(s) == mails else None)(fresh.states()))
        if after != before:
            differing = {id: (before.get(id), after.get(id)) for id in {*before, *after} if before.get(id) != after.get(id)}
            raise Failure(f"a new daemon sees other states than the old ones: {differing}")
        self.total.update(after.values())
        self.total["mails"] += mails
        self.total["handed out"] += sum(event["what"] == "handed" for event in self.events)

        # Everything that can still be had is claimed: first what nobody has, then what is in doubt.
        peer = Peer(fresh.socket)
        for doubtful, state in ((False, "available"), (True, "inDoubt")):
            left = {id for id, one in after.items() if one == state}
            while left:
                reply = peer.call("Claim", includeInDoubt=doubtful)
                if "error" in reply:
                    raise Failure(f"{len(left)} are {state} and cannot be claimed: {reply}")
                mine = reply["parameters"]["oneTimePassword"]
                if mine["id"] not in left:
                    raise Failure(f"{mine['id']} was claimed, which is {after.get(mine['id'])}")
                left.remove(mine["id"])
                self.events.append(dict(
                    what="handed", id=mine["id"], password=mine["password"], doubtful=doubtful, at=time.monotonic(), worker=0,
                    daemon=fresh.socket))
        reply = peer.call("Claim", includeInDoubt=True)
        if reply.get("error") != "org.secom-otpd.Handoff.NoPassword":
            raise Failure(f"one too many: {reply.get('error')}")
        peer.close()
        self.once()

        # Every mail has its password and every password its mail.
        names = collections.defaultdict(set)
        for event in self.events:
            if event["what"] == "handed":
                names[event["id"]].add(event["password"])
        wrong = {id: state for id, state in after.items() if len(names[id]) != 1}
        if wrong:
            raise Failure(f"nobody ever had what is in these mails, or it changed: {wrong}")
        passwords = [next(iter(names[id])) for id in after]
        if len(set(passwords)) != mails or not set(passwords) <= posting:
            raise Failure("passwords that nobody sent, or in two mails")
        if not posted <= set(passwords):
            raise Failure(f"{len(posted - set(passwords))} passwords were lost")
        self.settlements(after)
        for log in self.directory.glob("*.log"):
            text = log.read_text()
            if any(password in text for password in posting):
                raise Failure(f"a password stands in {log.name}")
        fresh.end(signal.SIGTERM)

    def once(self):
        """No second hand-out as available without "unused" in between. Who asks for doubtful ones may get what another daemon is
        handing out at this moment, give it back, and write that down before the other's claimant writes down what it got."""
        held, early = set(), set()
        for event in sorted(self.events, key=lambda event: event["at"]):
            if event["what"] == "settling" and event["outcome"] == "unused":
                if event["password"] not in held:
                    early.add(event["password"])
                held.discard(event["password"])
            elif event["what"] == "handed" and not event["doubtful"]:
                if event["password"] in early and event["password"] in held:
                    early.discard(event["password"])
                elif event["password"] in held:
                    story = [{k: e[k] for k in e if k != "password"} for e in self.events if e.get("id") == event["id"]]
                    raise Failure(f"handed out twice: {event['id']}\n" + "\n".join(map(str, story)))
                held.add(event["password"])

    def settlements(self, after):
        """A state that is an end was brought about by somebody; what was confirmed is so, or at the least in doubt."""
        tried, confirmed = collections.defaultdict(set), collections.defaultdict(set)
        for event in self.events:
            if event["what"] == "settling":
                tried[event["id"]].add(event["outcome"])
            elif event["what"] == "settled" and not event["error"]:
                confirmed[event["id"]].add(event["outcome"])
        for id, state in after.items():
            if state in ("used", "rejected") and state not in tried[id]:
                raise Failure(f"{id} is {state}, and nobody said so")
            if tried[id] == confirmed[id] and len(tried[id]) == 1 and "unused" not in tried[id] and state not in tried[id]:
                if state != "inDoubt":
                    raise Failure(f"{id} was settled {tried[id]}, and is {state}")
                self.total["settled, in doubt after a death"] += 1

    def close(self):
        try:
            self.dismiss()
        finally:
            for daemon in self.daemons:
                if daemon.process.poll() is None:
                    daemon.process.kill()
                    daemon.process.wait()
            self.server.run("crash")
            os.close(self.pipe)
            os.close(self.end)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=seed())
    parser.add_argument("--server", choices=["dovecot", "cyrus"], default="dovecot", help="cyrus: make servers makes it")
    parser.add_argument("--programs", default=str(HERE.parent.parent / ".build" / "debug"))
    parser.add_argument("--round", type=int, default=25, help="kills in one round")
    parser.add_argument("--keep", action="store_true", help="leave a failed round's directory behind")
    options = parser.parse_args()
    print(f"SEED={options.seed}", flush=True)
    chance, total, left, rounds = random.Random(options.seed), collections.Counter(), options.kills, 0
    begin = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    while left > 0:
        kills = min(left, options.round)
        directory = pathlib.Path(tempfile.mkdtemp(prefix="soak."))
        directory.chmod(0o711)
        this, failed = None, True
        try:
            this = Round(options, directory, 1 + rounds % 2, kills, chance, total)
            this.run()
            failed = False
        except Failure as failure:
            print(f"SEED={options.seed}: FAILED in round {rounds + 1}, with {1 + rounds % 2} daemons: {failure}")
        finally:
            if this:
                this.close()
            if failed and options.keep:
                print(f"left in {directory}")
            else:
                shutil.rmtree(directory, ignore_errors=True)
        if failed:
            return 1
        left, rounds = left - kills, rounds + 1
        done = sum(total[kind] for kind in ("daemon", "worker", "cut", "server"))
        print(f"{done} kills, {time.monotonic() - begin:.0f} s: {dict(sorted(total.items()))}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
