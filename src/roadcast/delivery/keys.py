"""Read the key that all tokens are derived from; it lives outside the database and its backups."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from roadcast.errors import SettingsError, StorageError

VARIABLE = "ROADCAST_KEY"
LEAST = 32
"""Fewest bytes of a key: those of the SHA-256 it feeds (RFC 2104, 3)."""

# 16 of 32 random bytes, or 12 of 32 random hexadecimal digits, are different but for one case in millions.
_VARIETY = 10
_PLACEHOLDERS = ("changeme", "change-me", "change_me", "secret", "password", "example", "default", "roadcast")


def read(path: Path, environ: Mapping[str, str]) -> bytes:
    """Read the key from the environment, or else from its file.

    Raises:
        SettingsError: if it is missing, short, a placeholder, or others may read its file.
    """
    if VARIABLE in environ:
        return check(environ[VARIABLE].strip().encode(), VARIABLE)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise SettingsError(
            f"{path}: no key; put it back from its backup, or set {VARIABLE} "
            "('roadcast subscriber add' makes one for a new workspace)"
        ) from None
    except OSError as error:
        raise SettingsError(f"{path}: the key cannot be read: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        if mode & 0o077:
            raise SettingsError(f"{path}: others may read the key (mode {mode:04o}); run 'chmod 600 {path}'")
        return check(file.read(4096).strip(), str(path))


def check(key: bytes, where: str) -> bytes:
    """Give a key back if it can be trusted.

    Raises:
        SettingsError: if it is short or a placeholder.
    """
    advice = "; make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    if len(key) < LEAST:
        raise SettingsError(f"{where}: the key has {len(key)} bytes, {LEAST} are the least{advice}")
    text = key.decode("latin-1").lower()
    if len(set(key)) < _VARIETY or any(word in text for word in _PLACEHOLDERS):
        raise SettingsError(f"{where}: the key is a placeholder, anybody could guess it{advice}")
    return key


def create(path: Path) -> bytes:
    """Make a key and its file, readable by its owner only; never touches one that exists.

    Raises:
        SettingsError: if the file exists.
        StorageError: if it cannot be written.
    """
    key = secrets.token_urlsafe(48).encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise SettingsError(f"{path}: a key exists already") from None
    except OSError as error:
        raise StorageError(f"{path}: the key cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key + b"\n")
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise StorageError(f"{path}: the key cannot be written: {error.strerror}") from error
    return key
