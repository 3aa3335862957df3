"""A real browser on the page a rep sees: from the invitation to the last word of the transcript."""

from __future__ import annotations

import importlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.real

# Nothing but the page may reach for the network, and a container has no display, GPU or sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
PATIENCE = 20_000  # ms


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    try:
        driver = importlib.import_module("playwright.sync_api")
    except ModuleNotFoundError:
        message = "Playwright is not installed: pip install playwright"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    path = os.environ.get("ROADCAST_TEST_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        message = f"{path} is not there: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with driver.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        yield opened
        opened.close()


class Witness:
    """Sees every request and every complaint of a page."""

    def __init__(self, page: Any) -> None:
        self.complaints: list[str] = []
        self.requests: list[Any] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request))

    def is_content(self, served: Any) -> None:
        host = f"127.0.0.1:{served.port}"
        assert self.complaints == []
        assert {urlsplit(request.url).netloc for request in self.requests} == {host}
        for request in self.requests:
            assert served.token not in request.headers.get("referer", "")


@pytest.fixture(params=["phone", "phone-dark", "desk", "desk-dark"])
def page(request, browser, served) -> Iterator[Any]:
    small = request.param.startswith("phone")
    context = browser.new_context(
        viewport=PHONE if small else DESK,
        user_agent=IPHONE if small else None,
        color_scheme="dark" if request.param.endswith("dark") else "light",
        reduced_motion="reduce",
    )
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    opened.name = request.param
    witness = Witness(opened)
    yield opened
    witness.is_content(served)
    context.close()


def picture(page: Any, name: str) -> None:
    """Keep a screenshot where somebody asked for it."""
    folder = os.environ.get("ROADCAST_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-{page.name}.png")


def now(page: Any) -> float:
    return float(page.evaluate("document.getElementById('audio').currentTime"))


def wait(page: Any, expression: str) -> None:
    """Wait until an expression is true; asked from outside, since the page's policy forbids to evaluate text."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came true: {expression}"
        page.wait_for_timeout(50)


def test_from_the_invitation_to_the_transcript(page, served):
    invitation = f"{served.origin}/private/i/{served.stage.invite('anna', 'morning')}"
    page.goto(invitation)
    picture(page, "invitation")
    page.get_by_role("button", name="Start listening").click()
    page.wait_for_url(f"{served.home}#apps")
    assert page.get_by_role("heading", name="Hear it in your podcast app").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "apps")

    page.goto(served.home)
    picture(page, "page")
    page.get_by_role("button", name="Play", exact=True).click()
    wait(page, "document.getElementById('audio').currentTime > 0.5")
    assert page.get_by_role("button", name="Pause").is_visible()

    chapters = page.locator("#chapters button")
    assert chapters.count() == 6
    chapters.nth(3).click()
    start = float(chapters.nth(3).get_attribute("data-start"))
    wait(page, f"document.getElementById('audio').currentTime > {start} + 0.2")
    assert now(page) < start + 8
    assert chapters.nth(3).get_attribute("aria-current") == "true"
    assert page.locator("#chapter").text_content() == "Chapter 4 of 6"

    page.get_by_role("tab", name="Transcript").click()
    page.wait_for_selector(".line.now")
    line = page.locator(".line.now")
    assert float(line.get_attribute("data-start")) <= now(page) + 0.5
    assert float(line.get_attribute("data-end")) >= now(page) - 1.5
    first = line.get_attribute("data-start")
    wait(page, f"document.querySelector('.line.now').dataset.start !== '{first}'")  # it follows the audio
    box, highlighted = page.locator("#transcript").bounding_box(), page.locator(".line.now").bounding_box()
    assert box["y"] <= highlighted["y"] <= box["y"] + box["height"]
    picture(page, "transcript")

    target = page.locator(".line").nth(1)
    wanted = float(target.get_attribute("data-start"))
    target.click()
    wait(page, f"Math.abs(document.getElementById('audio').currentTime - {wanted}) < 3")


def test_skips_speed_and_keys(page, served):
    page.goto(served.home)
    page.get_by_role("button", name="Play", exact=True).click()
    wait(page, "document.getElementById('audio').currentTime > 0.2")
    page.get_by_role("button", name="Pause").click()
    at = now(page)
    page.get_by_role("button", name="Forward 30 seconds").click()
    assert now(page) == pytest.approx(min(at + 30, page.evaluate("audio.duration")), abs=0.5)
    page.get_by_role("button", name="Back 15 seconds").click()
    assert now(page) == pytest.approx(at + 15, abs=0.5)
    page.get_by_label("Speed").select_option("1.5")
    assert page.evaluate("document.getElementById('audio').playbackRate") == 1.5
    page.locator("h1").click()
    page.keyboard.press("j")
    assert now(page) == pytest.approx(at, abs=0.5)
    page.keyboard.press("l")
    assert now(page) == pytest.approx(at + 30, abs=0.5)
    page.keyboard.press(">")
    assert page.evaluate("document.getElementById('audio').playbackRate") == 1.75
    page.keyboard.press(" ")
    wait(page, "!document.getElementById('audio').paused")
    page.keyboard.press("k")
    wait(page, "document.getElementById('audio').paused")
    page.get_by_role("tab", name="Chapters").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Transcript").get_attribute("aria-selected") == "true"
    assert page.get_by_role("slider", name="Position").get_attribute("aria-valuetext").endswith("seconds")


def test_the_position_is_remembered_and_what_was_heard_is_told(page, served):
    page.goto(served.home)
    page.get_by_role("button", name="Play", exact=True).click()
    wait(page, "document.getElementById('audio').currentTime > 2.5")
    with page.expect_request("**/heard") as told:
        page.get_by_role("button", name="Pause").click()
    report = told.value.post_data_json
    assert report["episode"] == "guid-morning-2026-11-20"
    ((start, end),) = report["heard"]
    assert 0 <= start < end <= now(page) + 1
    left = now(page)
    page.reload()
    assert "Continues at" in page.locator("#status").text_content()
    page.get_by_role("button", name="Play", exact=True).click()
    wait(page, f"document.getElementById('audio').currentTime > {left}")
    assert now(page) < left + 8


def test_an_earlier_episode_and_the_address_of_one(page, served):
    page.goto(f"{served.home}#2026-11-18")
    assert page.locator("#title").text_content().startswith("Wednesday, 18 November")
    page.locator(".episode").nth(1).click()
    assert page.locator("#title").text_content().startswith("Thursday, 19 November")
    wait(page, "document.getElementById('audio').currentTime > 0.2")
    assert page.url.endswith("#2026-11-19")


def test_without_script_the_episode_can_still_be_heard(browser, served):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(served.home)
    assert page.locator("audio[controls]").is_visible()
    assert page.locator("#controls").is_hidden()
    assert page.locator("a.app").first.is_visible()
    context.close()


def test_everything_can_be_reached_by_keyboard_and_has_a_name(page, served):
    page.goto(served.home)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input, select, audio[controls]')]
            .filter((e) => e.checkVisibility())
            .filter((e) => !(e.getAttribute('aria-label') || e.labels?.length || e.textContent.trim()))
            .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, a.app, select, a.episode')].filter((e) => e.checkVisibility())
            .map((e) => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 80)]).filter(([height]) => height < 40)"""
    )
    assert small == []
