"""Start to the first claim, with few and with very many mails in the mailbox, and what the server alone takes of it."""
import asyncio, os, statistics, time

from parts.start import fill
from stage.programs import Claimant, Daemon, mailbox
from stage.report import Section, progress
from stage.servers import PASSWORD, Cyrus, Dovecot, Letter

OLD = b"From: someone@example.co.jp\r\nSubject: old\r\nDate: Fri, 14 Jul 2017 02:40:00 +0000\r\n\r\nold\r\n"


class Bare:
    """A raw IMAP client: one command after the other, timed."""

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        await self.reader.readline()
        self.tag = 0
        return self

    def __init__(self, port):
        self.port = port

    async def __aexit__(self, *_):
        self.writer.close()

    async def ask(self, command):
        """Milliseconds until it is answered."""
        self.tag += 1
        began = time.monotonic()
        self.writer.write(f"{self.tag} {command}\r\n".encode())
        await self.until(self.tag)
        return (time.monotonic() - began) * 1000

    async def until(self, tag):
        while not (line := await self.reader.readline()).startswith(f"{tag} ".encode()):
            if not line:
                raise RuntimeError("the server hung up")
        if not line.startswith(f"{tag} OK".encode()):
            raise RuntimeError(f"IMAP: {line!r}")


async def append(server, user, size):
    """Fills a mailbox: a hundred mails by APPEND, and then copies of what is there, which are links to the server."""
    async with Bare(server.imap) as client:
        await client.ask(f'LOGIN "{user}" "{PASSWORD}"')
        for number in range(min(size, 100)):
            client.writer.write(b'%d APPEND INBOX (\\Seen) "14-Jul-2017 02:40:00 +0000" {%d+}\r\n' % (1000 + number, len(OLD)) + OLD + b"\r\n")
            await client.until(1000 + number)
        await client.ask("SELECT INBOX")
        there = min(size, 100)
        while there < size:
            some = min(there, size - there)
            await client.ask(f"COPY 1:{some} INBOX")
            there += some
            progress(f"first claim: {there} of {size} mails")


async def alone(server, user):
    """What the server alone needs for the commands that the claim cannot do without, in milliseconds."""
    async with Bare(server.imap) as client:
        await client.ask(f'LOGIN "{user}" "{PASSWORD}"')
        return await client.ask("SELECT INBOX (CONDSTORE)")


async def first_claim(server, user, serial):
    """Milliseconds from the start of the process to the password."""
    letter = Letter(serial)
    await server.deliver(letter, user)
    await asyncio.sleep(0.3)
    select = await alone(server, user)
    await asyncio.sleep(0.3)
    began = time.monotonic()
    daemon = Daemon([mailbox("main", server.imap, user)], patience=0)
    with daemon:
        while not os.path.exists(daemon.socket):
            await asyncio.sleep(0.0005)
        came = await Claimant(daemon, "main").take(letter.password)
        await asyncio.sleep(0.2)
    return (came - began) * 1000, select


async def starts(server, users, rounds):
    figures = {user: [] for user in users}
    # The first round is the server's: it builds its index.
    for round in range(rounds + 1):
        for user in users:
            figures[user].append(await first_claim(server, user, round))
            # What a killed session has the server do delays the next one.
            await asyncio.sleep(0.5)
        progress(f"first claim: {round} of {rounds}")
    return {user: each[1:] for user, each in figures.items()}


def measure(quick, mails):
    sizes, rounds = ([100, 10_000], 5) if quick else ([100, 100_000], 15)
    section = Section("Start to the first claim")
    section.text(f"Medians of {rounds} starts each, in turn; in brackets the quickest and the slowest. From the start of the process to the password of the mailbox's newest mail, which came before, "
                 "in the hands of a claimant that waits at the socket; the claim is marked on the server. SELECT alone: a raw client's, just before each start, of the same mailbox. In the clear on loopback.")
    rows = []
    for make in Dovecot, Cyrus:
        if not make.is_here():
            section.text(f"No {make.__name__} is here: `make servers` makes it.")
            continue
        users = {make.account(f"m{size}"): size for size in sizes}
        with make(list(users)) as server:
            for user, size in users.items():
                fill(server, user, size) if make is Dovecot else asyncio.run(append(server, user, size))
                # Else Dovecot would number the first letter before what it has not looked at yet.
                asyncio.run(alone(server, user))
            figures = asyncio.run(starts(server, users, rounds))
        medians = []
        for user, size in users.items():
            claims, selects = zip(*figures[user])
            medians.append(statistics.median(claims))
            rows.append([make.version(), size, f"{medians[-1]:.0f} ({min(claims):.0f} to {max(claims):.0f})",
                         f"{statistics.median(selects):.1f} ({min(selects):.1f} to {max(selects):.1f})", f"{medians[-1] / medians[0]:.2f}"])
    section.table(["server", "mails", "first claim, ms", "SELECT alone, ms", "times"], rows)
    return section
