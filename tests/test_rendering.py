"""Rendering: all cores, and no worker's death takes another's work with it."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from roadcast.errors import EngineUnavailable, ProductionError
from roadcast.rendering import render


def double(number):
    return number * 2


def fails_on_three(number):
    if number == 3:
        raise ProductionError("three is too loud")
    return number


def dies_on_three(number):
    if number == 3:
        os._exit(9)
    return number


def hangs_on_three(number):
    if number == 3:
        time.sleep(60)
    return number


def outcomes(jobs, work, **settings):
    return {outcome.job: outcome for outcome in render(jobs, work, **settings)}


def test_every_job_is_done():
    assert {job: o.made for job, o in outcomes([1, 2, 3], double, workers=2).items()} == {1: 2, 2: 4, 3: 6}


def test_nothing_to_do_starts_nothing():
    def refuse(_workers):
        raise AssertionError("no executor is needed")

    assert list(render([], double, executor=refuse)) == []


def test_a_failure_is_an_outcome_and_the_others_go_on():
    found = outcomes([1, 2, 3, 4], fails_on_three, workers=2)
    assert isinstance(found[3].error, ProductionError)
    assert str(found[3].error) == "three is too loud"
    assert [found[n].made for n in (1, 2, 4)] == [1, 2, 4]


def test_a_worker_that_dies_costs_only_its_own_job():
    found = outcomes([1, 2, 3, 4, 5], dies_on_three, workers=2)
    assert isinstance(found[3].error, EngineUnavailable)
    assert [found[n].made for n in (1, 2, 4, 5)] == [1, 2, 4, 5]


def test_a_worker_that_hangs_is_ended_by_the_watchdog():
    started = time.monotonic()
    found = outcomes([1, 3], hangs_on_three, workers=2, seconds=1.0)
    assert isinstance(found[3].error, EngineUnavailable)
    assert found[1].made == 1
    assert time.monotonic() - started < 30


WHOSE = """
import contextlib, os, threading
from roadcast.rendering import render

def parents(**about):
    jobs = ["__import__('os').getppid()", "0 or __import__('os').getppid()"]
    return {outcome.made for outcome in render(jobs, eval, **about)}

@contextlib.contextmanager
def clock():
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    yield
    over.set()
    thread.join()

if __name__ == "__main__":
    alone, done = parents(beside=clock), threading.Event()
    assert parents(beside=clock) == alone, "the first clock has stopped"
    beside = threading.Thread(target=done.wait)
    beside.start()
    print(alone == {os.getpid()}, os.getpid() in parents())
    done.set()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked that has loaded libraries")
def test_workers_are_forks_of_this_process_unless_another_thread_runs():
    done = subprocess.run([sys.executable, "-c", WHOSE], capture_output=True, text=True, check=True)
    assert done.stdout == "True False\n"


def test_any_executor_will_do():
    found = outcomes([1, 2], double, executor=ThreadPoolExecutor)
    assert found[2].made == 4
