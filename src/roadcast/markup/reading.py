"""Read Markdown from the parser's tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from roadcast.markup.page import INLINE, UNSAID, Page, Tag
from roadcast.markup.writing import Piece, Writer, joined
from roadcast.model import Sentence


@lru_cache(maxsize=4096)
def sentences(text: str, *, path: str, first_line: int = 1) -> tuple[Sentence, ...]:
    """Read a text's sentences in order; a text that is read again, as a build reads all of them twice, is remembered.

    A paragraph is a block at the top level: a whole list or table is one.

    Args:
        text: Markdown, HTML or both.
        path: of the file it comes from, as messages name it.
        first_line: the line of that file on which the text begins.
    """
    writer = Writer(path)
    if _PLAIN.fullmatch(text):
        writer.say([(text, first_line)])
    else:
        _Document(_parse(text), writer, first_line).read()
    return tuple(writer.sentences)


def plain(text: str) -> str:
    """Read a text as one line of plain writing."""
    return " ".join(sentence.text for sentence in sentences(text, path=""))


def tables(text: str, *, first_line: int = 1) -> tuple[int, ...]:
    """List the lines on which tables begin."""
    return tuple(
        first_line + token.map[0]
        for token in _parse(text)
        if token.map and (token.type == "table_open" or (token.type == "html_block" and "<table" in token.content))
    )


# One line in which nothing can be markup: the parser would make one paragraph of it, thirty times slower.
_PLAIN = re.compile(r"(?![\s#>+=~-]|\d+[.)](?:\s|$))(?:[^\\`*_\[\r\n\t\0<&~]|<(?![A-Za-z/!?])|&(?![#\w]+;)|~(?!~))*")
# ">90% of reps" is a comparison, though every Markdown parser takes it for a quotation.
_COMPARED = re.compile(r"^( {0,3})>(?=[$€£~]?\d)", re.MULTILINE)

# What word processors put before an item of a list (two of them in the private letters of Symbol and Wingdings).
_BULLET = re.compile(r"^([ \t]*)(?:[•·▪◦‣●○■□\uf0a7\uf0b7](?=[ \t])|[o§–—-](?=\t))", re.MULTILINE)


def _parse(text: str) -> Sequence[Token]:
    return _parser().parse(_COMPARED.sub(r"\1\\>", _BULLET.sub(r"\1-", text)))


@cache
def _parser() -> MarkdownIt:
    # text_join would hide which characters were entities or escapes, and with them the line count.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
    return parser.use(footnote_plugin).use(tasklists_plugin)


class _Document:
    """Walks the blocks of a parsed document."""

    def __init__(self, tokens: Sequence[Token], writer: Writer, first_line: int) -> None:
        self._tokens, self._writer, self._first_line = tokens, writer, first_line
        self._line = first_line
        self._footnotes = 0
        self._heads: list[str] | None = None
        self._row: list[str] | None = None
        self._number = ""

    def read(self) -> None:
        """Write every block that is said."""
        for index, token in enumerate(self._tokens):
            if token.map:
                self._line = self._first_line + token.map[0]
            if token.level == 0 and token.nesting >= 0:
                self._writer.paragraph += 1
            if token.type.startswith("footnote_block"):
                self._footnotes += token.nesting
            elif token.type == "ordered_list_open":
                self._number = _prose_number(self._tokens, index)
            elif token.type == "ordered_list_close" and self._number:
                self._block([])  # "2026." and nothing else is no list either
            elif token.tag in {"table", "tr"}:
                self._table(token)
            elif not self._footnotes and token.type == "inline":
                self._block(_pieces(token, self._line))
            elif not self._footnotes and token.type == "html_block":
                Page(self._writer, self._line).read(token.content)

    def _block(self, pieces: list[Piece]) -> None:
        if self._row is not None:
            self._row.append(joined(pieces))
        elif self._number:
            self._writer.say([(self._number, self._line), *pieces])
            self._number = ""
        else:
            self._writer.say(_without_anchor(pieces))

    def _table(self, token: Token) -> None:
        if token.type == "table_open":
            self._heads = None
        elif token.type == "tr_open":
            self._row = []
        elif self._row is not None:
            if self._heads is None:
                self._heads = self._row
            else:
                self._writer.say_row(self._heads, self._row, self._line)
            self._row = None


def _prose_number(tokens: Sequence[Token], index: int) -> str:
    """Give back the number of a "list" that is a sentence: "2026. What a year" has one item and starts late."""
    opening = tokens[index]
    start = int(opening.attrs.get("start", 1))
    items = 0
    for at in range(index + 1, len(tokens)):
        if items > 1 or (tokens[at].type == "ordered_list_close" and tokens[at].level == opening.level):
            break
        items += tokens[at].type == "list_item_open" and tokens[at].level == opening.level + 1
    return f"{start}. " if items == 1 and start > 1 else ""


def _without_anchor(pieces: list[Piece]) -> list[Piece]:
    """Drop a heading's attribute list, "{#results}" or "{: .wide}", which some dialects allow at its end."""
    if pieces and (mark := pieces[-1][0].rstrip()).endswith("}"):
        start = mark.rfind("{")
        if start >= 0 and mark[start + 1 : start + 2] in {"#", ".", ":"}:
            return [*pieces[:-1], (mark[:start], pieces[-1][1])]
    return pieces


