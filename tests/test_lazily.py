"""A sequence made on demand: in order, each element once, and no further than somebody asks."""

import pytest

from roadcast.lazily import Lazily


@pytest.fixture
def made():
    return []


@pytest.fixture
def numbers(made):
    def count():
        for number in range(4):
            made.append(number)
            yield number

    return Lazily(count())


@pytest.mark.parametrize(
    ("ask", "answer", "reached"),
    [
        (lambda n: n[0], 0, [0]),
        (lambda n: n[2], 2, [0, 1, 2]),
        (lambda n: n[-1], 3, [0, 1, 2, 3]),
        (lambda n: n[:1], [0], [0, 1, 2, 3]),
        (lambda n: next(iter(n)), 0, [0]),
        (bool, True, [0]),
        (len, 4, [0, 1, 2, 3]),
        (list, [0, 1, 2, 3], [0, 1, 2, 3]),
        (lambda n: 1 in n, True, [0, 1]),
    ],
)
def test_it_goes_as_far_as_it_is_asked(numbers, made, ask, answer, reached):
    assert ask(numbers) == answer
    assert ask(numbers) == answer
    assert made == reached


def test_beyond_its_end_there_is_nothing(numbers):
    with pytest.raises(IndexError):
        numbers[4]


def test_of_nothing_it_is_empty():
    nothing = Lazily(())
    assert not nothing
    assert len(nothing) == 0
    assert list(nothing) == []
