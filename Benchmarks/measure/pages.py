"""Pages against Flask on the same database: the library as HTML and as JSON."""

from functools import partial

import requests

from . import load
from .library import fill
from .load import Round, Target
from .programs import Flask, Server, Visitor, new_postgres_database, target
from .result import Line

ITEMS = 100_000
ROUNDS = 5
SECONDS = 5
CONNECTIONS = 16
# Both are asked this often when latencies are taken; the peer manages a few hundred at best.
STEADY_PER_SECOND = 40
STEADY_SECONDS = 15


class Library:
    """Both servers on one database with many items, and a visitor who is signed in to both."""

    engine = "postgres"

    def __init__(self, bench):
        folder = bench.folder / f"library-{self.engine}"
        database = new_postgres_database() if self.engine == "postgres" else None
        self.server = Server(folder, database=database)
        with self.server:
            Visitor(self.server.base).set_up(self.server)
        fill(self.server, ITEMS)
        bench.leave_at_the_end(self.server)
        self.visitor = Visitor(self.server.base).sign_in("root")

        shared = database or f"sqlite:///{self.server.data / 'mediashare.sqlite'}"
        self.flask = bench.leave_at_the_end(Flask(folder / "flask", shared))
        session = requests.Session()
        session.get(f"{self.flask.base}/sign-in/1").raise_for_status()
        self.cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)

    def targets(self, ours: str, theirs: str) -> tuple[Target, Target]:
        return target(self.server, ours, self.visitor), self.flask.target(theirs, {"Cookie": self.cookie})


class LibraryOnSQLite(Library):
    engine = "sqlite"


def compare(bench, name: str, library: type, what: str, path: str, wanted: float) -> list[Line]:
    ours, theirs = bench.once(library).targets(path, path)
    pages = [requests.get(one.url, headers=one.headers) for one in (ours, theirs)]
    for page in pages:
        assert page.status_code == 200 and page.text.count("bench000000") >= 48, page.text[:500]

    def run(one: Target) -> Round:
        return load.wrk(one, CONNECTIONS, SECONDS)

    mine, other = load.in_turn(ours, theirs, ROUNDS, run)
    assert all(one.errors == 0 for one in mine + other), f"{name}: errors in {mine} {other}"
    rates = [load.median([one.requests_per_second for one in rounds]) for rounds in (mine, other)]
    waits = [load.latencies(one, STEADY_PER_SECOND, STEADY_SECONDS) for one in (ours, theirs)]
    late = [load.percentile(one, 0.99) for one in waits]
    sizes = [f"{len(page.content) / 1000:.0f} KB" for page in pages]
    shown = [
        f"{rate:,.0f}/s ± {load.spread([one.requests_per_second for one in rounds]):.0%}, {size}"
        for rate, rounds, size in zip(rates, (mine, other), sizes, strict=False)
    ]
    raw = {"ours": [one.__dict__ for one in mine], "theirs": [one.__dict__ for one in other], "latencies": waits}
    return [
        Line(name, what, shown[0], shown[1], rates[0] / rates[1], (">=", wanted), raw=raw),
        Line(
            name,
            f"99th percentile at {STEADY_PER_SECOND}/s",
            f"{late[0]:.1f} ms",
            f"{late[1]:.1f} ms",
            late[0] / late[1],
            ("<=", 0.1),
        ),
    ]


HTML = "library page, 48 of 100,000"
JSON = "50 of 100,000 as JSON"

ROWS = {
    "library-html": partial(compare, name="library-html", library=Library, what=HTML, path="/media", wanted=15),
    "library-json": partial(compare, name="library-json", library=Library, what=JSON, path="/api/v1/media", wanted=20),
    "library-html-sqlite": partial(
        compare, name="library-html-sqlite", library=LibraryOnSQLite, what=f"{HTML}, SQLite", path="/media", wanted=15
    ),
    "library-json-sqlite": partial(
        compare,
        name="library-json-sqlite",
        library=LibraryOnSQLite,
        what=f"{JSON}, SQLite",
        path="/api/v1/media",
        wanted=20,
    ),
}
