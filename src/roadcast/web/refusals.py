"""Say no: the same to everybody, whatever the reason."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

_UNKEPT = {"Cache-Control": "no-store"}


def not_found() -> Response:
    """Say that there is nothing, in the same words for every reason."""
    return PlainTextResponse("Nothing here.\n", status_code=404, headers=_UNKEPT)


def too_many() -> Response:
    """Ask whoever tries out addresses to wait."""
    text = "Too many addresses that lead nowhere. Please wait a minute.\n"
    return PlainTextResponse(text, status_code=429, headers=_UNKEPT | {"Retry-After": "60"})


def login() -> Response:
    """Ask an app for its name and password."""
    headers = _UNKEPT | {"WWW-Authenticate": 'Basic realm="Private feed", charset="UTF-8"'}
    return PlainTextResponse("A name and a password are needed.\n", status_code=401, headers=headers)


def out_of_order() -> Response:
    """Ask to come back when the catalogue or the disk answers again."""
    text = "Out of order for a moment. Please try again.\n"
    return PlainTextResponse(text, status_code=503, headers=_UNKEPT | {"Retry-After": "60"})


def failure() -> Response:
    """Admit that something went wrong here."""
    return PlainTextResponse("Something went wrong here. Please try again later.\n", status_code=500)
