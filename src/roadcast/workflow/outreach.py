"""Decide whom a voicemail drop may reach: before it is voiced, and once more before it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from roadcast.errors import VoicemailError
from roadcast.voicemail import reach, recipients, windows
from roadcast.voicemail.profiles import ListRule, Profile
from roadcast.voicemail.reach import Policy, Reach
from roadcast.voicemail.recipients import AddressBook
from roadcast.workflow.studio import Studio

FOLDER = "voicemail"
"""The workspace's folder of recipients, suppression list, rules, wording and targets."""

# Phone systems, and what their profiles call the context of a mailbox.
_PBX = {"asterisk": "context", "freeswitch": "domain"}
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Who is reached, or None if nobody was asked for; and why there are no lists, empty if there are."""

    reach: Reach | None
    no_lists: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """The files that say who may be reached.

    Attributes:
        recipients: a file of them; None is the workspace's own, if a group is named, and else nobody.
        group: only its members; empty for everybody.
        parts: whether several messages make up the whole.
    """

    studio: Studio
    policy: Policy
    recipients: Path | None
    group: str
    parts: bool = False

    def decide(self) -> Decided:
        """Read the recipients and decide for each, before anything is voiced.

        Raises:
            VoicemailError: naming the file, the line and what is wrong there.
        """
        book = self._book()
        if book is None:
            return Decided(reach=None)
        decided = reach.decide(book, policy=self.policy, suppressed=self.suppressed())
        return Decided(reach=decided, no_lists=self._no_lists(book))

    def again(self, decided: Decided) -> Reach | None:
        """Read suppression and revocations once more: what came in while the message was voiced wins.

        Raises:
            VoicemailError: as `decide`, if a file was broken or lost in the meantime.
        """
        book = self._book()
        if decided.reach is None or book is None:
            return decided.reach
        return reach.without(decided.reach, self.suppressed() | book.revoked, policy=self.policy)

    def suppressed(self) -> frozenset[str]:
        """Read who must never be reached, as numbers (E.164) and mailboxes; nobody if there is no such file.

        Raises:
            VoicemailError: if it is there and cannot be read: nobody is reached without it.
        """
        path = self.studio.root / FOLDER / "suppression.csv"
        try:
            return recipients.read_suppressed(
                path.read_bytes(), name=f"{FOLDER}/suppression.csv", region=self.policy.region
            )
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise VoicemailError(f"{path}: cannot be read: {error.strerror}; nobody is reached without it") from error

    def _no_lists(self, book: AddressBook) -> str:
        if not book.has_consent:
            return "the recipients have no consent columns (consent_basis, consent_at, consent_source, scope)"
        if self.parts and not self.policy.by_mailbox:
            return (
                "a whole episode would ring every phone once per part; --full reaches mailboxes of your own phone "
                "system (targets asterisk and freeswitch)"
            )
        return ""

    def _book(self) -> AddressBook | None:
        if self.recipients is None and not self.group:
            return None
        path = self.recipients or self.studio.root / FOLDER / "recipients.csv"
        try:
            book = recipients.read(path.read_bytes(), name=path.name, region=self.policy.region)
        except OSError as error:
            raise VoicemailError(f"{path}: cannot be read: {error.strerror}; name a CSV with --recipients") from error
        return recipients.in_group(book, self.group) if self.group else book


def policy(
    studio: Studio, *, scope: str, briefing: str, targets: Iterable[Profile], begin: datetime, parts: bool
) -> Policy:
    """Say whom this drop may reach: parts of an episode go into mailboxes only, which ring nobody.

    Raises:
        VoicemailError: if the workspace's own rules cannot be read.
    """
    own = studio.root / FOLDER / "rules.toml"
    lists = [profile.list for profile in targets]
    return Policy(
        scope=scope,
        region=studio.settings.voicemail.region,
        now=begin,
        rules=windows.load(own if own.exists() else windows.PACKAGED),
        briefing=briefing,
        written_in=tuple(sorted({rule.zone for rule in lists if rule.kind == "slybroadcast"})),
        site_timezone=studio.settings.voicemail.site_timezone,
        by_phone=not parts,
        by_mailbox=any(rule.kind in _PBX for rule in lists),
        contexts=_contexts(lists),
    )


def _contexts(lists: Iterable[ListRule]) -> tuple[str, ...]:
    """Say which context the targets give a mailbox without one; "default" stands for one that is filled in later."""
    named = {rule.options.get(_PBX[rule.kind], "") for rule in lists if rule.kind in _PBX}
    return tuple(sorted({name if name and "$" not in name else "default" for name in named} or {"default"}))


def beginning(now: datetime, asked: datetime | None) -> datetime:
    """Give the first moment at which anybody may be reached: the one asked for, or the next quarter of an hour.

    A quarter of an hour is time to upload, and the same command gives the same bytes until it is over.

    Raises:
        VoicemailError: if the moment has passed: a vendor calls at once then, whatever the hour.
    """
    if asked is None:
        return now.replace(minute=0, second=0, microsecond=0) + (now.minute // 15 + 1) * _QUARTER
    if asked < now:
        raise VoicemailError(
            f"--send-at {asked.isoformat()} has passed; leave it out to begin as soon as the hours allow"
        )
    return asked
