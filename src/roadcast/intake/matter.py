"""Part a file into front matter and body, and read the YAML of the one without trusting it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from roadcast.errors import IntakeError
from roadcast.intake.slips import plainly

DEPTH = 4
"""How deep front matter may be nested; a list of words is one deep."""

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATE = "tag:yaml.org,2002:timestamp"
# Dates stay text: YAML's own reader of them knows neither line nor key of one that there is not.
_Loader = type("_Loader", (_SAFE,), {"yaml_constructors": {**_SAFE.yaml_constructors, _DATE: _SAFE.construct_yaml_str}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A file in its two parts.

    Attributes:
        meta: the front matter; lines: on which line of the file each of its keys stands.
        cut: what YAML took for a comment behind the words of a key.
        body: the rest, which begins on `body_line`.
    """

    meta: Mapping[str, Any]
    lines: Mapping[str, int]
    cut: Mapping[str, str]
    body: str
    body_line: int


@lru_cache(maxsize=4096)
def part(text: str, name: str) -> Matter:
    """Part front matter and body; a file that is read again, as a build reads all of them twice, is remembered.

    Raises:
        IntakeError: naming file and line, if there is no front matter or it cannot be read.
    """
    opening = re.match(r"---[ \t]*\n((?:[ \t]*\n)*)", text)
    if opening is None:
        raise IntakeError(
            f"{name}:1: no front matter; begin the file with '---', 'headline: ...', 'published: YYYY-MM-DD', '---'"
        )
    end = re.search(r"^---[ \t]*$", text[4:], re.MULTILINE)
    if end is None:
        raise IntakeError(f"{name}:1: the front matter has no end; close it with a line '---'")
    handler = _Handler(first_line=1 + opening[1].count("\n"))
    try:
        meta, _ = frontmatter.parse(text, handler=handler)
    except yaml.MarkedYAMLError as error:
        at, advice = _told(error, handler.text.split("\n"))
        raise IntakeError(f"{name}:{handler.first_line + at}: front matter: {advice}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise IntakeError(f"{name}:1: front matter cannot be read: {str(error).splitlines()[0]}") from error
    body = text[4 + end.end() :].lstrip("\n")
    before = text[: len(text) - len(body)]
    return Matter(meta=meta, lines=handler.lines, cut=handler.cut, body=body, body_line=before.count("\n") + 1)


def _told(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, str]:
    """Give the line of an error, counted from 0, and its words: ours as they are, the parser's in plain ones."""
    at = error.problem_mark.line if error.problem_mark else 0
    problem = str(error.problem or error.context)
    if type(error) is yaml.MarkedYAMLError:  # `_wrong`
        return at, problem
    return plainly(problem, lines, at=at, begins=error.context_mark.line if error.context_mark else at)


def timestamp(text: str) -> datetime | date:
    """Read a date, and a time, in one of YAML's forms.

    Raises:
        ValueError: if it is none.
    """
    found = yaml.load(text, Loader=_SAFE) if yaml.SafeLoader.timestamp_regexp.match(text) else None  # noqa: S506
    if not isinstance(found, date):
        raise ValueError(text)
    return found


def _wrong(problem: str, node: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


class _Handler(YAMLHandler):
    """Safe YAML that refuses bombs and whatever is said twice, and remembers where each key stands.

    The text that it is given begins at the end of `first_line`.
    """

    def __init__(self, *, first_line: int) -> None:
        super().__init__()
        self.first_line = first_line
        self.text = ""
        self.lines: dict[str, int] = {}
        self.cut: dict[str, str] = {}

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        self.text = fm
        _refuse_bombs(fm)
        loader = _Loader(fm)
        node = loader.get_single_node()
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise _wrong("must be 'key: value' lines", node)
        return {key: value for pair in node.value for key, value in [self._pair(loader, fm.split("\n"), *pair)]}

    def _pair(self, loader: Any, lines: list[str], key: yaml.Node, value: yaml.Node) -> tuple[str, Any]:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            raise _wrong("a key must be a word", key)
        if name in self.lines:
            raise _wrong(f"'{name}' stands here and on line {self.lines[name]}; keep one of the two", key)
        self.lines[name] = self.first_line + key.start_mark.line
        rest = lines[value.end_mark.line][value.end_mark.column :].strip()
        if isinstance(value, yaml.ScalarNode) and not value.style and rest.startswith("#"):
            self.cut[name] = rest
        try:
            return name, loader.construct_object(value, deep=True)
        except (ValueError, TypeError) as error:
            raise _wrong(f"{name}: {error}", value) from error


def _refuse_bombs(text: str) -> None:
    """Refuse aliases (eight levels of them are gigabytes) and deep nesting, before anything is built of them."""
    depth = 0
    for event in yaml.parse(text, Loader=_SAFE):
        if isinstance(event, yaml.AliasEvent):
            raise _wrong("aliases (*name) are not allowed", event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise _wrong("nested too deeply", event)
