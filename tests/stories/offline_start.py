#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without the server, Confab shows its local data and a banner; when the server is back, it
reconnects by itself.
"""

import story


class OfflineStart(story.Story):
    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Kept on this computer")
        window = self.signed_in("ada")
        self.open_conversation(window, "bruno")
        self.message(window, "Kept on this computer")
        self.assertEqual(window.quit(), 0)
        self.server.stop()

        again = self.open("ada")
        self.open_conversation(again, "bruno")
        self.message(again, "Kept on this computer")
        again.find("label", lambda text: "Offline" in text)
        self.shot("offline")
        self.server.start()
        bruno.send(conversation, "Back again")
        self.message(again, "Back again")
        again.gone("label", lambda text: "Offline" in text)
        self.shot("online")
        self.assert_not_told(again, "Offline")

    def assert_not_told(self, window, word):
        """A screen reader that walks through the window finds no banner that has gone."""
        from window import walk

        names = [node.get_name() or "" for node in walk(window.application())]
        self.assertEqual([name for name in names if word in name], [])


if __name__ == "__main__":
    story.main()
