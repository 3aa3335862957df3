import base64
import json
import logging
import shutil
import subprocess
import urllib.parse

import pytest
from speech_servers import Reply, serving

from roadcast.engines.gtts import GTTS
from roadcast.engines.tone import Tone
from roadcast.errors import BadSpeech, EngineUnavailable
from roadcast.model import Utterance
from roadcast.testing import NarratorContract

gtts = pytest.importorskip("gtts", reason="pip install 'roadcast[gtts]'")
pytestmark = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="apt install ffmpeg")

FFMPEG = ["ffmpeg", "-v", "error"]
WORDS = Utterance(text="Good morning to the north.", voice="us")


def spoken(body):
    """Answer as the service does: MP3 in base64 in JSON in a line of its own."""
    form = urllib.parse.parse_qs(body.decode())
    text = json.loads(json.loads(form["f.req"][0])[0][0][1])[0]
    pcm = Tone().narrate(Utterance(text=text, voice="low")).pcm
    mp3 = subprocess.run(
        [*FFMPEG, "-f", "s16le", "-ar", "16000", "-ac", "1", "-i", "pipe:0", "-ar", "24000", "-f", "mp3", "pipe:1"],
        input=pcm,
        capture_output=True,
        check=True,
    ).stdout
    return audio(mp3)


def audio(mp3):
    line = r")]}\'" + "\n\n" + r'[["wrb.fr","jQ1olc","[\"' + base64.b64encode(mp3).decode() + r'\"]",null]]'
    return Reply(body=line.encode())


@pytest.fixture
def ask(monkeypatch, certificate):
    """Point the library at a server of ours, over TLS."""

    def start(*replies):
        running = serving(*replies, certificate=certificate)
        server = running.__enter__()
        stop.append(running)
        monkeypatch.setattr("gtts.tts._translate_url", lambda tld, path: f"https://{server.address}/{path}?tld={tld}")
        return server

    stop = []
    yield start
    for running in stop:
        running.__exit__(None, None, None)


class TestGTTS(NarratorContract):
    @pytest.fixture(autouse=True)
    def server(self, ask, ca_file):
        ask(spoken)
        self.ca_file = ca_file

    def narrator(self):
        return GTTS(pause=0, ca_file=self.ca_file)

    # The contract's second sentence is longer than the service takes in one request.
    sample = "The north region grew by fifteen percent."


def test_the_certificate_is_verified_though_the_library_would_not(ask):
    server = ask(spoken)
    with pytest.raises(EngineUnavailable, match="not trusted; nothing was sent") as caught:
        GTTS(pause=0).narrate(WORDS)
    assert server.asked == []
    assert not caught.value.retryable


def test_the_text_goes_as_it_is_in_one_request(ask, ca_file):
    server = ask(spoken)
    GTTS(pause=0, ca_file=ca_file).narrate(Utterance(text="Doctor Keller, and so on.", voice="gb"))
    ((path, _, body),) = server.asked
    assert "tld=co.uk" in path
    assert "Doctor Keller, and so on." in urllib.parse.unquote(body.decode())


def test_requests_keep_their_distance(ask, ca_file):
    ask(spoken)
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    narrator = GTTS(pause=0.5, ca_file=ca_file, _sleep=sleep, _clock=lambda: now[0])
    narrator.narrate(WORDS)
    narrator.narrate(WORDS)
    now[0] += 10
    narrator.narrate(WORDS)
    assert slept == [0.5]


@pytest.mark.parametrize(("status", "retryable"), [(403, False), (404, False), (429, True), (500, True)])
def test_a_status_tells_whether_to_ask_again(ask, ca_file, status, retryable):
    ask(Reply(status=status, headers={"Retry-After": "9"}))
    with pytest.raises(EngineUnavailable) as caught:
        GTTS(pause=0, ca_file=ca_file).narrate(WORDS)
    assert caught.value.retryable is retryable
    assert caught.value.retry_after == (9 if status in (429, 500) else caught.value.retry_after)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(body=b"[]"), "without audio"),
        (Reply(body=rb'"jQ1olc","[\"###\"]'), "not base64"),
        (audio(b"this is no mp3 at all" * 50), "cannot decode"),
    ],
)
def test_a_success_without_sound_is_none(ask, ca_file, reply, why):
    ask(reply)
    with pytest.raises(BadSpeech, match=why):
        GTTS(pause=0, ca_file=ca_file).narrate(WORDS)


def test_a_service_that_hangs_is_left(ask, ca_file):
    ask(Reply(body=b"x" * 100, drip=5))
    with pytest.raises(EngineUnavailable, match="no answer"):
        GTTS(pause=0, seconds=0.3, ca_file=ca_file).narrate(WORDS)


def test_the_library_logs_no_text(ask, ca_file, caplog):
    ask(spoken)
    with caplog.at_level(logging.DEBUG):
        GTTS(pause=0, ca_file=ca_file).narrate(WORDS)
    assert "Good morning" not in caplog.text


def test_it_counts_as_online():
    assert GTTS().limits.online
