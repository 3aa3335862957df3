import io
import json
import struct
import time
import wave

import pytest
from speech_servers import Reply, serving

from roadcast.engines.openai import OpenAI
from roadcast.engines.tone import Tone
from roadcast.errors import BadSpeech, EngineUnavailable, PassageRejected, SettingsError
from roadcast.model import Utterance
from roadcast.testing import NarratorContract

WORDS = Utterance(text="Good morning to the north.", voice="alloy")


def wav(pcm, rate=16_000, width=2):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(pcm)
    return file.getvalue()


def hum(body):
    """Answer as a real server does: hum what was asked, at the speed that was asked."""
    asked = json.loads(body)
    utterance = Utterance(text=asked["input"], voice="low", rate=asked["speed"])
    return Reply(body=wav(Tone().narrate(utterance).pcm))


def engine(server, **options):
    return OpenAI(**({"base_url": f"http://{server.address}/v1", "rate": 16_000} | options))


class TestOpenAI(NarratorContract):
    @pytest.fixture(autouse=True)
    def server(self):
        with serving(hum) as server:
            self.address = server
            yield

    def narrator(self):
        return engine(self.address)


def test_it_asks_as_the_interface_wants():
    with serving(hum) as server:
        engine(server, api_key="sk-secret", model="kokoro").narrate(
            Utterance(text="Well done.", voice="nova", rate=1.2)
        )
        (path, headers, body), *_ = server.asked
    assert path == "/v1/audio/speech"
    assert headers["Authorization"] == "Bearer sk-secret"
    assert json.loads(body) == {
        "model": "kokoro",
        "input": "Well done.",
        "voice": "nova",
        "response_format": "wav",
        "speed": 1.2,
    }


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_stream_of_unknown_length_is_read_to_its_end(size):
    whole = wav(b"\1\0" * 8_000)
    at = whole.index(b"data") + 4
    with serving(Reply(body=whole[:at] + struct.pack("<I", size) + whole[at + 4 :])) as server:
        assert engine(server).narrate(WORDS).seconds == 0.5


@pytest.mark.parametrize(("status", "kind"), [(400, PassageRejected), (413, PassageRejected), (422, PassageRejected)])
def test_a_text_that_is_refused_is_the_texts_fault(status, kind):
    with serving(Reply(status=status)) as server, pytest.raises(kind, match=str(status)):
        engine(server).narrate(WORDS)


@pytest.mark.parametrize(
    ("status", "retryable"), [(401, False), (403, False), (404, False), (429, True), (500, True), (503, True)]
)
def test_a_status_tells_whether_to_ask_again(status, retryable):
    with serving(Reply(status=status)) as server, pytest.raises(EngineUnavailable, match=str(status)) as caught:
        engine(server).narrate(WORDS)
    assert caught.value.retryable is retryable


def test_the_time_after_which_to_ask_again_is_passed_on():
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 90))
    for header, low, high in (("7", 7, 7), (later, 80, 91), ("soon", None, None)):
        with serving(Reply(status=429, headers={"Retry-After": header})) as server:
            with pytest.raises(EngineUnavailable) as caught:
                engine(server).narrate(WORDS)
            after = caught.value.retry_after
            assert after is None if low is None else low <= after <= high


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed_for_it_would_take_the_key_along(status):
    with serving(Reply(status=404)) as thief:
        away = Reply(status=status, headers={"Location": f"http://{thief.address}/"})
        with serving(away) as server, pytest.raises(EngineUnavailable, match=str(status)):
            engine(server, api_key="sk-secret").narrate(WORDS)
        assert thief.asked == []


def test_a_certificate_nobody_vouches_for_is_refused_before_anything_is_sent(certificate):
    with serving(hum, certificate=certificate) as server:
        with pytest.raises(EngineUnavailable, match="not trusted; nothing was sent") as caught:
            engine(server, base_url=f"https://{server.address}/v1").narrate(WORDS)
        assert server.asked == []
    assert not caught.value.retryable


