"""The same files through TLS, which the program speaks itself."""

import os
import socket
import subprocess
import time
from pathlib import Path

from . import load
from .files import FILM_BYTES, PICTURES, SECONDS, Installation, compare_targets
from .load import Round, Target, family
from .programs import PROGRAM, free_port, target
from .result import Line

WANTED = 0.6


class Door:
    """A second process of the same installation that answers by TLS."""

    def __init__(self, installation: Installation):
        self.server = installation.server
        self.certificate = installation.certificate
        self.port = free_port()

    def __enter__(self) -> "Door":
        settings = {
            "MEDIASHARE_PORT": str(self.port),
            "MEDIASHARE_BASE_URL": self.server.base,
            "MEDIASHARE_TLS_CERTIFICATE": str(self.certificate.file),
            "MEDIASHARE_TLS_KEY": str(self.certificate.key),
        }
        with open(self.server.folder / "tls.log", "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--no-jobs"], env=self.server.environment | settings, stdout=log, stderr=log
            )
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return self
            except ConnectionRefusedError:
                assert self.process.poll() is None, Path(log.name).read_text()
                time.sleep(0.05)
        raise AssertionError("the program does not answer by TLS")

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait()


def targets(bench, paths: tuple[str, str]) -> tuple[Target, Target]:
    installation = bench.once(Installation)
    door = bench.once(make_door)
    ours = target(installation.server, paths[0], installation.visitor)
    ours = Target(ours.name, f"https://127.0.0.1:{door.port}{paths[0]}", ours.headers, lambda: family(door.process.pid))
    theirs = installation.nginx.target(paths[1])
    return ours, Target(theirs.name, installation.nginx.secure_base + paths[1], {}, theirs.processes)


def make_door(bench) -> Door:
    return Door(bench.once(Installation))


def ranges(bench) -> list[Line]:
    def run(one: Target) -> Round:
        return load.wrk(one, 8, SECONDS, "ranges.lua", [str(1 << 20), str(FILM_BYTES)])

    installation = bench.once(Installation)
    ours, theirs = targets(bench, (f"/media/{installation.film}/download", "/film.mp4"))
    return compare_targets("tls-1m", "1 MiB ranges by TLS, 8 connections", ours, theirs, run, WANTED)


def thumbnails(bench) -> list[Line]:
    installation = bench.once(Installation)
    ours, theirs = targets(bench, ("/", "/"))
    lists = {ours.name: installation.thumbnails, theirs.name: [f"/thumbnails/{n}.jpg" for n in range(PICTURES)]}
    for name, paths in lists.items():
        (bench.folder / f"{name}.tls.paths").write_text("\n".join(paths) + "\n")

    def run(one: Target) -> Round:
        return load.wrk(one, 32, SECONDS, "paths.lua", [os.fspath(bench.folder / f"{one.name}.tls.paths")])

    return compare_targets("tls-thumbnails", "thumbnails by TLS, 32 connections", ours, theirs, run, WANTED)


ROWS = {"tls-1m": ranges, "tls-thumbnails": thumbnails}
