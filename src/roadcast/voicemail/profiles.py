"""Know what each target takes: one dated TOML file per target, packaged ones and the workspace's own."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path

from roadcast import codec
from roadcast.errors import VoicemailError
from roadcast.hint import hint
from roadcast.voicemail import riff

FOLDER = Path(__file__).with_name("profiles")

_TAGS = {"pcm16": riff.PCM, "alaw": riff.ALAW, "mulaw": riff.MULAW, "gsm": riff.GSM}
_CODECS = {
    "wav": frozenset(_TAGS),
    "raw": frozenset({"pcm16", "alaw", "mulaw", "gsm", "g722"}),
    "mp3": frozenset({"mp3"}),
}
_BITS = {"pcm16": 16, "alaw": 8, "mulaw": 8, "gsm": 0, "g722": 0, "mp3": 0}
_FMT_SIZE = {"pcm16": 16, "alaw": 18, "mulaw": 18, "gsm": 20}
_LISTS = frozenset(
    {"", "slybroadcast", "dropcowboy", "voapps", "twilio", "telnyx", "generic", "asterisk", "freeswitch"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """The form of one audio file.

    Attributes:
        container: "wav", "raw" (headerless) or "mp3".
        codec: "pcm16", "mulaw", "alaw", "gsm", "g722" or "mp3".
        extension: of the file's name, without the dot; aliases: others that mean the same.
        tag, bits, fmt_size, chunks: of a WAV file; 0 and empty elsewhere.
        kbps: of MP3; 0 elsewhere.
    """

    container: str
    codec: str
    extension: str
    aliases: tuple[str, ...] = ()
    rate: int = 8000
    channels: int = 1
    tag: int = 0
    bits: int = 0
    fmt_size: int = 0
    chunks: tuple[str, ...] = ()
    kbps: int = 0

    def __post_init__(self) -> None:
        if self.codec not in _CODECS.get(self.container, frozenset()):
            raise ValueError(f"no codec {self.codec!r} in container {self.container!r}")
        if self.channels != 1:
            raise ValueError("a voicemail has one channel")
        if self.rate != (16_000 if self.codec == "g722" else self.rate) or self.rate not in (8000, 16_000):
            raise ValueError(f"rate {self.rate} of {self.codec}; 8000 and 16000 are made, G.722 only at 16000")
        if self.codec in ("mulaw", "alaw", "gsm") and self.rate != 8000:
            raise ValueError(f"{self.codec} at {self.rate}; it exists at 8000 only")
        if self.container == "wav" and (self.tag, self.bits, self.fmt_size) != _header(self.codec):
            raise ValueError(f"{self.codec} in WAV has tag, bits and fmt_size {_header(self.codec)}")
        if (self.container == "mp3") != (self.kbps > 0):
            raise ValueError("kbps belongs to mp3, and only there")


def _header(codec_name: str) -> tuple[int, int, int]:
    return _TAGS[codec_name], _BITS[codec_name], _FMT_SIZE[codec_name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how large a message may be.

    Attributes:
        longer_than: seconds, exclusive; seconds, bytes: inclusive; 0 is none.
        cautious: whether the vendor names no seconds, and these are what mailboxes usually take.
    """

    longer_than: float = 0.0
    seconds: float = 0.0
    bytes: int = 0
    cautious: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule:
    """What a file may be called: the whole name matches `pattern` and has at most `longest` characters (0: any)."""

    pattern: str = r"[A-Za-z0-9][A-Za-z0-9._-]*"
    longest: int = 0

    def __post_init__(self) -> None:
        re.compile(self.pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRule:
    """The list of recipients that the target takes.

    Attributes:
        kind: which writer makes it; empty for none.
        needs: what the sender must have set for it, such as "caller_id".
        per_file: most recipients in one file, 0 for any number.
        zone: the time zone in which the target reads send times.
        fetches: whether the target fetches the audio from a public address.
        placeholders: names of the secrets and account values that the user fills in.
        options: values of the target's own fields.
    """

    kind: str = ""
    needs: tuple[str, ...] = ()
    per_file: int = 0
    zone: str = "UTC"
    fetches: bool = False
    placeholders: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in _LISTS:
            raise ValueError(f"no list of kind {self.kind!r}; there are {', '.join(sorted(_LISTS - {''}))}")

    def option(self, name: str) -> str:
        """Give one of the target's own values.

        Raises:
            VoicemailError: if the profile does not have it.
        """
        try:
            return self.options[name]
        except KeyError:
            raise VoicemailError(f"the {self.kind} list needs '{name}' under [list.options] of its profile") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one target takes, when that was checked, and where it is written.

    Attributes:
        target: name in commands and files.
        verified: whether a source of the vendor was read, or the real program run.
    """

    target: str
    label: str
    checked_on: date
    source: str
    verified: bool
    file: tuple[FileRule, ...]
    limits: Limits = Limits()
    name: NameRule = NameRule()
    list: ListRule = ListRule()
    note: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", self.target):
            raise ValueError(f"target {self.target!r}; use lower-case letters, digits and hyphens")
        if not self.file:
            raise ValueError("no [[file]]")


def packaged() -> dict[str, Profile]:
    """Read the profiles that come with Roadcast, by target."""
    return _read(FOLDER)


def available(workspace: Path | None = None) -> dict[str, Profile]:
    """Read the packaged profiles, and over them those of a folder of the workspace (it need not exist).

    Raises:
        VoicemailError: naming the file and the key that is wrong.
    """
    own = _read(workspace) if workspace is not None and workspace.is_dir() else {}
    return dict(sorted((packaged() | own).items()))


def select(profiles: Mapping[str, Profile], targets: Iterable[str]) -> tuple[Profile, ...]:
    """Find the profiles of these targets; "all" means every one.

    Raises:
        VoicemailError: naming the target that is unknown and the nearest known one.
    """
    chosen: dict[str, Profile] = {}
    for target in targets:
        if target == "all":
            chosen.update(profiles)
        elif target in profiles:
            chosen[target] = profiles[target]
        else:
            raise VoicemailError(f"unknown target '{target}'; {hint(target, profiles)}")
    if not chosen:
        raise VoicemailError(f"no target; name one of: {', '.join(profiles)}")
    return tuple(chosen.values())


def _read(folder: Path) -> dict[str, Profile]:
    found = [load(path) for path in sorted(folder.glob("*.toml"))]
    return {profile.target: profile for profile in found}


def load(path: Path) -> Profile:
    """Read one profile.

    Raises:
        VoicemailError: naming file and key.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VoicemailError(f"{path}: cannot be read as a target profile: {error}") from error
    _refuse_unknown(path, table)
    try:
        return codec.load(Profile, json.dumps(table, default=str))
    except ValueError as error:
        raise VoicemailError(f"{path}: {_brief(error)}") from error


def _refuse_unknown(path: Path, table: Mapping[str, object]) -> None:
    parts: list[tuple[str, type, object]] = [("", Profile, table)]
    parts += [(name, kind, table.get(name, {})) for name, kind in _TABLES.items()]
    files = table.get("file")
    parts += [("file", FileRule, one) for one in (files if isinstance(files, list) else [])]
    for name, kind, part in parts:
        known = {one.name for one in fields(kind)}
        for key in part if isinstance(part, dict) else ():
            if key not in known:
                full = f"{name}.{key}".lstrip(".")
                raise VoicemailError(f"{path}: unknown key '{full}'; known here: {', '.join(sorted(known))}")


_TABLES: Mapping[str, type] = {"limits": Limits, "name": NameRule, "list": ListRule}


def _brief(error: ValueError) -> str:
    """Make one line of a validation error: where, and what is wrong."""
    lines = [line.strip() for line in str(error).splitlines()[1:3]]
    return ": ".join(re.sub(r"\s*\[type=.*", "", line) for line in lines) or str(error)
