"""Write RIFF WAVE files and walk over the chunks of others, noting by offset everything that is not as it should be."""

from __future__ import annotations

import struct
from dataclasses import dataclass

PCM, ALAW, MULAW, GSM, EXTENSIBLE = 0x0001, 0x0006, 0x0007, 0x0031, 0xFFFE

# The bytes of `fmt `: cbSize and the samples per block follow the basic sixteen where the tag asks for them.
_BITS = {PCM: 16, ALAW: 8, MULAW: 8, GSM: 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A mono WAVE file to be written.

    Attributes:
        tag: the format tag of `fmt `.
        samples: how many samples `data` decodes to, the value of the `fact` chunk.
        data: encoded samples.
    """

    tag: int
    rate: int
    samples: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """One chunk as found: `offset` of its name, `size` as its header claims, `present` bytes really there."""

    name: str
    offset: int
    size: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something about the container itself that is wrong."""

    offset: int
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What a walk over a WAVE file found.

    Attributes:
        tag, channels, rate, byte_rate, align, bits: fields of `fmt `, 0 where there is none.
        fmt_size: size of the `fmt ` chunk.
        fmt_offset, data_offset: where the contents of these chunks begin; -1 if there are none.
        fact: sample count of the `fact` chunk, or None.
        data: contents of the `data` chunk, as far as they are there.
    """

    chunks: tuple[Chunk, ...]
    faults: tuple[Fault, ...]
    tag: int = 0
    channels: int = 0
    rate: int = 0
    byte_rate: int = 0
    align: int = 0
    bits: int = 0
    fmt_size: int = 0
    fmt_offset: int = -1
    data_offset: int = -1
    fact: int | None = None
    data: bytes = b""

    @property
    def names(self) -> tuple[str, ...]:
        """List the names of the chunks in order."""
        return tuple(chunk.name for chunk in self.chunks)


def write(wave: Wave) -> bytes:
    """Write the file: `fmt `, then `fact` unless it is linear PCM, then `data`, and nothing else."""
    chunks = _chunk(b"fmt ", _fmt(wave))
    if wave.tag != PCM:
        chunks += _chunk(b"fact", struct.pack("<I", wave.samples))
    chunks += _chunk(b"data", wave.data)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _fmt(wave: Wave) -> bytes:
    bits = _BITS[wave.tag]
    align = 65 if wave.tag == GSM else bits // 8
    byte_rate = wave.rate * 65 // 320 if wave.tag == GSM else wave.rate * align
    basic = struct.pack("<HHIIHH", wave.tag, 1, wave.rate, byte_rate, align, bits)
    match wave.tag:
        case 0x0001:
            return basic
        case 0x0031:
            return basic + struct.pack("<HH", 2, 320)
        case _:
            return basic + struct.pack("<H", 0)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def walk(file: bytes) -> Walk:
    """Read every chunk of a WAVE file; never raises, whatever the bytes."""
    if len(file) < 12 or file[:4] != b"RIFF" or file[8:12] != b"WAVE":
        return Walk(chunks=(), faults=(Fault(offset=0, rule="container", reason=_not_riff(file)),))
    faults = _riff_size(file)
    chunks = []
    at = 12
    while at + 8 <= len(file):
        name, size = file[at : at + 4].decode("latin-1"), struct.unpack_from("<I", file, at + 4)[0]
        present = min(size, len(file) - at - 8)
        chunks.append(Chunk(name=name, offset=at, size=size, present=present))
        faults += _chunk_faults(chunks[-1], file)
        at += 8 + present + (present % 2)
        if name == "data" and size == 0:  # never corrected: what follows are samples, not chunks
            return _walked(file, tuple(chunks), tuple(faults))
    if 0 < len(file) - at < 8:
        faults.append(Fault(offset=at, rule="stray bytes", reason=f"{len(file) - at} bytes behind the last chunk"))
    return _walked(file, tuple(chunks), tuple(faults))


def _not_riff(file: bytes) -> str:
    if not file:
        return "the file is empty"
    if file[:3] == b"ID3" or (len(file) > 1 and file[0] == 0xFF and file[1] & 0xE6 == 0xE2):
        return "does not begin with RIFF: this is MP3"
    return "does not begin with RIFF....WAVE"


def _riff_size(file: bytes) -> list[Fault]:
    size = struct.unpack_from("<I", file, 4)[0]
    if size == len(file) - 8:
        return []
    reason = f"the RIFF header says {size} bytes follow, {len(file) - 8} do"
    if size in (0, 0xFFFFFFFF):
        reason += " (written to a pipe and never corrected)"
    return [Fault(offset=4, rule="riff size", reason=reason)]


def _chunk_faults(chunk: Chunk, file: bytes) -> list[Fault]:
    label = f"chunk {chunk.name!r}"
    if chunk.size == 0 and chunk.name == "data":
        behind = len(file) - chunk.offset - 8
        reason = "the data chunk says it is empty"
        reason += f", {behind} bytes follow (written to a pipe and never corrected)" if behind else ""
        return [Fault(offset=chunk.offset + 4, rule="data size", reason=reason)]
    if chunk.present < chunk.size:
        reason = f"{label} says {chunk.size} bytes, {chunk.present} are there: truncated"
        if chunk.size == 0xFFFFFFFF:
            reason = f"{label} says FFFFFFFF bytes (written to a pipe and never corrected)"
        return [Fault(offset=chunk.offset + 4, rule="data size", reason=reason)]
    end = chunk.offset + 8 + chunk.size
    if chunk.size % 2 and end >= len(file):
        return [Fault(offset=end, rule="pad byte", reason=f"{label} has an odd size and no pad byte behind it")]
    return []


def _walked(file: bytes, chunks: tuple[Chunk, ...], faults: tuple[Fault, ...]) -> Walk:
    first = {chunk.name: chunk for chunk in reversed(chunks)}
    fmt, fact, data = first.get("fmt "), first.get("fact"), first.get("data")
    missing = [name for name, chunk in (("fmt ", fmt), ("data", data)) if chunk is None]
    faults += tuple(Fault(offset=12, rule="chunks", reason=f"no {name!r} chunk") for name in missing)
    if fmt is None or fmt.present < 16:
        return Walk(chunks=chunks, faults=faults)
    tag, channels, rate, byte_rate, align, bits = struct.unpack_from("<HHIIHH", file, fmt.offset + 8)
    count = struct.unpack_from("<I", file, fact.offset + 8)[0] if fact and fact.present >= 4 else None
    return Walk(
        chunks=chunks,
        faults=faults,
        tag=tag,
        channels=channels,
        rate=rate,
        byte_rate=byte_rate,
        align=align,
        bits=bits,
        fmt_size=fmt.size,
        fmt_offset=fmt.offset + 8,
        data_offset=data.offset + 8 if data else -1,
        fact=count,
        data=file[data.offset + 8 : data.offset + 8 + data.present] if data else b"",
    )
