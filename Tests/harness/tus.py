"""The tus protocol by hand, for what a well-behaved client never sends."""

import base64
from urllib.parse import urljoin

import requests

VERSION = {"Tus-Resumable": "1.0.0"}


def metadata(**values: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


class Upload:
    """One upload of one person; every call answers the raw response."""

    def __init__(self, base: str, token: str):
        self.base = base
        self.url = ""
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def create(self, length: int | None, body: bytes | None = None, headers: dict = {}, **values: str):
        sent = VERSION | ({"Upload-Length": str(length)} if length is not None else {}) | headers
        if values:
            sent["Upload-Metadata"] = metadata(**values)
        if body is not None:
            sent["Content-Type"] = "application/offset+octet-stream"
        answer = self.http.post(urljoin(self.base, "/uploads"), data=body, headers=sent, timeout=60)
        if answer.status_code == 201:
            self.url = urljoin(self.base, answer.headers["Location"])
        return answer

    def patch(self, offset: int, body, headers: dict = {}):
        sent = VERSION | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"} | headers
        return self.http.patch(self.url, data=body, headers=sent, timeout=120)

    def head(self):
        return self.http.head(self.url, headers=VERSION, timeout=60)

    def delete(self):
        return self.http.delete(self.url, headers=VERSION, timeout=60)

    def offset(self) -> int:
        answer = self.head()
        assert answer.status_code in (200, 204), f"{answer.status_code}"
        return int(answer.headers["Upload-Offset"])


def public_id(answer: requests.Response) -> str:
    """The item that an upload has become, from the answer that completed it."""
    location = answer.headers["Media-Location"]
    assert location.startswith("/media/"), location
    return location.removeprefix("/media/")
