"""A link that fails: TCP goes through it until it is cut, falls silent, or is taken away."""
import asyncio, contextlib, socket, struct


class Link:
    """Leads to a port on loopback. Within `async with` it is there. With two addresses, `addresses[0]` is the one that names give first."""

    def __init__(self, port, addresses=("127.0.0.1",)):
        self.target, self.addresses, self.port, self.servers, self.open = port, addresses, 0, [], set()
        self.is_first_silent = False

    async def __aenter__(self):
        await self.come_back()
        return self

    async def __aexit__(self, *_):
        self.go()

    async def come_back(self):
        for address in self.addresses:
            server = await asyncio.start_server(self.connected, address, self.port)
            self.port = server.sockets[0].getsockname()[1]
            self.servers.append(server)

    def go(self):
        """Refuses what is new, and resets what is there."""
        for server in self.servers:
            server.close()
        self.servers = []
        self.cut()

    def cut(self):
        for writer in self.open:
            with contextlib.suppress(OSError):
                # A reset, not an end of the stream.
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        self.open = set()

    def fall_silent(self):
        """Whatever is said on what is open now is lost, and nobody is told. Connections that are made later work."""
        for writer in self.open:
            writer.is_silent = True
        self.open = set()

    async def connected(self, reader, writer):
        if self.is_first_silent and writer.get_extra_info("sockname")[0] == self.addresses[0]:
            self.open.add(writer)
            return
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            return writer.close()
        ends = {writer, to_server}
        for end in ends:
            end.is_silent = False
        self.open |= ends
        # Cancelled when the part is over.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self.carry(reader, writer, to_server), self.carry(from_server, to_server, writer))
        self.open -= ends

    async def carry(self, source, source_end, drain):
        with contextlib.suppress(ConnectionError):
            while data := await source.read(65536):
                if drain.is_silent or source_end.is_silent:
                    continue
                # Else a server that writes in pieces (Cyrus) waits 40 ms for an acknowledgement. It does not last: tcp(7).
                source_end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
                drain.write(data)
                await drain.drain()
        if not drain.is_silent:
            drain.close()
