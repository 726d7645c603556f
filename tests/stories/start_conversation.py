#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting a direct conversation and a group from one dialog, and opening the card of a member to
write to them.
"""

import story
from confabd import wait_for

ABOUT = "Beekeeper in Bergamo"

# What libadwaita leaves between a dialog and the edges of the window, at most.
MARGIN = 48


class StartConversation(story.Story):
    def find_people(self, window):
        window.press("New Conversation")
        window.find("dialog", "New Conversation")

    def uses_its_room(self, dialog, button):
        """Return whether the dialog shows its last button whole, or is as high as the window."""
        from window import Atspi

        button, dialog, window = (
            Atspi.Component.get_extents(one.get_component_iface(), Atspi.CoordType.WINDOW)
            for one in (button, dialog, self.windows[0].frame())
        )
        shown = dialog.y <= button.y and button.y + button.height <= dialog.y + dialog.height
        return shown or dialog.height >= window.height - 2 * MARGIN

    def test(self):
        self.account("ada")
        self.account("bruno").call("changeProfile", json_body={"about": ABOUT})
        brigitte = self.account("brigitte")
        window = self.signed_in("ada")

        with self.subTest("with one person: a click on them"):
            self.find_people(window)
            window.fill(window.find("entry", "Find people"), "br")
            window.find("list item", "bruno")
            window.find("label", ABOUT)
            self.assertIsNone(window.look("check box"))
            self.shot("people")
            window.press("brigitte", "list item")
            self.write(window, "Hello, brigitte")
            self.sent(window, "Hello, brigitte")
            self.assertEqual(
                [row["content"] for row in brigitte.mirror().tables["messages"].values()],
                ["Hello, brigitte"],
            )

        with self.subTest("with several: a group"):
            self.find_people(window)
            window.activate("New Group")
            window.fill(window.find("text", "Group name (optional)"), "Walks")
            window.press("bruno", "list item")
            window.press("brigitte", "list item")
            self.shot("group")
            window.press("Create")
            self.write(window, "Hello, all")
            self.sent(window, "Hello, all")

        with self.subTest("a click on one whom one talks with already opens that conversation"):
            self.find_people(window)
            window.press("brigitte", "list item")
            self.message(window, "Hello, brigitte")

        with self.subTest("whom one talks with can be looked at"):
            window.key("alt+Return")
            dialog = window.find("dialog", "Conversation Details")
            window.find("label", "Member", inside=dialog)
            self.shot("brigitte")
            window.activate("Walks")
            self.message(window, "Hello, all")

        with self.subTest("whoever is in a group can be looked at, and written to"):
            window.key("alt+Return")
            window.find("list item", "bruno", inside=window.find("dialog"))
            wait_for(
                lambda: self.uses_its_room(
                    window.find("dialog"), window.find("button", "Leave Conversation…")
                ),
                "the last button to be seen whole, as far as there is room",
            )
            window.activate("bruno")
            window.find("button", "Message")
            window.find("label", ABOUT)
            window.find("list item", "Walks", within=("list", "Groups in common"))
            self.shot("bruno")
            window.press("Message")
            self.write(window, "Hello, bruno")
            self.sent(window, "Hello, bruno")


if __name__ == "__main__":
    story.main()
