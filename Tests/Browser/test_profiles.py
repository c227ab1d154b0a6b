"""Who is watching: profiles with a PIN, a history for each, and a child who does not see everything. In this order."""

import pytest
from harness import Visitor, tus
from harness.sql import allow_any_number_of_streams, make_premium
from selenium.webdriver.common.keys import Keys

PLAYER = "document.querySelector('video')"
ADD = "form[action='/user/profiles/add']"


@pytest.fixture(scope="module")
def film(server, browser, samples) -> str:
    """The page of a film of uma's that everybody may see."""
    allow_any_number_of_streams(server)
    browser.sign_up("uma")
    make_premium(server, "uma")
    body = samples.mp4().read_bytes()
    upload = tus.Upload(server.base, server.token("uma"))
    answer = upload.create(len(body), body, filename="film.mp4", title="Film", visibility="public")
    page = answer.headers["Media-Location"]
    browser.wait(lambda: browser.open(page).all("media-player"), "the film", timeout=120)
    return page


def tile(browser, name: str):
    return next(tile for tile in browser.all(".tile") if tile.find_element("css selector", ".tile-name").text == name)


def click(browser, element) -> None:
    page = browser.find("html")
    element.click()
    browser.wait(lambda: page.id != browser.find("html").id, "the next page")


def begun(browser) -> list[str]:
    return [one.text for one in browser.open("/user").all("[aria-labelledby=begun-title] .card-title")]


def play_to(browser, page: str, seconds: float) -> None:
    browser.open(page)
    told = "performance.getEntriesByType('resource').filter(one => one.name.endsWith('/position')).length"
    browser.wait(lambda: browser.run(f"return {PLAYER}.readyState >= 1"), "the film's length")
    browser.run(f"{PLAYER}.muted = true; {PLAYER}.currentTime = {seconds}; {PLAYER}.play()")
    browser.wait(lambda: browser.run(f"return {PLAYER}.currentTime > {seconds}"), "playing")
    before = browser.run(f"return {told}")
    browser.run(f"{PLAYER}.pause()")
    browser.wait(lambda: browser.run(f"return {told}") > before, "being told")


def test_what_is_begun_waits_in_the_overview_and_goes_on_there(browser, film):
    assert begun(browser) == [] and "waits for you here" in browser.find(".hint").text
    play_to(browser, film, 6)
    assert begun(browser) == ["Film"]
    browser.open(film)
    browser.wait(lambda: browser.run(f"return {PLAYER}.currentTime >= 6"), "going on")


def test_two_profiles_are_made(browser):
    browser.open("/user/profiles/add").find("input[name=picture][value=robot]").send_keys(Keys.SPACE)
    browser.fill(ADD, name="Max", pin="47x1")
    assert "4 to 8 digits" in browser.find("#field-pin-error").text
    browser.fill(ADD, pin="4711")
    assert browser.path == "/user/profiles/manage"
    browser.open("/user/profiles/add").find("[name=age_limit] option[value='12']").click()
    browser.fill(ADD, name="Mia")
    assert [one.text for one in browser.all(".profile-row strong")] == ["uma", "Max", "Mia"]
    assert not browser.serious_findings()


def test_a_pin_is_asked_for_and_a_wrong_one_is_refused(browser):
    assert browser.open("/user").path == "/user/profiles?next=%2Fuser"
    assert not browser.serious_findings()
    click(browser, tile(browser, "Max"))
    browser.fill("form.form", profile_pin="0000")
    assert "not the PIN" in browser.find("#field-profile_pin-error").text
    browser.fill("form.form", profile_pin="4711")
    assert browser.path == "/user" and "Hello, Max" in browser.find("h1").text


def test_each_has_a_history_of_its_own(browser, film):
    assert begun(browser) == []
    assert browser.open(film).find("media-player").get_attribute("data-place") is None
    play_to(browser, film, 8)
    assert begun(browser) == ["Film"]
    browser.open("/user/profiles")
    click(browser, tile(browser, "uma"))
    assert float(browser.open(film).find("media-player").get_attribute("data-place")) < 8


def test_the_tiles_are_chosen_by_keys(browser):
    browser.open("/user/profiles")
    browser.run("document.querySelector('.tile').focus()")
    for key, name in ((Keys.ARROW_RIGHT, "Max"), (Keys.ARROW_RIGHT, "Mia"), (Keys.ARROW_RIGHT, "uma")):
        browser.driver.switch_to.active_element.send_keys(key)
        assert browser.driver.switch_to.active_element.text.startswith(name)


def test_a_child_sees_what_is_rated_for_it_and_no_way_out(browser, film):
    browser.open(f"{film}/edit").find("[name=age_rating] option[value='16']").click()
    browser.fill(f"form[action='{film}/edit']")
    assert browser.find(".item-line").text.count("From 16 years") == 1
    browser.open("/user/profiles")
    click(browser, tile(browser, "Mia"))
    for page in ("/media", "/media?mine=1", "/media?q=film", "/user"):
        assert "Film" not in browser.open(page).find("main").text
    assert "404" in browser.open(film).find("main").text
    assert not browser.open("/user").all("a[href='/media/upload'], a[href='/admin']")
    browser.open("/user/profiles")
    click(browser, tile(browser, "uma"))
    browser.fill("form.form", current_password="a guess of a child")
    assert "not your current password" in browser.find("#field-current_password-error").text
    browser.fill("form.form", current_password=Visitor.PASSWORD)
    assert browser.path == "/user" and begun(browser) == ["Film"]


def test_a_profile_is_removed_with_what_it_watched(browser):
    row = next(row for row in browser.open("/user/profiles/manage").all(".profile-row") if "Max" in row.text)
    click(browser, row.find_element("css selector", "a[href$='/delete']"))
    assert "1 item" in browser.find("main").text
    browser.fill("form.form", profile_pin="4711")
    assert [one.text for one in browser.all(".profile-row strong")] == ["uma", "Mia"]
