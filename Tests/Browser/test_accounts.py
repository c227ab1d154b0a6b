"""What a person does about their own account: confirm the address, choose a new password, log out a lost telephone.

In this order.
"""

import pytest
from harness import Visitor

ANOTHER = "another long enough pass phrase"


@pytest.fixture(scope="module")
def telephone(server) -> Visitor:
    """Where she is logged in besides the browser."""
    telephone = Visitor(server.base)
    telephone.http.headers["User-Agent"] = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1"
    )
    return telephone


def follow_mail(browser, subject: str) -> None:
    """Opens the newest mail of that subject, and the address in it."""

    def newest():
        links = browser.open("/dev/mail").all("main a[href*='/dev/mail/']")
        return next((link for link in links if subject in link.text), None)

    browser.wait(newest, f"a mail about “{subject}”").click()
    browser.wait(lambda: browser.all("main a[href*='/auth/']"), "the mail")
    browser.find("main a[href*='/auth/']").click()
    browser.wait(lambda: browser.path.startswith("/auth/"), "the page of the link")


def test_who_signs_up_confirms_the_address_by_the_link_in_the_mail(browser):
    browser.sign_up("nora")
    follow_mail(browser, "Confirm")
    assert not browser.serious_findings()
    browser.fill("form[action='/auth/verify-email']")
    assert "is confirmed" in browser.find("body").text


def test_the_link_works_once(browser):
    follow_mail(browser, "Confirm")
    assert not browser.all("form[action='/auth/verify-email']")
    assert "is confirmed" not in browser.find("main").text


def test_who_forgot_the_password_chooses_a_new_one_and_is_logged_out_everywhere(browser, telephone):
    telephone.sign_in("nora")
    browser.driver.delete_all_cookies()
    browser.open("/auth/forgot-password").fill("form[action='/auth/forgot-password']", email="nora@example.org")
    follow_mail(browser, "password")
    form = "form[action='/auth/reset-password']"
    browser.fill(form, password=ANOTHER, password_confirmation="something else entirely")
    assert browser.all("#field-password_confirmation-error")
    browser.fill(form, password=ANOTHER, password_confirmation=ANOTHER)
    assert "/auth/login" in telephone.get("/user").url
    browser.sign_in("nora")
    assert browser.path.startswith("/auth/login"), "the old password still works"
    browser.sign_in("nora", ANOTHER)
    assert browser.path == "/user"


def test_a_lost_telephone_is_logged_out_from_the_list(browser, telephone):
    telephone.submit("/auth/login", email="nora@example.org", password=ANOTHER)
    assert "/auth/logout" in telephone.get("/user").text
    rows = {row.text.splitlines()[0]: row for row in browser.open("/user/security").all("main tbody tr")}
    lost = next(row for name, row in rows.items() if "Safari" in name)
    lost.find_element("css selector", "button").click()
    browser.wait(lambda: "Safari" not in browser.find("main table").text, "the list without it")
    assert "/auth/login" in telephone.get("/user").url
    assert browser.open("/user").path == "/user", "the browser itself stays logged in"
