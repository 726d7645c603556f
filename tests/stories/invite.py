#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""On a server that requires invitations, an administrator makes one, and it admits one person: its
link contains both the server's address and the code.
"""

import re

import story
from administration import Administration
from client import PASSWORD
from confabd import wait_for
from installed import Installed


class Invite(Administration):
    SIZE = "2000x760"

    def settings(self):
        return [("registration", "policy", "invitation")]

    def register(self, window, link):
        """Enter the link as the server's address; it works like an address, at first with a wrong
        code.
        """
        window.fill(window.find("text", "Server address"), link)
        window.press("Continue")
        for field, text in (
            ("Username", "bruno"),
            ("Email address", "bruno@mail.example"),
            ("Password", PASSWORD),
            ("Invitation link or code", "WRNG-C0DE"),
        ):
            window.fill(window.find(("text", "password text"), field), text)
        window.key("Return")
        window.find("label", "This invitation code is wrong, has been used or has expired.")
        window.screenshot("Invite-wrong")
        window.xdotool("windowsize", "--sync", window.xid(), "360", "640")
        window.screenshot("Invite-narrow")
        window.click(window.find("text", "Invitation link or code"))
        window.key("ctrl+a", "ctrl+v")  # copied in ada's window
        wait_for(lambda: window.text("Invitation link or code") == link, "the link in its field")
        window.key("Return")
        window.find("button", "New Conversation")

    def open_link(self, window, link, code):
        """Open the link from outside while a user is signed in: a question appears, and the user
        can go back.
        """
        Installed(window).open(link)
        window.find("alert", "Accept Invitation?")
        window.press("Continue", inside=window.find("alert"))
        window.find(("heading", "label"), "Create an Account")
        self.assertEqual(window.text("Invitation link or code"), code)
        window.screenshot("Invite-opened")
        window.key("Escape", "Escape")
        window.press("Back to Your Conversations")
        window.find("button", "New Conversation")

    def test(self):
        self.server.cli(
            "user", "add", "ada", "ada@mail.example", "--role", "admin", stdin=PASSWORD + "\n"
        )
        ada = self.signed_in("ada")
        self.open_administration(ada)
        self.open_row(ada, "Invitations")
        ada.find("label", "There are no open invitations.")
        self.push(ada, "Create Invitation")
        ada.find("dialog", "Invitation")
        code = ada.find("label", lambda text: re.fullmatch(r"[0-9A-Z-]{8,}", text)).get_name()
        link = ada.find("label", lambda text: text.startswith("confab://invitation?")).get_name()
        self.shot("code")
        ada.tab_to("Copy Link")
        ada.key("Return")
        ada.find("label", "Copied")
        ada.press("Close", inside=ada.find("dialog", "Invitation"))
        ada.gone("dialog", "Invitation")
        ada.find("list item", "1 of 1 use left")

        self.register(self.open("bruno"), link)
        ada.key("Escape")
        self.open_row(ada, "Invitations")
        ada.find("label", "There are no open invitations.")
        ada.key("Escape")
        self.open_row(ada, "Audit")
        ada.find("label", "For 1 person")
        ada.key("Escape", "Escape")
        ada.gone("dialog")
        self.open_link(ada, link, code)


if __name__ == "__main__":
    story.main()
