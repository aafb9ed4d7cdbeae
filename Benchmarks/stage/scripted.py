"""An IMAP server that is a script: one kind of server, as much of it as a watched mailbox asks for."""
import asyncio, base64, collections, re, time

SYSTEM_FLAGS = r"\Answered \Flagged \Deleted \Seen \Draft"


class Kind(collections.namedtuple("Kind", "capabilities keywords delay limit", defaults=[True, 0, None])):
    """What it offers; whether it keeps keywords; after how many seconds a new mail is pushed (None: never); how many commands
    in a minute it takes before it wants to be left alone for one."""


class Mail:
    def __init__(self, uid, body, mod_seq):
        self.uid, self.body, self.mod_seq, self.flags, self.came = uid, body, mod_seq, set(), time.time()
        self.is_taken = False

    def told(self, number, items, numbers_changes):
        """An answer to FETCH."""
        parts = [f"UID {self.uid}"]
        if "FLAGS" in items:
            parts.append(f"FLAGS ({' '.join(sorted(self.flags))})")
        if "INTERNALDATE" in items:
            parts.append(time.strftime('INTERNALDATE "%d-%b-%Y %H:%M:%S +0000"', time.gmtime(self.came)))
        if "RFC822.SIZE" in items:
            parts.append(f"RFC822.SIZE {len(self.body)}")
        if numbers_changes and "MODSEQ" in items:
            parts.append(f"MODSEQ ({self.mod_seq})")
        text = f"* {number} FETCH ({' '.join(parts)}".encode()
        self.is_taken |= "BODY" in items
        return text + (b" BODY[]<0> {%d}\r\n" % len(self.body) + self.body if "BODY" in items else b"") + b")\r\n"


class Account:
    """One user's mailbox, and the sessions that are to be told of what comes."""

    def __init__(self):
        self.mails, self.mod_seq, self.sessions, self.asked = [], 1, set(), collections.deque()
        self.alone_until = 0

    def change(self):
        self.mod_seq += 1
        return self.mod_seq

    def is_too_much(self, limit):
        """Whether one command more is too many."""
        now = time.monotonic()
        self.asked.append(now)
        while self.asked[0] < now - 60:
            self.asked.popleft()
        if limit and len(self.asked) > limit and now >= self.alone_until:
            self.alone_until = now + 60
        return now < self.alone_until


