"""A mail server on loopback, with TLS."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from pathlib import Path

import trustme


def certify(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost, and that of the authority that vouches for it."""
    authority = trustme.CA()
    certificate, trusted = folder / "post.pem", folder / "authority.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)
    authority.cert_pem.write_to_path(trusted)
    return certificate, trusted


class Post:
    """A mail server for one session on loopback, refusing mailboxes that begin with "no"."""

    def __init__(self, certificate, *, offers_tls: bool = True, from_first_byte: bool = False, takes: int = 99) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._offers_tls, self._from_first_byte = offers_tls, from_first_byte
        self._takes = takes
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.received: list[bytes] = []
        self.encrypted = False
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Post:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join(timeout=10)

    def _serve(self) -> None:
        self._connection, _ = self._listener.accept()
        self._connection.settimeout(10)
        try:
            if self._from_first_byte:
                self._encrypt()
            self._connection.sendall(b"220 post ready\r\n")
            with contextlib.suppress(EOFError):
                while True:
                    self._answer(self._line())
        except OSError:
            pass  # the client turned away from the certificate
        finally:
            self._connection.close()

    def _encrypt(self) -> None:
        self._connection = self._context.wrap_socket(self._connection, server_side=True)
        self.encrypted = True

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\r\n"):
            byte = self._connection.recv(1)
            if not byte:
                raise EOFError
            line += byte
        return line

    def _answer(self, line: bytes) -> None:
        verb = line.split()[0].upper()
        say = self._connection.sendall
        if verb == b"EHLO":
            tls = b"250-STARTTLS\r\n" if self._offers_tls and not self.encrypted else b""
            say(b"250-post\r\n" + tls + b"250-AUTH PLAIN\r\n250 SMTPUTF8\r\n")
        elif verb == b"STARTTLS":
            say(b"220 go\r\n")
            self._encrypt()
        elif verb == b"AUTH":
            say(b"235 welcome\r\n" if b"AGFkYQBvcGVu" in line else b"535 wrong\r\n")  # NUL ada NUL open
        elif verb in (b"RCPT", b"MAIL") and b"<no" in line:
            say(b"550 no such mailbox\r\n")
        elif verb == b"DATA":
            if len(self.received) >= self._takes:
                raise EOFError
            say(b"354 go on\r\n")
            self.received.append(b"".join(iter(self._line, b".\r\n")))
            say(b"250 taken\r\n")
        elif verb == b"QUIT":
            say(b"221 bye\r\n")
            raise EOFError
        else:
            say(b"250 fine\r\n")
