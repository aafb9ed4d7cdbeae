"""Why there is no token, for the person who has to mend it."""

# As sysexits(3) has them.
USAGE = 64
UNREACHABLE = 69
LATER = 75
REFUSED = 77
SETUP = 78

# What secom-otpd shows of a reason; see CredentialCommand.swift.
MARK = "secom-otpd-error: "
BOUND = 400


class Failure(Exception):
    """What happened and what to do, without any secret, and the status to end with."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status
        self.reason = reason


def printable(text, bound=BOUND):
    """One line of printable ASCII, cut: what others say may hold anything."""
    return "".join(c if " " <= c <= "~" else "?" for c in str(text))[:bound]
