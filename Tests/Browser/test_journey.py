"""The main road: sign up, upload one file of every kind, see each become ready, watch, sign out. In this order."""

import pytest
import requests
from harness import eventually
from harness.sql import allow_any_number_of_streams

READY_TIMEOUT = 240


class Journey:
    """What one step leaves for the next."""

    def __init__(self):
        self.items: dict[str, str] = {}
        self.bytes: set[str] = set()


@pytest.fixture(scope="module")
def journey() -> Journey:
    return Journey()


@pytest.fixture(scope="module")
def files(samples) -> dict:
    return {
        "film": samples.mp4(),
        "old-film": samples.avi(),
        "song": samples.mp3(),
        "portrait": samples.jpeg(),
        "letter": samples.pdf(),
    }


def test_a_person_signs_up(browser, server):
    allow_any_number_of_streams(server)
    browser.sign_up("uma")
    assert "/auth/register" not in browser.path
    assert browser.all("form[action='/auth/logout']")


def test_five_files_are_uploaded_at_once(browser, journey, files):
    browser.open("/media/upload")
    chooser = browser.find("input[type=file]")
    assert chooser.get_attribute("multiple") is not None
    chooser.send_keys("\n".join(str(file) for file in files.values()))

    def finished():
        links = {link.get_attribute("href").rsplit("/", 1)[1] for link in browser.all("main a[href*='/media/']")}
        return links - {"upload", "trash"} if len(links - {"upload", "trash"}) >= len(files) else None

    found = browser.wait(finished, "five uploads", timeout=90)
    for item in found:
        title = browser.open(f"/media/{item}").find("h1").text.lower()
        name = next(name for name in sorted(files, key=len, reverse=True) if name in title.replace(" ", "-"))
        journey.items[name] = item
    assert set(journey.items) == set(files)


@pytest.mark.parametrize("name", ["film", "old-film", "song", "portrait", "letter"])
def test_each_becomes_ready_and_shows_its_thumbnail(browser, journey, name):
    item = journey.items[name]

    def is_ready():
        return browser.open(f"/media/{item}").all("[data-status]") == []

    ready = eventually(is_ready, bool, READY_TIMEOUT)
    assert ready, browser.find("main").text
    assert not browser.all("form[action$='/retry']"), browser.find("main").text

    browser.open("/media?mine=1")
    picture = f"[data-media='{item}'] img"
    browser.run("document.querySelectorAll('img[loading=lazy]').forEach(img => img.loading = 'eager')")
    browser.wait(lambda: browser.run(f'return document.querySelector("{picture}")?.naturalWidth'), "the thumbnail")
    width, height = browser.run(
        "const img = document.querySelector(arguments[0]); return [img.naturalWidth, img.naturalHeight]", picture
    )
    assert 0 < width <= 300 and 0 < height <= 300
    if name == "portrait":
        assert height > width, "the thumbnail lies on its side"


@pytest.mark.parametrize("name,tag", [("film", "video"), ("old-film", "video"), ("song", "audio")])
def test_it_plays_from_the_start_and_from_the_middle(browser, journey, name, tag):
    browser.open(f"/media/{journey.items[name]}")
    assert play_for_a_moment(browser, tag) > 0
    duration = browser.run(f"return document.querySelector('{tag}').duration")
    assert duration > 5

    browser.run(f"document.querySelector('{tag}').currentTime = arguments[0]", duration / 2)
    browser.wait(lambda: not browser.run(f"return document.querySelector('{tag}').seeking"), "the seek")
    position = play_for_a_moment(browser, tag)
    assert duration / 2 < position < duration / 2 + 4
    if tag == "video":
        assert browser.run("return document.querySelector('video').videoWidth") > 0
    journey.bytes |= what_was_played(browser, tag)


def what_was_played(browser, tag: str) -> set[str]:
    """Where its bytes came from: the source, or the pieces that script fed to it."""
    source = browser.run(f"return document.querySelector('{tag}').currentSrc")
    if not source.startswith("blob:"):
        return {source}
    fetched = browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
    pieces = {name for name in fetched if "/media/" in name and "/stream" in name and "/api/" not in name}
    assert any(name.endswith(".m4s") for name in pieces), fetched
    return pieces


def play_for_a_moment(browser, tag: str) -> float:
    """Plays until time has moved on; answers where it is."""
    start = browser.run(
        f"const it = document.querySelector('{tag}'); it.muted = true; it.play(); return it.currentTime"
    )
    problem = f"return document.querySelector('{tag}').error?.message"
    browser.wait(
        lambda: browser.run(f"return document.querySelector('{tag}').currentTime") > start + 0.3,
        f"playing ({browser.run(problem)})",
    )
    browser.run(f"document.querySelector('{tag}').pause()")
    return browser.run(f"return document.querySelector('{tag}').currentTime")


def test_the_photo_stands_upright(browser, journey):
    browser.open(f"/media/{journey.items['portrait']}")
    shown = "const img = document.querySelector('.stage img'); return img?.complete && img.naturalWidth"
    browser.wait(lambda: browser.run(shown), "the photo")
    width, height = browser.run(
        "const box = document.querySelector('.stage img').getBoundingClientRect(); return [box.width, box.height]"
    )
    assert height > width
    journey.bytes.add(browser.run("return document.querySelector('.stage img').currentSrc"))


def test_the_paper_is_shown(browser, server, journey):
    browser.open(f"/media/{journey.items['letter']}")
    browser.find(".stage a").click()
    browser.wait(lambda: browser.all(".stage iframe"), "the browser's viewer")
    address = browser.find(".stage iframe").get_attribute("src")
    answer = fetched(browser, address)
    assert answer["status"] == 200 and answer["type"] == "application/pdf" and answer["start"].startswith("%PDF-")
    journey.bytes.add(address)


def test_nothing_complained_on_the_way(browser):
    assert browser.complaints() == []


def test_nobody_else_and_nobody_signed_out_gets_a_byte(browser, server, journey):
    for item in journey.items.values():
        journey.bytes |= {f"{server.base}/media/{item}/{what}" for what in ("file", "download", "thumbnail", "play")}
    before = {address: fetched(browser, address)["status"] for address in sorted(journey.bytes)}
    assert all(status in (200, 206, 404) for status in before.values()), before
    assert sum(status == 200 for status in before.values()) >= 3 * len(journey.items), before
    cookies = {cookie["name"]: cookie["value"] for cookie in browser.driver.get_cookies()}

    browser.run("document.querySelector(\"form[action='/auth/logout']\").requestSubmit()")
    browser.wait(lambda: not browser.all("form[action='/auth/logout']"), "signing out")

    for address in sorted(journey.bytes):
        for who in ({}, cookies):
            answer = requests.get(address, cookies=who, allow_redirects=False, timeout=30)
            assert answer.status_code in (302, 303, 401, 404), f"{address} answered {answer.status_code}"
            assert (
                not answer.content.startswith((b"%PDF", b"\xff\xd8", b"RIFF", b"ID3"))
                and b"ftyp" not in answer.content[:16]
                and b"styp" not in answer.content[:16]
                and not answer.content.startswith(b"#EXTM3U")
            )


def fetched(browser, address: str) -> dict:
    """What the page itself would get: status, type and the first bytes."""
    return browser.driver.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        fetch(arguments[0]).then(async answer => done({
            status: answer.status,
            type: (answer.headers.get('content-type') || '').split(';')[0],
            start: new TextDecoder('latin1').decode((await answer.arrayBuffer()).slice(0, 16)),
        }), problem => done({status: 0, type: '', start: String(problem)}));
        """,
        address,
    )
