"""Memory and the cost of idling over the number of mailboxes: of ours one process, of the peers one or two for each mailbox."""
import asyncio, contextlib, time

from stage.handoffs import PEERS, Ours, warm_up, watch
from stage.report import Section, progress
from stage.servers import Dovecot


async def warmed_up(server, users, takers):
    few = asyncio.Semaphore(10)  # the daemon takes 64 clients

    async def one(taker, user):
        async with few:
            await warm_up(server, taker, user)

    await asyncio.gather(*map(one, takers, users))


def totals(figures):
    return [sum(column) for column in zip(*figures)]


def measured(who, size, idle, fresh=False):
    """Processes, RSS and PSS in MiB, processor time and wake-ups, at rest."""
    users = [Dovecot.account(who, size, number) for number in range(size)]
    with Dovecot(users) as server, contextlib.ExitStack() as stack:
        takers = watch(stack, server, who, users)
        if not fresh:
            asyncio.run(warmed_up(server, users, takers))
        programs = takers if who in PEERS else [takers[0].daemon]
        # What follows the start or the first mail is over by then.
        time.sleep(5)
        before = totals(program.effort() for program in programs)
        time.sleep(idle)
        after = totals(program.effort() for program in programs)
        rss, pss = totals(program.memory() for program in programs)
        return sum(len(program.tree()) for program in programs), rss / 1024, pss / 1024, after[0] - before[0], after[1] - before[1]


def measure(quick, mails):
    idle = 20 if quick else 60
    section = Section("Memory, and the cost of idling")
    section.text(f"Each mailbox an account of its own on {Dovecot.version()}, over TLS; RSS and PSS of all the processes, at rest: after each mailbox's first mail, "
                 "of \"secom-otpd, new\" before it. "
                 f"Processor time and wake-ups (voluntary context switches of all threads) in {idle} s in which no mail came.")
    rows, lines = [], {}
    ours, few = [1, 10, 100], [1, 10]
    for name, who, sizes in (("secom-otpd, new", Ours("NOTIFY"), ours), ("secom-otpd", Ours("NOTIFY"), ours), *((peer, peer, few) for peer in PEERS)):
        for size in sizes:
            processes, rss, pss, seconds, switches = measured(who, size, idle, fresh=name.endswith("new"))
            rows.append([name, size, processes, f"{rss:.1f}", f"{pss:.1f}", f"{seconds:.2f}", switches])
            lines.setdefault(name, []).append((size, pss))
            progress("  ".join(map(str, rows[-1])))
    section.table(["program", "mailboxes", "processes", "RSS, MiB", "PSS, MiB", "CPU, s", "wake-ups"], rows)
    section.plot("memory", "Memory over mailboxes", "mailboxes", "PSS, MiB", lines, log_x=True, log_y=True)
    return section
