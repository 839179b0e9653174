"""How an address is answered: which methods it takes, and what is said where it cannot be answered."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import unquote

from datasette.utils.asgi import Forbidden, NotFound, Request, Response

from models.errors import AnlikuError
from outputs.compare import BadPeriod, UnknownIndicator
from outputs.datasette_anliku.county import NoSuchCounty
from outputs.datasette_anliku.language import language, strings
from outputs.datasette_anliku.libraries import TooSlow
from outputs.datasette_anliku.problems import problem
from outputs.library import LibraryError, NoSuchArticle
from outputs.library.errors import DiskFull, LibraryLocked, LibraryReadOnly
from outputs.places_of import AmbiguousPlace, UnknownPlace
from outputs.reviews import NoSuchFinding, NoSuchReview

if TYPE_CHECKING:
    from datasette.app import Datasette

View = Callable[["Datasette", Request], Awaitable[Response]]

READS = ("GET", "HEAD")

_SAID: dict[type[AnlikuError], tuple[int, str]] = {
    NoSuchArticle: (404, "error_no_article"), NoSuchFinding: (404, "error_no_finding"),
    NoSuchReview: (404, "error_no_review"), LibraryLocked: (503, "error_locked"),
    LibraryReadOnly: (403, "error_read_only"), DiskFull: (507, "error_disk_full"), TooSlow: (503, "error_slow"),
}  # fmt: skip
"""Errors that name the file of the library, which is nobody's business on the web, in words of the pages."""
_STATUS: dict[type[AnlikuError], int] = {
    NoSuchCounty: 404, UnknownIndicator: 404, BadPeriod: 400, UnknownPlace: 404, AmbiguousPlace: 400
}  # fmt: skip


def answered(*methods: str) -> Callable[[View], Callable[..., Awaitable[Response]]]:
    """A view as Datasette calls it: only for those methods, its errors as pages of ours."""

    def made(view: View) -> Callable[..., Awaitable[Response]]:
        @wraps(view)
        async def answer(datasette: Datasette, request: Request) -> Response:
            if request.method not in methods:
                allow = {"Allow": ", ".join(methods)}
                return Response.text("method not allowed", status=405, headers=allow)
            try:
                return await view(datasette, request)
            except NotFound as error:
                return await problem(datasette, request, str(error), 404)
            except Forbidden:
                raise  # Datasette, or a login plugin, says what to do
            except AnlikuError as error:
                status, said = told(error, strings(language(request)))
                return await problem(datasette, request, said, status)

        return answer

    return made


def told(error: AnlikuError, words: dict[str, str]) -> tuple[int, str]:
    """Status and words for an error, without the path of the library."""
    known = next((_SAID[kind] for kind in type(error).__mro__ if kind in _SAID), None)
    if known is not None:
        return known[0], words[known[1]]
    if isinstance(error, LibraryError):
        return 500, words["error_library"]
    return _STATUS.get(type(error), 500), str(error)


def named(request: Request, key: str) -> str:
    """A part of the path as it was meant; empty where it is not there."""
    return unquote(request.url_vars.get(key) or "")


def counted(request: Request, key: str, most: int) -> int | None:
    """A whole number of the query, at most `most`; None where there is none. Python refuses thousands of digits, which
    fit into an address."""
    said = request.args.get(key) or ""
    return min(int(said), most) if re.fullmatch(r"[0-9]{1,9}", said) else None
