"""Any feed, judged: ours keeps every rule, and every rule can be broken."""

from __future__ import annotations

import io
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from flawed import SECRET, Handler
from making import MORNING, encode, make_clip, make_feed, make_item, make_programme, make_tag
from roadcast import artwork, assembly, feedcheck, publishing, rss
from roadcast.feedcheck.checking import RULES
from roadcast.model import Enclosure

BASE = f"https://podcasts.example/private/s/{SECRET}/"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish an episode that really sounds, with everything beside it; addresses are still to be chosen."""
    folder = tmp_path_factory.mktemp("published")
    cover = artwork.cover("Road", subtitle="", colours=("#0b3954", "#ff6663"))
    picture = Enclosure(path="a/road-0a1b2c3d.jpg", type="image/jpeg", size=len(cover))
    programme, sounds = _sounding()
    tag = make_tag(cover=artwork.small(cover))
    recording = assembly.join(programme.clips, chapters=publishing.chapters(programme), tag=tag)
    guid = publishing.show_guid("https://podcasts.example/road.xml")
    made = publishing.publish(programme, recording, show_guid=guid, published=MORNING, number=1, artwork=picture)
    sound = b"".join(assembly.write(recording, lambda clip: sounds[clip.key]))
    files = {file.path: file.data for file in made.files} | {picture.path: cover, made.episode.audio.path: sound}
    earlier = replace(
        made.episode,
        guid="0f0e6a3e-8a55-5f0c-8f3b-1f2d7a4f1a11",
        title="Friday, 20 November: Something else",
        published=MORNING - timedelta(days=3),
        audio=replace(made.episode.audio, path=made.episode.audio.path.replace("-23-", "-20-")),
    )
    files[earlier.audio.path] = sound
    feed = make_feed(
        made.episode, earlier, base_url=rss.PLACEHOLDER, address=f"{rss.PLACEHOLDER}road.xml", artwork=picture
    )
    files["road.xml"] = rss.render(feed)
    for path, data in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def _sounding() -> tuple[publishing.Programme, dict[str, bytes]]:
    """Give every part of a programme real sound."""
    programme = make_programme(
        make_item("prices", headline="Orion prices rise"), make_item("won", headline="How Mia won")
    )
    parts, sounds = [], {}
    for number, part in enumerate(programme.parts):
        data = encode(11.0 if part.script else 0.5, hertz=200 + 30 * number)
        clip = make_clip(data, passages=part.clip.passages, engines=part.clip.engines)
        parts.append(replace(part, clip=clip))
        sounds[clip.key] = data
    return replace(programme, parts=tuple(parts)), sounds


@pytest.fixture
def folder(published: Path, tmp_path: Path) -> Path:
    """Give a copy to spoil, at its address."""
    copy = tmp_path / "feeds"
    shutil.copytree(published, copy)
    _move(copy, BASE)
    return copy


def _move(folder: Path, base: str) -> None:
    path = folder / "road.xml"
    path.write_bytes(rss.personalise(path.read_bytes(), base))


def judge(source: object) -> dict[str, feedcheck.Verdict]:
    return {f"{one.area}: {one.rule}": one for one in feedcheck.check(str(source), now=MORNING + timedelta(hours=1))}


def broken(verdicts: dict[str, feedcheck.Verdict]) -> dict[str, str]:
    return {rule: str(one) for rule, one in verdicts.items() if one.state is not feedcheck.State.PASS}


def swap(old: str, new: str, count: int = 1) -> Callable[[Path], None]:
    """Change the feed's text."""

    def spoil(folder: Path) -> None:
        path = folder / "road.xml"
        text = path.read_text(encoding="utf-8")
        changed = re.sub(old, new, text, count=count, flags=re.DOTALL)
        assert changed != text
        path.write_text(changed, encoding="utf-8")

    return spoil


