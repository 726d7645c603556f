#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a server that takes people by invitation only, an administrator makes one, and it brings in one person."""

import re

import story
from administration import Administration
from client import PASSWORD


class Invite(Administration):
    SIZE = "2000x760"

    def settings(self):
        return [("registration", "policy", "invitation")]

    def register(self, window, code):
        """At first with a code that is none."""
        self.find_server(window)
        window.press("Create an Account")
        for field, text in (("Username", "bruno"), ("Email address", "bruno@mail.example"), ("Password", PASSWORD),
                            ("Invitation code", "WRNG-C0DE")):
            window.fill(window.find(("text", "password text"), field), text)
        window.key("Return")
        window.find("label", "This invitation code is wrong, used up or has expired.")
        window.screenshot("Invite-wrong")
        window.xdotool("windowsize", "--sync", window.xid(), "360", "640")
        window.screenshot("Invite-narrow")
        window.fill(window.find("text", "Invitation code"), code)
        window.key("Return")
        window.find("button", "New Conversation")

    def test(self):
        self.server.cli("user", "add", "ada", "ada@mail.example", "--role", "admin", stdin=PASSWORD + "\n")
        ada = self.signed_in("ada")
        self.open_administration(ada)
        self.open_row(ada, "Invitations")
        ada.find("label", "No open invitations")
        self.push(ada, "Create Invitation")
        ada.find("dialog", "Invitation")
        code = ada.find("label", lambda text: re.fullmatch(r"[0-9A-Z-]{8,}", text)).get_name()
        self.shot("code")
        ada.key("Escape")
        ada.gone("dialog", "Invitation")
        ada.find("list item", "1 of 1 use left")

        self.register(self.open("bruno"), code)
        ada.key("Escape")
        self.open_row(ada, "Invitations")
        ada.find("label", "No open invitations")


if __name__ == "__main__":
    story.main()
