"""A page: its template, its language, and what its browser may load."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from datasette.utils.asgi import Request, Response

from outputs.datasette_anliku.desk import desk
from outputs.datasette_anliku.headers import ALWAYS, OURS
from outputs.datasette_anliku.language import COOKIE, chosen, language, namer, strings, things
from outputs.datasette_anliku.libraries import libraries, read
from outputs.labels import NO_NAMES, labels, plain
from outputs.own_names import own_names
from outputs.quotes import safe
from outputs.reasons import reason
from outputs.tables import title

if TYPE_CHECKING:
    from datasette.app import Datasette

STATIC = "/-/static-plugins/anliku"
HEADERS = {"Content-Security-Policy": OURS, "Vary": "Accept-Language, Cookie", **ALWAYS}


async def page(
    datasette: Datasette, request: Request, template: str, context: dict[str, Any], *, status: int = 200
) -> Response:
    """A page of ours as a response. `database` in the context is the library that its menu leads through."""
    spoken = language(request)
    database = context.get("database")
    own = await read(datasette, request, database, own_names) if database else NO_NAMES
    common = {
        "t": strings(spoken),
        "lang": "zh-Hans" if spoken == "zh" else "en",
        "other_lang": _with(request, lang="en" if spoken == "zh" else "zh"),
        "name": namer(spoken, own),
        "why": partial(reason, language=spoken),
        "plain": plain,
        "things": things(spoken),
        "safe_text": safe,
        "url": Urls(datasette, database),
        "column_title": title,
        "reviewing": context.get("who") if desk(datasette) else None,
        "layers": labels()["colour"],
        "libraries": libraries(datasette),
        "search_words": "",
    }
    html = await datasette.render_template(f"anliku/{template}.html", {**common, **context}, request=request)
    response = Response.html(html, status=status, headers=dict(HEADERS))
    if asked := chosen(request):
        response.set_cookie(COOKIE, asked, max_age=365 * 24 * 3600, samesite="lax")
    return response


def _with(request: Request, **values: str) -> str:
    """The address of this page with other values in its query."""
    kept = [(key, value) for key in request.args for value in request.args.getlist(key) if key not in values]
    return "?" + urlencode([*kept, *values.items()])


class Urls:
    """Addresses of pages, below the `base_url` of the Datasette."""

    def __init__(self, datasette: Datasette, database: str | None) -> None:
        self._datasette = datasette
        self._database = database

    def __call__(self, kind: str, *parts: str, **query: object) -> str:
        """A page of the library by its kind (`case`, `county`, `queue` …), with what follows in the path."""
        path = "/".join(quote(part, safe="") for part in (self._database or "", *parts))
        asked = {key: str(value) for key, value in query.items() if value not in (None, "")}
        return str(self._datasette.urls.path(f"/-/{kind}/{path}")) + (f"?{urlencode(asked)}" if asked else "")

    def finding(self, id_: str, *, passage: bool = True) -> str:
        """Where a finding stands: its passage in the article, or its value in the case."""
        article, _, key = id_.partition("-")
        return self("case", article) + (f"#{'p-' if passage else ''}{key}" if key else "")

    def table(self, table: str, **query: object) -> str:
        """Datasette's own page of a table or view."""
        return str(self._datasette.urls.table(self._database, table)) + (f"?{urlencode(query)}" if query else "")

    def query(self, name: str) -> str:
        """Datasette's page of a canned query."""
        return str(self._datasette.urls.query(self._database, name))

    def start(self) -> str:
        """The start page."""
        return str(self._datasette.urls.path("/"))

    def database(self) -> str:
        """Datasette's own page of the library."""
        return str(self._datasette.urls.database(self._database))

    def static(self, name: str) -> str:
        """A file of ours."""
        return str(self._datasette.urls.path(f"{STATIC}/{name}"))

    def desk(self) -> str:
        """Who reviews in this browser."""
        return str(self._datasette.urls.path("/-/desk"))

    def colours(self) -> str:
        """The style of the layers, made from `labels.toml`."""
        return str(self._datasette.urls.path("/-/anliku-layers.css"))
