#!/usr/bin/env python3
"""Each password to one worker, once, whatever dies: a soak on a real Dovecot or Cyrus, with nothing but Python's own library.

    soak.py [--kills N] [--seed N] [--programs DIR] [--round N] [--keep]

Rounds of some kills each, in turn with one daemon on two mailboxes and with two daemons on one. While mails arrive, workers claim,
settle, hang up and crash; at random moments kill -9 ends a daemon, a worker, a connection on the server's side, or the whole
server. Some letters come more than once, at once or much later, into one mailbox or into both. Then all becomes quiet, and a
daemon that knows nothing but the mailboxes must show that

  - no password was handed out twice, unless its holder said "unused" in between or the claim included those in doubt;
  - every password is in exactly one state, in all its mails, for both daemons and for the new one, and in one that somebody
    brought about; what somebody has or had is marked in every mailbox that it is in;
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
import re
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


def worker(sockets, mailboxes, pipe, chance):
    while True:
        path = chance.choice(sockets)
        try:
            work(path, mailboxes, pipe, chance)
        except (OSError, ConnectionError):
            time.sleep(0.02)


def work(path, mailboxes, pipe, chance):
    peer = Peer(path)
    for _ in range(chance.randint(1, 6)):
        doubtful = chance.random() < 0.2
        where = {"mailbox": chance.choice(mailboxes)} if chance.random() < 0.3 else {}
        peer.send("Claim", waitSeconds=chance.randint(0, 3), includeInDoubt=doubtful, **where)
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


def postman(post, mailboxes, pipe, chance, pace):
    sent = []
    while True:
        # Some come again: the last one, or any, whatever has become of it.
        if sent and chance.random() < 0.3:
            password, mail = sent[-1] if chance.random() < 0.4 else chance.choice(sent)
        else:
            password = secrets.token_urlsafe(9)
            mail = letter(password)
            sent.append((password, mail))
        for mailbox in chance.sample(mailboxes, chance.randint(1, len(mailboxes))):
            # Told before and after: what the server took and could not confirm may be there or not.
            tell(pipe, what="posting", password=password, mailbox=mailbox)
            try:
                post(mailbox, mail)
                tell(pipe, what="posted", password=password, mailbox=mailbox)
            except (OSError, smtplib.SMTPException, imaplib.IMAP4.error):
                time.sleep(0.05)
        time.sleep(chance.expovariate(1 / pace))


class Server:
    """What the servers have in common: a directory with a script that starts and ends them, and a user for each mailbox."""

    def __init__(self, directory):
        self.directory = directory
        self.password = secrets.token_urlsafe(12)
        directory.mkdir()
        (directory / "users").write_text("".join(f"{user}:{self.scheme}{self.password}\n" for user in self.users.values()))
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

    def connect(self, mailbox):
        server = imaplib.IMAP4("127.0.0.1", int(self.ports["IMAP_PORT"]), timeout=PATIENCE)
        server.login(self.users[mailbox], self.password)
        return server

    def mails(self, mailbox):
        """What is there: by its ID each mail's password, and whether it has a mark."""
        found = {}
        with self.connect(mailbox) as server:
            count = int(server.select("INBOX", readonly=True)[1][0])
            validity = server.response("UIDVALIDITY")[1][0].decode()
            data = server.fetch("1:*", "(UID FLAGS BODY.PEEK[TEXT])")[1] if count else []
        # Each is its items up to the text, the text, and its items after it; between two, what is told unasked of flags.
        for index, part in enumerate(data):
            if not isinstance(part, tuple):
                continue
            (before, text), after = part, data[index + 1]
            items = (before + after).decode()
            found[f"{mailbox}/{validity}/{re.search(r'UID ([0-9]+)', items)[1]}"] = (
                re.search(r"パスワード：(\S+)", text.decode("iso2022_jp"))[1],
                re.search(r"\$SecomOTP(Claimed|Used|Rejected)", items, re.IGNORECASE) is not None)
        return found


class Cyrus(Server):
    script, users, scheme = "cyrus", {"main": "webmaster", "other": "alias"}, ""

    def post(self, mailbox, letter):
        with self.connect(mailbox) as server:
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


class Dovecot(Server):
    script, users, scheme = "dovecot", {"main": USER, "other": "alias@example.co.jp"}, "{PLAIN}"

    def post(self, mailbox, letter):
        with smtplib.LMTP("127.0.0.1", int(self.ports["LMTP_PORT"]), timeout=PATIENCE) as server:
            server.sendmail("ra-support@secom.co.jp", [self.users[mailbox]], letter)

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


