"""Say in whose name a message speaks, and the sentences of its frame."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from roadcast.errors import VoicemailError
from roadcast.model import Confidentiality
from roadcast.voicemail import numbers

PACKAGED = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """In whose name the message speaks; numbers in E.164.

    Attributes:
        business: the registered name (47 CFR 64.1200(b)(1)).
        call_back: for questions; caller_id: what the phone shows.
        opt_out: how to get no more: a number to call, or a whole sentence that says what to do.
        toll_free_opt_out: where telemarketing needs one, said right behind the identification.
        allow: the strictest class of item that may leave the house; never confidential.
        audio_base_url: where the vendor fetches the audio, or empty.
    """

    business: str
    call_back: str
    opt_out: str
    caller_id: str = ""
    toll_free_opt_out: str = ""
    region: str = "US"
    allow: Confidentiality = Confidentiality.PUBLIC
    audio_base_url: str = ""

    def __post_init__(self) -> None:
        if not self.business.strip():
            raise VoicemailError("voicemail.business is empty; set the registered name of the business that calls")
        for name in ("call_back", "opt_out", "caller_id", "toll_free_opt_out"):
            self._check_number(name)
        if self.allow is Confidentiality.CONFIDENTIAL:
            raise VoicemailError("voicemail.allow: confidential items never leave the house; use public or internal")
        if self.audio_base_url and not re.fullmatch(r"https://[^\s/?#@]+(/[^\s?#]*)?", self.audio_base_url):
            raise VoicemailError(
                f"voicemail.audio_base_url: {self.audio_base_url!r} is no public https address without query"
            )

    def opt_out_line(self, wording: Wording) -> str:
        """Write the sentence that says how to get no more."""
        if not self.opt_out.startswith("+"):
            return " ".join(self.opt_out.split())
        return wording.fill("opt_out", opt_out=numbers.for_reading(self.opt_out))

    def _check_number(self, name: str) -> None:
        written = getattr(self, name)
        if not written and name in ("caller_id", "toll_free_opt_out"):
            return
        if not written:
            raise VoicemailError(f"voicemail.{name} is empty; set a telephone number, such as +1 202 555 0143")
        if name == "opt_out" and len(re.findall(r"[A-Za-z]{2,}", written)) >= 4:
            return  # a sentence, said as it stands
        try:
            e164 = numbers.to_publish(written, region=self.region, toll_free=name == "toll_free_opt_out")
        except ValueError as error:
            raise VoicemailError(f"voicemail.{name}: {error}; set a number that people can call") from error
        object.__setattr__(self, name, e164)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The sentences of the frame, with fields in braces."""

    identification: str
    part: str
    details: str
    call_back: str
    opt_out: str

    def __post_init__(self) -> None:
        for name, wanted in (("identification", "business"), ("call_back", "call_back"), ("opt_out", "opt_out")):
            if f"{{{wanted}}}" not in getattr(self, name):
                raise VoicemailError(f"wording: '{name}' does not say {{{wanted}}}")

    def fill(self, name: str, **values: object) -> str:
        """Fill a sentence.

        Raises:
            VoicemailError: if it has a field that is not known.
        """
        try:
            return str(getattr(self, name)).format(**values)
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise VoicemailError(f"wording: '{name}' has an unknown field: {error}; known: {sorted(values)}") from error


def load_wording(path: Path = PACKAGED) -> Wording:
    """Read the sentences of the frame; what the file leaves out is taken from the packaged one.

    Raises:
        VoicemailError: naming the file and the key that is wrong.
    """
    try:
        table = tomllib.loads(PACKAGED.read_text(encoding="utf-8")) | tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VoicemailError(f"{path}: cannot be read as wording: {error}") from error
    known = {one.name for one in fields(Wording)}
    for key, value in table.items():
        if key not in known or not isinstance(value, str):
            raise VoicemailError(f"{path}: '{key}' is no sentence of the frame; known: {', '.join(sorted(known))}")
    return Wording(**table)
