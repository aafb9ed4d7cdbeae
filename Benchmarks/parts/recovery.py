"""After a fault: seconds until a mail that came meanwhile is handed off."""
import asyncio, collections, contextlib, ctypes, os, statistics, subprocess, tempfile, time

from parts.first_claim import Bare
from stage.handoffs import PEERS, Ours, warm_up, watch
from stage.link import Link
from stage.programs import Claimant, Daemon, mailbox
from stage.report import Section, progress
from stage.scripted import Kind, Scripted
from stage.servers import Cyrus, Dovecot, Letter

PATIENCE = 90
#: For how long the link and the mailbox are away.
AWAY = 20
#: What `localhost` is, in this order, to everything that this part starts.
ADDRESSES = ("127.0.0.2", "127.0.0.1")


def name_both():
    """Within a mount namespace of this process and its children."""
    libc, new_mounts = ctypes.CDLL(None, use_errno=True), 0x20000
    if libc.unshare(new_mounts):
        raise OSError(ctypes.get_errno(), "unshare")
    with tempfile.NamedTemporaryFile("w") as hosts:
        hosts.write("".join(f"{address} localhost\n" for address in ADDRESSES))
        hosts.flush()
        os.chmod(hosts.name, 0o644)
        subprocess.run(["mount", "--make-rprivate", "/"], check=True)
        subprocess.run(["mount", "--bind", hosts.name, "/etc/hosts"], check=True)


class Stage(collections.namedtuple("Stage", "server link users letters")):
    async def deliver(self):
        await asyncio.gather(*(self.server.deliver(self.letters[user], user) for user in self.users))
        return time.monotonic()


async def server_restarted(stage):
    await asyncio.to_thread(stage.server.restart)
    return await stage.deliver()


async def connection_reset(stage):
    stage.link.cut()
    return await stage.deliver()


async def half_open(stage):
    stage.link.fall_silent()
    return await stage.deliver()


async def link_away(stage):
    stage.link.go()
    await stage.deliver()
    await asyncio.sleep(AWAY)
    await stage.link.come_back()
    return time.monotonic()


async def first_address_silent(stage):
    stage.link.is_first_silent = True
    stage.link.cut()
    return await stage.deliver()


FAULTS = {
    "the server is restarted": server_restarted,
    "the connection is reset": connection_reset,
    "the connection is dead, and nobody says so": half_open,
    f"the server cannot be reached for {AWAY} s": link_away,
    "the connection is reset, and the first of two addresses is silent": first_address_silent,
}


async def taken(taker, letter):
    """When the mail came. A claim may fail while its server is away."""
    while True:
        try:
            return await taker.take(letter.password, **({"patience": 300} if isinstance(taker, Claimant) else {}))
        except RuntimeError:
            await asyncio.sleep(0.1)


