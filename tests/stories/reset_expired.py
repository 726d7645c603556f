#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An expired link is reported before it asks for a password, and one click requests a new one."""

import sqlite3

import story
from installed import Installed
from reset import ResetStory


class ResetExpired(ResetStory):
    def let_expire(self):
        """Let the link expire, as after half an hour."""
        with sqlite3.connect(self.server.database, timeout=30) as database:
            changed = database.execute(
                "UPDATE users SET reset_password_token_expires = 1"
                " WHERE reset_password_token IS NOT NULL"
            ).rowcount
        database.close()
        self.assertEqual(changed, 1)

    def test(self):
        ada = self.account("ada")
        window = self.open("ada")
        installed = Installed(window)
        self.ask(window, ada)
        link = self.letter(ada).link
        self.let_expire()
        installed.open(link)
        self.agree(window)
        window.find(("heading", "label"), "No Longer Valid")
        self.shot("told")
        window.press("Send a New One")
        # Within a minute of the first request, the server would not send another mail.
        window.find("label", lambda text: text.startswith("Another email can be sent in "))
        self.shot("waits")
        window.find(("heading", "label"), "Check Your Email", timeout=120)
        self.type_code(window, self.letter(ada, 2).code)
        self.choose_password(window, ada)
        self.is_in(window)
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
