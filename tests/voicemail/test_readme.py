"""The README of a bundle: whoever uploads finds every list, what to fill in, and which limit is whose."""

from __future__ import annotations

import re

import drops
from roadcast.voicemail import export

PEOPLE = ("+1 415 555 2671,,Ann", ",1001", "911")


def text(*targets: str, **what: object) -> str:
    made = export.export(drops.order(*targets, reached=drops.decide(*PEOPLE), **what))
    return made.files["README.txt"].decode()


def flowing(*targets: str, **what: object) -> str:
    return " ".join(text(*targets, **what).split())


def test_every_list_that_is_made_is_named_with_what_it_needs():
    made = export.export(drops.order("all", reached=drops.decide(*PEOPLE)))
    readme = made.files["README.txt"].decode()
    named = set(re.findall(r": ((?:recipients|pbx)/\S+)", readme))
    for name in made.files:
        if name.startswith(("recipients/", "pbx/")):
            assert any(name.startswith(one) for one in named), name
    for slot in ("SLY_PASSWORD", "DROPCOWBOY_BRAND_ID", "TELNYX_CONNECTION_ID", "FREESWITCH_DOMAIN"):
        assert f"${{{slot}}}" in readme


def test_a_target_without_a_list_here_asks_for_nothing():
    assert "SLY_PASSWORD" in text("slybroadcast")
    assert "SLY_PASSWORD" not in text("asterisk", "freeswitch")
    assert "SLY_PASSWORD" not in text("slybroadcast", no_lists="no consent columns")


def test_what_would_ring_at_night_is_said():
    assert "A time that has passed is called at once" in flowing("twilio")
    assert "use ONE" in flowing("twilio")
    assert "2 of 3 people may be reached; withheld.csv names the other 1" in flowing("asterisk")


def test_only_limits_that_the_vendor_names_are_given_as_its_own():
    readme = flowing("drop-co", "twilio", "slybroadcast", "teams", "3cx", "bandwidth")
    assert "Drop.co VMDrop: drop-co.wav; at most 60 s; as of 2026-11-21, apidocs.drop.co." in readme
    assert "Twilio <Play>: twilio.wav; names no length (made for at most 120 s, as mailboxes take); as of" in readme
    assert "Slybroadcast: slybroadcast.wav; longer than 5 s, names no length" in readme
    assert "at most 5 MB" in readme
    assert "3CX: 3cx.wav; names no length (made for at most 120 s, as mailboxes take); UNVERIFIED" in readme


def test_no_line_is_too_long_for_a_mail_or_a_terminal():
    assert max(len(line) for line in text("all").splitlines()) <= 110


def test_every_way_says_how_many_it_reaches_and_how_many_it_misses():
    phones = [f"+1 415 555 26{number}" for number in range(71, 75)]
    reached = drops.decide(*phones, "+1 415 555 2675,1005", ",1001", ",1002")
    made = export.export(drops.order("twilio", "asterisk", "freeswitch", "generic", reached=reached))
    readme = " ".join(made.files["README.txt"].decode().split())
    assert "recipients/twilio/ Reaches 5 of the 7; misses 2, who have a mailbox only." in readme
    assert "pbx/asterisk/ Reaches 7 of the 7." in readme
    assert "pbx/freeswitch/ Reaches 3 of the 7; misses 4, who have no mailbox." in readme
    assert "recipients/generic.csv Reaches 5 of the 7; misses 2, who have a mailbox only." in readme
    assert "the same people" not in readme
    assert made.files["recipients/twilio/calls.jsonl"].count(b"\n") == 5
