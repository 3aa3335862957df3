"""Feed to XML: what podcast apps require, and nothing that they would trip over."""

from __future__ import annotations

import io
import locale
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import feedparser
import lxml.etree
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import MORNING, check_golden, make_episode, make_feed, make_publication, make_show
from roadcast import rss
from roadcast.errors import PublishingError
from roadcast.model import Enclosure, Feed, Presenter

NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
NASTY = "a\x00b\x0bc ]]> <b>&amp; \ud800 \ufffe 😀 \u202eשלום"
NASTY_AS_SHOWN = "abc ]]> <b>&amp; 😀 \u202eשלום"


def parse(xml: bytes) -> lxml.etree._Element:
    return lxml.etree.fromstring(xml, lxml.etree.XMLParser(resolve_entities=False, recover=False))


def find(feed: Feed, path: str) -> list[str]:
    """Render a feed and collect texts or attribute values by a path from its channel."""
    found = parse(rss.render(feed))[0].xpath(path, namespaces=NAMES)
    return [one if isinstance(one, str) else (one.text or "") for one in found]


def test_a_feed_is_what_it_was() -> None:
    episode = make_publication().episode
    check_golden("feed.xml", rss.render(make_feed(episode, make_episode(7, guests=("Mia Lindqvist",)))))


def test_a_suspended_feed_is_what_it_was() -> None:
    check_golden(
        "feed-suspended.xml", rss.render(make_feed(notice="Your subscription is paused. Call sales operations."))
    )


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("title", ["Road Briefing"]),
        ("description", ["What changed, and what to do today."]),
        ("link", ["https://podcasts.example/private/s/secret/"]),
        ("language", ["en"]),
        ("lastBuildDate", ["Mon, 23 Nov 2026 05:00:00 +0000"]),
        ("atom:link/@href", ["https://podcasts.example/private/s/secret/road.xml"]),
        ("atom:link/@rel", ["self"]),
        ("atom:link/@type", ["application/rss+xml"]),
        ("itunes:category/@text", ["Business"]),
        ("itunes:category/itunes:category/@text", ["Management"]),
        ("itunes:explicit", ["false"]),
        ("itunes:author", ["Road Briefing"]),
        ("itunes:type", ["episodic"]),
        ("itunes:image/@href", ["https://podcasts.example/private/s/secret/a/road-0a1b2c3d.jpg"]),
        ("itunes:block", ["Yes"]),
        ("podcast:block", ["yes"]),
        ("podcast:locked", ["yes"]),
        ("podcast:locked/@owner", []),
        ("podcast:guid", ["83595a2e-3b79-5db3-897e-6db38162676b"]),
        ("podcast:medium", ["podcast"]),
        ("podcast:updateFrequency", ["Every working day"]),
        ("podcast:updateFrequency/@rrule", ["FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"]),
        ("podcast:txt[@purpose='ai-content']", ["true"]),
        ("podcast:person[@role='host']", ["Ada", "Ben"]),
    ],
)
def test_the_channel_has_what_the_standards_ask_for(path: str, values: list[str]) -> None:
    assert find(make_feed(), path) == values


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("title", ["Day 1: prices"]),
        ("description", ["<p>In 7 minutes: prices.</p>"]),
        ("link", ["https://podcasts.example/private/s/secret/#2026-01-02"]),
        ("pubDate", ["Fri, 02 Jan 2026 05:00:00 +0000"]),
        ("guid/@isPermaLink", ["false"]),
        ("enclosure/@url", ["https://podcasts.example/private/s/secret/m/road-2026-01-02-0a1b2c3d.mp3"]),
        ("enclosure/@length", ["3360000"]),
        ("enclosure/@type", ["audio/mpeg"]),
        ("itunes:duration", ["420"]),
        ("itunes:explicit", ["false"]),
        ("itunes:season", ["2026"]),
        ("itunes:episode", ["1"]),
        ("itunes:episodeType", ["full"]),
        ("itunes:image/@href", ["https://podcasts.example/private/s/secret/a/road-0a1b2c3d.jpg"]),
        ("podcast:season", ["2026"]),
        ("podcast:season/@name", ["2026"]),
        ("podcast:episode", ["1"]),
        ("podcast:episode/@display", ["2 Jan, 2026 Q1"]),
        ("podcast:transcript/@type", ["text/vtt", "application/json", "application/x-subrip"]),
        ("podcast:transcript/@language", ["en", "en", "en"]),
        ("podcast:transcript[@rel='captions']/@type", ["text/vtt", "application/x-subrip"]),
        ("podcast:chapters/@type", ["application/json+chapters"]),
        ("podcast:chapters/@url", ["https://podcasts.example/private/s/secret/c/road-2026-01-02-0a1b2c3d.json"]),
        ("podcast:person", []),
        ("podcast:txt[@purpose='ai-content']", ["true"]),
    ],
)
def test_an_episode_has_what_the_standards_ask_for(path: str, values: list[str]) -> None:
    assert find(make_feed(), f"item/{path}") == values