def file(pattern: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Change the bytes of the files of a pattern."""

    def spoil(folder: Path) -> None:
        paths = list(folder.glob(pattern))
        assert paths
        for path in paths:
            path.write_bytes(change(path.read_bytes()))

    return spoil


def _say_it_twice(folder: Path) -> None:
    swap(r"Friday, 20 November: Something else", "Monday, 23 November: Orion prices rise, and 1 more", 0)(folder)
    swap("<pubDate>Fri, 20 Nov 2026 05:00:00", "<pubDate>Mon, 23 Nov 2026 01:00:00")(folder)


def shrunk(_: bytes) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 600)).save(out, "JPEG")
    return out.getvalue()


def _in_latin_1(data: bytes) -> bytes:
    text = re.sub("encoding=.UTF-8.", 'encoding="ISO-8859-1"', data.decode())
    return text.encode("latin-1", "xmlcharrefreplace")


BREACHES: list[tuple[str, Callable[[Path], None]]] = [
    ("PSP-1: RSS 2.0", swap('version="2.0"', 'version="0.91"')),
    ("PSP-1: UTF-8", file("road.xml", _in_latin_1)),
    ("PSP-1: one channel, one enclosure an item", swap("(<enclosure [^>]*>)", r"\1\1")),
    ("PSP-1: one channel, one enclosure an item", swap("</channel>", "</channel><channel/>")),
    ("PSP-1: something to hear", swap("<item>.*</item>", "")),
    ("PSP-1: guids that are no addresses", swap(' isPermaLink="false"', "")),
    ("PSP-1: guids that are no addresses", swap('isPermaLink="false"', 'isPermaLink="true"')),
    ("PSP-1: titles without spaces around them", swap("<title>Monday", "<title> Monday")),
    ("PSP-1: titles without spaces around them", swap("Road Briefing</title>", "Road Briefing\n</title>")),
    ("PSP-1: namespaces as defined", swap("podcastindex.org/namespace/1.0", "PodcastIndex.org/namespace/1.0")),
    ("PSP-1: a link to itself", swap('rel="self"', 'rel="next"')),
    ("PSP-1: title, description and link", swap("<title>Road Briefing</title>", "<title/>")),
    ("PSP-1: language", swap("<language>en<", "<language>English, mostly<")),
    ("PSP-1: category", swap('text="Management"', 'text="Selling"')),
    ("PSP-1: explicit is true or false", swap("explicit>false<", "explicit>no<")),
    ("PSP-1: descriptions of 4000 bytes", swap("What changed", "☃" * 1400)),
    ("PSP-1: texts of 255 characters", swap("<title>Road Briefing<", f"<title>{'long ' * 60}<")),
    ("PSP-1: author", swap("<itunes:author>.*?</itunes:author>", "")),
    ("PSP-1: title and guid of items", swap("<guid .*?</guid>", "")),
    ("PSP-1: enclosures", swap('type="audio/mpeg"', 'type="audio/ogg"')),
    ("PSP-1: enclosures", swap('length="[0-9]+"', 'length="None"')),
    ("PSP-1: recommended parts of items", swap("<itunes:duration>[0-9]+</itunes:duration>", "")),
    ("PSP-1: no numbers in titles", swap("<title>Monday,", "<title>Episode 12: Monday,")),
    ("PSP-1: durations in whole seconds", swap("<itunes:duration>[0-9]+<", "<itunes:duration>00:34<")),
    ("PSP-1: season and episode numbers", swap("<itunes:episode>1<", "<itunes:episode>0<")),
    ("Apple: type", swap("episodic", "weekly")),
    ("Apple: guids unique", swap(r'(<guid[^>]*>)(.{36})(.*<guid[^>]*>).{36}', r"\1\2\3\2")),
    ("Apple: enclosures unique", swap(r'(<enclosure url=")([^"]*)(.*<enclosure url=")[^"]*', r"\1\2\3\2")),
    ("Apple: addresses in ASCII", swap(r"road-2026-11-23-(\w{8}).mp3", r"väg-\1.mp3")),
    ("Apple: dates", swap("<pubDate>Mon, 23 Nov 2026", "<pubDate>Mon, 23 Nov 2037")),
    ("Apple: dates", swap("<pubDate>[^<]*<", "<pubDate>2026-11-23<")),
    ("Apple: newest first, a minute apart", swap("<pubDate>Fri, 20 Nov 2026", "<pubDate>Mon, 23 Nov 2026")),
    ("Apple: date of the feed", swap("<lastBuildDate>.*?</lastBuildDate>", "")),
    ("podcast namespace: guid", swap("<podcast:guid>.", "<podcast:guid>z")),
    ("podcast namespace: transcripts", swap('type="text/vtt"', 'type="text/webvtt"')),
    ("podcast namespace: chapters", swap('"application/json.chapters"', '"application/json"')),
    ("podcast namespace: people", swap('<podcast:person role="host">Ada<', '<podcast:person role="host"><')),
    ("podcast namespace: medium", swap("medium>podcast<", "medium>radio<")),
    ("podcast namespace: update frequency", swap(' rrule="[^"]*"', "")),
    ("podcast namespace: synthetic voices declared", swap('"ai-content">true<', '"ai-content">maybe<')),
    ("media: everything is there", lambda folder: next(folder.glob("t/*.srt")).unlink()),
    ("media: everything could be looked at", swap(r'url="[^"]*\.vtt"', 'url="https://cdn.example/x.vtt"')),
    ("media: lengths in bytes", file("m/*.mp3", lambda data: data[:-1])),
    ("media: durations", swap("<itunes:duration>[0-9]+<", "<itunes:duration>61<")),
    ("media: durations", file("m/*.mp3", lambda data: b"<html>" + data[6:])),
    ("media: artwork", file("a/*.jpg", shrunk)),
    ("media: artwork", file("a/*.jpg", lambda _: b"<svg/>")),
    ("chapters: chapters file", file("c/*.json", lambda data: data.replace(b'"startTime": 0.0', b'"startTime": 2.0'))),
    ("chapters: chapters file", file("c/*.json", lambda _: b"[" * 100_000)),
    ("chapters: the same in the sound", file("m/*.mp3", lambda data: data.replace(b"CTOC", b"XTOC"))),
    ("chapters: the same in the sound", file("c/*.json", lambda data: data.replace(b"Mia", b"Eva"))),
    ("chapters: timestamps in the notes", swap("00:00:00", "at first", 2)),
    ("transcripts: readable", file("t/*.vtt", lambda data: data[6:])),
    ("transcripts: readable", file("t/*.json", lambda data: data.replace(b"1.0.0", b"2.0.0"))),
    ("transcripts: short lines", file("t/*.srt", lambda data: data.replace(b"Good", b"Good " * 9))),
    ("transcripts: end with the sound", file("t/*.vtt", lambda data: re.sub(rb"(.*)--> 00:00", rb"\1--> 01:00", data, flags=re.DOTALL))),
    ("privacy: kept out of directories", swap("block>Yes<", "block>yes<")),
    ("privacy: kept out of directories", swap("<podcast:locked>yes", "<podcast:locked>no")),
    ("privacy: no mail address", swap("What changed", "Write to sales@norrland.example. What changed")),
    ("privacy: no mail address", swap("<podcast:locked>", '<podcast:locked owner="nobody">')),
    ("privacy: all of it behind one secret", swap(rf'url="[^"]*{SECRET}/(t/[^"]*\.vtt)"', r'url="https://podcasts.example/\1"')),
    ("privacy: secret in the path", swap(r'(<enclosure url="[^"]*)"', r'\1?token=1"')),
    ("privacy: stays on its host", swap("<itunes:block>", "<itunes:new-feed-url>https://other.example/x.xml</itunes:new-feed-url><itunes:block>")),
    ("privacy: guids without secrets", swap(r'(<guid[^>]*>)', rf"\1{SECRET}")),
    ("privacy: encrypted", swap("https://podcasts", "http://podcasts", 0)),
    ("apps: AntennaPod sees no duplicates", _say_it_twice),
    ("apps: Pocket Casts finds the feed by its link", swap(r"/road\.xml", "/road.xml?token=secret")),
]  # fmt: skip


def test_our_own_feed_keeps_every_rule(folder: Path) -> None:
    assert broken(judge(folder / "road.xml")) == {}


@pytest.mark.parametrize(("rule", "spoil"), BREACHES, ids=[f"{n} {rule}" for n, (rule, _) in enumerate(BREACHES)])
def test_a_breach_is_found_by_its_rule(rule: str, spoil: Callable[[Path], None], folder: Path) -> None:
    spoil(folder)
    verdict = judge(folder / "road.xml")[rule]
    assert verdict.state is not feedcheck.State.PASS
    assert verdict.reason
    assert verdict.advice
    assert SECRET not in str(verdict)


def test_every_rule_has_a_breach_that_it_finds() -> None:
    tested = {rule for rule, _ in BREACHES} | {rule for rule, _ in FLAWS}
    assert {f"{rule.area}: {rule.name}" for rule in RULES} == tested


def test_a_secret_in_the_query_is_told_as_that_and_not_printed(folder: Path) -> None:
    swap(r'(<enclosure url="[^"]*)"', r'\1?token=hunter2"')(folder)
    told = str(judge(folder / "road.xml")["privacy: secret in the path"])
    assert re.search(r"podcasts\.example/…/road-[\w-]+\.mp3 is asked for with a query string", told)
    assert "hunter2" not in told


def test_a_guid_that_is_an_address_may_be_one(folder: Path) -> None:
    swap(r'<guid isPermaLink="false">[^<]*', "<guid>https://podcasts.example/1")(folder)
    assert judge(folder / "road.xml")["PSP-1: guids that are no addresses"].state is feedcheck.State.PASS


def test_a_move_on_the_same_host_is_fine(folder: Path) -> None:
    swap("<itunes:block>", f"<itunes:new-feed-url>{BASE}new.xml</itunes:new-feed-url><itunes:block>")(folder)
    assert broken(judge(folder / "road.xml")) == {}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no XML"),
        (b"<html><body/></html>", "its root is <html>"),
        (b"<rss><channel>", "no XML"),
        (b"words", "it is no XML: Start tag expected, '<' not found, line 1, column 1"),
        (b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><title>&a;</title></channel></rss>', "document type"),
        (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE rss><rss><channel/></rss>'.encode("utf-16"),
            "document type",
        ),
        (b"<rss>" + b"<channel>" * 100_000, "no XML"),
        (b"<rss>" + b" " * 6_000_000, "5 MB"),
    ],
    ids=["empty", "page", "cut off", "words", "entities", "UTF-16", "deep", "large"],
)
def test_what_is_no_feed_gets_one_verdict(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(data)
    (verdict,) = feedcheck.check(str(path))
    assert verdict.state is feedcheck.State.FAIL
    assert reason in verdict.reason


def test_a_file_that_is_not_there_gets_one_verdict(tmp_path: Path) -> None:
    (verdict,) = feedcheck.check(str(tmp_path / "none.xml"))
    assert str(verdict).startswith("FAIL feed: can be fetched: No such file or directory; look at")


def test_a_feed_cannot_make_us_read_files_outside_its_folder(folder: Path) -> None:
    (folder.parent / "outside.vtt").write_text("WEBVTT\n")
    swap(r't/[^"]*\.vtt', "../outside.vtt")(folder)
    verdicts = judge(folder / "road.xml")
    assert broken(verdicts)["media: everything could be looked at"].startswith("WARN")


def test_a_verdict_tells_the_first_breach_and_counts_the_others(folder: Path) -> None:
    swap("<itunes:explicit>false", "<itunes:explicit>clean", 0)(folder)
    verdict = judge(folder / "road.xml")["PSP-1: explicit is true or false"]
    assert verdict.reason == "the channel says 'clean' (and 2 more)"


# On the web


@pytest.fixture
def serve(published: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Serve a copy of the feed on loopback with the given flaws; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(*flaws: str) -> str:
        handler = type("Spoilt", (Handler,), {"folder": tmp_path / "web", "flaws": frozenset(flaws), "asked": []})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/private/s/{SECRET}/"
        shutil.copytree(published, tmp_path / "web")
        _move(tmp_path / "web", base)
        return f"{base}road.xml"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


FLAWS = [
    ("HTTP: HEAD", "no HEAD"),
    ("HTTP: HEAD", "HEAD differs"),
    ("HTTP: type of the feed", "feed as page"),
    ("HTTP: feed can be asked for changes", "no tags"),
    ("HTTP: an unchanged feed is not sent", "never 304"),
    ("HTTP: same state, same bytes", "unstable"),
    ("HTTP: private caching, no search engines", "public"),
    ("HTTP: ranges", "no ranges"),
    ("HTTP: ranges", "bare 416"),
    ("HTTP: resuming after a change", "splices"),
    ("HTTP: sound sent as it is", "zipped sound"),
    ("HTTP: types as in the feed", "wrong types"),
    ("HTTP: chapters and transcripts for players in browsers", "closed"),
    ("apps: AntennaPod asks for changes only", "old"),
    ("apps: AntennaPod takes the sound", "sound as page"),
]


def test_our_own_feed_on_a_good_server_keeps_every_rule(serve: Callable[..., str]) -> None:
    assert broken(judge(serve())) == {}


@pytest.mark.parametrize(("rule", "flaw"), FLAWS, ids=[flaw for _, flaw in FLAWS])
def test_a_flaw_of_the_server_is_found_by_its_rule(rule: str, flaw: str, serve: Callable[..., str]) -> None:
    assert rule in broken(judge(serve(flaw)))


@pytest.mark.parametrize("flaws", [(), ("moved away",)], ids=["named in the feed", "by a redirect"])
def test_t9_no_other_host_is_ever_asked(
    flaws: tuple[str, ...], serve: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = serve(*flaws)
    swap(r'url="[^"]*\.vtt"', 'url="http://localhost:9/x.vtt"')(tmp_path / "web")
    asked: list[tuple[str, int]] = []
    connect = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda to, *a, **k: asked.append(to) or connect(to, *a, **k))
    verdicts = judge(address)
    assert broken(verdicts)["media: everything could be looked at"].startswith("WARN")
    assert {host for host, _ in asked} == {"127.0.0.1"}


def test_a_login_is_sent_to_the_host_and_never_printed(serve: Callable[..., str]) -> None:
    address = serve("login")
    assert "status 401" in str(judge(address).popitem()[1])
    verdicts = judge(address.replace("://", "://who%40ever:hunter%2f2@"))
    assert broken(verdicts) == {}
    (failed,) = judge(address.replace("://", "://x:wrong-hunter@").replace("road", "other")).values()
    assert "status 401" in failed.reason
    assert "hunter" not in str(failed)


def test_a_feed_with_a_login_may_name_files_under_a_secret_of_its_own(
    serve: Callable[..., str], tmp_path: Path
) -> None:
    address = serve("login").replace("://", "://who%40ever:hunter%2f2@")
    (tmp_path / "web" / "other").mkdir()
    (tmp_path / "web" / "road.xml").rename(tmp_path / "web" / "other" / "road.xml")
    assert broken(judge(address.replace("/road.xml", "/other/road.xml"))) == {}


def test_a_server_that_is_not_there_gets_one_verdict() -> None:
    (verdict,) = feedcheck.check("http://127.0.0.1:9/road.xml")
    assert verdict.state is feedcheck.State.FAIL
    assert "refused" in verdict.reason


def test_a_wrong_secret_gets_one_verdict(serve: Callable[..., str]) -> None:
    (verdict,) = feedcheck.check(serve().replace(SECRET, "wrong"))
    assert "status 404" in verdict.reason
