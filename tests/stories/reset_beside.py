#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reset while another account is open: the open account stays, whatever happens to the reset."""

import story
from client import Api
from installed import Installed
from reset import NEW_PASSWORD, ResetStory


class ResetBeside(ResetStory):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        window = self.signed_in("bruno")
        installed = Installed(window)
        ada.call("askForReset", 202, json_body={"email": ada.user["email"]})
        installed.open(self.letter(ada).link)
        window.find("label", lambda text: "You stay signed in as bruno." in text)
        self.shot("asked")
        self.agree(window)
        window.find("dialog", "Reset Password")
        self.shot("dialog")
        self.choose_password(window, ada)
        window.gone("dialog", "Reset Password")
        self.is_in(window)
        Api(self.server).sign_in("ada", NEW_PASSWORD)
        self.assertEqual(
            len(bruno.call("listSessions").json["sessions"]), 2, "bruno is signed in here still"
        )
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
