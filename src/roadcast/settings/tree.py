"""Hold what can be set, as one typed tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from roadcast.model.categories import is_category
from roadcast.settings.recurrence import refuse_no_rule

PREFIX = "ROADCAST_"
"""How variables and secret files that set something begin; `LEVEL` stands between a table and its key."""

LEVEL = "__"

LARGEST_RANGE = 30
"""LU of loudness range that may be set as the most; films for cinemas have 20 to 25 (EBU Tech 3343)."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # RFC 5646 section 2.1, as far as a feed needs it
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]


class Section(BaseModel):
    """A table of the settings file: what it does not know is an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)


class PresenterSettings(Section):
    """Who speaks: `[[shows.NAME.presenters]]`."""

    name: str
    engine: str = "auto"
    voice: str = ""
    rate: float = Field(1.0, ge=0.5, le=2.0)


class KindSettings(Section):
    """A kind of content: `[kinds.NAME]`; `template` defaults to NAME.j2 and `sting` to NAME."""

    label: str = ""
    template: str = ""
    sting: str = ""
    presenter: int = Field(0, ge=0)
    weight: float = Field(1.0, gt=0, le=10)
    block: Literal["news", "training", "story"] = "news"
    review: list[int] = []


class ShowSettings(Section):
    """A series: `[shows.NAME]`."""

    title: str
    description: str
    company: str = ""
    language: str = "en"
    author: str = ""
    link: str = ""
    category: str = "Business"
    subcategory: str = "Management"
    minutes: float = Field(7, ge=5, le=10)
    cap_minutes: float = Field(20, ge=5, le=20)
    presenters: list[PresenterSettings] = Field(min_length=1, max_length=8)
    kinds: list[Name] = []
    groups: list[str] = []
    listeners: list[str] = []
    cover: str = ""
    colours: tuple[str, str] = ("#0b3954", "#ff6663")
    rrule: str = "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"
    frequency: str = "Every working day"
    publish_at: str = "06:00"
    bed: str = "bed"

    @field_validator("title")
    @classmethod
    def _named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("must not be empty; it is the show's name in every app")
        return value

    @field_validator("language")
    @classmethod
    def _tagged(cls, value: str) -> str:
        if not _TAG.fullmatch(value):
            raise ValueError(f"'{value}' is no language tag; write one such as 'en' or 'en-GB'")
        return value

    @field_validator("publish_at")
    @classmethod
    def _of_a_day(cls, value: str) -> str:
        if not _TIME.fullmatch(value):
            raise ValueError(f"'{value}' is no time of day; write hours and minutes, such as '06:00'")
        return value

    @field_validator("rrule")
    @classmethod
    def _recurring(cls, value: str) -> str:
        if value:
            refuse_no_rule(value)
        return value

    @field_validator("colours")
    @classmethod
    def _coloured(cls, value: tuple[str, str]) -> tuple[str, str]:
        for colour in value:
            if not _COLOUR.fullmatch(colour):
                raise ValueError(f"'{colour}' is no colour; write it like '#0b3954'")
        return value

    @model_validator(mode="after")
    def _listed(self) -> ShowSettings:
        if not is_category(self.category, self.subcategory):
            chosen = f"{self.category} > {self.subcategory}" if self.subcategory else self.category
            raise ValueError(f"{chosen} is no category of Apple's list; see docs/feeds.md")
        return self


class EnginesSettings(BaseModel):
    """Voices: `[engines]`, and `[engines.NAME]` with the options of one engine."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True, defer_build=True)

    order: list[str] = ["rhvoice", "pico", "flite", "espeak"]
    online: bool = False

    @property
    def options(self) -> Mapping[str, Mapping[str, Any]]:
        """Give the options of each engine by its name."""
        return {name: table for name, table in (self.model_extra or {}).items() if isinstance(table, dict)}


