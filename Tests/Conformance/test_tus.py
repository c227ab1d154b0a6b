"""tus 1.0.0 as judged by tuspy, a client that we did not write, and by hand where tuspy is too polite.

The clauses named in brackets are sections of the protocol's text.
"""

import hashlib
import socket
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
    assert {"creation", "creation-with-upload", "termination"} <= extensions


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
