"""A Datasette for as long as a test needs it: without a server, or on a port of loopback."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from outputs.datasette_anliku.server import listening

SECONDS = 120
"""How long a busy machine may take to start it."""


@contextmanager
def awake(served: Any) -> Iterator[asyncio.AbstractEventLoop]:
    """The loop in which it answers; it is closed with all that it holds."""
    loop = asyncio.new_event_loop()
    loop.run_until_complete(served.invoke_startup())
    try:
        yield loop
    finally:
        for database in served.databases.values():
            database.close()
        if served.executor:
            served.executor.shutdown()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


@contextmanager
def running(served: Any) -> Iterator[str]:
    """Its address while it is served."""
    with listening("127.0.0.1", 0) as door:
        server = uvicorn.Server(uvicorn.Config(served.app(), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        until = time.monotonic() + SECONDS
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
        assert server.started
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join(SECONDS)
