"""Engines: where the work of a run is done. Each has the same `map`, so a run does not know which one it has."""

from pipeline.engines.base import Died, Engine, Here
from pipeline.engines.dask import Dask
from pipeline.engines.local import Local

__all__ = ["Dask", "Died", "Engine", "Here", "Local"]
