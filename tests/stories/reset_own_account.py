#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A signed-in user follows their own reset link: the account continues with the new password."""

import story
from client import Api
from installed import Installed
from reset import NEW_PASSWORD, ResetStory


class ResetOwnAccount(ResetStory):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Still here")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "Still here")
        installed = Installed(window)
        ada.call("askForReset", 202, json_body={"email": ada.user["email"]})
        installed.open(self.letter(ada).link)
        self.agree(window)
        self.choose_password(window, ada)
        window.gone("dialog", "Reset Password")
        bruno.send(conversation, "And further")
        self.tile(window, "bruno", "And further")
        sessions = (
            Api(self.server).sign_in("ada", NEW_PASSWORD).call("listSessions").json["sessions"]
        )
        self.assertEqual(len(sessions), 2, "that of this window, and this one")


if __name__ == "__main__":
    story.main()
