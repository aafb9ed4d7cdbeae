"""What is measured of whoever takes the mails: the time from the server's commit to the hand-off."""
import asyncio, collections

from stage.programs import Claimant, Daemon, Peer, mailbox
from stage.servers import Letter

PEERS = ["bare", "imapclient", "imapfilter", "getmail6", "fetchmail", "mbsync"]


class Ours(collections.namedtuple("Ours", "way claim_mark eager_poll", defaults=["mailbox", "250ms"])):
    """The daemon: what it is offered, and two of its settings."""

    def __str__(self):
        return "-".join(self)


def watch(stack, server, who, users, ports=None, host="127.0.0.1"):
    """Starts `who`, Ours or a peer's name, on these mailboxes over TLS; who takes the mails of each."""
    ports = ports or [server.imaps] * len(users)
    if who in PEERS:
        return [stack.enter_context(Peer(who, port, user, server.ca)) for user, port in zip(users, ports)]
    lines = f'eager_poll = "{who.eager_poll}"\nca_file = "{server.ca}"\n'
    daemon = stack.enter_context(Daemon([mailbox(user, port, user, lines, host) for user, port in zip(users, ports)], who.claim_mark, 300))
    return [Claimant(daemon, user) for user in users]


async def hand_offs(server, taker, user, count, gap, patience=30):
    """Milliseconds from commit to hand-off of `count` mails, somebody always waiting; None for each that did not come in
    time. A program that has ended (getmail6 does after an error) misses all the rest."""
    latencies = []
    for serial in range(count):
        letter = Letter(serial)
        taken = asyncio.create_task(taker.take(letter.password))
        await asyncio.sleep(gap())
        committed = await server.deliver(letter, user)
        try:
            latencies.append((await asyncio.wait_for(taken, patience) - committed) * 1000)
        except (TimeoutError, asyncio.TimeoutError):
            latencies.append(None)
            if taker.has_ended():
                return latencies + [None] * (count - len(latencies))
    return latencies


async def warm_up(server, taker, user):
    """A peer does not say when it watches: it does soon after it has handed its first mail on."""
    for _ in range(5):
        if (await hand_offs(server, taker, user, 1, lambda: 0.5, patience=15))[0] is not None:
            return
    raise RuntimeError(f"{user}: nothing is handed on\n{taker.log()[-3000:] if isinstance(taker, Peer) else ''}")
