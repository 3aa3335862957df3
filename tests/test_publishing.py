"""Recording -> Episode: identity, notes, chapters, transcripts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import (
    FORMAT,
    MORNING,
    PAUSE,
    files_of,
    make_part,
    make_programme,
    make_publication,
    make_script,
    make_show,
    make_tag,
)
from roadcast import assembly, publishing
from roadcast.errors import PublishingError
from roadcast.model import Heading, Kind, Role
from roadcast.testing import make_item

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_a_shows_guid_is_the_one_of_the_podcast_namespace(address: str, guid: str) -> None:
    assert publishing.show_guid(address) == guid


def test_an_episodes_guid_survives_everything_but_another_day() -> None:
    first = make_publication().episode
    other = make_programme(make_item("else", headline="Something else"), title="Renamed")
    assert make_publication(other, number=9, published=MORNING + timedelta(hours=3)).episode.guid == first.guid
    tomorrow = replace(other.rundown, edition=replace(other.rundown.edition, date=MORNING.date() + timedelta(days=1)))
    assert make_publication(replace(other, rundown=tomorrow)).episode.guid != first.guid


def test_an_episode_tells_the_length_and_the_bytes_of_its_recording() -> None:
    programme = make_programme()
    recording = assembly.join(programme.clips, chapters=publishing.chapters(programme), tag=make_tag())
    episode = publish(programme, recording).episode
    assert (episode.seconds, episode.audio.size) == (recording.seconds, recording.size)
    assert episode.audio.path == f"m/road-2026-11-23-{recording.digest[:8]}.mp3"
    assert episode.chapters == recording.chapters


def publish(programme: publishing.Programme, recording: object) -> publishing.Publication:
    artwork = make_publication().episode.artwork
    guid = publishing.show_guid("https://podcasts.example/road.xml")
    return publishing.publish(programme, recording, show_guid=guid, published=MORNING, number=1, artwork=artwork)


def test_a_recording_of_another_programme_is_refused() -> None:
    programme = make_programme()
    recording = assembly.join(programme.clips[:3], chapters=(), tag=make_tag())
    with pytest.raises(PublishingError, match="road/2026-11-23"):
        publish(programme, recording)


def test_a_clip_that_does_not_say_its_script_is_refused() -> None:
    part = make_part(make_script("opening", "One.", "Two."))
    short = replace(part, clip=replace(part.clip, passages=part.clip.passages[:1]))
    with pytest.raises(PublishingError, match="says 1 passages, its script 'opening' has 2"):
        make_publication(make_programme(parts=(short,)))


def test_files_are_named_by_what_is_in_them_and_their_sizes_are_right() -> None:
    publication = make_publication()
    episode = publication.episode
    listed = [episode.chapters_file, *episode.transcripts]
    assert [(file.path, len(file.data)) for file in publication.files] == [(one.path, one.size) for one in listed]
    assert all(re.fullmatch(r"[ct]/road-2026-11-23-[0-9a-f]{8}\.(json|vtt|srt)", one.path) for one in listed)
    other = make_publication(make_programme(make_item("else", headline="Something else"))).episode
    assert not {one.path for one in listed} & {one.path for one in (other.chapters_file, *other.transcripts)}


def test_publishing_twice_gives_the_same_bytes() -> None:
    assert make_publication() == make_publication()


# Titles


def test_a_title_names_the_day_and_the_first_item_and_no_number() -> None:
    assert make_publication().episode.title == "Monday, 23 November: Orion prices rise 4% in January, and 1 more"


def test_the_full_stop_of_a_headline_is_left_out_where_something_follows() -> None:
    episode = make_publication(
        make_programme(make_item("a", headline="Prices rise."), make_item("b", headline="So..."))
    ).episode
    assert episode.title == "Monday, 23 November: Prices rise, and 1 more"
    assert "in 1 minute: Prices rise; So...</p>" in episode.notes
    assert "<li>Prices rise: Product team</li>" in episode.notes


@pytest.mark.parametrize("language", ["sv", "enm"])  # Middle English is no English
def test_a_title_in_another_language_has_the_day_in_figures(language) -> None:
    programme = make_programme(make_item("pris", headline="Nya priser"), language=language)
    assert publishing.title(programme) == "2026-11-23: Nya priser"


def test_a_title_in_english_of_any_country_has_the_day_in_words() -> None:
    programme = make_programme(make_item("price", headline="New prices"), language="EN-gb")
    assert publishing.title(programme) == "Monday, 23 November: New prices"


def test_a_long_headline_is_cut_in_the_title() -> None:
    assert len(publishing.title(make_programme(make_item("long", headline="long " * 100)))) <= 120


def test_an_edition_without_items_has_the_shows_title() -> None:
    programme = make_programme()
    opening_only = replace(programme, rundown=replace(programme.rundown, entries=programme.rundown.entries[:1]))
    assert publishing.title(opening_only) == "Monday, 23 November: Road Briefing"


# Chapters


def test_chapters_start_with_their_clips_and_leave_no_gap() -> None:
    programme = make_programme()
    found = publishing.chapters(programme)
    frames = [0, 20 + 400 + 20, 2 * 420 + 20]
    assert [one.start for one in found] == [float(FORMAT.seconds(count)) for count in frames]
    assert [one.end for one in found] == [*[one.start for one in found[1:]], programme.seconds]
    assert [(one.title, one.item) for one in found] == [
        ("Opening", None),
        ("Orion prices rise 4% in January", "prices"),
        ("How Mia won Hallberg", "won"),
    ]


def test_a_script_without_title_belongs_to_the_chapter_before() -> None:
    parts = (make_part(make_script("opening", "Hi.")), make_part(make_script("menu", "Today.", title=" ")))
    (chapter,) = publishing.chapters(make_programme(parts=parts))
    assert (chapter.start, chapter.end) == (0.0, float(FORMAT.seconds(800)))


def test_a_heading_inside_a_clip_is_a_chapter_from_the_middle_of_the_pause_before_it() -> None:
    script = make_script(
        "opening", "Hi.", "Today.", headings=(Heading(passage=1, name="menu", title="In this briefing"),)
    )
    part, item = make_part(script), make_part(make_script("prices", "Up."))
    first, second, third = publishing.chapters(make_programme(parts=(PAUSE, part, PAUSE, item)))
    middle = (part.clip.passages[0][1] + part.clip.passages[1][0]) / 2
    assert (first.title, first.start, first.end) == ("Opening", 0.0, second.start)
    assert (second.title, second.start) == ("In this briefing", float(FORMAT.seconds(20)) + middle)
    assert second.end == third.start == float(FORMAT.seconds(440))
    assert (second.item, third.item) == (None, "prices")


def test_a_chapter_links_to_a_source_that_is_a_web_page_only() -> None:
    web = make_item("web", source="https://intranet.example/prices")
    words = make_item("words", source="Product team")
    assert [one.link for one in publishing.chapters(make_programme(web, words))] == ["", web.source, ""]


def test_the_chapters_file_is_version_1_2_and_tells_what_the_tag_tells() -> None:
    publication = make_publication(make_programme(make_item("web", source="https://intranet.example/prices")))
    told = json.loads(files_of(publication)["chapters"])
    assert told["version"] == "1.2.0"
    assert told["chapters"][0]["startTime"] == 0
    assert [(one["startTime"], one["endTime"], one["title"], one.get("url", "")) for one in told["chapters"]] == [
        (round(one.start, 3), round(one.end, 3), one.title, one.link) for one in publication.episode.chapters
    ]


# Notes


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.hrefs: list[str] = []
        self.other: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        self.other += [name for name, _ in attrs if name != "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def read(notes: str) -> _Links:
    reader = _Links()
    reader.feed(notes)
    return reader


def test_notes_have_summary_timestamps_sources_and_disclosure() -> None:
    web = make_item("web", headline="New prices", source="https://intranet.example/p?a=1&b=2", credit="Pricing")
    words = make_item("words", headline="A & B", source="CRM", credit="")
    notes = make_publication(make_programme(web, words)).episode.notes
    assert notes == (
        "<p>Road Briefing in 1 minute: New prices; A &amp; B.</p>\n"
        "<p><strong>In this episode</strong></p>\n"
        "<ul>\n<li>00:00:00 Opening</li>\n<li>00:00:11 New prices</li>\n<li>00:00:22 A &amp; B</li>\n</ul>\n"
        "<p><strong>Sources</strong></p>\n"
        '<ul>\n<li><a href="https://intranet.example/p?a=1&amp;b=2">New prices</a>, Pricing</li>\n'
        "<li>A &amp; B: CRM</li>\n</ul>\n"
        "<p><em>The voices in this episode are generated by a computer (AI text-to-speech: pico/en-US).</em></p>"
    )


def test_the_summary_says_the_same_without_markup() -> None:
    summary = make_publication().episode.summary
    assert summary.startswith("Road Briefing in 1 minute: Orion prices rise 4% in January; How Mia won Hallberg.\n")
    assert "\n00:00:00 Opening\n00:00:11 Orion prices rise 4% in January\n" in summary
    assert "<" not in summary


@settings(deadline=None)
@given(headline=ANYTHING, source=ANYTHING, credit=ANYTHING)
def test_notes_of_any_text_hold_only_harmless_tags_and_links(headline: str, source: str, credit: str) -> None:
    item = make_item("x", headline=headline, source=source, credit=credit)
    found = read(make_publication(make_programme(item, title=credit)).episode.notes)
    assert found.tags <= {"p", "ul", "li", "a", "strong", "em"}
    assert found.other == []
    assert all(href.startswith(("https://", "http://")) for href in found.hrefs)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        'https://x.example/"onmouseover="alert(1)',
        "javascript:alert(1)",
        "//evil.example/",
        "https://x.example/<script>",
    ],
)
def test_markup_in_an_item_is_shown_as_text(attack: str) -> None:
    notes = make_publication(make_programme(make_item("x", headline=attack, source=attack))).episode.notes
    found = read(notes)
    assert found.tags <= {"p", "ul", "li", "a", "strong", "em"}
    assert found.other == []
    assert all(href.startswith("https://x.example/") for href in found.hrefs)
    assert f"{attack}." in found.words


def test_notes_of_a_hundred_items_fit_and_count_what_they_leave_out() -> None:
    items = [make_item(f"item-{n}", headline=f"Headline {n} ☃ " * 6, credit="Somebody") for n in range(100)]
    episode = make_publication(make_programme(*items)).episode
    assert 3_000 < len(episode.notes.encode()) <= 4_000
    assert len(episode.summary.encode()) <= 4_000
    assert episode.notes.count("<li>00:") >= 3
    assert re.search(r"<li>and \d+ more</li>", episode.notes)


def test_notes_of_the_longest_words_still_fit() -> None:
    item = make_item("x", headline="☃" * 5_000, source="☃" * 5_000, credit="☃" * 5_000)
    programme = make_programme(item, title="☃" * 5_000)
    assert len(make_publication(programme).episode.notes.encode()) <= 4_000


# Who speaks


def test_the_disclosure_names_every_voice_once() -> None:
    parts = (
        make_part(make_script("a", "One."), engines=("pico/en-US", "pico/en-GB")),
        make_part(make_script("b", "Two."), engines=("pico/en-US",)),
    )
    assert publishing.disclosure(make_programme(parts=parts)) == (
        "The voices in this episode are generated by a computer (AI text-to-speech: pico/en-US, pico/en-GB)."
    )


def test_the_disclosure_sets_real_people_apart() -> None:
    item = make_item("won", kind="story", credit="Mia Lindqvist")
    parts = (make_part(make_script("a", "One.")), make_part(make_script("won", "Hi.", recording="mia.wav")))
    publication = make_publication(make_programme(item, parts=parts))
    assert publication.episode.synthetic
    assert publication.episode.notes.endswith("pico/en-US). Recorded by real people: Mia Lindqvist.</em></p>")


def test_an_episode_of_recordings_alone_discloses_nothing() -> None:
    parts = (make_part(make_script("won", "Hi.", recording="mia.wav")),)
    programme = make_programme(make_item("won"), parts=parts)
    assert publishing.disclosure(programme) == ""
    assert not make_publication(programme).episode.synthetic


def test_guests_are_those_credited_for_stories_and_not_for_news() -> None:
    assert make_publication().episode.guests == ("Mia Lindqvist",)


def test_a_guest_is_named_without_the_function_behind_the_comma() -> None:
    item = make_item("won", kind="story", credit="Mia Lindqvist, sales north")
    assert make_publication(make_programme(item)).episode.guests == ("Mia Lindqvist",)


def test_a_kind_that_the_show_no_longer_tells_makes_no_guest() -> None:
    show = make_show(kinds=(Kind(name="update", label="Update", template="update"),))
    assert make_publication(replace(make_programme(), show=show)).episode.guests == ()


def test_an_opening_tells_no_item() -> None:
    programme = make_programme()
    assert programme.item(make_script("opening", "Hi.", role=Role.OPENING)) is None
