"""The smallest SIP telephone that can carry a drop test: mu-law, 20 ms packets, UDP, standard library only."""

from __future__ import annotations

import random
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field

FRAME = 160
SILENCE = b"\xff" * FRAME


def header(message: str, name: str) -> list[str]:
    prefix = f"{name.lower()}:"
    return [line.split(":", 1)[1].strip() for line in message.split("\r\n") if line.lower().startswith(prefix)]


def describe(ip: str, port: int) -> str:
    return (
        f"v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n"
        "a=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n"
    )


def peer_of(message: str) -> tuple[str, int]:
    return re.search(r"c=IN IP4 (\S+)", message)[1], int(re.search(r"m=audio (\d+)", message)[1])


@dataclass
class Media:
    """Sends and records one stream of RTP."""

    ip: str
    packets: dict[int, bytes] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((self.ip, 0))
        self.socket.settimeout(0.2)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._record, daemon=True).start()

    def _record(self) -> None:
        first = None
        while not self.stop.is_set():
            try:
                packet = self.socket.recv(2048)
            except TimeoutError:
                continue
            if packet[1] & 127:
                continue  # no mu-law
            number = struct.unpack(">H", packet[2:4])[0]
            first = number if first is None else first
            # by sequence number: Asterisk starts timestamps anew between prompts
            self.packets[(number - first + 32768) % 65536 - 32768] = packet[12:]

    def send(self, peer: tuple[str, int], sound: bytes) -> None:
        """One stream with one timestamp line; a mailbox hears nothing of a second one."""
        number, stamp, source = random.randrange(9999), random.randrange(1 << 30), random.randrange(1 << 31)
        due = time.monotonic()
        for at in range(0, len(sound), FRAME):
            if self.stop.is_set():
                return
            payload = sound[at : at + FRAME].ljust(FRAME, b"\xff")
            head = struct.pack(">BBHII", 0x80, 0x80 if at == 0 else 0, number & 0xFFFF, stamp & 0xFFFFFFFF, source)
            self.socket.sendto(head + payload, peer)
            number, stamp, due = number + 1, stamp + FRAME, due + 0.02
            time.sleep(max(0.0, due - time.monotonic()))

    def recorded(self) -> bytes:
        sound, last = bytearray(), None
        for number in sorted(self.packets):
            if last is not None:
                sound += SILENCE * min(number - last - 1, 500)
            sound += self.packets[number]
            last = number
        return bytes(sound)


def answer(ip: str, port: int, *, say: bytes, seconds: float) -> bytes:
    """Answer one call, say something and then nothing, and give what was heard until the caller hangs up."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind((ip, port))
    line.settimeout(0.5)
    media, tag, end = Media(ip), f"t{random.randrange(1 << 30)}", time.monotonic() + seconds
    talking = None
    while time.monotonic() < end:
        try:
            data, caller = line.recvfrom(8192)
        except TimeoutError:
            continue
        message = data.decode("utf-8", "replace")
        method = message.split(" ", 1)[0]
        if method not in ("INVITE", "BYE", "OPTIONS", "CANCEL"):
            continue
        body = describe(ip, media.port) if method == "INVITE" else ""
        line.sendto(_reply(message, tag, f"{ip}:{port}", body), caller)
        if method == "INVITE" and talking is None:
            sound = say + SILENCE * int(seconds * 50)
            talking = threading.Thread(target=media.send, args=(peer_of(message), sound), daemon=True)
            talking.start()
        if method in ("BYE", "CANCEL"):
            break
    media.stop.set()
    line.close()
    return media.recorded()


def _reply(message: str, tag: str, contact: str, body: str) -> bytes:
    to = header(message, "To")[0]
    lines = [
        "SIP/2.0 200 OK",
        *(f"Via: {via}" for via in header(message, "Via")),
        f"From: {header(message, 'From')[0]}",
        f"To: {to}" if "tag=" in to else f"To: {to};tag={tag}",
        f"Call-ID: {header(message, 'Call-ID')[0]}",
        f"CSeq: {header(message, 'CSeq')[0]}",
        f"Contact: <sip:phone@{contact}>",
        *(["Content-Type: application/sdp"] if body else []),
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def call(ip: str, uri: str, *, wait: float, say: bytes, then: float = 0.5) -> bytes:
    """Call, wait as long as a prompt and its beep take, say something, hang up; give what was heard."""
    host, port = re.search(r"@([^:;>]+):(\d+)", uri).groups()
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind((ip, 0))
    line.settimeout(5)
    own = line.getsockname()[1]
    media, call_id, tag = Media(ip), f"{random.randrange(1 << 60):x}@{ip}", f"f{random.randrange(1 << 30)}"

    def request(method: str, number: int, to: str, target: str, body: str = "") -> bytes:
        lines = [
            f"{method} {target} SIP/2.0",
            f"Via: SIP/2.0/UDP {ip}:{own};branch=z9hG4bK{random.randrange(1 << 60):x};rport",
            "Max-Forwards: 70",
            f'From: "Briefing" <sip:drop@{ip}:{own}>;tag={tag}',
            f"To: {to}",
            f"Call-ID: {call_id}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:drop@{ip}:{own}>",
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    line.sendto(request("INVITE", 1, f"<{uri}>", uri, describe(ip, media.port)), (host, int(port)))
    end = time.monotonic() + 30
    while True:
        message = line.recv(8192).decode("utf-8", "replace")
        status = int(message.split(" ")[1]) if message.startswith("SIP/2.0") else 0
        if status >= 200:
            break
        if time.monotonic() > end:
            raise TimeoutError("no answer")
    if status != 200:
        raise ConnectionError(message.split("\r\n")[0])
    to, contact = header(message, "To")[0], header(message, "Contact")[0]
    target = (re.search(r"<([^>]+)>", contact) or re.search(r"(\S+)", contact))[1]
    line.sendto(request("ACK", 1, to, target), (host, int(port)))
    media.send(peer_of(message), SILENCE * int(wait * 50) + say + SILENCE * int(then * 50))
    line.sendto(request("BYE", 2, to, target), (host, int(port)))
    media.stop.set()
    line.close()
    return media.recorded()
