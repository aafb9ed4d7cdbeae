#!/usr/bin/env python3
"""Nobody makes another wait: 100 mailboxes, 50 workers and random faults for a long time, on a real Dovecot.

    crowd.py [--minutes N] [--mailboxes N] [--workers N] [--programs DIR] [--seed N]

While mails arrive in all mailboxes, workers claim, settle, hang up and crash, silent clients stand about, and connections on the
server's side and now and then the whole server are ended. Another client makes a call on a connection of its own every 20 ms, of a kind
that needs no mailbox, and claims from mailboxes that are watched. At the end it must be so that

  - no call took longer than 250 ms whose mailbox was there (those that need none always count);
  - the daemon's anonymous memory is what it was after a tenth of the time, a tenth and 2 MiB allowed for.

Exit status 0 when it is so. A machine that is busy with other things breaks the first: it is for a quiet one.
"""

import argparse
import bisect
import collections
import os
import pathlib
import random
import secrets
import shutil
import signal
import smtplib
import sys
import tempfile
import threading
import time

import soak

BOUND = 0.25
#: Around the moment at which a mailbox is known to be away: the daemon notices a cut a little later than it was made.
MARGIN = 3


class Dovecot(soak.Dovecot):
    def __init__(self, directory, count):
        self.users = {f"m{number}": f"m{number}@example.co.jp" for number in range(count)}
        super().__init__(directory)

    def run(self, verb):
        (self.directory / "local.conf").write_text(
            "default_process_limit = 1000\ndefault_client_limit = 4000\nservice imap {\n  process_limit = 1000\n}\n")
        super().run(verb)


class Absences:
    """When which mailbox was away, by the daemon's log."""

    def __init__(self, log, mailboxes):
        self.log, self.lock = log, threading.Lock()
        self.away = {mailbox: [[0, None]] for mailbox in mailboxes}
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        with open(self.log, errors="replace") as lines:
            while True:
                line = lines.readline()
                if not line:
                    time.sleep(0.01)
                    continue
                name = line.partition("mailbox=")[2].split()[0] if "mailbox=" in line else None
                with self.lock:
                    spans = self.away.get(name)
                    if spans is None:
                        continue
                    if "mailbox-watching" in line and spans[-1][1] is None:
                        spans[-1][1] = time.monotonic()
                    elif "mailbox-interrupted" in line and spans[-1][1] is not None:
                        spans.append([time.monotonic(), None])

    def watched(self):
        with self.lock:
            return [mailbox for mailbox, spans in self.away.items() if spans[-1][1] is not None]

    def excuses(self, mailbox, began, ended):
        with self.lock:
            return any(start - MARGIN < ended and (end is None or end + MARGIN > began) for start, end in self.away[mailbox])


def anonymous(pid):
    """KiB that the machine cannot take back."""
    fields = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status"))
    return int(fields["RssAnon"].split()[0])


class Caller(threading.Thread):
    """One call after the other, and how long each took."""

    def __init__(self, daemon, absences, chance):
        super().__init__(daemon=True)
        self.daemon_, self.absences, self.chance = daemon, absences, chance
        self.took, self.late, self.failure = collections.defaultdict(list), [], None

    def run(self):
        try:
            peer = soak.Peer(self.daemon_.socket)
            while True:
                self.one(peer)
                time.sleep(0.02)
        except Exception as error:  # pylint: disable=broad-except
            self.failure = error

    def call(self, peer, kind, method, mailbox=None, **parameters):
        began = time.monotonic()
        reply = peer.call(method, **parameters)
        ended = time.monotonic()
        bisect.insort(self.took[kind], ended - began)
        if ended - began > BOUND and not (mailbox and self.absences.excuses(mailbox, began, ended)):
            self.late.append((kind, mailbox, round(ended - began, 3)))
        return reply

    def one(self, peer):
        kind = self.chance.random()
        if kind < 0.1:
            self.call(peer, "Status", "Status")
        elif kind < 0.4:
            self.call(peer, "Settle of nothing", "Settle", id="m0/1/4000000000", outcome="used")
        elif kind < 0.6:
            self.call(peer, "Claim of nothing", "Claim", mailbox="none")
        else:
            watched = self.absences.watched()
            if not watched:
                return
            mailbox = self.chance.choice(watched)
            reply = self.call(peer, "Claim", "Claim", mailbox, mailbox=mailbox)
            if "error" not in reply:
                id = reply["parameters"]["oneTimePassword"]["id"]
                self.call(peer, "Settle", "Settle", mailbox, id=id, outcome="used")


