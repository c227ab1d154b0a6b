"""Mails, from the form to a real SMTP server and back through the link; and servers on their bad days."""

import re
import time
from email.utils import parsedate_to_datetime

import pytest
import requests
from harness import Visitor, eventually
from harness.mail import PASSWORD, Certificate, MailServer, links
from harness.sql import execute, rows

MAILS = 200


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Certificate:
    return Certificate(tmp_path_factory.mktemp("certificate"))


def states(server) -> list[list[str]]:
    return rows(server, "SELECT recipient, state, reason FROM mail ORDER BY id")


def first_mail(mail: MailServer, server, number: int = 1):
    taken = eventually(lambda: list(mail.taken), lambda taken: len(taken) >= number, timeout=30)
    assert len(taken) >= number, f"{states(server)}\n{server.log()[-2000:]}"
    return taken[number - 1]


def test_a_new_account_confirms_its_address_by_the_link_in_the_mail(make_server, engine, certificate):
    with MailServer(starttls=certificate, password=PASSWORD) as mail:
        server = make_server(engine=engine, **mail.settings).start()
        nora = Visitor(server.base)
        nora.http.headers["Accept-Language"] = "de"
        nora.sign_up("nora")
        message = first_mail(mail, server)
        assert mail.envelopes[0] == ("media@example.org", ["nora@example.org"])
        assert mail.were_encrypted == [True]
        assert message["Subject"] == "Bestätige deine E-Mail-Adresse"
        assert message["From"] == "MediaShare Müller <media@example.org>"
        assert message["To"] == "nora <nora@example.org>"
        assert message["Message-ID"] and parsedate_to_datetime(message["Date"])
        assert message.get_content_type() == "multipart/alternative"
        parts = [part.get_content_type() for part in message.iter_parts()]
        assert parts == ["text/plain", "text/html"], "the best version comes last (RFC 2046 section 5.1.4)"
        link = links(message)[0]
        assert link.startswith(f"{server.base}/auth/verify-email?token=")
        assert link in message.get_body(("html",)).get_content().replace("&amp;", "&")

        # Before that, what the default withholds is withheld.
        assert nora.get("/media/upload").status_code == 403
        answer = nora.submit(link.removeprefix(server.base), with_field="token")
        assert "ist bestätigt" in answer.text
        assert nora.get("/media/upload").status_code == 200
        assert nora.get(link).status_code == 410
        assert [row[1] for row in states(server)] == ["sent"]


def test_a_forgotten_password_is_replaced_over_tls_from_the_first_byte(make_server, certificate):
    with MailServer(tls=certificate, password=PASSWORD) as mail:
        server = make_server(**mail.settings).start()
        signed_in = Visitor(server.base).sign_up("nora")
        visitor = Visitor(server.base)
        visitor.submit("/auth/forgot-password", email="Nora@Example.org")
        visitor.submit("/auth/forgot-password", email="nobody@example.org")
        link = links(first_mail(mail, server, 2))[0]
        new = "another long pass phrase"
        path = link.removeprefix(server.base)
        answer = visitor.submit(path, password=new, password_confirmation=new)
        assert answer.url.endswith("/auth/login"), answer.text
        assert "/auth/login" in signed_in.get("/user").url
        answer = visitor.submit("/auth/login", email="nora@example.org", password=new)
        assert "/auth/logout" in answer.text
        assert first_mail(mail, server, 3)["Subject"] == "Your password was changed"
        assert len(mail.taken) == 3, "the unknown address gets none"


def test_the_doctor_says_whether_the_server_lets_us_in(make_server, certificate):
    with MailServer(starttls=certificate, password=PASSWORD) as mail:
        server = make_server(**mail.settings)
        assert "lets us in" in server.run("doctor", check=False)
        assert mail.tried == []
        server.environment["MAIL_PASSWORD"] = "wrong"
        printed = server.run("doctor", check=False)
        assert "✗ Mail" in printed and "535" in printed, printed
        assert "wrong" not in printed
    assert "✗ Mail" in server.run("doctor", check=False), "nobody listens any more"


def test_a_server_with_a_strange_certificate_is_told_nothing(make_server, certificate):
    with MailServer(starttls=certificate, password=PASSWORD) as mail:
        del mail.settings["MAIL_CA_FILE"]
        server = make_server(**mail.settings).start()
        Visitor(server.base).sign_up("nora")
        found = eventually(lambda: states(server), lambda found: "certificate" in found[0][2].lower())
        assert found[0][1] == "waiting" and "certificate" in found[0][2].lower(), found
        assert mail.tried == [] and mail.taken == []


