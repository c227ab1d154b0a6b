"""Two thousand people who watch at once, no faster than a film runs: what one costs, and who has to wait."""

import random
import resource
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from . import load
from .files import FILM_BYTES, Installation
from .load import Target
from .programs import target
from .result import Line

VIEWERS = 2_000
SECONDS = 20
# Half a megabit each: as much as one fast disk gives, and little enough for a client on the same two cores.
BYTES_PER_SECOND = 64 << 10
TICKS_PER_SECOND = 4
KIBIBYTE = 1 << 10


@dataclass
class Outcome:
    kibibytes_per_viewer: float
    # Of all quarters of a second of all viewers, the share in which a viewer who wanted bytes got none.
    stalled: float
    cpu_seconds_per_gigabyte: float


class Viewer:
    """Reads as much as is due, and leaves the rest with the server."""

    def __init__(self, connection: socket.socket):
        self.connection = connection
        self.taken = 0
        self.stalls = 0

    def take(self, due: int) -> None:
        before = self.taken
        while self.taken < due:
            try:
                piece = self.connection.recv(min(64 << 10, due - self.taken))
            except BlockingIOError:
                break
            assert piece, "the server hung up"
            self.taken += len(piece)
        self.stalls += self.taken == before


def connect(one: Target, chance: random.Random) -> Viewer:
    address = urlsplit(one.url)
    connection = socket.socket()
    # A telephone's buffer, not a data centre's.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 10)
    connection.connect((address.hostname, address.port))
    start = chance.randrange(FILM_BYTES - (SECONDS + 5) * BYTES_PER_SECOND * 2)
    lines = [f"GET {address.path} HTTP/1.1", f"Host: {address.netloc}", f"Range: bytes={start}-"]
    lines += [f"{name}: {value}" for name, value in one.headers.items()]
    connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    assert connection.recv(12).endswith(b"206"), one.name
    connection.setblocking(False)
    return Viewer(connection)


def resident_kibibytes(one: Target) -> float:
    total = 0
    for pid in one.processes():
        with open(f"/proc/{pid}/smaps_rollup") as lines:
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def watch(one: Target) -> Outcome:
    chance = random.Random(1)
    held = resident_kibibytes(one)
    used = load.cpu_seconds(one.processes())
    viewers = [connect(one, chance) for _ in range(VIEWERS)]
    began = time.monotonic()
    for tick in range(1, SECONDS * TICKS_PER_SECOND + 1):
        for viewer in viewers:
            viewer.take(tick * BYTES_PER_SECOND // TICKS_PER_SECOND)
        time.sleep(max(0.0, began + tick / TICKS_PER_SECOND - time.monotonic()))
    held = resident_kibibytes(one) - held
    used = load.cpu_seconds(one.processes()) - used
    for viewer in viewers:
        viewer.connection.close()
    gigabytes = sum(viewer.taken for viewer in viewers) / 1e9
    stalls = sum(viewer.stalls for viewer in viewers) / (VIEWERS * SECONDS * TICKS_PER_SECOND)
    return Outcome(held / VIEWERS, stalls, used / gigabytes)


def slow_viewers(bench) -> list[Line]:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    installation = bench.once(Installation)
    mine = watch(target(installation.server, f"/media/{installation.film}/download", installation.visitor))
    other = watch(installation.nginx.target("/film.mp4"))
    cost = f"{mine.cpu_seconds_per_gigabyte:.2f} s"
    row = "slow-viewers"
    what = f"{VIEWERS:,} viewers at {BYTES_PER_SECOND // KIBIBYTE} KiB/s"
    return [
        Line(
            row,
            f"{what}, memory of one",
            f"{mine.kibibytes_per_viewer:.0f} KiB",
            f"{other.kibibytes_per_viewer:.0f} KiB",
            raw={"ours": mine.__dict__, "theirs": other.__dict__},
        ),
        Line(row, "share of moments without bytes", f"{mine.stalled:.2%}", f"{other.stalled:.2%}"),
        Line(row, "processor time per GB", cost, f"{other.cpu_seconds_per_gigabyte:.2f} s"),
    ]


ROWS = {"slow-viewers": slow_viewers}
