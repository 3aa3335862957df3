"""Understand the start of an audio file and of a picture, without libraries that decode them."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_BIT_RATES = {  # kilobits per second of Layer III by index, MPEG-1 and MPEG-2
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000)}
_START_OF_FRAME = frozenset({0xC0, 0xC1, 0xC2})  # JPEG markers: baseline, extended, progressive


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What the start of an MP3 tells.

    Attributes:
        seconds: by the Info or Xing frame, or by size and bit rate; None if no frame was found.
        tag: bytes before the sound.
        chapters: start in seconds and title, in the order of the tag's table of contents.
    """

    seconds: float | None
    tag: int = 0
    chapters: tuple[tuple[float, str], ...] = ()
    listed: bool = False


def sound(data: bytes, *, size: int) -> Sound:
    """Read the start of an MP3 file of `size` bytes."""
    tag = _tag_size(data)
    chapters, listed = _chapters(data[:tag])
    return Sound(seconds=_seconds(data[tag:], size - tag), tag=tag, chapters=chapters, listed=listed)


def picture(data: bytes) -> tuple[str, int, int] | None:
    """Read the type, width and height of a JPEG or PNG picture from its start."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return "image/png", width, height
    place = 2
    while data.startswith(b"\xff\xd8") and place + 9 < len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return "image/jpeg", width, height
        place += 2 + length
    return None


def _tag_size(data: bytes) -> int:
    return 10 + _seven_bits(data[6:10]) if data.startswith(b"ID3") and len(data) > 10 else 0


def _seven_bits(data: bytes) -> int:
    return sum(byte << shift for byte, shift in zip(data, (21, 14, 7, 0), strict=True))


def _seconds(data: bytes, size: int) -> float | None:
    if len(data) < 200 or data[0] != 0xFF or data[1] & 0xE6 != 0xE2:
        return None
    version, bits, rate = data[1] >> 3 & 3, data[2] >> 4, data[2] >> 2 & 3
    if version not in _RATES or bits in (0, 15) or rate == 3:
        return None
    mono = data[3] >> 6 == 3
    side = ((17 if mono else 32) if version == 3 else (9 if mono else 17)) + 4
    if data[side : side + 4] in (b"Xing", b"Info") and data[side + 7] & 1:
        frames = int.from_bytes(data[side + 8 : side + 12], "big")
        return frames * (1152 if version == 3 else 576) / _RATES[version][rate]
    return size / (_BIT_RATES[version][bits] * 125)


def _chapters(tag: bytes) -> tuple[tuple[tuple[float, str], ...], bool]:
    """Read chapters in the order of the table of contents; without one, in the order of the file."""
    found: dict[bytes, tuple[float, str]] = {}
    order: list[bytes] = []
    for identifier, body in _frames(tag, 10, plain=tag[3:4] == b"\x03"):
        if identifier == b"CHAP":
            key, _, rest = body.partition(b"\0")
            titles = [_text(b) for n, b in _frames(rest, 16, plain=tag[3:4] == b"\x03") if n == b"TIT2"]
            found[key] = (int.from_bytes(rest[:4], "big") / 1000, titles[0] if titles else "")
        elif identifier == b"CTOC":
            _, _, rest = body.partition(b"\0")
            order = rest[2:].split(b"\0")[: rest[1]] if len(rest) > 1 else []
    return tuple(found[key] for key in order or found if key in found), bool(order)


def _frames(data: bytes, place: int, *, plain: bool) -> list[tuple[bytes, bytes]]:
    """List an ID3v2.3 (plain sizes) or 2.4 tag's frames."""
    found = []
    while place + 10 <= len(data) and data[place : place + 4].isalnum():
        size = int.from_bytes(data[place + 4 : place + 8], "big") if plain else _seven_bits(data[place + 4 : place + 8])
        found.append((data[place : place + 4], data[place + 10 : place + 10 + size]))
        place += 10 + size
    return found


def _text(body: bytes) -> str:
    encoding = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}.get(body[0] if body else 0, "latin-1")
    return body[1:].decode(encoding, errors="replace").strip("\0")
