"""What somebody downloads of their data, as Python's zipfile reads it."""

import io
import json
import re
import zipfile

from harness import Visitor, eventually
from harness.sql import execute


def test_everything_comes_along_and_nobody_else_gets_it(server, samples):
    nora = Visitor(server.base).sign_up("nora-export")
    execute(server, "UPDATE account SET email_verified_at = created_at WHERE username = 'nora-export'")
    photo = samples.jpeg().read_bytes()
    nora.submit("/media/upload", title="My photo", files={"file": ("photo.jpg", photo)})
    nora.submit("/user/profile/export", originals="1")
    page = eventually(lambda: nora.get("/user/profile/export").text, lambda text: "/user/profile/export/" in text)
    link = re.search(r'href="(/user/profile/export/[^"]+)"', page)
    assert link, page
    answer = nora.get(link[1])
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["Cache-Control"] == "private, no-store"

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        originals = [name for name in archive.namelist() if name.startswith("originals/")]
        assert [archive.read(name) for name in originals] == [photo]
        [account] = json.loads(archive.read("data/account.json"))
        assert (account["username"], account["email"]) == ("nora-export", "nora-export@example.org")
        [item] = json.loads(archive.read("data/media.json"))
        assert (item["title"], item["size"]) == ("My photo", len(photo))
        assert json.loads(archive.read("data/sessions.json"))[0]["user_agent"] == "MediaShare tests"

    # It goes on where it stopped, for its owner alone.
    rest = nora.get(link[1], headers={"Range": "bytes=10-"})
    assert (rest.status_code, rest.content) == (206, answer.content[10:])
    assert Visitor(server.base).sign_up("otto-export").get(link[1]).status_code == 404
