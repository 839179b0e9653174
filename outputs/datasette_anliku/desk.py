"""Who may review through the pages: the holder of the token of this server, or a login that is allowed to."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

from datasette.utils import actor_matches_allow
from datasette.utils.asgi import Request, Response

from outputs.quotes import safe

if TYPE_CHECKING:
    from datasette.app import Datasette

PERMISSION = "anliku-review"
NAME_COOKIE = "anliku_reviewer"
NAME_LENGTH = 60


class Desk:
    """The token of one server on loopback. It opens the desk once, for the browser that brings it; another one is made
    then, so that an address left in a history opens nothing."""

    def __init__(
        self, *, reviewer: str | None = None, port: int = 0, announce: Callable[[str], None] = lambda token: None
    ) -> None:
        self.reviewer = reviewer
        """Name of who reviews; None: asked once."""
        self.token = secrets.token_urlsafe(24)
        # Cookies of one host are shared by all its ports.
        self.cookie = f"anliku_desk_{port}"
        self._key = secrets.token_urlsafe(32)
        self._announce = announce

    def enter(self, token: str) -> str | None:
        """The value of the cookie for a browser that brings the token; None where it is not the token."""
        if not secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode("ascii")):
            return None
        self.token = secrets.token_urlsafe(24)
        self._announce(self.token)
        return self._key

    def knows(self, cookie: str) -> bool:
        """Whether a browser has entered."""
        return secrets.compare_digest(cookie.encode("utf-8", "replace"), self._key.encode("ascii"))


class Reviewer(NamedTuple):
    """A visitor who may review."""

    name: str
    """Empty: to be asked."""
    fixed: bool
    """Whether the name is that of a login or of the command line."""


def desk(datasette: Datasette) -> Desk | None:
    """The desk of `anliku serve` on loopback."""
    found = getattr(datasette, "desk", None)
    return found if isinstance(found, Desk) else None


async def reviewer(datasette: Datasette, request: Request, database: str) -> Reviewer | None:
    """Who asks, if they may review in that library."""
    if getattr(datasette, "read_only", False) or not _writable(datasette, database):
        return None
    own = desk(datasette)
    if own is not None and own.knows(request.cookies.get(own.cookie) or ""):
        kept = clean(unquote(request.cookies.get(NAME_COOKIE) or ""))
        return Reviewer(own.reviewer or kept, bool(own.reviewer))
    if request.actor and await datasette.permission_allowed(request.actor, PERMISSION, database, default=False):
        named = next((request.actor[key] for key in ("display", "name", "id") if request.actor.get(key)), "")
        return Reviewer(clean(str(named)), True) if named else None
    return None


def allowed(datasette: Datasette, actor: dict[str, Any] | None, action: str) -> bool | None:
    """What the configuration of the plugin says of a login: `plugins: anliku: reviewers:`, an allow block of Datasette.
    None: nothing."""
    if action != PERMISSION:
        return None
    block = (datasette.plugin_config("anliku") or {}).get("reviewers")
    return bool(actor_matches_allow(actor, block)) if actor and isinstance(block, dict) else None


def clean(name: str) -> str:
    """A name as it is kept: one line, of a length that fits."""
    return " ".join(safe(name).split())[:NAME_LENGTH]


def remember(request: Request, response: Response, name: str) -> None:
    """Keep the name of a reviewer for a year."""
    response.set_cookie(NAME_COOKIE, quote(name, safe=""), max_age=365 * 24 * 3600, httponly=True, samesite="strict",
                        secure=request.scheme == "https")  # fmt: skip


def _writable(datasette: Datasette, database: str) -> bool:
    found = datasette.databases.get(database)
    if found is None or found.path is None or not found.is_mutable:
        return False
    path = Path(found.path).absolute()
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
