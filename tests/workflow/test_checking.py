"""What check says of a workspace before anybody listens."""

import pytest

from roadcast.bootstrap import open_studio
from roadcast.workflow import checking
from workspaces import add_item, workspace


def check(folder):
    with open_studio(folder) as studio:
        return checking.check(studio)


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("audience: [Field]", "audience: no show is made for Field; did you mean 'field'?"),
        ("audience: [feild]", "audience: no show is made for feild; did you mean 'field'?"),
        ("audience: warehouse", "audience: no show is made for warehouse; groups of the shows: field"),
        ("audience: [field, warehouse]", None),
        ("priority: 3", None),
    ],
)
def test_an_item_for_groups_that_no_show_is_made_for_is_a_warning(tmp_path, front, says):
    folder = workspace(tmp_path)
    add_item(folder, "a", front=f"action: Ask.\n{front}")
    found = check(folder)
    assert found.errors == ()
    assert found.warnings == ((f"briefings/a.md:6: {says}",) if says else ())


def test_a_kind_whose_template_is_not_there_is_a_warning(tmp_path):
    kinds = '[kinds.numbers]\ntemplate = "numbrs.j2"\n\n[kinds.plain]\nlabel = "Plain"\n'
    folder = workspace(tmp_path, more=kinds)
    missing = "roadcast.toml: kinds.numbers.template: no scripts/numbrs.j2; item.j2 tells the kind instead"
    assert check(folder).warnings == (missing,)
    (folder / "scripts").mkdir()
    (folder / "scripts" / "numbrs.j2").write_text("{{ item.headline }}\n")
    assert check(folder).warnings == ()


def test_words_that_yaml_cuts_are_a_warning_though_nothing_else_is_wrong(tmp_path):
    folder = workspace(tmp_path)
    add_item(folder, "a", headline="We are #1", front="action: Ask.")
    found = check(folder)
    assert found.errors == ()
    assert [text for text in found.warnings if text.startswith("briefings/a.md:2: headline: '#1' is a comment")]
