"""The page for the editor: true numbers, text that cannot run, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadcast.feedback import Attendance, Attention, Rep, Report, SegmentShare, Silent, Spread
from roadcast.feedback.page import FIRST, STRIP, Stop, render, sheet, stop
from roadcast.feedback.plots import area, outline, percent
from roadcast.feedback.summary import MOMENTS
from roadcast.model import (
    Edition,
    Enclosure,
    Episode,
    Listening,
    Presenter,
    Show,
    ShowId,
    State,
    Subscriber,
    SubscriberId,
    Subscription,
)

DAILY = ShowId("daily")
WRITTEN = datetime(2026, 3, 20, 23, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7 * 7 }}"
EMPTY = {"br", "meta"}


class Page(HTMLParser):
    """Every element with its attributes, its text, and whether each is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [a for t, a in self.elements if t == tag and all(a.get(k) == v for k, v in wanted.items())]


def edition(day: int) -> Edition:
    return Edition(show=DAILY, date=date(2026, 3, day))


def episode(day: int = 20, title: str = "Prices rise") -> Episode:
    file = Enclosure(path="secret-path", type="a/b", size=1)
    return Episode(
        edition=edition(day),
        guid="secret-guid",
        title=title,
        published=datetime(2026, 3, day, 6, tzinfo=UTC),
        season=2026,
        number=day,
        seconds=600.0,
        notes="",
        summary="",
        audio=file,
        chapters_file=file,
        transcripts=(),
        artwork=file,
    )


def attention(day: int = 20, title: str = "Prices rise", heard: int = 4) -> Attention:
    told = episode(day, title)
    return Attention(episode=told, offered=10, started=8, counted=7, downloaded=5, heard=heard)


def segment(title: str, start: float, end: float, day: int = 20) -> SegmentShare:
    return SegmentShare(edition=edition(day), title=title, item=None, start=start, end=end, fetched=6, heard=3)


def person(name: str = "Ada", email: str = "ada@example.com") -> Subscriber:
    return Subscriber(id=SubscriberId(name), name=name, email=email, groups=frozenset({"north"}))


def rep(who: Subscriber, state: State = State.ACTIVE, polled: datetime | None = None) -> Rep:
    return Rep(
        subscriber=who,
        show=DAILY,
        state=state,
        offered=3,
        counted=2,
        downloaded=1,
        heard_seconds=180.0,
        polled=polled,
        apps=("AntennaPod",),
    )


