"""Be two hundred phones on a bad line: each takes 4 KB every 50 ms. Says "ready" when all have their first bytes."""

import asyncio
import socket
import sys


async def phone(port: int, path: str) -> None:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # or the kernel takes it all on the phone's behalf
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=line, limit=4096)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: phone\r\n\r\n".encode())
    await reader.read(4096)
    asyncio.get_running_loop().create_task(drain(reader))


async def drain(reader: asyncio.StreamReader) -> None:
    while await reader.read(4096):
        await asyncio.sleep(0.05)


async def main(port: int, path: str, count: int) -> None:
    await asyncio.gather(*(phone(port, path) for _ in range(count)))
    print("ready", flush=True)
    await asyncio.sleep(120)


asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
