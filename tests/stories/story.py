# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base class of all stories: it starts a desktop and a server, and has the steps that stories
share.
"""

import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from client import PASSWORD, Api, new_number  # noqa: E402
from confabd import Server, wait_for  # noqa: E402, F401
from desktop import Desktop  # noqa: E402


class Story(unittest.TestCase):
    KEYRING = "unlocked"
    SIZE = "1000x760"
    SETTINGS = ""  # lines of GTK's settings.ini

    def setUp(self):
        self.desktop = self.make_desktop()
        self.desktop.__enter__()
        self.addCleanup(self.desktop.__exit__)
        os.environ.update(self.desktop.env)
        self.server = Server(*self.settings())
        self.prepare()
        self.server.start()
        self.addCleanup(self.close_server)
        self.windows = []

    def make_desktop(self):
        return Desktop(keyring=self.KEYRING, size=self.SIZE)

    def settings(self):
        """Additional settings of the server."""
        return []

    def prepare(self):
        """Called before the server starts."""

    def close_server(self):
        for window in self.windows:
            if window.process.poll() is None:
                window.stop()
        self.server.close()

    def tearDown(self):
        for window in self.windows:
            window.screenshot(f"{self.id()}-end-{window.person}")
            window.check_log()

    def shot(self, name):
        self.windows[0].screenshot(f"{type(self).__name__}-{name}")

    # ---- users ----

    def account(self, username, **more):
        """Create an account. Return a session of it, apart from those of windows."""
        return Api(self.server).register(username, f"{username}{new_number()}@mail.example", **more)

    def open(self, person, **more):
        """Start Confab for a person, whose directories remain between starts. more: environment
        variables.
        """
        from window import Window  # libatspi looks for its bus when it is loaded

        window = Window(
            self.desktop, person, number=len({w.person for w in self.windows} - {person}) + 1
        )
        window.more = more
        window.settings = self.SETTINGS
        self.windows = [w for w in self.windows if w.person != person] + [window]
        return window.start()

    # ---- signing in ----

    def find_server(self, window):
        window.fill(window.find("text", "Server address"), self.server.url)
        window.press("Continue")
        window.find(("heading", "label"), "Sign In")

    def sign_in(self, window, login, password=PASSWORD):
        self.find_server(window)
        window.fill(window.find("text", "Username or email"), login)
        window.fill(window.find(("text", "password text"), "Password"), password)
        window.press("Sign In")

    def signed_in(self, login, **more):
        window = self.open(login, **more)
        self.sign_in(window, login)
        window.find("button", "New Conversation")
        return window

    def preferences(self, window, *rows):
        """Open the preferences, and then the pages behind the given rows."""
        window.key("ctrl+comma")
        window.find("dialog", "Preferences")
        for row in rows:
            window.activate(row)

    # ---- messages ----

    def tile(self, window, name, *parts):
        """Find the conversation in the list whose description contains all parts."""
        return window.find(
            "list item", lambda text: text.startswith(name + ",") and all(p in text for p in parts)
        )

    def open_conversation(self, window, name):
        self.tile(window, name)
        window.press(lambda text: text.startswith(name + ","), "list item")
        return self.composer(window)

    def composer(self, window):
        return window.find("text", "Message")

    def write(self, window, text):
        window.fill(self.composer(window), text)
        window.key("Return")

    def message(self, window, text, *parts, absent=()):
        """Find the message in the timeline whose description has all parts and none of absent."""

        def said(name):
            return (
                text in name
                and all(p in name for p in parts)
                and not any(p in name for p in absent)
            )

        return window.find("list item", said, within=("list", "Messages"))

    def sent(self, window, text):
        return self.message(window, "You, ", text, absent=("Waiting to be sent",))


def main():
    unittest.main(verbosity=2)
