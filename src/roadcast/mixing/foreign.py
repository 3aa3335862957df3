"""Read sound that came from somewhere else: recordings of people, music of the team; trust none of it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import wave
from pathlib import Path

import numpy as np

from roadcast.errors import ProductionError
from roadcast.mixing.recognising import recognise
from roadcast.mixing.signal import Samples, factor, from_speech, to_pcm
from roadcast.model import Speech

LONGEST = 600.0  # seconds

_TIMEOUT = 60.0  # seconds; ten minutes of MP3 take one
_RATE = 48_000  # what ffmpeg is asked for: no voice and no music here needs more
_SILENCE = -50.0  # dBFS: the noise of a room lies below, the softest consonant above
_STEP = 0.01  # seconds in which silence is looked for
_KEPT = 0.05  # seconds kept around the first and last sound


def read_foreign(path: Path) -> Speech:
    """Read a recording as 16-bit mono speech, without the silence at its ends.

    PCM in WAV needs nothing installed; everything else needs ffmpeg.

    Raises:
        ProductionError: if the file is missing, empty, too large, too long, damaged, silent or no sound at all.
    """
    sound = read(path)
    samples = from_speech(sound, sound.rate)
    step = max(1, round(sound.rate * _STEP))
    blocks = np.pad(samples, (0, -len(samples) % step)).reshape(-1, step)
    loud = np.flatnonzero(np.sqrt(np.mean(blocks**2, axis=1)) > factor(_SILENCE))
    if not len(loud):
        raise ProductionError(f"{path}: nothing but silence; record it again")
    kept = round(sound.rate * _KEPT)
    spoken: Samples = samples[max(0, loud[0] * step - kept) : (loud[-1] + 1) * step + kept]
    return Speech(pcm=to_pcm(spoken), rate=sound.rate)


def read(path: Path) -> Speech:
    """Read a sound whole, at whatever rate, width and number of channels it has.

    Raises:
        ProductionError: if the file is missing, empty, too large, too long, damaged or no sound at all.
    """
    demuxer = recognise(path)
    sound = _pcm(path) if demuxer == "wav" else None
    if sound is None:
        sound = _decoded(path, demuxer)
    if not sound.pcm:
        raise ProductionError(f"{path}: no sound in it; export it again")
    if sound.seconds > LONGEST:
        raise ProductionError(f"{path}: longer than {LONGEST / 60:.0f} minutes; cut it, no segment is that long")
    if not 8_000 <= sound.rate <= 192_000:
        raise ProductionError(f"{path}: {sound.rate} samples per second; export it at 44100 or 48000")
    return sound


def _pcm(path: Path) -> Speech | None:
    """Read a WAV file in this process; None if that takes more than the standard library knows."""
    try:
        with wave.open(str(path), "rb") as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            pcm = file.readframes(file.getnframes())
            cut = file.getnframes() * width * channels - len(pcm)
    except (wave.Error, EOFError) as error:
        if shutil.which("ffmpeg"):
            return None
        raise ProductionError(f"{path}: no plain PCM: {error or 'cut off'}; export it as 16-bit WAV") from error
    if cut:
        raise ProductionError(f"{path}: damaged: {cut} bytes are missing at its end; export it again")
    return Speech(pcm=pcm, rate=rate, width=width, channels=channels)


def _decoded(path: Path, demuxer: str) -> Speech:
    """Decode with ffmpeg, which may open this one file, as this one format, for a while; pydub reads the rest.

    pydub's own way to ffmpeg can neither name the protocols nor end a decoder that hangs.
    """
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise ProductionError(f"{path}: reading this needs ffmpeg; install it, or export the sound as 16-bit WAV")
    command = [ffmpeg, "-nostdin", "-v", "error", "-xerror", "-err_detect", "crccheck+bitstream+buffer+explode"]
    command += ["-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", f"file:{path}"]
    command += ["-map", "0:a:0", "-t", str(LONGEST + 1)]
    command += ["-ar", str(_RATE), "-c:a", "pcm_s16le", "-f", "wav", "pipe:1"]
    try:
        run = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ProductionError(f"{path}: not decoded within {_TIMEOUT:.0f} s; export it again") from error
    if run.returncode or not run.stdout:
        raise ProductionError(f"{path}: damaged: {_last_line(run.stderr)}; export it again")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pydub while it is imported, on Python 3.11 and 3.12
        from pydub import AudioSegment
    mono = AudioSegment.from_file(io.BytesIO(run.stdout), format="wav").set_channels(1)
    return Speech(pcm=mono.raw_data, rate=mono.frame_rate, width=mono.sample_width)


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return re.sub(r"^\[.*?\] ", "", lines[-1].strip()) if lines else "no sound in it"
