"""Answers that are remembered while nothing changes."""

from __future__ import annotations

import asyncio
import threading

from roadcast.web.memory import Memory


class Pulse:
    now = 0

    def beat(self) -> int:
        return self.now


def test_an_answer_is_read_once_and_again_after_a_change():
    pulse, asked = Pulse(), []
    memory: Memory[str, str] = Memory(pulse, lambda key: asked.append(key) or f"{key}{pulse.now}", most=9)

    async def run():
        told = [await memory.recall("a", pulse.now), await memory.recall("a", pulse.now)]
        pulse.now = 1
        return [*told, await memory.recall("a", pulse.now), await memory.recall("a", pulse.now)]

    assert asyncio.run(run()) == ["a0", "a0", "a1", "a1"]
    assert asked == ["a", "a"]


def test_what_changes_while_it_is_read_is_read_again():
    pulse = Pulse()

    def read(key):
        pulse.now += 1  # somebody commits between our look at the pulse and our query
        return pulse.now

    memory: Memory[str, int] = Memory(pulse, read, most=9)

    async def run():
        return [await memory.recall("a", pulse.now), await memory.recall("a", pulse.now)]

    assert asyncio.run(run()) == [1, 2]


def test_many_who_ask_at_once_cost_one_reading():
    pulse, reads = Pulse(), []
    gate = threading.Event()

    def read(key):
        gate.wait(5)
        reads.append(key)
        return key

    memory: Memory[str, str] = Memory(pulse, read, most=9)

    async def run():
        asking = [asyncio.create_task(memory.recall("a", pulse.now)) for _ in range(4)]
        await asyncio.sleep(0.05)
        gate.set()
        return await asyncio.gather(*asking)

    assert asyncio.run(run()) == ["a"] * 4
    assert reads == ["a"]


def test_nothing_is_remembered_of_what_is_not_there_and_memory_is_bounded():
    pulse, asked = Pulse(), []
    memory: Memory[int, int] = Memory(pulse, lambda key: asked.append(key) or (key or None), most=3)

    async def run():
        for key in (0, 0, 1, 2, 3, 4):
            await memory.recall(key, pulse.now)

    asyncio.run(run())
    assert asked == [0, 0, 1, 2, 3, 4]
    assert len(memory._kept) <= 3
