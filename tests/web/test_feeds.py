"""Feeds over HTTP: the same bytes for the same state, and nothing rendered that need not be."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest

from roadcast import rss
from roadcast.model import State
from roadcast.web.app import build
from roadcast.workflow import people


def feed(ask, app, token, **headers):
    return ask(app, path=f"/private/s/{token}/morning.xml", **headers)


def titles(heard) -> list[str]:
    return [item.findtext("guid") or "" for item in ET.fromstring(heard.body).iter("item")]


@pytest.fixture
def anna(stage):
    return stage.enrol("anna", "morning")


@pytest.fixture
def app(stage):
    return build(stage.site())


def test_a_feed_is_rss_of_the_listeners_own(stage, anna, app, ask):
    heard = feed(ask, app, anna)
    assert heard.status == 200
    assert heard.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert heard.headers["cache-control"] == "private, no-cache"
    assert heard.headers["content-length"] == str(len(heard.body))
    assert "last-modified" not in heard.headers
    assert titles(heard) == ["guid-morning-2026-11-20", "guid-morning-2026-11-19"]
    base = f"http://127.0.0.1:8000/private/s/{anna}/"
    enclosures = [e.get("url") for e in ET.fromstring(heard.body).iter("enclosure")]
    assert all(url.startswith(f"{base}m/") for url in enclosures)
    assert rss.PLACEHOLDER.encode() not in heard.body
    assert b"@example.com" not in heard.body
    assert b"Anna" not in heard.body


def test_every_address_in_the_feed_can_be_fetched_with_its_type_and_length(stage, anna, app, ask):
    root = ET.fromstring(feed(ask, app, anna).body)
    checked = 0
    for element in root.iter():
        url = element.get("url") or element.get("href") or ""
        if not url.startswith("http://127.0.0.1:8000/private/"):
            continue
        heard = ask(app, path=url.removeprefix("http://127.0.0.1:8000"))
        assert heard.status == 200, url
        if element.get("length"):
            assert heard.headers["content-length"] == element.get("length") == str(len(heard.body))
        if element.get("type"):
            assert heard.headers["content-type"].split(";")[0] == element.get("type")
        checked += 1
    assert checked >= 2 * 5  # audio, chapters and three transcripts of two episodes


def test_the_same_state_gives_the_same_bytes_on_another_server(stage, anna, ask):
    one, other = feed(ask, build(stage.site()), anna), feed(ask, build(stage.site()), anna)
    assert one.body == other.body
    assert one.headers["etag"] == other.headers["etag"]


def test_what_the_app_knows_is_304_and_nothing_is_rendered(stage, anna, ask, monkeypatch):
    tag = feed(ask, build(stage.site()), anna).headers["etag"]
    monkeypatch.setattr(rss, "render", lambda _: pytest.fail("rendered"))
    app = build(stage.site())
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        heard = feed(ask, app, anna, If_None_Match=known)
        assert (heard.status, heard.body) == (304, b"")
        assert heard.headers["etag"] == tag


def test_a_feed_is_rendered_once_for_all_who_hear_the_same(stage, anna, app, ask, monkeypatch):
    rendered = []
    true_render = rss.render
    monkeypatch.setattr(rss, "render", lambda told: rendered.append(told) or true_render(told))
    ben = stage.enrol("ben", "morning")
    bodies = {feed(ask, app, token).body for token in (anna, ben, anna)}
    assert len(bodies) == 2
    assert len(rendered) == 1
    assert {body.replace(anna.encode(), b"?").replace(ben.encode(), b"?") for body in bodies} == {
        feed(ask, app, ben).body.replace(ben.encode(), b"?")
    }


def test_one_listeners_tag_says_nothing_about_anothers(stage, anna, app, ask):
    ben = stage.enrol("ben", "morning")
    tag = feed(ask, app, anna).headers["etag"]
    assert feed(ask, app, ben, If_None_Match=tag).status == 200


def test_a_new_episode_changes_the_tag_at_the_next_request(stage, anna, app, ask):
    tag = feed(ask, app, anna).headers["etag"]
    stage.publish("morning", date(2026, 11, 18))
    heard = feed(ask, app, anna, If_None_Match=tag)
    assert heard.status == 200
    assert len(titles(heard)) == 3


def test_a_scheduled_episode_appears_by_itself_when_it_is_due(stage, anna, app, ask):
    due = datetime(2026, 11, 21, 6, tzinfo=UTC)
    stage.publish("morning", date(2026, 11, 21), at=due)
    before = feed(ask, app, anna)
    assert len(titles(before)) == 2
    stage.now = due
    after = feed(ask, app, anna, If_None_Match=before.headers["etag"])
    assert titles(after)[0] == "guid-morning-2026-11-21"


def test_an_episode_for_others_is_in_their_feeds_alone(stage, anna, app, ask):
    wanda = stage.enrol("wanda", "morning", groups=["west", "south"])
    stage.publish("morning", date(2026, 11, 18), groups=["west"])
    assert "guid-morning-2026-11-18" in titles(feed(ask, app, wanda))
    assert "guid-morning-2026-11-18" not in titles(feed(ask, app, anna))


def test_a_change_of_groups_holds_at_the_next_request(stage, app, ask):
    wanda = stage.enrol("wanda", "morning", groups=["west"])
    stage.publish("morning", date(2026, 11, 18), groups=["west"])
    assert len(titles(feed(ask, app, wanda))) == 3
    person = stage.catalogue.people.find("wanda@example.com")
    from dataclasses import replace

    stage.catalogue.people.save(subscribers=[replace(person, groups=frozenset())])
    assert len(titles(feed(ask, app, wanda))) == 2


def test_gzip_is_for_feeds_that_ask_and_never_for_media(stage, anna, app, ask):
    plain = feed(ask, app, anna)
    zipped = feed(ask, app, anna, Accept_Encoding="gzip, deflate, br")
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert zipped.headers["content-length"] == str(len(zipped.body))
    assert "Accept-Encoding" in zipped.headers["vary"]
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert feed(ask, app, anna, Accept_Encoding="gzip").body == zipped.body  # no time in its header
    for tag in (plain.headers["etag"], zipped.headers["etag"]):
        assert feed(ask, app, anna, Accept_Encoding="gzip", If_None_Match=tag).status == 304
    episode = stage.catalogue.editions.episodes("morning")[0]
    for file in (episode.audio, *episode.transcripts):
        assert "content-encoding" not in ask(app, path=f"/private/s/{anna}/{file.path}", Accept_Encoding="gzip").headers


@pytest.mark.parametrize(
    ("told", "zipped"),
    [
        ("gzip;q=0", False),
        ("identity, gzip; q=0.000", False),
        ("*", True),
        ("*;q=0", False),
        ("*;q=0, GZIP;q=0.1", True),
        ("br, gzip;q=0.5", True),
        ("gzipped", False),
        ("", False),
    ],
)
def test_gzip_is_weighed_as_the_app_weighs_it(anna, app, ask, told, zipped):
    assert ("content-encoding" in feed(ask, app, anna, Accept_Encoding=told).headers) is zipped


def test_head_is_get_without_the_body(stage, anna, app, ask):
    episode = stage.catalogue.editions.episodes("morning")[0]
    files = (episode.audio, episode.chapters_file, episode.artwork, *episode.transcripts)
    for path in ("morning.xml", "", *(file.path for file in files)):
        got, head = (ask(app, method, f"/private/s/{anna}/{path}") for method in ("GET", "HEAD"))
        assert (head.status, head.body) == (200, b"")
        assert head.headers.raw == got.headers.raw


def test_a_suspended_listener_gets_a_feed_with_one_notice_and_no_media(stage, anna, app, ask):
    episode = stage.catalogue.editions.episodes("morning")[0]
    before = feed(ask, app, anna)
    people.step(stage.circulation, "anna@example.com", people.Step.SUSPEND)
    heard = feed(ask, app, anna, If_None_Match=before.headers["etag"])
    assert heard.status == 200
    root = ET.fromstring(heard.body)
    assert len(list(root.iter("item"))) == 1
    assert not list(root.iter("enclosure"))
    assert b"paused" in heard.body
    assert parsedate_to_datetime(root.findtext("channel/item/pubDate")) == episode.published  # not 1970
    for file in (episode.audio, episode.chapters_file, episode.artwork, *episode.transcripts):
        assert ask(app, path=f"/private/s/{anna}/{file.path}").status == 404
        assert file.path.encode() not in heard.body  # nothing is named that cannot be had
    page = ask(app, path=f"/private/s/{anna}/").body
    assert b"paused" in page
    assert b"<img" not in page
    people.step(stage.circulation, "anna@example.com", people.Step.RESUME)
    assert feed(ask, app, anna).body == before.body


def test_a_browser_that_opens_the_feed_is_shown_the_page(stage, anna, app, ask):
    heard = feed(ask, app, anna, Sec_Fetch_Dest="document", Accept="text/html,*/*")
    assert (heard.status, heard.headers["location"]) == (303, f"http://127.0.0.1:8000/private/s/{anna}/")
    assert (
        feed(ask, app, anna, Accept="text/html,application/xhtml+xml,*/*;q=0.8", Sec_Fetch_Mode="navigate").status
        == 200
    )


def test_a_show_without_episodes_has_a_valid_feed(stage, app, ask):
    from staging import make_show, open_stage

    empty = open_stage(stage.root / "empty", make_show())
    token = empty.enrol("anna")
    heard = feed(ask, build(empty.site()), token)
    assert heard.status == 200
    assert titles(heard) == []
    assert ask(build(empty.site()), path=f"/private/s/{token}/").status == 200
    empty.catalogue.close()


FILES = ("feed", "audio", "vtt", "chapters", "artwork")


@pytest.mark.parametrize("step", ["revoke", "rotate", "rotate with grace", "suspend", "remove", "expire"])
def test_a_right_that_ends_ends_at_the_next_request_for_this_listener_only(stage, ask, step):
    from datetime import timedelta

    anna, ben = stage.enrol("anna", "morning"), stage.enrol("ben", "morning")
    app = build(stage.site())
    episode = stage.catalogue.editions.episodes("morning")[0]
    files = [
        "morning.xml",
        episode.audio.path,
        episode.transcripts[0].path,
        episode.chapters_file.path,
        episode.artwork.path,
    ]

    def statuses(token):
        return [ask(app, path=f"/private/s/{token}/{path}").status for path in files]

    guids = titles(feed(ask, app, anna))
    assert statuses(anna) == statuses(ben) == [200] * 5
    who = "anna@example.com"
    match step:
        case "revoke":
            people.step(stage.circulation, who, people.Step.REVOKE)
        case "rotate":
            people.rotate(stage.circulation, who, grace=timedelta(0))
        case "rotate with grace":
            people.rotate(stage.circulation, who, grace=timedelta(hours=1))
        case "suspend":
            people.step(stage.circulation, who, people.Step.SUSPEND)
        case "remove":
            people.remove(stage.circulation, who)
        case "expire":
            (right,) = stage.catalogue.people.subscriptions(subscriber=stage.catalogue.people.find(who).id)
            from dataclasses import replace

            stage.catalogue.people.save(subscriptions=[replace(right, expires=stage.now)])
    expected = {"rotate with grace": [200] * 5, "suspend": [200, 404, 404, 404, 404]}.get(step, [404] * 5)
    assert statuses(anna) == expected
    assert statuses(ben) == [200] * 5
    if step.startswith("rotate"):
        assert titles(feed(ask, app, stage.token("anna", "morning"))) == guids
        assert statuses(stage.token("anna", "morning")) == [200] * 5
    if step == "suspend":
        people.step(stage.circulation, who, people.Step.RESUME)
        assert titles(feed(ask, app, anna)) == guids
        assert statuses(anna) == [200] * 5


def test_an_invited_listener_may_listen_and_is_active_after_pressing_the_button(stage, app, ask):
    anna = stage.enrol("anna", "morning")
    assert feed(ask, app, anna).status == 200
    assert stage.access("anna", "morning").state is State.INVITED
    assert ask(app, "POST", f"/private/i/{stage.invite('anna', 'morning')}").status == 303
    assert stage.access("anna", "morning").state is State.ACTIVE
    again = ask(app, "POST", f"/private/i/{stage.invite('anna', 'morning')}")
    assert again.status == 303  # pressing twice does no harm


def test_an_old_address_of_a_rebuilt_episode_leads_to_the_new_one(stage, anna, app, ask):
    old = stage.catalogue.editions.episodes("morning")[0]
    new = stage.publish("morning", date(2026, 11, 20), seed=5)
    assert new.audio.path != old.audio.path
    assert ask(app, path=f"/private/s/{anna}/{old.audio.path}").body == stage.bytes_of(new)
    assert ask(app, path=f"/private/s/{anna}/{old.audio.path.replace('.mp3', '.vtt')}").status == 404
