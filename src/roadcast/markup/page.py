"""Read HTML: blocks of it, and single tags inside Markdown."""

from __future__ import annotations

from html.parser import HTMLParser

from roadcast.markup.writing import Piece, Writer, joined

UNSAID = frozenset({"script", "style", "template", "head", "title", "svg", "math", "pre", "del", "s", "strike"})
INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
    }
    | {"kbd", "label", "mark", "q", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)


class _Html(HTMLParser):
    """The standard parser, safe from its one assertion ("<![if x") and from reading to the end once per "<!--"."""

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Skip a declaration, or all that is left if it never ends."""
        del report
        return self.rawdata.find(">", i) + 1 or len(self.rawdata)

    def parse_comment(self, i: int, report: int = 1) -> int:
        """Skip a comment, or all that is left if it never ends."""
        del report
        end = self.rawdata.find("-->", i + 2)
        return end + 3 if end >= 0 else len(self.rawdata)


class Tag(_Html):
    """One tag, read."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.name, self.closing, self.alternative = "", False, ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the tag."""
        self.name, self.alternative = tag, dict(attrs).get("alt") or ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag that has no content, so nothing in it is unsaid."""
        self.handle_starttag(tag if tag not in UNSAID else "span", attrs)

    def handle_endtag(self, tag: str) -> None:
        """Take a closing tag."""
        self.name, self.closing = tag, True


class Page(_Html):
    """A block of HTML, read into a writer."""

    def __init__(self, writer: Writer, line: int) -> None:
        super().__init__()
        self._writer, self._line = writer, line
        self._pieces: list[Piece] = []
        self._unsaid: list[str] = []
        self._rows: list[list[str]] = []
        self._row: list[str] | None = None

    def read(self, content: str) -> None:
        """Read the whole block."""
        tagged = content.rfind(">") + 1  # behind it no tag is whole, and the parser would look for one at every "<"
        self.feed(content[:tagged] + content[tagged:].replace("<", "&lt;"))
        self.close()
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what the tag begins: a block, a row, something unsaid."""
        if tag in UNSAID:
            self._unsaid.append(tag)
        elif tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")
        elif tag == "br":
            self.handle_data(", " if self._pieces and self._pieces[-1][0][-1:].isalnum() else " ")
        elif tag not in INLINE:
            self._end_block()
            if tag == "table":
                self._rows = []
            elif tag == "tr":
                self._row = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin nothing that would never end."""
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began."""
        if tag in self._unsaid:
            del self._unsaid[self._unsaid.index(tag) :]
        elif tag in {"td", "th"} and self._row is not None:
            self._row.append(joined(self._pieces))
            self._pieces = []
        elif tag == "tr" and self._row is not None:
            if self._rows:
                self._writer.say_row(self._rows[0], self._row, self._line + self.getpos()[0] - 1)
            self._rows.append(self._row)
            self._row = None
        elif tag not in INLINE:
            self._end_block()

    def handle_data(self, data: str) -> None:
        """Take text; entities are decoded by now."""
        if data and not self._unsaid:
            self._pieces.append((data, self._line + self.getpos()[0] - 1 + _leading_lines(data)))

    def _end_block(self) -> None:
        if self._row is None and self._pieces:
            self._writer.say(self._pieces)
            self._pieces = []


def _leading_lines(data: str) -> int:
    return data[: len(data) - len(data.lstrip())].count("\n")
