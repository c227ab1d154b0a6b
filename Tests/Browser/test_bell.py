"""The bell: its number changes by itself when a file becomes ready, and goes when all is read."""

import pytest
from harness import Visitor

BELL = ".bell-count"


@pytest.fixture(scope="module")
def elsewhere(server):
    """The same person at another machine."""
    return Visitor(server.base).sign_up("nora")


def test_the_bell_counts_what_becomes_ready_elsewhere(server, browser, elsewhere):
    browser.sign_in("nora")
    browser.open("/user/profile")
    assert not browser.find(BELL).is_displayed()
    mark = browser.run("return (window.isSame = {}) && true")
    assert mark
    elsewhere.submit("/media/upload", title="Notes", files={"file": ("notes.txt", b"Some notes.\n")})
    browser.wait(lambda: browser.find(BELL).is_displayed() and browser.find(BELL).text == "1", "the number in the bell")
    assert "1 unread" in browser.find(".bell").get_attribute("aria-label")
    assert browser.run("return window.isSame !== undefined"), "the page was not loaded again"
    assert not browser.complaints()


def test_the_bell_leads_to_the_list_and_from_there_to_the_item(browser):
    browser.find(".bell").click()
    browser.wait(lambda: browser.path == "/user/notifications", "the list")
    entry = browser.find(".notification-new")
    assert "“Notes” is ready" in entry.text
    assert not browser.serious_findings()
    entry.find_element("css selector", "a").click()
    browser.wait(lambda: browser.path.startswith("/media/"), "the item")
    assert browser.find("h1").text == "Notes"


def test_all_are_marked_as_read(browser):
    browser.open("/user/notifications").fill("form[action='/user/notifications/read']")
    assert "marked as read" in browser.find(".notice").text
    assert not browser.all(".notification-new") and not browser.find(BELL).is_displayed()
    browser.open("/user/notifications?unread=1")
    assert "You have seen everything" in browser.find("main").text
    assert not browser.serious_findings() and not browser.complaints()
