"""Passkeys with Chromium's virtual device: added, used for the password and for the code, taken away. In this order."""

import pytest
from harness import authenticator
from harness.browser import Browser
from harness.sql import execute
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions

ADD = "form[action='/user/security/passkeys']"
LOG_IN = "form[action='/auth/passkey']"


@pytest.fixture(scope="module")
def browser(server):
    """Passkeys belong to names: this machine's is localhost."""
    browser = Browser(server.base.replace("127.0.0.1", "localhost"))
    options = VirtualAuthenticatorOptions(
        protocol=VirtualAuthenticatorOptions.Protocol.CTAP2,
        transport=VirtualAuthenticatorOptions.Transport.INTERNAL,
        has_resident_key=True,
        has_user_verification=True,
        is_user_verified=True,
    )
    browser.driver.add_virtual_authenticator(options)
    yield browser
    browser.close()


def sign_out(browser) -> None:
    browser.driver.delete_cookie("session")
    assert browser.open("/user").path.startswith("/auth/login")


def test_a_device_is_added(browser):
    browser.sign_up("pia")
    browser.open("/user/security/passkeys").fill(ADD, name="Telephone")
    assert "The passkey is added." in browser.find("main").text
    assert [heading.text for heading in browser.all("main h2")] == ["Telephone"]
    assert len(browser.driver.get_credentials()) == 1
    # Chromium would have us take RSA as well.
    assert [text for text in browser.complaints() if "pubKeyCredParams" not in text] == []


def test_it_signs_in_without_a_password_and_back_to_where_one_was(browser):
    sign_out(browser)
    browser.open("/auth/login?next=/media/upload").fill(LOG_IN)
    assert browser.path == "/media/upload"
    assert "last used" in browser.open("/user/security/passkeys").find("main").text
    assert browser.complaints() == []


def test_it_proves_once_more_who_sits_there(browser, server):
    execute(server, "UPDATE session SET proven_at = 0")
    # What was written past the program is noticed within a second.
    browser.wait(
        lambda: browser.open("/user/security/passkeys").path.startswith("/auth/confirm"), "the question who it is"
    )
    browser.fill("form[action='/auth/confirm/passkey']")
    assert browser.path == "/user/security/passkeys"
    assert browser.complaints() == []


def test_the_same_device_is_not_added_twice(browser):
    page = browser.open("/user/security/passkeys")
    page.find(f"{ADD} [name=name]").send_keys("Once more")
    page.find(f"{ADD} button").click()
    browser.wait(lambda: "was not used" in browser.find("#toasts").text, "the refusal")
    assert len(browser.driver.get_credentials()) == 1


def test_it_stands_in_for_the_code_at_the_second_step(browser):
    browser.open("/user/security/two-factor").fill("form[action='/user/security/two-factor']")
    key = browser.find("code.key").text
    browser.fill("form[action='/user/security/two-factor/app']", code=authenticator.code(key))
    sign_out(browser)
    browser.sign_in("pia")
    assert browser.path.startswith("/auth/second-step")
    browser.fill(LOG_IN)
    assert browser.path == "/user"


def test_one_that_was_removed_opens_nothing(browser):
    browser.open("/user/security/passkeys").fill("form[action$='/remove']")
    assert browser.all("main h2") == []
    sign_out(browser)
    browser.open("/auth/login").fill(LOG_IN)
    assert browser.path == "/auth/passkey"
    assert "could not be used" in browser.find(".error-summary").text
