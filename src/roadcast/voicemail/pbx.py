"""Write what a company's own phone system takes: call files, mailbox messages, inject commands and an installer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from roadcast.errors import VoicemailError
from roadcast.voicemail.lists import Call, Drop, File, calls
from roadcast.voicemail.profiles import ListRule, Profile
from roadcast.voicemail.reach import Reached

_INSTALLER = Path(__file__).with_name("install.sh")

# How Asterisk names the files of a format; the rest are named like the format (app_voicemail.c, file.c).
_EXTENSIONS = {"wav49": "wav49", "slin": "sln"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One part of the message on its way into mailboxes.

    Attributes:
        stem: name of its files in `audio/` without extension; audio: the whole names, by extension.
        seconds: whole seconds, as Asterisk writes them.
    """

    stem: str
    audio: Mapping[str, str]
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A file of the bundle that is the same as one in `audio/`."""

    name: str
    audio: str


def safe_name(text: str, *, longest: int = 40) -> str:
    """Make a caller's name that cannot end a line, a string, a comment or a section of any configuration file."""
    plain = unicodedata.normalize("NFKC", text)
    kept = "".join(ch if ch.isalnum() or ch in " .'-" else " " for ch in plain)
    return " ".join(kept.split())[:longest].strip() or "Briefing"


def asterisk(drop: Drop, profile: Profile, messages: Sequence[Message], *, day: date) -> Iterator[File | Link]:
    """Write call files for phones, and messages for mailboxes of one's own Asterisk.

    A recipient who has a mailbox gets the message there and is not called; parts go into mailboxes only.

    Raises:
        VoicemailError: if the profile asks for a format in which there is no audio.
    """
    rule = profile.list
    by_mailbox = [one for one in drop.reached if one.mailbox]
    by_phone = calls(one for one in drop.reached if not one.mailbox)
    for one in by_mailbox:
        yield from _spooled(drop, rule, one, messages, day)
    for call in by_phone:
        name = f"asterisk/calls/{call.send_at:%Y%m%dT%H%M%SZ}-{call.reached.external_id}.call"
        yield name, _call_file(drop, rule, call)
    if by_phone:
        yield "asterisk/extensions.conf", _dialplan(rule)
        yield "asterisk/sounds.txt", f"{_sound(drop, rule)} {messages[0].stem}\n".encode()
    yield "asterisk/install.sh", _INSTALLER.read_bytes()


def _call_file(drop: Drop, rule: ListRule, call: Call) -> bytes:
    """One call: who, when to try again, and where the dialplan takes it; its time is in the name and set on install."""
    lines = {
        "Channel": rule.option("channel").format(number=call.number.e164),
        "CallerID": f'"{safe_name(drop.sender.business)}" <{drop.sender.caller_id}>',
        "MaxRetries": str(int(rule.option("max_retries"))),
        "RetryTime": str(int(rule.option("retry_time"))),
        "WaitTime": str(int(rule.option("wait_time"))),
        "Context": "roadcast-drop",
        "Extension": "s",
        "Priority": "1",
        "Archive": "yes",  # into outgoing_done: nobody is called twice for one briefing
        "Set": f"ROADCAST_SOUND={_sound(drop, rule)}",
    }
    return "".join(f"{key}: {value}\n" for key, value in lines.items()).encode()


def _sound(drop: Drop, rule: ListRule) -> str:
    """Name the sound as Playback takes it: under the sounds folder, without extension."""
    return f"{_word(rule.option('sounds'))}/{drop.briefing}"


def _dialplan(rule: ListRule) -> bytes:
    """Wait for the machine and its beep; say nothing to people, and nothing where it is not clear."""
    silence, timeout = int(rule.option("silence_ms")), int(rule.option("silence_timeout"))
    return f"""; Include this file from your extensions.conf. Needs app_amd and app_waitforsilence.
[roadcast-drop]
exten => s,1,AMD()
 same => n,GotoIf($["${{AMDSTATUS}}" != "MACHINE"]?people)
 same => n,WaitForSilence({silence},1,{timeout})
 same => n,Playback(${{ROADCAST_SOUND}})
 same => n,Hangup()
 same => n(people),Hangup()
""".encode()


def _spooled(drop: Drop, rule: ListRule, one: Reached, messages: Sequence[Message], day: date) -> Iterator[File | Link]:
    box, _, context = one.mailbox.partition("@")
    context = context or _word(rule.option("context"))
    folder = f"asterisk/spool/{context}/{box}"
    for index, message in enumerate(messages):
        name = f"{folder}/msg{index:04d}"
        yield f"{name}.txt", _envelope(drop, box, context, message, _message_id(one, index, day))
        for extension in _formats(rule):
            if extension not in message.audio:
                raise VoicemailError(f"format '{extension}' of the mailbox has no [[file]] in the asterisk profile")
            yield Link(name=f"{name}.{extension}", audio=message.audio[extension])


def _formats(rule: ListRule) -> tuple[str, ...]:
    names = [name.strip() for name in re.split(r"[,|]", rule.option("formats"))]
    return tuple(_EXTENSIONS.get(name, name) for name in names if name)


def _message_id(one: Reached, index: int, day: date) -> str:
    """Name a message the way Asterisk does, epoch and eight digits; here they tell edition, recipient and part."""
    return f"{int(_midnight(day).timestamp())}-{(int(one.external_id, 16) + index) % 10**8:08d}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _envelope(drop: Drop, box: str, context: str, message: Message, message_id: str) -> bytes:
    """Write msgNNNN.txt (app_voicemail.c, leave_voicemail); when it was left, the installer writes."""
    moment = datetime.fromtimestamp(int(message_id.partition("-")[0]), UTC)
    return f""";
; Message Information file
;
[message]
origmailbox={box}
context={context}
macrocontext=
exten={box}
rdnis=unknown
priority=1
callerchan=Roadcast
callerid="{safe_name(drop.sender.business)}" <{drop.sender.caller_id}>
origdate={moment:%a %b %d %I:%M:%S %p UTC %Y}
origtime={int(moment.timestamp())}
category=
msg_id={message_id}
flag=
duration={message.seconds}
""".encode()


def freeswitch(drop: Drop, profile: Profile, messages: Sequence[Message]) -> Iterator[File]:
    """Write the console commands that put the message into mailboxes of one's own FreeSWITCH."""
    rule = profile.list
    boxes = [one for one in drop.reached if one.mailbox]
    name = safe_name(drop.sender.business).replace(" ", "_").replace("'", "")
    folder = rule.option("folder").rstrip("/")
    commands = [
        f"{_word(rule.option('command'))} {_box(one.mailbox, rule)} {folder}/{message.audio['wav']} "
        f"{drop.sender.caller_id} {name}\n"
        for one in boxes
        for message in messages
    ]
    if commands:
        yield "freeswitch/inject.cmds", "".join(commands).encode()


def _box(mailbox: str, rule: ListRule) -> str:
    return mailbox if "@" in mailbox else f"{mailbox}@{rule.option('domain')}"


def _word(text: str) -> str:
    """Check a value of the profile that becomes part of a path or a command."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", text) or text.startswith("."):
        raise VoicemailError(f"{text!r} in the profile: use letters, digits, '-' and '_' only")
    return text


def placeholders(profiles: Iterable[Profile]) -> list[str]:
    """List what the user fills in before anything works: account values and secrets, never written by us."""
    return sorted({name for profile in profiles for name in profile.list.placeholders})
