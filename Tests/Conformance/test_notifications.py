"""The bell's stream over real sockets: what another process does is heard within a second, and so is the end."""

import json
import threading
import time

import pytest
import requests
from harness import Visitor
from harness.sql import execute, rows


class Stream:
    """What a page hears, with when."""

    def __init__(self, visitor: Visitor):
        self.events: list[tuple[str, dict, float]] = []
        self.ended: float | None = None
        url = f"{visitor.base}/user/notifications/stream"
        self._answer = requests.get(url, cookies=visitor.http.cookies, stream=True, timeout=60)
        assert self._answer.status_code == 200, self._answer.text
        assert self._answer.headers["Content-Type"].startswith("text/event-stream")
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        name = ""
        for line in self._answer.iter_lines(chunk_size=1, decode_unicode=True):
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data:") and name:
                data = line[5:].strip()
                self.events.append((name, json.loads(data) if data else {}, time.monotonic()))
        self.ended = time.monotonic()

    def wait(self, holds, seconds: float) -> float:
        """When it was that it held."""
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            if holds():
                return time.monotonic()
            time.sleep(0.01)
        raise AssertionError(f"not within {seconds} s: {self.events}, ended: {self.ended}")

    def close(self) -> None:
        self._thread.join(timeout=5)
        assert not self._thread.is_alive()
        self._answer.close()

    @property
    def unread(self) -> int | None:
        told = [data["unread"] for name, data, _ in self.events if name == "unread"]
        return told[-1] if told else None


def notify(server, name: str) -> None:
    """As another process would: the server learns of it from the database alone."""
    now = int(time.time() * 1000)
    execute(
        server,
        "INSERT INTO notification (account_id, kind, payload, created_at) "
        f"SELECT id, 'passkey_added', '{{}}', {now} FROM account WHERE username = '{name}'",
    )


def test_what_happens_is_heard_within_a_second_and_so_is_the_end(server):
    nora = Visitor(server.base).sign_up("nora")
    stream = Stream(nora)
    stream.wait(lambda: stream.unread == 0, 2)
    notify(server, "nora")
    stream.wait(lambda: stream.unread == 1, 1)

    nora.submit("/user/notifications", with_field="through")
    stream.wait(lambda: stream.unread == 0, 1)

    nora.press("/user", "/auth/logout")
    stream.wait(lambda: stream.ended, 1)
    assert stream.events[-1][0] == "end"
    stream.close()


def test_a_stranger_hears_nothing_of_it(server):
    uma, otto = Visitor(server.base).sign_up("uma"), Visitor(server.base).sign_up("otto")
    streams = [Stream(uma), Stream(otto)]
    notify(server, "uma")
    streams[0].wait(lambda: streams[0].unread == 1, 1)
    assert streams[1].unread in (None, 0)
    for visitor in (uma, otto):
        visitor.press("/user", "/auth/logout")
    for stream in streams:
        stream.close()


def test_who_opens_too_many_pages_loses_the_first(server):
    ida = Visitor(server.base).sign_up("ida")
    streams = [Stream(ida) for _ in range(9)]
    streams[0].wait(lambda: streams[0].ended, 1)
    notify(server, "ida")
    for stream in streams[1:]:
        stream.wait(lambda stream=stream: stream.unread == 1, 1)
    assert rows(
        server, "SELECT count(*) FROM session WHERE account_id = (SELECT id FROM account WHERE username = 'ida')"
    )
    ida.press("/user", "/auth/logout")
    for stream in streams:
        stream.close()


def test_a_visitor_gets_no_stream(server):
    answer = requests.get(f"{server.base}/user/notifications/stream", allow_redirects=False, timeout=10)
    assert answer.status_code != 200 and not answer.content.startswith(b"event")


@pytest.mark.parametrize("wrong", ["0", "-1", "x", "9223372036854775808"])
def test_what_is_not_there_cannot_be_marked(server, wrong):
    visitor = Visitor(server.base).sign_up(f"eva{wrong.strip('-')}{len(wrong)}")
    page = visitor.get("/media").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    answer = visitor.http.post(
        f"{server.base}/user/notifications/{wrong}/read",
        data={"csrf_token": token},
        headers={"Origin": server.base},
        timeout=10,
    )
    assert answer.status_code == 404
