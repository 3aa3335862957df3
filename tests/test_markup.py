import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadcast.markup import plain, reading, sentences, split, tables

TEXT = """# Q3 results {#q3}

We won **three** deals in the [EMEA](https://x.y/z_(a) "title") region
worth $4.2M.[^1] Dr. Smith of the U.S. office said: "Great!" It was
`make test` at 3.5 p.m. See No. 5 &amp; ~~old $99~~ \\$79.

[^1]: Unaudited.

- one
- two;
  continued
- [x] done

| Region | Bookings | Growth |
|---|---|---|
| EMEA | $4.2M | 12% |
| US |  | 5%. |

```
code here
```

<table><tr><th>Region</th><th>ARR</th></tr>
<tr><td>APAC</td><td>$1M</td></tr></table>

<!-- hidden -->
<div>Hello <b>World</b>
<script>x()</script>
<p>Another &euro;5</p></div>

![Chart of bookings](a.png)

> Quoted<br>twice
"""


def read(text):
    return [sentence.text for sentence in sentences(text, path="a.md")]


def test_a_document_is_read_as_plain_sentences_with_the_lines_of_the_file():
    told = [(s.place.line, s.paragraph, s.text) for s in sentences(TEXT, path="a.md", first_line=10)]
    assert told == [
        (10, 0, "Q3 results."),
        (12, 1, "We won three deals in the EMEA region worth $4.2M."),
        (13, 1, 'Dr. Smith of the U.S. office said: "Great!"'),
        (13, 1, "It was make test at 3.5 p.m."),
        (14, 1, "See No. 5 & $79."),
        (18, 2, "one."),
        (19, 2, "two; continued."),
        (21, 2, "done."),
        (25, 3, "EMEA: bookings $4.2M, growth 12%."),
        (26, 3, "US: growth 5%."),
        (33, 5, "APAC: ARR $1M."),
        (36, 7, "Hello World."),
        (38, 7, "Another €5."),
        (40, 8, "Chart of bookings."),
        (42, 9, "Quoted, twice."),
    ]
    assert {s.place.path for s in sentences(TEXT, path="a.md")} == {"a.md"}


def test_tables_are_found_by_their_lines():
    assert tables(TEXT, first_line=10) == (23, 32)
    assert tables("no | table") == ()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("*a* _b_ **c** `d`", ["a b c d."]),
        ("[text](http://x.y) and <https://acme.com/x>", ["text and https://acme.com/x."]),
        ("![alt *text*](x.png)", ["alt text."]),
        ("Tom &amp; Jerry &lt;3 &#8364;5", ["Tom & Jerry <3 €5."]),
        ("5<sup>th</sup> <del>no</del>yes", ["5th yes."]),
        ("    indented code\n\ntext", ["text."]),
        ("# Title:\n\ntext", ["Title:", "text."]),
        ("2026. What a year", ["2026. What a year."]),
        ("1716.", ["1716."]),
        ("1. First\n2. Second", ["First.", "Second."]),
        ("[ref]: http://x.y\n\n[ref]", ["ref."]),
        ("a  \nb", ["a, b."]),
        ("***", []),
        ("<style>p {}</style>\n\nx", ["x."]),
        ("<div>a<br>b<br/>c</div>", ["a, b, c."]),
        ("<p>one<p>two", ["one.", "two."]),
        ("<ul><li>one<li>two</ul>", ["one.", "two."]),
        ("Note: see\nbelow", ["Note: see below."]),
        ("| A |\n|---|\n| only |", ["only."]),
        (">90% of reps", [">90% of reps."]),
        ("> a quotation", ["a quotation."]),
        ("a_b_c costs 2*3*4", ["a_b_c costs 2*3*4."]),
    ],
)
def test_markup_is_never_read_out(markdown, expected):
    assert read(markdown) == expected


