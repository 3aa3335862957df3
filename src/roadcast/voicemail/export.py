"""Make the whole voicemail drop out of finished messages and decided recipients: audio, lists, records, advice."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from roadcast.errors import VoicemailError
from roadcast.voicemail import lists, pbx, records
from roadcast.voicemail.bundle import Bundle
from roadcast.voicemail.chain import WIDE, Master, Shape, process
from roadcast.voicemail.check import check_file
from roadcast.voicemail.cut import REQUIRED, Cut, Ear, Voice, verify
from roadcast.voicemail.encoding import Mp3Encoder, encode
from roadcast.voicemail.level import active_level
from roadcast.voicemail.profiles import FileRule, Profile
from roadcast.voicemail.reach import Reach
from roadcast.voicemail.readme import readme
from roadcast.voicemail.records import AudioFile
from roadcast.voicemail.sender import Sender
from roadcast.voicemail.talkoff import scan

_ATTEMPTS = 3  # ways to say a line that sounds like a key or like nothing, before the message is refused
_FAINTER = 10.0  # dB: a line so much fainter than the rest is lost on a telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One finished message: its words and its sound."""

    cut: Cut
    master: Master


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is exported.

    Attributes:
        briefing: identifier, safe in file names; title: for people.
        messages: one, or the parts of a whole episode.
        reach: everybody asked for, or None if only the audio is made.
        no_lists: why there are no lists, for people; empty if there are.
        day: of the edition.
        grounds: by what right people are reached.
        suppressed: numbers (E.164) and mailboxes on the suppression list.
    """

    briefing: str
    title: str
    day: date
    sender: Sender
    profiles: Sequence[Profile]
    messages: Sequence[Message]
    grounds: records.Grounds
    mp3: Mp3Encoder
    generator: str
    reach: Reach | None = None
    no_lists: str = ""
    suppressed: frozenset[str] = frozenset()


def limit(profiles: Sequence[Profile], seconds: float) -> None:
    """Make sure that every target takes a message of this length.

    Raises:
        VoicemailError: naming the first target that does not.
    """
    for profile in profiles:
        if profile.limits.seconds and seconds > profile.limits.seconds:
            raise VoicemailError(
                f"target '{profile.target}' takes at most {profile.limits.seconds:g} s, not {seconds:g}; "
                "lower --seconds or leave it out"
            )
        if seconds <= profile.limits.longer_than:
            raise VoicemailError(f"target '{profile.target}' takes only more than {profile.limits.longer_than:g} s")


def longest(profiles: Sequence[Profile]) -> float:
    """Give the seconds that every one of the targets takes."""
    return min((p.limits.seconds for p in profiles if p.limits.seconds), default=math.inf)


def finish(cut: Cut, *, sender: Sender, voice: Voice, shape: Shape | None = None, ear: Ear | None = None) -> Message:
    """Make the sound of a cut fit for the telephone; lines that sound like a key, or like nothing, are said again.

    Args:
        cut: what is said.
        sender: in whose name.
        voice: says a line again.
        shape: of the finished message.
        ear: listens to the lines that must be understood; None if nobody can.

    Raises:
        VoicemailError: if a key is still heard, or a line that must be heard is not.
    """
    shape = shape or Shape()
    for attempt in range(_ATTEMPTS):
        verify(cut, sender)
        master = process(cut.passages, shape=shape)
        digits, lost = scan(master.narrow).agreed, _lost(cut, ear)
        if not digits and not lost:
            _require_there(cut, master, shape)
            return Message(cut=cut, master=master)
        cut = _said_again(cut, voice, attempt + 1, lost)
    if lost:
        line = cut.lines[min(lost)]
        raise VoicemailError(f"the {line.role} cannot be understood: {line.text!r}; reword it or change the voice")
    heard = ", ".join(f"{digit.key!r} at {digit.start:.1f} s" for digit in digits)
    raise VoicemailError(f"a mailbox would hear a key in this message ({heard}); reword the line or change the voice")


def _lost(cut: Cut, ear: Ear | None) -> frozenset[int]:
    """Find the lines that must be understood, and are not."""
    if ear is None:
        return frozenset()
    told = enumerate(zip(cut.lines, cut.passages, strict=True))
    return frozenset(at for at, (line, (signal, _)) in told if line.role in REQUIRED and not ear(line, signal))


def _said_again(cut: Cut, voice: Voice, attempt: int, lost: Container[int]) -> Cut:
    """Voice those lines anew in which a key is heard, or that cannot be understood."""
    passages = [
        (voice(line, attempt) if at in lost or scan(process([(signal, 0.0)]).narrow).agreed else signal, pause)
        for at, (line, (signal, pause)) in enumerate(zip(cut.lines, cut.passages, strict=True))
    ]
    return Cut(lines=cut.lines, passages=tuple(passages), left_out=cut.left_out)


def _require_there(cut: Cut, master: Master, shape: Shape) -> None:
    """Make sure that the lines without which it must not leave are as loud as speech in the finished sound.

    Each is looked for where it begins, and also where it ends counted from the end: a pause may have been shortened.

    Raises:
        VoicemailError: naming the line that is not there.
    """
    lengths = [len(signal) + round(pause * WIDE) for signal, pause in cut.passages]
    for at, line in enumerate(cut.lines):
        if line.role not in REQUIRED:
            continue
        length = len(cut.passages[at][0])
        start = round(shape.lead * WIDE) + sum(lengths[:at])
        if at >= len(cut.lines) // 2:
            start = len(master.wide) - round(shape.tail * WIDE) - sum(lengths[at:-1]) - len(cut.passages[-1][0])
        heard = master.wide[max(0, start) : start + length].astype(np.float64) / 32768
        if active_level(heard, rate=WIDE)[0] < shape.active - _FAINTER:
            raise VoicemailError(f"the {line.role} cannot be heard in the finished sound: {line.text!r}")


def export(order: Order) -> Bundle:
    """Make every file of the bundle.

    Raises:
        VoicemailError: if a target would refuse a file, or the sender lacks what a list needs.
    """
    audio = list(_audio(order))
    files = {f"audio/{one.name}": one.content for one in audio}
    links: dict[str, str] = {}
    if order.reach is not None and not order.no_lists:
        for profile in order.profiles:
            lists.require(profile, order.sender)
        for made in _lists(order, audio):
            name = made.name if isinstance(made, pbx.Link) else made[0]
            if name in files or name in links:
                raise VoicemailError(f"two of the targets write {name}; leave one of them out")
            if isinstance(made, pbx.Link):
                links[name] = f"audio/{made.audio}"
            else:
                files[name] = made[1]
    files |= _records(order, audio, sorted([*files, *links]))
    return Bundle(files=files, links=links).sealed()


def _audio(order: Order) -> Iterator[AudioFile]:
    """Encode each form once per message, name it for each target, and let nothing pass that its target refuses."""
    for number, message in enumerate(order.messages, 1):
        made: dict[tuple[str, str, int, int], bytes] = {}
        part = f"-{number:02d}" if len(order.messages) > 1 else ""
        for profile in order.profiles:
            for rule in profile.file:
                form = (rule.container, rule.codec, rule.rate, rule.kbps)
                if form not in made:
                    made[form] = encode(message.master, rule, mp3=order.mp3)
                yield _checked(f"{profile.target}{part}.{rule.extension}", made[form], profile, rule)


def _checked(name: str, content: bytes, profile: Profile, rule: FileRule) -> AudioFile:
    examination = check_file(name, content, profile)
    serious = [finding for finding in examination.findings if finding.serious]
    if serious:
        raise VoicemailError(f"target '{profile.target}' would refuse the message: {serious[0]}")
    assert examination.heard is not None, "what has no fault was heard"
    return AudioFile(
        name=name,
        content=content,
        profile=profile,
        rule=rule,
        heard=examination.heard,
        warnings=tuple(str(finding) for finding in examination.findings),
    )


def _lists(order: Order, audio: Sequence[AudioFile]) -> Iterator[lists.File | pbx.Link]:
    """Write the lists of all targets, and the one for any other dialer."""
    assert order.reach is not None
    drop = lists.Drop(briefing=order.briefing, title=order.title, sender=order.sender, reached=order.reach.reached)
    if lists.calls(drop.reached):
        name, content = lists.generic(drop)
        yield f"recipients/{name}", content
    for profile in order.profiles:
        own = [one for one in audio if one.profile is profile]
        messages = [_to_box(order, number, own) for number in range(len(order.messages))]
        match profile.list.kind:
            case "asterisk":
                made: Iterator[lists.File | pbx.Link] = pbx.asterisk(drop, profile, messages, day=order.day)
                yield from (_under("pbx", one) for one in made)
            case "freeswitch":
                yield from (_under("pbx", one) for one in pbx.freeswitch(drop, profile, messages))
            case _:
                yield from (_under("recipients", one) for one in lists.write(drop, profile, own[0].name))


def _to_box(order: Order, index: int, own: Sequence[AudioFile]) -> pbx.Message:
    each = len(own) // len(order.messages)
    files = own[index * each : (index + 1) * each]
    return pbx.Message(
        stem=files[0].name.partition(".")[0],
        audio={one.rule.extension: one.name for one in files},
        seconds=round(order.messages[index].master.seconds),
    )


def _under(folder: str, made: lists.File | pbx.Link) -> lists.File | pbx.Link:
    if isinstance(made, pbx.Link):
        return pbx.Link(name=f"{folder}/{made.name}", audio=made.audio)
    return f"{folder}/{made[0]}", made[1]


def _records(order: Order, audio: Sequence[AudioFile], names: Sequence[str]) -> Mapping[str, bytes]:
    """Write what proves the rest: script, manifest, compliance record, withheld list, advice."""
    script = records.script([message.cut for message in order.messages])
    digest = hashlib.sha256(script).hexdigest()
    blanks = pbx.placeholders(order.profiles) if order.reach is not None and not order.no_lists else []
    made = {
        "script.txt": script,
        "manifest.json": records.manifest(order.briefing, order.title, order.generator, digest, audio, blanks),
        "compliance.json": records.compliance(order.grounds, order.sender, order.reach, order.no_lists),
        "README.txt": readme(order.title, audio, names, order.reach, no_lists=order.no_lists),
    }
    if order.reach is not None:
        made["withheld.csv"] = lists.withheld(order.reach.withheld)
        made["suppression-used.csv"] = records.suppression(order.suppressed, order.grounds.begin)
    return made
