"""Editions, what they told, and the pace of voices."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadcast.catalogue import Catalogue, Observation
from roadcast.catalogue.editions import KeptPlan
from roadcast.catalogue.fits import regress
from roadcast.errors import StorageError
from roadcast.model import (
    Chapter,
    Edition,
    Enclosure,
    Entry,
    Episode,
    Role,
    Rundown,
    Segment,
    ShowId,
    Slug,
    Variant,
)
from roadcast.testing import make_item

DAILY = ShowId("daily")


def edition(day: int, month: int = 3, year: int = 2026, show: ShowId = DAILY) -> Edition:
    return Edition(show=show, date=date(year, month, day))


def rundown(of: Edition, *items) -> Rundown:
    second = timedelta(seconds=1)
    segments = [Segment(role=Role.OPENING)] + [
        Segment(role=Role.ITEM, item=item, variant=Variant(name="full", sentences=item.sentences)) for item in items
    ]
    segments.append(Segment(role=Role.MENU, items=tuple(items)))
    entries = tuple(Entry(segment=s, start=i * second, length=second) for i, s in enumerate(segments))
    return Rundown(edition=of, entries=entries, left_out=(), target=second, pause=second, lead_in=second)


def episode(of: Edition, title: str = "Prices") -> Episode:
    file = Enclosure(path="m/x-1.mp3", type="audio/mpeg", size=4_800_000)
    return Episode(
        edition=of,
        guid=f"guid-{of}",
        title=title,
        published=datetime(of.date.year, of.date.month, of.date.day, 6, tzinfo=UTC),
        season=of.date.year,
        number=1,
        seconds=600.0,
        notes="<p>Prices</p>",
        summary="Prices",
        audio=file,
        chapters_file=file,
        transcripts=(file,),
        artwork=file,
        chapters=(Chapter(title="Prices", start=0.0, end=600.0, item=Slug("price-change")),),
        groups=frozenset({"north", "east"}),
    )


def remember(catalogue: Catalogue, of: Edition, *items, digest: str = "d", title: str = "Prices") -> None:
    items = items or (make_item(),)
    catalogue.editions.remember(of, digest=digest, rundown=rundown(of, *items), episode=episode(of, title))


def test_a_plan_and_an_episode_come_back_as_they_were_kept(catalogue):
    remember(catalogue, edition(2), make_item("a"), make_item("b", expires=datetime(2026, 4, 1, tzinfo=UTC)))
    assert catalogue.editions.plan_of(edition(2)) == KeptPlan(
        digest="d",
        rundown=rundown(edition(2), make_item("a"), make_item("b", expires=datetime(2026, 4, 1, tzinfo=UTC))),
    )
    assert catalogue.editions.episode(edition(2)) == episode(edition(2))


def test_what_was_never_made_is_not_there(catalogue):
    assert catalogue.editions.plan_of(edition(2)) is None
    assert catalogue.editions.episode(edition(2)) is None
    assert catalogue.editions.episodes(DAILY) == ()
    assert catalogue.editions.aired(DAILY, before=date(2027, 1, 1)) == ()


def test_an_edition_made_again_takes_the_place_of_the_first(catalogue):
    remember(catalogue, edition(2), make_item("a"), make_item("b"))
    remember(catalogue, edition(2), make_item("b", headline="Changed"), digest="e", title="Again")
    assert [kept.title for kept in catalogue.editions.episodes(DAILY)] == ["Again"]
    plan = catalogue.editions.plan_of(edition(2))
    assert plan.digest == "e"
    assert len(plan.rundown.entries) == 3
    told = catalogue.editions.aired(DAILY, before=date(2026, 3, 3))
    assert [(airing.slug, airing.digest) for airing in told] == [("b", make_item("b", headline="Changed").digest)]


def test_episodes_are_listed_newest_first_and_by_show(catalogue):
    for of in (edition(2), edition(9), edition(4), edition(5, show=ShowId("weekly"))):
        remember(catalogue, of)
    assert [kept.edition.date.day for kept in catalogue.editions.episodes(DAILY)] == [9, 4, 2]


def test_editions_are_numbered_by_date_within_their_year(catalogue):
    for of in (edition(30, 12, 2025), edition(5), edition(2), edition(3, show=ShowId("weekly"))):
        remember(catalogue, of)
    assert catalogue.editions.number_of(edition(2)) == 1
    assert catalogue.editions.number_of(edition(5)) == 2
    assert catalogue.editions.number_of(edition(6)) == 3
    assert catalogue.editions.number_of(edition(31, 12, 2025)) == 2
    assert catalogue.editions.ordinal_of(edition(6)) == 4


def test_airings_count_editions_of_the_show_and_leave_out_the_day_itself(catalogue):
    remember(catalogue, edition(30, 12, 2025), make_item("a"))
    remember(catalogue, edition(1, show=ShowId("weekly")), make_item("w"))
    remember(catalogue, edition(2), make_item("b"))
    remember(catalogue, edition(5), make_item("a"), make_item("c"))
    told = catalogue.editions.aired(DAILY, before=date(2026, 3, 5))
    assert [(airing.slug, airing.date.day, airing.ordinal) for airing in told] == [("a", 30, 1), ("b", 2, 2)]
    later = catalogue.editions.aired(DAILY, before=date(2026, 3, 6))
    assert [(airing.slug, airing.ordinal) for airing in later][2:] == [("a", 3), ("c", 3)]


def test_a_plan_in_words_of_another_version_is_no_plan_and_an_episode_is_an_error(catalogue):
    remember(catalogue, edition(2))
    with catalogue._database.writing() as connection:
        connection.exec_driver_sql("UPDATE editions SET rundown = '{\"old\": 1}', episode = '{}'")
    assert catalogue.editions.plan_of(edition(2)) is None
    with pytest.raises(StorageError, match=r"daily/2026-03-02: .* build the edition again"):
        catalogue.editions.episodes(DAILY)


def test_half_an_edition_is_never_kept(catalogue):
    remember(catalogue, edition(2), make_item("a"))
    other = rundown(edition(2), make_item("b"))
    with pytest.raises(ZeroDivisionError), catalogue.alone():
        catalogue.editions.remember(edition(2), digest="e", rundown=other, episode=episode(edition(2), "New"))
        raise ZeroDivisionError
    assert catalogue.editions.episode(edition(2)).title == "Prices"
    assert [airing.slug for airing in catalogue.editions.aired(DAILY, before=date(2026, 4, 1))] == ["a"]


def spoken(characters: int, *, character: float = 0.07, comma: float = 0.2, stop: float = 0.5) -> Observation:
    commas, stops = characters % 7, characters // 90 + 1
    seconds = character * characters + comma * commas + stop * stops
    return Observation(characters=characters, commas=commas, stops=stops, seconds=seconds)


def test_a_voice_has_no_pace_before_it_has_spoken_enough(catalogue):
    catalogue.fits.observe("pico", "en-US", 1.0, [spoken(n) for n in (100, 200, 300, 400)])
    assert catalogue.fits.fit("pico", "en-US", 1.0) is None
    catalogue.fits.observe("pico", "en-US", 1.0, [spoken(505)])
    assert catalogue.fits.fit("pico", "en-US", 1.0).character == pytest.approx(0.07)


def test_the_same_sentence_again_and_again_tells_no_pace(catalogue):
    catalogue.fits.observe("pico", "en-US", 1.0, [Observation(characters=40, commas=0, stops=1, seconds=2.5)] * 9)
    assert catalogue.fits.fit("pico", "en-US", 1.0) is None


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 20), st.integers(1, 9), st.floats(0.5, 60)), min_size=4))
def test_a_fit_leaves_the_least_squares_over(rows):
    """As numpy's solver finds them, columns that depend on each other included."""
    columns = np.array([row[:3] for row in rows], dtype=float) / np.array([row[3] for row in rows])[:, None]
    found = np.array(regress([1.0] * len(rows), columns.T.tolist()))
    best, *_ = np.linalg.lstsq(columns, np.ones(len(rows)), rcond=None)
    assert np.sum((columns @ found - 1) ** 2) == pytest.approx(np.sum((columns @ best - 1) ** 2), rel=1e-5, abs=1e-6)


