"""Naming apps, and telling crawlers from listeners."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from roadcast.errors import SettingsError
from roadcast.feedback import Agents, agents
from roadcast.feedback.agents import is_crawler

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)

LISTENERS = {
    "Overcast/3.0 (+http://overcast.fm/; iOS podcast app)": "Overcast",
    "Pocket Casts": "Pocket Casts",
    "AntennaPod/3.4.0": "AntennaPod",
    "Podcasts/1650.20 CFNetwork/1333.0.4 Darwin/21.5.0": "Apple Podcasts",
    "%D0%9F%D0%BE%D0%B4%D0%BA%D0%B0%D1%81%D1%82%D1%8B/1650.20 CFNetwork/1333.0.4 Darwin/21.5.0": "Apple Podcasts",
    "AppleCoreMedia/1.0.0.21F90 (iPhone; U; CPU OS 17_5_1 like Mac OS X; en_us)": "AppleCoreMedia",
    "Castro 2024.5/1523": "Castro",
    "PodcastAddict/v5 (+https://podcastaddict.com/; Android podcast app)": "Podcast Addict",
    "Podverse/Android Mobile App": "Podverse",
    "Spotify/8.9.42 iOS/17.5.1 (iPhone14,5)": "Spotify",
    "TuneIn Radio/32.1 (Linux;Android 14) ExoPlayerLib/2.18.1": "TuneIn",
    "Tweetbot/53300 CFNetwork/1335.0.3 Darwin/21.6.0": "Tweetbot",
    "gPodder/3.11.1 (http://gpodder.org/) Linux": "gPodder",
    "audiobookshelf (+https://audiobookshelf.org; like iTMS)": "audiobookshelf",
    "podboat/2.30.1 (Linux x86_64)": "podboat",
    "podcast-archiver/v1.7.1 (https://github.com/janw/podcast-archiver)": "podcast-archiver",
    "castget 2.0.1 (castget rss enclosure downloader)": "castget",
    "curl/8.5.0": "curl",
    "Wget/1.21.4": "Wget",
    "Lavf/60.3.100": "ffmpeg",
    "VLC/3.0.20 LibVLC/3.0.20": "VLC media player",
    "MyApp/2.1 (Linux;Android 14) ExoPlayerLib/2.19.1": "ExoPlayer (Android)",
    "stagefright/1.2 (Linux;Android 9)": "stagefright",
    f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1": "Safari",
    f"{LINUX} Chrome/120.0.0.0 Safari/537.36": "Chrome",
    f"{WINDOWS} Edg/126.0.0.0": "Edge",
    f"{WINDOWS} OPR/112.0.0.0": "Opera",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": "Firefox",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile": "Chrome",
    "My own player": "",
    "x" * 600 + "AntennaPod/1": "",
}
CRAWLERS = {
    "": "No name",
    " ": "No name",
    "Overcast/1.0 Podcast Sync (7 subscribers; feed-id=5; +http://overcast.fm/)": "Overcast feed parser",
    "PocketCasts/1.0 (Pocket Casts Feed Parser; +http://pocketcasts.com/)": "Pocket Casts feed parser",
    "atc/1.0 watchOS/10.5 model/Watch6,1 hwp/t8301 build/21T576 (6; dt:218)": "Apple Podcasts (Watch)",
    "iTMS": "Apple Podcasts automated checks",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": "Googlebot",
    f"{LINUX} Chrome/126.0.0.0 Safari/537.36 (compatible; GoogleOther)": "Google",
    "Slackbot 1.0 (+https://api.slack.com/robots)": "Slack Bot",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)": "Slack",
    "WhatsApp/2.24.11.85 A": "Meta",
    "facebookexternalhit/1.1": "Facebook Bot",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)": "Discord",
    "TelegramBot (like TwitterBot)": "TelegramBot",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SkypeUriPreview Preview/0.5": "Microsoft",
    f"{WINDOWS} Proofpoint": "Mail scanner",
    "kube-probe/1.29": "Uptime monitor",
    "Roadcast-FeedCheck/1 (podcast feed checker)": "Roadcast's own check",
    "python-requests/2.32.3": "python-requests",
    "okhttp/4.12.0": "okhttp",
    "Go-http-client/2.0": "Go Http Client",
    "GuzzleHttp/6.5 curl/7.88 PHP/8.2": "curl",
    f"{LINUX} HeadlessChrome/126.0.0.0 Safari/537.36": "Puppeteer",
    "SomeNewSpider/1.0": "Unnamed",
    f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1 (compatible; NewBot/2.1)": "Unnamed",
}


@pytest.mark.parametrize(("user_agent", "app"), LISTENERS.items())
def test_apps_are_known_by_their_user_agent(user_agent, app):
    assert Agents().app_of(user_agent) == app
    assert not is_crawler(app)


@pytest.mark.parametrize(("user_agent", "app"), CRAWLERS.items())
def test_crawlers_are_known_by_their_user_agent(user_agent, app):
    assert Agents().app_of(user_agent) == f"{app} (crawler)"
    assert is_crawler(f"{app} (crawler)")


def test_a_name_beyond_ascii_is_read_as_it_was_written():
    sent = "Подкасты/1520.39 CFNetwork/1206 Darwin/20.1.0"
    assert Agents().app_of(sent) == Agents().app_of(sent.encode().decode("latin-1")) == "Apple Podcasts"
    assert Agents().app_of("M\xfcller/1 AntennaPod\r\n") == ""
    assert Agents().app_of("Anten\nnaPod/1") == ""


PACKAGED = Path(agents.__file__).with_name("user_agents")


def packaged(kind: str) -> list[dict[str, str]]:
    return json.loads(PACKAGED.joinpath(f"{kind}.runtime.json").read_text("utf-8"))["entries"]


@pytest.mark.parametrize(("kind", "count"), [("bots", 303), ("apps", 560), ("libraries", 56), ("browsers", 11)])
def test_the_packaged_table_is_the_whole_list(kind, count):
    assert len(packaged(kind)) == count
    assert f"| `{kind}.runtime.json` | {count} |" in PACKAGED.joinpath("README.md").read_text("utf-8")
    assert {key for entry in packaged(kind) for key in entry} <= {"name", "pattern", "category"}
    assert "Open Podcast Analytics Working Group" in PACKAGED.joinpath("LICENSE").read_text("utf-8")


def test_the_first_entry_that_matches_wins_as_at_the_source():
    ours = json.loads(PACKAGED.joinpath("extra.json").read_text("utf-8"))
    for user_agent in [*LISTENERS, *(crawler for crawler in CRAWLERS if crawler.strip())]:
        if not any(re.search(entry["pattern"], user_agent) for part in ours.values() for entry in part):
            entries = (entry for kind in agents.KINDS for entry in packaged(kind))
            names = (entry["name"] for entry in entries if re.search(entry["pattern"], user_agent[: agents.LONGEST]))
            assert Agents().app_of(user_agent).removesuffix(" (crawler)") == next(names, "")


def test_the_packaged_table_is_read_when_first_asked_and_answers_are_remembered(monkeypatch):
    read = []
    monkeypatch.setattr(agents, "_packaged", lambda: read.append(1) or [("Any", lambda _: True)])
    known = Agents()
    assert read == []
    assert {known.app_of("Any/1") for _ in range(3)} == {"Any"}
    assert read == [1]


def write_table(folder: Path) -> None:
    for kind in ("bots", "apps", "libraries", "browsers"):
        entries = [
            {"name": kind.title(), "pattern": f"^{kind}/"},
            {"name": f"{kind} x", "pattern": f" {kind}$", "category": "bot"},
        ]
        folder.joinpath(f"{kind}.runtime.json").write_text(json.dumps({"entries": entries}))


def test_a_table_of_the_teams_own_takes_the_place_of_the_packaged_one(tmp_path):
    write_table(tmp_path)
    known = Agents(tmp_path)
    assert [known.app_of(f"{kind}/1") for kind in ("bots", "apps", "AntennaPod")] == ["Bots (crawler)", "Apps", ""]
    assert [known.app_of(f"any {kind}") for kind in ("apps", "libraries")] == [
        "apps x (crawler)",
        "libraries x (crawler)",
    ]
    assert known.app_of("curl/8.5.0") == "curl"


def test_entries_of_the_teams_own_take_their_place_before_and_between_the_lists(tmp_path):
    write_table(tmp_path)
    parts = {"listeners": "^bots/2", "crawlers": "^apps/2", "suspects": "s/"}
    extra = {part: [{"name": part, "pattern": pattern}] for part, pattern in parts.items()}
    tmp_path.joinpath("extra.json").write_text(json.dumps(extra))
    known = Agents(tmp_path)
    asked = ("bots/2", "bots/1", "apps/2", "apps/1", "browsers/1", "curl/8")
    said = ["listeners", "Bots (crawler)", "crawlers (crawler)", "Apps", "suspects (crawler)", ""]
    assert [known.app_of(user_agent) for user_agent in asked] == said


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"entries": ["x"]}',
        '{"entries": [{"name": "x"}]}',
        '{"entries": [{"name": 1, "pattern": "("}]}',
        '{"entries": [{"name": "x", "pattern": 1}]}',
    ],
)
def test_a_table_of_another_form_is_refused_by_name(tmp_path, content):
    write_table(tmp_path)
    tmp_path.joinpath("bots.runtime.json").write_text(content)
    with pytest.raises(SettingsError, match=r"bots\.runtime\.json"):
        Agents(tmp_path)


def test_a_table_without_one_of_its_files_is_refused_by_name(tmp_path):
    write_table(tmp_path)
    tmp_path.joinpath("libraries.runtime.json").unlink()
    with pytest.raises(SettingsError, match=r"libraries\.runtime\.json: cannot be read"):
        Agents(tmp_path)
