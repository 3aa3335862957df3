"""Draw an address as a QR code (ISO/IEC 18004), for a phone to read from a screen or a sheet."""

from __future__ import annotations

import io

import segno

_BORDER = 4
"""Quiet zone in modules, the standard's least; phones fail below it."""


def terminal(url: str) -> str:
    """Draw it with half blocks, two rows of modules in one line."""
    out = io.StringIO()
    _code(url).terminal(out, compact=True, border=_BORDER)
    return out.getvalue()


def png(url: str) -> bytes:
    """Draw it as a PNG, eight pixels a module."""
    return _saved(url, "png", scale=8)


def svg(url: str) -> bytes:
    """Draw it as an SVG that scales."""
    return _saved(url, "svg", scale=8)


def _code(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False)


def _saved(url: str, kind: str, *, scale: int) -> bytes:
    out = io.BytesIO()
    _code(url).save(out, kind=kind, scale=scale, border=_BORDER)
    return out.getvalue()
