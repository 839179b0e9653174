"""What a browser is told with every answer of the server, ours and Datasette's own."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

Headers = list[tuple[bytes, bytes]]

OURS = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""For our own pages. The text comes from anywhere: even if something slipped through, it may neither run nor load."""
DATA = "default-src 'none'; frame-ancestors 'none'"
"""For what is no page: an SVG opened by itself is a document too."""

ALWAYS = {
    "x-content-type-options": "nosniff",
    # Not `no-referrer`: with that a browser sends `Origin: null` with our own forms.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_TEMPLATES = ("_close_open_menus.html", "_codemirror_foot.html")


@cache
def stock() -> str:
    """For Datasette's own pages: its inline scripts by the hashes of its own templates, so that no other one runs; the
    inline styles that it needs."""
    folder = files("datasette") / "templates"
    scripts = [code for name in _TEMPLATES for code in _INLINE.findall((folder / name).read_text("utf-8"))]
    scripts += [f"DATASETTE_ALLOW_FACET = {said};" for said in ("true", "false")]
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in scripts
    )
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def completed(headers: Headers) -> Headers:
    """The headers of an answer with those that it lacks."""
    held = {key.lower(): value for key, value in headers}
    extra = {**ALWAYS}
    if b"content-security-policy" not in held:
        html = held.get(b"content-type", b"").startswith(b"text/html")
        extra["content-security-policy"] = stock() if html else DATA
    if b"access-control-allow-origin" not in held:
        extra["cross-origin-resource-policy"] = "same-origin"
    return [*headers, *((k.encode(), v.encode()) for k, v in extra.items() if k.encode() not in held)]
