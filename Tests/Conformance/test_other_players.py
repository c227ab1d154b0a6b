"""Other players, such as VLC, play by an address with a key: plain HTTP, no cookies, no longer than its session."""

import socket
import struct
import time
from urllib.parse import urlsplit

import pytest
import requests
from harness import API, Visitor, eventually, tus
from harness.sql import execute, rows

PADDING = 48 << 20


@pytest.fixture(scope="module")
def film(server, token, samples) -> str:
    """A film that is served as it is, made long by a box that players skip."""
    body = samples.mp4(4).read_bytes() + struct.pack(">I4s", PADDING, b"free") + bytes(PADDING - 8)
    answer = tus.Upload(server.base, token).create(len(body), body, filename="film.mp4", visibility="public")
    item = answer.headers["Media-Location"].split("/")[-1]
    assert API(server.base, token).wait_until_processed(item)["status"] == "ready"
    return item


def viewer(server, name: str) -> Visitor:
    visitor = Visitor(server.base).sign_up(name)
    execute(server, f"UPDATE account SET email_verified_at = created_at WHERE username = '{name}'")
    return visitor


def address(visitor: Visitor, film: str) -> str:
    page = visitor.get(f"/media/{film}").text
    token = page.split('name="form-token" content="')[1].split('"')[0]
    headers = {"X-CSRF-Token": token, "Origin": visitor.base, "Accept": "application/json"}
    answer = visitor.http.post(f"{visitor.base}/api/v1/media/{film}/address", headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()["url"].replace("localhost", "127.0.0.1")


def end(cause: str, name: str, visitor: Visitor, server) -> None:
    if cause == "sign-out":
        visitor.sign_out()
    elif cause == "revocation":
        account = f"(SELECT id FROM account WHERE username = '{name}')"
        oldest = rows(server, f"SELECT public_id FROM session WHERE account_id = {account} ORDER BY id LIMIT 1")[0][0]
        other = Visitor(server.base).sign_in(name)
        other.press("/user/security", f"/user/security/sessions/{oldest}/revoke")
    else:
        execute(server, f"UPDATE account SET status = 'suspended' WHERE username = '{name}'")


@pytest.mark.parametrize("cause", ["sign-out", "revocation", "suspension"])
def test_ranges_and_what_is_under_way_end_with_the_session(server, film, cause):
    name = f"paul-{cause}"
    visitor = viewer(server, name)
    url = address(visitor, film)
    part = requests.get(url, headers={"Range": "bytes=4-7"}, timeout=30)
    assert part.status_code == 206 and part.content == b"ftyp"
    assert part.headers["Referrer-Policy"] == "no-referrer"

    # A player that asks for everything at once and takes it as slowly as a film plays.
    link = urlsplit(url)
    with socket.create_connection((link.hostname, link.port), timeout=30) as player:
        player.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        player.sendall(f"GET {link.path} HTTP/1.1\r\nHost: {link.netloc}\r\nRange: bytes=0-\r\n\r\n".encode())
        assert b" 206 " in player.recv(65536)
        end(cause, name, visitor, server)
        ended = time.monotonic()
        gone = eventually(lambda: requests.get(url, timeout=30).status_code, lambda status: status == 404, 5)
        assert gone == 404 and time.monotonic() - ended < 5
        time.sleep(max(0, 5 - (time.monotonic() - ended)))
        # The server has closed: what comes is what lay in the buffers of both kernels.
        left = 0
        try:
            while piece := player.recv(1 << 20):
                left += len(piece)
        except ConnectionResetError:
            pass
        assert left < PADDING / 2


def test_the_key_stands_in_no_log(server, film):
    url = address(viewer(server, "pia"), film)
    assert requests.get(url, headers={"Range": "bytes=0-9"}, timeout=30).status_code == 206
    assert requests.get(url.replace("/film", "/filn"), timeout=30).status_code == 404
    key = urlsplit(url).path.split("/")[2]
    assert len(key) > 80
    for part in key.split("."):
        assert part not in server.log() and part[:20] not in server.log()