_EMPHASIS = frozenset({"em_open", "em_close", "strong_open", "strong_close"})


def _pieces(inline: Token, line: int) -> list[Piece]:
    """Read the runs of one block of inline tokens with the line of each."""
    pieces: list[Piece] = []
    source, at, skipped = inline.content, 0, 0
    for token in inline.children or ():
        text, opened = _inline_text(token, ended=bool(pieces) and pieces[-1][0][-1:].isalnum())
        skipped = max(0, skipped + opened)
        start, end = _found(source, token, at)
        if token.type in _EMPHASIS and source[start - 1 : start].isdecimal() and source[end : end + 1].isdecimal():
            text = token.markup  # 2*3*4 is a sum
        line += source.count("\n", at, start)
        if text and not skipped:
            pieces.append((text, line))
        line += source.count("\n", start, end)
        at = end
    return pieces


def _found(source: str, token: Token, at: int) -> tuple[int, int]:
    """Find where an inline token stands in its block's source, from `at` on, or stay there."""
    wanted = "\n" if token.type.endswith("break") else token.content
    if token.type == "text_special" or token.type in _EMPHASIS:
        wanted = token.markup
    start = source.find(wanted, at, at + len(wanted) + 4096)
    return (start, start + len(wanted)) if start >= 0 else (at, at)


def _inline_text(token: Token, *, ended: bool) -> tuple[str, int]:
    """Read one inline token: its text, and +1 or -1 where something unsaid begins or ends.

    `ended` tells that the text so far stops at a word, so that a forced line break is heard as a comma.
    """
    match token.type:
        case "text" | "text_special" | "code_inline":
            return token.content, 0
        case "softbreak":
            return " ", 0
        case "hardbreak":
            return ", " if ended else " ", 0
        case "image":
            alternative = "".join(_inline_text(child, ended=False)[0] for child in token.children or ())
            return alternative, 0
        case "s_open" | "s_close":
            return "", token.nesting
        case "html_inline":
            return _tag_text(token.content, ended=ended)
        case _:
            return "", 0


def _tag_text(content: str, *, ended: bool) -> tuple[str, int]:
    tag = Tag(content)
    if tag.name in UNSAID:
        return "", -1 if tag.closing else 1
    if tag.name == "br":
        return ", " if ended else " ", 0
    if tag.name == "img":
        return tag.alternative, 0
    return "" if tag.name in INLINE else " ", 0
