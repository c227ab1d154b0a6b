"""Behind a real nginx, set up word for word as docs/operations.md says.

nginx sends the bytes, the program decides who may have them.
"""

import io
import re
import time
from pathlib import Path

import pytest
import requests
from harness import API, Server, Visitor, tus
from harness.nginx import Nginx
from tusclient import client as tus_client

# What keeps a stranger's file from doing anything in a browser, and from being read by other sites.
POLICIES = [
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
]
# What says how the bytes are to be taken.
DESCRIPTIONS = ["Cache-Control", "Content-Disposition", "Content-Type"]


class House:
    """nginx, the program behind it, somebody with a session at nginx, and three files."""

    def __init__(self, nginx: Nginx, server: Server, samples):
        self.nginx = nginx
        self.root = self.visitor().set_up(server)
        self.token = server.token("root")
        self.direct = API(server.base, self.token)
        self.files = {path.suffix[1:]: path for path in (samples.mp4(), samples.jpeg(), samples.pdf())}
        self.items = {kind: self._add(path) for kind, path in self.files.items()}

    def visitor(self) -> Visitor:
        visitor = Visitor(self.nginx.base)
        self.trust(visitor.http)
        return visitor

    def trust(self, http: requests.Session) -> None:
        http.verify = str(self.nginx.certificate.file)
        # A certificate that the environment names would count more.
        http.trust_env = False

    def _add(self, path) -> str:
        upload = tus.Upload(self.direct.base, self.token)
        upload.create(path.stat().st_size, filename=path.name, title=path.stem)
        item = tus.public_id(upload.patch(0, path.read_bytes()))
        assert self.direct.wait_until_processed(item)["status"] == "ready"
        return item

    def path(self, kind: str, what: str) -> str:
        return f"/media/{self.items[kind]}/{what}"


@pytest.fixture(scope="module")
def house(tmp_path_factory, samples):
    folder = tmp_path_factory.mktemp("behind-nginx")
    port = Nginx.new_port()
    with Server(folder / "server", **Nginx.settings(port)) as server, Nginx(folder / "nginx", port, server) as nginx:
        yield House(nginx, server, samples)


SERVED = [
    ("mp4", "play"),
    ("mp4", "download"),
    ("mp4", "thumbnail"),
    ("jpg", "display"),
    ("jpg", "thumbnail"),
    ("pdf", "file"),
    ("pdf", "download"),
]


@pytest.mark.parametrize(("kind", "what"), SERVED)
def test_nginx_says_of_every_file_what_the_program_says_of_it(house, kind, what):
    said = house.direct.get(house.path(kind, what))
    assert said.headers["X-Accel-Redirect"].startswith("/internal-media/")
    sent = house.root.get(house.path(kind, what))
    assert sent.status_code == 200
    assert sent.content, "nginx sent no bytes"
    assert "X-Accel-Redirect" not in sent.headers
    for name in DESCRIPTIONS + POLICIES:
        assert sent.headers.get(name) == said.headers.get(name), name


def test_the_bytes_are_those_that_were_uploaded(house):
    for kind, path in house.files.items():
        assert house.root.get(house.path(kind, "download")).content == path.read_bytes()


def test_a_range_is_answered_as_one(house):
    film = house.files["mp4"].read_bytes()
    answer = house.root.get(house.path("mp4", "play"), headers={"Range": "bytes=1000-4999"})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes 1000-4999/{len(film)}"
    assert answer.content == film[1000:5000]

    last = house.root.get(house.path("mp4", "play"), headers={"Range": "bytes=-100"})
    assert (last.status_code, last.content) == (206, film[-100:])
    beyond = house.root.get(house.path("mp4", "play"), headers={"Range": f"bytes={len(film)}-"})
    assert beyond.status_code == 416


def test_what_the_browser_has_is_not_sent_again(house):
    path = house.path("mp4", "play")
    tag = house.root.get(path).headers["ETag"]
    assert house.root.get(path, headers={"If-None-Match": tag}).status_code == 304
    both = {"Range": "bytes=0-9", "If-Range": tag}
    assert house.root.get(path, headers=both).status_code == 206
    assert house.root.get(path, headers=both | {"If-Range": '"another"'}).status_code == 200


def test_nobody_reaches_the_folder_by_its_own_address(house):
    location = house.direct.get(house.path("mp4", "play")).headers["X-Accel-Redirect"]
    for path in [location, f"/{location}", "/internal-media/", "/internal-media/..%2fmediashare.sqlite"]:
        answer = house.root.http.get(house.nginx.base + path, timeout=60)
        assert answer.status_code in (400, 404), path
        assert not answer.content.startswith(house.files["mp4"].read_bytes()[:16]), path


def test_a_stranger_gets_nothing_and_signing_out_ends_it(house):
    path = house.path("mp4", "play")
    stranger = house.visitor().get(path, allow_redirects=False)
    assert stranger.status_code in (303, 404)
    assert len(stranger.content) < 100_000 and b"ftyp" not in stranger.content

    guest = house.visitor().sign_in("root")
    assert guest.get(path).status_code == 200
    guest.sign_out()
    assert b"ftyp" not in guest.get(path).content


def test_uploads_go_through_as_they_arrive(house, samples, monkeypatch):
    """nginx would otherwise keep a whole file before the program hears of it, and a resumed upload would begin at 0."""
    path = samples.text(3 << 20, "through-nginx.txt")
    client = tus_client.TusClient(f"{house.nginx.base}/uploads", headers={"Authorization": f"Bearer {house.token}"})
    # The one place from which tuspy takes authorities.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(house.nginx.certificate.file))
    uploader = client.uploader(str(path), chunk_size=1 << 20, metadata={"filename": path.name})
    uploader.upload()
    assert uploader.offset == path.stat().st_size

    upload = tus.Upload(house.nginx.base, house.token)
    house.trust(upload.http)
    upload.create(1 << 20, filename="slow.txt")
    body = Halting(1 << 20, house.nginx.server.data)
    with pytest.raises(requests.ConnectionError):
        upload.patch(0, body)
    assert Halting.WRITTEN <= upload.offset() <= body.half


class Halting(io.BytesIO):
    """A body whose sender goes away when half of it is sent and some of that lies on the server's disk.

    How much of the rest arrives is nginx's affair: of a sender who is lost it may throw away what it still holds.
    """

    # The program writes at once what has come when it is so much.
    WRITTEN = 1 << 18

    def __init__(self, length: int, data: Path):
        super().__init__(bytes(length // 2))
        self.half = length // 2
        self.staging = next(data.rglob(".staging/uploads"))

    def __len__(self) -> int:
        return 2 * self.half

    def read(self, size: int = -1) -> bytes:
        piece = super().read(size)
        if piece:
            return piece
        deadline = time.monotonic() + 60
        while not self.arrived() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert self.arrived(), "nginx keeps what the sender has sent"
        raise requests.ConnectionError("the sender went away")

    def arrived(self) -> bool:
        return any(self.WRITTEN <= part.stat().st_size <= self.half for part in self.staging.iterdir())


def test_the_address_of_the_visitor_is_the_one_that_nginx_saw(house):
    page = house.root.get("/media", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"})
    assert page.status_code == 200
    assert re.search(r"__Host-", page.request.headers["Cookie"]), "cookies are those of HTTPS"
    log = house.nginx.server.log()
    assert "203.0.113.9" not in log
