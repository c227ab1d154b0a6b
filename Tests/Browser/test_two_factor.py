"""Two-step sign-in: set up with an app, used, and turned off again. In this order."""

from urllib.parse import unquote

import pytest
from harness import Visitor, authenticator

APP = "form[action='/user/security/two-factor/app']"
STEP = "form[action='/auth/second-step']"


class Pocket:
    """What somebody carries: the key in the app, and the sheet with the recovery codes."""

    key = ""
    codes: list[str] = []


@pytest.fixture(scope="module")
def pocket() -> Pocket:
    return Pocket()


def sign_in_again(browser) -> None:
    browser.driver.delete_cookie("session")
    browser.sign_in("nora")


def test_the_app_is_set_up_by_its_key_and_a_first_code(browser, pocket):
    browser.sign_up("nora")
    browser.open("/user/security/two-factor").fill("form[action='/user/security/two-factor']")
    assert browser.path == "/user/security/two-factor/app"
    assert browser.find(".qr svg").size["width"] >= 200
    assert not browser.serious_findings()
    pocket.key = browser.find("code.key").text
    browser.fill(APP, code="000000")
    assert "not right" in browser.find("#field-code-error").text
    browser.fill(APP, code=authenticator.code(pocket.key))
    pocket.codes = [item.text for item in browser.all(".codes code")]
    assert len(set(pocket.codes)) == 10
    assert not browser.serious_findings() and not [text for text in browser.complaints() if "422" not in text]


def test_the_recovery_codes_can_be_downloaded_and_are_shown_once(browser, pocket):
    link = browser.find("a[download]").get_attribute("href")
    assert unquote(link.split(",", 1)[1]).split() == pocket.codes
    assert pocket.codes[0] not in browser.open("/user/security/two-factor").find("main").text


def test_the_password_alone_leads_to_the_second_step_and_nowhere_else(browser):
    sign_in_again(browser)
    assert browser.path.startswith("/auth/second-step")
    assert browser.open("/user").path.startswith("/auth/login")


def test_a_code_of_the_app_signs_in(browser, pocket):
    browser.open("/auth/second-step").fill(STEP, code="000000")
    assert "not right" in browser.find("#field-code-error").text
    # That of the next step: the one of this step was used for setting up.
    browser.fill(STEP, code=authenticator.code(pocket.key, later=1))
    assert browser.path == "/user"


def test_a_recovery_code_signs_in_once(browser, pocket):
    for code, path in ((pocket.codes[0], "/user"), (pocket.codes[0], "/auth/second-step"), (pocket.codes[1], "/user")):
        sign_in_again(browser)
        browser.fill(STEP, code=code)
        assert browser.path == path
    assert "8 codes are left" in browser.open("/user/security/two-factor").find("main").text


def test_it_is_turned_off_with_password_and_code(browser, pocket):
    form = "form[action='/user/security/two-factor/off']"
    browser.open("/user/security/two-factor/off").fill(form, password=Visitor.PASSWORD, code=pocket.codes[2])
    assert browser.path == "/user/security/two-factor"
    assert "is off" in browser.find(".notice").text
    sign_in_again(browser)
    assert browser.path == "/user"
