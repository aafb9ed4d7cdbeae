"""Start to the first claim, with few and with very many mails in the mailbox, and how much of it is the server's."""
import asyncio, contextlib, socket, statistics, time

from parts.start import fill
from stage.programs import Claimant, Daemon, mailbox
from stage.report import Section, progress
from stage.servers import PASSWORD, Cyrus, Dovecot, Letter

OLD = b"From: someone@example.co.jp\r\nSubject: old\r\nDate: Fri, 14 Jul 2017 02:40:00 +0000\r\n\r\nold\r\n"


class Bare:
    """A raw IMAP client that is logged in: one command after the other."""

    def __init__(self, server, user):
        self.port, self.user, self.tag = server.imap, user, 0

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        await self.reader.readline()
        await self.ask(f'LOGIN "{self.user}" "{PASSWORD}"')
        return self

    async def __aexit__(self, *_):
        self.writer.close()

    async def ask(self, command, text=b""):
        self.tag += 1
        self.writer.write(f"{self.tag} {command}\r\n".encode() + text)
        while not (line := await self.reader.readline()).startswith(f"{self.tag} ".encode()):
            if not line:
                raise RuntimeError("the server hung up")
        if not line.startswith(f"{self.tag} OK".encode()):
            raise RuntimeError(f"IMAP: {line!r}")


async def append(server, user, size):
    """Fills a mailbox: a hundred mails by APPEND, and then copies of what is there, which are links to the server."""
    async with Bare(server, user) as client:
        there = min(size, 100)
        for _ in range(there):
            await client.ask('APPEND INBOX (\\Seen) "14-Jul-2017 02:40:00 +0000" {%d+}' % len(OLD), OLD + b"\r\n")
        await client.ask("SELECT INBOX")
        while there < size:
            some = min(there, size - there)
            await client.ask(f"COPY 1:{some} INBOX")
            there += some
            progress(f"first claim: {there} of {size} mails")


async def open_once(server, user):
    """Has the server look at all that it has: it numbers mails and builds its index then."""
    async with Bare(server, user) as client:
        await client.ask("SELECT INBOX")


class Relay:
    """What stands between, and sums up for how long the server is waited for: from each write of the client's to the last one of the
    server's before the next."""

    def __init__(self, port):
        self.target, self.waited, self.asked, self.answered, self.is_over = port, 0, None, None, False

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.connected, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()

    async def connected(self, reader, writer):
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        to_server.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        await asyncio.gather(self.carry(reader, writer, to_server, self.ask), self.carry(from_server, to_server, writer, self.answer))

    def ask(self):
        self.sum_up()
        self.asked = time.monotonic()

    def answer(self):
        self.answered = time.monotonic()

    def sum_up(self):
        if self.asked and self.answered > self.asked and not self.is_over:
            self.waited += self.answered - self.asked
        self.asked = None

    def end(self):
        """What comes from now on does not count."""
        self.sum_up()
        self.is_over = True

    async def carry(self, source, source_end, drain, note):
        with contextlib.suppress(ConnectionError):
            while data := await source.read(65536):
                # Else a server that writes in pieces (Cyrus) waits 40 ms for an acknowledgement. It does not last: tcp(7).
                for end in source_end, drain:
                    end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
                note()
                drain.write(data)
                await drain.drain()
            drain.close()


async def first_claim(server, user, serial):
    """Milliseconds from the start of the process to the password, and for how many of them the server was waited for."""
    letter = Letter(serial)
    await server.deliver(letter, user)
    # A Dovecot reads a Maildir's whole directory anew where it has changed within two seconds of the last look, which is no start's concern.
    for pause in 0.3, 2.5:
        await asyncio.sleep(pause)
        await open_once(server, user)
    await asyncio.sleep(0.3)
    async with Relay(server.imap) as relay:
        began, came = time.monotonic(), None
        with Daemon([mailbox("main", relay.port, user)], patience=0) as daemon:
            while came is None:
                try:
                    came = await Claimant(daemon, "main").take(letter.password, settled=relay.end)
                except (FileNotFoundError, ConnectionRefusedError):
                    # Not there yet, or nobody listens yet.
                    await asyncio.sleep(0.0005)
            # The mark of the settlement.
            await asyncio.sleep(0.5)
    return (came - began) * 1000, relay.waited * 1000


async def least(server, user, serial):
    """Milliseconds that no client can do without: one that knows nothing and asks nothing logs in, opens the mailbox, fetches its newest mail
    and marks it."""
    began = time.monotonic()
    async with Bare(server, user) as client:
        await client.ask("SELECT INBOX")
        await client.ask("FETCH * (UID BODY.PEEK[])")
        await client.ask(f"STORE * +FLAGS.SILENT ($Bare{serial % 2})")
        return (time.monotonic() - began) * 1000


async def starts(server, users, rounds):
    figures = {user: [] for user in users}
    # The first round is the server's: it fills its caches.
    for round in range(rounds + 1):
        for user in users:
            figures[user].append([*await first_claim(server, user, round)])
            # What a session that has ended has the server do delays the next one.
            await asyncio.sleep(0.5)
            figures[user][-1].append(await least(server, user, round))
            await asyncio.sleep(0.5)
        progress(f"first claim: {round} of {rounds}")
    return {user: each[1:] for user, each in figures.items()}


def measure(quick, mails):
    sizes, rounds = ([100, 10_000], 5) if quick else ([100, 100_000], 15)
    section = Section("Start to the first claim")
    section.text(f"Medians of {rounds} starts each, alternating; in brackets the fastest and the slowest. From the start of the process to the password of the mailbox's newest mail, which arrived earlier, "
                 "in the hands of a claimant that is waiting at the socket; the claim is marked on the server. The server's: the part of that time spent waiting for the server, as seen by a relay in between. The limit: what the "
                 "same server takes to let a bare client, which knows which mail it wants, log in, open the mailbox, fetch that mail and mark it. Without TLS, on loopback.")
    rows = []
    for make in Dovecot, Cyrus:
        if not make.is_here():
            section.text(f"{make.__name__} is not installed: `make servers` creates it.")
            continue
        users = {make.account(f"m{size}"): size for size in sizes}
        with make(list(users)) as server:
            for user, size in users.items():
                fill(server, user, size) if make is Dovecot else asyncio.run(append(server, user, size))
                # Else Dovecot would number the first letter before what it has not looked at yet.
                asyncio.run(open_once(server, user))
            figures = asyncio.run(starts(server, users, rounds))
        for user, size in users.items():
            claims, waits, limits = zip(*figures[user])
            columns = claims, waits, [claim - waited for claim, waited in zip(claims, waits)], limits
            rows.append([make.version(), size, *(f"{statistics.median(each):.0f} ({min(each):.0f} to {max(each):.0f})" for each in columns)])
    section.table(["server", "mails", "first claim, ms", "the server's, ms", "ours, ms", "the limit, ms"], rows)
    return section
