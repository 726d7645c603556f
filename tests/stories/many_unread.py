#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A conversation with half a million unread messages shows the first of them, when opened first
after signing in, and after a restart with all of them on this computer.
"""

import sqlite3

import story
from confabd import wait_for

MANY = 500_000


class ManyUnread(story.Story):
    def write_many(self, conversation, sender):
        """Write to the database what sending would have: the messages, the last row and the
        counters.
        """
        self.server.stop()
        database = sqlite3.connect(self.server.database)
        with database:
            rev, at = database.execute(
                "SELECT rev, (SELECT sent_at FROM messages) FROM clock"
            ).fetchone()
            database.execute(
                "INSERT INTO messages"
                " (sender_id, conversation_id, content, sent_at, seq, client_id, rev)"
                " WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                " SELECT ?, ?, 'Message ' || i, ? + i, i,"
                " printf ('00000000-0000-4000-8000-%012d', i), ? + i FROM n",
                (MANY, sender, conversation, at, rev),
            )
            database.execute("UPDATE clock SET rev = ?", (rev + MANY,))
            database.execute(
                "UPDATE conversations SET last_seq = ?, head_rev = ?, rev = ? WHERE id = ?",
                (MANY, rev + MANY, rev + MANY, conversation),
            )
        database.close()
        self.server.start()

    def assert_painted(self, window):
        window.find("list item", within=("list", "Messages"))
        wait_for(
            lambda: window.colours(window.find("list", "Messages"), without_right=100) > 20,
            "pixels",
        )

    def fetch_all(self, person):
        """Put the whole history on the person's computer; loading it page by page would take
        minutes.
        """
        path = next((self.desktop.directory / f"person-{person}").glob("data/**/mirror.db"))
        database = sqlite3.connect(path)
        database.execute("ATTACH ? AS server", (str(self.server.database),))
        columns = (
            "id, client_id, conversation_id, sender_id, seq, content, sent_at, removed_at, rev"
        )
        with database:
            database.execute(
                f"INSERT OR IGNORE INTO main.messages ({columns})"
                f" SELECT {columns} FROM server.messages"
            )
        count = database.execute("SELECT count (*) FROM main.messages").fetchone()[0]
        database.close()
        return count

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "The first")
        ada.read(conversation, 1)
        self.write_many(conversation, bruno.id)

        window = self.signed_in("ada")
        self.open_conversation(window, "bruno")
        self.assert_painted(window)
        self.shot("first")
        window.stop()
        self.assertEqual(self.fetch_all("ada"), MANY)

        window = self.open("ada")
        self.assert_painted(window)
        window.find("list item", lambda name: "Message" in name, within=("list", "Messages"))
        self.shot("again")


if __name__ == "__main__":
    story.main()
