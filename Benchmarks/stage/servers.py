"""The letter and who brings it: a private Dovecot, a private Cyrus, a network that takes its time."""
import asyncio, email.utils, pathlib, secrets, shutil, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVERS = ROOT / "Tests/SystemTests/servers"
PASSWORD = "benchmark"

#: What hides the better ways of arrival of a Dovecot. Cyrus has IDLE, and it cannot be hidden.
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
    """A private server with these users. It offers all it has, or no better way of arrival than `way`."""

    def __init__(self, users, way="NOTIFY"):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        (self.directory / "users").write_text("".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in users))
        (self.directory / "local.conf").write_text(
            "default_process_limit = 2000\ndefault_client_limit = 8000\nservice imap {\n  process_limit = 2000\n}\n" + CAPABILITIES[way])
        self.start()

    @staticmethod
    def is_here():
        return True

    @staticmethod
    def account(*words):
        # In small letters, which both servers make of any name.
        return "-".join(map(str, words)).lower() + "@example.co.jp"

    @staticmethod
    def version():
        return "Dovecot " + subprocess.run(["/usr/sbin/dovecot", "--version"], check=True, capture_output=True, text=True).stdout.split()[0]

    def start(self):
        subprocess.run([SERVERS / "dovecot", "start", self.directory], check=True)
        ports = dict(line.split("=") for line in (self.directory / "env").read_text().split())
        self.ca = self.directory / "ca.pem"
        self.imap, self.imaps, self.lmtp = (int(ports[name]) for name in ("IMAP_PORT", "IMAPS_PORT", "LMTP_PORT"))

    def restart(self):
        subprocess.run([SERVERS / "dovecot", "stop", self.directory], check=True)
        self.start()

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


class InRoot:
    """A private server in the Debian root that `make servers` makes. What its class is called says which, and in what package."""

    @classmethod
    def root(cls):
        return ROOT / ".build/servers" / cls.__name__.lower()

    @classmethod
    def is_here(cls):
        return cls.root().exists()

    @staticmethod
    def account(*words):
        return "-".join(map(str, words)).lower()

    @classmethod
    def version(cls):
        query = ["dpkg-query", f"--admindir={cls.root()}/var/lib/dpkg", "-W", "-f", "${Version}", cls.package]
        version = subprocess.run(query, check=True, capture_output=True, text=True).stdout
        return f"{cls.__name__} {version.split('-')[0].split('+')[0]}"

    def __init__(self, users, way="IDLE"):
        self.script = SERVERS / type(self).__name__.lower()
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        (self.directory / "users").write_text("".join(f"{user}:{PASSWORD}\n" for user in users))
        subprocess.run([self.script, "start", self.directory], check=True)
        ports = dict(line.split("=") for line in (self.directory / "env").read_text().split())
        self.ca = self.directory / "ca.pem"
        self.imap, self.imaps = int(ports["IMAP_PORT"]), int(ports["IMAPS_PORT"])

    def restart(self):
        for word in "crash", "start":
            subprocess.run([self.script, word, self.directory], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([self.script, "crash", self.directory])
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


class Cyrus(InRoot):
    package = "cyrus-imapd"


class Courier(InRoot):
    package = "courier-imap"


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
