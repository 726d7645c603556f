#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user becomes a moderator, sees a toast about it, and removes a message: the other window shows
it as removed, and by whom.
"""

import story


class Moderate(story.Story):
    SIZE = "2000x760"

    def said(self, window, text):
        """Find a message by its text."""
        from window import text_of

        return lambda: window.look("paragraph", where=lambda node: text_of(node) == text)

    def choose_last(self, window):
        story.wait_for(window.menu_items, "the menu")
        window.choose(len(window.menu_items()))

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        group = ada.group(bruno, title="Plans")
        bruno.send(group, "something unkind")
        left, right = self.signed_in("ada"), self.signed_in("bruno")
        self.open_conversation(left, "Plans")
        self.open_conversation(right, "Plans")

        self.server.cli("user", "set-role", "ada", "moderator")
        left.find("label", lambda text: "made you a moderator" in text)
        self.shot("role")
        left.press("Dismiss")

        left.click(self.said(left, "something unkind"))
        left.key("Menu")
        self.choose_last(left)
        left.find(("dialog", "alert"), "Remove Message?")
        self.shot("asking")
        left.key("alt+r")
        for window in (left, right):
            self.message(window, "Message removed", absent=("something unkind",))
            self.tile(window, "Plans", "Message removed")
        right.find("label", "ada removed a message of yours.")
        self.shot("removed")
        self.assertEqual([row["content"] for row in bruno.history(group).rows["messages"]], [""])


if __name__ == "__main__":
    story.main()
