#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak on a desktop that has no backend for the Secret portal."""

import unittest

from sandbox import APP_ID, PASSWORD, SandboxStory


class NoSecrets(SandboxStory):
    KEYRING = None

    def test_session_only(self):
        """Confab says that it cannot keep the session, keeps it nowhere, and asks again."""
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Before")

        window = self.open("ada")
        self.sign_in(window, "ada")
        window.find("label", lambda text: "There is no keyring" in text)
        self.tile(window, "bruno", "Before")
        self.shot("told")
        self.assertEqual(window.quit(), 0)

        own = self.desktop.home / ".var/app" / APP_ID
        self.assertEqual(list(own.rglob("*.keyring")), [])

        window = self.open("ada")
        self.tile(window, "bruno", "Before")
        window.press("Sign In Again")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        window.press("Sign In", inside=window.find("dialog", "Sign In Again"))
        bruno.send(conversation, "After")
        self.tile(window, "bruno", "After")
        self.assertEqual(window.quit(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
