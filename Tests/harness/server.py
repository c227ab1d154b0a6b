"""The program as a child process, on a free port and in a temporary folder."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import uuid
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("MEDIASHARE_PROGRAM", ROOT / ".build/debug/mediashare"))

# Whether the storms run at full length (`make soak`).
SOAK = bool(os.environ.get("MEDIASHARE_SOAK"))

# A debug build on a busy machine is slow to start; a healthy one takes a fraction of this.
START_TIMEOUT = 60


class Server:
    """`with Server(folder) as server:` serves until the block ends; `kill()` and `start()` may be called inside."""

    def __init__(
        self,
        folder: Path,
        database: str | None = None,
        arguments: list[str] = (),
        prefix: list[str] = (),
        **settings: str,
    ):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.arguments = list(arguments)
        self.prefix = list(prefix)
        self.log_file = self.folder / "server.log"
        self.process: subprocess.Popen | None = None
        self.environment = {
            "HOME": str(self.folder),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "SWIFT_BACKTRACE": "enable=no",
            "MEDIASHARE_DATA": str(self.data),
            "MEDIASHARE_HOST": "127.0.0.1",
            "MEDIASHARE_PORT": str(self.port),
            **({"DATABASE_URL": database} if database else {}),
            **settings,
        }

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_) -> None:
        self.stop()

    def start(self, probe: str = "/readyz") -> "Server":
        """Returns once the probe answers 200."""
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, PROGRAM, "serve", *self.arguments],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until_ready(probe)
        return self

    def wait_until_ready(self, probe: str = "/readyz", timeout: float = START_TIMEOUT) -> float:
        """Seconds until the probe answered 200."""
        began = time.monotonic()
        while time.monotonic() - began < timeout:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log()[-4000:]}")
            try:
                if requests.get(f"{self.base}{probe}", timeout=5).status_code == 200:
                    return time.monotonic() - began
            except requests.RequestException:
                pass
            time.sleep(0.02)
        raise AssertionError(f"the server was not ready within {timeout} s:\n{self.log()[-4000:]}")

    def stop(self, timeout: float = 40) -> int | None:
        """Asks the program to end and waits; kills what does not obey. Answers its exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode

    def kill(self) -> None:
        """As the power goes: the program and whatever it started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def run(self, *arguments: str, check: bool = True, timeout: float = 120) -> str:
        """Runs another command of the program with the same settings; answers what it printed."""
        done = subprocess.run(
            [*self.prefix, PROGRAM, *arguments],
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        if check and done.returncode != 0:
            raise AssertionError(f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout + ("" if check else done.stderr)

    def worker(self, **settings: str) -> subprocess.Popen:
        """A process that only runs jobs, of the same installation."""
        with open(self.log_file, "ab") as log:
            return subprocess.Popen(
                [*self.prefix, PROGRAM, "worker"],
                env=self.environment | settings,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def token(self, username: str) -> str:
        """A new API token of an account."""
        return self.run("token", "create", "--email", f"{username}@example.org", "--name", "tests").split()[-1]

    def log(self) -> str:
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    @property
    def setup_path(self) -> str:
        """The one-time link of the first start, without the host."""
        found = re.findall(r"https?://\S+/setup\?token=[\w.~-]+", self.log())
        assert found, f"no set-up link was printed:\n{self.log()}"
        link = urlsplit(found[-1])
        assert parse_qs(link.query)["token"]
        return f"{link.path}?{link.query}"

    def resident_bytes(self) -> int:
        """Memory that the program holds now."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("no VmRSS")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def postgres_is_available() -> bool:
    return bool(os.environ.get("MEDIASHARE_TEST_POSTGRES"))


def new_postgres_database() -> str:
    """The URL of an empty database in the cluster of the test run."""
    cluster = os.environ["MEDIASHARE_TEST_POSTGRES"]
    name = f"python_{uuid.uuid4().hex[:12]}"
    subprocess.run(["psql", "--quiet", "--no-psqlrc", cluster, "--command", f"CREATE DATABASE {name}"], check=True)
    assert cluster.count("///postgres?") == 1, f"not a URL as scripts/with-postgres makes it: {cluster}"
    return cluster.replace("///postgres?", f"///{name}?")
