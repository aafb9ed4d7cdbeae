#!/usr/bin/env python3
"""A TCP proxy on loopback that delays each direction by half a round trip, and counts what goes through.

    proxy.py TARGET_PORT RTT_MILLISECONDS      prints its own port; ends when standard input does

Each line on standard input is answered with one: the bytes that came from the server so far, and those that went to it.
With PROXY_LOG set to a file, it says there who sent how much when, and what a chunk of plain text begins with.
"""
import asyncio, collections, os, socket, sys, time


class Line:
    """One direction of one connection: what goes in comes out in the same order, each chunk `delay` seconds later."""

    def __init__(self, delay, name, count, log):
        self.delay, self.name, self.count, self.log = delay, name, count, log
        self.chunks, self.there = collections.deque(), asyncio.Event()

    async def take(self, reader, peer):
        while True:
            # Else a server that writes in pieces (Cyrus) waits 40 ms for an acknowledgement. It does not last: tcp(7).
            peer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            try:
                data = await reader.read(65536)
            except ConnectionError:
                data = b""
            self.count[self.name] += len(data)
            if self.log:
                print(f"{time.monotonic():.4f} {self.name} {len(data)} {data[:120]!r}", file=self.log, flush=True)
            self.chunks.append((time.monotonic() + self.delay, data))
            self.there.set()
            if not data:
                return

    async def give(self, writer):
        while True:
            while not self.chunks:
                self.there.clear()
                await self.there.wait()
            due, data = self.chunks.popleft()
            if (rest := due - time.monotonic()) > 0:
                await asyncio.sleep(rest)
            try:
                if data:
                    writer.write(data)
                    await writer.drain()
                    continue
                writer.close()
            except ConnectionError:
                pass
            return


async def main(port, delay):
    count = collections.Counter()
    log = open(os.environ["PROXY_LOG"], "a") if "PROXY_LOG" in os.environ else None

    async def connected(reader, writer):
        await asyncio.sleep(2 * delay)  # the handshake of TCP
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return writer.close()
        down, up = Line(delay, "server", count, log), Line(delay, "client", count, log)
        await asyncio.gather(
            down.take(server_reader, server_writer), down.give(writer), up.take(reader, writer), up.give(server_writer))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline):
        print(count["server"], count["client"], flush=True)
    os._exit(0)


asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 2000))