def test_every_url_of_a_feed_lies_under_its_base_url() -> None:
    urls = find(make_feed(), ".//@href | .//@url | .//link")
    assert len(urls) == 10
    assert all(url.startswith("https://podcasts.example/private/s/secret/") for url in urls)


def test_only_known_namespaces_are_declared_and_all_at_the_root() -> None:
    xml = rss.render(make_feed())
    assert xml.count(b"xmlns") == 4
    assert b"ns0" not in xml


def test_no_mail_address_is_in_a_feed() -> None:
    assert b"@" not in rss.render(make_feed())


def test_guests_come_with_the_hosts_because_an_episode_replaces_the_channels_list() -> None:
    feed = make_feed(make_episode(guests=("Mia Lindqvist",)))
    assert find(feed, "item/podcast:person") == ["Ada", "Ben", "Mia Lindqvist"]
    assert find(feed, "item/podcast:person/@role") == ["host", "host", "guest"]


def test_an_episode_of_real_voices_says_so() -> None:
    assert find(make_feed(make_episode(synthetic=False)), "item/podcast:txt") == ["false"]


def test_episodes_come_newest_first_however_they_are_given() -> None:
    feed = make_feed(make_episode(2), make_episode(5), make_episode(3))
    assert find(feed, "item/title") == ["Day 5: prices", "Day 3: prices", "Day 2: prices"]


def test_the_same_feed_gives_the_same_bytes() -> None:
    assert rss.render(make_feed()) == rss.render(make_feed())


def test_times_are_told_in_any_zone() -> None:
    stockholm = timezone(timedelta(hours=1))
    feed = make_feed(updated=datetime(2026, 11, 23, 6, 0, tzinfo=stockholm))
    assert find(feed, "lastBuildDate") == ["Mon, 23 Nov 2026 06:00:00 +0100"]


def test_rendering_leaves_the_locale_of_the_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError("another thread would have seen this")

    monkeypatch.setattr(locale, "setlocale", refuse)
    rss.render(make_feed())


def test_the_shows_own_page_is_its_link() -> None:
    feed = make_feed(show=make_show(link="https://intranet.example/road"))
    assert find(feed, "link") == ["https://intranet.example/road"]
    assert find(feed, "item/link") == ["https://intranet.example/road#2026-01-02"]


def test_text_that_xml_cannot_say_is_left_out_and_nothing_else() -> None:
    feed = make_feed(make_episode(title=NASTY, notes=NASTY), show=make_show(title=NASTY, description=NASTY))
    assert find(feed, "title | item/title | item/itunes:title") == [NASTY_AS_SHOWN] * 3
    assert find(feed, "description | item/description") == [NASTY_AS_SHOWN.replace(" 😀", "   😀")] * 2


@given(title=ANYTHING, text=ANYTHING, name=ANYTHING, other=ANYTHING)
def test_any_text_makes_a_feed_that_a_strict_parser_reads(title: str, text: str, name: str, other: str) -> None:
    show = make_show(
        title=f"x{title}",
        description=text,
        company=other,
        author=name,
        presenters=(Presenter(name=name),),
        frequency=other,
        rrule=text,
        language=name,
        link=other,
    )
    channel = parse(rss.render(make_feed(make_episode(title=title, notes=text, guests=(other,)), show=show)))[0]
    assert channel.findtext("title").startswith("x")
    assert len(channel.findall("item")) == 1


def test_a_megabyte_of_text_becomes_what_apps_take() -> None:
    feed = make_feed(make_episode(title="long " * 200_000, notes="long ☃ " * 200_000))
    (title,), (description,) = find(feed, "item/title"), find(feed, "item/description")
    assert len(title) <= 255
    assert 3_980 < len(description.encode()) <= 4_000
    assert description.endswith(("long…", "☃…"))


def test_text_without_a_gap_is_cut_to_the_byte() -> None:
    (description,) = find(make_feed(make_episode(notes="☃" * 3_000)), "item/description")
    assert len(description.encode()) in range(3_998, 4_001)


def test_a_suspended_feed_has_one_item_without_sound_and_says_it_in_the_description_too() -> None:
    feed = make_feed(notice="Paused. Call sales operations.")
    assert find(feed, "item/title") == ["About Road Briefing"]
    assert find(feed, "item/description") == ["Paused. Call sales operations."]
    assert find(feed, "item/enclosure") == []
    assert find(feed, "description") == ["Paused. Call sales operations.\n\nWhat changed, and what to do today."]
    assert find(feed, "podcast:guid") == find(make_feed(), "podcast:guid")


