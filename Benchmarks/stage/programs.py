"""Who takes the letter: the built daemon with a claimant that waits, or a peer with its script. Both have `take`."""
import asyncio, contextlib, json, os, pathlib, re, shutil, signal, subprocess, tempfile, time

from stage.servers import PASSWORD, ROOT

PROGRAMS = pathlib.Path(os.environ.get("PROGRAMS", ROOT / ".build/release"))
VENV = ROOT / ".build/venv/bin"
# A child may end while it is looked at. contextlib.suppress may be entered again and again.
ENDED = contextlib.suppress(FileNotFoundError, ProcessLookupError)


class Program:
    """A process in a directory of its own, with its children; all of it is gone at the end."""

    def __init__(self, command, directory, **environment):
        self.directory = directory
        self.process = subprocess.Popen(
            command, cwd=directory, env={**os.environ, **environment}, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=(directory / "log").open("wb"), stderr=subprocess.STDOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def has_ended(self):
        return self.process.poll() is not None

    def log(self):
        return (self.directory / "log").read_text(errors="replace")

    def tree(self):
        """The process and its descendants."""
        processes = [self.process.pid]
        for process in processes:
            with ENDED:
                for task in pathlib.Path(f"/proc/{process}/task").iterdir():
                    processes += map(int, (task / "children").read_text().split())
        return processes

    def memory(self):
        """What the machine cannot take back (anonymous memory), and PSS, in KiB, of all the processes."""
        totals = [0, 0]
        for process in self.tree():
            with ENDED:
                fields = dict(line.split(":") for line in open(f"/proc/{process}/smaps_rollup").read().splitlines()[1:])
                for index, name in enumerate(("Anonymous", "Pss")):
                    totals[index] += int(fields[name].split()[0])
        return totals

    def effort(self):
        """Seconds of processor time, and voluntary context switches (wake-ups) of all threads, so far."""
        seconds = switches = 0
        for process in self.tree():
            with ENDED:
                times = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
                seconds += (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
                for task in pathlib.Path(f"/proc/{process}/task").iterdir():
                    switches += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.M)[1])
        return seconds, switches


def own_directory():
    return pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))


def mailbox(name, port, user, lines="", host="127.0.0.1"):
    """A [[mailbox]] without TLS, unless `lines` say otherwise."""
    tls = "" if "ca_file" in lines else 'tls = "off"\n'
    return f'[[mailbox]]\nname = "{name}"\nhost = "{host}"\nport = {port}\n{tls}user = "{user}"\n' \
           f'password = {{ file = "@/password" }}\n{lines}\n'


class Daemon(Program):
    """The built daemon, watching all its mailboxes when the constructor returns, unless `patience` is 0; `ready` is how many
    seconds that took."""

    def __init__(self, mailboxes, claim_mark="mailbox", patience=60, programs=PROGRAMS):
        directory = own_directory()
        self.socket = str(directory / "handoff.sock")
        password = directory / "password"
        password.touch(mode=0o600)
        password.write_text(PASSWORD + "\n")
        (directory / "secom-otpd.toml").write_text(
            f'[socket]\npath = "{self.socket}"\nmode = "0600"\n[handoff]\nclaim_mark = "{claim_mark}"\n'
            + "".join(mailboxes).replace("@/", f"{directory}/"))
        started = time.monotonic()
        super().__init__([programs / "secom-otpd", "run", "--config", directory / "secom-otpd.toml"], directory)
        # The log tells it at once, and asks nothing of the daemon.
        while patience and self.log().count("mailbox-watching") < len(mailboxes):
            if self.has_ended() or time.monotonic() > started + patience:
                log = self.log()
                self.__exit__()
                raise RuntimeError(f"the daemon does not watch:\n{log[-3000:]}")
            time.sleep(0.002)
        self.ready = time.monotonic() - started


class Claimant:
    """A raw client of the daemon's socket, for one mailbox."""

    def __init__(self, daemon, mailbox):
        self.daemon, self.socket, self.mailbox, self.has_ended = daemon, daemon.socket, mailbox, daemon.has_ended

    async def take(self, password, patience=60, settled=lambda: None):
        """Claims until this password comes; when it came (time.monotonic()). One that was given up on may come before it. `settled` is
        called before one is settled."""
        reader, writer = await asyncio.open_unix_connection(self.socket)

        async def call(method, **parameters):
            message = {"method": f"org.secom-otpd.Handoff.{method}", "parameters": parameters}
            writer.write(json.dumps(message).encode() + b"\0")
            reply = await reader.readuntil(b"\0")
            came = time.monotonic()
            reply = json.loads(reply[:-1])
            if "error" in reply:
                raise RuntimeError(str(reply))
            return reply.get("parameters"), came

        try:
            given = None
            while given != password:
                reply, came = await call("Claim", mailbox=self.mailbox, waitSeconds=patience)
                given = reply["oneTimePassword"]["password"]
                settled()
                await call("Settle", id=reply["oneTimePassword"]["id"], outcome="used")
            return came
        finally:
            writer.close()


class Peer(Program):
    """One of Benchmarks/peers, on one mailbox over TLS."""

    def __init__(self, name, port, user, ca):
        directory = own_directory()
        fifo = directory / "fifo"
        os.mkfifo(fifo, 0o600)
        # For writing too: so there is always a reader and a writer, whoever comes and goes.
        self.fifo = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
        super().__init__(
            [ROOT / "Benchmarks/peers" / name], directory, HOME=str(directory), PATH=f"{VENV}:{os.environ['PATH']}",
            PORT=str(port), LOGIN=user, PASSWORD=PASSWORD, CA=str(ca), FIFO=str(fifo))

    def __exit__(self, *_):
        super().__exit__()
        os.close(self.fifo)

    async def take(self, password):
        """Reads until the mail with this password is there to its end; when it was (time.monotonic())."""
        whole = re.compile(re.escape(password.encode()) + rb".*\nE-mail: ra-support@secom\.co\.jp", re.DOTALL)
        got, loop, readable = b"", asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self.fifo, readable.set)
        try:
            while not whole.search(got):
                await readable.wait()
                readable.clear()
                try:
                    got += os.read(self.fifo, 65536)
                except BlockingIOError:
                    pass
            return time.monotonic()
        finally:
            loop.remove_reader(self.fifo)
