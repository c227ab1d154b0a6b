"""tus 1.0.0 as judged by tuspy, a client that we did not write, and by hand where tuspy is too polite.

The clauses named in brackets are sections of the protocol's text.
"""

import base64
import contextlib
import email.utils
import hashlib
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from harness import SOAK, Visitor, eventually, tus
from harness.sql import make_premium
from tusclient import client as tus_client

MIB = 1 << 20
CHUNK = MIB
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 64 * MIB]
# Sizes and chunk sizes of the storm: up to 16,384 requests for one file.
STORM = [(1024 * MIB, 64 * 1024), (1024 * MIB, MIB), (1024 * MIB + 1, 64 * MIB), (256 * MIB - 1, 5 * MIB + 3)]


@pytest.fixture
def upload(server, token) -> tus.Upload:
    return tus.Upload(server.base, token)


@pytest.mark.parametrize("size", SIZES)
def test_tuspy_uploads_and_the_bytes_come_back_the_same(server, token, api, samples, sha256, size):
    upload_and_compare(server, token, api, samples.text(size, f"text-{size}.txt"), CHUNK, sha256)


@pytest.mark.skipif(not SOAK, reason="a storm of `make soak`")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("size", "chunk"), STORM)
def test_tuspy_uploads_large_files_in_chunks_of_any_size(server, token, api, samples, sha256, size, chunk):
    path = samples.text(size, f"storm-{size}-{chunk}.txt")
    try:
        upload_and_compare(server, token, api, path, chunk, sha256)
    finally:
        path.unlink()


def upload_and_compare(server, token, api, path, chunk, sha256):
    title = f"By tuspy, {path.stem}"
    uploader = tus_client.TusClient(f"{server.base}/uploads", headers={"Authorization": f"Bearer {token}"}).uploader(
        str(path), chunk_size=chunk, metadata={"filename": path.name, "title": title}
    )
    uploader.upload()

    item = newest_titled(api, title)
    assert item["size"] == path.stat().st_size
    assert item["sha256"] == sha256(path)
    digest = hashlib.sha256()
    with api.get(item["links"]["download"], stream=True) as answer:
        for piece in answer.iter_content(MIB):
            digest.update(piece)
    assert digest.hexdigest() == sha256(path)


def test_tuspy_resumes_where_another_tuspy_stopped(server, token, api, samples, sha256):
    path = samples.text(3 * CHUNK + 17, "resumed.txt")
    client = tus_client.TusClient(f"{server.base}/uploads", headers={"Authorization": f"Bearer {token}"})
    first = client.uploader(str(path), chunk_size=CHUNK, metadata={"filename": path.name, "title": "Resumed"})
    first.upload_chunk()
    second = client.uploader(str(path), chunk_size=CHUNK, url=first.url)
    assert second.offset == CHUNK
    second.upload()
    assert newest_titled(api, "Resumed")["sha256"] == sha256(path)


def newest_titled(api, title: str) -> dict:
    """tuspy does not show the header that names the item, so it is found by its title."""
    answer = api.get("/api/v1/media", params={"mine": "1", "q": title})
    assert answer.status_code == 200, answer.text
    found = [item for item in answer.json()["items"] if item["title"] == title]
    assert found, f"no item “{title}” in {answer.text[:1000]}"
    return api.media(found[0]["id"])


def test_options_tells_what_the_server_can_do(upload):
    """[OPTIONS] The client's version is not looked at."""
    answer = upload.http.options(f"{upload.base}/uploads", headers={"Tus-Resumable": "0.0.1"})
    assert answer.status_code in (200, 204)
    assert "1.0.0" in answer.headers["Tus-Version"].split(",")
    extensions = {name.strip() for name in answer.headers["Tus-Extension"].split(",")}
    assert extensions == {
        "creation",
        "creation-defer-length",
        "creation-with-upload",
        "checksum",
        "expiration",
        "termination",
    }
    assert answer.headers["Tus-Checksum-Algorithm"].split(",") == ["sha1", "sha256"]


def test_an_unknown_version_is_refused_and_nothing_is_done(upload):
    """[Tus-Resumable] 412 with the versions that are known."""
    answer = upload.create(10, headers={"Tus-Resumable": "0.2.2"}, filename="a.txt")
    assert answer.status_code == 412
    assert "1.0.0" in answer.headers["Tus-Version"]
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Upload-Length": "-1"},
        {"Upload-Length": "ten"},
        {"Upload-Length": "1e3"},
        {"Upload-Length": "99999999999999999999999999"},
        {"Upload-Length": "10", "Upload-Metadata": "filename not_base64!"},
        {"Upload-Length": "10", "Upload-Metadata": "filename YS50eHQ=,filename YS50eHQ="},
        {"Upload-Length": "10", "Upload-Metadata": ",,"},
    ],
)
def test_a_malformed_creation_is_refused(upload, headers):
    """[Creation] No length, a wrong length or broken metadata."""
    answer = upload.create(None, headers={"Upload-Metadata": tus.metadata(filename="a.txt")} | headers)
    assert answer.status_code in (400, 413), answer.text
    assert "Location" not in answer.headers


