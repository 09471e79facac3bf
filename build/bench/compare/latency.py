"""A TCP relay that makes loopback as far away as a server elsewhere."""

import asyncio
import socket
import threading
from collections import deque


class Relay:
    """
    Passes bytes on half a round trip after they came, in both directions. The client's first bytes wait one round trip more:
    for the TCP handshake, which a relay answers at once. No limit of bandwidth, no loss, no slow start: latency alone.
    """

    def __init__(self, target: int):
        self.round_trip = 0.0  # in seconds, for connections made from now on
        self._target = target
        self._loop = asyncio.new_event_loop()
        listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def _serve(self, listener: socket.socket):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._accept, sock=listener))
        self._loop.run_forever()

    async def _accept(self, client_reader, client):
        delay, start = self.round_trip, self._loop.time()
        origin_reader, origin = await asyncio.open_connection("127.0.0.1", self._target)
        for writer in (client, origin):
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            await asyncio.gather(
                self._pass_on(client_reader, origin, delay / 2, not_before=start + delay),
                self._pass_on(origin_reader, client, delay / 2, not_before=start))
        except OSError:
            pass  # one of them hung up, and so does the relay
        finally:
            for writer in (client, origin):
                writer.close()

    async def _pass_on(self, reader, writer, delay: float, not_before: float):
        on_the_way, arrived = deque(), asyncio.Event()

        async def deliver():
            while True:
                while not on_the_way:
                    arrived.clear()
                    await arrived.wait()
                due, data = on_the_way.popleft()
                await asyncio.sleep(due - self._loop.time())
                if not data:
                    break
                writer.write(data)
                await writer.drain()
            writer.write_eof()

        async def collect():
            data = b"?"
            while data:
                data = await reader.read(256 * 1024)
                on_the_way.append((max(self._loop.time(), not_before) + delay, data))
                arrived.set()

        await asyncio.gather(deliver(), collect())
