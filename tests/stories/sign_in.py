#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in: the keyring keeps the session for the next start, and no file contains a secret."""

import story
from client import PASSWORD


class SignIn(story.Story):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        for n in range(4):
            bruno.send(bruno.group(ada, title=f"Group {n}"), "Hello")
        bruno.send(bruno.direct(ada), "Welcome, ada")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "Welcome, ada")
        self.focused_first(window, "bruno")
        self.shot("in")
        self.assertEqual(window.quit(), 0)
        self.assert_no_secret(window)

        again = self.open("ada")
        self.tile(again, "bruno", "Welcome, ada")
        bruno.send(bruno.direct(ada, expect=200), "And again")
        self.tile(again, "bruno", "And again")
        self.shot("again")
        tokens = [row for row in ada.call("listSessions").json["sessions"] if not row["current"]]
        self.assertEqual(len(tokens), 1, "the second start made another session")

    def focused_first(self, window, name):
        """The focus waits at the first conversation, however many arrive above it."""
        from window import has_state

        self.tile(window, "Group 0")
        window.find(
            "list item",
            lambda text: text.startswith(name + ","),
            where=lambda node: has_state(node, "focused"),
        )

    def assert_no_secret(self, window):
        kept = b"".join(path.read_bytes() for path in window.home.rglob("*") if path.is_file())
        self.assertFalse(PASSWORD.encode() in kept, "the password lies in a file")


if __name__ == "__main__":
    story.main()
