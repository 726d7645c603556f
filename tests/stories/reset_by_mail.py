#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A forgotten password: the link in the mail, opened through the desktop, leads to a page for a new
one.
"""

import story
from client import Api, PASSWORD
from installed import Installed
from reset import NEW_PASSWORD, ResetStory


class ResetByMail(ResetStory):
    def test(self):
        ada = self.account("ada")
        window = self.open("ada")
        installed = Installed(window)
        self.ask(window, ada)
        window.find("label", lambda text: f"If {ada.user['email']} has an account on Test" in text)
        window.find("label", lambda text: text.startswith("Link and code are valid for 29:"))
        window.find("button", lambda text: text.startswith("Send Again in "))
        self.shot("mailed")

        before = self.requests()
        installed.open(self.letter(ada).link)
        self.question(window)
        self.shot("asked")
        self.assertEqual(self.requests(), before, "the server was asked before the person was")
        self.agree(window)

        self.choose_password(window, ada, "passwordpassword")
        window.find("label", lambda text: "too easy to guess" in text)
        self.shot("refused")
        self.choose_password(window, ada)
        self.is_in(window)
        self.shot("in")

        ada.call("getMe", expect=401)
        Api(self.server).call(
            "signIn",
            expect=401,
            json_body={"login": "ada", "password": PASSWORD, "device_name": "test"},
        )
        Api(self.server).sign_in("ada", NEW_PASSWORD)
        self.post.wait(ada.user["email"], subject="was changed")
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
