"""The program itself: how soon it answers, and what it holds in memory."""

import time

from . import load
from .pages import LibraryOnSQLite
from .result import Line

STARTS = 7
IDLE_SECONDS = 60
MEBIBYTE = 1 << 20


def start(bench) -> list[Line]:
    server = bench.once(LibraryOnSQLite).server
    seconds = []
    for _ in range(STARTS):
        server.stop()
        began = time.monotonic()
        server.start()
        seconds.append(time.monotonic() - began)
    median = load.median(seconds)
    shown = f"{median * 1000:.0f} ms ± {load.spread(seconds):.0%}"
    what = "start to ready, 100,000 items"
    return [Line("start", what, shown, value=median, target=("<=", 1.0), unit=" s", raw={"seconds": seconds})]


def memory(bench) -> list[Line]:
    server = bench.once(LibraryOnSQLite).server
    server.stop()
    server.start()
    time.sleep(IDLE_SECONDS)
    held = server.resident_bytes() / MEBIBYTE
    what = f"memory {IDLE_SECONDS} s after the start, no visitors"
    return [Line("memory", what, f"{held:.0f} MiB", value=held, target=("<=", 80.0), unit=" MiB")]


ROWS = {"start": start, "memory": memory}
