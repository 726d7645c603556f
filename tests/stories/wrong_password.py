#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A wrong password is reported, the text entered stays, and the right password then works."""

import story
from client import PASSWORD


class WrongPassword(story.Story):
    def test(self):
        self.account("ada")
        window = self.open("ada")
        self.sign_in(window, "ada", "not the right password")
        window.find(
            ("label", "alert"),
            lambda text: "password" in text.lower()
            and ("wrong" in text.lower() or "match" in text.lower() or "incorrect" in text.lower()),
        )
        self.shot("told")
        self.assertEqual(window.text("Username or email"), "ada")
        window.fill(window.find(("text", "password text"), "Password"), PASSWORD)
        window.key("Return")
        window.find("button", "New Conversation")


if __name__ == "__main__":
    story.main()
