"""What stands before Datasette wherever a case library is open: hosts, addresses and bodies that are none of ours."""

from __future__ import annotations

import ipaddress
import logging
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from outputs.datasette_anliku.csv_cells import Cells
from outputs.datasette_anliku.headers import completed
from outputs.datasette_anliku.libraries import libraries

if TYPE_CHECKING:
    from datasette.app import Datasette

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

BODY = 64_000
"""Bytes of a form. Datasette would read any body whole before it looks at it."""
QUERY = 8_000
"""Bytes of an address after the question mark."""
FIELDS = 200
CLOSED = re.compile(
    r"/-/(databases|versions|plugins|threads|metadata|settings|config|messages|allow-debug|patterns|permissions)(\.json)?/?"
)
"""Datasette's pages for who runs it: they name paths, versions and settings of this machine."""

_log = logging.getLogger("anliku")


class Refused(Exception):
    """An answer that Datasette does not come to give."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


def allowed_hosts(host: str, more: Iterable[str] = ()) -> frozenset[str]:
    """Names under which a server that listens on `host` may be asked for."""
    names = {"localhost", "127.0.0.1", "::1", host, *more}
    if not loopback(host):
        names |= {socket.gethostname(), socket.getfqdn()}
    return frozenset(_bare(name) for name in names)


def loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def guard(datasette: Datasette) -> Callable[[App], App]:
    """The wrapper of Datasette's application."""

    def wrapped(app: App) -> App:
        async def guarded(scope: Scope, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not libraries(datasette):
                await app(scope, receive, send)
                return
            begun = False
            cells: Cells | None = None

            async def sending(message: Any) -> None:
                nonlocal begun, cells
                if message["type"] == "http.response.start":
                    begun = True
                    headers = list(message.get("headers") or [])
                    if scope["path"].endswith(".csv"):
                        cells = Cells()
                        headers = [(key, value) for key, value in headers if key.lower() != b"content-length"]
                    message = {**message, "headers": completed(headers)}
                elif cells is not None:
                    more = message.get("more_body", False)
                    message = {**message, "body": cells.take(message.get("body", b""), more=more)}
                await send(message)

            try:
                scope, receive = await _checked(datasette, scope, receive)
                await app(scope, receive, sending)
            except Refused as refused:
                await _say(sending, refused.status, str(refused))
            except Exception:
                _log.exception("%s could not be answered", scope["path"])
                if not begun:
                    await _say(sending, 500, "内部错误 · internal error")

        return guarded

    return wrapped


async def _checked(datasette: Datasette, scope: Scope, receive: Any) -> tuple[Scope, Any]:
    headers = {key.lower(): value for key, value in scope["headers"]}
    _check_host(getattr(datasette, "hosts", None), headers.get(b"host", b"").decode("latin-1"))
    base = datasette.setting("base_url").rstrip("/")
    path = (scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0].decode("latin-1")
    # Datasette would redirect //elsewhere.example/ to //elsewhere.example, which is another site.
    if path.startswith(("//", "/\\")) or re.search(r"[\x00-\x20\\]", path):
        raise Refused(404, "没有这个页面 · no such page")
    if CLOSED.fullmatch(path.removeprefix(base)):
        raise Refused(404, "本服务不提供此页 · not offered by this server")
    if len(scope.get("query_string") or b"") > QUERY:
        raise Refused(414, "地址太长 · the address is too long")
    if not all(map(_number, parse_qsl((scope.get("query_string") or b"").decode("utf-8", "replace")))):
        raise Refused(400, "地址里的数读不懂 · a number of the address cannot be read")
    scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k.lower() != b"cookie" or _readable(v)]}
    if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
        receive = await _small(headers, receive)
    return scope, receive


def _number(asked: tuple[str, str]) -> bool:
    """Whether Datasette can read a setting of its own: it takes ² for a number (_size), and x (_timelimit)."""
    name, value = asked
    if name == "_timelimit":
        return value.isdecimal()
    return not name.startswith("_") or name.startswith("_search") or value.isdigit() == value.isdecimal()


def _check_host(known: frozenset[str] | None, host: str) -> None:
    """A page elsewhere may give its own name the address of this machine (DNS rebinding); its requests come with that
    name. An address in digits cannot be rebound; it is what other machines use."""
    if known is None or (bare := _bare(re.sub(r":\d+$", "", host))) in known:
        return
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        pass
    else:
        if not all(loopback(name) for name in known):
            return
    raise Refused(400, "不是本服务的主机名 · this server does not go by that host name; see anliku serve --allow-host")


def _bare(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _readable(cookie: bytes) -> bool:
    try:
        SimpleCookie().load(cookie.decode("utf-8"))
    except (CookieError, UnicodeDecodeError):
        return False
    return True


async def _small(headers: dict[bytes, bytes], receive: Any) -> Any:
    """The body, read up to the limit, to be received once more. Datasette's check of forms trips over what is no form,
    so that is refused here."""
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "请求中断 · the request ended early")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY:
            raise Refused(413, "提交的内容太长 · the form is too long")
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind == b"multipart/form-data":
        raise Refused(415, "本服务不收文件 · this server takes no files")
    if not headers.get(b"x-csrftoken", b"").isascii():
        raise Refused(403, "表单已失效 · the form is not of this server")
    if kind == b"application/x-www-form-urlencoded":
        try:
            fields = parse_qsl(body.decode("utf-8"), max_num_fields=FIELDS)
        except ValueError:  # no UTF-8, or too many
            raise Refused(400, "表单读不懂 · the form cannot be read") from None
        if not all(value.isascii() for key, value in fields if key == "csrftoken"):
            raise Refused(403, "表单已失效 · the form is not of this server")
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return messages.pop() if messages else await receive()

    return again


async def _say(send: Any, status: int, said: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": said.encode("utf-8")})
