"""What goes wrong outside of the program: a full disk, a missing tool, a database that goes away."""

import contextlib
import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest


class SmallDisk:
    """A file system in memory that is soon full. Needs the right to mount."""

    def __init__(self, folder: Path, mebibytes: int):
        self.folder = folder
        folder.mkdir(parents=True)
        options = f"size={mebibytes}m,mode=0700"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"cannot mount a small file system here: {done.stderr.strip()}")

    def grow(self, mebibytes: int) -> None:
        subprocess.run(["mount", "-o", f"remount,size={mebibytes}m", self.folder], check=True)

    def __enter__(self) -> "SmallDisk":
        return self

    def __exit__(self, *_) -> None:
        subprocess.run(["umount", "--lazy", self.folder], check=False)


def hiding(*programs: str) -> list[str]:
    """Words to put before a command, so that for it these programs of the system are not there."""
    root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    hide = " && ".join(f"mount --bind /dev/null /usr/bin/{program}" for program in programs)
    words = ["unshare", "--mount", *root, "sh", "-c", f'{hide} && exec "$@"', "sh"]
    if subprocess.run([*words, "true"], capture_output=True).returncode != 0:
        pytest.skip("cannot hide programs here")
    return words


class PostgresProxy:
    """Stands between the program and PostgreSQL on a Unix socket, and can go away."""

    def __init__(self, folder: Path, database: str):
        parts = urlsplit(database)
        self._server = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        folder.mkdir(parents=True)
        self._socket = folder / ".s.PGSQL.5432"
        self.database = database.replace(parse_qs(parts.query)["host"][0], str(folder))
        self._connections: list[socket.socket] = []
        self._listener: socket.socket | None = None

    def open(self) -> None:
        self._socket.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._socket))
        self._listener.listen(64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Nobody gets in, and whoever was in is thrown out."""
        self._socket.unlink(missing_ok=True)
        for one in [self._listener, *self._connections]:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._connections.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                inside, _ = listener.accept()
            except OSError:
                return
            outside = socket.socket(socket.AF_UNIX)
            try:
                outside.connect(self._server)
            except OSError:
                inside.close()
                continue
            self._connections += [inside, outside]
            for source, target in ((inside, outside), (outside, inside)):
                threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    @staticmethod
    def _copy(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def short_folder() -> contextlib.AbstractContextManager[Path]:
    """A folder whose path is short enough for a Unix socket."""

    @contextlib.contextmanager
    def make():
        path = Path(f"/tmp/mediashare-{os.getpid()}-{threading.get_ident() % 10_000}")
        path.mkdir(mode=0o700)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    return make()