class Scripted:
    """Accounts on a loopback port, in the clear. Within `async with` it serves."""

    def __init__(self, kind):
        self.kind, self.accounts = kind, collections.defaultdict(Account)

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.connected, "127.0.0.1", 0)
        self.imap = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()

    async def connected(self, reader, writer):
        try:
            await Session(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def deliver(self, letter, user):
        """The mail is there, and pushed as this kind does it; when it was (time.monotonic())."""
        account = self.accounts[user]
        account.mails.append(Mail(len(account.mails) + 1, letter.bytes, account.change()))
        if self.kind.delay is not None:
            for session in account.sessions:
                asyncio.get_running_loop().call_later(self.kind.delay, session.push)
        return time.monotonic()


class Session:
    def __init__(self, server, reader, writer):
        self.kind, self.server, self.reader, self.writer = server.kind, server, reader, writer
        self.account, self.told, self.idle_tag, self.pushed = None, 0, None, None
        self.numbers_changes = "CONDSTORE" in self.kind.capabilities

    def say(self, *lines):
        for line in lines:
            self.writer.write(line if isinstance(line, bytes) else line.encode() + b"\r\n")

    async def line(self):
        return (await self.reader.readuntil(b"\n")).decode("latin-1").strip()

    async def run(self):
        self.say("* OK ready")
        try:
            while await self.answer(await self.line()):
                await self.writer.drain()
        finally:
            if self.account:
                self.account.sessions.discard(self)

    def push(self):
        """During IDLE."""
        if self.idle_tag:
            self.say(*self.news())

    def news(self):
        mails = self.account.mails if self.account else []
        if self.told == len(mails):
            return []
        new, self.told = mails[self.told:], len(mails)
        pushed = [mail.told(mail.uid, self.pushed, self.numbers_changes) for mail in new] if self.pushed else []
        return [f"* {len(mails)} EXISTS", *pushed]

    async def answer(self, line):
        """Answers one line; False when it was the last."""
        if line == "DONE":
            self.say(*self.news(), f"{self.idle_tag} OK done")
            self.idle_tag = None
            return True
        tag, _, rest = line.partition(" ")
        command, _, arguments = rest.partition(" ")
        if command == "UID":
            command, _, arguments = arguments.partition(" ")
        if self.account and self.account.is_too_much(self.kind.limit) and command != "LOGOUT":
            rest = self.account.alone_until - time.monotonic()
            self.say(f"{tag} BAD Request is throttled. Suggested Backoff Time: {rest * 1000:.0f} milliseconds")
            return True
        method = getattr(self, command.lower(), None)
        if not method:
            self.say(f"{tag} BAD unknown")
            return True
        end = await method(tag, arguments)
        if end:
            self.say(*self.news(), f"{tag} {end}")
        return command != "LOGOUT"

    async def capability(self, *_):
        self.say(f"* CAPABILITY {self.kind.capabilities}")
        return "OK done"

    async def id(self, *_):
        self.say('* ID ("name" "scripted")')
        return "OK done"

    async def authenticate(self, tag, arguments):
        mechanism, _, response = arguments.partition(" ")
        if not response:
            self.say("+ ")
            response = await self.line()
        self.user = base64.b64decode(response).split(b"\0")[1].decode()
        return "OK done"

    async def login(self, tag, arguments):
        self.user = arguments.split()[0].strip('"')
        return "OK done"

    async def select(self, *_):
        self.account = self.server.accounts[self.user]
        self.account.sessions.add(self)
        self.told = len(self.account.mails)
        keywords = r" \*" if self.kind.keywords else ""
        self.say(f"* FLAGS ({SYSTEM_FLAGS})", f"* {self.told} EXISTS", "* 0 RECENT", f"* OK [PERMANENTFLAGS ({SYSTEM_FLAGS}{keywords})] x",
                 "* OK [UIDVALIDITY 1] x", f"* OK [UIDNEXT {self.told + 1}] x")
        if self.numbers_changes:
            self.say(f"* OK [HIGHESTMODSEQ {self.account.mod_seq}] x")
        return "OK [READ-WRITE] done"

    async def status(self, *_):
        count = len(self.account.mails)
        self.say(f'* STATUS "INBOX" (MESSAGES {count} UIDNEXT {count + 1} UIDVALIDITY 1)')
        return "OK done"

    async def search(self, tag, arguments):
        """Of a criterion it knows where to look: no mail is ever removed, so a UID is a sequence number."""
        among = re.search(r"(\d+):(\d+|\*)", arguments)
        first, last = among.groups() if among else ("1", "*")
        last = len(self.account.mails) if last == "*" else int(last)
        self.say(" ".join(["* SEARCH", *(str(mail.uid) for mail in self.account.mails[max(int(first), 1) - 1:last])]))
        return "OK done"

    async def fetch(self, tag, arguments):
        numbers, items = arguments.split(" ", 1)
        for part in numbers.split(","):
            # No mail is ever removed: a UID is a sequence number.
            first, _, last = part.replace("*", str(len(self.account.mails))).partition(":")
            for mail in self.account.mails[max(int(first), 1) - 1:int(last or first)]:
                self.say(mail.told(mail.uid, items, self.numbers_changes))
        return "OK done"

    async def store(self, tag, arguments):
        uid, condition, sign, flags = re.match(r"(\d+) (?:\(UNCHANGEDSINCE (\d+)\) )?([+-])FLAGS\S* \((.*)\)", arguments).groups()
        mail = self.account.mails[int(uid) - 1]
        if not self.kind.keywords and "$" in flags:
            return "BAD Command Argument Error. 11"
        if condition and mail.mod_seq > int(condition):
            return f"OK [MODIFIED {uid}] x"
        mail.flags = mail.flags | set(flags.split()) if sign == "+" else mail.flags - set(flags.split())
        mail.mod_seq = self.account.change()
        self.say(mail.told(mail.uid, "MODSEQ" if condition else "FLAGS MODSEQ", self.numbers_changes))
        return "OK done"

    async def notify(self, tag, arguments):
        if "NOTIFY" not in self.kind.capabilities:
            return "BAD unknown"
        self.pushed = arguments
        return "OK done"

    async def idle(self, tag, arguments):
        self.say("+ idling")
        self.idle_tag = tag

    async def noop(self, *_):
        return "OK done"

    async def logout(self, *_):
        self.say("* BYE x")
        return "OK done"
