#!/usr/bin/env python3
"""Load on the real socket: 63 clients at once, each with one call under way, Status and a Settle that fails in turn.

    load.py [PROGRAMS [CALLS]]

Prints after each tenth the calls a second, latencies, and the daemon's memory, processor time and descriptors: all flat.
"""

import pathlib
import selectors
import shutil
import socket
import sys
import tempfile
import time

import soak

CALLS = (
    b'{"method":"org.secom-otpd.Handoff.Status"}\0',
    b'{"method":"org.secom-otpd.Handoff.Settle","parameters":{"id":"main/1/1","outcome":"used"}}\0',
)


def figures(pid):
    status = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status"))
    times = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    descriptors = sum(1 for _ in pathlib.Path(f"/proc/{pid}/fd").iterdir())
    return f"anonymous {status['RssAnon'].split()[0]} kB, CPU {(int(times[11]) + int(times[12])) / 100:.1f} s, {descriptors} descriptors"


def load(path, calls):
    """Yields after each tenth of the calls: how many are done, those a second in this tenth, and its latencies in order, in seconds."""
    selector, sent, latencies = selectors.DefaultSelector(), {}, []
    begun = done = 0
    mark = time.perf_counter()

    def begin(client):
        nonlocal begun
        sent[client] = time.perf_counter()
        client.sendall(CALLS[begun % len(CALLS)])
        begun += 1

    # Fewer than one user may have.
    for _ in range(63):
        client = socket.socket(socket.AF_UNIX)
        client.connect(path)
        selector.register(client, selectors.EVENT_READ)
        begin(client)
    while done < calls:
        for key, _ in selector.select():
            data = key.fileobj.recv(1 << 20)
            if not data:
                sys.exit("the daemon hung up")
            if not data.endswith(b"\0"):
                continue
            latencies.append(time.perf_counter() - sent[key.fileobj])
            done += 1
            if begun < calls:
                begin(key.fileobj)
            if done % (calls // 10) == 0:
                yield done, len(latencies) / (time.perf_counter() - mark), sorted(latencies)
                mark, latencies = time.perf_counter(), []


def main():
    programs = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else soak.HERE.parent.parent / ".build" / "release"
    directory = pathlib.Path(tempfile.mkdtemp(prefix="load."))
    directory.chmod(0o711)
    server = soak.Dovecot(directory / "d")
    daemon = soak.Daemon(programs / "secom-otpd", directory, "s", server, ["main"])
    try:
        soak.eventually("it watches", lambda: daemon.known() is not None)
        for number in range(5):
            server.post("main", soak.letter(f"password-{number}"))
        soak.eventually("the mails are there", lambda: len(daemon.known() or []) == 5)
        print(f"{'':13}{figures(daemon.process.pid)}")
        for done, rate, latencies in load(daemon.socket, int(sys.argv[2]) if len(sys.argv) > 2 else 100_000):
            p50, p99, longest = (latencies[min(len(latencies) * part // 100, len(latencies) - 1)] * 1000 for part in (50, 99, 100))
            print(f"{done:7} calls, {rate:6.0f}/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms, max {longest:.1f} ms, "
                  f"{figures(daemon.process.pid)}", flush=True)
    finally:
        daemon.process.kill()
        daemon.process.wait()
        server.run("crash")
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
