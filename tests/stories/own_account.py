#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Managing one's account: changing the username, which others see at once; changing the password,
which ends other sessions; none of it offline; and deleting the account.
"""

import story
from client import PASSWORD
from confabd import wait_for

NEW_PASSWORD = "violet tractor umbrella 47"


class OwnAccount(story.Story):
    SIZE = "2000x760"

    def fill_password(self, window, name, text):
        field = window.find(("text", "password text"), name)
        window.click(field)
        window.type(text)

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        both = ada.direct(bruno)
        ada.send(both, "Hello")
        window, other = self.signed_in("ada"), self.signed_in("bruno")
        self.tile(other, "ada", "Hello")

        # A taken name is reported while typing; a free one appears in the other window.
        self.preferences(window, "Username")
        window.fill(window.find("text", "Username"), "bruno")
        window.find("label", lambda text: "Someone else has this username" in text)
        window.fill(window.find("text", "Username"), "adele")
        window.find("label", "This username is available")
        self.shot("username")
        window.press("Change Username")
        window.find("list item", "Signed-In Devices")
        self.tile(other, "adele", "Hello")

        # A wrong password is reported beside the entry; the right one changes it and ends the other
        # session.
        window.activate("Password")
        self.fill_password(window, "Current password", "not my password at all")
        self.fill_password(window, "New password", NEW_PASSWORD)
        window.press("Change Password")
        window.find("label", "This password is wrong.")
        self.shot("password")
        window.key("ctrl+a", "BackSpace")
        window.type(PASSWORD)
        window.press("Change Password")
        window.find("list item", "Signed-In Devices")
        wait_for(lambda: ada.call("getMe", (200, 401)).status == 401, "the other session's end")
        self.shot("page")
        window.toasts_gone()  # one covers Delete Account

        # Nothing can be changed while offline.
        self.server.stop()
        window.find(
            "label", "Your account can be changed once there is a connection to the server."
        )
        self.shot("offline")
        self.server.start()
        window.gone(
            "label", "Your account can be changed once there is a connection to the server."
        )

        # Delete the account by entering username and password: it is gone here, but its messages
        # remain.
        window.toasts_gone()
        window.activate("Delete Account…", "button")
        window.fill(window.find("text", "Your username"), "adele")
        self.fill_password(window, "Password", PASSWORD)
        window.press("Delete Account")
        window.find("label", "This password is wrong.")
        self.shot("delete")
        window.key("ctrl+a", "BackSpace")
        window.type(NEW_PASSWORD)
        window.press("Delete Account")
        window.find("text", "Server address")
        self.tile(other, "Deleted account", "Hello")
        # The other user cannot write to the deleted account, but can read the history and remove
        # it.
        other.press(lambda text: text.startswith("Deleted account,"), "list item")
        other.find(name="This person has deleted their account.")
        other.gone("text", "Message")
        self.message(other, "Hello")
        self.shot("deleted")
        other.key("alt+Return")
        other.press(
            "Remove From This Computer", inside=other.find("dialog", "Conversation Details")
        )
        other.gone("list item", lambda name: name.startswith("Deleted account,"))


if __name__ == "__main__":
    story.main()
