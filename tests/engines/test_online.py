"""Speech servers that misbehave, through the whole of narration."""

from datetime import timedelta

import pytest
from speech_servers import Reply, serving

from roadcast.engines.online import check_address, is_local
from roadcast.engines.openai import OpenAI
from roadcast.engines.tone import Tone
from roadcast.errors import NarrationError, SettingsError
from roadcast.model import Confidentiality, Origin, Passage, Place, Role, Script, Spoken, Utterance
from roadcast.narration import Cast, Part, Patience, narrate

SENTENCES = ("Good morning to everybody in the north.", "The region grew by fifteen percent.", "Call them all today.")


def script():
    return Script(
        name="north",
        role=Role.ITEM,
        title="North",
        passages=tuple(
            Passage(
                presenter=0,
                text=text,
                spoken=Spoken(text=text),
                pause=timedelta(seconds=0.5),
                origin=Origin.SOURCE,
                place=Place(path="briefings/north.md", line=7),
            )
            for text in SENTENCES
        ),
    )


def hum(text):
    pcm = Tone().narrate(Utterance(text=text, voice="low")).pcm
    head = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + (16_000).to_bytes(4, "little") + (32_000).to_bytes(4, "little")
    return Reply(body=head + b"\2\0\x10\0data" + len(pcm).to_bytes(4, "little") + pcm)


def say(server, *, online=False, confidentiality=Confidentiality.INTERNAL, **options):
    options = {"base_url": f"http://{server.address}/v1", "rate": 16_000} | options
    chain = tuple(Part(narrator=narrator, voice=narrator.voices()[0]) for narrator in (OpenAI(**options), Tone()))
    slept = []
    narration = narrate(
        script(),
        Cast(chains=(chain,)),
        confidentiality=confidentiality,
        online=online,
        patience=Patience(attempts=3, sleep=slept.append, jitter=lambda: 1.0),
    )
    return narration, slept


def test_an_honest_server_says_everything():
    with serving(*map(hum, SENTENCES)) as server:
        narration, slept = say(server)
        assert len(server.asked) == 3
    assert (narration.engines, narration.retries, slept) == (("openai/alloy",), 0, [])


def test_a_refused_key_is_not_tried_again():
    with serving(Reply(status=401)) as server:
        narration, slept = say(server, api_key="sk-secret")
        assert len(server.asked) == 1
    assert (narration.engines, slept) == (("tone/low",), [])
    assert "refuses the key" in narration.warnings[0]
    assert "sk-secret" not in narration.warnings[0]


def test_a_busy_server_is_asked_again_when_it_said():
    with serving(Reply(status=429, headers={"Retry-After": "4"}), *map(hum, SENTENCES)) as server:
        narration, slept = say(server)
    assert (narration.engines, narration.retries, slept) == (("openai/alloy",), 1, [4.0])


def test_a_broken_server_is_asked_a_few_times_and_then_another_engine_speaks():
    with serving(Reply(status=500)) as server:
        narration, slept = say(server)
        assert len(server.asked) == 3
    assert (narration.engines, slept) == (("tone/low",), [0.5, 1.0])


def test_when_a_server_vanishes_in_the_middle_the_next_engine_says_all_of_it_again():
    with serving(hum(SENTENCES[0]), Reply(body=hum(SENTENCES[1]).body, cut=500)) as server:
        narration, _ = say(server)
    assert narration.engines == ("tone/low",)
    assert [len(take.speech.pcm) for take in narration.takes] == [
        len(take.speech.pcm)
        for take in narrate(script(), Cast(chains=((Part(narrator=Tone(), voice=Tone().voices()[0]),),))).takes
    ]


def test_a_server_that_drips_for_ever_meets_the_deadline_of_the_whole_call():
    with serving(Reply(body=bytes(10_000), drip=0.05)) as server:
        narration, _ = say(server, seconds=0.4)
        assert len(server.asked) == 1
    assert narration.engines == ("tone/low",)
    assert "did not answer within 0.4 s" in narration.warnings[0]


def test_a_server_that_breaks_tls_is_given_up():
    with serving(Reply()) as server:
        narration, _ = say(server, base_url=f"https://{server.address}/v1")
        assert server.asked == []
    assert narration.engines == ("tone/low",)
    assert "SSLError" in narration.warnings[0]


def test_internal_words_do_not_reach_a_server_elsewhere_and_may_reach_one_on_this_machine(monkeypatch):
    with serving(*map(hum, SENTENCES)) as server:
        monkeypatch.setattr("roadcast.engines.openai.is_local", lambda url: False)
        narration, _ = say(server, online=True)
        assert server.asked == []
        assert narration.engines == ("tone/low",)
        say(server, online=True, confidentiality=Confidentiality.PUBLIC)
        assert len(server.asked) == 3


def test_without_another_engine_the_reason_reaches_the_user():
    with serving(Reply(status=503)) as server:
        narrator = OpenAI(base_url=f"http://{server.address}/v1", rate=16_000)
        alone = Cast(chains=((Part(narrator=narrator, voice=narrator.voices()[0]),),))
        with pytest.raises(NarrationError, match=r"briefings/north\.md:7: .* openai answers HTTP 503"):
            narrate(script(), alone, patience=Patience(sleep=lambda seconds: None))


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://[::1]:80", True),
        ("http://localhost", True),
        ("http://127.0.0.1.example.com", False),
        ("http://10.0.0.1", False),
        ("nonsense", False),
    ],
)
def test_only_this_machine_is_local(url, local):
    assert is_local(url) is local


@pytest.mark.parametrize("url", ["host/v1", "http://user:word@host/v1", "https:///v1", "http://host/v1#part"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(SettingsError, match="base_url"):
        check_address(url, engine="openai", with_key=False)
