"""Which rules are tried on a text, and in what order."""

from roadcast.spoken import Reading
from roadcast.spoken.rules import Rules, compiled, rule, word


def said(rules, text):
    return Rules(rules).apply(text, Reading())


def test_rules_are_applied_in_their_order_to_what_the_earlier_ones_said():
    rules = (rule(r"(\d)k", lambda m, _r: f"{m[1]}000"), word("5000", "five thousand", figures=True))
    assert said(rules, "5k of them") == "five thousand of them"
    assert said(reversed(rules), "5k of them") == "5000 of them"


def test_a_rule_about_figures_leaves_a_text_without_them_alone():
    assert said((rule("o", lambda _m, _r: "0"),), "no") == "no"
    assert said((rule("o", lambda _m, _r: "0"),), "no 1") == "n0 1"


def test_a_rule_is_tried_only_where_its_marks_and_one_of_its_cues_stand():
    tried = []
    noting = rule("x", lambda m, _r: tried.append(m.string) or "", marks="/", cues=("Y/Y", "€"), figures=False)
    for text in ("x Y", "x /", "x /Yes", "x / Y", "x / €"):
        said((noting,), text)
    assert tried == ["x / Y", "x / €"]


def test_a_cue_that_an_earlier_rule_brought_in_counts():
    rules = (word("vs", "versus", cues=("vs",)), word("versus", "against", cues=("versus",)))
    assert said(rules, "us vs them") == "us against them"


def test_what_a_rule_needs_is_looked_for_before_it_is_tried():
    assert said((word("a", "b", needs="c"),), "a") == "a"
    assert said((word("a", "b", needs="c"),), "ac") == "bc"


def test_importing_the_rules_compiles_none_of_them():
    source = "never used (by) any text"
    before = compiled.cache_info().currsize
    rules = Rules((word(source, "", cues=("used",)),))
    assert compiled.cache_info().currsize == before
    rules.apply("used", Reading())
    assert compiled.cache_info().currsize == before + 1
