import numpy as np
import pytest

from mixing.hearing import RATE, narration
from roadcast.mixing.phrasing import FALL, contour
from roadcast.model import Speech, Take


def takes(*pauses: float, starts=(0.0,)) -> list[Take]:
    speech = Speech(pcm=bytes(2 * RATE * 2), rate=RATE)
    return [Take(speech=speech, pause=pause, starts=starts) for pause in pauses]


def curve(said, spans) -> np.ndarray:
    return 20 * np.log10(contour(said, spans, rate=RATE)[0 : 20 * RATE])


def test_a_paragraph_sinks_and_the_next_starts_afresh():
    gain = curve(takes(0.3, 0.6, 0.3, 0.0), [(1, 3), (3.3, 5.3), (5.9, 7.9), (8.2, 10.2)])
    for first, last in (((1, 3), (3.3, 5.3)), ((5.9, 7.9), (8.2, 10.2))):
        assert gain[round(first[0] * RATE)] == pytest.approx(FALL / 2, abs=0.01)
        assert gain[round((last[1] - 0.1) * RATE)] == pytest.approx(-FALL / 2, abs=0.01)


def test_the_gain_stands_still_while_somebody_speaks():
    gain = curve(takes(0.3, 0.3, 0.0), [(1, 3), (3.3, 5.3), (5.6, 7.6)])
    for start, end in ((1, 3), (3.3, 5.3), (5.6, 7.6)):
        said = gain[round(start * RATE) + 1 : round(end * RATE)]
        assert np.ptp(said) < 0.01


def test_sentences_within_a_take_count_as_sentences():
    gain = curve(takes(0.0, starts=(0.0, 1.0)), [(1, 3)])
    assert gain[round(1.5 * RATE)] == pytest.approx(FALL / 2, abs=0.01)
    assert gain[round(2.5 * RATE)] == pytest.approx(-FALL / 2, abs=0.01)


def test_a_single_sentence_is_left_alone():
    assert np.abs(curve(takes(0.0), [(1, 3)])).max() == 0.0
    assert len(narration(("Hello.",)).takes) == 1
