"""What Datasette's own pages say: Chinese titles, descriptions, facets, questions, and cells that lead somewhere."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request
from markupsafe import Markup

from outputs.datasette_anliku.language import Language, language
from outputs.datasette_anliku.libraries import is_library, libraries
from outputs.datasette_anliku.page import Urls
from outputs.labels import NO_NAMES, Names, decided, label, labels
from outputs.library import Library
from outputs.own_names import own_names
from outputs.tables import code_group, descriptions, title

if TYPE_CHECKING:
    from datasette.app import Datasette

# Columns that hold the id of an article or of something in one.
_IDS = {"id", "article_id", "case_id", "measure_id", "action_id", "报道编号", "首发编号", "编号"}
_ID = re.compile(r"[0-9a-f]{16}(-[a-z]\d+(-\w+)*)?")


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("outputs.datasette_anliku").joinpath(name).read_text("utf-8"))


def metadata(datasette: Datasette) -> dict[str, Any]:
    """Metadata for each case library, and for nothing else."""
    own = {name: {"description": descriptions()["library"], "tables": _tables()} for name in libraries(datasette)}
    return {"databases": own} if own else {}


def _tables() -> dict[str, dict[str, Any]]:
    """A fresh copy each time: Datasette writes into what it is given."""
    said = descriptions()
    units: dict[str, str] = said["columns"]
    found: dict[str, dict[str, Any]] = {name: {"hidden": True} for name in said["hidden"]}
    for name, about in said["tables"].items():
        columns = {column: title(name, column) for column in about.get("show", [])}
        columns |= {
            column: f"{named}：{units[column]}" if named != column else units[column]
            for column, named in columns.items()
            if column in units
        }
        found[name] = {
            "title": title(name), "description": about["description"], "columns": columns,
            "facets": list(about.get("facets", [])),
            **{key: about[key] for key in ("label_column", "sort", "sort_desc") if key in about},
        }  # fmt: skip
    return found


def canned_queries(datasette: Datasette, database: str, spoken: Language = "zh") -> dict[str, Any]:
    """The questions of `queries.toml` for a case library, none for another database."""
    if not is_library(datasette, database):
        return {}
    of = "" if spoken == "zh" else "_en"
    return {
        name: {key: query[f"{key}{of}"] for key in ("title", "description")} | {"sql": query["sql"], "hide_sql": True}
        for name, query in _toml("queries.toml").items()
    }


def question(
    datasette: Datasette, database: str | None, template: str | None, request: Request | None
) -> dict[str, Any]:
    """What else Datasette's page of a question is given: title and description, where its reader prefers English.
    Datasette asks for the questions themselves without saying who reads them."""
    if request is None or database is None or template != "query.html" or language(request) == "zh":
        return {}
    asked = canned_queries(datasette, database, "en").get(request.path.rsplit("/", 1)[-1])
    return {"metadata": asked} if asked else {}


def cell(datasette: Datasette, database: str | None, table: str | None, column: str, value: object) -> Markup | None:
    """An id as a link to its place in the case; a code with its Chinese name. None: as Datasette shows it."""
    if not isinstance(value, str) or database is None or not is_library(datasette, database):
        return None
    if column in _IDS and _ID.fullmatch(value):
        return Markup('<a href="{}">{}</a>').format(Urls(datasette, database).finding(value, passage=False), value)
    group = code_group(table or "", column)
    if group is None:
        return None
    if group == "decision":
        return Markup('{} <span title="{}">{}</span>').format(decided(value), column, value)
    # Few codes are a user's own, so the library is asked for those alone.
    known = value in labels().get(group, {})
    named = label(group, value, NO_NAMES if known or group != "measure" else _own(datasette, database))
    return Markup('{} <span title="{}">{}</span>').format(named, column, value) if known or named != value else None


def _own(datasette: Datasette, database: str) -> Names:
    with Library(Path(datasette.databases[database].path), read_only=True) as library:
        return own_names(library)