def report(**changes) -> Report:
    show = Show(id=DAILY, title="Daily", description="", presenters=(Presenter(name="One"),), kinds=())
    heard = (4,) * (MOMENTS // 2) + (1,) * (MOMENTS // 2)
    values = {
        "show": show,
        "episodes": (attention(),),
        "segments": (segment("Opening", 0, 240), segment("Objections", 240, 600)),
        "attendance": (Attendance(edition=edition(20), fetched=(8,) * MOMENTS, heard=heard),),
        "reps": (),
        "listenings": (),
        "silent": (),
        "spread": (),
    }
    return Report(**values | changes)


def page(*reports: Report, **changes) -> Page:
    return Page(render(reports, **{"written": WRITTEN} | changes))


def test_everything_that_is_opened_is_closed():
    assert page(report(reps=(rep(person()),))).open == []


def test_an_episode_is_told_in_numbers_and_bars_of_the_same_people():
    made = page(report(reps=tuple(rep(person(f"R{n}")) for n in range(20))))
    (bars,) = [a["aria-label"] for a in made.all("svg", height="24")]
    assert bars == "delivered 10, started 8, counted 7, downloaded 5, heard 4"
    widths = {
        kind: made.all("rect", **{"class": kind, "height": "16"})[0]["width"] for kind in ("delivered", "counted")
    }
    assert widths == {"delivered": "50%", "counted": "35%"}
    assert "20 Mar 2026" in made.text


def test_where_people_stop_is_named_and_counted():
    assert "The most stop in Objections : 4 heard its start, 1 its end." in page(report()).text


def test_one_listener_who_stops_is_no_pattern():
    one = Attendance(edition=edition(20), fetched=(1,) * MOMENTS, heard=(1,) * 60 + (0,) * 60)
    assert "The most stop" not in page(report(attendance=(one,))).text


def test_a_stop_is_looked_for_inside_a_segment():
    parts = [segment("One", 0, 300), segment("Two", 300, 599), segment("Blink", 599, 600)]
    assert stop(parts, [9] * 60 + [5] * 60, 600) is None
    found = stop(parts, [9] * 90 + [5] * 30, 600)
    assert found == Stop(segment=parts[1], before=9, after=5)
    assert stop([], [9, 1], 600) is None


def test_nothing_is_claimed_where_nobody_used_the_player():
    made = page(report(episodes=(attention(heard=0),)))
    assert "nothing is known of what was heard" in made.text
    assert made.all("path", **{"class": "over heard"}) == []
    assert len(made.all("path", **{"class": "over fetched"})) == 1


def test_the_page_says_that_sent_is_not_received_and_downloaded_is_not_heard():
    assert "Sent is not received; downloaded is not heard." in page(report()).text


def test_a_strip_shows_each_episode_oldest_first_and_what_was_never_delivered():
    ada = person()
    listened = (
        Listening(subscriber=ada.id, edition=edition(20), started=True, heard_seconds=9.0),
        Listening(subscriber=ada.id, edition=edition(19)),
    )
    lines = tuple(attention(day) for day in (20, 19, 18))
    flat = tuple(Attendance(edition=edition(day), fetched=(), heard=()) for day in (20, 19, 18))
    told = report(episodes=lines, attendance=flat, segments=(), reps=(rep(ada),), listenings=listened)
    (label,) = [
        a["aria-label"]
        for a in page(told).all("svg", role="img")
        if "aria-label" in a and "2026-03-18" in a["aria-label"]
    ]
    assert label == "2026-03-18 not delivered; 2026-03-19 delivered; 2026-03-20 started, heard"


def test_a_strip_holds_the_newest_episodes_only():
    days = range(28, 28 - STRIP - 3, -1)
    told = report(
        episodes=tuple(attention(day) for day in days),
        attendance=tuple(Attendance(edition=edition(day), fetched=(), heard=()) for day in days),
        segments=(),
        reps=(rep(person()),),
    )
    (strip,) = sheet(told).strips.values()
    assert [box.edition.date.day for box in strip] == list(range(28 - STRIP + 1, 29))
    assert "3 older episodes" in page(told).text


def test_who_is_silent_is_told_with_the_day_in_the_teams_time_zone():
    def quiet(name: str, **known) -> Silent:
        right = Subscription(subscriber=person(name), show=DAILY, state=State.ACTIVE)
        return Silent(subscription=right, **{"last": None} | known)

    late = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    text = page(report(silent=(quiet("Bob"), quiet("Cleo", changed=late), quiet("Dan", last=late)))).text
    assert "Bob ada@example.com no app has ever asked" in text
    assert "Cleo ada@example.com no app has asked since the subscription began or changed on 9 Mar 2026" in text
    assert "Dan ada@example.com no app has asked for 12 days, last on 9 Mar 2026" in text


def test_many_silent_reps_are_all_there_behind_a_line_that_opens():
    rights = [Subscription(subscriber=person(f"R{n}"), show=DAILY, state=State.ACTIVE) for n in range(FIRST + 5)]
    made = page(report(silent=tuple(Silent(subscription=right, last=None) for right in rights)))
    assert "5 more" in made.text
    assert made.text.count("no app has ever asked") == FIRST + 5


def test_a_token_on_many_networks_is_told_by_name_and_who_is_gone_by_id():
    def use(who: str) -> Spread:
        return Spread(subscriber=SubscriberId(who), show=DAILY, day=date(2026, 3, 2), networks=7, apps=1)

    text = page(report(reps=(rep(person("Bob")),), spread=(use("Bob"), use("f00")))).text
    assert "Bob 7 networks and 1 app on 2 Mar 2026" in text
    assert "f00 7 networks" in text


def test_reps_are_in_the_order_of_their_names_with_their_state():
    text = page(report(reps=(rep(person("zoe")), rep(person("Bob"), State.SUSPENDED), rep(person("Ada"))))).text
    assert text.index("Ada") < text.index("Bob suspended") < text.index("zoe")


@pytest.mark.parametrize(
    "empty", [(), (report(episodes=(), attendance=(), segments=()),)], ids=["no show", "no episode"]
)
def test_nothing_to_tell_is_said(empty):
    assert re.search("There is no show|No episodes were published", page(*empty).text)


def test_whose_right_has_ended_is_apart_and_widens_no_bar():
    ended = [rep(person(f"Old {n}"), state) for n, state in enumerate((State.REVOKED, State.EXPIRED) * 8)]
    told = sheet(report(reps=(rep(person("Ada")), *ended)))
    assert [one.subscriber.name for one in told.reps] == ["Ada"]
    assert told.people == 10
    assert "16 whose right has ended" in page(told.report).text


def test_episodes_of_long_ago_fold_away_and_only_the_newest_plot_is_open():
    days = range(28, 28 - FIRST - 3, -1)
    told = report(
        episodes=tuple(attention(day) for day in days),
        attendance=tuple(Attendance(edition=edition(day), fetched=(1,) * MOMENTS, heard=()) for day in days),
        segments=(),
    )
    made = page(told)
    assert ["open" in a for a in made.all("details", **{"class": "card along"})] == [True] + [False] * (FIRST + 2)
    assert made.text.count("3 older episodes") == 2


def test_several_shows_are_on_one_page_with_links():
    made = page(report(), report())
    targets = {a["href"].removeprefix("#") for a in made.all("a")}
    assert targets == {a["id"] for a in made.all("section") if "id" in a} == {"show-1", "show-2"}


def named(words: str) -> Report:
    """A report in which everything that people name has one name."""
    who = person(words, words)
    show = Show(id=DAILY, title=words, description="", presenters=(Presenter(name="One"),), kinds=())
    right = Subscription(subscriber=who, show=DAILY, state=State.ACTIVE)
    return report(
        show=show,
        episodes=(attention(title=words),),
        segments=(segment(words, 0, 600),),
        reps=(replace(rep(who), apps=(words,)),),
        silent=(Silent(subscription=right, last=None),),
        spread=(Spread(subscriber=who.id, show=DAILY, day=date(2026, 3, 2), networks=7, apps=1),),
    )


def test_hostile_names_and_titles_are_text():
    made, plain = page(named(HOSTILE)), page(named("Plain"))
    assert [(tag, sorted(a)) for tag, a in made.elements] == [(tag, sorted(a)) for tag, a in plain.elements]
    assert made.text.count(HOSTILE) == plain.text.count("Plain") >= 9


def test_the_page_needs_no_script_and_nothing_from_elsewhere():
    html = render([named(HOSTILE), report()], written=WRITTEN)
    made = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "form", "use", "image"} & {tag for tag, _ in made.elements}
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style
    assert all(a["href"].startswith("#") for a in made.all("a"))


