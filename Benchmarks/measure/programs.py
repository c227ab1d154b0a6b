"""The programs that are measured, each on a free port and gone when its block ends."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import requests

BENCHMARKS = Path(__file__).resolve().parents[1]
ROOT = BENCHMARKS.parent
os.environ.setdefault("MEDIASHARE_PROGRAM", str(ROOT / ".build/release/mediashare"))
sys.path.insert(0, str(ROOT / "Tests"))

from harness import API, PROGRAM, Server, Visitor, eventually, new_postgres_database, tus  # noqa: E402
from harness.certificate import Certificate  # noqa: E402
from harness.server import free_port  # noqa: E402
from harness.visitor import FormReader  # noqa: E402

from .load import Target, family  # noqa: E402

__all__ = [
    "API",
    "BENCHMARKS",
    "PROGRAM",
    "Certificate",
    "Flask",
    "FormReader",
    "Nginx",
    "Server",
    "Visitor",
    "eventually",
    "free_port",
    "new_postgres_database",
    "target",
    "tus",
]


def target(server: Server, path: str, visitor: Visitor | None = None) -> Target:
    """A page or file of ours, asked for as this visitor."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.http.cookies) if visitor else ""
    headers = {"Cookie": cookies} if cookies else {}
    return Target("MediaShare", server.base + path, headers, lambda: family(server.process.pid))


class Peer:
    """Another server, as a child process."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"

    def command(self) -> tuple[list[str], dict[str, str]]:
        raise NotImplementedError

    def __enter__(self):
        command, environment = self.command()
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
        for _ in range(200):
            try:
                requests.get(self.base, timeout=5)
                return self
            except (requests.ConnectionError, requests.Timeout):
                assert self.process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.05)
        raise AssertionError(f"{command[0]} does not answer")

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait()

    def target(self, path: str, headers: dict[str, str] = {}) -> Target:
        return Target(type(self).__name__, self.base + path, headers, lambda: family(self.process.pid))


class Nginx(Peer):
    """nginx with the files of a folder."""

    def __init__(self, folder: Path, files: Path, certificate: Certificate):
        super().__init__(folder)
        self.files = files
        self.certificate = certificate
        self.secure_port = free_port()
        self.secure_base = f"https://127.0.0.1:{self.secure_port}"

    def command(self):
        text = (BENCHMARKS / "peers/nginx/nginx.conf").read_text()
        values = {
            "FOLDER": self.folder,
            "FILES": self.files,
            "SECURE_PORT": self.secure_port,
            "PORT": self.port,
            "CERTIFICATE": self.certificate.file,
            "KEY": self.certificate.key,
        }
        for name, value in values.items():
            text = text.replace(name, str(value))
        # Workers run as the user who measures, so that they can read the files.
        if os.geteuid() == 0:
            text = "user root;\n" + text
        (self.folder / "nginx.conf").write_text(text)
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        return [nginx, "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)], {}


class Flask(Peer):
    """The usual Python stack on the same database: Flask, SQLAlchemy, Jinja2, gunicorn with two workers."""

    def __init__(self, folder: Path, database: str):
        super().__init__(folder)
        self.database = database

    def command(self):
        gunicorn = Path(sys.executable).parent / "gunicorn"
        command = [str(gunicorn), "--workers=2", f"--bind=127.0.0.1:{self.port}", "--keep-alive=75"]
        command += [f"--chdir={BENCHMARKS / 'peers/flask'}", "app:app"]
        return command, {"DATABASE_URL": self.database, "SECRET_KEY": "only for a benchmark"}
