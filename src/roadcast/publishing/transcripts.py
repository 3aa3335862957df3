"""Write transcripts in the three formats that podcast apps read (podcast namespace, "transcripts")."""

from __future__ import annotations

import html
import json

from roadcast.model import Caption
from roadcast.publishing.captions import Layout, captions, spread
from roadcast.publishing.programme import Programme

_PHRASES = Layout(width=65)
_SUBTITLES = Layout(width=32, names=True)


def vtt(programme: Programme) -> bytes:
    """Write WebVTT with a voice span in every cue: two lines of 65 characters at most, as the namespace advises."""
    cues = [
        f"{_clock(start, '.')} --> {_clock(end, '.')}\n{_voice(caption)}{_escape(caption.text)}\n"
        for start, end, caption in spread(captions(programme, _PHRASES))
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def srt(programme: Programme) -> bytes:
    """Write SubRip: two lines of 32 characters at most, the name wherever the speaker changes."""
    cues = [
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{caption.text.replace('-->', '->')}\n"
        for number, (start, end, caption) in enumerate(spread(captions(programme, _SUBTITLES)), start=1)
    ]
    return "\n".join(cues).encode()


def transcript(programme: Programme) -> bytes:
    """Write the podcast namespace's JSON transcript, version 1.0.0."""
    segments = [
        {
            "speaker": caption.speaker,
            "startTime": start / 1000,
            "endTime": end / 1000,
            "body": caption.text.replace("\n", " "),
        }
        for start, end, caption in spread(captions(programme, _PHRASES))
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, indent=1).encode()


def _clock(milliseconds: int, point: str) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def _voice(caption: Caption) -> str:
    return f"<v {_escape(caption.speaker)}>" if caption.speaker else ""


def _escape(text: str) -> str:
    """Write the three characters that mean something in a cue as references; no arrow survives that."""
    return html.escape(text, quote=False)
