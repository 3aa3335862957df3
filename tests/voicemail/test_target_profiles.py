"""Target profiles: dated data files, the workspace's over the packaged ones, every mistake in one line."""

from __future__ import annotations

from datetime import date

import pytest

import drops
from roadcast.errors import VoicemailError
from roadcast.voicemail import profiles

NAMED = (
    "twilio signalwire telnyx vonage bandwidth slybroadcast dropcowboy voapps drop-co aircall five9 cisco-unity avaya "
    "teams asterisk freeswitch 3cx generic"
)


def test_every_target_that_was_promised_has_a_dated_profile_with_a_source():
    for target in NAMED.split():
        profile = drops.PROFILES[target]
        assert profile.checked_on >= date(2026, 11, 1)
        assert len(profile.source) > 5
    assert not drops.PROFILES["3cx"].verified
    assert {rule.extension for rule in drops.PROFILES["asterisk"].file} == {
        *("wav", "ulaw", "alaw", "gsm", "wav49", "sln", "g722")
    }


def test_a_profile_of_the_workspace_takes_the_place_of_a_packaged_one(tmp_path):
    text = (profiles.FOLDER / "drop-co.toml").read_text().replace("seconds = 60.0", "seconds = 45.0")
    (tmp_path / "mine.toml").write_text(text)
    (tmp_path / "new.toml").write_text(text.replace('"drop-co"', '"own-dialer"'))
    known = profiles.available(tmp_path)
    assert known["drop-co"].limits.seconds == 45
    assert "own-dialer" in known
    assert profiles.available(tmp_path / "absent").keys() == drops.PROFILES.keys()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("seconds = 60.0", "secnds = 60.0", "unknown key 'limits.secnds'"),
        ("channels = 1", "channels = 2", "one channel"),
        ("rate = 8000", "rate = 44100", "44100"),
        ("tag = 0x0001", "tag = 0x0007", "tag"),
        ('codec = "pcm16"', 'codec = "opus"', "opus"),
        ("checked_on = 2026-11-21", 'checked_on = "last week"', "checked_on"),
        ('target = "drop-co"', 'target = "../drop"', "lower-case"),
        ("[limits]", "[limits", "cannot be read"),
    ],
)
def test_a_wrong_profile_is_one_line_that_names_the_file(tmp_path, old, new, words):
    text = (profiles.FOLDER / "drop-co.toml").read_text()
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(VoicemailError) as caught:
        profiles.load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_target_names_the_nearest():
    with pytest.raises(VoicemailError, match="did you mean 'asterisk'"):
        profiles.select(drops.PROFILES, ["asterix"])
    with pytest.raises(VoicemailError, match="no target"):
        profiles.select(drops.PROFILES, [])
