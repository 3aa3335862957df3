"""Cut a briefing into a voicemail drop: words, sound, recipients and a folder to upload. Nobody is called."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from roadcast import __version__
from roadcast.errors import VoicemailError
from roadcast.mixing.encode import encode
from roadcast.model import AudioFormat, Confidentiality, LeftOut, Show, ShowId
from roadcast.scripting import segments
from roadcast.voicemail import audit, bundle, check, export, lists, profiles, reach, recipients, records, windows
from roadcast.voicemail.check import Finding
from roadcast.voicemail.profiles import Profile
from roadcast.voicemail.reach import Reach
from roadcast.voicemail.recipients import AddressBook
from roadcast.voicemail.sender import PACKAGED, Sender, Wording, load_wording
from roadcast.workflow import line
from roadcast.workflow.booth import Booth
from roadcast.workflow.studio import Studio

logger = logging.getLogger(__name__)

_SAFE = 90.0  # s: the least that any mailbox is known to take
_PBX = frozenset({"asterisk", "freeswitch"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for.

    Attributes:
        targets: instead of those of the settings; seconds: likewise.
        full: the whole episode in parts, instead of the newscast cut.
        recipients: a file of them; by default the workspace's own, if a group is named.
        send_at: aware; the first moment at which anybody may be reached, by default now.
        out: the folder for bundles, by default `audio_out/voicemail`.
    """

    show: ShowId
    day: date | None = None
    targets: tuple[str, ...] = ()
    seconds: float | None = None
    full: bool = False
    recipients: Path | None = None
    group: str = ""
    send_at: datetime | None = None
    out: Path | None = None
    engine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made.

    Attributes:
        seconds: of each message; script: what they say.
        left_out: items that are not told, and why.
    """

    folder: Path
    seconds: tuple[float, ...]
    script: str
    targets: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    reach: Reach | None
    no_lists: str
    warnings: tuple[str, ...]


def drop(studio: Studio, wanted: Wanted) -> Made:
    """Make a voicemail drop of one edition.

    Raises:
        VoicemailError: if it would be refused by a target, reach somebody it must not, or say too little.
        StorageError: if the disk refuses.
    """
    show, day = studio.show(wanted.show), wanted.day or studio.today()
    sender, targets = sender_of(studio), _targets(studio, wanted)
    seconds = wanted.seconds or studio.settings.voicemail.seconds
    if not wanted.full:
        export.limit(targets, seconds)
    briefing = "-".join(filter(None, (show.id, day.isoformat(), wanted.group)))
    folder = bundle.place(wanted.out or studio.store.root / "voicemail", briefing)
    policy = _policy(studio, wanted, show, targets, briefing)
    found = _decide(studio, wanted, policy)
    if found.reach is not None and not found.no_lists:
        for profile in targets:
            lists.require(profile, sender)
    progress = line.Progress()
    with studio.alone():
        order = line.Order(edition=studio.edition(show.id, day), engine=wanted.engine)
        desk, brief = line.prepare(studio, order, progress)
        booth = Booth(desk=desk, sender=sender, wording=_wording(studio), groups=_groups(wanted, show))
        if wanted.full:
            messages, left_out = booth.whole(segments(line.plan(desk, brief)), longest=export.longest(targets))
        else:
            message, left_out = booth.newscast([c.item for c in brief.candidates], seconds=seconds)
            messages = (message,)
    made = export.Order(
        briefing=briefing,
        title=f"{show.title}, {day.day} {day:%B %Y}",
        scope=show.id,
        sender=sender,
        profiles=targets,
        messages=messages,
        now=policy.now,
        mp3=_mp3,
        generator=f"roadcast {__version__}",
        reach=_again(studio, wanted, found, policy),
        no_lists=found.no_lists,
        suppressed=_suppressed(studio),
        rules=records.RulesUsed(checked_on=policy.rules.checked_on, source=policy.rules.source),
    )
    bundle.save(export.export(made), folder)
    logger.info("voicemail: %s for %d targets, %d messages", briefing, len(targets), len(messages))
    return Made(
        folder=folder,
        seconds=tuple(message.master.seconds for message in messages),
        script="\n".join(message.cut.text for message in messages),
        targets=tuple(profile.target for profile in targets),
        left_out=left_out,
        reach=made.reach,
        no_lists=made.no_lists,
        warnings=(*progress.warnings, *_long(messages)),
    )


def _long(messages: Sequence[export.Message]) -> list[str]:
    longest = max(message.master.seconds for message in messages)
    return [f"a message of {longest:.0f} s: some mailboxes stop at {_SAFE:.0f} s"] if longest > _SAFE else []


def inspect(workspace: Path | None, path: Path, *, target: str = "") -> list[Finding]:
    """Check a file or a bundle.

    Raises:
        VoicemailError: if it is neither, or its target is not known.
    """
    known = profiles.available(workspace / "voicemail" / "targets" if workspace else None)
    if target:
        profiles.select(known, [target])
    if path.is_dir():
        return audit.check_bundle(path, known, target=target)
    profile = known[target] if target else check.target_of(path.name, known)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise VoicemailError(f"{path}: cannot be read: {error.strerror}") from error
    return list(check.check_file(path.name, content, profile).findings)


def sender_of(studio: Studio) -> Sender:
    """Give the sender of the settings.

    Raises:
        VoicemailError: naming the setting that is missing or wrong.
    """
    chosen = studio.settings.voicemail
    return Sender(
        business=chosen.business,
        call_back=chosen.call_back,
        opt_out=chosen.opt_out,
        caller_id=chosen.caller_id,
        toll_free_opt_out=chosen.toll_free_opt_out,
        region=chosen.region,
        allow=Confidentiality(chosen.allow),
        audio_base_url=chosen.audio_base_url,
    )


def _groups(wanted: Wanted, show: Show) -> frozenset[str]:
    return frozenset({wanted.group}) if wanted.group else show.groups


def _targets(studio: Studio, wanted: Wanted) -> tuple[Profile, ...]:
    known = profiles.available(studio.root / "voicemail" / "targets")
    return profiles.select(known, wanted.targets or studio.settings.voicemail.targets)


def _wording(studio: Studio) -> Wording:
    own = studio.root / "voicemail" / "wording.toml"
    return load_wording(own if own.exists() else PACKAGED)


def _policy(studio: Studio, wanted: Wanted, show: Show, targets: Sequence[Profile], briefing: str) -> reach.Policy:
    own = studio.root / "voicemail" / "rules.toml"
    kinds = {profile.list.kind for profile in targets}
    return reach.Policy(
        scope=show.id,
        region=studio.settings.voicemail.region,
        now=wanted.send_at or studio.clock(),
        rules=windows.load(own if own.exists() else windows.PACKAGED),
        briefing=briefing,
        written_in=tuple(sorted({profile.list.zone for profile in targets if profile.list.kind == "slybroadcast"})),
        site_timezone=studio.settings.voicemail.site_timezone,
        by_phone=not wanted.full or "asterisk" in kinds,
        by_mailbox=bool(kinds & _PBX),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    reach: Reach | None
    no_lists: str


def _decide(studio: Studio, wanted: Wanted, policy: reach.Policy) -> _Found:
    """Read the recipients and decide for each, before anything is voiced."""
    book = _book(studio, wanted)
    if book is None:
        return _Found(reach=None, no_lists="")
    decided = reach.decide(book.recipients, policy=policy, suppressed=_suppressed(studio))
    no_lists = ""
    if not book.has_consent:
        no_lists = "the recipients have no consent columns (consent_basis, consent_at, consent_source, scope)"
    return _Found(reach=decided, no_lists=no_lists)


def _again(studio: Studio, wanted: Wanted, found: _Found, policy: reach.Policy) -> Reach | None:
    """Read suppression and revocations once more: what came in while the message was voiced wins."""
    book = _book(studio, wanted)
    if found.reach is None or book is None:
        return found.reach
    revoked = {text for one in book.recipients if one.consent.revoked_at for text in (one.phone, one.mailbox) if text}
    return reach.without(found.reach, _suppressed(studio) | revoked, region=policy.region)


def _book(studio: Studio, wanted: Wanted) -> AddressBook | None:
    if wanted.recipients is None and not wanted.group:
        return None
    path = wanted.recipients or studio.root / "voicemail" / "recipients.csv"
    try:
        book = recipients.read(path.read_bytes(), name=path.name)
    except OSError as error:
        raise VoicemailError(f"{path}: cannot be read: {error.strerror}; name a CSV with --recipients") from error
    return recipients.in_group(book, wanted.group) if wanted.group else book


def _suppressed(studio: Studio) -> frozenset[str]:
    path = studio.root / "voicemail" / "suppression.csv"
    try:
        return recipients.read_suppressed(path.read_bytes(), name="voicemail/suppression.csv")
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise VoicemailError(f"{path}: cannot be read: {error.strerror}; nobody is reached without it") from error


def _mp3(samples: NDArray[np.int16], rate: int, kbps: int) -> bytes:
    return encode(samples.astype(np.float32) / np.float32(32768), AudioFormat(rate=rate, channels=1, kbps=kbps))