def test_the_companys_own_authority_can_be_trusted(certificate, ca_file):
    with serving(hum, certificate=certificate) as server:
        speech = engine(server, base_url=f"https://{server.address}/v1", ca_file=ca_file).narrate(WORDS)
    assert speech.seconds > 1


def test_a_server_that_vanishes_in_the_middle_of_its_answer_may_be_asked_again():
    vanishing = Reply(body=wav(bytes(32_000)), cut=1_000)
    with serving(vanishing) as server, pytest.raises(EngineUnavailable, match="no answer from") as caught:
        engine(server).narrate(WORDS)
    assert caught.value.retryable


def test_a_server_that_is_not_there_may_be_asked_again():
    with serving(hum) as server:
        narrator = engine(server)
    with pytest.raises(EngineUnavailable, match="Connection refused"):
        narrator.narrate(WORDS)


def test_a_server_that_says_nothing_is_left_after_the_time_set():
    with serving(Reply(body=b"RIFF" * 100, drip=5)) as server:
        begun = time.monotonic()
        with pytest.raises(EngineUnavailable, match="no answer"):
            engine(server, seconds=0.3).narrate(WORDS)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not WAV"),
        (b"ID3\x03" + bytes(100), "not WAV"),
        (b"<html>sorry</html>", "not WAV"),
        (b"RIFF\x24\0\0\0WAVE", "without samples"),
        (wav(bytes(32_000), width=1), "8 bits"),
        (wav(bytes(32_000), rate=22_050), r"set \[engines.openai\] rate = 22050"),
    ],
)
def test_an_answer_that_is_not_the_sound_promised_is_named(body, why):
    with serving(Reply(body=body)) as server, pytest.raises(BadSpeech, match=why):
        engine(server).narrate(WORDS)


def test_an_answer_without_end_is_cut_off(monkeypatch):
    monkeypatch.setattr("roadcast.engines.online.LARGEST", 10_000)
    with serving(Reply(body=wav(bytes(32_000)))) as server, pytest.raises(BadSpeech, match="more than"):
        engine(server).narrate(WORDS)


@pytest.mark.parametrize(
    ("options", "online"),
    [
        ({"base_url": "http://127.0.0.1:8880/v1"}, False),
        ({"base_url": "http://localhost:8880/v1"}, False),
        ({"base_url": "http://[::1]:8880/v1"}, False),
        ({"base_url": "http://192.168.1.5:8880/v1"}, True),
        ({"base_url": "https://localhost.example.com/v1"}, True),
        ({"api_key": "sk-secret"}, True),
    ],
)
def test_only_a_server_on_this_machine_counts_as_offline(options, online):
    assert OpenAI(**options).limits.online is online


@pytest.mark.parametrize(
    ("options", "error", "why"),
    [
        ({}, EngineUnavailable, "set base_url"),
        ({"base_url": "ftp://host/v1"}, SettingsError, "write one such as"),
        ({"base_url": "http://host/v1?key=1"}, SettingsError, "write one such as"),
        ({"base_url": "http://host/v1", "api_key": "sk-secret"}, SettingsError, "unencrypted to host; use https"),
        ({"base_url": "http://host/v1", "voices": "alloy"}, SettingsError, "list such as"),
    ],
)
def test_settings_that_cannot_work_are_refused_with_advice(options, error, why):
    with pytest.raises(error, match=why) as caught:
        OpenAI(**options)
    assert "sk-secret" not in str(caught.value)


def test_the_key_is_in_no_error_and_no_description():
    with serving(Reply(status=401, body=b"Incorrect API key provided: sk-secret")) as server:
        narrator = engine(server, api_key="sk-secret")
        with pytest.raises(EngineUnavailable) as caught:
            narrator.narrate(WORDS)
    assert "sk-secret" not in f"{caught.value!r} {narrator!r} {narrator.version} {narrator.limits}"


def test_an_unreadable_authority_file_is_named(tmp_path):
    (tmp_path / "ca.pem").write_text("nothing")
    with serving(hum) as server, pytest.raises(SettingsError, match=r"ca\.pem"):
        engine(server, ca_file=str(tmp_path / "ca.pem")).narrate(WORDS)
