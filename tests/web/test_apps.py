"""Deep links, judged by models of what each app does with them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from roadcast.web.apps import App, System, apps, system

FEED = "https://briefings.example.com/rep/private/s/AbC_-123456789012345678901/morning.xml"


def link(name: str, on: System, feed: str = FEED) -> str:
    (found,) = [app for app in apps(feed) if app.name == name and on in app.systems]
    return found.link


def overcast(url: str) -> str:
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.path) == ("overcast", "x-callback-url", "/add")
    return parse_qs(parts.query)["url"][0]


def pocket_casts_android(url: str) -> str:
    """DeepLinkFactory: `subscribehttps` is https, `subscribe` is http, and the rest is host and path alone."""
    match = re.fullmatch(r"pktc://(subscribe|subscribehttps)/(.+)", url)
    assert match is not None
    return ("https://" if match[1] == "subscribehttps" else "http://") + match[2].partition("?")[0]


def pocket_casts_ios(url: str) -> str:
    """AppDelegate: what follows `subscribe/`; without a scheme it is http."""
    assert url.startswith("pktc://subscribe/")
    inner = url.removeprefix("pktc://subscribe/")
    return inner if inner.startswith(("http://", "https://")) else f"http://{inner}"


def antennapod(url: str) -> str:
    """UrlChecker.prepareUrl: strips its scheme; without an inner one it is http."""
    assert url.startswith("antennapod-subscribe://")
    inner = url.removeprefix("antennapod-subscribe://")
    return inner if inner.startswith(("http://", "https://")) else f"http://{inner}"


def after_scheme(scheme: str):
    def parse(url: str) -> str:
        assert url.startswith(f"{scheme}://")
        return unquote(url.removeprefix(f"{scheme}://"))

    return parse


def bare(scheme: str):
    """Schemes that carry no transport: the app chooses it, and https is all that the server offers."""
    return lambda url: "https://" + after_scheme(scheme)(url)


@pytest.mark.parametrize(
    ("name", "on", "parse"),
    [
        ("Apple Podcasts", System.IOS, bare("podcast")),
        ("Apple Podcasts", System.DESKTOP, bare("podcast")),
        ("Overcast", System.IOS, overcast),
        ("Pocket Casts", System.IOS, pocket_casts_ios),
        ("Pocket Casts", System.ANDROID, pocket_casts_android),
        ("AntennaPod", System.ANDROID, antennapod),
        ("Castro", System.IOS, bare("castro://subscribe".removesuffix("://subscribe"))),
        ("Podcast Addict", System.ANDROID, after_scheme("podcastaddict")),
        ("gPodder", System.DESKTOP, after_scheme("gpodder")),
    ],
)
def test_each_app_reads_the_very_feed_over_https(name, on, parse):
    read = parse(link(name, on))
    assert read.replace("https://subscribe/", "https://") == FEED


def test_the_exact_forms():
    rest = FEED.removeprefix("https://")
    assert [(app.name, app.link) for app in apps(FEED)] == [
        ("Apple Podcasts", f"podcast://{rest}"),
        ("Overcast", f"overcast://x-callback-url/add?url={FEED.replace(':', '%3A').replace('/', '%2F')}"),
        ("Pocket Casts", f"pktc://subscribe/{FEED}"),
        ("Castro", f"castro://subscribe/{rest}"),
        ("AntennaPod", f"antennapod-subscribe://{FEED}"),
        ("Pocket Casts", f"pktc://subscribehttps/{rest}"),
        ("Podcast Addict", f"podcastaddict://{FEED}"),
        ("gPodder", f"gpodder://{FEED}"),
    ]


def test_no_link_leads_to_a_third_party():
    assert not [app.link for app in apps(FEED) if urlsplit(app.link).scheme in ("http", "https")]


def test_on_this_machine_the_links_keep_http():
    local = "http://127.0.0.1:8000/private/s/T/morning.xml"
    assert pocket_casts_android(link("Pocket Casts", System.ANDROID, local)) == local
    assert pocket_casts_ios(link("Pocket Casts", System.IOS, local)) == local


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", System.IOS),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile", System.ANDROID),
        ("Mozilla/5.0 (X11; Linux x86_64)", System.DESKTOP),
        ("", System.DESKTOP),
    ],
)
def test_the_system_is_guessed_from_the_browser(agent, expected):
    assert system(agent) is expected


def test_every_system_has_an_app():
    for one in System:
        assert [app for app in apps(FEED) if isinstance(app, App) and one in app.systems]
