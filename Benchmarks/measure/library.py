"""A library of many items, written straight into the database."""

import itertools
import random
import sqlite3
import subprocess
import time

from .programs import Server

COLUMNS = (
    "public_id, tenant_id, owner_id, kind, title, title_key, description, visibility, status, duration, width, height, "
    "size, thumbnail_tag, version, created_at, updated_at"
)
FILE_COLUMNS = "media_id, version, storage_key, filename, content_type, size, sha256, is_web_ready, created_at"
WORDS = """
Evening Harbour Winter Garden Letter River Mountain Summer Concert Street Family Forest Island Night Morning Train
Market Ocean Window Bridge Dance Story Light Shadow Village Autumn Spring Road Sky Dream
""".split()


def items(count: int, owner: int):
    """Rows of `COLUMNS`, the same for the same count."""
    source = random.Random(count)
    now = int(time.time() * 1000)
    kinds = [("video", 1920, 1080), ("video", 1280, 720), ("audio", None, None), ("image", 4000, 3000)]
    for number in range(count):
        kind, width, height = source.choice(kinds)
        title = f"{source.choice(WORDS)} {source.choice(WORDS).lower()} {number}"
        at = now - (count - number) * 60_000
        yield (
            f"bench{number:011d}",
            1,
            owner,
            kind,
            title,
            title.lower(),
            "",
            "public",
            "ready",
            0 if kind == "image" else source.randrange(60_000, 7_200_000),
            width,
            height,
            source.randrange(1 << 20, 4 << 30),
            f"{number:08x}",
            1,
            at,
            at,
        )


def fill(server: Server, count: int) -> None:
    """Adds `count` public items of the first account, with their files. The server must not be writing."""
    database = server.environment.get("DATABASE_URL")
    if database is None:
        with sqlite3.connect(server.data / "mediashare.sqlite") as connection:
            fill_sqlite(connection, count)
        return
    psql = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", database]
    lines = ("\t".join("\\N" if cell is None else str(cell) for cell in row) for row in items(count, owner=1))
    script = itertools.chain(
        [f"COPY media ({COLUMNS}) FROM stdin;\n"], (line + "\n" for line in lines), ["\\.\n", FILES, ";\nANALYZE;\n"]
    )
    with subprocess.Popen(psql, stdin=subprocess.PIPE, text=True) as process:
        for part in script:
            process.stdin.write(part)
    assert process.returncode == 0, "psql could not fill the database"


FILES = f"""
INSERT INTO media_file ({FILE_COLUMNS})
SELECT id, 1, 'video/1/' || public_id, title || '.bin', 'video/mp4', size, '{"0" * 64}', 1, created_at
FROM media WHERE public_id LIKE 'bench%'
"""


def fill_sqlite(connection: sqlite3.Connection, count: int) -> None:
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    connection.executemany(f"INSERT INTO media ({COLUMNS}) VALUES ({marks})", items(count, owner=1))
    connection.execute(FILES)
    connection.execute("ANALYZE")
