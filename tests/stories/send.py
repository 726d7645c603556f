#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending: a line, several lines, other scripts; exactly what was typed arrives, once, in order."""

import story


class Send(story.Story):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        window = self.signed_in("ada")
        self.open_conversation(window, "bruno")
        texts = ["First", "<b>not bold</b> & 100% *plain*", "grüße, привет, 你好"]
        for text in texts:
            self.write(window, text)
            self.sent(window, text)
        window.fill(self.composer(window), "two")
        window.key("shift+Return")
        window.type("lines")
        window.key("Return")
        self.message(window, "two", "lines", absent=("Waiting",))
        self.assertEqual(window.text("Message"), "")
        self.shot("sent")
        self.assertEqual([row["content"] for row in bruno.whole_history(conversation)], texts + ["two\nlines"])


if __name__ == "__main__":
    story.main()
