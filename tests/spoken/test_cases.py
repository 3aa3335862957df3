"""Our own table of written and spoken forms, class by class; all of it must be right."""

import re
from pathlib import Path

import pytest

from roadcast.spoken import speak

LINES = (Path(__file__).parent / "cases.tsv").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split("\t")) for line in LINES if line and not line.startswith("#")]


def heard(text):
    """Leave what an ear can tell: no case, no punctuation, no hyphens."""
    return " ".join(re.sub(r"[^\w\s]", "", text.lower().replace("-", " ")).split())


def test_the_table_has_at_least_three_hundred_cases_in_many_classes():
    assert len(CASES) >= 300
    assert len({name for name, _, _ in CASES}) >= 20
    assert len({written for _, written, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("name", "written", "spoken"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_what_is_written_is_said_as_people_say_it(name, written, spoken):
    assert heard(speak(written).text) in {heard(form) for form in spoken.split("|")}


@pytest.mark.parametrize(("name", "written", "spoken"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_what_is_for_the_ear_already_stays_as_it_is(name, written, spoken):
    once = speak(written).text
    assert speak(once).text == once
