"""Who fetched and heard what."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from roadcast.errors import StorageError
from roadcast.model import Play, Poll, ShowId, SubscriberId
from roadcast.web import hearing
from roadcast.web.app import build
from roadcast.web.hearing import Notes, network

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def poll(who: str = "anna") -> Poll:
    return Poll(subscriber=SubscriberId(who), show=ShowId("morning"), at=NOW)


def test_notes_are_written_together():
    kept: list[Poll] = []
    notes = Notes(lambda plays, polls: kept.extend(polls))
    notes.take(poll("anna"))
    notes.take(poll("ben"))
    assert kept == []
    asyncio.run(notes.write())
    assert [one.subscriber for one in kept] == ["anna", "ben"]
    asyncio.run(notes.write())
    assert len(kept) == 2


def test_notes_wait_while_the_catalogue_refuses_and_the_log_says_so_once(caplog):
    kept: list[Poll] = []
    broken = True

    def record(plays, polls):
        if broken:
            raise StorageError("the disk is full")
        kept.extend(polls)

    async def run() -> None:
        nonlocal broken
        notes = Notes(record)
        for who in ("anna", "ben"):
            notes.take(poll(who))
            await notes.write()
        broken = False
        await notes.write()

    asyncio.run(run())
    assert [one.subscriber for one in kept] == ["anna", "ben"]
    assert caplog.text.count("the disk is full") == 1


def test_what_waits_is_bounded(monkeypatch):
    monkeypatch.setattr(hearing, "MOST", 3)
    kept: list[Poll] = []
    notes = Notes(lambda plays, polls: kept.extend(polls))
    for _ in range(9):
        notes.take(poll())
    asyncio.run(notes.write())
    assert len(kept) == 3


def test_stopping_writes_what_is_left():
    kept: list[Poll] = []

    async def run() -> None:
        notes = Notes(lambda plays, polls: kept.extend(polls))
        task = asyncio.create_task(notes.keep_writing())
        await asyncio.sleep(0)
        notes.take(poll())
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert len(kept) == 1


def test_networks_are_told_apart_for_a_day_without_an_address():
    key = b"k" * 32
    one = network(key, "192.0.2.1", NOW)
    assert one == network(key, "192.0.2.1", NOW + timedelta(hours=11))
    assert one != network(key, "192.0.2.2", NOW)
    assert one != network(key, "192.0.2.1", NOW + timedelta(days=1))
    assert one != network(b"j" * 32, "192.0.2.1", NOW)
    assert "192" not in one


def test_a_fetch_is_noted_with_the_bytes_that_went_out(stage, ask):
    token = stage.enrol("anna", "morning")
    app = build(stage.site(app_of=lambda agent: f"<{agent}>"))
    episode = stage.catalogue.editions.episodes("morning")[0]
    path = f"/private/s/{token}/{episode.audio.path}"
    ask(app, path=path, Range="bytes=10-19,30-39", User_Agent="Overcast")
    ask(app, path=path, leave_after=1)
    ask(app, path=f"/private/s/{token}/morning.xml", User_Agent="AntennaPod")
    ask(app, path=f"/private/s/{token}/{episode.transcripts[0].path}")
    asyncio.run(app._app.routes[0].endpoint.answer.__self__.notes.write())
    (first,) = stage.plays  # who left at once was sent nothing that counts
    assert isinstance(first, Play)
    person = stage.catalogue.people.find("anna@example.com")
    assert (first.subscriber, first.edition, first.app) == (person.id, episode.edition, "<Overcast>")
    assert first.ranges == ((10, 20), (30, 40))
    assert [one.app for one in stage.polls] == ["<AntennaPod>"]
