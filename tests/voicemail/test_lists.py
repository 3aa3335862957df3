"""The lists of vendors, each read back by a strict and independent reader."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

import drops
from roadcast.errors import VoicemailError
from roadcast.voicemail import export, lists, profiles

PEOPLE = (
    '+1 415 555 2671,,Ann,"O\'Neil, ""the ace"""',
    "(212) 555-0123,,Łukasz,Żółć",
    '+1 808 555 1234,,=HYPERLINK(),"two\nlines"',
    ",1001,Box",
)


def files(*targets: str, people: tuple[str, ...] = PEOPLE, **what: object) -> dict[str, bytes]:
    reached = drops.decide(*people, written_in=("America/New_York",))
    return dict(export.export(drops.order(*targets, reached=reached, **what)).files)


def table(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\r\n" in text
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_slybroadcast_gets_one_form_per_eastern_send_time():
    forms = {n: c for n, c in files("slybroadcast").items() if n.startswith("recipients/slybroadcast/")}
    read = [parse_qs(content.decode().strip(), strict_parsing=True) for _, content in sorted(forms.items())]
    assert [form["c_date"] for form in read] == [
        ["2026-11-23 10:00:00"],
        ["2026-11-23 11:00:00"],  # 8 a.m. in Los Angeles
        ["2026-11-23 13:00:00"],  # 8 a.m. in Honolulu
    ]
    assert [form["c_phone"] for form in read] == [["2125550123"], ["4155552671"], ["8085551234"]]
    assert {form["c_callerID"][0] for form in read} == {"4155552600"}
    assert {form["c_password"][0] for form in read} == {"${SLY_PASSWORD}"}


def test_forms_are_split_at_the_number_that_the_profile_says():
    rule = replace(drops.PROFILES["slybroadcast"].list, per_file=2)
    profile = replace(drops.PROFILES["slybroadcast"], list=rule)
    people = tuple(f"+1 212 555 01{n:02d}" for n in range(5))
    drop = lists.Drop(briefing="b", title="t", sender=drops.SENDER, reached=drops.decide(*people).reached)
    counts = [len(parse_qs(c.decode())["c_phone"][0].split(",")) for _, c in lists.write(drop, profile, "a.wav")]
    assert counts == [2, 2, 1]
    assert drops.PROFILES["slybroadcast"].list.per_file == 10_000


def test_drop_cowboy_gets_one_recipient_per_line():
    rows = [json.loads(line) for line in files("dropcowboy")["recipients/dropcowboy.jsonl"].decode().splitlines()]
    assert [row["phone_number"] for row in rows] == ["+12125550123", "+14155552671", "+18085551234"]
    assert {row["secret"] for row in rows} == {"${DROPCOWBOY_SECRET}"}
    assert len({row["foreign_id"] for row in rows}) == 3


def test_voapps_names_the_day_of_each_row():
    rows = table(files("voapps")["recipients/voapps.csv"])
    assert [row["voapps_target_date"] for row in rows] == ["2026-11-23"] * 3
    assert rows[0]["last_name"] == "Żółć"


def test_names_with_commas_quotes_and_lines_come_back_whole_and_formulas_do_not_run():
    rows = table(files("generic")["recipients/generic.csv"])
    by_number = {row["phone_e164"]: row for row in rows}
    assert tuple(rows[0]) == lists.GENERIC
    assert by_number["+14155552671"]["last_name"] == 'O\'Neil, "the ace"'
    assert by_number["+18085551234"]["last_name"] == "two\nlines"
    assert by_number["+18085551234"]["first_name"] == "'=HYPERLINK()"
    assert by_number["+12125550123"]["send_at_local"] == "2026-11-23T10:00:00-05:00"
    assert by_number["+12125550123"]["send_at_utc"] == "2026-11-23T15:00:00Z"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t1", "\n=1", " =1", '"=1', "＝1+1", "\ufeff-1"])
def test_a_number_keeps_its_plus_and_any_other_field_begins_like_no_formula(text):
    (row,) = table(lists.table(["phone", "name"], [["+49 30 123456", text]], numbers=frozenset({0})))
    assert row == {"phone": "+49 30 123456", "name": f"'{text}"}


def test_twilio_waits_for_the_end_of_the_message_and_says_nothing_to_people():
    made = files("twilio", sender=replace(drops.SENDER, audio_base_url="https://example.com/a&b"))
    calls = [json.loads(line) for line in made["recipients/twilio/calls.jsonl"].decode().splitlines()]
    assert {call["parameters"]["MachineDetection"] for call in calls} == {"DetectMessageEnd"}
    machine = ET.fromstring(made["recipients/twilio/machine.xml"])
    assert [verb.tag for verb in machine] == ["Play", "Hangup"]
    assert machine[0].text == "https://example.com/a&b/twilio.wav"
    assert [verb.tag for verb in ET.fromstring(made["recipients/twilio/human.xml"])] == ["Hangup"]


def test_telnyx_plays_after_the_greeting():
    rows = [json.loads(line) for line in files("telnyx")["recipients/telnyx.jsonl"].decode().splitlines()]
    assert "playback_start" in rows[0]["on"]["call.machine.greeting.ended"]
    assert rows[0]["call"]["to"] == "+12125550123"


def test_no_file_holds_a_secret_and_every_slot_is_listed():
    made = files("all")
    listed = set(json.loads(made["manifest.json"])["placeholders"])
    used = {
        slot
        for name, content in made.items()
        if not name.startswith("audio/") and not name.endswith((".conf", ".sh"))
        for slot in re.findall(r"\$\{([A-Z_]+)\}", content.decode())
    }
    assert used - {"ROADCAST_SOUND"} <= listed
    assert all(f"${{{slot}}}" in made["README.txt"].decode() for slot in listed)
    for name, content in made.items():
        if name.startswith("recipients/"):
            for value in re.findall(r'"?(?:c_password|secret)"?[=:] ?"?([^"&,]+)', content.decode()):
                assert value.startswith("${"), name


def test_a_missing_caller_id_names_the_target_and_the_setting():
    with pytest.raises(VoicemailError, match=r"'slybroadcast' needs voicemail\.caller_id"):
        files("slybroadcast", sender=replace(drops.SENDER, caller_id=""))


def test_a_list_without_its_option_names_the_key():
    rule = replace(drops.PROFILES["telnyx"].list, options={})
    drop = lists.Drop(briefing="b", title="t", sender=drops.SENDER, reached=drops.decide("+12125550123").reached)
    with pytest.raises(VoicemailError, match=r"'answering_machine_detection' under \[list\.options\]"):
        list(lists.write(drop, replace(drops.PROFILES["telnyx"], list=rule), "a.wav"))


def test_a_mailbox_is_in_no_list_of_phones():
    made = files("all")
    for name, content in made.items():
        if name.startswith("recipients/"):
            assert b"1001" not in re.sub(rb"\d{10,}|[0-9a-f]{16}", b"", content), name


def test_profiles_that_fetch_have_a_slot_for_the_address():
    for profile in profiles.packaged().values():
        assert not profile.list.fetches or "AUDIO_BASE_URL" in profile.list.placeholders


def test_the_forms_of_the_international_service_are_in_greenwich_time():
    made = files("slybroadcast", "slybroadcast-global")
    form = parse_qs(
        made["recipients/slybroadcast-global/01-20261123T150000.form"].decode().strip(), strict_parsing=True
    )
    assert form["c_date"] == ["2026-11-23 T15:00:00Z"]
    assert (form["c_phone"], form["c_callerID"]) == (["12125550123"], ["14155552600"])
    assert "mobile_only" not in form
    eastern = parse_qs(made["recipients/slybroadcast/01-20261123T100000.form"].decode().strip(), strict_parsing=True)
    assert eastern["c_date"] == ["2026-11-23 10:00:00"]


def test_two_targets_that_write_the_same_file_are_refused():
    profile = drops.PROFILES["asterisk"]
    with pytest.raises(VoicemailError, match="two of the targets write pbx/asterisk"):
        export.export(
            drops.order(reached=drops.decide(",1001"), profiles=[profile, replace(profile, target="asterisk-two")])
        )


def test_a_second_target_of_a_kind_has_lists_of_its_own():
    other = replace(drops.PROFILES["twilio"], target="second")
    made = files(profiles=[drops.PROFILES["twilio"], other])
    call = json.loads(made["recipients/second/calls.jsonl"].splitlines()[0])
    assert call["parameters"]["Url"] == "${AUDIO_BASE_URL}/second.xml"
    assert "second.wav" in made["recipients/second/machine.xml"].decode()
    assert "recipients/twilio/calls.jsonl" in made
