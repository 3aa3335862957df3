"""Fit a show's two colours to a page, so that every text on or beside them can be read."""

from __future__ import annotations

import re

# Backgrounds of pages.css, light and dark; keep them the same.
PAPER = "#f6f4ef"
NIGHT = "#12161b"
READABLE = 4.5  # contrast of small text: WCAG 2.2, 1.4.3

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def stylesheet(brand: str, accent: str) -> str:
    """Write the custom properties that pages.css uses."""
    brand = brand if _HEX.fullmatch(brand) else "#0b3954"
    accent = accent if _HEX.fullmatch(accent) else "#ff6663"
    shared = f"--brand:{brand};--on-brand:{over(brand)};--accent:{accent};--on-accent:{over(accent)}"
    return (
        f":root{{{shared};--accent-text:{readable(accent, PAPER)}}}\n"
        f"@media(prefers-color-scheme:dark){{:root{{--accent-text:{readable(accent, NIGHT)}}}}}\n"
    )


def over(background: str) -> str:
    """Choose white or black for text on a background, whichever can be read better: one always can."""
    return max("#ffffff", "#000000", key=lambda text: contrast(text, background))


def readable(colour: str, background: str) -> str:
    """Move a colour away from a background until small text in it can be read there."""
    target = 0 if luminance(background) > 0.2 else 255
    red, green, blue = _channels(colour)
    for step in range(21):
        share = step / 20
        mixed = "#" + "".join(f"{round(c + (target - c) * share):02x}" for c in (red, green, blue))
        if contrast(mixed, background) >= READABLE:
            return mixed
    raise AssertionError("black or white is readable on every page background")


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2, "relative luminance")."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