def test_a_file_over_the_limit_is_refused_before_its_body(server, token, upload):
    """[Creation] 413; the server closes without reading what it refused."""
    limit = 20 << 30
    host, port = urlsplit(server.base).hostname, urlsplit(server.base).port
    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall(
            f"POST /uploads HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n"
            f"Tus-Resumable: 1.0.0\r\nUpload-Length: {limit + 1}\r\nContent-Length: {limit + 1}\r\n"
            f"Upload-Metadata: {tus.metadata(filename='big.mp4')}\r\n"
            "Content-Type: application/offset+octet-stream\r\n\r\n".encode()
        )
        head = b""
        while chunk := connection.recv(65536):
            head += chunk
    assert head.startswith(b"HTTP/1.1 413"), head[:300]


def test_a_wrong_type_is_refused_at_creation(upload):
    answer = upload.create(10, filename="program.exe")
    assert answer.status_code in (400, 415, 422), answer.status_code


def test_without_a_token_nothing_is_created(server):
    answer = tus.Upload(server.base, "not-a-token").create(10, filename="a.txt")
    assert answer.status_code == 401
    assert "Location" not in answer.headers


def test_patch_needs_the_offset_the_type_and_the_version(upload):
    """[PATCH] 409 for a wrong offset, 415 for a wrong type, 412 for a wrong version; nothing changes."""
    assert upload.create(10, filename="a.txt").status_code == 201
    assert upload.patch(5, b"12345").status_code == 409
    assert upload.patch(0, b"12345", headers={"Content-Type": "text/plain"}).status_code == 415
    assert upload.patch(0, b"12345", headers={"Tus-Resumable": "9.9.9"}).status_code == 412
    assert upload.patch(0, b"12345", headers={"Upload-Offset": "zero"}).status_code == 400
    assert upload.offset() == 0
    answer = upload.patch(0, b"12345")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "5")
    assert upload.patch(0, b"12345").status_code == 409
    assert upload.offset() == 5


def test_head_tells_offset_and_length_and_is_not_stored(upload):
    """[HEAD] Upload-Offset, Upload-Length, the metadata as sent, and Cache-Control: no-store."""
    upload.create(10, filename="a.txt", title="Ä title")
    answer = upload.head()
    assert answer.status_code in (200, 204)
    assert answer.headers["Upload-Offset"] == "0"
    assert answer.headers["Upload-Length"] == "10"
    assert answer.headers["Upload-Metadata"] == tus.metadata(filename="a.txt", title="Ä title")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_more_bytes_than_announced_are_refused(upload):
    upload.create(4, filename="a.txt")
    assert upload.patch(0, b"12345").status_code in (400, 413)
    assert upload.offset() <= 4


@pytest.mark.parametrize("length", [11, 40 * MIB])
def test_of_a_body_that_goes_on_past_its_announced_end_what_fits_is_kept(server, token, upload, api, samples, length):
    """[PATCH] A body of undeclared length is refused where it becomes too long; HEAD, the item and its bytes agree."""
    body = samples.text(length, f"overrun-{length}.txt").read_bytes()
    upload.create(length, filename="a.txt", title="Overrun")
    assert upload.patch(0, body[:4]).headers["Upload-Offset"] == "4"
    address = urlsplit(upload.url)
    with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
        connection.sendall(
            f"PATCH {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {token}\r\n"
            "Tus-Resumable: 1.0.0\r\nUpload-Offset: 4\r\nTransfer-Encoding: chunked\r\n"
            "Content-Type: application/offset+octet-stream\r\n\r\n".encode()
        )
        for start in range(4, length, MIB):
            send_chunk(connection, body[start : start + MIB])
        send_chunk(connection, b"more than was announced")
        connection.sendall(b"0\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 413")
    head = upload.head()
    assert head.headers["Upload-Offset"] == str(length)
    item = api.media(tus.public_id(head))
    assert item["sha256"] == hashlib.sha256(body).hexdigest()


def send_chunk(connection: socket.socket, data: bytes) -> None:
    connection.sendall(b"%x\r\n%b\r\n" % (len(data), data))