def test_the_policy_allows_exactly_the_pages_own_style():
    html = render([report()], written=WRITTEN)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [a["content"] for a in Page(html).all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_neither_paths_nor_guids_are_on_the_page():
    assert "secret" not in render([report()], written=WRITTEN)


def test_it_says_since_when_and_as_of_when():
    assert "Since 1 Mar 2026, as of 21 Mar 2026, 00:30 CET." in page(report(), since=date(2026, 3, 1)).text
    assert "As of 21 Mar 2026" in page(report()).text


def test_a_share_is_a_length_from_nothing_to_all():
    assert [percent(1, 3), percent(0, 5), percent(9, 5), percent(3, 0)] == ["33.33%", "0%", "100%", "0%"]


def test_an_outline_goes_in_steps_from_left_to_right():
    assert outline([4, 4, 1, 0], 4) == "M0 0H50V75H75V100H100"
    assert area([4, 1], 4) == "M0 0H50V75H100V100H0z"
    assert (outline([], 4), area([], 4)) == ("", "")


@given(st.lists(st.integers(0, 50), min_size=1, max_size=MOMENTS), st.integers(0, 50))
def test_an_outline_never_leaves_its_box_and_reaches_its_end(counts, whole):
    path = outline(counts, whole)
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    assert all(0 <= number <= 100 for number in numbers)
    assert path.endswith("H100")
