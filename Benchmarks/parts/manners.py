"""Commands that a server gets from each program in an hour without new mail."""
import asyncio, contextlib

from parts.waiting import HOUR, Relay, taken
from stage.handoffs import PEERS, Ours, warm_up, watch
from stage.report import Section, progress
from stage.servers import Dovecot, Letter


async def hour(server, stack, users, seconds):
    takers, relays = {}, {}
    certificate = server.directory / "cert.pem", server.directory / "key.pem"
    for (who, _), user in users.items():
        relays[user] = await Relay(server.imap, certificate).start()
        takers[user] = (await asyncio.to_thread(watch, stack, server, who, [user], [relays[user].port]))[0]
    await asyncio.gather(*(warm_up(server, taker, user) for user, taker in takers.items()))
    claims = [asyncio.create_task(taken(takers[user], Letter(9).password, HOUR)) for (_, waits), user in users.items() if waits]
    before = {user: relay.count.copy() for user, relay in relays.items()}
    progress(f"manners: {len(takers)} programs for {seconds} s")
    await asyncio.sleep(seconds)
    found = {key: relays[user].count - before[user] for key, user in users.items()}
    for claim in claims:
        claim.cancel()
    ended = {key for key, user in users.items() if takers[user].has_ended()}
    return found, ended


def measure(quick, mails):
    seconds = 60 if quick else HOUR - 30
    programs = [(Ours(way), waits) for way in ("NOTIFY", "IDLE") for waits in (False, True)]
    section = Section("Commands in an hour")
    section.text(f"{seconds} s in real time, after one mail, without new mail, over TLS. Counted between program and server; DONE is not counted. \"claim waits\": a worker waits for a password all that time; the other programs "
                 "know no such thing, and are as ready to deliver as they ever are. Fewer is not better in itself: a connection over which nothing is said is not known to be alive (see Recovery).")
    rows = []

    async def all_of_them():
        with contextlib.ExitStack() as stack:
            waits = []
            for way in "NOTIFY", "IDLE":
                keys = [key for key in programs if key[0].way == way] + ([(peer, False) for peer in PEERS] if way == "IDLE" else [])
                users = {key: Dovecot.account("manners", str(key[0]).split("-")[0], key[1]) for key in keys}
                server = stack.enter_context(Dovecot(list(users.values()), way))
                waits.append(hour(server, stack, users, seconds))
            return await asyncio.gather(*waits)

    for found, ended in asyncio.run(all_of_them()):
        for (who, waits), count in found.items():
            program, how = (who, "IDLE") if who in PEERS else ("secom-otpd", f"{who.way}{', claim waits' if waits else ''}")
            most = ", ".join(f"{name} {number}" for name, number in count.most_common(4))
            rows.append([program, how, "ended" if (who, waits) in ended else sum(count.values()), most])
    section.table(["program", "how", "commands", "most of them"], rows)
    return section