def test_creation_with_upload_completes_in_one_request(upload, api):
    """[Creation With Upload] 201 with the offset; a complete one names the item."""
    body = b"All in one request.\n"
    answer = upload.create(len(body), body, filename="one.txt", title="One request")
    assert answer.status_code == 201, answer.text
    assert answer.headers["Upload-Offset"] == str(len(body))
    item = api.media(tus.public_id(answer))
    assert item["title"] == "One request"
    assert item["sha256"] == hashlib.sha256(body).hexdigest()


def test_termination_frees_the_upload(upload):
    """[Termination] 204, and afterwards it is gone."""
    upload.create(10, filename="a.txt")
    upload.patch(0, b"12345")
    assert upload.delete().status_code == 204
    for answer in (upload.head(), upload.patch(5, b"67890"), upload.delete()):
        assert answer.status_code in (404, 410)
        assert "Upload-Offset" not in answer.headers


def test_an_override_of_the_method_is_a_method(upload):
    """[X-HTTP-Method-Override] A POST may stand for PATCH or DELETE."""
    upload.create(5, filename="a.txt")
    headers = tus.VERSION | {"X-HTTP-Method-Override": "DELETE"}
    assert upload.http.post(upload.url, headers=headers).status_code == 204
    assert upload.head().status_code in (404, 410)


def test_another_persons_upload_does_not_exist(server, upload):
    upload.create(10, filename="a.txt")
    Visitor(server.base).sign_up("otto")
    make_premium(server, "otto")
    stranger = tus.Upload(server.base, server.token("otto"))
    stranger.url = upload.url
    for answer in (stranger.head(), stranger.patch(0, b"12345"), stranger.delete()):
        assert answer.status_code == 404
    assert upload.offset() == 0


