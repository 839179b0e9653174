"""A visitor of the pages without a server: requests as they stand on the wire, cookies, and forms sent back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from lxml import html

from tests.outputs.web.serving import awake

Fields = Mapping[str, str | Sequence[str]]


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def tree(self) -> Any:
        return html.fromstring(self.text)

    def header(self, name: str) -> str:
        """The value of a header, empty where it is not there."""
        return next((value for key, value in self.headers if key == name), "")


class Visitor:
    """A browser of few words. `jar` holds its cookies."""

    def __init__(self, served: Any, loop: asyncio.AbstractEventLoop, host: str = "127.0.0.1") -> None:
        self.served = served
        self.app = served.app()
        self.loop = loop
        self.host = host
        self.jar: dict[str, str] = {}

    def ask(
        self, method: str, target: str | bytes, headers: Mapping[str, str | bytes] | None = None, body: bytes = b""
    ) -> Answer:
        """Send a request as it stands; `headers` go before ours, None takes one away."""
        raw = quote(target, safe="/?&=%:;+#~.,-_@!*'()[]\\").encode() if isinstance(target, str) else target
        path, _, query = raw.partition(b"?")
        own: dict[str, str | bytes | None] = {"host": self.host, **(headers or {})}
        if self.jar and "cookie" not in own:
            own["cookie"] = "; ".join(f"{key}={value}" for key, value in self.jar.items())
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path.decode("latin-1"), "raw_path": path, "query_string": query, "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8001), "root_path": "",
            "headers": [(key.encode(), value if isinstance(value, bytes) else value.encode("utf-8"))
                        for key, value in own.items() if value is not None],
        }  # fmt: skip
        sent: list[dict[str, Any]] = []
        given = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        self.loop.run_until_complete(asyncio.wait_for(self.app(scope, receive, send), 60))
        found = [(key.decode("latin-1").lower(), value.decode("latin-1")) for key, value in sent[0]["headers"]]
        for key, value in found:
            if key == "set-cookie":
                for name, morsel in SimpleCookie(value).items():
                    self.jar[name] = morsel.value
                    if morsel["max-age"] == "0":
                        del self.jar[name]
        return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))

    def get(self, target: str, **headers: str) -> Answer:
        return self.ask("GET", target, {key.replace("_", "-"): value for key, value in headers.items()})

    def post(self, target: str, fields: Fields, headers: Mapping[str, str | bytes] | None = None) -> Answer:
        own = {"origin": f"http://{self.host}", "content-type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.ask("POST", target, own, urlencode(dict(fields), doseq=True).encode())

    def enter(self) -> None:
        """Open the desk with its token."""
        answer = self.get(f"/-/desk?token={self.served.desk.token}")
        assert answer.status == 303, answer.text

    def follow(self, answer: Answer) -> Answer:
        assert answer.status in (302, 303), (answer.status, answer.text[:2000])
        where = urlsplit(answer.header("location"))
        return self.get(where.path + (f"?{where.query}" if where.query else ""))


def form(page: Answer, button: str) -> tuple[str, dict[str, list[str]]]:
    """Address and fields of the form that holds a button, as a browser would send it by pressing that."""
    (pressed,) = page.tree.xpath(f"//button[@value='{button}']")
    (own,) = pressed.xpath("ancestor::form")
    fields: dict[str, list[str]] = {}
    for one in own.xpath(".//input | .//select"):
        if one.tag == "select":
            chosen = one.xpath("option[@selected]") or one.xpath("option")
            fields[one.get("name")] = [chosen[0].get("value")]
        elif one.get("type") != "checkbox":
            fields[one.get("name")] = [one.get("value") or ""]
        elif one.get("checked") is not None:
            fields.setdefault(one.get("name"), []).append(one.get("value"))
    fields[pressed.get("name")] = [button]
    return own.get("action"), fields


def press(visitor: Visitor, page: Answer, button: str, **changed: str | list[str]) -> Answer:
    """Press a button of a page, with fields changed; `f_min` is the field `f.min`."""
    address, fields = form(page, button)
    for name, value in changed.items():
        fields[name.replace("f_", "f.", 1) if name.startswith("f_") else name] = (
            [value] if isinstance(value, str) else value
        )
    return visitor.post(address, fields)


@contextmanager
def visiting(served: Any, host: str = "127.0.0.1") -> Iterator[Visitor]:
    """A visitor of a Datasette, which is closed after it."""
    with awake(served) as loop:
        yield Visitor(served, loop, host)
