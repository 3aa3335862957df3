"""Read and write the headers of MPEG audio frames, Layer III (ISO/IEC 11172-3 2.4.1.3, 13818-3 2.4.1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roadcast.errors import ProductionError
from roadcast.model import AudioFormat

# kilobits per second by the index in the header; 0 is "free format", which nothing here writes or takes
_MPEG_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)

# samples per second by the version bits (3 is MPEG-1, 2 is MPEG-2, 0 the unofficial MPEG-2.5) and the index
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_MONO = 3
_HEADER = 4


@dataclass(frozen=True, slots=True)
class Header:
    """The first four bytes of a frame, understood.

    Attributes:
        version: the two version bits; mode: the two channel mode bits, 3 for mono.
        padded: whether the frame has one byte more, so that the average meets the bit rate.
        protected: whether a 16-bit checksum follows the header.
    """

    version: int
    rate: int
    kbps: int
    mode: int
    padded: bool = False
    protected: bool = False

    @classmethod
    def read(cls, data: bytes, offset: int) -> Header | None:
        """Understand the header at this offset, or tell that there is none of Layer III."""
        if len(data) < offset + _HEADER or data[offset] != 0xFF or data[offset + 1] & 0xE0 != 0xE0:
            return None
        _, one, two, three = data[offset : offset + _HEADER]
        version, layer, bits, rate = one >> 3 & 3, one >> 1 & 3, two >> 4, two >> 2 & 3
        if version == 1 or layer != 1 or bits in (0, 15) or rate == 3:
            return None
        kbps = (_MPEG_1 if version == 3 else _MPEG_2)[bits]
        return cls(version, _RATES[version][rate], kbps, three >> 6, bool(two & 2), not one & 1)

    @classmethod
    def of(cls, kind: AudioFormat) -> Header:
        """Make the header of an unpadded frame in this format.

        Raises:
            ProductionError: if MPEG audio has no such format.
        """
        for version, rates in _RATES.items():
            if kind.rate in rates and kind.kbps in _bit_rates(version) and kind.channels in (1, 2):
                return cls(version, kind.rate, kind.kbps, _MONO if kind.channels == 1 else 1)
        raise ProductionError(f"{kind}: MPEG audio has no such format; use 44100 samples per second and 64 kbps")

    @property
    def format(self) -> AudioFormat:
        """Tell the format of the stream."""
        return AudioFormat(rate=self.rate, channels=1 if self.mode == _MONO else 2, kbps=self.kbps)

    @property
    def size(self) -> int:
        """Count the bytes of the frame, header included."""
        return self.format.samples_per_frame // 8 * self.kbps * 1000 // self.rate + self.padded

    @property
    def side(self) -> int:
        """Count the bytes between header and main data: how the granules are coded."""
        if self.version == 3:
            return 17 if self.mode == _MONO else 32
        return 9 if self.mode == _MONO else 17

    def wider(self) -> Iterator[Header]:
        """List this header and those of the same stream with more room, smallest first."""
        for kbps in _bit_rates(self.version):
            if kbps >= self.kbps:
                yield Header(self.version, self.rate, kbps, self.mode)

    def write(self) -> bytes:
        """Write the four bytes; the copyright, original and emphasis bits are 0."""
        bits = (_MPEG_1 if self.version == 3 else _MPEG_2).index(self.kbps)
        rate = _RATES[self.version].index(self.rate)
        return bytes(
            [
                0xFF,
                0xE0 | self.version << 3 | 1 << 1 | (not self.protected),
                bits << 4 | rate << 2 | self.padded << 1,
                self.mode << 6,
            ]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """What a stream of encoded audio consists of.

    Attributes:
        count: of frames; size: in bytes, tags not counted.
    """

    format: AudioFormat
    count: int
    size: int


def frames(data: bytes) -> Frames:
    """Walk over a clip's frames and check that it can be joined: whole, constant, self-contained.

    Raises:
        ProductionError: if it is empty; has bytes that are no frame, such as a tag; ends inside a frame;
            changes its format or bit rate; holds an Info frame; or starts with borrowed bits. The message
            names the offset.
    """
    first = Header.read(data, 0)
    if first is None:
        raise ProductionError(f"no MPEG frame at byte 0 of {len(data)}; encode the clip again")
    _check_first(data, first)
    offset = count = 0
    while offset < len(data):
        header = Header.read(data, offset)
        if header is None:
            raise ProductionError(f"no MPEG frame at byte {offset} of {len(data)}; encode the clip again")
        if (header.version, header.rate, header.kbps) != (first.version, first.rate, first.kbps) or (
            header.format.channels != first.format.channels
        ):
            raise ProductionError(f"{first.format} becomes {header.format} at byte {offset}; encode with one bit rate")
        if offset + header.size > len(data):
            raise ProductionError(f"the last frame, at byte {offset}, lacks its end; encode the clip again")
        offset += header.size
        count += 1
    return Frames(format=first.format, count=count, size=len(data))


def _check_first(data: bytes, first: Header) -> None:
    """Refuse a first frame that makes no sound or needs bits of a frame before it."""
    side = _HEADER + 2 * first.protected
    if data[side + first.side : side + first.side + 4] in (b"Xing", b"Info") or data[36:40] == b"VBRI":
        raise ProductionError("an Info frame at byte 0; strip it from the clip, the recording has its own")
    # main_data_begin: the first 9 bits of the side information in MPEG-1, the first 8 in MPEG-2
    borrowed = int.from_bytes(data[side : side + 2], "big") >> (7 if first.version == 3 else 8)
    if borrowed:
        raise ProductionError(f"the frame at byte 0 borrows {borrowed} bytes of one before it; join whole clips only")


def _bit_rates(version: int) -> tuple[int, ...]:
    return (_MPEG_1 if version == 3 else _MPEG_2)[1:]
