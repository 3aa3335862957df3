"""What a browser shows, as far as a parser can see it; tests/real/web looks with a browser."""

from __future__ import annotations

import logging
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from roadcast.web import colours, pages
from roadcast.web.app import build
from roadcast.web.apps import apps


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.scripts: list[dict[str, str | None]] = []
        self.inline: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        if tag == "script":
            self.scripts.append(told)
        for name in ("href", "src", "action", "data-audio", "data-transcript"):
            if told.get(name):
                self.found.append((tag, told[name]))


@pytest.fixture
def token(stage):
    return stage.enrol("anna", "morning")


def test_the_page_has_one_button_for_each_app(stage, token, ask):
    page = ask(build(stage.site()), path=f"/private/s/{token}/").body.decode()
    links = [url for _, url in Links(page).found]
    for app in apps(f"http://127.0.0.1:8000/private/s/{token}/morning.xml"):
        assert links.count(app.link) == 1, app.name
    assert "Spotify cannot be used" in page
    assert f'value="http://127.0.0.1:8000/private/s/{token}/morning.xml"' in page


def test_the_apps_of_the_phone_at_hand_come_first(stage, token, ask):
    app = build(stage.site())

    def order(agent):
        page = ask(app, path=f"/private/s/{token}/", User_Agent=agent).body.decode()
        return page.index("antennapod-subscribe:") < page.index("overcast:")

    assert order("Mozilla/5.0 (Linux; Android 15)")
    assert not order("Mozilla/5.0 (iPhone)")


@pytest.mark.parametrize("where", ["s", "i"])
def test_nothing_is_inline_and_everything_on_the_page_is_there(stage, token, ask, where):
    app = build(stage.site())
    home = f"/private/s/{token}/" if where == "s" else f"/private/i/{stage.invite('anna', 'morning')}"
    heard = ask(app, path=home)
    links = Links(heard.body.decode())
    assert links.inline == []
    assert all(script.get("src") for script in links.scripts)
    assert heard.headers["cache-control"] == "private, no-store"
    assert "default-src 'none'" in heard.headers["content-security-policy"]
    fetched = 0
    for tag, url in links.found:
        if "://" in url or url.startswith("#") or tag == "form":
            assert not url.startswith(("http:", "https:")), url
            continue
        path = url if url.startswith("/") else home.rpartition("/")[0] + "/" + url
        assert ask(app, path=path).status == 200, path
        fetched += 1
    assert fetched >= 4


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8000/", "https://example.com/briefings/"])
def test_a_page_is_the_same_with_and_without_the_last_slash(stage, token, ask, base_url, caplog):
    caplog.set_level(logging.INFO)
    app = build(stage.site(circulation=replace(stage.circulation, base_url=base_url)))
    invitation = stage.invite("anna", "morning")
    for usual, odd in (
        (f"/private/s/{token}/", f"/private/s/{token}"),
        (f"/private/i/{invitation}", f"/private/i/{invitation}/"),
    ):
        heard, same = ask(app, path=usual), ask(app, path=odd)
        assert (same.status, same.body, same.headers) == (200, heard.body, heard.headers)
        wanted = [url for tag, url in Links(heard.body.decode()).found if "://" not in url and url[0] != "#"]
        assert all(url.startswith("/") for url in wanted)  # or it would be another file under the other spelling
        assert ask(app, path=odd.replace(token, "A" * 27).replace(invitation, "A" * 27)).status == 404
    pressed = ask(app, "POST", f"/private/i/{invitation}/")
    assert (pressed.status, pressed.headers["location"]) == (303, f"{base_url}private/s/{token}/#apps")
    assert token not in caplog.text
    assert invitation not in caplog.text
    assert "GET page 200" in caplog.text


def test_under_a_path_of_a_shared_host_the_assets_are_found_there(stage, ask):
    circulation = replace(stage.circulation, base_url="https://example.com/briefings/")
    token = stage.enrol("anna", "morning")
    page = ask(build(stage.site(circulation=circulation)), path=f"/private/s/{token}/")
    assert 'href="/briefings/static/pages.css"' in page.body.decode()
    assert f"https://example.com/briefings/private/s/{token}/morning.xml" in page.body.decode()
    assert page.headers["strict-transport-security"].startswith("max-age=")


def test_a_static_file_is_known_by_its_tag(stage, ask):
    app = build(stage.site())
    for name in ("pages.css", "player.js", "icon.svg"):
        first = ask(app, path=f"/static/{name}")
        assert first.status == 200
        assert ask(app, path=f"/static/{name}", If_None_Match=first.headers["etag"]).status == 304


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (65.9, "1:05"), (600, "10:00"), (3725, "1:02:05")])
def test_the_clock(seconds, shown):
    assert pages.clock(seconds) == shown


@pytest.mark.parametrize("colour", ["#0b3954", "#ff6663", "#ffffff", "#000000", "#ffff00", "#777777", "#8a2be2"])
def test_every_colour_of_a_show_can_be_read(colour):
    assert colours.contrast(colours.over(colour), colour) >= colours.READABLE
    for background in (colours.PAPER, colours.NIGHT):
        assert colours.contrast(colours.readable(colour, background), background) >= colours.READABLE


def test_contrast_is_that_of_the_standard():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_colour_that_is_none_cannot_become_css():
    sheet = colours.stylesheet("red}body{display:none", "url(https://evil.example)")
    assert "evil" not in sheet
    assert "display" not in sheet


def test_the_page_backgrounds_are_those_of_the_stylesheet():
    sheet = pages._assets()["pages.css"].data.decode()
    assert f"--paper: {colours.PAPER}" in sheet
    assert f"--paper: {colours.NIGHT}" in sheet
