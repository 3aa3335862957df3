"""Say what a target would refuse or play as noise: file, offset, rule and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from roadcast.errors import VoicemailError
from roadcast.voicemail import hearing, mp3, riff
from roadcast.voicemail.encoding import decode
from roadcast.voicemail.gsm import FRAME_BYTES
from roadcast.voicemail.profiles import FileRule, Limits, Profile

_MOST_CHUNKS = 6  # named in a message: a file may have thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a file.

    Attributes:
        offset: byte of the file at which it shows.
        rule: a short name; reason: for people.
        serious: whether the target would refuse it or it would be lost; otherwise it is only worth knowing.
    """

    file: str
    offset: int
    rule: str
    reason: str
    serious: bool = True

    def __str__(self) -> str:
        return f"{self.file}: byte {self.offset}: {self.rule}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contents:
    """The coded sound inside a file, where it begins, and how many samples it decodes to."""

    data: bytes
    offset: int
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found in a file, and how it sounds where its form lets it be decoded."""

    findings: tuple[Finding, ...]
    heard: hearing.Heard | None = None


def check_file(name: str, content: bytes, profile: Profile) -> Examination:
    """Check a file against the profile of its target; without findings it will be taken.

    Args:
        name: of the file, without folders; its extension chooses among the target's forms.
        content: all its bytes.
        profile: of the target.
    """
    rule = _rule_for(name, profile)
    if rule is None:
        forms = ", ".join(f".{rule.extension}" for rule in profile.file)
        reason = f"{profile.label} takes {forms}"
        return Examination(findings=(Finding(file=name, offset=0, rule="extension", reason=reason),))
    faults, contents = _contents(content, rule)
    findings = [Finding(file=name, offset=f.offset, rule=f.rule, reason=f.reason) for f in faults]
    findings += _name(name, profile)
    findings += _size(name, content, profile.limits)
    heard = None
    if contents is not None:
        findings += _length(name, contents, rule, profile.limits)
        if not faults and contents.samples:
            heard, sound = _judged(contents.data, rule)
            findings += _placed(name, contents, sound)
    return Examination(findings=tuple(findings), heard=heard)


def target_of(name: str, profiles: Mapping[str, Profile]) -> Profile:
    """Tell from its name which target a file is for: `asterisk.ulaw`, `twilio-02.wav`.

    Raises:
        VoicemailError: if the name does not say.
    """
    stem = re.sub(r"-\d\d$", "", name.rsplit(".", 1)[0])
    if stem in profiles:
        return profiles[stem]
    raise VoicemailError(f"{name}: the name does not say for which target it is; give --target NAME")


def _rule_for(name: str, profile: Profile) -> FileRule | None:
    extension = name.rpartition(".")[2]
    return next((rule for rule in profile.file if extension in (rule.extension, *rule.aliases)), None)


def _contents(content: bytes, rule: FileRule) -> tuple[list[riff.Fault], _Contents | None]:
    if not content:
        return [riff.Fault(offset=0, rule="empty", reason="the file is empty")], None
    match rule.container:
        case "wav":
            return _wave(content, rule)
        case "raw":
            return _headerless(content, rule)
        case _:
            return _mp3(content, rule)


def _wave(content: bytes, rule: FileRule) -> tuple[list[riff.Fault], _Contents | None]:
    walk = riff.walk(content)
    if walk.fmt_offset < 0 or walk.data_offset < 0:
        return list(walk.faults), None
    faults = [*walk.faults, *_fields(walk, rule), *_chunk_list(walk, rule)]
    samples = samples_in(len(walk.data), rule)
    if rule.codec != "pcm16" and walk.fact is not None and walk.fact != samples:
        reason = f"the fact chunk says {walk.fact} samples, the data holds {samples}"
        faults.append(riff.Fault(offset=walk.data_offset - 12, rule="fact", reason=reason))
    return faults, _Contents(data=walk.data, offset=walk.data_offset, samples=samples)


def _fields(walk: riff.Walk, rule: FileRule) -> Iterator[riff.Fault]:
    """Compare the fields of `fmt ` with the rule; offsets by the layout of WAVEFORMATEX."""
    expected = (
        ("format tag", 0, walk.tag, rule.tag, "0x{:04X}"),
        ("channels", 2, walk.channels, rule.channels, "{}"),
        ("rate", 4, walk.rate, rule.rate, "{} Hz"),
        ("bits", 14, walk.bits, rule.bits, "{}"),
        ("fmt size", -4, walk.fmt_size, rule.fmt_size, "{}"),
    )
    for label, at, found, wanted, form in expected:
        if found != wanted:
            reason = f"{form.format(found)}, not {form.format(wanted)}"
            if label == "format tag":
                reason += f" ({_TAG_NAMES.get(found, 'unknown')}, not {_TAG_NAMES[wanted]})"
            yield riff.Fault(offset=walk.fmt_offset + at, rule=label, reason=reason)
    if walk.tag == rule.tag and walk.rate == rule.rate and walk.channels == rule.channels:
        align = 65 if rule.codec == "gsm" else rule.bits // 8
        rate = walk.rate * 65 // 320 if rule.codec == "gsm" else walk.rate * align
        if (walk.align, walk.byte_rate) != (align, rate):
            reason = f"block align {walk.align} and {walk.byte_rate} bytes a second, not {align} and {rate}"
            yield riff.Fault(offset=walk.fmt_offset + 8, rule="byte rate", reason=reason)


_TAG_NAMES = {
    riff.PCM: "linear PCM",
    3: "floating point",
    riff.ALAW: "A-law",
    riff.MULAW: "mu-law",
    riff.GSM: "GSM 06.10",
    0x55: "MP3",
    riff.EXTENSIBLE: "extensible",
}


def _chunk_list(walk: riff.Walk, rule: FileRule) -> Iterator[riff.Fault]:
    if walk.names == rule.chunks:
        return
    stray = next((chunk for chunk in walk.chunks if chunk.name not in rule.chunks), None)
    more = f" and {len(walk.names) - _MOST_CHUNKS} more" if len(walk.names) > _MOST_CHUNKS else ""
    reason = f"chunks {', '.join(map(repr, walk.names[:_MOST_CHUNKS]))}{more}, not {', '.join(map(repr, rule.chunks))}"
    yield riff.Fault(offset=stray.offset if stray else 12, rule="chunks", reason=reason)


def samples_in(size: int, rule: FileRule) -> int:
    """Count the samples that so many bytes of this codec decode to."""
    match rule.codec:
        case "pcm16":
            return size // 2
        case "gsm":
            return size // 65 * 320 if rule.container == "wav" else size // FRAME_BYTES * 160
        case "g722":
            return size * 2
        case _:
            return size


def _headerless(content: bytes, rule: FileRule) -> tuple[list[riff.Fault], _Contents | None]:
    samples = samples_in(len(content), rule)
    contents = _Contents(data=content, offset=0, samples=samples)
    if content[:4] == b"RIFF":
        reason = f"a RIFF header in a headerless .{rule.extension} file: it would be heard as a click"
        return [riff.Fault(offset=0, rule="header", reason=reason)], contents
    if mp3.is_mp3(content):
        return [riff.Fault(offset=0, rule="container", reason=f"this is MP3, not {rule.codec}")], None
    if rule.codec == "gsm":
        bad = next((at for at in range(0, len(content), FRAME_BYTES) if content[at] >> 4 != 0xD), None)
        if bad is not None:
            reason = "no GSM frame begins here (its signature is 0xD)"
            return [riff.Fault(offset=bad, rule="frame", reason=reason)], None
    unit = {"gsm": FRAME_BYTES, "pcm16": 2}.get(rule.codec, 1)
    if len(content) % unit:
        reason = f"{len(content)} bytes are no whole number of {unit}-byte frames: truncated"
        return [riff.Fault(offset=len(content) - len(content) % unit, rule="data size", reason=reason)], contents
    return [], contents


def _mp3(content: bytes, rule: FileRule) -> tuple[list[riff.Fault], _Contents | None]:
    stream = mp3.walk(content)
    faults = [riff.Fault(offset=offset, rule="container", reason=reason) for offset, reason in stream.faults]
    if not stream.frames:
        return faults, None
    wanted = (rule.rate, rule.channels, rule.kbps)
    if (stream.rate, stream.channels, stream.kbps) != wanted:
        found = f"{stream.rate} Hz, {stream.channels} channels, {stream.kbps or 'changing'} kbit/s"
        reason = f"{found}; not {wanted[0]} Hz, {wanted[1]} channel, {wanted[2]} kbit/s"
        faults.append(riff.Fault(offset=stream.first, rule="format", reason=reason))
    return faults, _Contents(data=content[stream.first :], offset=stream.first, samples=stream.samples)


def _name(name: str, profile: Profile) -> Iterator[Finding]:
    rule = profile.name
    if not re.fullmatch(rule.pattern, name):
        reason = f"{profile.label} takes names of the form {rule.pattern}"
        yield Finding(file=name, offset=0, rule="name", reason=reason)
    if rule.longest and len(name) > rule.longest:
        reason = f"{len(name)} characters; {profile.label} takes {rule.longest}"
        yield Finding(file=name, offset=0, rule="name", reason=reason)


def _size(name: str, content: bytes, limits: Limits) -> Iterator[Finding]:
    if limits.bytes and len(content) > limits.bytes:
        reason = f"{len(content)} bytes, over {limits.bytes}"
        yield Finding(file=name, offset=limits.bytes, rule="bytes", reason=reason)


def _length(name: str, contents: _Contents, rule: FileRule, limits: Limits) -> Iterator[Finding]:
    seconds = contents.samples / rule.rate
    if rule.container == "mp3":  # encoder delay and the last, padded frame; up to three frames are not the message's
        seconds = max(0.0, seconds - 3 * 576 / rule.rate)
    if limits.seconds and seconds > limits.seconds:
        reason = f"{seconds:.2f} s, over {limits.seconds:.2f}"
        yield Finding(file=name, offset=contents.offset, rule="too long", reason=reason)
    if seconds <= limits.longer_than and (limits.longer_than or contents.samples):
        reason = f"{seconds:.2f} s; it must be longer than {limits.longer_than:.2f}"
        yield Finding(file=name, offset=contents.offset, rule="too short", reason=reason)


@lru_cache(maxsize=16)
def _judged(data: bytes, rule: FileRule) -> tuple[hearing.Heard | None, tuple[hearing.Fault, ...]]:
    """Listen to coded sound; many targets take the same bytes, so it is done once for all of them."""
    try:
        samples = decode(data, rule)
    except ValueError:
        return None, (hearing.Fault(sample=0, rule="frame", reason="its frames are whole, but no decoder reads them"),)
    heard = _listened(samples.tobytes(), rule.rate)
    faults = hearing.judge(samples, heard)
    if rule.container == "mp3":  # its frames are of another length than packets; whoever plays it codes it anew
        faults = [fault for fault in faults if fault.rule != "packets"]
    return heard, tuple(faults)


@lru_cache(maxsize=16)
def _listened(samples: bytes, rate: int) -> hearing.Heard:
    """Listen once to the same samples, whatever files they came in."""
    return hearing.listen(np.frombuffer(samples, np.int16), rate=rate)


def _placed(name: str, contents: _Contents, faults: Iterable[hearing.Fault]) -> Iterator[Finding]:
    """Tell at which byte of the file a fault of the sound lies."""
    for fault in faults:
        offset = contents.offset + fault.sample * len(contents.data) // contents.samples
        yield Finding(file=name, offset=offset, rule=fault.rule, reason=fault.reason, serious=fault.serious)