class Daemon:
    def __init__(self, program, directory, name, server, mailboxes):
        self.program, self.log = program, directory / f"{name}.log"
        self.socket = str(directory / f"{name}.sock")
        self.runtime = directory / f"{name}.run"
        self.runtime.mkdir()
        secret, self.file = directory / f"{name}.password", directory / f"{name}.toml"
        secret.write_text(server.password)
        secret.chmod(0o600)
        self.file.write_text(
            f'[socket]\npath = "{self.socket}"\nmode = "0600"\n' + "".join(
                f'[[mailbox]]\nname = "{mailbox}"\nhost = "127.0.0.1"\nport = {server.imaps}\nuser = "{server.users[mailbox]}"\n'
                f'password = {{ file = "{secret}" }}\nca_file = "{server.directory}/ca.pem"\n' for mailbox in mailboxes))
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

    def known(self):
        """By its ID each password's state; None while a mailbox is not watched."""
        status = self.status()
        if not status or any(mailbox["state"] != "watching" for mailbox in status["mailboxes"]):
            return None
        return {one["id"]: one["state"] for one in status["passwords"]}

    def states(self, mails):
        """The state of each password; None while a mail is not known, or something is under way."""
        status = self.status()
        if not status or any(mailbox["state"] != "watching" for mailbox in status["mailboxes"]):
            return None
        listed = [one["id"] for one in status["passwords"]]
        if len(listed) != len(set(listed)):
            raise Failure("a mail is listed twice")
        if set(listed) != set(mails):
            return None
        states = collections.defaultdict(set)
        for one in status["passwords"]:
            # What is there and counts as gone, or cannot be fetched, is to be found again.
            if one["state"] == "claimed" or one.get("reason") not in (None, "duplicate"):
                return None
            if one.get("reason") != "duplicate":
                states[mails[one["id"]][0]].add(one["state"])
        if several := [password for password, all in states.items() if len(all) != 1]:
            raise Failure(f"in several states: {[one for one in status['passwords'] if mails[one['id']][0] in several]}")
        known = listed and set(states) == {password for password, _ in mails.values()}
        return {password: all.pop() for password, all in states.items()} if known else None

    def difference(self, mails):
        """What keeps it from knowing all mails, for a failure."""
        status = self.status()
        if not status:
            return "no status"
        listed = {one["id"]: one for one in status["passwords"]}
        odd = [one for one in listed.values() if one["state"] == "claimed" or one.get("reason") not in (None, "duplicate") or one["id"] not in mails]
        return f"not listed {[id for id in mails if id not in listed]}, odd {odd}, {status['mailboxes']}"


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
    """From the first mail to the account of all."""

    def __init__(self, options, directory, daemons, kills, chance, total):
        self.options, self.directory, self.chance, self.kills, self.total = options, directory, chance, kills, total
        self.server = {"dovecot": Dovecot, "cyrus": Cyrus}[options.server](directory / "d")
        self.program = pathlib.Path(options.programs) / "secom-otpd"
        self.children = {}
        self.daemons = []
        self.events, self.rest = [], b""
        self.pipe, self.end = os.pipe()
        # Two daemons with copies in two mailboxes: what they may do is in docs/failover.md, "What no daemon can guarantee".
        self.mailboxes = ["main", "other"] if daemons == 1 else ["main"]
        for number in range(daemons):
            self.daemons.append(Daemon(self.program, directory, f"s{number}", self.server, self.mailboxes))

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
            self.fork("worker", worker, [daemon.socket for daemon in self.daemons], self.mailboxes, self.end)

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
        self.fork("postman", postman, self.server.post, self.mailboxes, self.end)
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

    def mails(self):
        return {id: mail for mailbox in self.mailboxes for id, mail in self.server.mails(mailbox).items()}

    def account(self):
        posted = {(event["mailbox"], event["password"]) for event in self.events if event["what"] == "posted"}
        posting = {(event["mailbox"], event["password"]) for event in self.events if event["what"] == "posting"}
        self.once()

        # Quiet: all daemons know every mail, nothing is under way, and they are of one mind.
        seen = {}

        def quiet():
            # The last one may have been on its way when the postman died.
            mails = self.mails()
            all = [daemon.states(mails) for daemon in self.daemons]
            seen["mails"] = len(mails)
            seen["states"] = [None if one is None else dict(collections.Counter(one.values())) for one in all]
            return (mails, all[0]) if all[0] is not None and all.count(all[0]) == len(all) else None

        try:
            mails, before = eventually("the daemons agree", quiet)
        except Failure as failure:
            raise Failure(f"{failure}: {seen}, {[daemon.status() for daemon in self.daemons]}")
        # Read anew: the last marks may have been made since.
        self.marked(self.mails(), before)
        old = self.daemons
        for daemon in old:
            daemon.end(signal.SIGTERM)
        fresh = Daemon(self.program, self.directory, "fresh", self.server, self.mailboxes)
        self.daemons = [fresh]

        def all_known():
            mails = self.mails()
            states = fresh.states(mails)
            return (mails, states) if states is not None else None

        try:
            # Read anew: what was on its way when the postman died may have come since.
            mails, after = eventually("a new daemon knows all mails", all_known)
        except Failure as failure:
            raise Failure(f"{failure}: {fresh.difference(self.mails())}")
        differing = {password: (one, after.get(password)) for password, one in before.items() if one != after.get(password)}
        if differing:
            raise Failure(f"a new daemon sees other states than the old ones: {differing}")
        self.total.update(after.values())
        self.total["mails"] += len(mails)
        self.total["copies"] += len(mails) - len(after)
        self.total["handed out"] += sum(event["what"] == "handed" for event in self.events)

        # Everything that can still be had is claimed: first what nobody has, then what is in doubt.
        peer = Peer(fresh.socket)
        for doubtful, state in ((False, "available"), (True, "inDoubt")):
            left = {password for password, one in after.items() if one == state}
            while left:
                reply = peer.call("Claim", includeInDoubt=doubtful)
                if "error" in reply:
                    raise Failure(f"{len(left)} are {state} and cannot be claimed: {reply}")
                mine = reply["parameters"]["oneTimePassword"]
                if mine["password"] not in left:
                    raise Failure(f"{mine['id']} was claimed, which is {after.get(mine['password'])}")
                left.remove(mine["password"])
                self.events.append(dict(
                    what="handed", id=mine["id"], password=mine["password"], doubtful=doubtful, at=time.monotonic(), worker=0,
                    daemon=fresh.socket))
        reply = peer.call("Claim", includeInDoubt=True)
        if reply.get("error") != "org.secom-otpd.Handoff.NoPassword":
            raise Failure(f"one too many: {reply.get('error')}")
        peer.close()
        self.daemons = [*old, fresh]
        self.once()

        # Every mail has its password and every password its mail.
        handed = [event for event in self.events if event["what"] == "handed"]
        wrong = [event["id"] for event in handed if event["id"] not in mails or mails[event["id"]][0] != event["password"]]
        if wrong:
            raise Failure(f"another password was handed out than stands in these mails: {wrong}")
        if never := set(after) - {event["password"] for event in handed}:
            raise Failure(f"nobody ever had what is in these mails: {[id for id in mails if mails[id][0] in never]}")
        there = {(id.split("/")[0], password) for id, (password, _) in mails.items()}
        if not there <= posting:
            raise Failure("passwords that nobody sent")
        if not posted <= there:
            raise Failure(f"{len(posted - there)} passwords were lost")
        self.settlements(after)
        for log in self.directory.glob("*.log"):
            text = log.read_text()
            if any(password in text for _, password in posting):
                raise Failure(f"a password stands in {log.name}")
        fresh.end(signal.SIGTERM)

    def once(self):
        """No second hand-out as available without "unused" in between. Who asks for doubtful ones may get what another daemon is
        handing out at this moment, give it back, and write that down before the other's claimant writes down what it got."""
        held, early = collections.defaultdict(set), set()
        for event in sorted(self.events, key=lambda event: event["at"]):
            if event["what"] == "settling" and event["outcome"] == "unused":
                if not held[event["password"]]:
                    early.add(event["password"])
                held[event["password"]].clear()
            elif event["what"] == "handed" and not event["doubtful"]:
                twins = held[event["password"]]
                if twins and event["password"] in early:
                    early.discard(event["password"])
                elif twins:
                    raise Failure("handed out twice:\n" + self.story(event["password"]))
                twins.add(event["id"])

    def story(self, password):
        return "\n".join(str({k: e[k] for k in e if k != "password"}) for e in self.events if e.get("password") == password)

    def marked(self, mails, states):
        """What somebody has or had is marked in every mailbox that it is in: one that is found alone, after a restart, is not given."""
        handed = {event["password"] for event in self.events if event["what"] == "handed"}
        marks = collections.defaultdict(bool)
        for id, (password, mark) in mails.items():
            marks[id.split("/")[0], password] |= mark
        for (mailbox, password), mark in marks.items():
            if password in handed and states[password] != "available" and not mark:
                ids = [id for id in mails if mails[id][0] == password]
                raise Failure(f"{ids} are {states[password]}, and not marked in {mailbox}:\n{self.story(password)}")

    def settlements(self, after):
        """A state that is an end was brought about by somebody; what was confirmed is so, or at the least in doubt."""
        tried, confirmed = collections.defaultdict(set), collections.defaultdict(set)
        for event in self.events:
            if event["what"] == "settling":
                tried[event["password"]].add(event["outcome"])
            elif event["what"] == "settled" and not event["error"]:
                confirmed[event["password"]].add(event["outcome"])
        for password, state in after.items():
            said = tried[password]
            if state in ("used", "rejected") and state not in said:
                raise Failure(f"a password is {state}, and nobody said so:\n{self.story(password)}")
            if said == confirmed[password] and len(said) == 1 and "unused" not in said and state not in said:
                if state != "inDoubt":
                    raise Failure(f"a password was settled {said}, and is {state}:\n{self.story(password)}")
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
