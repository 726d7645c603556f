#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reset continues after Confab was closed in the middle of it, twice."""

import story
from reset import ResetStory


class ResetHalfWay(ResetStory):
    def test(self):
        ada = self.account("ada")
        window = self.open("ada")
        self.ask(window, ada)
        code = self.letter(ada).code
        [attributes] = self.kept()
        self.assertEqual(set(attributes), {"xdg:schema", "kind", "server", "version", "expires"})
        self.assertEqual(attributes["server"], self.server.url)
        self.assertEqual(window.quit(), 0)

        again = self.open("ada")
        again.find(("heading", "label"), "Check Your Email")
        again.find("label", lambda text: ada.user["email"] in text)
        self.type_code(again, code)
        again.find(("heading", "label"), "New Password")
        self.assertEqual(len(self.kept()), 1)
        self.assertEqual(again.quit(), 0)

        last = self.open("ada")
        self.choose_password(last, ada)
        self.is_in(last)
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