class AudioSettings(Section):
    """The sound: `[audio]`; lufs is the loudness of the whole programme, loudness_range its least and most in LU."""

    lufs: float = Field(-16.0, ge=-24, le=-14)
    loudness_range: tuple[float, float] = (3.0, 8.0)
    kbps: Literal[48, 56, 64, 80, 96, 112, 128] = 64

    @field_validator("loudness_range")
    @classmethod
    def _ordered(cls, value: tuple[float, float]) -> tuple[float, float]:
        if not 0 <= value[0] < value[1] <= LARGEST_RANGE:
            raise ValueError(f"must be the least and the most, between 0 and {LARGEST_RANGE}, such as [3, 8]")
        return value


class VerifySettings(Section):
    """Whether a speech recogniser listens to finished clips: `[verify]`; `block_over` is a share of words."""

    listen: bool = False
    block_over: float = Field(1.0, gt=0, le=1)

    @property
    def blocks(self) -> bool:
        """Tell whether an episode with too many words missing stays unpublished."""
        return self.block_over < 1

    @property
    def listens(self) -> bool:
        """Tell whether every build listens."""
        return self.listen or self.blocks


class SpokenSettings(Section):
    """Readings of what can be read in two ways: `[spoken]`; see `spoken.Reading` for what each means."""

    day_first: bool = False
    zero: str = "oh"
    cents: bool = True
    codes: Literal["cardinal", "pairs", "figures"] = "cardinal"
    spelled: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()


class ServerSettings(Section):
    """The server of private feeds: `[server]`; failures_per_minute are look-ups of one network that may fail."""

    trusted_proxies: list[str] = []
    offload: Literal["", "X-Accel-Redirect", "X-Sendfile"] = ""
    offload_prefix: str = "/feeds/"
    failures_per_minute: int = Field(60, ge=1)


class MailSettings(Section):
    """Where invitations are handed over for sending: `[mail]`."""

    host: str = ""
    port: int = Field(587, ge=1, le=65535)
    sender: str = ""
    user: str = ""
    password: SecretStr = SecretStr("")
    tls: Literal["starttls", "tls"] = "starttls"


class VoicemailSettings(Section):
    """What every voicemail must say, and whom it may come from: `[voicemail]`."""

    business: str = ""
    call_back: str = ""
    opt_out: str = ""
    toll_free_opt_out: str = ""
    caller_id: str = ""
    audio_base_url: str = ""
    site_timezone: str = ""
    region: str = "US"
    allow: Literal["public", "internal"] = "public"
    targets: list[str] = ["generic"]
    seconds: float = Field(40, ge=10, le=120)


def _port(parts: SplitResult) -> bool:
    """Tell whether an address has a port that can be, or leaves it to the scheme."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


class Settings(BaseSettings):
    """Everything that can be set, for one workspace."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter=LEVEL, hide_input_in_errors=True
    )

    base_url: str = "http://127.0.0.1:8000/"
    database: str = ""
    time_zone: str = "UTC"
    workers: int = Field(0, ge=0, le=256)
    shows: dict[Name, ShowSettings] = {}
    kinds: dict[Name, KindSettings] = {}
    engines: EnginesSettings = EnginesSettings()
    audio: AudioSettings = AudioSettings()
    spoken: SpokenSettings = SpokenSettings()
    verify: VerifySettings = VerifySettings()
    server: ServerSettings = ServerSettings()
    mail: MailSettings = MailSettings()
    voicemail: VoicemailSettings = VoicemailSettings()

    @field_validator("base_url")
    @classmethod
    def _slash(cls, value: str) -> str:
        if not re.match(r"https?://[^/\s?#]+(/[^\s?#]*)?$", value):
            raise ValueError("must be an http or https address without query or fragment")
        parts = urlsplit(value)
        if "@" in parts.netloc:
            raise ValueError("must hold no name or password: it is part of every address that listeners get")
        if not parts.netloc.isascii():
            raise ValueError("must be ASCII: write a host with other letters in its xn-- form")
        if not parts.hostname or not _port(parts):
            raise ValueError("must name a host, and no port or one from 1 to 65535")
        return value.rstrip("/") + "/"

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, or far too long
            raise ValueError(f"'{value}' is not known; write a name such as 'Europe/Berlin'") from None
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over secret files, and both over the file."""
        return env_settings, NestedSecretsSettingsSource(file_secret_settings), init_settings
