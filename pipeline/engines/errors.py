"""Errors of the engines that a user may meet."""

from __future__ import annotations

from models.errors import AnlikuError


class NoDask(AnlikuError):
    """--engine dask needs the optional extra `dask`: python -m pip install 'anliku[dask]' (on the workers too)."""


class NoAddress(AnlikuError):
    """--engine dask needs --scheduler ADDRESS, as `dask scheduler` prints it: tcp://10.0.0.5:8786."""


class NoScheduler(AnlikuError):
    """{address}: no dask scheduler answers there ({problem}). Start one with `dask scheduler`, or check the address."""


class NoWorkers(AnlikuError):
    """{address}: the scheduler has had no worker for {seconds} s. Start some with `dask worker {address} --nworkers N --nthreads 1`."""


class Threaded(AnlikuError):
    """{address}: worker {worker} runs {threads} tasks at once in one process, and the taggers are not made for that. Start workers with `--nworkers N --nthreads 1`."""


class SchedulerLost(AnlikuError):
    """{address}: the connection to the scheduler broke ({problem}). What was finished is kept: run the same command again once it is up."""


class OtherVersion(AnlikuError):
    """a worker runs {found}, the driver {wanted}. Install the same anliku, with the same tagger and the same --rules, everywhere."""
