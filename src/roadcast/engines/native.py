"""Load the distribution's speech libraries, and tell which ones they are."""

from __future__ import annotations

import ctypes
from pathlib import Path

from roadcast.errors import EngineUnavailable


def load(names: list[str], *, engine: str, install: str) -> ctypes.CDLL:
    """Load libraries in order, the last one seeing those before it; give the last one.

    Raises:
        EngineUnavailable: if one is not installed; holds the install line.
    """
    *needed, last = names
    try:
        for name in needed:
            ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
        return ctypes.CDLL(last)
    except OSError as error:
        raise EngineUnavailable(f"{engine} is not installed ({error}): {install}") from error


class _Info(ctypes.Structure):
    _fields_ = (
        ("fname", ctypes.c_char_p),
        ("fbase", ctypes.c_void_p),
        ("sname", ctypes.c_char_p),
        ("saddr", ctypes.c_void_p),
    )


def file_of(function: object) -> Path:
    """Find the file that a loaded function came from, links resolved: its name ends in the library's version."""
    info = _Info()
    find = getattr(ctypes.CDLL(None), "dladdr", None)
    if find is None or not find(ctypes.cast(function, ctypes.c_void_p), ctypes.byref(info)):  # type: ignore[arg-type]  # any function pointer
        return Path("unknown")
    return Path(info.fname.decode()).resolve()
