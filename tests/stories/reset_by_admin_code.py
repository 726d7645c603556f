#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a server without mail, an administrator hands over a code; the reset page accepts it in any
spelling.
"""

import re

import story
from client import Api
from reset import NEW_PASSWORD, ResetStory


class ResetByAdminCode(ResetStory):
    MAIL = False

    def test(self):
        ada = self.account("ada")
        window = self.open("ada")
        self.forget(window, "ada")
        window.find(("heading", "label"), "Enter Code")
        window.find("label", lambda text: "Test cannot send email" in text)
        self.shot("asked")
        self.assertEqual(window.text("Username or email"), "ada")  # as typed when signing in

        issued = self.server.cli("user", "reset-code", "ada")
        code = re.search(r"^Code: (\S+)$", issued, re.M)[1]
        self.type_code(window, "0000-0000" if code != "0000-0000" else "1111-1111")
        window.find("label", lambda text: "is wrong" in text)
        self.shot("wrong")

        entry = window.find("text", "Code")
        window.click(entry)
        window.key("ctrl+a")
        window.type(code.lower().replace("-", ""))
        self.assertEqual(window.text("Code"), code)
        window.key("Return")
        window.find("label", lambda text: text.startswith("You have 23 h 59 min left"))
        self.choose_password(window, ada)
        self.is_in(window)
        Api(self.server).sign_in("ada", NEW_PASSWORD)
        self.nothing_is_kept()


if __name__ == "__main__":
    story.main()
