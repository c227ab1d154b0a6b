"""The list of people of a large platform in an administrator's hands, and the trail of what was done with it."""

import itertools
import random
import re
import sqlite3
import subprocess
import time
from functools import partial

import requests

from . import load
from .programs import PROGRAM, FormReader, Server, Visitor, eventually, new_postgres_database, target
from .result import Line

ACCOUNTS = 200_000
RESELLERS = 1000
PER_SECOND = 50
SECONDS = 10
MILLISECONDS = 30.0
# Of the audit trail; as many people are acted on at once.
ENTRIES = 100_000
AT_ONCE = 100

COLUMNS = (
    "id, public_id, tenant_id, user_type_id, parent_id, username, username_key, email, email_key, status, "
    "storage_used, created_at, email_verified_at"
)
# Every page that somebody who looks for people asks for: lists, filters, searches.
PAGES = {
    "first page": "/admin/users",
    "by name": "/admin/users?sort=username",
    "of a common type": "/admin/users?type=basic&sort=storage",
    "of a rare state": "/admin/users?type=premium&state=suspended",
    "a search for one letter": "/admin/users?q=a",
    "a search for a name": "/admin/users?q=amber1234",
    "somebody's customers": "/admin/users?parent=amber10",
}


def accounts():
    """Rows of `COLUMNS`, the same each time. Numbers begin where no account of a fresh platform is."""
    source = random.Random(ACCOUNTS)
    now = int(time.time() * 1000)
    for number in range(10, ACCOUNTS + 10):
        is_reseller = number < 10 + RESELLERS
        name = f"{source.choice(['amber', 'birch', 'cedar', 'dune'])}{number}" if number != 10 else "amber10"
        email = f"{name}@example.com"
        yield (
            number,
            f"bench{number}",
            1,
            2 if is_reseller else 3 if number % 10 == 0 else 4,
            None if is_reseller or number % 2 else 10 + number % RESELLERS,
            name,
            name,
            email,
            email,
            "suspended" if number % 1000 == 0 else "active",
            number * 7919 % 1_000_000_000,
            now - number * 1000,
            None if number % 50 == 0 else now,
        )


def tree(rows):
    """Rows of the closure: everybody below themselves, customers below their reseller."""
    for row in rows:
        yield (row[0], row[0], 0)
        if row[4] is not None:
            yield (row[4], row[0], 1)


def fill(server: Server) -> None:
    """Adds the accounts. The server must not be writing."""
    database = server.environment.get("DATABASE_URL")
    if database is None:
        with sqlite3.connect(server.data / "mediashare.sqlite") as connection:
            marks = ", ".join("?" * len(COLUMNS.split(",")))
            connection.executemany(f"INSERT INTO account ({COLUMNS}) VALUES ({marks})", accounts())
            connection.executemany("INSERT INTO account_tree VALUES (?, ?, ?)", tree(accounts()))
        return
    psql = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", database]
    script = itertools.chain(
        [f"COPY account ({COLUMNS}) FROM stdin;\n"],
        copied(accounts()),
        ["\\.\nCOPY account_tree (ancestor_id, descendant_id, depth) FROM stdin;\n"],
        copied(tree(accounts())),
        ["\\.\nANALYZE;\n"],
    )
    with subprocess.Popen(psql, stdin=subprocess.PIPE, text=True) as process:
        for part in script:
            process.stdin.write(part)
    assert process.returncode == 0, "psql could not fill the database"


def copied(rows):
    return ("\t".join("\\N" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


class People:
    """A platform with many accounts, and its administrator."""

    engine = "postgres"

    def __init__(self, bench):
        database = new_postgres_database() if self.engine == "postgres" else None
        self.server = Server(bench.folder / f"people-{self.engine}", database=database)
        with self.server:
            Visitor(self.server.base).set_up(self.server)
        fill(self.server)
        bench.leave_at_the_end(self.server)


class PeopleOnSQLite(People):
    engine = "sqlite"


def lists(bench, name: str, people: type) -> list[Line]:
    server = bench.once(people).server
    administrator = Visitor(server.base).sign_in("root")
    lines = []
    for what, path in PAGES.items():
        one = target(server, path, administrator)
        page = requests.get(one.url, headers=one.headers)
        assert page.status_code == 200 and "/admin/users/bench" in page.text, page.text[:500]
        waits = load.latencies(one, PER_SECOND, SECONDS)
        late = load.percentile(waits, 0.99)
        lines.append(
            Line(
                name,
                f"50 of {ACCOUNTS:,} people, {what}, 99th percentile at {PER_SECOND}/s",
                f"{late:.1f} ms",
                value=late,
                target=("<=", MILLISECONDS),
                unit=" ms",
                raw={"latencies": waits},
            )
        )
    return lines


def trail(bench, name: str, people: type) -> list[Line]:
    """How long `mediashare audit verify` takes over what an administrator has done to people."""
    server = bench.once(people).server
    fill_trail(server)
    sealed = eventually(lambda: verify(server), lambda text: " 0 not sealed yet" in text, 300)
    entries = int(re.search(r"Intact: (\d+) entries", sealed.replace(",", "")).group(1))
    assert entries >= ENTRIES, sealed
    took = []
    for _ in range(5):
        began = time.monotonic()
        verify(server)
        took.append(time.monotonic() - began)
    seconds = load.median(took)
    what = f"{entries:,} entries of the audit trail verified, start of the program included"
    return [Line(name, what, f"{seconds:.2f} s", value=seconds, target=("<=", 2), unit=" s", raw={"seconds": took})]


def fill_trail(server: Server) -> None:
    """Suspends people and lets them be again, page by page: an entry for each of them each time."""
    administrator = Visitor(server.base).sign_in("root")
    reader = FormReader()
    reader.feed(administrator.get("/admin/users").text)
    form = next(form for form in reader.forms if form.action == "/admin/users/act")
    headers = {"Origin": server.base}
    for number in range(ENTRIES // AT_ONCE + 10):
        first = 1_000 + number // 2 * AT_ONCE
        fields = form.fields | {
            "act": "activate" if number % 2 else "suspend",
            "confirmed": "1",
            "id": [f"bench{account}" for account in range(first, first + AT_ONCE)],
        }
        answer = administrator.http.post(f"{server.base}{form.action}", data=fields, headers=headers, timeout=60)
        assert answer.status_code == 200 and "/admin/users" in answer.url, f"{answer.status_code} {answer.url}"


def verify(server: Server) -> str:
    command = [PROGRAM, "audit", "verify"]
    return subprocess.run(command, env=server.environment, check=True, capture_output=True, text=True).stdout


ROWS = {
    "admin-users": partial(lists, name="admin-users", people=People),
    "admin-users-sqlite": partial(lists, name="admin-users-sqlite", people=PeopleOnSQLite),
    "audit-verify": partial(trail, name="audit-verify", people=People),
    "audit-verify-sqlite": partial(trail, name="audit-verify-sqlite", people=PeopleOnSQLite),
}
