"""docs/benchmarks.md: one section for each part, written anew when the part has run, with the conditions it ran under."""
import datetime, os, re, subprocess, sys

from stage.plot import plot
from stage.servers import ROOT

PAGE = ROOT / "docs/benchmarks.md"


def progress(text):
    """What is under way, where somebody looks on."""
    print(f"\r\033[K{text}" if sys.stderr.isatty() else text, end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


class Section:
    """What a part has to say, in Markdown."""

    def __init__(self, title):
        self.title, self.lines, self.load, self.began = title, [], os.getloadavg()[0], datetime.datetime.now()

    def text(self, words):
        self.lines += [words, ""]

    def table(self, head, rows):
        for row in head, ["---"] * len(head), *rows:
            self.lines.append("| " + " | ".join(map(str, row)) + " |")
        self.lines.append("")

    def plot(self, name, title, *arguments, **options):
        plot(PAGE.parent / f"benchmarks/{name}.svg", title, *arguments, **options)
        self.text(f"![{title}](benchmarks/{name}.svg)")

    def write(self):
        """Puts the section in its place in the page, or at its end, and prints it."""
        revision = subprocess.run(
            ["git", "log", "-1", "--format=%h", "--", "Sources"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
        conditions = (f"*{self.began:%Y-%m-%d}, sources of {revision}, {os.cpu_count()} processors, "
                      f"load {self.load:.1f} before and {os.getloadavg()[0]:.1f} after.*")
        section = "\n".join([f"## {self.title}", "", conditions, "", *self.lines]).rstrip() + "\n"
        head, *others = re.split(r"^(?=## )", PAGE.read_text(), flags=re.MULTILINE)
        others = [other.rstrip() + "\n" for other in others]
        places = [index for index, other in enumerate(others) if other.startswith(f"## {self.title}\n")]
        others[places[0] if places else len(others):places[0] + 1 if places else len(others)] = [section]
        PAGE.write_text("\n".join([head.rstrip() + "\n", *others]))
        print(section, flush=True)
