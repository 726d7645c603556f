#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server is killed while two windows exchange messages; both write on; after its restart
everything arrives once.
"""

import story
from confabd import wait_for


class ServerKilled(story.Story):
    SIZE = "2000x760"

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = ada.direct(bruno)
        left, right = self.signed_in("ada"), self.signed_in("bruno")
        self.open_conversation(left, "bruno")
        self.open_conversation(right, "ada")
        self.write(left, "Before the power cut")
        self.message(right, "ada, ", "Before the power cut")

        self.server.kill()
        self.write(left, "Are you there?")
        self.write(right, "The lights went out")
        self.message(left, "Are you there?", "Waiting to be sent")
        self.message(right, "The lights went out", "Waiting to be sent")
        for window in (left, right):
            window.find("label", lambda text: "Offline" in text)
        self.shot("killed")

        self.server.start()
        self.message(right, "ada, ", "Are you there?")
        self.message(left, "bruno, ", "The lights went out")
        self.sent(left, "Are you there?")
        self.sent(right, "The lights went out")
        for window in (left, right):
            window.gone("label", lambda text: "Offline" in text)
        self.write(right, "Now I can see you again")
        self.message(left, "bruno, ", "Now I can see you again")
        self.shot("again")

        wait_for(lambda: len(bruno.whole_history(conversation)) == 4, "four messages at the server")
        contents = [row["content"] for row in bruno.whole_history(conversation)]
        self.assertEqual(contents[0], "Before the power cut")
        self.assertEqual(contents[3], "Now I can see you again")
        self.assertEqual(set(contents[1:3]), {"Are you there?", "The lights went out"})


if __name__ == "__main__":
    story.main()
