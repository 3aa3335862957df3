from __future__ import annotations

import asyncio
import io
import logging

import pytest

from roadcast.web.journal import Journal, note_to


class Shouting(logging.StreamHandler):
    """A handler that does more than write."""

    def emit(self, record):
        record.msg = record.msg.upper()
        super().emit(record)


@pytest.fixture
def stream():
    class Pipe(io.StringIO):
        writes = 0

        def write(self, text):
            self.writes += 1
            return super().write(text)

    return Pipe()


@pytest.fixture
def logger():
    return logging.Logger("journal.of.a.test", logging.INFO)  # with nobody above who listens as well


def led_to(logger: logging.Logger, handler: logging.Handler, shape: str) -> None:
    handler.setFormatter(logging.Formatter(shape))
    logger.addHandler(handler)


def noted(logger: logging.Logger, *lines: str) -> bool:
    """Note lines in one turn of the event loop, and tell whether logging was spared."""

    async def main():
        note = note_to(logger)
        for line in lines:
            note(line)
        await asyncio.sleep(0)
        return isinstance(getattr(note, "__self__", None), Journal)

    return asyncio.run(main())


def test_a_line_is_what_logging_would_have_written(logger, stream):
    other = io.StringIO()
    led_to(logger, logging.StreamHandler(stream), "<%(levelname)s %(name)s: %(message)s>")
    assert noted(logger, "100 % of it")
    logger.handlers[0].setStream(other)
    logger.info("%s", "100 % of it")
    assert stream.getvalue() == other.getvalue() == "<INFO journal.of.a.test: 100 % of it>\n"


def test_lines_of_one_turn_are_written_together_and_in_order(logger, stream):
    led_to(logger, logging.StreamHandler(stream), "%(message)s")
    assert noted(logger, "one", "two", "three")
    assert stream.getvalue() == "one\ntwo\nthree\n"
    assert stream.writes == 1


SHAPES = {"a clock": "%(asctime)s %(message)s", "the text twice": "%(message)s %(message)s", "no text": "%(name)s"}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_line_that_needs_more_is_logged(logger, stream, shape):
    led_to(logger, logging.StreamHandler(stream), SHAPES[shape])
    assert not noted(logger, "one")
    assert stream.getvalue()


def test_a_handler_of_another_kind_is_asked(logger, stream):
    led_to(logger, Shouting(stream), "%(message)s")
    assert not noted(logger, "one")
    assert stream.getvalue() == "ONE\n"


@pytest.mark.parametrize("where", ["logger", "handler"])
def test_a_filter_is_asked(logger, stream, where):
    led_to(logger, logging.StreamHandler(stream), "%(message)s")
    (logger if where == "logger" else logger.handlers[0]).addFilter(lambda record: "secret" not in record.getMessage())
    assert not noted(logger, "secret", "known")
    assert stream.getvalue() == "known\n"


def test_a_line_goes_to_every_handler(logger, stream):
    other = io.StringIO()
    led_to(logger, logging.StreamHandler(stream), "%(message)s")
    led_to(logger, logging.StreamHandler(other), "%(message)s")
    assert not noted(logger, "one")
    assert stream.getvalue() == other.getvalue() == "one\n"


@pytest.mark.parametrize("where", ["logger", "handler"])
def test_a_level_that_wants_no_lines_gets_none(logger, stream, where):
    led_to(logger, logging.StreamHandler(stream), "%(message)s")
    (logger if where == "logger" else logger.handlers[0]).setLevel(logging.WARNING)
    assert not noted(logger, "one")
    assert stream.getvalue() == ""


def test_a_stream_that_nobody_reads_any_more_stops_nothing(logger, stream):
    led_to(logger, logging.StreamHandler(stream), "%(message)s")
    stream.close()
    assert noted(logger, "one")
