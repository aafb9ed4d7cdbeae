"""The table that docs/benchmarks.md begins with: one line for each question, from the tables of the sections as they are."""
import re

from stage.handoffs import PEERS
from stage.report import PAGE

TITLE = "In short"


def tables(text):
    """By its heading, each section's rows as dictionaries; those of a section's parts together, with the part under ""."""
    found = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        rows = found.setdefault(section.splitlines()[0], [])
        for part in re.split(r"^### ", section, flags=re.MULTILINE):
            head = None
            for line in part.splitlines():
                cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else None
                if not cells:
                    head = None
                elif head is None:
                    head = cells
                elif set(line) - set("|- "):
                    rows.append({"": part.splitlines()[0], "cells": cells, **dict(zip(head, cells))})
    return found


def number(cell):
    match = re.match(r"-?[\d.]+", cell or "")
    return float(match[0]) if match else None


class Page:
    def __init__(self, text):
        self.tables = tables(text)

    def cell(self, section, column, **wanted):
        """The first row's whose cells are what is wanted, or else begin with it."""
        for fits in str.__eq__, str.startswith:
            for row in self.tables.get(section, []):
                if all(fits(row.get("" if name == "part" else name, ""), text) for name, text in wanted.items()):
                    return row.get(column)
        return None

    def best(self, section, column, **wanted):
        """The peer with the least, and how much that is."""
        cells = [(peer, self.cell(section, column, program=peer, **wanted)) for peer in PEERS if peer != "bare"]
        known = [(number(cell), peer) for peer, cell in cells if number(cell) is not None]
        return "{1} {0:g}".format(*min(known)) if known else None


def rows(page):
    """(question, ours, the best peer, the limit)"""
    tail = "Tails"
    yield ("round trips from the commit to the hand-off, Cyrus (one of them is the mark)",
           page.cell("Round trips", "slope", part="Cyrus", how="IDLE, mailbox, 0s"), page.best("Round trips", "slope", part="Cyrus"),
           page.cell("Round trips", "slope", part="Cyrus", program="bare"))
    yield ("a mail on Dovecot, p50 / p99, ms (it pushes 500 ms late)",
           f"{page.cell(tail, 'p50', server='Dovecot', how='NOTIFY, mailbox, 250ms')} / {page.cell(tail, 'p99', server='Dovecot', how='NOTIFY, mailbox, 250ms')}",
           page.best(tail, "p99", server="Dovecot"), page.cell(tail, "p99", server="Dovecot", program="bare"))
    yield ("a mail on Cyrus, p99 / longest of 2 000, ms", f"{page.cell(tail, 'p99', server='Cyrus', program='secom')} / {page.cell(tail, 'max', server='Cyrus', program='secom')}",
           page.best(tail, "max", server="Cyrus"), page.cell(tail, "max", server="Cyrus", program="bare"))
    memory = "Memory, and the cost of idling"
    column = next((name for row in page.tables.get(memory, []) for name in row if name.startswith("anonymous")), "PSS, MiB")
    yield (f"10 mailboxes, {column}", page.cell(memory, column, program="secom-otpd", mailboxes="10"), page.best(memory, column, mailboxes="10"), None)
    claim = "Start to the first claim"
    yield ("start to the first claim with 100 000 mails, Dovecot, ms", page.cell(claim, "first claim, ms", server="Dovecot", mails="100000"), None,
           page.cell(claim, "the limit, ms", server="Dovecot", mails="100000"))
    yield ("commands in an hour of a waiting claim, server that pushes at once", page.cell("Commands while a claim waits", "commands, known", server="pushes at once, by IDLE"), None, None)
    recovery = page.tables.get("Recovery", [])
    ours = [number(row["secom-otpd"]) for row in recovery if number(row["secom-otpd"]) is not None]
    alive = {peer: sum(bool(re.match(r"[\d.]+ \(", row.get(peer, ""))) for row in recovery) for peer in PEERS}
    yield ("faults recovered from without help; longest, s", f"{len(ours)} of {len(recovery)}; {max(ours, default=0):g}" if recovery else None,
           ("{0} {1}".format(*max(alive.items(), key=lambda item: item[1])) if any(alive.values()) else "none") if recovery else None, None)
    yield ("reading the mail, us", page.cell("Recognition", "secom-otpd, us", mail="plain"), f"Python {page.cell('Recognition', 'Python, us', mail='plain')}", None)
    yield ("calls on the socket a second; p99, ms", f"{page.cell('The socket', 'a second', calls='100000')}; {page.cell('The socket', 'p99, ms', calls='100000')}", None, None)
    flood = {row["cells"][2]: row["cells"] for row in page.tables.get("Beside a flood", []) if row["cells"][0] == "20000"}
    ours, before = flood.get("this build"), flood.get("the build before")
    yield ("calls beside a flood of 20 000 mails, p99 / max, ms", ours and f"{ours[5]} / {ours[6]}", before and f"the first version {before[5]} / {before[6]}", None)


def write():
    """Puts it before all sections."""
    text = PAGE.read_text()
    text = re.sub(rf"^## {TITLE}\n.*?(?=^## )", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [f"## {TITLE}", "", "From the tables below. The limit: what a bare client needs that does nothing else.", "",
             "| | secom-otpd | the best other program | limit |", "| --- | --- | --- | --- |"]
    lines += ["| " + " | ".join(cell or "-" for cell in row) + " |" for row in rows(Page(text))]
    head, rest = text.split("\n## ", 1)
    PAGE.write_text(head.rstrip() + "\n\n" + "\n".join(lines) + "\n\n## " + rest)
