"""An OpenID Connect provider that we did not write (oidc-provider-mock on Authlib), in a thread of the test."""

import base64
import contextlib
import hashlib
import threading
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
import requests
import werkzeug.serving


class Provider:
    """Knows its clients, their secrets and redirect addresses, wants a nonce, and holds them to PKCE (RFC 7636)."""

    def __init__(self):
        self.app = oidc_provider_mock.app(require_client_registration=True, require_nonce=True)
        self.app.after_request(self._remember_challenge)
        self.app.before_request(self._check_verifier)
        self.challenges: dict[str, str] = {}
        self.redeemed = 0
        self.server = werkzeug.serving.make_server("localhost", 0, self.app, threaded=True)
        self.issuer = f"http://localhost:{self.server.server_port}"

    def _remember_challenge(self, response: flask.Response) -> flask.Response:
        code = parse_qs(urlsplit(response.headers.get("Location", "")).query).get("code")
        if code:
            assert flask.request.args["code_challenge_method"] == "S256"
            self.challenges[code[0]] = flask.request.args["code_challenge"]
        return response

    def _check_verifier(self):
        if flask.request.path != "/oauth2/token":
            return None
        digest = hashlib.sha256(flask.request.form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if self.challenges.get(flask.request.form["code"]) != challenge:
            return flask.jsonify({"error": "invalid_grant"}), 400
        self.redeemed += 1
        return None

    def register(self, redirect: str) -> tuple[str, str]:
        """The id and the secret of a new client."""
        answer = requests.post(f"{self.issuer}/oauth2/clients", json={"redirect_uris": [redirect]}, timeout=10)
        answer.raise_for_status()
        return answer.json()["client_id"], answer.json()["client_secret"]

    def knows(self, subject: str, **claims: object) -> None:
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()

    def answer(self, address: str, subject: str | None) -> str:
        """What somebody's browser is sent back to after they logged in there; None says no."""
        assert address.startswith(f"{self.issuer}/oauth2/authorize?"), address
        assert requests.get(address, timeout=10).status_code == 200
        form = {"sub": subject} if subject else {"action": "deny"}
        answer = requests.post(address, data=form, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text[:2000]
        return answer.headers["Location"]


@contextlib.contextmanager
def provider() -> Iterator[Provider]:
    running = Provider()
    thread = threading.Thread(target=running.server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield running
    finally:
        running.server.shutdown()
        thread.join(10)
        running.server.server_close()
