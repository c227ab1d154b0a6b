"""Looks into the database of a server, past the program."""

import csv
import sqlite3
import subprocess

from .server import Server


def execute(server: Server, statement: str) -> None:
    """Changes what no command changes yet."""
    database = server.environment.get("DATABASE_URL")
    if database is None:
        with sqlite3.connect(server.data / "mediashare.sqlite", timeout=30) as connection:
            connection.execute(statement)
        return
    subprocess.run(["psql", "--quiet", "--no-psqlrc", database, "--command", statement], check=True)


def allow_any_number_of_streams(server: Server) -> None:
    """For tests that are about something else: with a limit nothing is fetched before play is pressed."""
    execute(server, "UPDATE user_type SET streams = NULL")


def make_premium(server: Server, username: str) -> None:
    """The type of account that may use the API."""
    make(server, username, "premium")


def make(server: Server, username: str, user_type: str) -> None:
    """Gives an account another type."""
    found = f"(SELECT id FROM user_type WHERE code = '{user_type}')"
    execute(server, f"UPDATE account SET user_type_id = {found} WHERE username = '{username}'")


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
