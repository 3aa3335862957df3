"""Add a Piper voice: from a file, or fetched because the user asked for it; its digest is checked and noted."""

from __future__ import annotations

import hashlib
import http.client
import re
import shutil
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from roadcast.engines.online import is_local, trouble
from roadcast.engines.piper import read_config, voices_folder
from roadcast.errors import BadSpeech, EngineUnavailable, SettingsError, StorageError
from roadcast.model import Voice

COLLECTION = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
NAME = re.compile(r"([a-z]{2,3})_([A-Z]{2})-([a-z0-9_]+)-(x_low|low|medium|high)")
LARGEST = 400 << 20  # bytes; the collection's largest voices have 120 MB
SECONDS = 60.0  # without a byte


def add(source: str, *, sha256: str = "", folder: Path | None = None, collection: str = COLLECTION) -> Voice:
    """Add a voice to the folder of voices; whole and checked, or not at all.

    Args:
        source: the name of a voice of the collection, such as en_US-lessac-medium, or a file NAME.onnx with
            NAME.onnx.json beside it.
        sha256: digest of the .onnx file; needed when it is fetched, checked whenever it is given.
        folder: where voices are kept.
        collection: address under which names are found.

    Raises:
        SettingsError: if the source is neither, or the digest is missing or is not the file's.
        EngineUnavailable: if it cannot be fetched.
        StorageError: if it cannot be written.
    """
    folder = folder or voices_folder()
    name = Path(source).name.removesuffix(".onnx")
    if sha256 and not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise SettingsError("--sha256: write all 64 hexadecimal digits")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".adding-") as beside:
            model, config = Path(beside) / f"{name}.onnx", Path(beside) / f"{name}.onnx.json"
            if source.endswith(".onnx"):
                _copy(Path(source), model, config)
            else:
                _fetch(source, model, config, sha256=sha256, collection=collection)
            voice = _check(model, config, sha256)
            for path in (model.with_suffix(".onnx.sha256"), model, config):  # the description last: it makes the voice
                path.replace(folder / path.name)
            return voice
    except OSError as error:
        raise StorageError(f"{folder}: cannot keep the voice: {error.strerror or error}") from error


def _copy(source: Path, model: Path, config: Path) -> None:
    description = Path(f"{source}.json")
    if not (source.is_file() and description.is_file()):
        raise SettingsError(f"{source}: a voice is two files, {source.name} and {description.name}")
    shutil.copyfile(source, model)
    shutil.copyfile(description, config)


def _fetch(name: str, model: Path, config: Path, *, sha256: str, collection: str) -> None:
    found = NAME.fullmatch(name)
    if not found:
        raise SettingsError(f"'{name}' is neither a file NAME.onnx nor a name such as en_US-lessac-medium")
    if not sha256:
        raise SettingsError(f"{name}: give --sha256, the digest that the collection shows for {name}.onnx")
    family, region, voice, quality = found.groups()
    base = f"{collection}/{family}/{family}_{region}/{voice}/{quality}/{name}.onnx"
    _download(f"{base}.json", config)
    _download(base, model)


def _download(address: str, path: Path) -> None:
    """Fetch a file over verified TLS; redirections are followed, for nothing secret is sent."""
    host = urlsplit(address).netloc
    if not address.startswith("https://") and not is_local(address):
        raise SettingsError(f"{address}: voices are fetched over https only")
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer, path.open("wb") as file:  # noqa: S310  https, just checked
            while block := answer.read(1 << 20):
                file.write(block)
                if file.tell() > LARGEST:
                    raise EngineUnavailable(f"{address}: larger than {LARGEST >> 20} MB")
    except urllib.error.HTTPError as error:
        with error:
            raise EngineUnavailable(f"{address}: HTTP {error.code}; is the name right?") from None
    except (urllib.error.URLError, TimeoutError, http.client.HTTPException) as error:
        raise trouble(error, engine="piper", host=host) from error


def _check(model: Path, config: Path, sha256: str) -> Voice:
    with model.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 and digest != sha256.lower():
        raise SettingsError(f"{model.name}: its SHA-256 is {digest}, not the one given; nothing was added")
    try:
        voice = read_config(config)
    except BadSpeech as error:
        raise SettingsError(f"{config.name} is no description of a Piper voice; nothing was added") from error
    model.with_suffix(".onnx.sha256").write_text(digest)
    return voice
