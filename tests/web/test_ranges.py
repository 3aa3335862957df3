"""Range headers, judged against a model that counts bytes one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadcast.web import ranges
from roadcast.web.ranges import NotSatisfiable, Span, requested


def brute_force(specs: list[tuple[int | None, int | None]], size: int) -> tuple[Span, ...]:
    """Mark every byte that is asked for; neighbours belong together."""
    marked = [False] * size
    for first, last in specs:
        for position in range(size):
            if first is None:
                marked[position] |= position >= size - (last or 0)
            else:
                marked[position] |= first <= position <= (size if last is None else last)
    edges = [i for i in range(size + 1) if (i > 0 and marked[i - 1]) != (i < size and marked[i])]
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))


number = st.integers(0, 40)
spec = st.one_of(
    st.tuples(number, number).map(lambda pair: (min(pair), max(pair))),
    st.tuples(number, st.none()),
    st.tuples(st.none(), number),
)


def written(one: tuple[int | None, int | None]) -> str:
    first, last = one
    return f"{'' if first is None else first}-{'' if last is None else last}"


@settings(max_examples=500, deadline=None)
@given(st.lists(spec, min_size=1, max_size=8), st.integers(0, 30), st.sampled_from([",", ", ", " ,\t", ",,"]))
@example([(0, 0), (None, 1)], 10, ",")
def test_the_parser_asks_for_exactly_the_bytes_of_the_brute_force_model(specs, size, comma):
    header = "bytes=" + comma.join(written(one) for one in specs)
    expected = brute_force(specs, size)
    if expected:
        assert requested(header, size) == expected
    else:
        with pytest.raises(NotSatisfiable):
            requested(header, size)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="bytes=-,0123456789 \t\x00٣²", max_size=24), st.integers(0, 50))
def test_no_text_makes_the_parser_fail_or_leave_the_resource(header, size):
    try:
        spans = requested(header, size)
    except NotSatisfiable:
        return
    for span in spans or ():
        assert 0 <= span.start < span.end <= size
    assert list(spans or ()) == sorted(spans or ())


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "items=0-5",
        "bytes 0-5",
        "bytes=5-2",
        "bytes=0-5,9-3",
        "bytes=a-b",
        "bytes=-",
        "bytes=--5",
        "bytes=+1-2",
        "bytes=1.0-2",
        "bytes=0x1-0x2",
        "bytes=٣-٤",
        "bytes=0-5;q=1",
        "bytes=0-" + "9" * 600,
        "bytes=" + ",".join(f"{i}-{i}" for i in range(9)),
        "bytes=" + "0-0," * 500,
        "bytes=0-" + " " * 600,
    ],
)
def test_what_has_no_meaning_is_ignored(header):
    assert requested(header, 100) is None


@pytest.mark.parametrize("last", [2**63 - 1, 2**64 - 1, 10**400])
def test_a_last_byte_far_beyond_the_end_is_the_end(last):
    assert requested(f"bytes=0-{last}", 100) == (Span(0, 100),)
    assert requested(f"bytes=0-1,50-{last}", 100) == (Span(0, 2), Span(50, 100))
    assert requested(f"bytes=-{last}", 100) == (Span(0, 100),)


@pytest.mark.parametrize("header", [f"bytes={2**70}-", f"bytes={2**70}-{2**71}", f"bytes=100-100,{2**70}-"])
def test_a_first_byte_far_beyond_the_end_is_not_satisfiable(header):
    with pytest.raises(NotSatisfiable):
        requested(header, 100)


def test_the_unit_is_read_without_regard_to_case():
    assert requested("Bytes=0-1", 10) == (Span(0, 2),)


def test_as_many_ranges_as_allowed_are_honoured_and_one_more_is_not():
    most = ",".join(f"{2 * i}-{2 * i}" for i in range(ranges.MOST))
    assert len(requested(f"bytes={most}", 100) or ()) == ranges.MOST
    assert requested(f"bytes={most},50-50", 100) is None
