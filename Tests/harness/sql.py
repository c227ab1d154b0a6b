"""Looks into the database of a server, past the program."""

import csv
import sqlite3
import subprocess

from .server import Server


def rows(server: Server, statement: str) -> list[list[str]]:
    """The rows that a SELECT answers as text, on whichever engine the server uses."""
    database = server.environment.get("DATABASE_URL")
    if database is None:
        with sqlite3.connect(server.data / "mediashare.sqlite", timeout=30) as connection:
            return [["" if value is None else str(value) for value in row] for row in connection.execute(statement)]
    command = ["psql", "--no-psqlrc", "--csv", "--tuples-only", database, "--command", statement]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return list(csv.reader(printed.splitlines()))


def counts(server: Server, statement: str) -> dict[str, int]:
    """A SELECT of (name, number) as a dictionary."""
    return {name: int(number) for name, number in rows(server, statement)}
