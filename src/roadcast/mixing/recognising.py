"""Tell from its first bytes what a sound file is, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from roadcast.errors import ProductionError

LARGEST = 64 << 20  # bytes: six minutes of CD sound; it is read into memory

# What a file begins with, and the only demuxer that may then read it: a playlist under a sound's name, which
# would make ffmpeg open other files and addresses, begins with none of these.
_DEMUXERS = (
    (0, b"RIFF", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (4, b"ftyp", "mov"),
    (0, b"FORM", "aiff"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"ID3", "mp3"),
)


def recognise(path: Path) -> str:
    """Name the demuxer that may read a file.

    Raises:
        ProductionError: if the file is missing, empty, too large or no sound at all; it says nothing of what is in it.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise ProductionError(f"{path}: cannot be read: {error.strerror}") from error
    if not size:
        raise ProductionError(f"{path}: 0 bytes; export it again")
    if size > LARGEST:
        raise ProductionError(f"{path}: {size >> 20} MB, at most {LARGEST >> 20} MB; export it as FLAC or MP3")
    for start, magic, demuxer in _DEMUXERS:
        if head[start:].startswith(magic):
            return demuxer
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:  # MPEG audio without a tag
        return "mp3" if head[1] & 0x06 else "aac"
    raise ProductionError(f"{path}: no WAV, MP3, FLAC, Ogg, M4A, AIFF or WebM; export it again")
