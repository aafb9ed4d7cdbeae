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


def started(stack, who, size, fresh):
    """The processes that watch so many mailboxes, at rest: after each one's first mail, if they are not to be fresh."""
    users = [Dovecot.account(who, size, number) for number in range(size)]
    server = stack.enter_context(Dovecot(users))
    takers = watch(stack, server, who, users)
    if not fresh:
        asyncio.run(warmed_up(server, users, takers))
    return takers if who in PEERS else [takers[0].daemon]


def measure(quick, mails):
    idle = 20 if quick else 3600
    section = Section("Memory, and the cost of idling")
    section.text(f"Each mailbox is a separate account on {Dovecot.version()}, over TLS; anonymous memory (which the system cannot reclaim) and PSS of all processes, idle, after each mailbox's first mail; "
                 "\"secom-otpd, new\" is before it. "
                 f"Processor time and wake-ups (voluntary context switches of all threads) in {idle} s without new mail, all programs at the same time.")
    rows, lines = [], {}
    ours, few = [1, 10, 100], [1, 10]
    with contextlib.ExitStack() as stack:
        programs = {}
        for name, who, sizes in (("secom-otpd, new", Ours("NOTIFY"), ours), ("secom-otpd", Ours("NOTIFY"), ours), *((peer, peer, few) for peer in PEERS)):
            for size in sizes:
                programs[name, size] = started(stack, who, size, fresh=name.endswith("new"))
                progress(f"started: {name}, {size}")
        # What follows the start or the first mail is over by then.
        time.sleep(5)
        before = {which: totals(program.effort() for program in these) for which, these in programs.items()}
        time.sleep(idle)
        for (name, size), these in programs.items():
            seconds, switches = totals(program.effort() for program in these)
            anonymous, pss = (kib / 1024 for kib in totals(program.memory() for program in these))
            seconds, switches = seconds - before[name, size][0], switches - before[name, size][1]
            rows.append([name, size, sum(len(program.tree()) for program in these), f"{anonymous:.1f}", f"{pss:.1f}", f"{seconds:.2f}", switches])
            lines.setdefault(name, []).append((size, pss))
            progress("  ".join(map(str, rows[-1])))
    section.table(["program", "mailboxes", "processes", "anonymous, MiB", "PSS, MiB", "CPU, s", "wake-ups"], rows)
    section.plot("memory", "Memory over mailboxes", "mailboxes", "PSS, MiB", lines, log_x=True, log_y=True)
    return section
