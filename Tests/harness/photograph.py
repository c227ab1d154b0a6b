"""Pictures of every page of the demonstration platform: `python -m harness.photograph FOLDER`."""

import sys
import tempfile
from pathlib import Path

from .browser import NARROW, WIDE, Browser
from .pages import ADMINISTRATOR, MEMBER, VISITOR, Place, of_item, of_person
from .server import Server
from .sql import rows

# The member of the cast whose pages are shown; `mediashare demo` says the password of the cast.
WHO = "uma"


def places(server: Server) -> list[Place]:
    """The pages, with one item of each kind."""
    found = VISITOR + MEMBER + ADMINISTRATOR
    kinds = rows(
        server,
        "SELECT kind, min(public_id) FROM media WHERE deleted_at IS NULL AND status = 'ready' AND owner_id IN "
        f"(SELECT id FROM account WHERE username = '{WHO}') GROUP BY kind ORDER BY kind",
    )
    for kind, public_id in kinds:
        found += of_item(kind, public_id)
    [[public_id]] = rows(server, f"SELECT public_id FROM account WHERE username = '{WHO}'")
    return found + of_person(public_id)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        server = Server(Path(temporary))
        password = server.run("demo", timeout=900).split()[-1]
        with server:
            browser = Browser(server.base)
            try:
                for who in (None, WHO, "root"):
                    browser.driver.delete_all_cookies()
                    if who:
                        browser.sign_in(who, password)
                    for place in places(server):
                        if place.who == who:
                            photograph(browser, place, folder)
            finally:
                browser.close()


def photograph(browser: Browser, place: Place, folder: Path) -> None:
    for size in (NARROW, WIDE):
        for scheme in ("light", "dark"):
            browser.resize(*size)
            browser.prefer(scheme)
            browser.open(place.path)
            browser.run("document.querySelectorAll('img[loading=lazy]').forEach(img => img.loading = 'eager')")
            browser.wait(lambda: browser.run("return [...document.images].every(img => img.complete)"), "the pictures")
            browser.photograph(folder / f"{place.name}-{size[0]}-{scheme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
