#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The link in the mail starts Confab, and the window opens with the question about it."""

import story
from installed import Installed
from reset import ResetStory


class ResetLinkCold(ResetStory):
    def test(self):
        ada = self.account("ada")
        window = self.open("ada")
        installed = Installed(window)
        self.ask(window, ada)
        link = self.letter(ada).link
        self.assertEqual(window.quit(), 0)

        installed.open_cold(link)
        self.agree(window)
        self.choose_password(window, ada)
        self.is_in(window)
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
