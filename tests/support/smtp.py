# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server on loopback, and a parser for the mails that it receives."""

import email
import email.policy
import logging
import re
import socket
import ssl
import threading
import urllib.parse
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from certificate import certificate
from confabd import wait_for

SENDER = "confab@place.example"
LINK = re.compile(r"confab://\S+")
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


# Silence aiosmtpd's warnings about clients that misbehave on purpose.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", module="aiosmtpd")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Letter:
    """A mail, parsed as a mail program would."""

    def __init__(self, recipients, content):
        self.recipients = recipients
        self.content = content
        self.message = email.message_from_bytes(content, policy=email.policy.default)

    @property
    def to(self):
        [address] = self.message["To"].addresses
        return address.addr_spec

    @property
    def subject(self):
        return self.message["Subject"]

    @property
    def text(self):
        return self.message.get_content()

    @property
    def link(self):
        [link] = LINK.findall(self.text)
        return link

    @property
    def token(self):
        return urllib.parse.parse_qs(urllib.parse.urlsplit(self.link).query)["token"][0]

    @property
    def code(self):
        [code] = CODE.findall(LINK.sub("", self.text))
        return code


class Post:
    """A mail server. security: none, starttls or tls; account: (user, password) that clients must
    sign in with.

    replies: the answers to the first RCPT commands, before mail is accepted.
    """

    def __init__(self, security="none", account=None, replies=(), port=None):
        self.security = security
        self.account = account
        self.replies = list(replies)
        self.letters = []
        self.sessions = []  # (encrypted, signed in) of each mail
        self.lock = threading.Lock()
        options = {}
        if security != "none":
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*certificate())
            options = (
                {"ssl_context": context}
                if security == "tls"
                else {"tls_context": context, "require_starttls": True}
            )
        if account:
            # aiosmtpd does not recognize implicit TLS as encryption.
            options |= {
                "authenticator": self._authenticate,
                "auth_required": True,
                "auth_require_tls": security == "starttls",
            }
        self.port = port or free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self.controller.start()

    def close(self):
        self.controller.stop()

    @property
    def settings(self):
        """Return the configuration for a confabd that sends mail here, except the account's
        password.
        """
        settings = [
            ("mail", "host", "127.0.0.1"),
            ("mail", "port", self.port),
            ("mail", "from", SENDER),
            ("mail", "security", self.security),
        ]
        if self.security != "none":
            settings.append(("mail", "authorities", certificate()[0]))
        return settings

    # ---- called by aiosmtpd ----

    def _authenticate(self, server, session, envelope, mechanism, data):
        good = (data.login, data.password) == tuple(part.encode() for part in self.account)
        return AuthResult(success=good, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):
        with self.lock:
            if self.replies:
                return self.replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        with self.lock:
            self.letters.append(Letter(list(envelope.rcpt_tos), envelope.content))
            self.sessions.append(
                (session.ssl is not None or self.security == "tls", bool(session.authenticated))
            )
        return "250 OK"

    # ---- called by tests ----

    def to(self, address, subject=""):
        """Return the letters to an address whose subject contains the given text."""
        with self.lock:
            return [
                letter
                for letter in self.letters
                if letter.to == address and subject in letter.subject
            ]

    def wait(self, address, number=1, subject=""):
        """Wait until that many letters have arrived. Return the newest."""
        return wait_for(
            lambda: len(letters := self.to(address, subject)) >= number and letters,
            f"letter {number} to {address}",
        )[-1]
