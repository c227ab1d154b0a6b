"""An administrator's day: find somebody, edit, suspend, unlock, act for them, take the list out and another one in.

In this order.
"""

import csv
import io

import pytest
from harness import Visitor, eventually
from werkzeug.security import generate_password_hash

FILTERS = "form.filters"
ACT = "form[action='/admin/users/act']"


@pytest.fixture(scope="module")
def uma(server) -> Visitor:
    return Visitor(server.base).sign_up("uma")


@pytest.fixture(scope="module")
def office(browser, uma):
    """The administrator's browser."""
    browser.sign_in("root")
    return browser


def press(browser, act: str) -> None:
    """A button of a person's page, and the one of the page that asks whether it is meant."""
    for selector in (f"button[name=act][value={act}]", "main form.form-end button[type=submit]"):
        page = browser.find("html")
        browser.find(selector).click()
        browser.wait(lambda page=page: page.id != browser.find("html").id, f"the answer to {act}")


def open_uma(office):
    office.open("/admin/users").fill(FILTERS, q="uma")
    links = office.all("td a[href^='/admin/users/']") or office.all("td a[href*='/admin/users/']")
    assert [link.text for link in links] == ["uma"]
    links[0].click()
    office.wait(lambda: office.find("h1").text == "uma", "uma's page")
    return office


def test_somebody_is_found_by_a_part_of_their_name(office):
    open_uma(office)
    assert "uma@example.org" in office.find("main").text
    assert not office.serious_findings()


def test_an_edit_is_refused_with_its_reason_and_then_kept(office):
    open_uma(office).find("a[href*='/admin/edit_user/']").click()
    office.wait(lambda: office.path.startswith("/admin/edit_user/"), "the form")
    form = "form[action^='/admin/edit_user/']"
    office.fill(form, username="no spaces please")
    assert office.all("#field-username-error")
    office.fill(form, username="ulla")
    assert office.find("h1").text == "ulla"
    office.find("a[href*='/admin/edit_user/']").click()
    office.wait(lambda: office.path.startswith("/admin/edit_user/"), "the form")
    office.fill(form, username="uma")
    assert office.find("h1").text == "uma"


def test_a_suspension_signs_them_out_at_once_and_ends_when_it_is_ended(office, uma):
    assert "/auth/logout" in uma.get("/user").text
    press(open_uma(office), "suspend")
    assert "Suspended" in office.find("main").text
    assert "/auth/login" in uma.get("/user").url
    answer = uma.submit("/auth/login", email="uma@example.org", password=Visitor.PASSWORD)
    assert "/auth/logout" not in answer.text
    press(office, "activate")
    assert "Suspended" not in office.find("main .badge, main").text
    uma.sign_in("uma")


def test_who_typed_a_wrong_password_too_often_is_let_in_again(office, server):
    stranger = Visitor(server.base)
    for _ in range(5):
        stranger.submit("/auth/login", email="uma@example.org", password="not this one")
    locked = stranger.submit("/auth/login", email="uma@example.org", password=Visitor.PASSWORD)
    assert locked.status_code == 429
    press(open_uma(office), "unlock")
    stranger.sign_in("uma")


def test_acting_for_somebody_needs_a_reason_shows_a_banner_and_keeps_out_of_secrets(office):
    open_uma(office).find("a[href$='/impersonate']").click()
    office.wait(lambda: office.path.endswith("/impersonate"), "the question")
    office.fill("form[action$='/impersonate']", reason="A request for help, number 7")
    assert office.path == "/user"
    assert "root acts for uma" in office.find(".notice").text
    assert not office.serious_findings()
    office.open("/user/security/two-factor/app")
    assert not office.all("code.key")
    office.open("/user")
    office.find("form[action='/admin/impersonation/end'] button").click()
    office.wait(lambda: office.find("h1").text == "uma", "the administrator again")
    assert "acts for" not in office.find("main").text


def test_the_list_goes_out_as_it_is_filtered(office):
    office.open("/admin/users").fill(FILTERS, q="uma")
    address = office.find("a[download]").get_attribute("href")
    text = office.driver.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then(answer => answer.text()).then(done)", address
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["username"], row["email"], row["state"]) for row in rows] == [("uma", "uma@example.org", "active")]
    assert "argon2" not in text


def test_people_of_the_old_installation_come_in_and_keep_their_passwords(office, server, tmp_path):
    kept = generate_password_hash(Visitor.PASSWORD, method="pbkdf2:sha256:1000")
    file = tmp_path / "people.csv"
    file.write_text(
        "username,email,pw_hashed,user_type\n"
        f"wanda,wanda@example.org,{kept},basic\n"
        f"uma,another@example.org,{kept},basic\n"
    )
    office.open("/admin/users/import").find("input[type=file]").send_keys(str(file))
    office.find("form[action='/admin/users/import'] button[type=submit]").click()
    office.wait(lambda: "Import 1 person?" in office.find("h1").text, "what the list would do")
    assert "uma" in office.find("main table").text
    assert not office.serious_findings()
    office.find("form[action$='/start'] button[type=submit]").click()
    done = eventually(lambda: office.open(office.path).find("h1").text, lambda text: "was imported" in text, 60)
    assert done == "1 person was imported"
    Visitor(server.base).sign_in("wanda")


def test_what_was_done_stands_in_the_audit_trail(office):
    office.open("/admin/audit")
    text = office.find("main").text
    for action in ("account.status_changed", "account.unlocked", "impersonation"):
        assert action in text, text[:3000]