async def seconds(stage, fault, takers):
    """For each user: seconds from when the mail is there and the server can be reached; None for never."""
    tasks = {user: asyncio.create_task(taken(taker, stage.letters[user])) for user, taker in takers.items()}
    # So that a claim waits, and programs that poll have gone to rest.
    await asyncio.sleep(2)
    began = await fault(stage)
    while time.monotonic() < began + PATIENCE and not all(task.done() or takers[user].has_ended() for user, task in tasks.items()):
        await asyncio.wait([task for task in tasks.values() if not task.done()], timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
    found = {}
    for user, task in tasks.items():
        found[user] = task.result() - began if task.done() else "ended" if takers[user].has_ended() else None
        task.cancel()
    return found


async def one(make, who, fault, round):
    """One fault for all these programs at once: their seconds."""
    users = {name: make.account("recovery", str(name).split("-")[0], round) for name in who}
    with make(list(users.values())) as server, contextlib.ExitStack() as stack:
        async with Link(server.imaps, ADDRESSES) as link:
            takers = {}
            for name, user in users.items():
                takers[user] = (await asyncio.to_thread(watch, stack, server, name, [user], [link.port], "localhost"))[0]
            await asyncio.gather(*(warm_up(server, taker, user) for user, taker in takers.items()))
            stage = Stage(server, link, list(users.values()), {user: Letter(99) for user in users.values()})
            found = await seconds(stage, fault, takers)
            return {name: found[user] for name, user in users.items()}


async def made_anew(make):
    """The watched folder is deleted and made again, and gets a mail."""
    user = make.account("anew")
    with make([user]) as server:
        async with Bare(server, user) as client:
            name = "otp" if make is Dovecot else "INBOX.otp"
            with contextlib.suppress(RuntimeError):
                await client.ask(f"CREATE {name}")
            lines = f'folder = "{name}"\n'
            with await asyncio.to_thread(Daemon, [mailbox("main", server.imap, user, lines)]) as daemon:
                letter = Letter(0)
                task = asyncio.create_task(taken(Claimant(daemon, "main"), letter))
                await asyncio.sleep(2)
                await client.ask(f"DELETE {name}")
                await client.ask(f"CREATE {name}")
                await client.ask(f"APPEND {name} {{{len(letter.bytes)}+}}", letter.bytes + b"\r\n")
                began = time.monotonic()
                await asyncio.wait([task], timeout=PATIENCE)
                return task.result() - began if task.done() else None


async def throttled():
    """A server that wants to be left alone for a while, and has a mail meanwhile."""
    async with Scripted(Kind("IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS CONDSTORE LITERAL+ IDLE", limit=100_000)) as server:
        with await asyncio.to_thread(Daemon, [mailbox("main", server.imap, "user")]) as daemon:
            letter = Letter(0)
            task = asyncio.create_task(taken(Claimant(daemon, "main"), letter))
            await asyncio.sleep(2)
            began = server.accounts["user"].alone_until = time.monotonic() + AWAY
            await server.deliver(letter, "user")
            await asyncio.wait([task], timeout=AWAY + PATIENCE)
            return task.result() - began if task.done() else None


def told(figures):
    came = [figure for figure in figures if isinstance(figure, float)]
    if len(came) < len(figures):
        return "ended" if "ended" in figures else f"over {PATIENCE}"
    return f"{statistics.median(came):.1f} ({max(came):.1f})"


def measure(quick, mails):
    rounds = 1 if quick else 3
    name_both()
    ours = Ours("IDLE")
    columns = [(Dovecot, ours), *((Dovecot, peer) for peer in PEERS), (Cyrus, ours)]
    section = Section("Recovery")
    section.text(f"A claim waits, a fault occurs, and a mail arrives during it. Seconds from the moment when the mail is there and the server can be reached, to the hand-off: the median of {rounds} and, "
                 f"in brackets, the longest. \"ended\": the program ended with the fault, and whatever supervises it has to start it again. \"over {PATIENCE}\": not within {PATIENCE} s. All programs on Dovecot at the same time, "
                 "over TLS.")
    cells = collections.defaultdict(list)
    for name, fault in FAULTS.items():
        for round in range(rounds):
            for make, who in (Dovecot, [ours, *PEERS]), (Cyrus, [ours]):
                if make.is_here():
                    for each, figure in asyncio.run(one(make, who, fault, round)).items():
                        cells[name, make, each].append(figure)
            progress(f"recovery: {name}, {round + 1} of {rounds}")
    rows = [[name, *(told(cells[name, make, who]) if cells[name, make, who] else "-" for make, who in columns)] for name in FAULTS]
    alone = {"the watched folder is deleted and made again": [Dovecot, Cyrus], f"the server throttles for {AWAY} s (scripted)": [None]}
    for name, makes in alone.items():
        for make in makes:
            if not make or make.is_here():
                cells[name, make] = [asyncio.run(made_anew(make) if make else throttled()) for _ in range(rounds)]
        rows.append([name, told(cells[name, Dovecot if Dovecot in makes else None]), *["-"] * len(PEERS), told(cells[name, Cyrus]) if cells[name, Cyrus] else "-"])
    section.table(["fault", "secom-otpd", *PEERS, "secom-otpd on Cyrus"], rows)
    return section
