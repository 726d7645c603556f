# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base class of the stories about a forgotten password."""

import story
from confabd import wait_for
from smtp import Post

NEW_PASSWORD = "umbrella, tuesday, nine geese"


class ResetStory(story.Story):
    MAIL = True

    def setUp(self):
        self.post = Post() if self.MAIL else None
        if self.post:
            self.addCleanup(self.post.close)
        super().setUp()

    def settings(self):
        return self.post.settings if self.post else []

    # ---- at the window ----

    def forget(self, window, login):
        """Go from the server's address to the page that asks for the email."""
        self.find_server(window)
        window.fill(window.find("text", "Username or email"), login)
        window.press("Forgot Password?")

    def ask(self, window, person):
        self.forget(window, person.user["email"])
        window.find(("heading", "label"), "Reset Password")
        self.assertEqual(window.text("Email address"), person.user["email"])
        window.press("Send Email")
        window.find(("heading", "label"), "Check Your Email")

    def type_code(self, window, code):
        window.fill(window.find("text", "Code"), code)
        window.press("Continue")

    def question(self, window):
        alert = window.find("alert", "Reset Your Password?")
        window.find("label", self.server.url.removeprefix("http://"), inside=alert)
        return alert

    def agree(self, window):
        """Confirm the question about a link, which names the server."""
        alert = self.question(window)
        window.press("Continue", inside=alert)

    def choose_password(self, window, person, password=NEW_PASSWORD):
        window.find(("heading", "label"), "New Password")
        window.find("label", lambda text: text.startswith(f"for {person.name} on Test"))
        window.fill(window.find(("text", "password text"), "New password"), password)
        window.press("Set Password")

    def is_in(self, window):
        window.find("button", "New Conversation")

    # ---- inspection ----

    def requests(self):
        """Return how many requests the server has answered."""
        return self.server.log().count("event=request")

    def letter(self, person, number=1):
        return self.post.wait(person.user["email"], number, subject="new password")

    def kept(self):
        """Return the attributes of the keyring's reset entries, which any program can read."""
        import gi

        gi.require_version("Secret", "1")
        from gi.repository import Secret

        service = Secret.Service.get_sync(
            Secret.ServiceFlags.OPEN_SESSION | Secret.ServiceFlags.LOAD_COLLECTIONS, None
        )
        found = service.search_sync(None, {"kind": "reset"}, Secret.SearchFlags.ALL, None)
        service.disconnect()
        return [item.get_attributes() for item in found]

    def nothing_is_kept(self):
        wait_for(lambda: not self.kept(), "the keyring to have nothing of a reset")
