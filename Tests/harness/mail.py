"""A real SMTP server (aiosmtpd) that takes mails, refuses them, or hangs up, as a test wants it."""

import email
import email.policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from .certificate import Certificate
from .server import free_port

NAME = b"mediashare"
PASSWORD = b"correct horse: battery/staple"


class MailServer:
    """`with MailServer() as mail:`; what it took stands in `mail.taken`."""

    def __init__(
        self,
        starttls: Certificate | None = None,
        tls: Certificate | None = None,
        password: bytes | None = None,
        refusing: dict[str, str] | None = None,
        dropping_every: int = 0,
    ):
        self.taken: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.tried: list[str] = []
        self.were_encrypted: list[bool] = []
        self.dropped = 0
        self._refusing = refusing or {}
        self._dropping_every = dropping_every
        self._connections: dict[object, int] = {}
        self.port = free_port()
        certificate = starttls or tls
        options = {"authenticator": lambda *login: self._judge(password, login[-1]), "auth_required": bool(password)}
        if starttls:
            options |= {"tls_context": starttls.context, "require_starttls": True}
        if tls:
            # Encrypted from the first byte, which aiosmtpd does not count as encrypted.
            options |= {"auth_require_tls": False}
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, ssl_context=tls.context if tls else None, **options
        )
        self.settings = {
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": str(self.port),
            "MAIL_USE_TLS": "true" if starttls else "false",
            "MAIL_USE_SSL": "true" if tls else "false",
            "MAIL_DEFAULT_SENDER": "MediaShare Müller <media@example.org>",
        }
        if certificate:
            self.settings["MAIL_CA_FILE"] = str(certificate.file)
        if password:
            self.settings |= {"MAIL_USERNAME": NAME.decode(), "MAIL_PASSWORD": PASSWORD.decode()}

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_) -> None:
        self._controller.stop()

    @staticmethod
    def _judge(password: bytes | None, data) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (NAME, password)
        return AuthResult(success=right, handled=right)

    # What aiosmtpd calls.

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        if self._hangs_up(server, session, at="MAIL"):
            return "421 gone"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        self.tried.append(address)
        if self._hangs_up(server, session, at="RCPT"):
            return "421 gone"
        if address in self._refusing:
            return self._refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self._hangs_up(server, session, at="DATA"):
            return "421 gone"
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.were_encrypted.append(session.ssl is not None)
        return "250 taken"

    def _hangs_up(self, server, session, at: str) -> bool:
        """Every so-manieth connection is dropped, each time at another point of the conversation."""
        if not self._dropping_every:
            return False
        number = self._connections.setdefault(session, len(self._connections) + 1)
        point = ["MAIL", "RCPT", "DATA"][number // self._dropping_every % 3]
        if number % self._dropping_every or at != point:
            return False
        self.dropped += 1
        server.transport.abort()
        return True


def links(message: EmailMessage) -> list[str]:
    """The addresses that stand on lines of their own in the text."""
    text = message.get_body(("plain",)).get_content()
    return [line.strip() for line in text.splitlines() if line.startswith("http")]
