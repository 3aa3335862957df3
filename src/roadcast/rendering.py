"""Run the making of many clips on all cores, and survive a worker that hangs or dies."""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from typing import Generic, TypeVar

from roadcast import interrupt
from roadcast.errors import EngineUnavailable, RoadcastError

logger = logging.getLogger(__name__)

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3

Job = TypeVar("Job")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[Job, Made]):
    """What became of a job: what was made, or why not."""

    job: Job
    made: Made | None = None
    error: RoadcastError | None = None


def render(
    jobs: Sequence[Job],
    work: Callable[[Job], Made],
    *,
    workers: int = 0,
    seconds: float = 300.0,
    preload: str = "",
    executor: Callable[[int], Executor] | None = None,
    beside: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Iterator[Outcome[Job, Made]]:
    """Do all jobs, in parallel, and give the outcomes as they come; one failure never stops the others.

    Args:
        jobs: picklable values.
        work: a picklable function; what it raises, if it is a RoadcastError, becomes the job's outcome.
        workers: processes; 0 for one per core.
        seconds: after which a job counts as hung: its process is ended, by a watchdog that needs nothing from it.
        preload: the module that the work needs, loaded once for all workers; that of `work` if left out.
        executor: makes an executor for so many workers; processes on this machine if left out.
        beside: entered once the workers are there, left when they are done: for a thread that no worker is to inherit.
    """
    make = executor or partial(_processes, preload=preload or work.__module__)
    count = min(workers or os.cpu_count() or 1, max(len(jobs), 1))
    guarded = partial(_guarded, work, seconds)
    if not jobs:
        return
    left: list[Job] = []
    with make(count) as pool:
        try:
            with interrupt.held():  # it would leave a worker behind that is on its way and knows of nobody
                futures = {pool.submit(guarded, job): job for job in jobs}
            with beside():
                for future in as_completed(futures):
                    try:
                        yield _outcome(future, futures[future])
                    except BrokenProcessPool:
                        left.append(futures[future])
        except BaseException:
            pool.shutdown(cancel_futures=True)  # who is told to stop begins nothing more
            raise
    if interrupt.came():
        raise interrupt.Interrupted
    if left:
        logger.warning("a worker died; doing %d of %d jobs again, one by one", len(left), len(jobs))
    for job in left:
        yield _alone(job, guarded, make)


def _processes(workers: int, *, preload: str) -> Executor:
    """Start worker processes: each a fork of a process that has loaded the work and runs no other thread.

    That is this one, if it is alone: all that it has loaded is there at once. A fork of it beside a thread would copy
    that one's locks; then it is a server that does nothing else.
    """
    return ProcessPoolExecutor(workers, mp_context=_context(preload), initializer=_begin)


def _context(preload: str) -> BaseContext:
    # Elsewhere libraries of the system run threads of their own: see multiprocessing, "Contexts and start methods".
    if sys.platform == "linux" and threading.active_count() == 1:
        import_module(preload)
        gc.freeze()  # what is not looked through again is not copied for each worker: see gc.freeze
        return multiprocessing.get_context("fork")
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload([preload])
    return context


def _begin() -> None:
    """Prepare a worker, before its first job."""
    _end_with_parent()
    _hold_memory()


def _hold_memory() -> None:
    """Have memory that was freed kept for what comes next, up to the most that was in use at once.

    By itself glibc hands large arrays back to the system, which clears each page anew when the next array takes it:
    a twentieth of a worker's time. Numbers of the options are those of mallopt(3); other libraries have no such door.
    """
    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_MMAP_THRESHOLD, 32 << 20)  # the most that it takes
        mallopt(_M_TRIM_THRESHOLD, 1 << 30)


def _end_with_parent() -> None:
    """End this worker when the process that ordered its work is gone, even if that was killed; and at Ctrl-C at once.

    What is finished is kept, and half a clip never is: there is nothing to say about an interrupt here.
    """
    interrupt.obey()
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _outcome(future: Future[Made], job: Job) -> Outcome[Job, Made]:
    try:
        return Outcome(job=job, made=future.result())
    except RoadcastError as error:
        return Outcome(job=job, error=error)


def _alone(job: Job, guarded: Callable[[Job], Made], make: Callable[[int], Executor]) -> Outcome[Job, Made]:
    """Do one job in a process of its own, so that only the culprit's death is held against it."""
    with make(1) as pool:
        try:
            return _outcome(pool.submit(guarded, job), job)
        except BrokenProcessPool:
            error = EngineUnavailable(f"{job}: its process hung or crashed twice; another engine may manage it")
            return Outcome(job=job, error=error)


def _guarded(work: Callable[[Job], Made], seconds: float, job: Job) -> Made:
    """Do a job under a watchdog: an engine stuck in C code holds every lock of Python, but not this one's."""
    if multiprocessing.parent_process() is None:
        return work(job)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return work(job)
        finally:
            faulthandler.cancel_dump_traceback_later()
