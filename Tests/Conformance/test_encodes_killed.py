"""Workers that are killed while they encode: the film ends whole, and each death costs one segment at most."""

import os
import random
import signal
import time

import pytest
from harness import SOAK, Visitor, eventually, tus
from harness.sql import rows

KILLS, SECONDS, WAIT = (50, 300, 1800) if SOAK else (4, 60, 240)
LEASE = {"MEDIASHARE_JOB_LEASE_SECONDS": "1", "MEDIASHARE_JOB_HEARTBEAT_SECONDS": "0.25"}

SEGMENTS = "SELECT storage_key FROM film_segment s JOIN film_rung r ON r.id = s.rung_id ORDER BY r.position, s.number"


def kill(worker) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.timeout(3600 if SOAK else 600)
def test_an_encode_that_is_killed_again_and_again_ends_whole(make_server, engine, samples):
    server = make_server(engine=engine, arguments=["--no-jobs"], **LEASE)
    server.start()
    Visitor(server.base).set_up(server)
    body = samples.hevc(SECONDS).read_bytes()
    tus.Upload(server.base, server.token("root")).create(len(body), body, filename="phone.mp4", title="Phone")

    source = random.Random(50)
    worker = server.worker()
    try:
        for number in range(KILLS):
            # Each death comes somewhere behind the next segment, so that there is something to go on from.
            before = rows(server, SEGMENTS)
            eventually(lambda known=before: len(rows(server, SEGMENTS)) > len(known), bool, 60)
            time.sleep(source.uniform(0, 0.5))
            kill(worker)
            kept = rows(server, SEGMENTS)
            assert kept[: len(before)] == before, f"death {number} took something away"
            worker = server.worker()
        done = eventually(
            lambda: rows(server, "SELECT state FROM job WHERE kind = 'media.encode'"), lambda s: s == [["done"]], WAIT
        )
    finally:
        kill(worker)

    assert done == [["done"]], done
    whole = rows(
        server,
        "SELECT is_whole, SUM(duration) / 1000000 FROM film_rung r JOIN film_segment s"
        " ON s.rung_id = r.id GROUP BY r.id, is_whole",
    )
    assert len(whole) == 2 and all(row[0] == "1" and abs(float(row[1]) - SECONDS) <= 1 for row in whole), whole
    lost = int(rows(server, "SELECT COUNT(*) FROM storage_garbage")[0][0])
    assert lost <= KILLS, f"{lost} segments were done twice for {KILLS} deaths"
