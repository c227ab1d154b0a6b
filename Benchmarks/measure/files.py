"""Files against nginx: ranges of a film, and thumbnails."""

import random
import subprocess
from functools import partial
from pathlib import Path

from PIL import Image

from . import load
from .load import Round, Target
from .programs import API, Certificate, Nginx, Server, Visitor, target, tus
from .result import Line

ROUNDS = 5
SECONDS = 5
FILM_BYTES = 512 << 20
PICTURES = 40


class Installation:
    """A server of ours with a film and pictures, and nginx with the same bytes."""

    def __init__(self, bench):
        self.files = bench.folder / "files"
        self.files.mkdir()
        self.server = bench.leave_at_the_end(Server(bench.folder / "files-server"))
        self.visitor = Visitor(self.server.base).set_up(self.server)
        self.token = self.server.token("root")
        self.film = self._add(make_film(self.files / "film.mp4"))
        self.thumbnails = self._add_pictures(bench.folder / "pictures")
        self.certificate = Certificate(bench.folder / "tls")
        self.nginx = bench.leave_at_the_end(Nginx(bench.folder / "nginx", self.files, self.certificate))

    def _add(self, file: Path) -> str:
        """Uploads a file; answers the item's public id."""
        upload = tus.Upload(self.server.base, self.token)
        upload.create(file.stat().st_size, filename=file.name, title=file.stem)
        with open(file, "rb") as body:
            item = tus.public_id(upload.patch(0, body))
        # What is still being processed has no pictures, and would take the processor from what is measured.
        assert API(self.server.base, self.token).wait_until_processed(item)["status"] == "ready", file.name
        return item

    def _add_pictures(self, folder: Path) -> list[str]:
        """Paths of our thumbnails; the same bytes lie under the same names for nginx."""
        folder.mkdir()
        paths = []
        for number in range(PICTURES):
            item = self._add(make_picture(folder / f"picture-{number}.jpg", number))
            paths.append(f"/media/{item}/thumbnail")
        (self.files / "thumbnails").mkdir()
        for number, path in enumerate(paths):
            (self.files / f"thumbnails/{number}.jpg").write_bytes(self.visitor.get(path).content)
        return paths


def make_film(path: Path) -> Path:
    """A real MP4, made large by a box that players skip (ISO 14496-12, `free`)."""
    command = "ffmpeg -v error -f lavfi -i testsrc2=size=320x180:rate=25:duration=4 -c:v libx264 -preset ultrafast"
    subprocess.run([*command.split(), "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(path)], check=True)
    rest = FILM_BYTES - path.stat().st_size
    block = random.Random(1).randbytes(1 << 20)
    with open(path, "ab") as file:
        file.write(rest.to_bytes(4, "big") + b"free")
        for _ in range((rest - 8) // len(block)):
            file.write(block)
        file.write(block[: (rest - 8) % len(block)])
    return path


def make_picture(path: Path, number: int) -> Path:
    """A picture whose thumbnail has about 20 KB: half smooth, half noise."""
    noise = Image.effect_noise((900, 900), 60)
    shade = Image.linear_gradient("L").resize((900, 900)).rotate(number * 9)
    Image.merge("RGB", (noise, shade, Image.blend(noise, shade, 0.5))).save(path, quality=88)
    return path


def compare(bench, name: str, what: str, paths, run, wanted: float) -> list[Line]:
    """Rate and processor time per gigabyte, ours and nginx's."""
    installation = bench.once(Installation)
    ours = target(installation.server, paths[0], installation.visitor)
    return compare_targets(name, what, ours, installation.nginx.target(paths[1]), run, wanted)


def compare_targets(name: str, what: str, ours: Target, theirs: Target, run, wanted: float) -> list[Line]:
    mine, other = load.in_turn(ours, theirs, ROUNDS, run)
    for one in mine + other:
        assert one.errors == 0, f"{name}: {one}"
    rates = [load.median([one.requests_per_second for one in rounds]) for rounds in (mine, other)]
    costs = [load.median([one.cpu_seconds / one.gigabytes for one in rounds]) for rounds in (mine, other)]
    raw = {"ours": [one.__dict__ for one in mine], "theirs": [one.__dict__ for one in other]}
    return [
        Line(name, what, told(mine), told(other), rates[0] / rates[1], (">=", wanted), raw=raw),
        Line(name, "processor time per GB", f"{costs[0]:.2f} s", f"{costs[1]:.2f} s", costs[0] / costs[1], ("<=", 1.3)),
    ]


def told(rounds: list[Round]) -> str:
    rates = [one.requests_per_second for one in rounds]
    bytes_per_second = load.median([one.bytes_per_second for one in rounds])
    return f"{load.median(rates):,.0f}/s ± {load.spread(rates):.0%}, {bytes_per_second / 1e6:,.0f} MB/s"


def ranges(bench, name: str, size: int, connections: int, wanted: float) -> list[Line]:
    installation = bench.once(Installation)

    def run(one: Target) -> Round:
        return load.wrk(one, connections, SECONDS, "ranges.lua", [str(size), str(FILM_BYTES)])

    paths = (f"/media/{installation.film}/download", "/film.mp4")
    what = f"{size >> 10} KiB ranges, {connections} connections"
    return compare(bench, name, what, paths, run, wanted)


def thumbnails(bench) -> list[Line]:
    installation = bench.once(Installation)
    lists = {
        "MediaShare": installation.thumbnails,
        "Nginx": [f"/thumbnails/{number}.jpg" for number in range(PICTURES)],
    }
    for name, paths in lists.items():
        (bench.folder / f"{name}.paths").write_text("\n".join(paths) + "\n")

    def run(one: Target) -> Round:
        return load.wrk(one, 32, SECONDS, "paths.lua", [str(bench.folder / f"{one.name}.paths")])

    sizes = [file.stat().st_size for file in (installation.files / "thumbnails").iterdir()]
    what = f"thumbnails of {sum(sizes) / len(sizes) / 1000:.0f} KB, 32 connections"
    return compare(bench, "thumbnails", what, ("/", "/"), run, 0.55)


ROWS = {
    "ranges-1m": partial(ranges, name="ranges-1m", size=1 << 20, connections=8, wanted=0.95),
    "ranges-64k": partial(ranges, name="ranges-64k", size=64 << 10, connections=64, wanted=0.60),
    "thumbnails": thumbnails,
}
