"""Everything that can be set, read once: roadcast.toml, ROADCAST_* variables, secret files."""

from roadcast.settings.loading import load
from roadcast.settings.masking import masked
from roadcast.settings.tree import EnginesSettings, KindSettings, MailSettings, Settings, ShowSettings, SpokenSettings

__all__ = [
    "EnginesSettings",
    "KindSettings",
    "MailSettings",
    "Settings",
    "ShowSettings",
    "SpokenSettings",
    "load",
    "masked",
]
