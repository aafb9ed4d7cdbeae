"""Memory and the cost of idling over the number of mailboxes: of ours one process, of the peers one or two for each mailbox."""
import asyncio, contextlib, time

from stage.handoffs import PEERS, Ours, warm_up, watch
from stage.report import Section, progress
from stage.servers import Dovecot


async def warmed_up(server, users, takers):
    await asyncio.gather(*(warm_up(server, taker, user) for taker, user in zip(takers, users)))


def totals(figures):
    return [sum(column) for column in zip(*figures)]


def measured(who, size, idle):
    """Processes, RSS and PSS in MiB, processor time and wake-ups, at rest."""
    users = [Dovecot.account(who, size, number) for number in range(size)]
    with Dovecot(users) as server, contextlib.ExitStack() as stack:
        takers = watch(stack, server, who, users)
        asyncio.run(warmed_up(server, users, takers))
        programs = takers if who in PEERS else [takers[0].daemon]
        # What follows the start and the first mail is over by then.
        time.sleep(5)
        before = totals(program.effort() for program in programs)
        time.sleep(idle)
        after = totals(program.effort() for program in programs)
        rss, pss = totals(program.memory() for program in programs)
        return sum(len(program.tree()) for program in programs), rss / 1024, pss / 1024, after[0] - before[0], after[1] - before[1]


def measure(quick, mails):
    idle = 20 if quick else 60
    section = Section("Memory, and the cost of idling")
    section.text(f"Each mailbox an account of its own on {Dovecot.version()}, over TLS; RSS and PSS of all the processes, at rest after each mailbox's first mail. "
                 f"Processor time and wake-ups (voluntary context switches of all threads) in {idle} s in which no mail came.")
    rows, lines = [], {}
    for name, who, sizes in ("secom-otpd", Ours("NOTIFY"), [1, 10, 100]), *((peer, peer, [1, 10]) for peer in PEERS):
        for size in sizes:
            processes, rss, pss, seconds, switches = measured(who, size, idle)
            rows.append([name, size, processes, f"{rss:.1f}", f"{pss:.1f}", f"{seconds:.2f}", switches])
            lines.setdefault(name, []).append((size, pss))
            progress("  ".join(map(str, rows[-1])))
    section.table(["program", "mailboxes", "processes", "RSS, MiB", "PSS, MiB", "CPU, s", "wake-ups"], rows)
    section.plot("memory", "Memory over mailboxes", "mailboxes", "PSS, MiB", lines, log_x=True, log_y=True)
    return section
