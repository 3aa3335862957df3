"""Check a whole bundle as it lies on disk: every sum, every file against its target, and that the counts add up."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from roadcast.errors import VoicemailError
from roadcast.voicemail.bundle import SUMS
from roadcast.voicemail.check import Finding, check_file
from roadcast.voicemail.profiles import Profile


def check_bundle(folder: Path, profiles: Mapping[str, Profile], *, target: str = "") -> list[Finding]:
    """Check a bundle; without findings it is as it was made and every target takes its file.

    Args:
        folder: of the bundle.
        profiles: by target.
        target: check the files of this target only.

    Raises:
        VoicemailError: if it is no bundle at all.
    """
    manifest = _json(folder, "manifest.json")
    findings = [*_sums(folder), *_counts(folder)]
    for entry in manifest.get("files", []):
        name, for_target = str(entry.get("file", "")), str(entry.get("target", ""))
        if target and for_target != target:
            continue
        if for_target not in profiles:
            findings.append(_finding(name, "target", f"no profile for target '{for_target}'"))
        elif not re.fullmatch(r"audio/[^/]+", name) or not (folder / name).is_file():
            findings.append(_finding(name, "missing", "the manifest names it, the bundle does not hold it"))
        else:
            content = (folder / name).read_bytes()
            findings += check_file(Path(name).name, content, profiles[for_target]).findings
    return findings


def _json(folder: Path, name: str) -> dict[str, list[dict[str, object]]]:
    try:
        read = json.loads((folder / name).read_bytes())
    except (OSError, ValueError) as error:
        raise VoicemailError(f"{folder}: no voicemail bundle: {name} cannot be read: {error}") from error
    if not isinstance(read, dict):
        raise VoicemailError(f"{folder}: no voicemail bundle: {name} holds no table")
    return read


def _sums(folder: Path) -> Iterator[Finding]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield _finding(SUMS, "missing", f"cannot be read: {error}")
        return
    listed = set()
    for number, line in enumerate(lines, 1):
        digest, _, name = line.partition("  ")
        listed.add(name)
        path = folder / name
        if not name or name.startswith("/") or ".." in Path(name).parts:
            yield _finding(SUMS, "sum", f"line {number} names a file outside of the bundle")
        elif not path.is_file():
            yield _finding(name, "missing", f"{SUMS} names it, the bundle does not hold it")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield _finding(name, "sum", "changed since it was made")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in listed and name != SUMS:
            yield _finding(name, "sum", f"not in {SUMS}")


def _counts(folder: Path) -> Iterator[Finding]:
    record = _json(folder, "compliance.json")
    numbers = [record.get(name) for name in ("read", "exported", "withheld")]
    if not all(isinstance(number, int) for number in numbers):
        yield _finding("compliance.json", "counts", "read, exported and withheld are no numbers")
    elif not record.get("lists_refused") and numbers[0] != numbers[1] + numbers[2]:  # type: ignore[operator]  # ints
        reason = f"{numbers[0]} recipients were read, {numbers[1]} exported and {numbers[2]} withheld"
        yield _finding("compliance.json", "counts", reason)


def _finding(name: str, rule: str, reason: str) -> Finding:
    return Finding(file=name, offset=0, rule=rule, reason=reason)
