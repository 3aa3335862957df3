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
from roadcast.voicemail import audit, bundle, check, export, lists, profiles, records
from roadcast.voicemail.check import Finding
from roadcast.voicemail.profiles import Profile
from roadcast.voicemail.reach import Reach
from roadcast.voicemail.sender import PACKAGED, Sender, Wording, load_wording
from roadcast.workflow import line, outreach, settling
from roadcast.workflow.booth import Booth
from roadcast.workflow.ear import ear
from roadcast.workflow.order import Order, Progress
from roadcast.workflow.outreach import Decided, Outreach
from roadcast.workflow.studio import Studio

logger = logging.getLogger(__name__)

_SAFE = 90.0  # s: the least that any mailbox is known to take


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is settled before anything is voiced."""

    show: Show
    day: date
    briefing: str
    folder: Path
    sender: Sender
    targets: tuple[Profile, ...]
    outreach: Outreach
    decided: Decided


def drop(studio: Studio, wanted: Wanted) -> Made:
    """Make a voicemail drop of one edition.

    Raises:
        VoicemailError: if it would be refused by a target, reach somebody it must not, or say too little.
        StorageError: if the disk refuses.
    """
    plan = _plan(studio, wanted)
    progress = Progress()
    with studio.alone():
        messages, left_out, understood = _voice(studio, wanted, plan, progress)
    order = _order(plan, messages, reached=plan.outreach.again(plan.decided), understood=understood)
    bundle.save(export.export(order), plan.folder)
    logger.info("voicemail: %s for %d targets, %d messages", plan.briefing, len(plan.targets), len(messages))
    return Made(
        folder=plan.folder,
        seconds=tuple(message.master.seconds for message in messages),
        script="\n".join(message.cut.text for message in messages),
        targets=tuple(profile.target for profile in plan.targets),
        left_out=left_out,
        reach=order.reach,
        no_lists=order.no_lists,
        warnings=(*progress.warnings, *_long(messages)),
    )


def _plan(studio: Studio, wanted: Wanted) -> _Plan:
    """Settle who speaks to whom, and refuse what can be refused before anything is voiced."""
    show, day = studio.show(wanted.show), wanted.day or studio.today()
    sender, targets = sender_of(studio), _targets(studio, wanted)
    if not wanted.full:
        export.limit(targets, _seconds(studio, wanted))
    briefing = "-".join(filter(None, (show.id, day.isoformat(), wanted.group)))
    begin = outreach.beginning(studio.clock(), wanted.send_at)
    policy = outreach.policy(studio, scope=show.id, briefing=briefing, targets=targets, begin=begin, parts=wanted.full)
    files = Outreach(studio=studio, policy=policy, recipients=wanted.recipients, group=wanted.group, parts=wanted.full)
    folder = bundle.place(wanted.out or studio.store.root / "voicemail", briefing)
    decided = files.decide()
    if decided.reach is not None and not decided.no_lists:
        for profile in targets:
            lists.require(profile, sender)
    return _Plan(
        show=show,
        day=day,
        briefing=briefing,
        folder=folder,
        sender=sender,
        targets=targets,
        outreach=files,
        decided=decided,
    )


def _voice(
    studio: Studio, wanted: Wanted, plan: _Plan, progress: Progress
) -> tuple[tuple[export.Message, ...], tuple[LeftOut, ...], bool]:
    """Voice the messages; also what was left out, and whether somebody listened to them."""
    desk, brief = line.prepare(
        studio, Order(edition=studio.edition(plan.show.id, plan.day), engine=wanted.engine), progress
    )
    booth = Booth(
        desk=desk, sender=plan.sender, wording=_wording(studio), groups=_groups(wanted, plan.show), ear=ear(desk)
    )
    if wanted.full:
        messages, left_out = booth.whole(settling.plan(desk, brief).segments, longest=export.longest(plan.targets))
    else:
        items = [candidate.item for candidate in brief.candidates]
        message, left_out = booth.newscast(items, seconds=_seconds(studio, wanted))
        messages = (message,)
    progress.warnings += booth.warnings
    return messages, left_out, booth.ear is not None


def _order(
    plan: _Plan, messages: tuple[export.Message, ...], *, reached: Reach | None, understood: bool
) -> export.Order:
    policy = plan.outreach.policy
    return export.Order(
        briefing=plan.briefing,
        title=f"{plan.show.title}, {plan.day.day} {plan.day:%B %Y}",
        day=plan.day,
        grounds=records.Grounds(
            scope=policy.scope,
            begin=policy.now,
            rules=records.RulesUsed(checked_on=policy.rules.checked_on, source=policy.rules.source),
            understood=understood,
        ),
        sender=plan.sender,
        profiles=plan.targets,
        messages=messages,
        mp3=_mp3,
        generator=f"roadcast {__version__}",
        reach=reached,
        no_lists=plan.decided.no_lists,
        suppressed=plan.outreach.suppressed(),
    )


def _seconds(studio: Studio, wanted: Wanted) -> float:
    return wanted.seconds or studio.settings.voicemail.seconds


def _long(messages: Sequence[export.Message]) -> list[str]:
    longest = max(message.master.seconds for message in messages)
    return [f"a message of {longest:.0f} s: some mailboxes stop at {_SAFE:.0f} s"] if longest > _SAFE else []


def inspect(workspace: Path | None, path: Path, *, target: str = "") -> list[Finding]:
    """Check a file or a bundle.

    Raises:
        VoicemailError: if it is neither, or its target is not known.
    """
    known = profiles.available(workspace / outreach.FOLDER / "targets" if workspace else None)
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
    known = profiles.available(studio.root / outreach.FOLDER / "targets")
    return profiles.select(known, wanted.targets or studio.settings.voicemail.targets)


def _wording(studio: Studio) -> Wording:
    own = studio.root / outreach.FOLDER / "wording.toml"
    return load_wording(own if own.exists() else PACKAGED)


def _mp3(samples: NDArray[np.int16], rate: int, kbps: int) -> bytes:
    return encode(samples.astype(np.float32) / np.float32(32768), AudioFormat(rate=rate, channels=1, kbps=kbps))