def test_a_text_is_one_line_when_plain():
    assert plain("# A\n\nb *c*") == "A. b c."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("J. Smith met Mr. B. Jones at 5 p.m. The end.", ["J. Smith met Mr. B. Jones at 5 p.m.", "The end."]),
        ("The U.S. economy grew 3.5%. Version 2.4.1 is out.", ["The U.S. economy grew 3.5%.", "Version 2.4.1 is out."]),
        ("See acme.com. iPhone sells. No. 5 is it.", ["See acme.com.", "iPhone sells.", "No. 5 is it."]),
        ("Yahoo! said so... Then it left.", ["Yahoo! said so...", "Then it left."]),
        ('"Stop." She went. (He did.) Now?', ['"Stop."', "She went.", "(He did.)", "Now?"]),
        ("He lives in St. Louis, Mo. It is hot.", ["He lives in St. Louis, Mo.", "It is hot."]),
        ("Acme Inc. won. Acme Inc. The end.", ["Acme Inc. won.", "Acme Inc.", "The end."]),
        ("Due Jan. 5 at approx. 3 vs. 4. Why?", ["Due Jan. 5 at approx. 3 vs. 4.", "Why?"]),
        ("First para\n\nSecond para", ["First para", "Second para"]),
        ("no stop at all", ["no stop at all"]),
        ("Plan B. The next.", ["Plan B.", "The next."]),
        ("1. Open the app. 2. Close it.", ["1. Open the app.", "2. Close it."]),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text, parts):
    assert list(split(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "<!-- " * 20000,
        "<div " * 20000,
        "<div>\n" + '<b x="' * 10000 + ">",
        "[" * 20000,
        "word " * 200000,
        "A sentence here. " * 20000,
        "> " * 20000,
        "*a " * 20000,
        "<div>\n<![foo " * 5000,
        "`a" * 20000,
    ],
    ids=lambda text: f"{text[:8]!r}x{len(text)}",
)
def test_no_text_however_long_or_odd_takes_more_than_a_moment(text):
    started = time.process_time()
    sentences(text, path="x")
    assert time.process_time() - started < 10


LINES = st.text(st.sampled_from("ab1 .,:;#>-+=~<&!|()$'\"/%@x2"), max_size=30)


@settings(max_examples=500, deadline=None)
@given(st.one_of(LINES, st.text(max_size=30)))
def test_the_short_cut_for_plain_lines_gives_what_the_parser_gives(text):
    short = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_PLAIN", re.compile("(?!)"))
        assert short == read(text)


@pytest.mark.parametrize("text", ["🎉🎉", "Sold! 🎉🎉", "* 🎉\n* ✅", "Sold.\n\n👍🏽\n"])
def test_pictures_alone_are_no_sentence(text):
    assert [s.text for s in sentences(text, path="x.md")] == [part for part in ("Sold!", "Sold.") if part in text]


def test_signs_that_have_names_are_a_sentence():
    assert [s.text for s in sentences("→ €", path="x.md")] == ["→ €."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Three things:\n• One\n•\tTwo\no\tThree", ["Three things:", "One.", "Two.", "Three."]),
        ("\uf0b7\tOne\n\uf0a7\tTwo\n–\tThree", ["One.", "Two.", "Three."]),
        ("One • two • three", ["One • two • three."]),
        ("We drive\no so slowly\n– and arrive", ["We drive o so slowly – and arrive."]),
    ],
)
def test_bullets_of_a_word_processor_begin_items_of_a_list(text, told):
    assert [s.text for s in sentences(text, path="x.md")] == told


def test_an_item_behind_such_a_bullet_knows_its_line():
    assert [s.place.line for s in sentences("Things:\n• One\n• Two", path="x.md", first_line=7)] == [7, 8, 9]


def test_what_nobody_sees_is_not_the_end_of_a_sentence():
    assert [s.text for s in sentences("Do not tell any\u00adbody yet.\u200b", path="x.md")] == [
        "Do not tell anybody yet."
    ]