def test_a_pace_is_learnt_for_each_voice_and_rate(catalogue):
    catalogue.fits.observe("pico", "en-US", 1.0, [spoken(n) for n in range(50, 900, 37)])
    catalogue.fits.observe("pico", "en-US", 1.1, [spoken(n, character=0.06) for n in range(50, 900, 37)])
    normal, quick = catalogue.fits.fit("pico", "en-US", 1.0), catalogue.fits.fit("pico", "en-US", 1.1)
    assert (normal.character, normal.comma, normal.stop) == pytest.approx((0.07, 0.2, 0.5))
    assert quick.character == pytest.approx(0.06)
    assert catalogue.fits.fit("pico", "en-GB", 1.0) is None


def test_only_the_newest_five_hundred_observations_count(catalogue):
    catalogue.fits.observe("pico", "en-US", 1.0, [spoken(n, character=0.3) for n in range(100, 110)])
    catalogue.fits.observe("pico", "en-GB", 1.0, [spoken(n, character=0.9) for n in range(100, 110)])
    catalogue.fits.observe("pico", "en-US", 1.0, [spoken(n) for n in range(100, 599)])
    assert catalogue.fits.fit("pico", "en-US", 1.0).character != pytest.approx(0.07)  # the last of the slow ones counts
    catalogue.fits.observe("pico", "en-US", 1.0, [spoken(599)])
    assert catalogue.fits.fit("pico", "en-US", 1.0).character == pytest.approx(0.07)
    assert catalogue.fits.fit("pico", "en-GB", 1.0).character == pytest.approx(0.9)


def test_silence_is_no_observation(catalogue):
    silent = replace(spoken(100), seconds=0.0)
    catalogue.fits.observe("pico", "en-US", 1.0, [silent, *(spoken(n) for n in range(100, 600, 50))])
    assert catalogue.fits.fit("pico", "en-US", 1.0).character == pytest.approx(0.07)
