"""Walk over the frames of an MP3 file without decoding it (ISO/IEC 11172-3 2.4.1.3 and 13818-3)."""

from __future__ import annotations

from dataclasses import dataclass

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_SIDE_BYTES = 9  # of side information, one channel at the lower sampling rates
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    length: int
    rate: int
    channels: int
    kbps: int
    samples: int
    side: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What a walk over the frames found.

    Attributes:
        frames: how many; first: byte of the first one.
        kbps: 0 where the bit rate changes; rate and channels are those of the first frame.
        faults: offset and reason.
    """

    frames: int
    first: int
    rate: int
    channels: int
    kbps: int
    samples: int
    faults: tuple[tuple[int, str], ...]


def is_mp3(file: bytes) -> bool:
    """Tell whether a file begins like MP3: with a tag, or with two frames behind each other."""
    if file[:3] == b"ID3":
        return True
    first = _frame(file, 0)
    return first is not None and _frame(file, first.length) is not None


def walk(file: bytes) -> Stream:
    """Read every frame header; never raises, whatever the bytes."""
    faults: list[tuple[int, str]] = []
    at = _skip_tag(file, faults)
    first = at
    frames: list[_Frame] = []
    kept = 0  # bytes of earlier frames that this one may still draw on
    while at < len(file):
        frame = _frame(file, at)
        if frame is None or at + frame.length > len(file):
            reason = "the last frame is cut off" if frame else _stray(file, at)
            faults.append((at, reason))
            break
        if _damaged(file, at, frame, kept):
            faults.append((at, "the contents of this frame are damaged"))
            break
        frames.append(frame)
        kept = min(255, kept + frame.length - frame.side - _SIDE_BYTES)
        at += frame.length
    head = frames[0] if frames else None
    constant = len({frame.kbps for frame in frames}) == 1
    return Stream(
        frames=len(frames),
        first=first,
        rate=head.rate if head else 0,
        channels=head.channels if head else 0,
        kbps=head.kbps if head and constant else 0,
        samples=sum(frame.samples for frame in frames),
        faults=tuple(faults),
    )


def _damaged(file: bytes, at: int, frame: _Frame, kept: int) -> bool:
    """Tell whether the side information claims what cannot be (13818-3 2.4.1.7); only of what is decoded here.

    That is one channel at the lower sampling rates: where the main data begins in 8 bits, a private bit, the
    length of the only granule in 12 bits, and its pairs of big values, at most 288, in 9.
    """
    if frame.channels != 1 or frame.samples != 576:
        return False
    bits = int.from_bytes(file[at + frame.side : at + frame.side + 4], "big")
    begin, length, pairs = bits >> 24, (bits >> 11) & 0xFFF, (bits >> 2) & 0x1FF
    return begin > kept or pairs > 288 or length > 8 * (begin + frame.length - frame.side - _SIDE_BYTES)


def _stray(file: bytes, at: int) -> str:
    if file[at : at + 4] == b"RIFF":
        return "this is a RIFF file, not MP3"
    if file[at : at + 3] == b"TAG":
        return "an ID3v1 tag behind the sound; phone systems play it as noise"
    return "no MP3 frame begins here"


def _skip_tag(file: bytes, faults: list[tuple[int, str]]) -> int:
    if file[:3] != b"ID3" or len(file) < 10:
        return 0
    faults.append((0, "an ID3 tag before the sound; some phone systems refuse it"))
    a, b, c, d = file[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)


def _frame(file: bytes, at: int) -> _Frame | None:
    if at + 4 > len(file) or file[at] != 0xFF or file[at + 1] & 0xE6 != 0xE2:  # Layer III only
        return None
    version, kbps_at, rate_at = (file[at + 1] >> 3) & 3, file[at + 2] >> 4, (file[at + 2] >> 2) & 3
    if version == 1 or kbps_at in (0, 15) or rate_at == 3:
        return None
    kbps = (_KBPS_1 if version == 3 else _KBPS_2)[kbps_at]
    rate = _RATES[version][rate_at]
    samples = 1152 if version == 3 else 576
    return _Frame(
        length=samples // 8 * kbps * 1000 // rate + (file[at + 2] >> 1 & 1),
        rate=rate,
        channels=1 if file[at + 3] >> 6 == 3 else 2,
        kbps=kbps,
        samples=samples,
        side=4 if file[at + 1] & 1 else 6,  # behind the header, and behind its CRC where it has one
    )
