#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unread messages are counted in the list; viewing the conversation marks them as read, here and on
the server.
"""

import time

import story
from confabd import wait_for


class Unread(story.Story):
    def all_read(self, window, name):
        """Check the conversation list: accessible names of messages begin with the name, too."""
        window.find(
            "list item",
            lambda text: text.startswith(name + ",") and "unread" not in text,
            within=("list", "Conversations"),
        )

    def test(self):
        ada, bruno, carla = self.account("ada"), self.account("bruno"), self.account("carla")
        conversation = bruno.direct(ada)
        other = carla.direct(ada)
        for n in range(3):
            bruno.send(conversation, f"Message {n}")
        carla.send(other, "From carla")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "3 unread")
        self.tile(window, "carla", "1 unread")
        self.shot("unread")
        self.open_conversation(window, "bruno")
        self.message(window, "Message 2")
        self.shot("opened")
        self.all_read(window, "bruno")
        wait_for(
            lambda: ada.mirror().tables["read_positions"].get(conversation, {}).get("last_read_seq")
            == 3,
            "the read position at the server",
        )
        self.tile(window, "carla", "1 unread")
        self.open_conversation(window, "carla")
        bruno.send(conversation, "One more")
        self.tile(window, "bruno", "1 unread", "One more")
        self.all_read(window, "carla")
        self.shot("read")

        # A message that arrives while a dialog covers the timeline is read once the dialog closes.
        window.key("alt+Return")
        window.find("dialog", "Conversation Details")
        carla.send(other, "Behind a dialog")
        self.tile(window, "carla", "1 unread", "Behind a dialog")
        time.sleep(2)
        self.tile(window, "carla", "1 unread", "Behind a dialog")
        window.key("Escape")
        self.all_read(window, "carla")

        # Go to the unread conversation by keyboard, wherever it is in the list.
        window.key("alt+shift+Down")
        self.message(window, "One more", "First unread, ")
        self.all_read(window, "bruno")

        # Mute the conversation here, and end that on another device.
        window.press("Conversation Menu")
        window.choose("Mute")
        window.choose("For 1 Hour")
        self.tile(window, "bruno", ", muted")
        window.press("Undo")
        self.loud(window, "bruno")
        ada.change_settings(conversation, "none")
        self.open_conversation(window, "carla")
        bruno.send(conversation, "Quietly")
        self.tile(window, "bruno", "1 unread", ", muted", "Quietly")
        self.shot("muted")
        ada.change_settings(conversation)
        self.loud(window, "bruno")

    def loud(self, window, name):
        window.find(
            "list item",
            lambda text: text.startswith(name + ",") and ", muted" not in text,
            within=("list", "Conversations"),
        )


if __name__ == "__main__":
    story.main()
