"""One POST to a token endpoint (RFC 6749), and its answer: bounded, over TLS that is verified, followed nowhere else."""
import email.utils
import http.client
import json
import os
import re
import socket
import ssl
import time
import urllib.parse

from .failure import LATER, REFUSED, SETUP, UNREACHABLE, USAGE, Failure

BOUND = 64 * 1024
# Of each step: an address that is tried, a read.
SECONDS = 8
# A clock that differs by more is worth a word.
CLOCK_SECONDS = 120


class Answer:
    """What the endpoint said: the HTTP status, the members of its JSON object, and how far ahead of its clock ours is."""

    def __init__(self, host, status, members, seconds_ahead):
        self.host = host
        self.status = status
        self.members = members
        self.seconds_ahead = seconds_ahead

    def text(self, name):
        """A member that is a string, else an empty one."""
        value = self.members.get(name)
        return value if isinstance(value, str) else ""

    @property
    def clock(self):
        """What is to be said of this machine's clock; empty where it agrees with the endpoint's."""
        if self.seconds_ahead is None or abs(self.seconds_ahead) <= CLOCK_SECONDS:
            return ""
        direction = "ahead of" if self.seconds_ahead > 0 else "behind"
        # In whole minutes: the daemon logs a reason once, for as long as its words stay the same.
        return f"this machine's clock is {round(abs(self.seconds_ahead) / 60) * 60} s {direction} that of {self.host}"

    def access_token(self):
        """The token; a failure where there is none in what was said to be a success."""
        token = self.text("access_token")
        if self.text("token_type").lower() != "bearer" or not re.fullmatch(r"[!-~]+", token):
            raise Failure(LATER, f"{self.host} returned no bearer token")
        return token


def post(url, form, ca_file=None):
    """Sends the form. A failure unless what answers is a token endpoint, which may have refused (an Answer that is not 200)."""
    parts = urllib.parse.urlsplit(url)
    try:
        host, port = parts.hostname, parts.port or 443
    except ValueError:
        host, port = None, 0
    if parts.scheme != "https" or not host or parts.username is not None or parts.fragment:
        raise Failure(USAGE, "the token endpoint must be an https URL")
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except ssl.SSLError:
        raise Failure(SETUP, f"{ca_file or 'the authorities of this machine'}: cannot be read as PEM certificates") from None
    except OSError as error:
        raise Failure(SETUP, f"{ca_file} cannot be read: {os.strerror(error.errno or 0)}; the daemon sees only /etc, /run, /usr, /var/lib, /opt and /srv") from None
    target = parts.path + ("?" + parts.query if parts.query else "")
    connection = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)
    try:
        connection.request(
            "POST", target or "/", urllib.parse.urlencode(form),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json", "Connection": "close"})
        response = connection.getresponse()
        body = response.read(BOUND + 1)
    except ssl.SSLCertVerificationError as error:
        raise Failure(UNREACHABLE, f"{host}: the certificate cannot be trusted: {error.verify_message}; check ca-certificates, this machine's clock, and whether a proxy intercepts TLS") from None
    except ssl.SSLError as error:
        raise Failure(UNREACHABLE, f"{host}: TLS failed ({error.reason or 'no reason given'}); something in between may not speak TLS") from None
    except socket.gaierror:
        raise Failure(UNREACHABLE, f"cannot resolve {host}: check the name server") from None
    except TimeoutError:
        raise Failure(UNREACHABLE, f"{host} port {port} does not answer: check the firewall; it must be reachable without a proxy") from None
    except ConnectionRefusedError:
        raise Failure(UNREACHABLE, f"{host} port {port} refuses the connection: check the firewall") from None
    except http.client.HTTPException:
        raise Failure(UNREACHABLE, f"{host} did not send a valid HTTP response: is a proxy in between?") from None
    except OSError as error:
        raise Failure(UNREACHABLE, f"cannot reach {host} port {port}: {error.strerror or 'the connection ended'}") from None
    finally:
        connection.close()
    if response.status == 429 or response.status >= 500:
        wait = response.getheader("Retry-After", "")
        told = f", and asks to wait {wait} s" if re.fullmatch(r"[0-9]{1,6}", wait) else ""
        raise Failure(LATER, f"{host} is temporarily unavailable (HTTP {response.status}){told}; the request is retried automatically")
    return Answer(host, response.status, members(host, response.status, body), seconds_ahead(response.getheader("Date", "")))


def members(host, status, body):
    """The JSON object that it answered with, as RFC 6749 (5.1, 5.2) has it."""
    try:
        value = json.loads(body) if len(body) <= BOUND else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Failure(UNREACHABLE, f"what answers at {host} is not a token endpoint (HTTP {status}, not JSON): is a proxy in between?")
    return value


def seconds_ahead(date):
    """How far this machine's clock is ahead of the time that the answer bears; None where it bears none."""
    try:
        return round(time.time() - email.utils.parsedate_to_datetime(date).timestamp())
    except (TypeError, ValueError, OverflowError):
        return None
