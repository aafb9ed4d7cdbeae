"""What every measurement needs: a private Dovecot, the built daemon on it, a letter to deliver, a claimant that waits."""
import asyncio, email.utils, json, os, pathlib, secrets, shutil, signal, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVERS = ROOT / "Tests/SystemTests/servers"
PASSWORD = "benchmark"
PROGRAMS = pathlib.Path(os.environ.get("PROGRAMS", ROOT / ".build/release"))

#: What hides the better ways of arrival of a Dovecot.
CAPABILITIES = {
    "NOTIFY": "",
    "IDLE": "imap_capability = IMAP4rev1 SASL-IR IDLE UIDPLUS CONDSTORE LITERAL+\n",
    "poll": "imap_capability = IMAP4rev1 SASL-IR UIDPLUS CONDSTORE LITERAL+\n",
}


class Letter:
    """The mail as its sender composes it; each one with its own password, date and Message-ID."""

    pattern = subprocess.run(
        [SERVERS / "letter", "PASSWORDxHERE"], check=True, capture_output=True).stdout.replace(b"\n", b"\r\n")

    def __init__(self, serial):
        self.password = "Pw" + secrets.token_hex(5)
        lines = self.pattern.replace(b"PASSWORDxHERE", self.password.encode()).split(b"\r\n")
        self.bytes = b"\r\n".join(
            b"Date: " + email.utils.formatdate(localtime=True).encode() if line.startswith(b"Date:")
            else f"Message-ID: <{serial}.{secrets.token_hex(8)}@secom.co.jp>".encode() if line.startswith(b"Message-ID:")
            else line for line in lines)


