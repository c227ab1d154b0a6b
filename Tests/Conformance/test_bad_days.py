"""Bad days: power cuts, full disks, missing tools, a database that goes away. Nothing acknowledged is ever lost."""

import hashlib
import os
import random
import socket
import threading
import time

import pytest
import requests
from harness import API, Visitor, eventually, new_postgres_database, postgres_is_available, tus
from harness.faults import PostgresProxy, SmallDisk, hiding, short_folder

MIB = 1 << 20

# A worker that was killed holds its job for the lease; the default of 30 s would only make the tests longer.
SHORT_LEASE = {"MEDIASHARE_JOB_LEASE_SECONDS": "2", "MEDIASHARE_JOB_HEARTBEAT_SECONDS": "0.5"}


def start_with_root(server, probe: str = "/readyz") -> str:
    """Starts a new installation; answers a token of its administrator."""
    server.start(probe)
    Visitor(server.base).set_up(server)
    return server.token("root")


def test_power_cuts_during_an_upload_lose_no_acknowledged_byte(make_server, engine):
    server = make_server(engine=engine)
    token = start_with_root(server)
    source = random.Random(5)
    body = text_of(12 * MIB, source)
    upload = tus.Upload(server.base, token)
    assert upload.create(len(body), filename="long.txt", title="Cut off").status_code == 201

    acknowledged, cuts, item = 0, 0, None
    while item is None:
        if cuts < 5:
            timer = threading.Timer(source.uniform(0.05, 0.4), server.kill)
            timer.start()
        try:
            while acknowledged < len(body):
                answer = upload.patch(acknowledged, body[acknowledged : acknowledged + 512 * 1024])
                assert answer.status_code == 204, answer.text
                acknowledged = int(answer.headers["Upload-Offset"])
                item = answer.headers.get("Media-Location", item)
        except requests.RequestException:
            pass
        if cuts < 5:
            timer.join()
            cuts += 1
            server.start()
            upload.http.close()
            if item is None:
                kept = upload.offset()
                assert kept >= acknowledged, f"acknowledged {acknowledged}, kept {kept}"
                acknowledged = kept
                if kept == len(body):
                    item = upload.head().headers.get("Media-Location")
                    assert item, "a complete upload does not name its item"

    api = API(server.base, token)
    stored = api.media(item.removeprefix("/media/"))
    assert stored["sha256"] == hashlib.sha256(body).hexdigest()
    assert api.get(stored["links"]["download"]).content == body


