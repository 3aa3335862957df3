"""Ask a speech server over HTTP, and turn what it answers into the errors of narration."""

from __future__ import annotations

import email.utils
import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from roadcast.errors import BadSpeech, EngineUnavailable, NarrationError, PassageRejected, SettingsError

LARGEST = 64 << 20  # bytes of one answer; ten minutes of 48 kHz samples
TEXT_PROBLEMS = frozenset({400, 413, 414, 422})
KEY_PROBLEMS = frozenset({401, 403})


def is_local(url: str) -> bool:
    """Tell whether what is sent there stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_address(url: str, *, engine: str, with_key: bool) -> str:
    """Give an address without its last slash.

    Raises:
        SettingsError: if it is none, or a key would travel to it unencrypted.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise SettingsError(f"[engines.{engine}] base_url = '{url}': write one such as http://127.0.0.1:8880/v1")
    if with_key and parts.scheme == "http" and not is_local(url):
        raise SettingsError(
            f"[engines.{engine}] base_url: the key would travel unencrypted to {parts.hostname}; use https"
        )
    return url.rstrip("/")


def post(url: str, body: bytes, headers: Mapping[str, str], *, engine: str, seconds: float, ca_file: str = "") -> bytes:
    """Send a request and give the whole answer; redirections are not followed, for they would take the key along.

    Raises:
        EngineUnavailable, PassageRejected, BadSpeech: as `refusal` and `trouble` tell.
    """
    handlers: list[urllib.request.BaseHandler] = [
        _NoRedirection(),
        urllib.request.HTTPSHandler(context=_context(ca_file)),
    ]
    if is_local(url):
        handlers.append(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310  http or https, checked by check_address
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=seconds) as answer:
            return _read(answer, engine)
    except urllib.error.HTTPError as error:
        with error:
            raise refusal(error.code, error.headers.get("Retry-After"), engine=engine) from None
    except (OSError, http.client.HTTPException) as error:
        raise trouble(error, engine=engine, host=urlsplit(url).netloc) from error


def refusal(status: int, retry_after: str | None, *, engine: str) -> NarrationError:
    """Make the error for an HTTP status that is no success.

    A wrong key or address is not asked again; a text that is the problem is; a busy or broken server is,
    not before the time it names.
    """
    if status in TEXT_PROBLEMS:
        return PassageRejected(f"{engine} refuses the text (HTTP {status})")
    if status in KEY_PROBLEMS:
        return EngineUnavailable(f"{engine} refuses the key (HTTP {status}); check [engines.{engine}]", retryable=False)
    return EngineUnavailable(
        f"{engine} answers HTTP {status}",
        retryable=status == 429 or status >= 500,
        retry_after=_seconds(retry_after),
    )


def trouble(error: Exception, *, engine: str, host: str) -> EngineUnavailable:
    """Make the error for a connection that failed; a certificate that is not trusted will not be trusted next time."""
    reason = getattr(error, "reason", None) or error
    untrusted = isinstance(reason, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error)
    if untrusted:
        return EngineUnavailable(
            f"{engine}: the certificate of {host} is not trusted; nothing was sent", retryable=False
        )
    return EngineUnavailable(f"{engine}: no answer from {host}: {type(reason).__name__}: {reason}")


def _read(answer: http.client.HTTPResponse, engine: str) -> bytes:
    body = answer.read(LARGEST + 1)
    if answer.length and len(body) <= LARGEST:  # bytes announced that never came; a bounded read does not tell
        raise http.client.IncompleteRead(body, answer.length)
    if len(body) > LARGEST:
        raise BadSpeech(f"{engine} answers with more than {LARGEST >> 20} MB")
    return body


def _context(ca_file: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"ca_file = '{ca_file}': no certificates in it: {error}") from error


def _seconds(header: str | None) -> float | None:
    """Read Retry-After: seconds, or a date (RFC 9110 10.2.3)."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        return None