class Dovecot:
    """A private server. `users` are made, `settings` added to its configuration."""

    def __init__(self, users, settings=""):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        (self.directory / "users").write_text("".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in users))
        (self.directory / "local.conf").write_text(
            "default_process_limit = 2000\ndefault_client_limit = 8000\nservice imap {\n  process_limit = 2000\n}\n" + settings)
        self.start()

    def start(self):
        subprocess.run([SERVERS / "dovecot", "start", self.directory], check=True)
        ports = dict(line.split("=") for line in (self.directory / "env").read_text().split())
        self.imap, self.imaps, self.lmtp = (int(ports[name]) for name in ("IMAP_PORT", "IMAPS_PORT", "LMTP_PORT"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([SERVERS / "dovecot", "crash", self.directory])
        shutil.rmtree(self.directory, ignore_errors=True)

    async def deliver(self, letter, user):
        """Delivers by LMTP; returns when the server said that it has the mail (time.monotonic())."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.lmtp)

        async def expect(code):
            while (line := await reader.readline())[3:4] == b"-":
                pass
            if not line.startswith(code):
                raise RuntimeError(f"LMTP: {line!r}")

        await expect(b"220")
        for command, code in (("LHLO localhost", b"250"), ("MAIL FROM:<ra-support@secom.co.jp>", b"250"),
                              (f"RCPT TO:<{user}>", b"250"), ("DATA", b"354")):
            writer.write(command.encode() + b"\r\n")
            await expect(code)
        writer.write(letter.bytes + b"\r\n.\r\n")
        await expect(b"250")
        committed = time.monotonic()
        writer.close()
        return committed


class Cyrus:
    """A private Cyrus, in the Debian root that `make servers` makes. Its ways of arrival cannot be hidden: it has IDLE."""

    def __init__(self, users):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        (self.directory / "users").write_text("".join(f"{user}:{PASSWORD}\n" for user in users))
        subprocess.run([SERVERS / "cyrus", "start", self.directory], check=True)
        ports = dict(line.split("=") for line in (self.directory / "env").read_text().split())
        self.imap, self.imaps = int(ports["IMAP_PORT"]), int(ports["IMAPS_PORT"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([SERVERS / "cyrus", "crash", self.directory])
        shutil.rmtree(self.directory, ignore_errors=True)

    async def deliver(self, letter, user):
        """Delivers by APPEND; returns when the server said that it has the mail (time.monotonic())."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.imap)
        await reader.readline()

        async def command(text, until):
            writer.write(text)
            while not (line := await reader.readline()).startswith(until):
                if not line or line[:2] == b"1 ":
                    raise RuntimeError(f"IMAP: {line!r}")

        await command(f'1 LOGIN "{user}" "{PASSWORD}"\r\n'.encode(), b"1 OK")
        await command(b"1 APPEND INBOX {%d}\r\n" % len(letter.bytes), b"+")
        await command(letter.bytes + b"\r\n", b"1 OK")
        committed = time.monotonic()
        writer.close()
        return committed


class Proxy:
    """proxy.py as a process of its own."""

    def __init__(self, port, rtt=0):
        self.process = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("proxy.py"), str(port), str(rtt)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def bytes(self):
        """Bytes from the server, bytes to it."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return tuple(map(int, self.process.stdout.readline().split()))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def mailbox(name, port, user, lines=""):
    """A [[mailbox]] without TLS, unless `lines` say otherwise."""
    tls = "" if "ca_file" in lines else 'tls = "off"\n'
    return f'[[mailbox]]\nname = "{name}"\nhost = "127.0.0.1"\nport = {port}\n{tls}user = "{user}"\n' \
           f'password = {{ file = "@/password" }}\n{lines}\n'


class Daemon:
    """The built daemon, watching all its mailboxes when the constructor returns; `ready` is how many seconds that took."""

    def __init__(self, mailboxes, claim_mark="mailbox", patience=60):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        self.socket = str(self.directory / "handoff.sock")
        password = self.directory / "password"
        password.touch(mode=0o600)
        password.write_text(PASSWORD + "\n")
        (self.directory / "secom-otpd.toml").write_text(
            f'[socket]\npath = "{self.socket}"\nmode = "0600"\n[handoff]\nclaim_mark = "{claim_mark}"\n'
            + "".join(mailboxes).replace("@/", f"{self.directory}/"))
        started = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAMS / "secom-otpd", "run", "--config", self.directory / "secom-otpd.toml"],
            stdin=subprocess.DEVNULL, stdout=(self.directory / "log").open("wb"), stderr=subprocess.STDOUT)
        self.pid = self.process.pid
        watching = f"watching".encode()
        while True:
            # The log tells it at once, and asks nothing of the daemon.
            log = (self.directory / "log").read_bytes()
            if log.count(b"mailbox-watching") >= len(mailboxes):
                break
            if self.process.poll() is not None or time.monotonic() > started + patience:
                self.__exit__()
                raise RuntimeError(f"the daemon does not watch:\n{log.decode()[-3000:]}")
            time.sleep(0.002)
        self.ready = time.monotonic() - started

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def memory(self):
        """RSS and PSS in KiB."""
        fields = dict(line.split(":") for line in open(f"/proc/{self.pid}/smaps_rollup").read().splitlines()[1:])
        return int(fields["Rss"].split()[0]), int(fields["Pss"].split()[0])

    def effort(self):
        """Seconds of CPU, and wake-ups (voluntary context switches of all threads), so far."""
        times = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        wakeups = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            for line in open(f"/proc/{self.pid}/task/{task}/status"):
                if line.startswith("voluntary"):
                    wakeups += int(line.split()[1])
        return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK"), wakeups


class Claimant:
    """A raw client of the socket."""

    @classmethod
    async def connect(cls, daemon):
        self = cls()
        self.reader, self.writer = await asyncio.open_unix_connection(daemon.socket)
        return self

    async def call(self, method, parameters):
        """The reply, and when it came."""
        message = {"method": f"org.secom-otpd.Handoff.{method}", "parameters": parameters}
        self.writer.write(json.dumps(message).encode() + b"\0")
        reply = await self.reader.readuntil(b"\0")
        came = time.monotonic()
        return json.loads(reply[:-1]), came

    async def claim(self, mailbox, wait=60):
        reply, came = await self.call("Claim", {"mailbox": mailbox, "waitSeconds": wait})
        if "error" in reply:
            raise RuntimeError(str(reply))
        return reply["parameters"]["oneTimePassword"], came

    async def settle(self, id):
        await self.call("Settle", {"id": id, "outcome": "used"})
