"""Commit to hand-off over the round-trip time, on Dovecot and Cyrus, ours and the peers; the slope in round trips."""
import asyncio, contextlib, math, random, statistics

from stage.handoffs import PEERS, Ours, hand_offs, warm_up, watch
from stage.report import Section, progress
from stage.servers import Cyrus, Dovecot, Proxy

RTTS = [0, 50, 100, 200]
OURS = {
    Dovecot: [Ours("NOTIFY", "memory", "0s"), Ours("NOTIFY", "mailbox", "0s"), Ours("NOTIFY"), Ours("NOTIFY", "mailbox", "50ms"),
              Ours("IDLE", "memory", "0s"), Ours("IDLE", "mailbox", "0s"), Ours("poll")],
    Cyrus: [Ours("IDLE", "memory", "0s"), Ours("IDLE", "mailbox", "0s"), Ours("IDLE")],
}


async def measured(server, users, takers, count):
    """For each round-trip time the latencies, all at the same time. Between the mails even mbsync comes to rest."""
    async def one(rtt, user, taker):
        await warm_up(server, taker, user)
        return await hand_offs(server, taker, user, count, lambda: 1 + rtt * 0.012 + random.random())

    return await asyncio.gather(*map(one, RTTS, users, takers))


def results(make, count):
    """(who, latencies for each round-trip time), one program after the other. The peers have all that the server offers."""
    for way in dict.fromkeys(ours.way for ours in OURS[make]):
        programs = [ours for ours in OURS[make] if ours.way == way] + (PEERS if way == OURS[make][0].way else [])
        # Accounts of its own for each: with claim_mark = "memory" the mails of another would be found again.
        accounts = {who: [make.account(who, rtt) for rtt in RTTS] for who in programs}
        with contextlib.ExitStack() as stack:
            server = stack.enter_context(make(sum(accounts.values(), []), way))
            ports = [stack.enter_context(Proxy(server.imaps, rtt)).port for rtt in RTTS]
            for who, users in accounts.items():
                with contextlib.ExitStack() as programs:
                    yield who, asyncio.run(measured(server, users, watch(programs, server, who, users, ports), count))


def shown(who):
    """What the plot calls it; nothing where it would be too much for one plot."""
    if who in PEERS:
        return who
    if who.way == "poll" or who.eager_poll not in ("0s", "250ms"):
        return None
    return "secom-otpd " + (f"{who.way}, {who.claim_mark}" if who.eager_poll == "0s" else f"{who.way}, default")


def measure(quick, mails):
    count = mails or (5 if quick else 15)
    section = Section("Round trips")
    section.text(f"From the server's confirmation that it has the mail to the hand-off, over TLS, in milliseconds: the median of {count} mails "
                 "at each point and, in brackets, the maximum; the slope of the medians in round trips. Missed: not handed off within 30 s.")
    for make in Dovecot, Cyrus:
        if not make.is_here():
            section.text(f"{make.__name__} is not installed: `make servers` creates it.")
            continue
        rows, lines = [], {}
        for who, latencies in results(make, count):
            came = [[latency for latency in each if latency is not None] for each in latencies]
            medians = [statistics.median(each or [math.nan]) for each in came]
            if name := shown(who):
                lines[name] = [point for point in zip(RTTS, medians) if not math.isnan(point[1])]
            program, how = (who, "IDLE") if who in PEERS else ("secom-otpd", ", ".join(who))
            rows.append([program, how, *(f"{median:.0f} ({max(each, default=math.nan):.0f})" for median, each in zip(medians, came)),
                         f"{statistics.linear_regression(RTTS, medians).slope:.2f}", sum(map(len, latencies)) - sum(map(len, came))])
            progress("  ".join(map(str, rows[-1])))
        section.text(f"### {make.version()}")
        section.table(["program", "how", *(f"RTT {rtt} ms" for rtt in RTTS), "slope", "missed"], rows)
        section.plot(f"roundtrips-{make.__name__.lower()}", f"Commit to hand-off on {make.version()}", "round-trip time, ms", "median, ms", lines)
    return section
