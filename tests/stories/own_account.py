#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One's own account: another username, which others see at once; another password, which ends other
sessions; nothing of it without the server; and at last no account at all."""

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

        # What is taken is told while it is typed; the other window follows what is not.
        self.preferences(window, "Username")
        window.fill(window.find("text", "Username"), "bruno")
        window.find("label", lambda text: "Someone else has this username" in text)
        window.fill(window.find("text", "Username"), "adele")
        window.find("label", "This username is available")
        self.shot("username")
        window.press("Change Username")
        window.find("list item", "Signed-In Devices")
        self.tile(other, "adele", "Hello")

        # A wrong password is told beside it; the right one changes it and ends the session that is elsewhere.
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
        window.toasts_gone()  # one lies over Delete Account

        # Nothing can be changed without the server.
        self.server.stop()
        window.find(
            "label", "Your account can be changed once there is a connection to the server."
        )
        self.shot("offline")
        self.server.start()
        window.gone(
            "label", "Your account can be changed once there is a connection to the server."
        )

        # Deleted, once the username and the password are typed: gone here, and what was written stays there.
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
        # Nothing can be written to them any more; what is there can be read, and removed from this computer.
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
