"""A library on a port of this machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.utils import BadMetadataError, parse_metadata

from models.errors import AnlikuError
from outputs.datasette_anliku.desk import Desk
from outputs.datasette_anliku.guard import allowed_hosts, loopback
from outputs.library import Library

SETTINGS = {
    "sql_time_limit_ms": 2000,
    "default_facet_size": 10,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "facet_time_limit_ms": 500,
    "facet_suggest_time_limit_ms": 50,
    "max_csv_mb": 100,
    "allow_download": False,
}
"""What a visitor's own SQL may cost. The file itself is not offered: with a log beside it, it would lack rows, and it
holds the paths that pages leave out."""


class BadSettings(AnlikuError):
    """{path}: not the settings of Datasette as YAML or JSON ({problem})."""


class CannotListen(AnlikuError):
    """{host}, port {port}: cannot listen there ({problem}). Name another port: --port N; --port 0 takes a free one."""


class Served(Datasette):  # type: ignore[misc]  # Datasette has no types
    """Datasette as `anliku serve` runs it."""

    desk: Desk | None
    """For whom holds the token of this server; None: only logins review."""
    hosts: frozenset[str]
    """Names under which it may be asked for."""
    read_only: bool


def datasette(
    path: Path,
    *,
    host: str = "127.0.0.1",
    hosts: Iterable[str] = (),
    desk: Desk | None = None,
    read_only: bool = False,
    metadata: Path | None = None,
) -> Served:
    """Datasette on a library. Opened once first, so that a file that is none, or is of another schema, is refused with
    one of `outputs.library.errors`. `metadata`: settings of login plugins, and who may review; BadSettings."""
    with Library(path, read_only=True) as library:
        library.stats()
    # Nobody can change a file in a folder where we may not write; `mode=ro` needs to write beside a file with a log.
    fixed = not os.access(path.absolute().parent, os.W_OK) and not Path(f"{path}-wal").exists()
    files = [str(path)]
    served = Served([] if fixed else files, immutables=files if fixed else [], settings=SETTINGS,
                    metadata=_settings(metadata))  # fmt: skip
    served.desk = desk if loopback(host) and not read_only else None
    served.hosts = allowed_hosts(host, hosts)
    served.read_only = read_only
    return served


def _settings(path: Path | None) -> dict[str, Any] | None:
    if path is None:
        return None
    try:
        found = parse_metadata(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadMetadataError) as error:
        raise BadSettings(path=path, problem=error) from error
    if not isinstance(found, dict):
        raise BadSettings(path=path, problem="no object")
    return found


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0: any that is free. Made before an address is printed, so that nobody else can
    take the port in between. CannotListen."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        unknown_name = isinstance(error, socket.gaierror)  # whose numbers are not those of the system
        problem = error.strerror if unknown_name or error.errno is None else os.strerror(error.errno)
        raise CannotListen(host=host, port=port, problem=problem) from error


def serve(
    path: Path,
    door: socket.socket,
    *,
    host: str = "127.0.0.1",
    hosts: Iterable[str] = (),
    reviewer: str | None = None,
    read_only: bool = False,
    metadata: Path | None = None,
    announce: Callable[[str], None] = lambda token: None,
) -> None:
    """Serve a library until interrupted, through a socket that `listening` made. `announce` is given the token of the
    review desk, and each that follows when one was used."""
    port = door.getsockname()[1]
    desk = Desk(reviewer=reviewer, port=port, announce=announce)
    served = datasette(path, host=host, hosts=hosts, desk=desk, read_only=read_only, metadata=metadata)
    if served.desk is not None:
        announce(served.desk.token)
    # No log of addresses: the first one holds the token.
    config = uvicorn.Config(served.app(), host=host, port=port, log_level="warning", access_log=False, lifespan="on",
                            server_header=False)  # fmt: skip
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[door])
    if not server.started:  # it has said why
        raise SystemExit(3)
