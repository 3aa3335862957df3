"""Write the Info frame: the silent first frame that tells players how long a recording is.

The layout is the Xing header of a constant bit rate stream ("Info") with LAME's extension, as described by
LAME's "Mp3 Info Tag revision 1"; ffmpeg, mpg123, mutagen and Android read it.
"""

from __future__ import annotations

import struct

from roadcast.assembly.mpeg import Header
from roadcast.model import AudioFormat

# LAME's encoder delay. With the decoder's own 529 samples a player drops 1105: exactly the silence that the
# codec puts before the sound, so that what a clip says at second 3 is heard at second 3.
_DELAY = 576
_FIELDS = 0b0111  # frame count, byte count, table of contents; no quality indicator, which means nothing at CBR
_POINTS = 100
_ENCODER = b"LAME3.100"  # ffmpeg reads delay and padding only behind the name LAME or Lavf
_METHOD_CBR = 1
_TAG_SIZE = 4 + 4 + 4 + 4 + _POINTS
_EXTENSION_SIZE = 36


def info_frame(kind: AudioFormat, *, count: int, size: int) -> bytes:
    """Write the frame for `count` frames that take `size` bytes.

    A frame too small for the table takes the next bit rate with room: players that ignore the Info
    frame then still find a whole frame.
    """
    narrow = Header.of(kind)
    need = 4 + narrow.side + _TAG_SIZE + _EXTENSION_SIZE
    header = next(h for h in narrow.wider() if h.size >= need)
    total = header.size + size
    frame = header.write() + bytes(header.side)
    frame += b"Info" + struct.pack(">III", _FIELDS, count, total) + _contents(header.size, total)
    frame += _extension(kind, total)
    frame += struct.pack(">H", _crc(frame))
    return frame + bytes(header.size - len(frame))


def _contents(start: int, total: int) -> bytes:
    """Tell for each percent of the time how far into the bytes it is, in 256ths: at a constant bit rate, a line."""
    return bytes(min(255, 256 * (start + (total - start) * point // _POINTS) // total) for point in range(_POINTS))


def _extension(kind: AudioFormat, total: int) -> bytes:
    """Write LAME's fields up to its checksum; gain, preset and music checksum are left at 0, "not stored"."""
    delay = _DELAY << 12  # 12 bits of delay, 12 bits of padding: the end is kept whole
    return (
        _ENCODER
        + bytes([_METHOD_CBR, 0])
        + bytes(8)
        + bytes([0, min(255, kind.kbps)])
        + delay.to_bytes(3, "big")
        + bytes(4)
        + struct.pack(">IH", total, 0)
    )


def _crc(data: bytes) -> int:
    """Compute CRC-16/ARC over the frame so far, as LAME does."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
