"""The newscast cut: who calls comes first, how to make it stop comes last, and what is between fits by the sound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import drops
from roadcast.errors import VoicemailError
from roadcast.model import Audience, Confidentiality
from roadcast.testing import make_item
from roadcast.voicemail import cut, export
from roadcast.voicemail.cut import Role
from roadcast.voicemail.sender import Sender, load_wording


@pytest.mark.parametrize("seconds", [30, 40, 50, 60])
def test_the_rendered_cut_is_as_long_as_asked_and_never_longer(seconds):
    message = drops.message(seconds=seconds)
    assert max(24, 0.75 * seconds) < message.master.seconds <= seconds
    assert message.cut.lines[-1].role is Role.OPT_OUT


def test_items_are_dropped_whole_and_named():
    short, long = drops.cut_of(seconds=30), drops.cut_of(seconds=60)
    told = {line.item for line in short.lines if line.item}
    assert told < {line.item for line in long.lines if line.item}
    assert {left.slug for left in short.left_out} == {item.slug for item in drops.items()} - told
    headlines = {f"{item.headline.text}." for item in drops.items()}
    assert {line.text for line in short.lines if line.role is Role.ITEM} & headlines
    assert all(line.text.endswith((".", "!", "?")) for line in short.lines)


def test_what_to_do_next_is_said_if_there_is_room():
    assert "Ask your customers to update." in drops.cut_of(seconds=60).text
    assert "Open your feed for the details." in drops.cut_of(seconds=30).text


def test_a_frame_that_is_too_long_and_a_headline_that_never_fits_are_refused():
    with pytest.raises(VoicemailError, match="alone take"):
        drops.cut_of(seconds=12)
    endless = make_item("endless", headline="word " * 200, confidentiality=Confidentiality.PUBLIC)
    with pytest.raises(VoicemailError, match="no headline fits"):
        drops.cut_of(seconds=30, told=[endless])


def test_only_what_may_leave_the_house_is_told():
    items = [
        make_item("open", confidentiality=Confidentiality.PUBLIC),
        make_item("inside", confidentiality=Confidentiality.INTERNAL),
        make_item("secret", confidentiality=Confidentiality.CONFIDENTIAL),
        make_item("others", confidentiality=Confidentiality.PUBLIC, audience=Audience(groups=frozenset({"emea"}))),
    ]
    keep, drop = cut.allowed(items, sender=drops.SENDER, groups=frozenset({"field"}))
    assert [item.slug for item in keep] == ["open"]
    assert {left.slug: left.why for left in drop} == {
        "inside": "internal: it may not leave the house",
        "secret": "confidential: it may not leave the house",
        "others": "for emea only",
    }
    wider = replace(drops.SENDER, allow=Confidentiality.INTERNAL)
    keep, _ = cut.allowed(items, sender=wider, groups=frozenset({"field", "emea"}))
    assert [item.slug for item in keep] == ["open", "inside", "others"]


def test_nothing_to_tell_says_what_to_do():
    secret = make_item("secret", confidentiality=Confidentiality.CONFIDENTIAL)
    _, kept_in = cut.allowed([secret], sender=drops.SENDER, groups=frozenset())
    assert "(secret: confidential: it may not leave the house" in str(cut.nothing("morning", drops.DAY, kept_in))
    assert "mark one 'confidentiality: public'" in str(cut.nothing("morning", drops.DAY, kept_in))
    assert "no item is told on 2026-11-23" in str(cut.nothing("morning", drops.DAY, []))


def test_identification_is_first_and_numbers_are_last():
    lines = drops.cut_of().lines
    assert lines[0].text.startswith("This is Northwind Traders")
    assert "(415) 555-2671" in lines[-2].text
    assert "(800) 555-0199" in lines[-1].text


def test_a_toll_free_opt_out_follows_the_identification():
    sender = replace(drops.SENDER, toll_free_opt_out="+1 800 555 0199")
    lines = drops.cut_of(who=sender).lines
    assert [line.role for line in lines[:2]] == [Role.IDENTIFICATION, Role.OPT_OUT]


def test_the_opt_out_may_be_a_sentence_of_the_teams_own():
    sender = replace(drops.SENDER, opt_out="To stop these messages, call the same number and press nine")
    made = drops.cut_of(who=sender)
    assert made.lines[-1].text == "To stop these messages, call the same number and press nine."
    cut.verify(made, sender)
    with pytest.raises(VoicemailError, match="how to opt out"):
        cut.verify(drops.cut_of(), sender)


@pytest.mark.parametrize("gone", [0, -2, -1])
def test_a_script_without_one_of_the_three_is_refused(gone):
    whole = drops.cut_of()
    lines, passages = list(whole.lines), list(whole.passages)
    del lines[gone], passages[gone]
    with pytest.raises(VoicemailError, match="the script does not say"):
        export.finish(cut.Cut(lines=tuple(lines), passages=tuple(passages)), sender=drops.SENDER, voice=drops.voice)


@pytest.mark.parametrize(("line", "role"), [(0, "identification"), (-2, "call-back"), (-1, "opt-out")])
@pytest.mark.parametrize("sound", [np.zeros(16_000 * 4), np.zeros(0), "short"])
def test_a_line_that_cannot_be_heard_is_refused(line, role, sound):
    whole = drops.cut_of()
    passages = list(whole.passages)
    passages[line] = (drops.say("Hm.") if isinstance(sound, str) else sound, 0.5)
    with pytest.raises(VoicemailError, match=f"the {role} cannot be heard"):
        cut.verify(cut.Cut(lines=whole.lines, passages=tuple(passages)), drops.SENDER)


FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NUMBERS = (
    "4155552671",
    "8005550199",
    "4155552617",
    "4165552671",
    "8005550190",
    "8005560199",
    "4105552691",
    "8085550199",
)


def words(number: str) -> str:
    return " ".join(FIGURES[int(figure)] for figure in number)


def transcribe(samples: np.ndarray, sentence: str) -> str:
    """Write down speech whose sentence is known, and whose <number> and <business> are one of eight and of four."""
    pocketsphinx = pytest.importorskip("pocketsphinx", reason="pip install 'roadcast[verify]'")
    decoder = pocketsphinx.Decoder(samprate=16_000, loglevel="FATAL", lm=None)
    decoder.add_word("northwind", "N AO R TH W IH N D", True)
    grammar = (
        f"#JSGF V1.0; grammar g; <number> = {' | '.join(map(words, NUMBERS))}; <figure> = {' | '.join(FIGURES)};"
        "<business> = northwind traders | window brothers | mountain waiters | north sea tankers;"
        f"public <all> = {sentence};"
    )
    decoder.add_jsgf_string("g", grammar)
    decoder.activate_search("g")
    decoder.start_utt()
    decoder.process_raw(samples.tobytes(), full_utt=True)
    decoder.end_utt()
    return decoder.hyp().hypstr if decoder.hyp() else ""


def heard_line(index: int) -> np.ndarray:
    """Cut one line out of the finished message, at 16 kHz."""
    message = drops.message()
    start = 0.5 * 16_000
    for signal, pause in message.cut.passages[: index % len(message.cut.lines)]:
        start += len(signal) + pause * 16_000
    length = len(message.cut.passages[index][0])
    return message.master.wide[max(0, round(start) - 3200) : round(start) + length + 3200]


@pytest.mark.parametrize(
    ("line", "sentence", "number"),
    [
        (-2, "call us back at <number>", "4155552671"),
        (-1, "to get no more of these messages call <number>", "8005550199"),
    ],
)
def test_both_numbers_can_be_told_from_others_by_ear_in_the_finished_sound(line, sentence, number):
    assert transcribe(heard_line(line), sentence).endswith(words(number))


def test_the_business_can_be_told_from_others_by_ear():
    rest = "with morning briefing for monday november <figure>+ read by a computer voice"
    assert "northwind traders" in transcribe(heard_line(0), f"this is <business> {rest}")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("business", " ", "voicemail.business is empty"),
        ("call_back", "", "voicemail.call_back is empty"),
        ("call_back", "+1 900 555 1234", "premium"),
        ("opt_out", "911", "short code"),
        ("toll_free_opt_out", "+1 415 555 2671", "not a toll-free number"),
        ("allow", Confidentiality.CONFIDENTIAL, "confidential items never leave"),
        ("audio_base_url", "http://example.com/a", "https"),
        ("audio_base_url", "https://user:secret@example.com/", "https"),
    ],
)
def test_a_sender_that_cannot_be_called_back_is_refused(field, value, words):
    with pytest.raises(VoicemailError, match=words):
        replace(drops.SENDER, **{field: value})


def test_wording_is_the_teams_own_but_must_say_who_calls(tmp_path):
    path = tmp_path / "wording.toml"
    path.write_text('details = "More in your feed."\n')
    assert load_wording(path).details == "More in your feed."
    path.write_text('identification = "Good morning from {show}."\n')
    with pytest.raises(VoicemailError, match=r"does not say \{business\}"):
        load_wording(path)
    path.write_text('greeting = "Hello."\n')
    with pytest.raises(VoicemailError, match="'greeting' is no sentence"):
        load_wording(path)
    path.write_text('opt_out = "Call {opt_out} or {elsewhere}."\n')
    with pytest.raises(VoicemailError, match="unknown field"):
        cut.frame(drops.SENDER, load_wording(path), show="x", day=drops.DAY)


def test_a_sender_needs_a_name():
    with pytest.raises(VoicemailError):
        Sender(business="", call_back="+1 415 555 2671", opt_out="+1 415 555 2671")


def test_what_to_do_next_comes_before_a_fourth_headline():
    """Five headlines would fit; a listener who knows what to do needs three of them."""
    items = [
        make_item(f"item-{n}", headline=headline, confidentiality=Confidentiality.PUBLIC, **more)
        for n, (headline, more) in enumerate(
            [
                ("The new price list is out", {}),
                ("The Denver office moves in May", {"action": "Tell every customer in Denver the new address today"}),
                ("Support answers on Sundays", {}),
                ("The kickoff is in February", {}),
                ("The shop is open again", {}),
            ]
        )
    ]
    made = drops.cut_of(seconds=34, told=items)
    roles = [line.role for line in made.lines]
    assert Role.ACTION in roles
    assert 3 <= roles.count(Role.ITEM) < 5
    assert roles.index(Role.ACTION) == len(roles) - 4, "what to do comes after the items"
