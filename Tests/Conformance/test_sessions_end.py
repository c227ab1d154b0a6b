"""A session is dead within a second of what ends it, over real sockets, also for another process on its database."""

import time

import pytest
from harness import Server, Visitor
from harness.sql import execute, rows

CAUSES = ["sign-out", "revocation", "all others", "password change", "suspension"]


class SecondServer(Server):
    """Another web server on the first one's database and files."""

    def __init__(self, folder, first: Server):
        super().__init__(folder, arguments=["--no-jobs"], MEDIASHARE_DATA=str(first.data))
        self.data = first.data


@pytest.fixture(scope="module")
def second(tmp_path_factory, server):
    with SecondServer(tmp_path_factory.mktemp("second"), server) as second:
        yield second


def end(cause: str, name: str, victim: Visitor, other: Visitor, server: Server) -> None:
    if cause == "sign-out":
        victim.press("/user", "/auth/logout")
    elif cause == "revocation":
        account = f"(SELECT id FROM account WHERE username = '{name}')"
        oldest = rows(server, f"SELECT public_id FROM session WHERE account_id = {account} ORDER BY id LIMIT 1")[0][0]
        other.press("/user/security", f"/user/security/sessions/{oldest}/revoke")
    elif cause == "all others":
        other.press("/user/security", "/user/security/revoke-others")
    elif cause == "password change":
        new = "nine slow ferries"
        answer = other.submit(
            "/user/security", current_password=Visitor.PASSWORD, password=new, password_confirmation=new
        )
        assert "Your password is changed." in answer.text, answer.text[:2000]
    else:
        execute(server, f"UPDATE account SET status = 'suspended' WHERE username = '{name}'")


@pytest.mark.parametrize("cause", CAUSES)
def test_pages_and_bytes_end_with_the_session(server, second, cause):
    name = "nora-" + cause.replace(" ", "-")
    victim = Visitor(server.base).sign_up(name)
    execute(server, f"UPDATE account SET email_verified_at = created_at WHERE username = '{name}'")
    other = Visitor(server.base).sign_in(name)
    uploaded = victim.submit("/media/upload", title="Notes", files={"file": ("notes.txt", b"Some notes.\n")})
    file = uploaded.url.replace(server.base, "") + "/download"
    addresses = [base + path for base in (server.base, second.base) for path in (file, "/user")]
    for address in addresses:
        assert victim.get(address, allow_redirects=False).status_code == 200

    cookies = dict(victim.http.cookies)
    end(cause, name, victim, other, server)
    ended = time.monotonic()
    victim.http.cookies.update(cookies)
    for address in addresses:
        while victim.get(address, allow_redirects=False).status_code == 200:
            assert time.monotonic() - ended <= 1, f"a second after the {cause} {address} is still answered"
