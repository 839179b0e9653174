#!/bin/sh
# A dask cluster on this machine: a scheduler and workers, one process and one thread each. Ctrl+C ends all of them.
#
#   pipeline/engines/cluster/local.sh [WORKERS] [PORT]        (default: 2 workers, port 8786)
#   anliku run articles/ --engine dask --scheduler tcp://127.0.0.1:8786 --shards shards/
#
# On several machines: the first `dask scheduler` on one of them, `dask worker` on each, and a folder that all share.
set -eu
workers=${1:-2}
port=${2:-8786}
address=tcp://127.0.0.1:$port

dask scheduler --host 127.0.0.1 --port "$port" --no-dashboard &
scheduler=$!
# The nanny starts a killed worker again; a worker that takes more memory than its limit is one that was killed.
dask worker "$address" --host 127.0.0.1 --nworkers "$workers" --nthreads 1 --memory-limit 4GiB --no-dashboard &
nannies=$!
trap 'kill "$nannies" "$scheduler" 2>/dev/null || true; wait' EXIT
trap 'exit 130' INT TERM
wait
