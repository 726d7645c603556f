#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One's data is taken along: from the preferences, and with “confab --export” when nothing else works."""

import json
import pathlib
import sqlite3
import subprocess

import story
from confabd import wait_for


class Export(story.Story):
    def check(self, folder, *texts):
        folder = pathlib.Path(folder)
        with sqlite3.connect(folder / "confab.sqlite") as database:
            stored = {row[0] for row in database.execute("SELECT content FROM messages")}
        told = json.loads((folder / "confab.json").read_text(encoding="utf-8"))
        written = {message["content"] for c in told["conversations"] for message in c["messages"]}
        pages = "".join(page.read_text(encoding="utf-8") for page in (folder / "conversations").iterdir())
        self.assertEqual(stored, set(texts))
        self.assertEqual(written, stored)
        for text in texts:
            self.assertIn(text, pages)

    def choose_folder(self, window, folder):
        """GTK's own dialog: a path typed into it is where one is."""
        window.find(("button", "push button"), "Export")
        window.key("ctrl+l")
        window.key("ctrl+a", "BackSpace")
        window.type(str(folder))
        window.key("ctrl+shift+End", "Delete", "Return")  # without what the dialog has guessed

    def test(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        bruno.send(bruno.direct(ada), "Take me along")
        window = self.signed_in("ada")
        self.tile(window, "bruno", "Take me along")

        target = self.desktop.directory / "export"
        target.mkdir()
        window.key("ctrl+comma")
        window.find(None, "Export Conversations…")
        window.tab_to("Export Conversations…")
        self.shot("offered")
        window.key("Return")
        self.choose_folder(window, target)
        window.find(None, "Show Folder")
        self.shot("done")
        made = wait_for(lambda: [p for p in target.iterdir() if p.suffix != ".part"], "the export")
        self.check(made[0], "Take me along")
        window.stop()

        # Without a server, a keyring or a display.
        self.server.stop()
        env = {key: value for key, value in window.environment().items() if key not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
        done = subprocess.run([window.binary, "--export", str(target)], env=env, capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.check(done.stdout.strip(), "Take me along")


if __name__ == "__main__":
    story.main()
