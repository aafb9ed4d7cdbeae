"""Many mails at random gaps, twenty mailboxes side by side: p50, p99, the longest, and how many were missed."""
import asyncio, contextlib, random, statistics

from stage.handoffs import PEERS, Ours, hand_offs, warm_up, watch
from stage.report import Section, progress
from stage.servers import Courier, Cyrus, Dovecot

SIDE_BY_SIDE = 20
PATIENCE = 10
PROGRAMS = [(Dovecot, "NOTIFY", [Ours("NOTIFY"), Ours("NOTIFY", "mailbox", "50ms"), Ours("NOTIFY", "mailbox", "0s"), *PEERS]),
            (Dovecot, "IDLE", [Ours("IDLE")]), (Cyrus, "IDLE", [Ours("IDLE"), *PEERS]),
            (Courier, "IDLE", [Ours("IDLE")])]


async def measured(server, users, takers, count):
    await asyncio.gather(*(warm_up(server, taker, user) for taker, user in zip(takers, users)))
    latencies = await asyncio.gather(*(
        hand_offs(server, taker, user, count // SIDE_BY_SIDE, lambda: random.random() * 2, PATIENCE) for taker, user in zip(takers, users)))
    return sum(latencies, [])


def results(count):
    """(server, who, latencies), one program after the other."""
    for make, way, programs in PROGRAMS:
        if make.is_here():
            accounts = {who: [make.account(who, number) for number in range(SIDE_BY_SIDE)] for who in programs}
            with make(sum(accounts.values(), []), way) as server:
                for who, users in accounts.items():
                    with contextlib.ExitStack() as stack:
                        yield server, who, asyncio.run(measured(server, users, watch(stack, server, who, users), count))


def measure(quick, mails):
    count = mails or (100 if quick else 2000)
    section = Section("Tails")
    section.text(f"From commit to hand-off in milliseconds, over TLS without a delay, {SIDE_BY_SIDE} mailboxes in parallel, the next mail to each at a random "
                 f"moment within 2 s after the last was handed off. Missed: not handed off within {PATIENCE} s. `secom-otpd` runs as one process, the other programs as {SIDE_BY_SIDE}.")
    rows = []
    for server, who, latencies in results(count):
        came = sorted(latency for latency in latencies if latency is not None)
        cut = statistics.quantiles(came, n=100, method="inclusive")
        program, how = (who, "IDLE") if who in PEERS else ("secom-otpd", ", ".join(who))
        rows.append([server.version(), program, how, len(latencies), *(f"{value:.0f}" for value in (cut[49], cut[98], came[-1])), len(latencies) - len(came)])
        progress("  ".join(map(str, rows[-1])))
    section.table(["server", "program", "how", "mails", "p50", "p99", "max", "missed"], rows)
    return section
