"""Calls on the socket and claims on another mailbox while one server floods its own."""
import asyncio, json, os, pathlib, subprocess, sys, threading, time

from stage.programs import PROGRAMS, Daemon, mailbox
from stage.report import Section, progress
from stage.servers import ROOT, Dovecot, Letter

USER = "other@example.co.jp"
#: The programs of another build, to stand beside.
BEFORE = os.environ.get("BEFORE")
#: Passwords that are there to be claimed.
CLAIMS = 500
CALLS = [("org.varlink.service.GetInfo", {}), ("org.secom-otpd.Handoff.Settle", {"id": "other/1/1", "outcome": "used"}),
         ("org.secom-otpd.Handoff.Claim", {"mailbox": "nothing"})]


class Flood:
    """stage/flood.py"""

    def __init__(self, way):
        self.process = subprocess.Popen([sys.executable, ROOT / "Benchmarks/stage/flood.py", way, "flooded"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def begin(self, count):
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def end(self):
        """Waits until the client has all."""
        self.process.stdout.readline()


async def calls(daemon, is_over, latencies, fewest):
    """One call after the other until it is over, and `fewest` at least: their milliseconds."""
    reader, writer = await asyncio.open_unix_connection(daemon.socket, limit=1 << 24)
    while not is_over() or len(latencies) < fewest:
        method, parameters = CALLS[len(latencies) % len(CALLS)]
        began = time.monotonic()
        writer.write(json.dumps({"method": method, "parameters": parameters}).encode() + b"\0")
        await reader.readuntil(b"\0")
        latencies.append((time.monotonic() - began) * 1000)
        # Some hundred a second, as a busy machine has them.
        await asyncio.sleep(0.002)
    writer.close()


async def claims(daemon, is_over, latencies):
    """One password of the other mailbox claimed after the other, until it is over or none is left: milliseconds from each call to its reply."""
    reader, writer = await asyncio.open_unix_connection(daemon.socket)

    async def call(method, **parameters):
        writer.write(json.dumps({"method": f"org.secom-otpd.Handoff.{method}", "parameters": parameters}).encode() + b"\0")
        return json.loads((await reader.readuntil(b"\0"))[:-1])

    while not is_over() and len(latencies) < CLAIMS:
        began = time.monotonic()
        reply = await call("Claim", mailbox="other")
        latencies.append((time.monotonic() - began) * 1000)
        await call("Settle", id=reply["parameters"]["oneTimePassword"]["id"], outcome="used")
        await asyncio.sleep(0.01)
    writer.close()


async def flooded(server, daemon, flood, count):
    """Milliseconds of calls and of claims; seconds until the flood was over, and the most anonymous memory in MiB."""
    over, memory, done = False, [0], [[], []]

    def watch():
        nonlocal over
        flood.begin(count)
        began = time.monotonic()
        flood.end()
        while True:
            # What was sent may still be on its way through the daemon.
            before = daemon.effort()[0]
            time.sleep(1)
            if daemon.effort()[0] - before < 0.2:
                break
        seconds.append(time.monotonic() - began - 1)
        over = True

    def weigh():
        while not over:
            memory[0] = max(memory[0], daemon.memory()[0] / 1024)
            time.sleep(0.05)

    for serial in range(CLAIMS):
        await server.deliver(Letter(serial), USER)
    while daemon.log().count("password mailbox=other state=available") < CLAIMS:
        await asyncio.sleep(0.1)
    seconds, threads = [], [threading.Thread(target=work) for work in (watch, weigh)]
    for thread in threads:
        thread.start()
    await asyncio.gather(calls(daemon, lambda: over, done[0], 1000), claims(daemon, lambda: over, done[1]))
    for thread in threads:
        thread.join()
    return *done, seconds[0], memory[0]


def shown(latencies):
    latencies = sorted(latencies)
    return [len(latencies), *(f"{latencies[min(len(latencies) * part // 100, len(latencies) - 1)]:.1f}" for part in (50, 99, 100))]


def measure(quick, mails):
    section = Section("Beside a flood")
    section.text("One server's mailbox receives very many mails from the sender at once; meanwhile one client makes a call every 2 ms (alternately GetInfo, a Settle and a Claim that fail), and another "
                 "claims the passwords of a mailbox on a Dovecot, one after the other, each marked there. Times are from each call to its reply. Without TLS, on loopback; the flooding server, a script, occupies a "
                 "processor itself.")
    builds = {"this build": PROGRAMS, **({"the build before": pathlib.Path(BEFORE)} if BEFORE else {})}
    rows = []
    for count in [5_000] if quick else [20_000, 60_000]:
        for way in "NOTIFY", "IDLE":
            for name, programs in builds.items():
                progress(f"flood: {count} by {way}, {name}")
                with Dovecot([USER]) as server, Flood(way) as flood:
                    boxes = [mailbox("flooded", flood.port, "flooded"), mailbox("other", server.imap, USER)]
                    with Daemon(boxes, programs=programs) as daemon:
                        call, claim, seconds, memory = asyncio.run(flooded(server, daemon, flood, count))
                rows.append([count, way, name, *shown(call), *shown(claim), f"{seconds:.0f}", f"{memory:.0f}"])
                print(rows[-1], file=sys.stderr, flush=True)
    section.table(["mails", "by", "", "calls", "p50, ms", "p99", "max", "claims", "p50, ms", "p99", "max", "flood over after, s", "anonymous, MiB"], rows)
    return section
