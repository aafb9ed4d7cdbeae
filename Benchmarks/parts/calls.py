"""The daemon's socket under as many clients as it takes but one, each with one call under way: what `make load` does."""
import asyncio, sys

from stage.programs import Daemon, mailbox
from stage.report import Section, progress
from stage.servers import ROOT, Dovecot, Letter

sys.path.insert(0, str(ROOT / "Tests/Soak"))
from load import load

USER = "webmaster@example.co.jp"


def measure(quick, mails):
    calls = 20_000 if quick else 200_000
    section = Section("The socket")
    section.text(f"{calls} calls by 63 clients at once, each with one pending call, alternately `Status` of a mailbox with five passwords and a `Settle` that fails, "
                 "in tenths. The clients, one Python process, occupy a processor themselves.")
    with Dovecot([USER]) as server:
        for serial in range(5):
            asyncio.run(server.deliver(Letter(serial), USER))
        with Daemon([mailbox("main", server.imap, USER)]) as daemon:
            rows, before = [], daemon.effort()[0]
            for done, rate, latencies in load(daemon.socket, calls):
                now = daemon.effort()[0]
                p50, p99, longest = (latencies[min(len(latencies) * part // 100, len(latencies) - 1)] * 1000 for part in (50, 99, 100))
                rows.append([done, f"{rate:.0f}", f"{p50:.2f}", f"{p99:.2f}", f"{longest:.1f}",
                             f"{(now - before) / len(latencies) * 1e6:.0f}", f"{daemon.memory()[0] / 1024:.1f}"])
                before = now
                progress(f"calls: {done}")
    section.table(["calls", "a second", "p50, ms", "p99, ms", "max, ms", "CPU a call, us", "anonymous, MiB"], rows)
    return section
