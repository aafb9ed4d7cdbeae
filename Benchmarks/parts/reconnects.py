"""A day's worth of sessions that end, in quick motion: what the daemon keeps of them."""
import asyncio, collections, contextlib, os, pathlib, signal, socket, ssl, struct, subprocess, tempfile

from stage.programs import Daemon, mailbox
from stage.report import Section, progress
from stage.scripted import Kind, Scripted, Session
from stage.servers import SERVERS, Letter

MAILBOXES = 20
#: What the server has got when it ends the session, and what it says before; None: it ends with a reset. "TLS" is within the handshake.
ENDINGS = [
    ("connection", b""), ("connection", None), ("TLS", b""), ("TLS", None),
    ("handshake", b""), ("handshake", b"* OK rea"), ("handshake", b"* BYE [UNAVAILABLE] later\r\n"), ("handshake", b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    ("CAPABILITY", b""), ("CAPABILITY", b"* CAPABILITY IMAP4rev1 AU"), ("AUTHENTICATE", b""), ("AUTHENTICATE", None),
    ("AUTHENTICATE", b"%T NO [AUTHENTICATIONFAILED] no\r\n"), ("AUTHENTICATE", b"* BYE Too many connections\r\n"), ("AUTHENTICATE", b"%T NO [UNAVAILABLE] later\r\n"),
    ("SELECT", b""), ("SELECT", None), ("SELECT", b"* 3 EXISTS\r\n* OK [UIDVALIDITY 1"), ("SELECT", b"%T NO [NONEXISTENT] no\r\n"),
    ("SEARCH", b""), ("FETCH", b"* 1 FETCH (UID 1 FLAGS () BODY[]<0> {2000}\r\nReceived: from"), ("NOTIFY", b""), ("FETCH", b"* 1 FETCH (UID 1 BODY[]<0> {99999999}\r\n"),
    ("IDLE", b""), ("IDLE", None), ("IDLE", b"* BYE Server shutting down\r\n"), ("IDLE", b"* 4 EXI"), ("IDLE", b"* OK [ALERT"), ("IDLE", b"* 1 EXPUNGE\r\n* 2 FETCH (FLAGS ("),
]


class DoomedSession(Session):
    def __init__(self, server, reader, writer, where, words):
        super().__init__(server, reader, writer)
        self.where, self.words = where, words

    async def answer(self, line):
        tag, _, rest = line.partition(" ")
        name = rest.removeprefix("UID ").partition(" ")[0]
        if name == "IDLE":
            await super().answer(line)
            self.server.watched(self)
        if name != self.where:
            return name == "IDLE" or await super().answer(line)
        end(self.writer, self.words and self.words.replace(b"%T", tag.encode()))
        return False


def end(writer, words):
    """The session's end, with these words or by a reset."""
    if words is None:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return writer.transport.abort()
    writer.write(words)


class Doomed(Scripted):
    """While `left` lasts each connection ends, in one way after the other. After it all is well."""

    def __init__(self, kind, directory):
        super().__init__(kind)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(directory / "cert.pem", directory / "key.pem")
        self.left, self.ended, self.watching, self.standing = 0, collections.Counter(), set(), 0
        self.quiet = asyncio.Event()

    def watched(self, session):
        self.watching.add(session)
        if len(self.watching) == MAILBOXES:
            self.quiet.set()

    async def connected(self, reader, writer):
        where, words = ENDINGS[self.left % len(ENDINGS)] if self.left else ("never", b"")
        self.left = max(self.left - 1, 0)
        session, self.standing = None, self.standing + 1
        try:
            if where == "connection":
                return end(writer, words)
            if where == "TLS":
                return await self.half_a_handshake(reader, writer, words)
            await writer.start_tls(self.context)
            if where == "handshake":
                return end(writer, words)
            session = DoomedSession(self, reader, writer, where, words)
            await session.run()
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            pass
        finally:
            self.standing -= 1
            self.ended[where] += 1
            self.watching.discard(session)
            self.quiet.clear()
            writer.close()

    async def half_a_handshake(self, reader, writer, words):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        incoming.write(await reader.read(16384))
        with contextlib.suppress(ssl.SSLWantReadError):
            self.context.wrap_bio(incoming, outgoing, server_side=True).do_handshake()
        flight = outgoing.read()
        writer.write(flight[:len(flight) // 2])
        await writer.drain()
        end(writer, words)


def taken(daemon):
    """What it holds: anonymous memory in MiB, descriptors, threads."""
    process = pathlib.Path(f"/proc/{daemon.process.pid}")
    return [f"{daemon.memory()[0] / 1024:.2f}", len(list((process / "fd").iterdir())), len(list((process / "task").iterdir()))]


async def sessions(count, steps):
    """A row for each step: sessions that have ended by then, and what the daemon holds while all is well."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        directory = pathlib.Path(directory)
        subprocess.run([SERVERS / "dovecot", "authority", directory, "localhost"], check=True)
        os.chmod(directory, 0o755)
        async with Doomed(Kind("IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS CONDSTORE IDLE NOTIFY"), directory) as server:
            users = [f"m{number}" for number in range(MAILBOXES)]
            for user in users:
                for serial in range(3):
                    await server.deliver(Letter(serial), user)
            lines = f'ca_file = "{directory}/ca.pem"\n'
            boxes = [mailbox(user, server.imap, user, lines).replace("127.0.0.1", "localhost") for user in users]
            loop = asyncio.get_running_loop()
            with await loop.run_in_executor(None, lambda: Daemon(boxes)) as daemon:
                for step in range(steps + 1):
                    if step:
                        server.left = count // steps
                        for session in list(server.watching):
                            end(session.writer, None)
                        # A reload tries at once whatever is away. What it comes too early for it tries the next time.
                        while server.left or not server.quiet.is_set():
                            if daemon.has_ended():
                                raise RuntimeError(daemon.log()[-3000:])
                            daemon.process.send_signal(signal.SIGHUP)
                            with contextlib.suppress(asyncio.TimeoutError):
                                await asyncio.wait_for(server.quiet.wait(), 0.03)
                    else:
                        await server.quiet.wait()
                    await asyncio.sleep(2)
                    rows.append([sum(server.ended.values()), *taken(daemon)])
                    progress(f"reconnects: {rows[-1]}")
            return rows, server.ended


def measure(quick, mails):
    count = 1_000 if quick else 10_000
    section = Section("Reconnects")
    section.text(f"{MAILBOXES} mailboxes over TLS, three mails in each, on a scripted server that ends {count} sessions, each in the next of {len(ENDINGS)} ways: before or within the "
                 "TLS handshake, at the greeting, the login, SELECT, the search, the first FETCH, NOTIFY and in the watch; with the end of the stream, a reset, BYE, a refusal, half a response, or "
                 "one that breaks the protocol. SIGHUP brings each next attempt forward. The daemon's resources are measured while all mailboxes are watched again.")
    rows, ended = asyncio.run(sessions(count, 2 if quick else 5))
    section.table(["sessions ended", "anonymous, MiB", "descriptors", "threads"], rows)
    section.text("Sessions ended at: " + ", ".join(f"{where} {number}" for where, number in ended.most_common() if where != "never") + ".")
    return section
