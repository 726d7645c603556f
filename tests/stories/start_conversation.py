#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person is looked for by the beginning of a name, and a conversation begins."""

import story


class StartConversation(story.Story):
    def test(self):
        self.account("ada")
        bruno = self.account("bruno")
        self.account("brigitte")
        window = self.signed_in("ada")
        window.press("New Conversation")
        window.fill(window.find("entry", "Find people"), "br")
        window.find("list item", "brigitte")
        self.shot("people")
        window.press("bruno", "list item")
        self.write(window, "Hello, bruno")
        self.sent(window, "Hello, bruno")
        self.shot("begun")
        mirror = bruno.mirror()
        self.assertEqual([row["content"] for row in mirror.tables["messages"].values()], ["Hello, bruno"])


if __name__ == "__main__":
    story.main()
