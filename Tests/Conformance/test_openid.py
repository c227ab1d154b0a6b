"""Logging in by a provider that we did not write, over real sockets, with cookies and without script."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from harness import Visitor
from harness.openid import provider as run_provider
from harness.sql import execute, rows


@pytest.fixture
def provider():
    with run_provider() as provider:
        yield provider


class House:
    """A server with the provider set up by its administrator."""

    def __init__(self, server, provider, opens_accounts: bool = False):
        self.server = server
        self.provider = provider
        self.root = Visitor(server.base).set_up(server)
        more = {"opens_accounts": "1"} if opens_accounts else {}
        page = self.root.submit(
            "/admin/sign-in-providers/add",
            name="Example & Sons",
            issuer=provider.issuer,
            client_id="not known yet",
            **more,
        )
        self.page = urlsplit(page.url).path
        self.id = self.page.rsplit("/", 1)[-1]
        redirect = f"{server.base}/auth/oidc/{self.id}/callback"
        assert redirect in page.text, "the page says what to enter at the provider"
        client, secret = provider.register(redirect)
        saved = self.root.submit(self.page, client_id=client, client_secret=secret)
        assert "The changes are saved." in saved.text
        assert secret not in self.root.get(self.page).text

    def set_out(self, visitor: Visitor, page: str = "/auth/login", action: str | None = None) -> str:
        """Where the browser goes on to."""
        answer = visitor.press(page, action or f"/auth/oidc/{self.id}")
        assert answer.status_code == 200, answer.text[:2000]
        found = re.fullmatch(r"0; url=(\S+)", answer.headers["Refresh"])
        assert found, answer.headers["Refresh"]
        return found[1]

    def log_in(self, visitor: Visitor, subject: str | None):
        return visitor.get(self.provider.answer(self.set_out(visitor), subject))

    def actions(self) -> list[str]:
        return [row[0] for row in rows(self.server, "SELECT action FROM audit_entry ORDER BY id")]


def verified(server, name: str) -> None:
    execute(server, f"UPDATE account SET email_verified_at = created_at WHERE username = '{name}'")


def test_the_whole_way(make_server, engine, provider):
    server = make_server(engine=engine).start()
    house = House(server, provider)
    assert "its keys can be read" in house.root.press(house.page, f"{house.page}/try").text
    Visitor(server.base).sign_up("nora")
    provider.knows("nora-at-work", email="nora@example.org", email_verified=True)

    # Her own address is not verified yet.
    assert "not verified yet" in house.log_in(Visitor(server.base), "nora-at-work").text
    verified(server, "nora")
    nora = Visitor(server.base)
    landed = house.log_in(nora, "nora-at-work")
    assert urlsplit(landed.url).path == "/user" and "/auth/logout" in landed.text, landed.text[:2000]
    assert {"account.provider_linked", "account.signed_in", "sign_in_provider.refused"} <= set(house.actions())

    # From then on the provider's subject decides, whatever the address is there.
    provider.knows("nora-at-work", email="nora@elsewhere.example", email_verified=False)
    assert "/auth/logout" in house.log_in(Visitor(server.base), "nora-at-work").text
    assert "nora@elsewhere.example" in nora.get("/user/security/providers").text
    assert provider.redeemed == 3, "each code was held against its verifier"


def test_who_is_not_let_in_hears_why(make_server, provider):
    server = make_server().start()
    house = House(server, provider)
    provider.knows("stranger", email="stranger@example.org", email_verified=True)
    provider.knows("unverified", email="root@example.org", email_verified=False)
    visitor = Visitor(server.base)
    for subject, words in [
        ("stranger", "You have no account here yet."),
        ("unverified", "The provider has not verified your e-mail address."),
        (None, "You did not allow it at the provider"),
    ]:
        answer = house.log_in(visitor, subject)
        assert answer.status_code == 422 and words in answer.text, answer.text[:2000]
        assert "/auth/logout" not in answer.text

    # The way back works once, and in the browser that set out.
    verified(server, "root")
    provider.knows("root-at-work", email="root@example.org", email_verified=True)
    mine = Visitor(server.base)
    back = provider.answer(house.set_out(mine), "root-at-work")
    for other in (visitor, Visitor(server.base)):
        answer = other.get(back)
        assert answer.status_code == 410 and "Start again" in answer.text
    assert "/auth/logout" in mine.get(back).text
    again = Visitor(server.base)
    again.http.cookies.update(mine.http.cookies)
    again.http.cookies.clear(domain="127.0.0.1", path="/", name="session")
    assert again.get(back).status_code == 410


def test_a_stranger_gets_an_account_and_keeps_a_way_in(make_server, engine, provider):
    server = make_server(engine=engine).start()
    house = House(server, provider, opens_accounts=True)
    provider.knows("zoe", email="zoe@example.org", email_verified=True, preferred_username="Zoë!")
    zoe = Visitor(server.base)
    assert "/auth/logout" in house.log_in(zoe, "zoe").text
    assert rows(server, "SELECT email FROM account WHERE username = 'Zoe'") == [["zoe@example.org"]]
    form = re.search(r'action="(/user/security/providers/[^"]+/unlink)"', zoe.get("/user/security/providers").text)
    answer = zoe.press("/user/security/providers", form[1])
    assert "This is your only way to log in." in answer.text
    assert "/auth/logout" in house.log_in(Visitor(server.base), "zoe").text


def test_ones_own_account_is_linked_and_unlinked(make_server, provider):
    server = make_server().start()
    house = House(server, provider)
    nora = Visitor(server.base).sign_up("nora")
    provider.knows("private", email="private@example.net", email_verified=False)
    here = "/user/security/providers"
    address = house.set_out(nora, here, f"{here}/{house.id}/link")
    assert parse_qs(urlsplit(address).query)["scope"] == ["openid email profile"]
    linked = nora.get(provider.answer(address, "private"))
    assert "You can log in with Example &amp; Sons now." in linked.text, linked.text[:2000]
    assert "/auth/logout" in house.log_in(Visitor(server.base), "private").text
    unlink = re.search(rf'action="({here}/[^"]+/unlink)"', nora.get(here).text)[1]
    assert "The login is removed." in nora.press(here, unlink).text
    assert "You have no account" not in nora.get(here).text
    assert "has not verified" in house.log_in(Visitor(server.base), "private").text


def test_a_provider_that_is_not_there(make_server):
    server = make_server().start()
    root = Visitor(server.base).set_up(server)
    fields = {"name": "Nobody", "client_id": "x", "client_secret": "y"}
    refused = root.submit("/admin/sign-in-providers/add", issuer="http://example.com", **fields)
    assert refused.status_code == 422 and "https://accounts.example.com" in refused.text
    page = root.submit("/admin/sign-in-providers/add", issuer="http://127.0.0.1:9", **fields)
    path = urlsplit(page.url).path
    assert "The provider does not answer:" in root.press(path, f"{path}/try").text
    answer = Visitor(server.base).press("/auth/login", f"/auth/oidc/{path.rsplit('/', 1)[-1]}")
    assert answer.status_code == 503 and "log in another way" in answer.text
