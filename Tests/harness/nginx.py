"""A real nginx in front of the program, with the configuration that docs/operations.md gives."""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

from .certificate import Certificate
from .server import ROOT, Server, free_port

GUIDE = ROOT / "docs/operations.md"


class Nginx:
    """`with Nginx(folder, port) as nginx:` in front of a server that was made with `Nginx.settings(port)`."""

    def __init__(self, folder: Path, port: int, server: Server):
        self.folder = folder
        self.folder.mkdir(parents=True)
        self.port = port
        self.base = f"https://127.0.0.1:{port}"
        self.server = server
        self.certificate = Certificate(folder / "tls")
        # Where the guide says what only the reader can know.
        self.places = {
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/etc/letsencrypt/live/media.example.org/fullchain.pem": str(self.certificate.file),
            "/etc/letsencrypt/live/media.example.org/privkey.pem": str(self.certificate.key),
            "http://127.0.0.1:8080": server.base,
            "/var/lib/mediashare/media/": f"{server.data}/media/",
        }

    @staticmethod
    def new_port() -> int:
        return free_port()

    @staticmethod
    def settings(port: int) -> dict[str, str]:
        """The program's settings as the guide has them, at another address."""
        lines = re.findall(r"^    (MEDIASHARE_\w+)=(\S+)$", section(), re.MULTILINE)
        settings = dict(lines) | {"MEDIASHARE_BASE_URL": f"https://127.0.0.1:{port}"}
        assert set(settings) == {"MEDIASHARE_BASE_URL", "MEDIASHARE_TRUSTED_PROXIES", "MEDIASHARE_ACCEL_PREFIX"}
        return settings

    def __enter__(self) -> "Nginx":
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        file = self.folder / "nginx.conf"
        file.write_text(self.configuration())
        self.process = subprocess.Popen([program, "-p", self.folder, "-c", file, "-e", self.folder / "error.log"])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return self
            except ConnectionRefusedError:
                assert self.process.poll() is None, (self.folder / "error.log").read_text()
                time.sleep(0.05)
        raise AssertionError("nginx does not answer")

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait()

    def configuration(self) -> str:
        block = re.search(r"```nginx\n(.*?)```", section(), re.DOTALL).group(1)
        for written, here in self.places.items():
            assert written in block, f"the guide's nginx block no longer says {written}"
            block = block.replace(written, here)
        temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        folders = "\n".join(f"{name}_temp_path {self.folder}/{name};" for name in temporary)
        return f"""
            user root;
            daemon off;
            worker_processes 1;
            pid {self.folder}/nginx.pid;
            error_log {self.folder}/error.log warn;
            events {{ worker_connections 256; }}
            http {{
                include /etc/nginx/mime.types;
                access_log {self.folder}/access.log;
                {folders}
                {block}
            }}
        """


def section() -> str:
    return GUIDE.read_text().split("## Behind nginx\n", 1)[1].split("\n## ", 1)[0]
