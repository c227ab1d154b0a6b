"""Signing in: whether its time betrays who has an account, and what a flood of it does to everybody else."""

import json
import random
import statistics
import subprocess
import time
from contextlib import contextmanager

import requests

from . import load
from .library import fill
from .load import FOLDER
from .programs import FormReader, Server, Visitor, target
from .result import Line

TRIES = 500
# An account takes few guesses in a row, so that there are many of them.
ACCOUNTS = 125
# Of the median; what is less drowns in any network.
DIFFERENCE = 0.05

ITEMS = 1_000
FLOOD_PER_SECOND = 50
PAGES_PER_SECOND = 40
SECONDS = 15


class Door:
    """A platform with accounts that strangers try to get into, from an address of their own each time."""

    def __init__(self, bench):
        self.server = Server(bench.folder / "sign-in", MEDIASHARE_TRUSTED_PROXIES="127.0.0.1/32")
        with self.server:
            Visitor(self.server.base).set_up(self.server)
        fill(self.server, ITEMS)
        bench.leave_at_the_end(self.server)
        for number in range(ACCOUNTS):
            visitor = Visitor(self.server.base)
            visitor.http.headers["X-Forwarded-For"] = address(number)
            visitor.sign_up(f"guest{number}")

    def form(self) -> tuple[requests.Session, str, dict[str, str]]:
        """A browser before the sign-in page: its cookies, where the form goes, and what it holds."""
        visitor = Visitor(self.server.base)
        reader = FormReader()
        reader.feed(visitor.get("/auth/login").text)
        form = next(form for form in reader.forms if "password" in form.names)
        return visitor.http, self.server.base + form.action, form.fields


def address(number: int) -> str:
    return f"198.{18 + number // 65_536 % 2}.{number // 256 % 256}.{number % 256}"


def timing(bench) -> list[Line]:
    http, url, fields = bench.once(Door).form()
    known = [f"guest{number % ACCOUNTS}@example.org" for number in range(TRIES)]
    unknown = [f"nobody{number}@example.org" for number in range(TRIES)]
    random.Random(TRIES).shuffle(known)
    took = {"known": [], "unknown": []}
    for number in range(TRIES):
        # Which of the two comes first changes, so that neither always follows the other.
        pair = [("known", known[number]), ("unknown", unknown[number])]
        for turn, (kind, email) in enumerate(pair if number % 2 else reversed(pair)):
            headers = {"Origin": url.rsplit("/auth", 1)[0], "X-Forwarded-For": address(1_000 + 2 * number + turn)}
            began = time.perf_counter()
            answer = http.post(url, data=fields | {"email": email, "password": "not this one"}, headers=headers)
            took[kind].append((time.perf_counter() - began) * 1_000)
            assert answer.status_code == 422, f"{kind} {number}: {answer.status_code}"
    middle = {kind: statistics.median(times) for kind, times in took.items()}
    share = abs(middle["known"] - middle["unknown"]) / middle["unknown"]
    what = f"refused sign-in, address known and unknown, {TRIES} interleaved tries of each"
    shown = f"{middle['known']:.2f} ms and {middle['unknown']:.2f} ms"
    return [
        Line("sign-in-timing", what, shown, value=share * 100, target=("<=", DIFFERENCE * 100), unit=" %", raw=took)
    ]


@contextmanager
def flood(door: Door):
    """Wrong passwords for accounts that are not there, at a constant rate, until the block ends."""
    http, url, fields = door.form()
    body = requests.Request("POST", url, data=fields | {"email": "MARK", "password": "not this one"}).prepare().body
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in http.cookies),
        "Origin": url.rsplit("/auth", 1)[0],
    }
    command = ["wrk", "--threads=1", f"--connections={FLOOD_PER_SECOND}", "--duration=600s", "--timeout=30s"]
    command += [f"--script={FOLDER / 'flood.lua'}", url, "--", body, json.dumps(headers)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        time.sleep(2)
        yield
        assert process.poll() is None, "the flood has ended by itself"
        process.terminate()


def others(bench) -> list[Line]:
    door = bench.once(Door)
    page = target(door.server, "/media", Visitor(door.server.base).sign_in("root"))
    quiet = load.latencies(page, PAGES_PER_SECOND, SECONDS)
    with flood(door):
        flooded = load.latencies(page, PAGES_PER_SECOND, SECONDS)
    late = [load.percentile(waits, 0.99) for waits in (flooded, quiet)]
    what = f"library page, 99th percentile, with {FLOOD_PER_SECOND} sign-ins a second beside it, and without"
    shown = [f"{milliseconds:.1f} ms" for milliseconds in late]
    raw = {"flooded": flooded, "quiet": quiet}
    return [Line("sign-in-flood", what, shown[0], shown[1], late[0] / late[1], ("<=", 2), raw=raw)]


ROWS = {"sign-in-timing": timing, "sign-in-flood": others}
