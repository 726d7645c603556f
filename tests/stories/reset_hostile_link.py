#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links not written by a server are reported and never followed, and an invented token does not
work.
"""

import story
from installed import Installed
from reset import ResetStory


class ResetHostileLink(ResetStory):
    def test(self):
        window = self.open("ada")
        window.find("text", "Server address")
        installed = Installed(window)
        before = self.requests()
        token = "A" * 43
        for link, words in (
            (
                f"confab://reset?server=http%3A%2F%2Fchat.example.org&token={token}",
                "without encryption",
            ),
            (
                f"confab://reset?server={self.server.url}&token={token}&next=evil",
                "cannot open this link",
            ),
            ("confab://reset", "cannot open this link"),
        ):
            installed.open(link)
            window.find("label", lambda text: words in text)
            window.press("Close", inside=window.find("alert", "Link Cannot Be Opened"))
            window.gone("alert", "Link Cannot Be Opened")

        link = f"confab://reset?server={self.server.url}&token={token}"
        installed.open(link)
        self.question(window)
        window.key("Return")  # like a user who was typing
        window.gone("alert")
        self.assertEqual(self.requests(), before)
        self.nothing_is_kept()

        installed.open(link)
        self.agree(window)
        window.find(("heading", "label"), "No Longer Valid")
        self.shot("invalid")
        window.press("Ask for a New One")
        window.find(("heading", "label"), "Reset Password")
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
