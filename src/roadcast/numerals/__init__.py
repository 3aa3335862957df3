"""Read the numbers out of English text, in figures or in words, so that two texts can be compared.

Two checks stand on this. What a voice is given still tells the numbers that were written:

    missing(quantities(written), quantities(spoken)) == missing(quantities(spoken), quantities(written)) == ()

and what a script claims holds only numbers of its source (`roadcast.scripting.ledger`).

Read: cardinals and ordinals, decimals, fractions, grouped thousands, magnitudes (K, M, bn, "dozen"), money, per cents,
multiples, measures, ranges (which share magnitude and unit), quarters, halves and fiscal years, months of the
year, clock times (as HHMM of 24 hours), versions, roman numbers behind a word such as "phase", and codes told
figure by figure or in pairs ("four fifty", "oh one zero zero").

Caught: a figure, decimal point, magnitude or unit that changed, a number lost, added or split ("10,500" as
"ten, five hundred"), two numbers run together, AM for PM.
Not caught: numbers that changed places (compare `Quantity.start`), day and month exchanged in 10/01/2026, a code cut
into other groups, the plural "second" units of time against the ordinal 32nd, vague words ("several").
Not read: other languages and their figures (1.234,56). "One" is a quantity wherever it stands alone, on both sides
alike. Terms that a lexicon replaces by words without figures ("K8s") have to be left out before comparing.
"""

from roadcast.numerals.quantity import Quantity, digits, missing, same
from roadcast.numerals.reading import quantities

__all__ = ["Quantity", "digits", "missing", "quantities", "same"]
