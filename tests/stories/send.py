#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending one line, several lines and other scripts: the exact text arrives, once, in order."""

import story


class Send(story.Story):
    AT_ONCE = 240  # and then one in fifteen seconds

    def settings(self):
        return [("limits", "messages_per_hour", self.AT_ONCE)]

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
        self.assertEqual(
            [row["content"] for row in bruno.whole_history(conversation)], texts + ["two\nlines"]
        )

        # The field grows with each line, and scrolls once it is tall enough.
        tall = [str(number) for number in range(1, 13)]
        window.fill(self.composer(window), tall[0])
        for line in tall[1:]:
            window.key("shift+Return")
            window.type(line)
        self.shot("tall")
        window.key("Return")
        self.message(window, "11", "12", absent=("Waiting",))
        self.assertEqual(bruno.whole_history(conversation)[-1]["content"], "\n".join(tall))

        # Send more than the server accepts from one user: the window says so, and continues by
        # itself.
        for number in range(self.AT_ONCE):
            if not isinstance(ada.send(conversation, str(number), expect=(201, 429)), dict):
                break
        self.write(window, "One too many")
        self.message(window, "One too many", "Waiting to be sent")
        window.find("label", lambda text: "limits how much you can send" in text)
        self.shot("held")
        self.sent(window, "One too many")
        window.gone("label", lambda text: "limits how much you can send" in text)


if __name__ == "__main__":
    story.main()
