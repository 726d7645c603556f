#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""With an account open, an unfinished reset is offered and can be discarded."""

import story
from client import PASSWORD
from reset import ResetStory


class ResetOffered(ResetStory):
    def test(self):
        ada = self.account("ada")
        self.account("bruno")
        window = self.open("bruno")
        self.ask(window, ada)
        window.key("Escape", "Escape")
        window.find(("heading", "label"), "Sign In")
        window.fill(window.find("text", "Username or email"), "bruno")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        window.press("Sign In")
        self.is_in(window)
        self.assertEqual(window.quit(), 0)

        again = self.open("bruno")
        alert = again.find("alert", "Continue Resetting Your Password?")
        self.shot("offered")
        again.press("Discard", inside=alert)
        again.gone("alert")
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
