# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending mail: to all kinds of mail servers, to servers that refuse it, into a directory."""

import socket
import stat
import time
import unittest

from client import Api, new_number
from confabd import Server, ServerError, wait_for
from smtp import SENDER, Letter, Post, free_port


class Mail(unittest.TestCase):
    def post(self, **options):
        post = Post(**options)
        self.addCleanup(post.close)
        return post

    def serve(self, *settings, password=None):
        """password: for signing in at the mail server."""
        server = Server(*settings)
        self.addCleanup(server.close)
        if password:
            secret = server.directory / "secret"
            secret.write_text(password + "\n")
            server.settings += [("mail", "user", "confab"), ("mail", "password_file", secret)]
        return server.start()

    def ask(self, server):
        """Request a reset for a new user. Return their email."""
        api = Api(server)
        self.addCleanup(api.close)
        email = f"mail{new_number()}@mail.example"
        api.register(email=email)
        api.call("askForReset", 202, json_body={"email": email})
        return email

    def assert_logged(self, server, event):
        wait_for(lambda: event in server.log(), f"{event!r} in the log")

    def test_plain(self):
        post = self.post()
        server = self.serve(*post.settings, ("server", "name", "Plaza „Ñandú“"))
        email = self.ask(server)
        letter = post.wait(email)
        self.assertEqual(letter.recipients, [email])
        [sender] = letter.message["From"].addresses
        self.assertEqual((sender.addr_spec, sender.display_name), (SENDER, "Plaza „Ñandú“"))
        self.assertEqual(letter.message["Auto-Submitted"], "auto-generated")
        self.assertLess(abs(letter.message["Date"].datetime.timestamp() - time.time()), 120)
        self.assertTrue(letter.message["Message-ID"].endswith("@place.example>"))
        self.assertIn("Plaza „Ñandú“", letter.subject)
        self.assertIn("Plaza „Ñandú“", letter.text)
        self.assertEqual(letter.message.defects, [])

    def test_starttls_and_account(self):
        post = self.post(security="starttls", account=("confab", "söcret"))
        server = self.serve(*post.settings, password="söcret")
        post.wait(self.ask(server))
        self.assertEqual(post.sessions, [(True, True)])
        # One connection is used for several mails.
        post.wait(self.ask(server))

    def test_tls_and_account(self):
        post = self.post(security="tls", account=("confab", "secret"))
        server = self.serve(*post.settings, password="secret")
        post.wait(self.ask(server))
        self.assertEqual(post.sessions, [(True, True)])

    def test_wrong_account(self):
        post = self.post(security="starttls", account=("confab", "secret"))
        server = self.serve(*post.settings, password="another")
        self.ask(server)
        self.assert_logged(server, "event=mail-unsent kind=password-reset")
        self.assertEqual(post.letters, [])
        self.assertNotIn("another", server.log())

    def test_never_in_the_clear(self):
        """If the server offers no encryption, or an attacker removes the offer, nothing is sent."""
        post = self.post()
        settings = [setting for setting in post.settings if setting[1] != "security"]
        server = self.serve(*settings)
        self.ask(server)
        self.assert_logged(server, "event=mail-delayed kind=password-reset")
        self.assertEqual(post.letters, [])
        self.assertEqual(server.stop(), 0)
        self.assert_logged(server, "event=mail-unsent kind=password-reset")

    def test_wrong_certificate(self):
        post = self.post(security="starttls")
        settings = [setting for setting in post.settings if setting[1] != "authorities"]
        server = self.serve(*settings)
        self.ask(server)
        self.assert_logged(server, "event=mail-delayed kind=password-reset")
        self.assertEqual(post.letters, [])

    def test_tried_again(self):
        post = self.post(replies=["451 4.7.1 greylisted, try again later"])
        server = self.serve(*post.settings)
        post.wait(self.ask(server))
        self.assert_logged(server, "event=mail-sent kind=password-reset")
        self.assertIn("event=mail-delayed kind=password-reset", server.log())

    def test_refused(self):
        post = self.post(replies=["550 5.1.1 no such user"])
        server = self.serve(*post.settings)
        email = self.ask(server)
        self.assert_logged(server, "event=mail-unsent kind=password-reset")
        # The next mail is sent.
        other = self.ask(server)
        post.wait(other)
        self.assertEqual(post.to(email), [])
        self.assertNotIn(email, server.log())

    def test_mail_server_comes_late(self):
        port = free_port()
        server = self.serve(
            ("mail", "host", "127.0.0.1"),
            ("mail", "port", port),
            ("mail", "from", SENDER),
            ("mail", "security", "none"),
        )
        email = self.ask(server)
        self.assert_logged(server, "event=mail-delayed")
        self.post(port=port).wait(email)

    def test_stopping_sends_what_waits(self):
        post = self.post()
        server = self.serve(*post.settings)
        email = self.ask(server)
        self.assertEqual(server.stop(), 0)
        self.assertEqual(len(post.to(email)), 1)

    def test_stopping_does_not_wait_for_ever(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            server = self.serve(
                ("mail", "host", "127.0.0.1"),
                ("mail", "port", silent.getsockname()[1]),
                ("mail", "from", SENDER),
                ("mail", "security", "none"),
            )
            self.ask(server)
            connection, _ = silent.accept()
            began = time.monotonic()
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.monotonic() - began, 30)
            self.assertIn(
                'event=mail-unsent kind=password-reset user=1 message="the server is stopping"',
                server.log(),
            )
            connection.close()

    def test_directory(self):
        server = Server()
        directory = server.directory / "mail"
        server.settings += [("mail", "directory", directory), ("mail", "from", SENDER)]
        server.start()
        self.addCleanup(server.close)
        email = self.ask(server)
        [path] = wait_for(lambda: list(directory.glob("*.eml")), "a file")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(directory.stat().st_mode), 0o700)
        letter = Letter([], path.read_bytes())
        self.assertEqual(letter.to, email)
        self.assertTrue(letter.link and letter.code)

    def test_misconfigured(self):
        server = Server(
            ("mail", "host", "127.0.0.1"),
            ("mail", "from", SENDER),
            ("mail", "user", "u"),
            ("mail", "password_file", "/nonexistent/password"),
        )
        self.assertRaisesRegex(ServerError, "/nonexistent/password", server.start)
        server.close()
