"""A curve: the same gain for every sample, however it is asked for."""

import numpy as np
import pytest

from roadcast.mixing.curve import Curve, through

STAIRS = Curve([0, 100, 112.5, 300, 300.25, 1_000], [1.0, 1.0, 0.5, 0.5, 2.0, 2.0])
HILL = Curve([0, 50, 100], [1.0, 2.0, 1.0])  # as high at both ends as a curve that stands still
POINT = Curve([40], [0.25])
DENSE = through(np.sin(np.arange(400)), 7)


@pytest.mark.parametrize("curve", [STAIRS, HILL, POINT, DENSE], ids=["stairs", "hill", "point", "dense"])
@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 2_000), (0, 100), (0, 101), (99, 113), (100, 300), (299, 301), (112, 113), (300, 301), (1_500, 1_600), (7, 7)],
)
def test_a_stretch_holds_what_the_curve_is_at_each_of_its_samples(curve, start, stop):
    found = curve[start:stop]
    assert found.dtype == np.float32
    assert np.array_equal(found, curve.at(np.arange(start, stop)))
