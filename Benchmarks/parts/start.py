"""Start to ready with few and with very many mails in the mailbox."""
import os, statistics, subprocess, time

from stage.programs import Daemon, mailbox
from stage.report import Section, progress
from stage.servers import Dovecot, Proxy


def fill(server, user, size):
    owner = (server.directory / "mail").stat()
    maildir = server.directory / "mail" / user / "Maildir"
    for name in "cur", "new", "tmp":
        (maildir / name).mkdir(parents=True)
    for number in range(size):
        path = maildir / "cur" / f"1500000000.M{number}P1.host:2,S"
        path.write_bytes(b"From: someone@example.co.jp\r\nSubject: old\r\n\r\nold\r\n")
        os.utime(path, (1_500_000_000 + number, 1_500_000_000 + number))
    subprocess.run(["chown", "-R", f"{owner.st_uid}:{owner.st_gid}", maildir.parent], check=True)


def rest(proxy):
    """Until nothing has come or gone for a while: what a killed session has the server search delays the next one."""
    last = None
    while last != (last := proxy.bytes()):
        time.sleep(1.5)


def measure(quick, mails):
    sizes, rounds = ([100, 10_000], 5) if quick else ([100, 100_000], 15)
    section = Section("Start to ready")
    section.text(f"Medians of {rounds} starts each, alternating, on {Dovecot.version()}, with its index already built; in brackets the fastest and the slowest. Ready: in the "
                 "state \"watching\"; then the newest 100 mails have been searched, and the search through the rest follows. Anonymous memory: after that.")
    users = {f"m{size}@example.co.jp": size for size in sizes}
    with Dovecot(users) as server, Proxy(server.imap) as proxy:
        for user, size in users.items():
            fill(server, user, size)
        figures = {user: [] for user in users}
        # The first round is Dovecot's: it builds its index.
        for round in range(rounds + 1):
            for user in users:
                down, up = proxy.bytes()
                with Daemon([mailbox("main", proxy.port, user)], patience=300) as daemon:
                    ready = proxy.bytes()
                    rest(proxy)
                    anonymous, _ = daemon.memory()
                if round:
                    figures[user].append((daemon.ready * 1000, ready[0] - down, ready[1] - up, anonymous / 1024))
            progress(f"start: {round} of {rounds}")
    rows = []
    for user, size in users.items():
        times, down, up, anonymous = zip(*figures[user])
        rows.append([size, f"{statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f})",
                     f"{statistics.median(down):.0f}", f"{statistics.median(up):.0f}", f"{statistics.median(anonymous):.1f}"])
    section.table(["mails", "ready, ms", "bytes from the server", "bytes to it", "anonymous, MiB"], rows)
    return section