def test_a_notice_is_a_new_item_only_when_it_says_something_else() -> None:
    first, again, other = (find(make_feed(notice=text), "item/guid") for text in ("Paused.", "Paused.", "Call us."))
    assert first == again != other


def test_a_feed_rendered_once_becomes_anybodys_by_substitution() -> None:
    neutral = make_feed(base_url=rss.PLACEHOLDER, address=f"{rss.PLACEHOLDER}road.xml")
    mine = "https://podcasts.example/private/s/mine/"
    own = make_feed(base_url=mine, address=f"{mine}road.xml")
    assert rss.personalise(rss.render(neutral), mine) == rss.render(own)


def test_a_base_url_with_an_ampersand_stays_xml() -> None:
    neutral = make_feed(base_url=rss.PLACEHOLDER, address=f"{rss.PLACEHOLDER}road.xml")
    own = parse(rss.personalise(rss.render(neutral), "https://podcasts.example/a&b'\"/"))
    assert own.find("channel/link").text == "https://podcasts.example/a&b'\"/"
    assert own.find("channel/item/enclosure").get("url").startswith("https://podcasts.example/a&b'\"/m/")


@pytest.mark.parametrize(
    "url",
    [
        "https://h/secret",
        "ftp://h/secret/",
        "https://h/sec ret/",
        "https://h/<secret>/",
        "https://h/sécret/",
        "secret/",
        "",
    ],
)
def test_an_impossible_base_url_is_refused_without_being_told(url: str) -> None:
    with pytest.raises(PublishingError) as refusal:
        rss.personalise(b"", url)
    assert "cret" not in str(refusal.value)
    with pytest.raises(PublishingError):
        rss.render(make_feed(base_url=url))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"show": make_show(title=" ")}, "show road has no title"),
        ({"show": make_show(category="Selling")}, "Selling > Management is no category"),
        ({"show": make_show(subcategory="Cooking")}, "Business > Cooking is no category"),
        ({"updated": MORNING.replace(tzinfo=None)}, "has no zone"),
        ({"artwork": Enclosure(path="a/cövér.jpg", type="image/jpeg", size=1)}, "cövér"),
        ({"artwork": Enclosure(path="a/cover.jpg", type="image/jpeg", size=0)}, "empty"),
    ],
)
def test_a_feed_that_apps_would_refuse_is_not_rendered(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(PublishingError, match=message):
        rss.render(make_feed(**wrong))


@pytest.mark.parametrize(
    ("same", "what"),
    [
        ({"guid": make_episode(1).guid}, "guid"),
        ({"audio": make_episode(1).audio}, "audio file"),
        ({"title": make_episode(1).title, "published": make_episode(1).published}, "title on one day"),
    ],
)
def test_two_episodes_that_apps_would_take_for_one_are_refused(same: dict[str, object], what: str) -> None:
    with pytest.raises(PublishingError, match=f"editions road/2026-01-02 and road/2026-01-03 share one {what}"):
        rss.render(make_feed(make_episode(1), make_episode(2, **same)))


def test_the_same_title_on_two_days_is_fine() -> None:
    feed = make_feed(make_episode(1, title="Prices"), make_episode(2, title="Prices"))
    assert find(feed, "item/title") == ["Prices", "Prices"]


def test_an_episode_without_time_zone_is_refused() -> None:
    episode = make_episode()
    with pytest.raises(PublishingError, match="road/2026-01-02"):
        rss.render(make_feed(replace(episode, published=episode.published.replace(tzinfo=None))))


def test_feedparser_reads_it() -> None:
    read = feedparser.parse(rss.render(make_feed(make_episode(1), make_episode(2))))
    assert not read.bozo
    assert read.feed.title == "Road Briefing"
    assert [entry.enclosures[0].length for entry in read.entries] == ["3360000", "3360000"]
    assert [entry.itunes_duration for entry in read.entries] == ["420", "420"]


def test_podcastparser_reads_it() -> None:
    read = podcastparser.parse("https://podcasts.example/road.xml", io.BytesIO(rss.render(make_feed(make_episode(1)))))
    (episode,) = read["episodes"]
    assert episode["total_time"] == 420
    assert episode["enclosures"][0]["mime_type"] == "audio/mpeg"
    assert episode["guid"] == make_episode(1).guid


def test_a_guid_holds_neither_address_nor_secret() -> None:
    (guid,) = find(make_feed(), "item/guid")
    assert re.fullmatch(r"[0-9a-f-]{36}", guid)
