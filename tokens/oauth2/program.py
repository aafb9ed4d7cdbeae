"""What both programs have in common: their time, their output, their exit status.

The token is all that is printed where there is one. Else the reason is, behind a mark by which secom-otpd knows that it may
show it, in `check`, in Status and in its log.
"""
import argparse
import os
import sys
import threading

from .failure import LATER, MARK, SETUP, UNREACHABLE, USAGE, Failure, printable

# The daemon gives a command 30 seconds, and then says only that it was not done.
SECONDS = 20


class Arguments(argparse.ArgumentParser):
    """Wrong usage is told as any other failure is: the daemon shows it."""

    def error(self, message):
        raise Failure(USAGE, f"wrong usage: {message}; see --help")


def run(token, seconds=SECONDS):
    """Prints what `token` returns, and ends the process. It has its time even where the system's resolver hangs."""
    outcome = []

    def work():
        try:
            outcome.append((0, token()))
        except Failure as failure:
            outcome.append((failure.status, MARK + printable(failure.reason)))
        except SystemExit as end:  # --help
            outcome.append((end.code or 0, None))
        except Exception as error:  # its text might hold what it stumbled on
            outcome.append((SETUP, f"{MARK}a bug in {os.path.basename(sys.argv[0])}: {type(error).__name__}"))

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    late = (UNREACHABLE, f"{MARK}no answer from the token endpoint in {seconds} s: check the name server, the firewall, the route to it")
    status, line = outcome[0] if outcome else late
    try:
        if line is not None:
            print(line)
        sys.stdout.flush()
    except OSError:
        status = LATER  # nobody took it
    os._exit(status)
