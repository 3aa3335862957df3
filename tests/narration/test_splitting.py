import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadcast.narration.splitting import CLAUSE_PAUSE, SENTENCE_PAUSE, Piece, halves, pieces

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=40)
MARKS = st.sampled_from(["", "", "", ",", ".", "?", ";"])


@st.composite
def texts(draw):
    return " ".join(word + draw(MARKS) for word in draw(WORDS))


def letters(text):
    return [character for character in text if character.isalpha()]


def test_sentences_are_said_one_by_one_with_a_pause_between_and_none_at_the_end():
    assert pieces("We won. Did they? Yes!", 100) == [
        Piece("We won.", SENTENCE_PAUSE, True),
        Piece("Did they?", SENTENCE_PAUSE, True),
        Piece("Yes!", 0.0, True),
    ]


def test_a_long_sentence_is_cut_at_its_commas_and_only_its_beginning_opens():
    assert pieces("One two three, four five six, seven.", 16) == [
        Piece("One two three,", CLAUSE_PAUSE, True),
        Piece("four five six,", CLAUSE_PAUSE, False),
        Piece("seven.", 0.0, False),
    ]


def test_a_long_clause_is_cut_between_words():
    assert [piece.text for piece in pieces("alpha beta gamma delta", 11)] == ["alpha beta", "gamma delta"]


def test_a_stretch_without_letters_is_not_a_piece():
    assert [piece.text for piece in pieces("Yes. ... ! No.", 100)] == ["Yes.", "No."]


def test_sixty_thousand_characters_without_a_full_stop_are_cut_to_the_limit():
    cut = pieces("alpha beta " * 5_500, 1_000)
    assert max(len(piece.text) for piece in cut) <= 1_000
    assert letters("".join(piece.text for piece in cut)) == letters("alpha beta " * 5_500)


@given(texts(), st.integers(5, 60))
def test_no_letter_is_lost_and_no_piece_is_too_long(text, limit):
    cut = pieces(text, limit)
    assert letters("".join(piece.text for piece in cut)) == letters(text)
    assert all(0 < len(piece.text) <= limit for piece in cut)
    assert cut[0].opens
    assert cut[-1].pause == 0


@given(texts(), st.booleans())
def test_halves_keep_every_letter_and_get_smaller(text, opens):
    piece = Piece(text, 0.4, opens)
    cut = halves(piece)
    assert letters("".join(half.text for half in cut)) == letters(text)
    assert cut[-1].pause == 0.4
    assert [half.opens for half in cut] == [opens] + [False] * (len(cut) - 1)
    assert len(cut) == 1 or all(len(half.text) < len(text) for half in cut)


@pytest.mark.parametrize("text", ["word", "word."])
def test_one_word_has_no_halves(text):
    assert halves(Piece(text, 0.0, True)) == [Piece(text, 0.0, True)]
