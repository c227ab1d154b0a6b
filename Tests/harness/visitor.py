"""A person with a browser that has no JavaScript: follows forms and remembers cookies."""

import time
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TypeVar
from urllib.parse import urljoin

import requests

Value = TypeVar("Value")


class Form:
    def __init__(self, attributes: dict[str, str]):
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").lower()
        self.fields: dict[str, str] = {}
        self.names: set[str] = set()


class FormReader(HTMLParser):
    """Collects the forms of a page with the values they would send untouched."""

    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select: str | None = None
        self._textarea: str | None = None

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        name = attributes.get("name", "")
        if tag == "form":
            self._open = Form(attributes)
            self.forms.append(self._open)
        if self._open is None:
            return
        if tag in ("input", "select", "textarea", "button") and name:
            self._open.names.add(name)
        if tag == "input" and name:
            kind = attributes.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in attributes:
                    self._open.fields[name] = attributes.get("value", "on")
            elif kind not in ("submit", "button", "file", "image"):
                self._open.fields[name] = attributes.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in attributes or self._select not in self._open.fields:
                self._open.fields[self._select] = attributes.get("value", "")
        elif tag == "textarea" and name:
            self._textarea = name
            self._open.fields[name] = ""

    def handle_data(self, data):
        if self._textarea and self._open is not None:
            self._open.fields[self._textarea] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None


class Visitor:
    PASSWORD = "a long enough pass phrase"

    def __init__(self, base: str):
        self.base = base
        self.http = requests.Session()
        self.http.headers["User-Agent"] = "MediaShare tests"

    def get(self, path: str, **options) -> requests.Response:
        return self.http.get(urljoin(self.base, path), timeout=60, **options)

    def submit(self, path: str, with_field: str | None = None, files=None, **fields) -> requests.Response:
        """Opens a page, fills in the form that has these fields, and sends it; redirects are followed."""
        page = self.get(path)
        reader = FormReader()
        reader.feed(page.text)
        wanted = {with_field} if with_field else set(fields) | set(files or {})
        form = next((form for form in reader.forms if form.method == "post" and wanted <= form.names), None)
        assert form, f"{page.url} ({page.status_code}) has no form with {sorted(wanted)}:\n{page.text[:2000]}"
        return self.http.post(
            urljoin(page.url, form.action),
            data=form.fields | fields,
            files=files,
            headers={"Origin": self.base, "Referer": page.url},
            timeout=120,
        )

    def press(self, path: str, action: str) -> requests.Response:
        """Opens a page and sends the form with this address as it stands."""
        reader = FormReader()
        reader.feed(self.get(path).text)
        form = next((form for form in reader.forms if form.action == action), None)
        assert form, f"{path} has no form to {action}"
        return self.http.post(urljoin(self.base, action), data=form.fields, headers={"Origin": self.base}, timeout=60)

    def set_up(self, server, username: str = "root") -> "Visitor":
        """Makes the administrator's account through the link of the first start."""
        return self._expect_signed_in(self._register(server.setup_path, username))

    def sign_up(self, username: str) -> "Visitor":
        return self._expect_signed_in(self._register("/auth/register", username, agreement="1"))

    def sign_in(self, username: str) -> "Visitor":
        answer = self.submit("/auth/login", email=f"{username}@example.org", password=self.PASSWORD)
        return self._expect_signed_in(answer)

    def sign_out(self) -> None:
        page = self.get("/media")
        reader = FormReader()
        reader.feed(page.text)
        form = next(form for form in reader.forms if form.action == "/auth/logout")
        headers = {"Origin": self.base, "Referer": page.url}
        answer = self.http.post(urljoin(page.url, form.action), data=form.fields, headers=headers, timeout=120)
        assert "/auth/logout" not in answer.text, f"still signed in at {answer.url}"

    def _register(self, path: str, username: str, **more: str) -> requests.Response:
        return self.submit(
            path,
            username=username,
            email=f"{username}@example.org",
            password=self.PASSWORD,
            password_confirmation=self.PASSWORD,
            **more,
        )

    def _expect_signed_in(self, answer: requests.Response) -> "Visitor":
        assert answer.status_code == 200, f"{answer.url} answered {answer.status_code}:\n{answer.text[:2000]}"
        assert "/auth/logout" in answer.text, f"not signed in at {answer.url}:\n{answer.text[:2000]}"
        return self


class API:
    """The JSON API with a bearer token."""

    def __init__(self, base: str, token: str):
        self.base = base
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **options) -> requests.Response:
        return self.http.get(urljoin(self.base, path), timeout=60, **options)

    def media(self, public_id: str) -> dict:
        answer = self.get(f"/api/v1/media/{public_id}")
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text[:500]}"
        return answer.json()

    def wait_until_processed(self, public_id: str, timeout: float = 180) -> dict:
        """The item once it is ready or has failed."""
        item = eventually(lambda: self.media(public_id), lambda item: item["status"] != "processing", timeout)
        assert item["status"] != "processing", f"after {timeout} s: {item}"
        return item


def eventually(read: Callable[[], Value], holds: Callable[[Value], bool], timeout: float = 20) -> Value:
    """The first value for which `holds` is true, or the last one that was read in time."""
    deadline = time.monotonic() + timeout
    while True:
        value = read()
        if holds(value) or time.monotonic() > deadline:
            return value
        time.sleep(0.05)
