"""Commands that a server gets in an hour in which one claim waits, by kind of server. No hour is made of a minute: it is one."""
import asyncio, collections, contextlib, re, ssl

from stage.programs import Claimant, Daemon, mailbox
from stage.report import Section, progress
from stage.scripted import Kind, Scripted
from stage.servers import Cyrus, Dovecot, Letter

HOUR = 3600
#: Seconds that are left of it for the mail at its end.
LAST = 10
COMMON = "IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS CONDSTORE LITERAL+"
KINDS = {
    "pushes at once, by IDLE": Kind(f"{COMMON} IDLE"),
    "pushes at once, by NOTIFY": Kind(f"{COMMON} IDLE NOTIFY"),
    "pushes half a second late": Kind(f"{COMMON} IDLE", delay=0.5),
    "pushes 5 s late": Kind(f"{COMMON} IDLE", delay=5),
    "pushes nothing, though it has IDLE": Kind(f"{COMMON} IDLE", delay=None),
    "has no IDLE": Kind(COMMON, delay=None),
    "throttles at 100 commands a minute": Kind(f"{COMMON} IDLE", delay=0.5, limit=100),
    "like Exchange Online": Kind("IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+",
                                 keywords=False, limit=300),
    "like Gmail": Kind("IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 SASL-IR AUTH=PLAIN UIDPLUS ENABLE MOVE CONDSTORE ESEARCH LITERAL-",
                       delay=1),
}
REAL = {"NOTIFY": Dovecot, "IDLE": Dovecot, "": Cyrus}


class Relay:
    """What stands between, and counts the commands by their names. DONE is none. With a certificate, clients come over TLS."""

    def __init__(self, port, certificate=None):
        self.target, self.count, self.context = port, collections.Counter(), None
        if certificate:
            self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.context.load_cert_chain(*certificate)

    async def start(self):
        server = await asyncio.start_server(self.connected, "127.0.0.1", 0, ssl=self.context)
        self.port = server.sockets[0].getsockname()[1]
        return self

    async def connected(self, reader, writer):
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            return writer.close()
        # Cancelled when the part is over.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self.carry(reader, to_server, True), self.carry(from_server, writer, False))

    async def carry(self, source, drain, counts):
        with contextlib.suppress(ConnectionError):
            while data := await source.read(65536):
                # A client writes its commands whole.
                if counts:
                    self.count.update(name.decode() for name in re.findall(rb"^[A-Za-z0-9]+ (?:UID )?([A-Z]+)\b", data, re.MULTILINE))
                drain.write(data)
                await drain.drain()
        with contextlib.suppress(ConnectionError):
            drain.close()


async def taken(claimant, password, patience=60):
    """When it came. A claim may be over before: none waits longer than an hour, and a server that is asked too much takes no mark."""
    while True:
        try:
            return await claimant.take(password, patience)
        except RuntimeError:
            await asyncio.sleep(1)


async def waited(server, relay, daemon, user, knows, seconds):
    """Commands in that time, and the milliseconds that a mail at its end takes to be handed out."""
    claimant = Claimant(daemon, user)
    for serial in range(4 if knows else 0):
        letter = Letter(serial)
        coming = asyncio.create_task(taken(claimant, letter.password))
        # At odd moments between two questions.
        await asyncio.sleep(1.1 + serial * 0.37)
        await server.deliver(letter, user)
        await asyncio.wait_for(coming, 300)
    before, letter = relay.count.copy(), Letter(9)
    coming = asyncio.create_task(taken(claimant, letter.password, HOUR))
    await asyncio.sleep(seconds - LAST)
    asked = relay.count - before
    delivered = await server.deliver(letter, user)
    return asked, (await asyncio.wait_for(coming, 300) - delivered) * 1000


async def all_of_them(seconds):
    async with contextlib.AsyncExitStack() as stack:
        servers = {name: await stack.enter_async_context(Scripted(kind)) for name, kind in KINDS.items()}
        accounts = {name: [f"{state}-{index}" for state in ("new", "known")] for index, name in enumerate(KINDS)}
        for way, make in REAL.items():
            if make.is_here():
                name = f"{make.version()}{way and ', '}{way}"
                accounts[name] = [make.account(state, make.__name__, way or "idle") for state in ("new", "known")]
                servers[name] = stack.enter_context(make(accounts[name], way or "IDLE"))
        relays = {user: await Relay(servers[name].imap).start() for name, users in accounts.items() for user in users}
        loop = asyncio.get_running_loop()
        daemon = await loop.run_in_executor(None, lambda: Daemon([mailbox(user, relay.port, user) for user, relay in relays.items()]))
        stack.enter_context(daemon)
        progress(f"waiting: {len(relays)} claims for {seconds} s")
        names = [(name, user) for name, users in accounts.items() for user in users]
        results = await asyncio.gather(
            *(waited(servers[name], relays[user], daemon, user, user.startswith("known"), seconds) for name, user in names))
        return [(name, user, result) for (name, user), result in zip(names, results)]


def measure(quick, mails):
    seconds = 190 if quick else HOUR
    section = Section("Commands while a claim waits")
    section.text(f"One claim waits for {seconds - LAST} s, in real time, at all servers at once, without new mail; then one mail arrives. Commands are counted between "
                 "the daemon and the server, DONE not counted; `eager_poll` is 250 ms. \"New\": the daemon has never seen a mail arrive there; \"known\": it has "
                 "seen four, while a claim waited. The last columns: how long the final mail took from its delivery to the claimant, in milliseconds. A server called \"like\" a "
                 "provider offers and refuses what that provider does, according to public reports; how soon it pushes (Exchange Online: at once; Gmail: after 1 s) and how many commands it accepts (Exchange Online: 300 "
                 "commands a minute) are assumptions.")
    rows = {}
    for name, user, (asked, took) in asyncio.run(all_of_them(seconds)):
        rows.setdefault(name, []).append((sum(asked.values()), asked, took))
    section.table(
        ["server", "commands, new", "commands, known", "most of them", "mail, new, ms", "mail, known, ms"],
        [[name, new[0], known[0], ", ".join(f"{command} {count}" for command, count in known[1].most_common(4)), f"{new[2]:.0f}", f"{known[2]:.0f}"]
         for name, (new, known) in rows.items()])
    return section