def text_of(size: int, source: random.Random) -> bytes:
    line = "".join(source.choice("abcdefghijklmnopqrstuvwxyz ") for _ in range(99)) + "\n"
    return (line * (size // len(line) + 1)).encode()[:size]


def test_a_power_cut_during_processing_is_made_up_for(make_server, engine, samples):
    server = make_server(engine=engine, **SHORT_LEASE)
    token = start_with_root(server)
    body = samples.avi(120).read_bytes()
    answer = tus.Upload(server.base, token).create(len(body), body, filename="old.avi", title="Interrupted")
    item = tus.public_id(answer)
    api = API(server.base, token)
    for _ in range(2):
        eventually(lambda: api.media(item).get("progress"), lambda progress: progress is not None)
        server.kill()
        server.start()
    assert api.wait_until_processed(item)["status"] == "ready"


def test_every_acknowledged_edit_survives_a_power_cut(make_server, engine):
    server = make_server(engine=engine)
    token = start_with_root(server)
    body = b"Edited often.\n"
    item = tus.public_id(tus.Upload(server.base, token).create(len(body), body, filename="a.txt", title="Edit 0"))
    root = Visitor(server.base).sign_in("root")
    acknowledged = 0
    for _ in range(3):
        timer = threading.Timer(0.8, server.kill)
        timer.start()
        try:
            while True:
                answer = root.submit(f"/media/{item}/edit", title=f"Edit {acknowledged + 1}")
                assert answer.status_code == 200, answer.text
                acknowledged += 1
        except requests.RequestException:
            timer.join()
        server.start()
        number = int(API(server.base, token).media(item)["title"].removeprefix("Edit "))
        assert number in (acknowledged, acknowledged + 1), f"acknowledged {acknowledged}, found {number}"
        acknowledged = number


def test_a_missing_ffmpeg_fails_the_item_with_a_reason_and_nothing_else(make_server, samples):
    server = make_server(prefix=hiding("ffmpeg", "ffprobe"))
    token = start_with_root(server)
    assert "ffmpeg" in server.run("doctor", check=False)
    body = samples.mp3().read_bytes()
    item = tus.public_id(tus.Upload(server.base, token).create(len(body), body, filename="song.mp3", title="Unheard"))
    api = API(server.base, token)
    eventually(lambda: server.log(), lambda log: "ffmpeg" in log)
    assert api.media(item)["status"] in ("processing", "failed")
    assert api.get(api.media(item)["links"]["download"]).content == body
    assert requests.get(f"{server.base}/readyz").status_code == 200


def test_a_full_disk_answers_507_and_the_upload_goes_on_when_there_is_room(make_server, tmp_path):
    with SmallDisk(tmp_path / "small", mebibytes=8) as disk:
        server = make_server(UPLOAD_FOLDER=str(disk.folder / "media"), MEDIASHARE_DISK_RESERVE_MB="0")
        # With so little room it is alive and says that it is not ready.
        token = start_with_root(server, probe="/livez")
        assert requests.get(f"{server.base}/readyz").status_code == 503
        body = text_of(20 * MIB, random.Random(7))
        upload = tus.Upload(server.base, token)
        created = upload.create(len(body), filename="big.txt", title="Too big for now")
        if created.status_code == 507:
            # Refused before the first byte is as good: nothing was promised.
            disk.grow(64)
            assert upload.create(len(body), filename="big.txt", title="Too big for now").status_code == 201
        else:
            assert created.status_code == 201, created.text
            began = time.monotonic()
            assert upload.patch(0, body).status_code == 507
            assert time.monotonic() - began < 10
            assert requests.get(f"{server.base}/livez").status_code == 200
            disk.grow(64)
        offset = upload.offset()
        answer = upload.patch(offset, body[offset:])
        assert answer.status_code == 204, answer.text
        stored = API(server.base, token).media(tus.public_id(answer))
        assert stored["sha256"] == hashlib.sha256(body).hexdigest()
        server.stop()


def test_a_disk_that_fills_up_during_an_upload_keeps_its_reserve_and_every_acknowledged_byte(make_server, tmp_path):
    """507 within a second, from clients of every sort; when there is room again the upload goes on."""
    reserve = 8 * MIB
    with SmallDisk(tmp_path / "small", mebibytes=64) as disk:
        server = make_server(UPLOAD_FOLDER=str(disk.folder / "media"), MEDIASHARE_DISK_RESERVE_MB="8")
        token = start_with_root(server, probe="/livez")
        body = text_of(40 * MIB, random.Random(11))
        upload = tus.Upload(server.base, token)
        assert upload.create(len(body), filename="big.txt", title="Filled up").status_code == 201
        assert upload.patch(0, body[: 10 * MIB]).headers["Upload-Offset"] == str(10 * MIB)

        filler = disk.folder / "filler"
        filler.write_bytes(bytes(30 * MIB))
        assert upload.patch(10 * MIB, body[10 * MIB :]).status_code == 507
        kept = upload.offset()
        assert kept >= 10 * MIB
        space = os.statvfs(disk.folder)
        assert space.f_bavail * space.f_frsize >= reserve

        began = time.monotonic()
        assert upload.patch(kept, body[kept : kept + MIB]).status_code == 507
        assert upload.create(len(body), filename="b.txt").status_code == 507
        assert time.monotonic() - began < 2, "two answers, one second each"
        assert requests.get(f"{server.base}/livez").status_code == 200

        filler.unlink()
        assert upload.offset() == kept
        answer = upload.patch(kept, body[kept:])
        assert answer.status_code == 204, answer.text
        stored = API(server.base, token).media(tus.public_id(answer))
        assert stored["sha256"] == hashlib.sha256(body).hexdigest()
        server.stop()


@pytest.mark.skipif(not postgres_is_available(), reason="needs the PostgreSQL of scripts/with-postgres")
def test_a_database_that_goes_away_is_reported_and_taken_up_again(make_server):
    with short_folder() as folder:
        proxy = PostgresProxy(folder / "pg", new_postgres_database())
        proxy.open()
        server = make_server(DATABASE_URL=proxy.database)
        start_with_root(server)
        root = Visitor(server.base).sign_in("root")
        assert root.get("/media").status_code == 200

        proxy.cut()
        began = time.monotonic()
        # For a second the page is known by heart.
        status = eventually(lambda: root.get("/media").status_code, lambda status: status != 200, timeout=15)
        assert status == 503, status
        assert time.monotonic() - began < 15
        assert requests.get(f"{server.base}/livez").status_code == 200
        assert requests.get(f"{server.base}/readyz").status_code == 503

        proxy.open()
        recovered = eventually(lambda: root.get("/media").status_code, lambda status: status == 200, timeout=5)
        assert recovered == 200, "not back within 5 s"
        server.stop()
        proxy.cut()


def test_open_streams_of_events_do_not_hold_up_the_end(make_server):
    server = make_server(arguments=["--no-jobs"])
    token = start_with_root(server)
    body = b"Never processed, as nobody runs jobs.\n"
    item = tus.public_id(tus.Upload(server.base, token).create(len(body), body, filename="a.txt", title="Waiting"))
    request = (
        f"GET /media/events?ids={item} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Authorization: Bearer {token}\r\n\r\n"
    )
    streams = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(4)]
    try:
        for stream in streams:
            stream.sendall(request.encode())
            while b"event: status" not in stream.recv(65536, socket.MSG_PEEK):
                time.sleep(0.02)
        # The clients stay connected and read nothing any more, as if they had vanished.
        began = time.monotonic()
        assert server.stop() == 0, server.log()[-2000:]
        assert time.monotonic() - began < 5
    finally:
        for stream in streams:
            stream.close()


def test_asked_to_end_the_program_ends_cleanly(make_server):
    server = make_server()
    start_with_root(server)
    began = time.monotonic()
    assert server.stop() == 0, server.log()[-2000:]
    assert time.monotonic() - began < 10
