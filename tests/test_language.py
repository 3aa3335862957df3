"""Tags of languages."""

import pytest

from roadcast.model.language import language_of


@pytest.mark.parametrize(
    ("tag", "language"), [("en", "en"), ("en-GB", "en"), ("EN-us", "en"), ("zh-Hant-TW", "zh"), ("gsw", "gsw")]
)
def test_a_tag_gives_its_language_without_script_and_region_in_small_letters(tag, language):
    assert language_of(tag) == language
