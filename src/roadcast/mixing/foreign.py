"""Read sound that came from somewhere else: recordings of people, music of the team; trust none of it."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import warnings
import wave
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from roadcast.errors import ProductionError
from roadcast.mixing.recognising import recognise
from roadcast.mixing.scratch import Scratch, no_room, scratch_folder
from roadcast.mixing.signal import factor, from_speech, to_pcm
from roadcast.model import Speech

LONGEST = 600.0  # seconds

_PADDING = 1.0  # seconds that a coder may add to what it was given, of its own delay and to fill its last packet
_TIMEOUT = 60.0  # seconds; ten minutes of MP3 take one
_RATE = 48_000  # what ffmpeg is asked for: no voice and no music here needs more, nor more channels than two
_SILENCE = -50.0  # dBFS: the noise of a room lies below, the softest consonant above
_STEP = 0.01  # seconds in which silence is looked for
_PART = 500  # such steps that are read at a time
_KEPT = 0.05  # seconds kept around the first and last sound


def read_foreign(path: Path) -> Speech:
    """Read a recording as 16-bit mono speech, without the silence at its ends.

    PCM in WAV needs nothing installed; everything else needs ffmpeg.

    Raises:
        ProductionError: if the file is missing, empty, too large, too long, damaged, silent or no sound at all, or
            if there is no room for what it becomes.
    """
    loud: list[NDArray[np.bool_]] = []
    spoken = Scratch()
    for part in _parts(path):
        rate, step = part.rate, _step(part.rate)
        samples = from_speech(part, rate)
        spoken.append(to_pcm(samples))
        blocks = np.pad(samples, (0, -len(samples) % step)).reshape(-1, step)
        loud.append(np.sqrt(np.mean(blocks**2, axis=1)) > factor(_SILENCE))
    sounding = np.flatnonzero(np.concatenate(loud))
    if not len(sounding):
        raise ProductionError(f"{path}: nothing but silence; record it again")
    kept = round(rate * _KEPT)
    first, last = max(0, int(sounding[0]) * step - kept), (int(sounding[-1]) + 1) * step + kept
    return Speech(pcm=spoken.read(2 * first, 2 * (last - first)), rate=rate)


def seconds_of(path: Path) -> float:
    """Tell how long a recording lasts, with the silence at its ends; nothing is decoded.

    A WAV tells it in its head. Elsewhere a head may be wrong or missing: ffmpeg walks over the packets.

    Raises:
        ProductionError: as `recognise`; or if a recording is empty, too long, damaged, or at a rate that nobody uses.
    """
    demuxer = recognise(path)
    if demuxer == "wav" and (file := _wave(path)):
        with file:
            _refuse(path, file, longest=LONGEST)
            return file.getnframes() / file.getframerate()
    seconds = _walked(path, demuxer)
    if seconds > LONGEST + _PADDING / 2:
        raise _too_long(path)
    return seconds


def read(path: Path) -> Speech:
    """Read a sound whole, at whatever rate, width and number of channels it has.

    Raises:
        ProductionError: if the file is missing, empty, too large, too long, damaged or no sound at all.
    """
    parts = list(_parts(path))
    return replace(parts[0], pcm=b"".join(part.pcm for part in parts))


def _step(rate: int) -> int:
    return max(1, round(rate * _STEP))


def _parts(path: Path) -> Iterator[Speech]:
    """Read a sound in parts of whole steps; what decoding gives is in a file meanwhile, not in memory."""
    demuxer = recognise(path)
    if demuxer == "wav" and (file := _wave(path)):
        with file:
            yield from _read(path, file, longest=LONGEST)
        return
    with scratch_folder() as folder:
        decoded = folder / "decoded.wav"
        _decode(path, demuxer, into=decoded)
        with wave.open(str(decoded)) as file:
            yield from map(_mono, _read(path, file, longest=LONGEST + _PADDING))


def _wave(path: Path) -> wave.Wave_read | None:
    """Open a WAV file in this process; None if that takes more than the standard library knows."""
    try:
        return wave.open(str(path), "rb")
    except (wave.Error, EOFError) as error:
        if shutil.which("ffmpeg"):
            return None
        raise ProductionError(f"{path}: no plain PCM: {error or 'cut off'}; export it as 16-bit WAV") from error


def _read(path: Path, file: wave.Wave_read, *, longest: float) -> Iterator[Speech]:
    _refuse(path, file, longest=longest)
    width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
    missing = file.getnframes() * width * channels
    while pcm := file.readframes(_PART * _step(rate)):
        missing -= len(pcm)
        yield Speech(pcm=pcm, rate=rate, width=width, channels=channels)
    if missing:
        raise ProductionError(f"{path}: damaged: {missing} bytes are missing at its end; export it again")


def _refuse(path: Path, file: wave.Wave_read, *, longest: float) -> None:
    """Refuse a file that is empty, longer than that many seconds, or at a rate that nobody uses."""
    rate = file.getframerate()
    if not file.getnframes():
        raise ProductionError(f"{path}: no sound in it; export it again")
    if file.getnframes() > longest * rate:
        raise _too_long(path)
    if not 8_000 <= rate <= 192_000:
        raise ProductionError(f"{path}: {rate} samples per second; export it at 44100 or 48000")


def _too_long(path: Path) -> ProductionError:
    return ProductionError(f"{path}: longer than {LONGEST / 60:.0f} minutes; cut it, no segment is that long")


def _decode(path: Path, demuxer: str, *, into: Path) -> None:
    output = ["-ar", str(_RATE), "-ac", "2", "-c:a", "pcm_s16le", "-f", "wav", f"file:{into}"]
    _ffmpeg(path, demuxer, output, made=into)


def _walked(path: Path, demuxer: str) -> float:
    """Count the seconds of all packets, to within one of them."""
    told = _ffmpeg(path, demuxer, ["-c", "copy", "-progress", "pipe:1", "-f", "null", "-"])
    ends = re.findall(r"^out_time_us=(\d+)$", told, re.MULTILINE)
    if not ends:
        raise ProductionError(f"{path}: no sound in it; export it again")
    return int(ends[-1]) / 1e6


def _ffmpeg(path: Path, demuxer: str, output: Sequence[str], *, made: Path | None = None) -> str:
    """Let ffmpeg read a file, and give what it says; it may open this one file, as this one format, for a while.

    pydub's own way to ffmpeg can neither name the protocols nor end a decoder that hangs.
    """
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise ProductionError(f"{path}: reading this needs ffmpeg; install it, or export the sound as 16-bit WAV")
    command = [ffmpeg, "-nostdin", "-v", "error", "-xerror", "-err_detect", "crccheck+bitstream+buffer+explode"]
    command += ["-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", f"file:{path}"]
    command += ["-map", "0:a:0", "-t", str(LONGEST + 2 * _PADDING), *output]
    try:
        run = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ProductionError(f"{path}: not decoded within {_TIMEOUT:.0f} s; export it again") from error
    if run.returncode or (made and not made.exists()):
        if os.strerror(errno.ENOSPC).encode() in run.stderr:
            raise no_room(os.strerror(errno.ENOSPC))
        why = _last_line(run.stderr).removeprefix(f"file:{path}: ")
        raise ProductionError(f"{path}: damaged: {why}; export it again")
    return run.stdout.decode(errors="replace")


def _mono(part: Speech) -> Speech:
    """Have pydub make one channel of all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pydub while it is imported, on Python 3.11 and 3.12
        from pydub import AudioSegment
    sound = AudioSegment(part.pcm, sample_width=part.width, frame_rate=part.rate, channels=part.channels)
    return replace(part, pcm=sound.set_channels(1).raw_data, channels=1)


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return re.sub(r"^\[.*?\] ", "", lines[-1].strip()) if lines else "no sound in it"
