#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two windows side by side: a message sent in one appears in the other, in both directions."""

import story


class Receive(story.Story):
    SIZE = "2000x760"

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        ada.direct(bruno)
        left, right = self.signed_in("ada"), self.signed_in("bruno")
        self.open_conversation(left, "bruno")
        self.open_conversation(right, "ada")
        self.write(left, "Can you hear me?")
        self.message(right, "ada, ", "Can you hear me?")
        self.write(right, "Loud and clear")
        self.message(left, "bruno, ", "Loud and clear")
        self.sent(right, "Loud and clear")
        self.shot("both")


if __name__ == "__main__":
    story.main()