def test_a_client_that_goes_away_loses_nothing_that_arrived(server, token, upload):
    """[PATCH] As much of an interrupted body as possible is kept."""
    upload.create(4 * MIB, filename="a.txt")
    address = urlsplit(upload.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(
            f"PATCH {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {token}\r\n"
            f"Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Length: {4 * MIB}\r\n"
            "Content-Type: application/offset+octet-stream\r\n\r\n".encode()
        )
        connection.sendall(b"x" * MIB)
    kept = eventually(upload.offset, lambda offset: offset > 0)
    assert 0 < kept <= MIB
    assert upload.patch(kept, b"x" * (4 * MIB - kept)).status_code == 204


def raw_patch(upload: tus.Upload, token: str, offset: int, length: int, *fields: str) -> socket.socket:
    """A connection on which the head of a PATCH was sent, and nothing of its body."""
    address = urlsplit(upload.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=30)
    lines = [
        f"PATCH {address.path} HTTP/1.1",
        f"Host: {address.netloc}",
        f"Authorization: Bearer {token}",
        "Tus-Resumable: 1.0.0",
        f"Upload-Offset: {offset}",
        f"Content-Length: {length}",
        "Content-Type: application/offset+octet-stream",
        *fields,
    ]
    connection.sendall("".join(f"{line}\r\n" for line in [*lines, ""]).encode())
    return connection


def status_of(connection: socket.socket) -> int:
    """Of the answer that comes; 0 when the connection ends without one."""
    with connection:
        try:
            head = connection.recv(65536)
        except ConnectionError:
            return 0
    return int(head.split(b" ", 2)[1]) if head else 0


def checksum(algorithm: str, body: bytes) -> str:
    return f"Upload-Checksum: {algorithm} {base64.b64encode(hashlib.new(algorithm, body).digest()).decode()}"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_bytes_that_do_not_fit_their_checksum_are_dropped(token, upload, api, samples, algorithm):
    """TUS-CHECKSUM-2 TUS-CHECKSUM-3: 460, the offset stays, and the item is what was meant, its hash too."""
    body = samples.text(3 * MIB + 5, f"checked-{algorithm}.txt").read_bytes()
    upload.create(len(body), filename="a.txt", title="Checked")
    half = len(body) // 2
    for start, end in ((0, half), (half, len(body))):
        chunk = body[start:end]
        damaged = chunk[:-1] + b"\0"
        connection = raw_patch(upload, token, start, len(chunk), checksum(algorithm, chunk))
        connection.sendall(damaged)
        assert status_of(connection) == 460
        assert upload.offset() == start
        connection = raw_patch(upload, token, start, len(chunk), checksum(algorithm, chunk))
        connection.sendall(chunk)
        assert status_of(connection) == 204
    item = api.media(tus.public_id(upload.head()))
    assert item["sha256"] == hashlib.sha256(body).hexdigest()
    assert api.get(item["links"]["download"]).content == body


@pytest.mark.parametrize("field", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1 short", "sha256"])
def test_an_unknown_checksum_is_refused(token, upload, field):
    """TUS-CHECKSUM-4: 400, before a byte of the body was sent."""
    upload.create(5, filename="a.txt")
    assert status_of(raw_patch(upload, token, 0, 5, f"Upload-Checksum: {field}")) == 400
    assert upload.offset() == 0


def test_of_a_checked_chunk_that_breaks_off_nothing_is_kept(token, upload):
    """TUS-CHECKSUM-6"""
    upload.create(MIB, filename="a.txt")
    body = b"x" * MIB
    with raw_patch(upload, token, 0, MIB, checksum("sha1", body)) as connection:
        connection.sendall(body[:-1])
    assert upload.patch(0, body).status_code == 204


def test_a_length_may_be_told_with_the_last_bytes(token, upload, api):
    """TUS-DEFER-1 to TUS-DEFER-4"""
    assert upload.create(None, headers={"Upload-Defer-Length": "2"}, filename="a.txt").status_code == 400
    both = upload.create(10, headers={"Upload-Defer-Length": "1"}, filename="a.txt")
    assert both.status_code == 400
    assert upload.create(None, headers={"Upload-Defer-Length": "1"}, filename="a.txt").status_code == 201
    assert upload.patch(0, b"01234").status_code == 204
    head = upload.head()
    assert head.headers["Upload-Defer-Length"] == "1"
    assert "Upload-Length" not in head.headers
    for length in ("4", "-1", "ten"):
        assert status_of(raw_patch(upload, token, 5, 0, f"Upload-Length: {length}")) == 400
    assert upload.patch(5, b"56", headers={"Upload-Length": "10"}).headers["Upload-Offset"] == "7"
    assert upload.head().headers["Upload-Length"] == "10"
    assert upload.patch(7, b"78", headers={"Upload-Length": "9"}).status_code == 400
    answer = upload.patch(7, b"789", headers={"Upload-Length": "10"})
    item = api.media(tus.public_id(answer))
    assert item["sha256"] == hashlib.sha256(b"0123456789").hexdigest()


def test_an_upload_says_until_when_it_is_kept(upload):
    """TUS-EXPIRE-1: after its creation, in the answer to HEAD, and after each PATCH."""
    created = upload.create(10, filename="a.txt")
    for answer in (created, upload.head(), upload.patch(0, b"01234")):
        moment = email.utils.parsedate_to_datetime(answer.headers["Upload-Expires"])
        assert 70 * 3600 < moment.timestamp() - time.time() < 74 * 3600
    assert "Upload-Expires" not in upload.patch(5, b"56789").headers


@pytest.mark.parametrize("newcomer", ["HEAD", "PATCH"])
def test_a_client_that_stopped_sending_is_overtaken_within_two_seconds(token, upload, api, newcomer):
    """TUS-HOLD-1: its old connection is still open, as that of a client which lost its Wi-Fi is."""
    body = b"0123456789" * 10
    upload.create(len(body), filename="a.txt", title="Overtaken")
    sent = 40 if newcomer == "HEAD" else 0
    with raw_patch(upload, token, 0, len(body)) as stalled:
        stalled.sendall(body[:sent])
        # From here on it is silent, with its request begun.
        time.sleep(0.5)
        began = time.monotonic()
        if newcomer == "HEAD":
            assert upload.offset() == sent, "what came before the silence is kept"
        answer = upload.patch(sent, body[sent:])
        assert time.monotonic() - began < 2
        assert answer.status_code == 204, answer.text
        assert status_of(stalled) in (0, 409)
    item = api.media(tus.public_id(answer))
    assert item["sha256"] == hashlib.sha256(body).hexdigest()


@pytest.mark.timeout(1200)
def test_of_two_that_send_at_one_offset_exactly_one_wins(token, upload, api):
    """TUS-HOLD-2: never two writers, never none."""
    pairs, size = (1000 if SOAK else 100), 64
    upload.create(pairs * size, filename="a.txt", title="Pairs")
    stored = b""
    for pair in range(pairs):
        bodies = [(f"{pair:08} {side} " + side * size)[: size - 1].encode() + b"\n" for side in "ab"]
        statuses = send_at_once(upload, token, len(stored), bodies)
        assert sorted(statuses) == [204, 409], f"pair {pair}: {statuses}"
        stored += bodies[statuses.index(204)]
    item = api.media(tus.public_id(upload.head()))
    assert item["sha256"] == hashlib.sha256(stored).hexdigest()


def send_at_once(upload: tus.Upload, token: str, offset: int, bodies: list[bytes]) -> list[int]:
    """The answers to several PATCH requests at one offset, whose bodies leave in the same moment."""
    barrier = threading.Barrier(len(bodies))

    def send(body: bytes) -> int:
        connection = raw_patch(upload, token, offset, len(body))
        barrier.wait()
        with contextlib.suppress(ConnectionError):
            # One that is refused by its head may find its connection closed.
            connection.sendall(body)
        return status_of(connection)

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, bodies))
