"""Speak with any program that reads text and writes WAV: the team's own, or one that has no library."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence

from roadcast.engines.online import LARGEST
from roadcast.engines.registry import About, pick
from roadcast.engines.waves import read_wave
from roadcast.engines.words import sayable
from roadcast.errors import BadSpeech, EngineUnavailable, SettingsError
from roadcast.model import Speech, Utterance, Voice
from roadcast.ports import Limits

INSTALL = 'set run = ["program", "--voice", "{voice}"] in [engines.command]: text on its input, WAV on its output'


class Command:
    """A program of your own: the text on its standard input, 16-bit WAV on its standard output.

    Raises:
        EngineUnavailable: if no program is named, or there is none of that name.
        SettingsError: if the program and its words, or its voices, are no lists.
    """

    about = About(
        summary="any program that reads text and writes WAV",
        licence="the program's",
        install=INSTALL,
        leaves="whatever the program sends; say online = false if that is nothing",
    )

    def __init__(
        self,
        *,
        run: Sequence[str] = (),
        rate: int = 22_050,
        voices: Sequence[str] = ("default",),
        language: str = "en",
        version: str = "1",
        online: bool = True,
        characters: int = 1_000,
        seconds: float = 60.0,
    ) -> None:
        if not run:
            raise EngineUnavailable(f"command is not set up: {INSTALL}")
        if isinstance(run, str) or isinstance(voices, str) or not voices:
            raise SettingsError('[engines.command]: run and voices are lists, such as ["espeak-ng", "--stdout"]')
        if shutil.which(run[0]) is None:
            raise EngineUnavailable(f"[engines.command] run: there is no program '{run[0]}'")
        self.name = "command"
        self.version = f"{version} {' '.join(run)}"
        self.limits = Limits(characters=characters, online=online, seconds=seconds + 5)
        self._run, self._seconds = tuple(run), seconds
        self._voices = [Voice(engine="command", name=name, language=language, rate=rate) for name in voices]

    def voices(self) -> Sequence[Voice]:
        """List the voices of the settings."""
        return self._voices

    def narrate(self, utterance: Utterance) -> Speech:
        """Run the program once; when its time is over, it and all that it started are killed.

        Raises:
            EngineUnavailable: if it does not answer in time or fails; only the second is worth another attempt.
            PassageRejected: if nothing of the text can be said.
            BadSpeech: if it writes no WAV of 16 bits, or far too much of it.
            SettingsError: if there is no such voice, or a presenter has a rate and the program is not told it.
        """
        voice = pick(self._voices, utterance.voice)
        if utterance.rate != 1 and not any("{rate}" in word for word in self._run):
            raise SettingsError("[engines.command] run: a presenter has a rate, so it needs '{rate}' somewhere")
        words = [word.replace("{voice}", voice.name).replace("{rate}", f"{utterance.rate:g}") for word in self._run]
        return read_wave(self._output(words, sayable(utterance.text)))

    def _output(self, words: list[str], text: str) -> bytes:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as complaints:
            given.write(text.encode())
            given.seek(0)
            program = subprocess.Popen(  # noqa: S603  the settings' own program, no shell
                words, stdin=given, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True
            )
            late = threading.Event()
            timer = threading.Timer(self._seconds, _end, (program, late))
            timer.start()
            try:
                assert program.stdout is not None
                with program.stdout:
                    wave = program.stdout.read(LARGEST + 1)
                    if len(wave) > LARGEST:
                        _kill(program)
                status = program.wait()
            finally:
                timer.cancel()
                _kill(program)
                program.wait()
            complaints.seek(0)
            said = complaints.read(10_000).decode(errors="replace").strip().splitlines()
        if late.is_set():
            raise EngineUnavailable(f"{self._run[0]} did not answer within {self._seconds:g} s", retryable=False)
        if len(wave) > LARGEST:
            raise BadSpeech(f"{self._run[0]} wrote more than {LARGEST >> 20} MB")
        if status:
            how = f"was killed by signal {-status}" if status < 0 else f"ended with code {status}"
            raise EngineUnavailable(f"{self._run[0]} {how}{f': {said[-1][:200]}' if said else ''}")
        return wave


def _end(program: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(program)


def _kill(program: subprocess.Popen[bytes]) -> None:
    """Kill the program and all of its session, unless it has been waited for already."""
    if program.returncode is None:
        try:
            os.killpg(program.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
