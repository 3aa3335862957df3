"""Turn Markdown and HTML into plain written sentences, each with the line that its author wrote it on.

Read from a parser's tokens, not by patterns. What nobody would read aloud is left out: code blocks, link
targets, comments, footnotes, struck-out text. Pictures become their alternative text, lists and headings
become sentences, tables are read row by row.
"""

from roadcast.markup.reading import plain, sentences, tables
from roadcast.markup.splitting import split

__all__ = ["plain", "sentences", "split", "tables"]
