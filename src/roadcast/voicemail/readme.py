"""Write the README of a bundle, for the person who uploads it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from roadcast.voicemail.profiles import Profile
from roadcast.voicemail.reach import Reach, Reached
from roadcast.voicemail.records import AudioFile

# What to do with the list of a target, by its kind: where it is, and how it is used.
_HOW = {
    "slybroadcast": (
        "recipients/{target}/",
        "One form per send time: POST each to {endpoint}. c_date in them is by the clock of {zone}.",
    ),
    "dropcowboy": (
        "recipients/{target}.jsonl",
        "One request per line. Upload the recording and have it approved first: its number goes into every line.",
    ),
    "voapps": (
        "recipients/{target}.csv",
        "Upload the audio in the portal, then this list; {date_column} is the day of each row.",
    ),
    "twilio": (
        "recipients/{target}/",
        "calls.jsonl has one call per line; create none before its time. Twilio asks {target}.xml at your address what "
        "to do: answer with machine.xml if AnsweredBy is machine_end_beep, machine_end_silence or machine_end_other, "
        "with human.xml otherwise.",
    ),
    "telnyx": (
        "recipients/{target}.jsonl",
        "One call per line; create none before its time. 'on' says what to do at which event.",
    ),
    "asterisk": (
        "pbx/asterisk/",
        "Copy the whole folder to the phone system and run install.sh there: 'spool' for mailboxes, 'calls' for phones "
        "(include extensions.conf in your dialplan first). Nothing is overwritten and nobody called twice.",
    ),
    "freeswitch": (
        "pbx/freeswitch/",
        "Copy the audio to {folder} on the phone system, then run the commands of inject.cmds in fs_cli.",
    ),
}
_GENERIC = (
    "recipients/generic.csv",
    "For any other dialer: numbers, names, the time for each by their clock and in UTC, and the consent on record.",
)
_LAW = (
    "An AI voice counts as an artificial voice under the TCPA (FCC 24-17), and a ringless voicemail to a mobile phone "
    "counts as a call (FCC 22-85): you need each person's prior consent. It must be on record, for this show. Whoever "
    "asks to stop, in any way, is put on the suppression list at once, before the next export."
)


def readme(
    title: str, audio: Sequence[AudioFile], names: Iterable[str], reach: Reach | None, *, no_lists: str
) -> bytes:
    """Say what is here, what to fill in, whom it reaches, what each target takes, and what not to do.

    Args:
        title: of the edition.
        audio: every audio file.
        names: of all files besides the records.
        reach: everybody asked for, or None.
        no_lists: why there are no lists, or empty.
    """
    profiles = {one.profile.target: one.profile for one in audio}
    here = [*_lists(profiles.values(), tuple(names), reach.reached if reach else ())]
    parts = [
        f"{title}: voicemail drop\n",
        _flow(
            "This folder was made offline. Nobody has been called; nothing is sent until you upload something. "
            "Listen to one of the files in audio/ first; script.txt is what it says."
        ),
        _who(reach, no_lists),
        *(["How to send it, ONE of these ways\n", *here] if here else []),
        "Which audio file is whose\n" + "".join(_target(profile, audio) for profile in profiles.values()),
        "Before you send (this is not legal advice)\n" + _flow(_LAW, "  "),
        "Check this folder at any time: roadcast voicemail check THIS-FOLDER; or sha256sum --check SHA256SUMS\n",
    ]
    return "\n".join(parts).encode()


def _flow(text: str, indent: str = "", *, hanging: str = "") -> str:
    filled = textwrap.fill(
        text,
        110,
        initial_indent=indent,
        subsequent_indent=hanging or indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return f"{filled}\n"


def _who(reach: Reach | None, no_lists: str) -> str:
    if no_lists:
        return "Lists\n" + _flow(f"There are none: {no_lists}.", "  ")
    if reach is None:
        return "Lists\n  There are none: no recipients were named.\n"
    text = (
        f"{len(reach.reached)} of {reach.count} people may be reached; withheld.csv names the other "
        f"{len(reach.withheld)} with the reason. Each way below says how many of the {len(reach.reached)} it reaches: "
        "use ONE, or people hear it more than once. Nobody may be called before the time in their row. A time that has "
        "passed is called at once, whatever the hour: if you are late, make this folder again."
    )
    return "Lists\n" + _flow(text, "  ")


def _lists(profiles: Iterable[Profile], names: Sequence[str], reached: Sequence[Reached]) -> Iterable[str]:
    for profile in profiles:
        if profile.list.kind not in _HOW:
            continue
        where, how = _HOW[profile.list.kind]
        where = where.format(target=profile.target)
        if any(name.startswith(where) for name in names):
            known = {"endpoint": "their address", **profile.list.options}
            text = how.format(target=profile.target, zone=profile.list.zone, **known)
            counted = _flow(_count(profile.list.kind, reached), "    ")
            yield f"  {profile.label}: {where}\n" + counted + _flow(text, "    ") + _fill_in(profile)
    if _GENERIC[0] in names:
        counted = _flow(_count("generic", reached), "    ")
        yield f"  Anybody else: {_GENERIC[0]}\n" + counted + _flow(_GENERIC[1], "    ")


def _count(kind: str, reached: Sequence[Reached]) -> str:
    """Say how many a way reaches, and why it misses the others: vendors ring phones, FreeSWITCH fills mailboxes."""
    match kind:
        case "asterisk":
            there, lack = len(reached), ""
        case "freeswitch":
            there, lack = sum(bool(one.mailbox) for one in reached), "no mailbox"
        case _:
            there, lack = sum(one.number is not None for one in reached), "a mailbox only"
    missed = len(reached) - there
    told = f"Reaches {there} of the {len(reached)}"
    return f"{told}; misses {missed}, who {'has' if missed == 1 else 'have'} {lack}." if missed else f"{told}."


def _fill_in(profile: Profile) -> str:
    if not profile.list.placeholders:
        return ""
    slots = ", ".join(f"${{{name}}}" for name in profile.list.placeholders)
    encoded = ", percent-encoded" if profile.list.kind == "slybroadcast" else ""
    return _flow(f"You need and fill in{encoded}: {slots}. Never keep or mail the filled-in files.", "    ")


def _target(profile: Profile, audio: Sequence[AudioFile]) -> str:
    """Name a target's files and limits, and when and where they were read."""
    names = ", ".join(one.name for one in audio if one.profile is profile)
    limits = [
        f"longer than {profile.limits.longer_than:g} s" if profile.limits.longer_than else "",
        _seconds(profile),
        f"at most {profile.limits.bytes / 1e6:g} MB" if profile.limits.bytes else "",
    ]
    state = "as of" if profile.verified else "UNVERIFIED, check your vendor first;"
    text = f"{profile.label}: {names}; {', '.join(filter(None, limits)) or 'no limit'}; {state} {profile.checked_on}"
    return _flow(f"{text}, {profile.source}. {profile.note}".strip(), "  ", hanging="    ")


def _seconds(profile: Profile) -> str:
    if not profile.limits.seconds:
        return ""
    if profile.limits.cautious:
        return f"names no length (made for at most {profile.limits.seconds:g} s, as mailboxes take)"
    return f"at most {profile.limits.seconds:g} s"
