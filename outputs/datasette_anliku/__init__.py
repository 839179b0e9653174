"""The pages of a case library in Datasette. Who may, reviews through them; nothing else is written.

Datasette loads this package through the entry point `anliku` of pyproject.toml; `datasette library.db` is enough. It
does so while `datasette.app` is being imported, so no module here but `server` may import that at its top.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils.asgi import Request

from outputs.datasette_anliku.desk import allowed
from outputs.datasette_anliku.desk_routes import ROUTES as DESK
from outputs.datasette_anliku.guard import App, guard
from outputs.datasette_anliku.hidden import hide
from outputs.datasette_anliku.libraries import is_library
from outputs.datasette_anliku.libraries import libraries as held
from outputs.datasette_anliku.metadata import canned_queries, cell, question
from outputs.datasette_anliku.metadata import metadata as described
from outputs.datasette_anliku.page import STATIC
from outputs.datasette_anliku.problems import answers
from outputs.datasette_anliku.routes import ROUTES, Route, links

if TYPE_CHECKING:
    from datasette.app import Datasette

__all__: list[str] = []


@hookimpl
def register_routes() -> list[Route]:
    """Start page, cases, counties, comparison, map, search; the review desk."""
    return [*ROUTES, *DESK]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Hosts, forms and headers of every answer."""
    return guard(datasette)


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """What visitors do not read."""
    if is_library(datasette, database):
        hide(conn)


@hookimpl
def permission_allowed(datasette: Datasette, actor: dict[str, Any] | None, action: str) -> bool | None:
    """Logins that the configuration lets review."""
    return allowed(datasette, actor, action)


@hookimpl(specname="get_metadata")
def tables_and_columns(datasette: Datasette) -> dict[str, Any]:
    """Chinese titles, descriptions and facets for Datasette's own pages."""
    return described(datasette)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """Descriptions of columns side by side, so that the rows stay in sight."""
    return [str(datasette.urls.path(f"{STATIC}/stock.css"))] if held(datasette) else []


@hookimpl(specname="canned_queries")
def questions(datasette: Datasette, database: str) -> dict[str, Any]:
    """The questions that a researcher asks first."""
    return canned_queries(datasette, database)


@hookimpl(specname="extra_template_vars")
def english_question(
    datasette: Datasette, database: str | None, template: str | None, request: Request | None
) -> dict[str, Any]:
    """The question in the language of who asks it."""
    return question(datasette, database, template, request)


@hookimpl
def render_cell(
    datasette: Datasette, database: str | None, table: str | None, column: str, value: object
) -> str | None:
    """Ids lead to their passage, codes are read by name."""
    return cell(datasette, database, table, column, value)


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Generator[None, Any, None]:
    """What cannot be shown is said; see `problems.answers` for why Datasette's own answer is wrapped."""
    outcome = yield
    outcome.force_result(answers(datasette, request, exception, outcome.get_result()))


@hookimpl
def menu_links(datasette: Datasette, request: Request | None) -> list[dict[str, str]]:
    """Our pages in Datasette's menu."""
    return links(datasette, request)