def test_a_server_without_encryption_gets_no_mail_when_encryption_is_asked_for(make_server):
    with MailServer() as mail:
        server = make_server(**mail.settings | {"MAIL_USE_TLS": "true"}).start()
        Visitor(server.base).sign_up("nora")
        found = eventually(lambda: states(server), lambda found: found[0][2])
        assert found[0][1] == "waiting" and found[0][2], found
        assert mail.tried == []


def test_a_refused_address_is_recorded_and_not_tried_again(make_server, engine):
    refusing = {"nora@example.org": "550 5.1.1 There is no Nora here", "otto@example.org": "451 4.2.0 Come back later"}
    with MailServer(refusing=refusing) as mail:
        server = make_server(engine=engine, **mail.settings).start()
        for name in ("nora", "otto", "uma"):
            Visitor(server.base).sign_up(name)
        eventually(lambda: mail.tried.count("otto@example.org"), lambda tries: tries >= 3, timeout=30)
        found = {row[0].split("@")[0]: row[1:] for row in states(server)}
        assert found["nora"] == ["refused", "550 5.1.1 There is no Nora here"]
        assert found["otto"] == ["waiting", "451 4.2.0 Come back later"]
        assert found["uma"][0] == "sent"
        assert mail.tried.count("nora@example.org") == 1
        assert mail.tried.count("otto@example.org") >= 3
        assert rows(server, "SELECT state FROM job WHERE kind = 'mail.send' AND state = 'dead'") == []


@pytest.mark.timeout(300)
def test_every_mail_arrives_once_through_a_server_that_hangs_up_on_every_third_connection(make_server, engine):
    with MailServer(dropping_every=3) as mail:
        server = make_server(engine=engine, arguments=["--no-jobs"], **mail.settings).start()
        Visitor(server.base).sign_up("nora")
        add_mails(server, MAILS - 1)
        worker = server.worker()
        try:
            eventually(lambda: try_again(server), lambda sent: sent == str(MAILS), timeout=240)
        finally:
            worker.terminate()
            worker.wait(30)
        ids = [message["Message-ID"] for message in mail.taken]
        assert len(ids) == MAILS and len(set(ids)) == MAILS, f"{len(ids)} arrived, {len(set(ids))} of them different"
        assert mail.dropped >= MAILS // 3, mail.dropped


def try_again(server) -> str:
    """Gives those that were hung up on their next try now, and answers how many were sent.

    Pauses double, and of so many mails one or the other is hung up on seven times.
    """
    execute(server, "UPDATE job SET run_after = 0 WHERE kind = 'mail.send' AND state = 'waiting'")
    time.sleep(1)
    return rows(server, "SELECT count(*) FROM mail WHERE state = 'sent'")[0][0]


def add_mails(server, count: int) -> None:
    """More mails of the kind that needs no link, with their jobs, as the program would write them."""
    numbers = f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    execute(
        server,
        f"""INSERT INTO mail (tenant_id, account_id, kind, recipient, language, state, created_at)
            {numbers} SELECT 1, (SELECT max(id) FROM account), 'password_changed', 'nora@example.org', 'en',
                'waiting', i FROM n""",
    )
    execute(
        server,
        """INSERT INTO job (kind, payload, tenant_id, state, priority, run_after, max_attempts, created_at)
           SELECT 'mail.send', '{"mail":"' || id || '"}', 1, 'waiting', 10, 0, 24, 0 FROM mail
           WHERE kind = 'password_changed'""",
    )


def test_without_a_mail_server_development_shows_mails_to_this_machine_alone(make_server):
    server = make_server().start()
    nora = Visitor(server.base).sign_up("nora")
    assert nora.get("/media/upload").status_code == 200, "without a mail server nothing is withheld"
    page = eventually(lambda: nora.get("/dev/mail").text, lambda text: "/dev/mail/" in text)
    shown = nora.get(re.findall(r'href="(/dev/mail/[^"]+)"', page)[0])
    link = re.findall(r'href="(http://[^"]+/auth/verify-email[^"]+)"', shown.text)[0]
    assert "is confirmed" in nora.submit(link.removeprefix(server.base), with_field="token").text
    for header in ("X-Forwarded-For", "Forwarded", "Via"):
        assert requests.get(f"{server.base}/dev/mail", headers={header: "127.0.0.1"}).status_code == 404
    assert requests.get(f"{server.base}/dev/mail", headers={"Host": "evil.example"}).status_code == 404
    assert requests.get(f"{server.base}/dev/mail/..%2fsecret-key").status_code == 404


def test_production_without_a_mail_server_says_so_and_has_no_development_page(make_server):
    server = make_server(MEDIASHARE_ENV="production", MEDIASHARE_BASE_URL="http://127.0.0.1").start()
    assert requests.get(f"{server.base}/dev/mail").status_code == 404
    answer = Visitor(server.base).submit("/auth/forgot-password", email="nora@example.org")
    assert answer.status_code == 503 and "sends no e-mail" in answer.text
