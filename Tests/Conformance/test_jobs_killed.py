"""Workers that are killed again and again: every job is done in the end, and its effects stand once."""

import os
import random
import signal
import time

import pytest
from harness import SOAK, Visitor, eventually, tus
from harness.sql import counts, rows

# A soak is the same storm for longer. The wait, in seconds, is for the jobs that are left after the last kill.
JOBS, KILLS, WAIT = (10_000, 300, 5_000) if SOAK else (1_000, 30, 400)
LEASE = {"MEDIASHARE_JOB_LEASE_SECONDS": "1", "MEDIASHARE_JOB_HEARTBEAT_SECONDS": "0.25"}


def kill(worker) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.timeout(7200 if SOAK else 600)
def test_every_job_survives_kill_after_kill(make_server, engine, samples):
    server = make_server(engine=engine, arguments=["--no-jobs"], MEDIASHARE_JOB_CONCURRENCY="4", **LEASE)
    server.start()
    Visitor(server.base).set_up(server)
    upload = tus.Upload(server.base, server.token("root"))
    for number in range(JOBS):
        body = f"Letter {number}\n".encode()
        answer = upload.create(len(body), body, filename=f"letter-{number}.txt", title=f"Letter {number}")
        assert answer.status_code == 201, answer.text

    source = random.Random(30)
    killed = 0
    try:
        workers = [server.worker() for _ in range(2)]
        while killed < KILLS:
            time.sleep(source.uniform(0.1, 0.6))
            kill(workers.pop(0))
            killed += 1
            workers.append(server.worker())
        states = eventually(lambda: media_jobs(server), lambda states: set(states) <= {"done"}, timeout=WAIT)
    finally:
        for worker in workers:
            kill(worker)

    assert states == {"done": JOBS}, states
    assert counts(server, "SELECT status, count(*) FROM media GROUP BY status") == {"ready": JOBS}
    again = int(rows(server, "SELECT count(*) FROM job WHERE kind = 'media.process' AND attempt > 1")[0][0])
    assert again > 0, "no kill hit a running job; this run proves nothing"
    twice = rows(server, "SELECT media_id, count(*) FROM rendition GROUP BY media_id, kind HAVING count(*) > 1")
    assert twice == [], "effects of a job that ran again stand twice"


def media_jobs(server) -> dict[str, int]:
    return counts(server, "SELECT state, count(*) FROM job WHERE kind = 'media.process' GROUP BY state")


def test_at_the_default_lease_a_killed_job_is_taken_up_within_45_seconds(make_server, samples):
    server = make_server(arguments=["--no-jobs"])
    server.start()
    Visitor(server.base).set_up(server)
    body = samples.avi(60).read_bytes()
    tus.Upload(server.base, server.token("root")).create(len(body), body, filename="old.avi", title="Taken up again")

    running = "SELECT attempt FROM job WHERE kind = 'media.encode' AND state = 'running'"
    first, second = server.worker(), None
    try:
        assert eventually(lambda: rows(server, running), lambda found: found == [["1"]]) == [["1"]]
        kill(first)
        began = time.monotonic()
        second = server.worker()
        assert eventually(lambda: rows(server, running), lambda found: found == [["2"]], timeout=60) == [["2"]]
        assert time.monotonic() - began <= 45
    finally:
        for worker in (first, second):
            if worker is not None and worker.poll() is None:
                kill(worker)
