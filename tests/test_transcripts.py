"""What is said, as WebVTT, SRT and JSON: in time, in order, within the widths that apps show."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from making import (
    PAUSE,
    check_golden,
    files_of,
    make_item,
    make_part,
    make_programme,
    make_publication,
    make_script,
)
from roadcast.model import Mark, Presenter

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
LONG = (
    "Quotes issued before 31 December keep the old price for 60 days, as long as the customer signs within that time. "
    "Dr. Ng of Hallberg & Sons confirmed it on Nov. 12 in writing."
)


def cues(text: str) -> list[tuple[float, float, list[str]]]:
    """Read WebVTT or SRT: start, end and lines of each cue."""
    found = []
    for block in text.split("\n\n"):
        match = re.search(
            r"(\d\d):(\d\d):(\d\d)[.,](\d{3}) --> (\d\d):(\d\d):(\d\d)[.,](\d{3})\n(.*)", block, re.DOTALL
        )
        if match:
            h, m, s, ms, h2, m2, s2, ms2 = map(int, match.groups()[:8])
            times = (h * 3600 + m * 60 + s + ms / 1000, h2 * 3600 + m2 * 60 + s2 + ms2 / 1000)
            found.append((*times, match.group(9).strip("\n").split("\n")))
    return found


def shown(line: str) -> str:
    return re.sub(r"<[^>]*>", "", line).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_the_transcript_is_what_it_was() -> None:
    parts = (
        make_part(make_script("opening", "Good morning --> it is <Monday> & 4 degrees.")),
        PAUSE,
        make_part(make_script("prices", LONG, "Ask Pricing."), frames=900),
        PAUSE,
        make_part(make_script("won", "Mia won it in 3 visits.", presenter=1)),
    )
    texts = files_of(make_publication(make_programme(parts=parts)))
    check_golden("transcript.vtt", texts["vtt"].encode())
    check_golden("transcript.srt", texts["srt"].encode())


def test_the_three_formats_say_the_same_words() -> None:
    texts = files_of(make_publication(make_programme(parts=(make_part(make_script("a", LONG, "Ask <Pricing>.")),))))
    words = [word for one in json.loads(texts["json"])["segments"] for word in one["body"].split()]
    assert words == [*LONG.split(), "Ask", "<Pricing>."]
    assert words == [word for *_, lines in cues(texts["vtt"]) for line in lines for word in shown(line).split()]
    assert ["Ada:", *words] == [word for *_, lines in cues(texts["srt"]) for line in lines for word in line.split()]


def test_cues_start_and_end_with_their_passages() -> None:
    programme = make_programme()
    spans = [
        (round(start + begin, 3), round(start + end, 3))
        for start, clip, _ in programme.scripts()
        for begin, end in clip.passages
    ]
    vtt = cues(files_of(make_publication(programme))["vtt"])
    starts, ends = {start for start, *_ in vtt}, {end for _, end, _ in vtt}
    assert {start for start, _ in spans} <= starts
    assert {end for _, end in spans} <= ends


@settings(deadline=None)
@given(texts=st.lists(ANYTHING, min_size=1, max_size=4), name=ANYTHING)
def test_any_text_makes_transcripts_within_their_widths_and_in_order(texts: list[str], name: str) -> None:
    show = {"presenters": (Presenter(name=name), Presenter(name="Ben"))}
    parts = tuple(make_part(make_script("opening", text, presenter=n % 2)) for n, text in enumerate(texts))
    publication = make_publication(make_programme(parts=parts, **show))
    told = files_of(publication)
    for suffix, width in (("vtt", 65), ("srt", 32)):
        before = 0.0
        for start, end, lines in cues(told[suffix]):
            assert before <= start < end
            assert len(lines) <= 2
            assert all(len(shown(line)) <= width for line in lines)
            before = end
        assert before <= publication.episode.seconds + 0.1
    assert json.loads(told["json"])["version"] == "1.0.0"


def test_no_cue_crosses_a_sentence_but_an_abbreviation_is_no_end() -> None:
    vtt = cues(files_of(make_publication(make_programme(parts=(make_part(make_script("prices", LONG)),))))["vtt"])
    assert [shown(" ".join(lines)) for *_, lines in vtt] == [
        "Quotes issued before 31 December keep the old price for 60 days, as long as the customer signs within that time.",
        "Dr. Ng of Hallberg & Sons confirmed it on Nov. 12 in writing.",
    ]


def test_a_cue_within_a_passage_starts_with_a_word_where_the_engine_told_its_words() -> None:
    words = tuple(Mark(word=word, start=1 + n * 0.25, end=1.2 + n * 0.25) for n, word in enumerate(LONG.split()))
    part = make_part(make_script("prices", LONG), frames=900)
    marked = replace(part, clip=replace(part.clip, passages=((1.0, 9.5),), words=words))
    second = cues(files_of(make_publication(make_programme(parts=(marked,))))["vtt"])[1]
    assert second[0] == words[LONG.split().index("Dr.")].start


def test_passages_that_overlap_become_cues_in_order() -> None:
    part = make_part(make_script("a", "One.", "Two."))
    touching = replace(part, clip=replace(part.clip, passages=((1.0, 2.05), (2.0, 2.0504))))
    found = cues(files_of(make_publication(make_programme(parts=(touching,))))["vtt"])
    assert [(start, end) for start, end, _ in found] == [(1.0, 2.05), (2.05, 2.051)]


def test_the_name_stands_in_srt_wherever_the_speaker_changes_and_in_vtt_always() -> None:
    scripts = [make_script("a", "One."), make_script("b", "Two.", "Three.", presenter=1)]
    texts = files_of(make_publication(make_programme(parts=tuple(make_part(script) for script in scripts))))
    assert [lines for *_, lines in cues(texts["srt"])] == [["Ada: One."], ["Ben: Two."], ["Three."]]
    assert [lines for *_, lines in cues(texts["vtt"])] == [["<v Ada>One."], ["<v Ben>Two."], ["<v Ben>Three."]]


def test_in_a_recording_of_a_real_person_it_is_that_person_who_speaks() -> None:
    item = make_item("won", kind="story", credit="Mia Lindqvist", recording="mia.wav")
    parts = (make_part(make_script("won", "I just called.", recording="mia.wav")),)
    publication = make_publication(make_programme(item, parts=parts))
    assert json.loads(files_of(publication)["json"])["segments"][0]["speaker"] == "Mia Lindqvist"
