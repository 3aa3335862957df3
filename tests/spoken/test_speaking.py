import pytest

from roadcast.errors import PassageRejected, SettingsError
from roadcast.model import LexiconEntry
from roadcast.spoken import Reading, read_lexicon, speak, suggest


def entry(term, say_as, scope=""):
    return LexiconEntry(term=term, say_as=say_as, scope=scope)


def test_a_term_of_the_lexicon_is_said_so_at_every_occurrence_and_the_entry_is_named_once():
    said = speak("SaaS beats SaaS-like (SaaS).", lexicon=[entry("SaaS", "sass")])
    assert said.text == "sass beats sass like, sass."
    assert said.entries == (entry("SaaS", "sass"),)


def test_entries_that_a_text_does_not_use_are_not_named():
    assert speak("Nothing here.", lexicon=[entry("SaaS", "sass")]).entries == ()


def test_the_longest_term_wins_whatever_the_order():
    lexicon = [entry("Sarek", "sah reck"), entry("Sarek Cloud", "the sah reck cloud")]
    assert speak("Sarek Cloud and Sarek", lexicon=lexicon).text == "the sah reck cloud and sah reck"


def test_a_term_is_a_whole_word_and_its_case_counts():
    lexicon = [entry("ARR", "annual recurring revenue")]
    assert speak("ARR, arr, ARRAY and WARR's ARR's", lexicon=lexicon).text == (
        "annual recurring revenue, arr, ARRAY and WARR's annual recurring revenue's"
    )


def test_a_term_with_figures_is_no_number_of_the_text():
    assert speak("K2 has 8611 m", lexicon=[entry("K2", "kay two")]).text == (
        "kay two has eight thousand six hundred eleven meters"
    )


def test_what_the_lexicon_says_is_not_changed_by_any_rule():
    assert speak("ACV", lexicon=[entry("ACV", "Dr US approx")]).text == "Dr US approx"


def test_a_term_inside_an_address_is_said_as_the_lexicon_says():
    assert speak("See acme.com now", lexicon=[entry("acme", "ack me")]).text == "See ack me dot com now"


def test_an_entry_with_a_scope_counts_only_there_and_beats_the_general_one():
    lexicon = [entry("SE", "sales engineer"), entry("SE", "south east", "training")]
    assert speak("SE", lexicon=lexicon).text == "sales engineer"
    assert speak("SE", lexicon=lexicon, scopes=frozenset({"training"})).text == "south east"


def test_day_and_month_follow_the_setting_unless_only_one_order_makes_a_date():
    assert speak("5/6/2026").text == "May sixth, twenty twenty six"
    assert speak("5/6/2026", reading=Reading(day_first=True)).text == "June fifth, twenty twenty six"
    assert speak("11/30/2026", reading=Reading(day_first=True)).text == "November thirtieth, twenty twenty six"


def test_the_other_ambiguous_readings_follow_their_settings():
    assert speak("in 1905", reading=Reading(zero="o")).text == "in nineteen o five"
    assert speak("$1.05", reading=Reading(cents=False)).text == "one point zero five dollars"
    assert speak("XR-450", reading=Reading(codes="pairs")).text == "X R four fifty"
    assert speak("XR-450", reading=Reading(codes="figures")).text == "X R four five zero"
    assert speak("NATO", reading=Reading(spelled=frozenset({"NATO"}))).text == "N A T O"
    assert speak("ROI", reading=Reading(said=frozenset({"ROI"}))).text == "ROI"


@pytest.mark.parametrize("options", [{"codes": "guess"}, {"zero": "0"}])
def test_a_reading_that_makes_no_sense_cannot_be_built(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        Reading(**options)


@pytest.mark.parametrize(
    ("written", "named"),
    [("Привет из Москвы", "Cyrillic"), ("東京へ", "Chinese or Japanese"), ("a ∂ b", "∂"), ("λόγος", "Greek")],
)
def test_what_no_voice_can_say_is_refused_and_named(written, named):
    with pytest.raises(PassageRejected, match=named):
        speak(written)


def test_a_text_with_nothing_to_say_is_empty():
    assert speak("").text == ""
    assert speak("🎉 …").text == ""


def test_figures_of_other_scripts_and_dressed_up_letters_are_read_as_what_they_are():
    assert speak("٤٢ 𝗕𝗼𝗹𝗱 ﬁt ① Ｑ３").text == "forty two Bold fit one Q three"


def test_a_lexicon_is_read_longest_term_first():
    text = "term,say_as,scope\n# ours\nARR,annual recurring revenue,\n\nSarek Cloud,the sarek cloud,story\n"
    assert read_lexicon(text, path="x.csv") == (
        entry("Sarek Cloud", "the sarek cloud", "story"),
        entry("ARR", "annual recurring revenue"),
    )
    assert read_lexicon("", path="x.csv") == ()
    assert read_lexicon("term,say_as\nA,b\n", path="x.csv") == (entry("A", "b"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n", r"x\.csv:1: the first line must be"),
        ("term,say_as,scope\nARR,,\n", r"x\.csv:2: nothing to say for 'ARR'"),
        ("term,say_as,scope\n,x,\n", r"x\.csv:2: no term"),
        ("term,say_as,scope\nA,b,\nA,c,\n", r"x\.csv:3: 'A' is there twice"),
        ("term,say_as,scope\nA,b 2,\n", r"x\.csv:2: 'b 2' holds 2"),
        ("term,say_as,scope\nA,b,c,d\n", r"x\.csv:2: 4 columns instead of 3"),
        ('term,say_as,scope\n"A\n' + "x" * 200_000, r"x\.csv:\d+: not a CSV line"),
    ],
)
def test_a_lexicon_that_cannot_be_read_is_refused_with_file_and_line(text, message):
    with pytest.raises(SettingsError, match=message):
        read_lexicon(text, path="x.csv")


def test_names_and_tokens_that_a_voice_will_mangle_are_suggested_most_frequent_first():
    texts = [
        "Sarek met Przybylski and McQuade.",
        "Przybylski likes EBITDARM, the team likes coffee at NorrCare in May.",
    ]
    assert suggest(texts, [entry("NorrCare", "nor care")]) == ("Przybylski", "EBITDARM", "McQuade")


def test_contractions_and_short_months_need_no_settling_however_they_are_typed():
    assert suggest(["We’ve won, and we don’t wait: Przybylski’s deal closes on Nov. 12."], []) == ("Przybylski",)


def test_a_number_that_would_be_told_wrongly_is_refused(monkeypatch):
    from roadcast.spoken import speaking
    from roadcast.spoken.rules import Rules, rule

    broken = Rules((rule(r"\d+", lambda _match, _reading: "thirteen"),))
    monkeypatch.setattr(speaking, "RULES", broken)
    with pytest.raises(PassageRejected, match="'12' would be told wrongly in 'We sold 12 of them'"):
        speak("We sold 12 of them")


@pytest.mark.parametrize("text", ["word " * 12_000, "x" * 60_000, "one, two; " * 6_000])
def test_a_text_without_the_end_of_a_sentence_is_refused_at_once(text):
    with pytest.raises(PassageRejected, match="60,000 characters without the end of a sentence"):
        speak(text)


def test_a_long_text_of_sentences_is_said():
    assert speak("It costs $5 today. " * 1_000).text.count("five dollars") == 1_000