def stand_about(path, chance):
    """Connections that say nothing, or begin a message and never end it."""
    peers = []
    while True:
        try:
            peers.append(soak.Peer(path))
            if chance.random() < 0.5:
                peers[-1].socket.sendall(b'{"method":"org.va')
        except OSError:
            pass
        if len(peers) > 20:
            peers.pop(chance.randrange(len(peers))).close()
        time.sleep(0.5)


def watch_all():
    """Dovecot watches each folder by an inotify instance, of which a user has 128; without one it looks every 30 s."""
    limit = pathlib.Path("/proc/sys/fs/inotify/max_user_instances")
    if int(limit.read_text()) < 1024:
        limit.write_text("1024")


def crowd(options, directory, chance):
    server = Dovecot(directory / "d", options.mailboxes)
    mailboxes = list(server.users)
    daemon = soak.Daemon(pathlib.Path(options.programs) / "secom-otpd", directory, "s", server, mailboxes)
    absences = Absences(daemon.log, mailboxes)
    devnull = os.open(os.devnull, os.O_WRONLY)
    children = {}

    def fork(kind, function, *arguments):
        seed = chance.random()
        pid = os.fork()
        if pid == 0:
            os.nice(5)
            try:
                function(*arguments, random.Random(seed))
            finally:
                os._exit(1)
        children[pid] = kind

    def hire():
        while children and (gone := os.waitpid(-1, os.WNOHANG)[0]):
            children.pop(gone, None)
        for _ in range(options.workers - sum(kind == "worker" for kind in children.values())):
            fork("worker", soak.worker, [daemon.socket], mailboxes, devnull)

    try:
        soak.eventually("all are watched", lambda: len(absences.watched()) == len(mailboxes))
        fork("postman", postman, server.post, mailboxes, options.pace)
        fork("silent", stand_about, daemon.socket)
        caller = Caller(daemon, absences, random.Random(chance.random()))
        caller.start()
        begun, total, memory, told = time.monotonic(), collections.Counter(), [], 0
        while (now := time.monotonic()) < begun + options.minutes * 60:
            hire()
            daemon.check()
            if caller.failure:
                raise soak.Failure(f"the caller: {caller.failure!r}")
            fault = chance.choices(["cut", "worker", "server", "none"], [20, 20, 1, 10])[0]
            if fault == "cut" and (parts := server.parts()):
                kill(chance.choice(parts))
            elif fault == "worker":
                kill(chance.choice([pid for pid, kind in children.items() if kind == "worker"]))
            elif fault == "server":
                server.restart()
            total[fault] += 1
            memory.append((now - begun, anonymous(daemon.process.pid)))
            if now > begun + told * 60:
                told += 1
                print(f"{told - 1} min: {dict(total)}, anonymous {memory[-1][1]} kB, {figures(caller)}", flush=True)
            time.sleep(chance.expovariate(1 / 2))
        early = max(size for at, size in memory if at < options.minutes * 6)
        late = max(size for at, size in memory if at > options.minutes * 54)
        print(f"at the end: {figures(caller)}; anonymous memory at most {early} kB in the first tenth, {late} kB in the last; faults {dict(total)}")
        for one in caller.late[:20]:
            print("late:", one)
        return not caller.late and late < early * 1.1 + 2048
    finally:
        for pid in children:
            kill(pid)
        daemon.process.kill()
        daemon.process.wait()
        server.run("crash")


def postman(post, mailboxes, pace, chance):
    while True:
        try:
            post(chance.choice(mailboxes), soak.letter(secrets.token_urlsafe(9)))
        except (OSError, smtplib.SMTPException):
            pass
        time.sleep(chance.expovariate(pace))


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def figures(caller):
    def of(kind):
        took = caller.took[kind]
        return f"{kind} {len(took)}: p50 {took[len(took) // 2] * 1000:.1f}, p99 {took[len(took) * 99 // 100] * 1000:.1f}, max {took[-1] * 1000:.0f} ms"

    return "; ".join(of(kind) for kind in sorted(caller.took))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--mailboxes", type=int, default=100)
    parser.add_argument("--workers", type=int, default=50)
    parser.add_argument("--pace", type=float, default=5, help="letters a second")
    parser.add_argument("--seed", type=int, default=soak.seed())
    parser.add_argument("--programs", default=str(soak.HERE.parent.parent / ".build" / "release"))
    options = parser.parse_args()
    print(f"SEED={options.seed}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    watch_all()
    directory = pathlib.Path(tempfile.mkdtemp(prefix="crowd."))
    directory.chmod(0o711)
    try:
        return 0 if crowd(options, directory, random.Random(options.seed)) else 1
    except soak.Failure as failure:
        print(f"SEED={options.seed}: FAILED: {failure}")
        return 1
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
