"""Load on a running server: `wrk` for rates, a steady trickle for latencies, and the CPU time that it cost."""

import os
import re
import selectors
import socket
import statistics
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Target:
    """Something to put load on."""

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    # Every process that works for it, now: servers start and end workers.
    processes: callable = lambda: []


@dataclass
class Round:
    """What one run of the load generator saw."""

    requests_per_second: float
    bytes_per_second: float
    p99_milliseconds: float
    cpu_seconds: float
    gigabytes: float
    errors: int


def cpu_seconds(pids: list[int]) -> float:
    total = 0.0
    for pid in pids:
        try:
            # The name in parentheses may hold spaces; utime and stime are the 14th and 15th field.
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def family(pid: int) -> list[int]:
    """A process and everything it has started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def wrk(
    target: Target, connections: int, seconds: float, script: str | None = None, arguments: list[str] = ()
) -> Round:
    command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds:.0f}s", "--latency"]
    command += ["--timeout=30s"]
    if script:
        command.append(f"--script={FOLDER / script}")
    for name, value in target.headers.items():
        command.append(f"--header={name}: {value}")
    before = cpu_seconds(target.processes())
    printed = subprocess.run(
        [*command, target.url, "--", *arguments], check=True, capture_output=True, text=True
    ).stdout
    used = cpu_seconds(target.processes()) - before
    return read_report(printed, used, seconds)


def read_report(printed: str, used: float, seconds: float) -> Round:
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", printed).group(1))
    number, unit = re.search(r"Transfer/sec:\s+([\d.]+)(\w+)", printed).groups()
    transfer = float(number) * {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}[unit]
    late, late_unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", printed).groups()
    p99 = float(late) * {"us": 0.001, "ms": 1, "s": 1_000, "m": 60_000}[late_unit]
    errors = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", printed))
    for kinds in re.findall(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", printed):
        errors += sum(map(int, kinds))
    return Round(rate, transfer, p99, used, transfer * seconds / 1e9, errors)


def in_turn(ours: Target, theirs: Target, rounds: int, run) -> tuple[list[Round], list[Round]]:
    """A B A B …, so that whatever else the machine does meets both. The first pair warms up and is not kept."""
    pairs = [(run(ours), run(theirs)) for _ in range(rounds + 1)][1:]
    return [mine for mine, _ in pairs], [other for _, other in pairs]


def latencies(target: Target, per_second: float, seconds: float) -> list[float]:
    """Milliseconds from when each request was due, at a constant rate, whatever the answers before it did."""
    address = urlsplit(target.url)
    path = address.path + (f"?{address.query}" if address.query else "")
    lines = [f"GET {path} HTTP/1.1", f"Host: {address.netloc}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in target.headers.items()]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()

    poll = selectors.DefaultSelector()
    began = time.monotonic()
    count = int(per_second * seconds)
    sent, taken = 0, []
    while len(taken) < count:
        now = time.monotonic()
        while sent < count and began + sent / per_second <= now:
            connection = socket.create_connection((address.hostname, address.port))
            connection.sendall(request)
            poll.register(connection, selectors.EVENT_READ, began + sent / per_second)
            sent += 1
        wait = max(0.0, began + sent / per_second - time.monotonic()) if sent < count else 1.0
        if not poll.get_map():
            time.sleep(wait)
            continue
        for key, _ in poll.select(wait):
            if key.fileobj.recv(1 << 20) == b"":
                taken.append((time.monotonic() - key.data) * 1_000)
                poll.unregister(key.fileobj)
                key.fileobj.close()
    return taken


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def median(values: list[float]) -> float:
    return statistics.median(values)


def spread(values: list[float]) -> float:
    """Half of the way from the lowest to the highest, as a share of the median."""
    return (max(values) - min(values)) / 2 / median(values)
