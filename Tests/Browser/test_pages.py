"""Every page, narrow and wide, light and dark: accessible, calm in the console, and never scrolled sideways."""

import pytest
from harness import tus
from harness.browser import NARROW, WIDE
from harness.pages import ADMINISTRATOR, MEMBER, VISITOR, of_item, of_person, plain_pages_of_the_route_table
from harness.sql import make_premium, rows

# Not pages: files for machines, and streams.
NO_PAGES = (
    *("/assets/", "/api/", "/livez", "/readyz", "/uploads", "/media/events", "/robots.txt", "/favicon"),
    *("/admin/audit/export", "/admin/users/export", "/user/notifications/stream"),
)


@pytest.fixture(scope="module")
def places(browser, server, samples):
    """All pages, with an item of a member's own to look at."""
    browser.sign_up("uma")
    make_premium(server, "uma")
    upload = tus.Upload(server.base, server.token("uma"))
    found = VISITOR + MEMBER + ADMINISTRATOR
    for name, file in {"photo": samples.jpeg(), "song": samples.mp3(), "letter": samples.pdf()}.items():
        body = file.read_bytes()
        found += of_item(name, tus.public_id(upload.create(len(body), body, filename=file.name, title=f"My {name}")))
    [[public_id]] = rows(server, "SELECT public_id FROM account WHERE username = 'uma'")
    return found + of_person(public_id)


@pytest.fixture(scope="module")
def cookies(browser, places):
    """What a browser holds in which each of them is signed in."""
    found = {"uma": browser.driver.get_cookies()}
    browser.driver.delete_all_cookies()
    browser.sign_in("root")
    found["root"] = browser.driver.get_cookies()
    return found


def test_no_page_of_the_route_table_is_forgotten(places, server):
    listed = {place.path.split("?")[0] for place in places} | {"/setup"}
    missing = {
        path for path in plain_pages_of_the_route_table(server) if path not in listed and not path.startswith(NO_PAGES)
    }
    assert missing == set(), "add these to Tests/harness/pages.py"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_every_page_is_accessible_calm_and_fits(browser, places, cookies, size, scheme):
    browser.resize(*size)
    browser.prefer(scheme)
    problems = []
    for place in places:
        browser.driver.delete_all_cookies()
        if place.who:
            for cookie in cookies[place.who]:
                browser.driver.add_cookie(cookie)
        browser.open(place.path)
        complaints = [text for text in browser.complaints() if not (place.status >= 400 and str(place.status) in text)]
        problems += [f"{place.path}: console: {text}" for text in complaints]
        problems += [f"{place.path}: axe: {finding}" for finding in browser.serious_findings()]
        if (by := browser.overflow()) > 0:
            problems.append(f"{place.path}: scrolls sideways by {by} pixels")
        headings = [heading.text for heading in browser.all("h1")]
        if len(headings) != 1:
            problems.append(f"{place.path}: h1: {headings}")
        if not browser.driver.title.strip():
            problems.append(f"{place.path}: no title")
    assert problems == [], "\n" + "\n".join(problems)
