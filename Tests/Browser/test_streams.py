"""An account that may play one thing at once, in two browsers: who is too many is told, and takes over."""

import time

import pytest
from harness import API, eventually, tus
from harness.browser import Browser
from harness.sql import execute

VIDEO = "document.querySelector('video')"
NOTICE = ".stream-notice"


@pytest.fixture(scope="module")
def films(server, samples) -> dict[str, str]:
    """Pages of a film that is played as it is, and of one that is fed piece by piece."""
    token = server.token("root")
    pages = {}
    for title, sample in (("Plain", samples.mp4()), ("Pieces", samples.hevc())):
        body = sample.read_bytes()
        answer = tus.Upload(server.base, token).create(len(body), body, filename=sample.name, title=title)
        pages[title] = answer.headers["Media-Location"]
    for page in pages.values():
        API(server.base, token).wait_until_processed(page.split("/")[-1])
    execute(server, "UPDATE user_type SET streams = 1 WHERE code = 'admin'")
    return pages


@pytest.fixture(scope="module")
def sofa(browser):
    browser.sign_in("root")
    return browser


@pytest.fixture(scope="module")
def train(server):
    browser = Browser(server.base)
    browser.sign_in("root")
    yield browser
    browser.close()


def press_play(browser) -> None:
    browser.run(f"{VIDEO}.muted = true; {VIDEO}.play().catch(() => {{}})")


def plays(browser) -> None:
    start = browser.run(f"return {VIDEO}.currentTime")
    browser.wait(lambda: browser.run(f"return {VIDEO}.currentTime") > start + 0.3, "playing")


def told(browser, part: str) -> str:
    notice = browser.find(NOTICE)
    browser.wait(lambda: notice.is_displayed() and browser.find(f"{NOTICE} [data-{part}]").is_displayed(), part, 10)
    return notice.text


@pytest.mark.parametrize(("first", "second"), [("Plain", "Pieces"), ("Pieces", "Plain")])
def test_who_is_too_many_takes_over(sofa, train, films, first, second):
    sofa.open(films[first])
    press_play(sofa)
    plays(sofa)
    train.open(films[second])
    press_play(train)
    text = told(train, "full")
    assert first in text and "Chrom" in text and "since" in text
    assert train.run(f"return {VIDEO}.paused")
    assert train.serious_findings() == []
    train.resize(390, 844)
    assert train.overflow() == 0
    train.resize(1440, 900)

    train.find(f"{NOTICE} li button").click()
    began = time.monotonic()
    plays(train)
    assert not train.find(NOTICE).is_displayed()
    told(sofa, "taken")
    assert time.monotonic() - began < 5 and sofa.run(f"return {VIDEO}.paused")

    sofa.find(f"{NOTICE} [data-again]").click()
    assert second in told(sofa, "full")
    sofa.find(f"{NOTICE} li button").click()
    plays(sofa)
    sofa.open("/media")
    train.open("/media")


def test_closing_a_page_gives_its_stream_back(sofa, train, films):
    sofa.open(films["Plain"])
    press_play(sofa)
    plays(sofa)
    sofa.open("/media")
    train.open(films["Pieces"])
    began = time.monotonic()

    def tries() -> bool:
        press_play(train)
        return not train.run(f"return {VIDEO}.paused") and train.run(f"return {VIDEO}.currentTime > 0")

    assert eventually(tries, bool, 10) and time.monotonic() - began < 10
    train.open("/media")


def test_looking_at_a_page_takes_no_stream(sofa, train, films):
    train.open(films["Plain"])
    press_play(train)
    plays(train)
    for page in films.values():
        sofa.open(page)
    plays(train)
    assert not train.find(NOTICE).is_displayed()
