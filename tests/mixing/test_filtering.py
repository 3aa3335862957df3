import numpy as np
import pytest

from roadcast.mixing.filtering import BLOCK, LENGTH, cascade, filtered, stretches

SHELF = ((1.5, -2.5, 1.1), (1.0, -1.7, 0.74))
HIGH_PASS = ((2.0, -4.0, 2.0), (2.0, -3.98, 1.981))  # rings for more than a thousand samples
ALL_PASS = ((0.9216, -1.92, 1.0), (1.0, -1.92, 0.9216))  # one double pole at 0.96


def one_by_one(signal, *sections):
    """The definition: each sample after the one before it, in double precision."""
    for top, bottom in sections:
        told = np.zeros(len(signal))
        for n in range(len(signal)):
            heard = sum(top[k] * signal[n - k] for k in range(3) if n >= k)
            again = sum(bottom[k] * told[n - k] for k in (1, 2) if n >= k)
            told[n] = (heard - again) / bottom[0]
        signal = told
    return signal


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK**2 + 17, 9999])
@pytest.mark.parametrize("sections", [(SHELF,), (SHELF, HIGH_PASS), (ALL_PASS,) * 6], ids=len)
def test_blocks_give_what_the_definition_gives(sections, length):
    signal = np.random.default_rng(length).standard_normal(length).astype(np.float32)
    found = np.asarray(filtered(signal, cascade(*sections)))
    assert np.allclose(found, one_by_one(signal, *sections), atol=1e-4)


def test_what_rings_goes_on_in_the_next_stretch():
    signal = np.zeros(LENGTH + 3000, np.float32)
    signal[LENGTH - 5] = 1.0
    first, second = stretches(signal, cascade(HIGH_PASS))
    assert len(first) == LENGTH
    assert np.abs(second[:500]).max() > 1e-3
    assert np.allclose(
        np.concatenate([first, second])[LENGTH - 5 :], one_by_one(signal[LENGTH - 5 :], HIGH_PASS), atol=1e-6
    )


@pytest.mark.parametrize("multiple", [1, 441, 1102, 2205, 4410, 9600, LENGTH + 1])
def test_stretches_are_multiples(multiple):
    signal = np.random.default_rng(1).standard_normal(3 * LENGTH).astype(np.float32)
    *whole, last = stretches(signal, cascade(SHELF, HIGH_PASS), multiple)
    assert all(len(stretch) % multiple == 0 for stretch in whole)
    together = np.concatenate([*whole, last])
    assert np.allclose(together, np.asarray(filtered(signal, cascade(SHELF, HIGH_PASS))), atol=1e-5)
