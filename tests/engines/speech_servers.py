"""Speech servers on loopback that answer as they are told, well or badly."""

import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """One answer; `drip` sends a byte every so many seconds, `cut` closes the connection after so many bytes."""

    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    drip: float = 0.0
    cut: int | None = None


class Server(ThreadingHTTPServer):
    """Gives the replies in turn, the last one for ever, and keeps what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, replies):
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies = list(replies)
        self.asked = []
        self.stopping = threading.Event()

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """A client that goes away is part of the game."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        replies = self.server.replies
        reply = replies[min(len(self.server.asked), len(replies) - 1)]
        self.server.asked.append((self.path, dict(self.headers), body))
        if callable(reply):
            reply = reply(body)
        self.send_response(reply.status)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.drip:
            for byte in reply.body:
                if self.server.stopping.wait(reply.drip):
                    return
                self.wfile.write(bytes([byte]))
        else:
            self.wfile.write(reply.body[: reply.cut])
        if reply.cut is not None:
            self.close_connection = True

    do_GET = do_POST  # noqa: N815  the name is the library's; what a redirection makes of it

    def log_message(self, *arguments):
        pass


@contextmanager
def serving(*replies, certificate=None):
    """Run a server; with a certificate of `trustme` it speaks TLS."""
    server = Server(replies)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
