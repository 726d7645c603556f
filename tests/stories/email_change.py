#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing the email address on a server that sends mail: the change takes effect once the code
sent to the new address is entered.
"""

import story
from client import PASSWORD, Api, new_number
from smtp import Post


class EmailChange(story.Story):
    def setUp(self):
        self.post = Post()
        self.addCleanup(self.post.close)
        super().setUp()

    def settings(self):
        return self.post.settings

    def email(self, person):
        return person.call("getMe").json["user"]["email"]

    def test(self):
        ada = self.account("ada")
        before, after = ada.user["email"], f"ada{new_number()}@other.example"
        window = self.signed_in("ada")

        self.preferences(window, "Email Address")
        window.fill(window.find("text", "New email address"), after)
        window.click(window.find(("text", "password text"), "Password"))
        window.type(PASSWORD)
        window.press("Change Email Address")
        window.find("label", lambda text: text.startswith(f"A code has been sent to {after}."))
        letter = self.post.wait(after)
        self.assertEqual(self.email(ada), before, "the address counted before it was confirmed")
        self.shot("code")

        # A wrong code shows an error and changes nothing; the right one works in small letters,
        # too.
        wrong = "0000-0000" if letter.code != "0000-0000" else "1111-1111"
        window.fill(window.find("text", "Code"), wrong)
        window.press("Confirm")
        window.find("label", lambda text: "code" in text and text != "Code" and "sent" not in text)
        self.shot("wrong")
        self.assertEqual(self.email(ada), before)
        window.key("ctrl+a", "BackSpace")
        window.type(letter.code.lower())
        window.press("Confirm")
        window.find("label", "Email address changed")
        window.find("label", after)
        ada.user["email"] = after
        self.assertEqual(self.email(ada), after)
        self.post.wait(before)  # the old address is informed
        Api(self.server).sign_in(after)


if __name__ == "__main__":
    story.main()
