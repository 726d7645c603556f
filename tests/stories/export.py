#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exporting all data: from the preferences, and with “confab --export” when nothing else works."""

import json
import pathlib
import shutil
import sqlite3
import subprocess
import uuid

import story
from confabd import wait_for


class Export(story.Story):
    def check(self, folder, *texts):
        folder = pathlib.Path(folder)
        with sqlite3.connect(folder / "confab.sqlite") as database:
            stored = {row[0] for row in database.execute("SELECT content FROM messages")}
        told = json.loads((folder / "confab.json").read_text(encoding="utf-8"))
        written = {message["content"] for c in told["conversations"] for message in c["messages"]}
        pages = "".join(
            page.read_text(encoding="utf-8") for page in (folder / "conversations").iterdir()
        )
        self.assertEqual(stored, set(texts))
        self.assertEqual(written, stored)
        for text in texts:
            self.assertIn(text, pages)

    def choose_folder(self, window, folder):
        """Choose a folder by typing its path in GTK's dialog."""
        window.find(("button", "push button"), "Export")
        window.key("ctrl+l")
        window.key("ctrl+a", "BackSpace")
        window.type(str(folder))
        window.key(
            "ctrl+shift+End", "Delete", "Return"
        )  # delete the completion that the dialog added

    def test(self):
        from window import has_state

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
        window.focus()  # which no window manager gives back after GTK's dialog
        window.find(  # the focus scrolls the result into view
            "button", "Show Folder", where=lambda node: has_state(node, "focused")
        )
        self.shot("done")
        made = wait_for(lambda: [p for p in target.iterdir() if p.suffix != ".part"], "the export")
        self.check(made[0], "Take me along")
        window.stop()

        # Export without server, keyring and display.
        self.server.stop()
        env = {
            key: value
            for key, value in window.environment().items()
            if key not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
        }
        done = subprocess.run(
            [window.binary, "--export", str(target)],
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.check(done.stdout.strip(), "Take me along")
        self.beside_damage(window, env)
        self.terminated(window, env)

    def accounts(self, window):
        return pathlib.Path(window.directories["XDG_DATA_HOME"]) / "confab" / "accounts"

    def beside_damage(self, window, env):
        """An account that cannot be read does not stop the export of others; leftovers of a killed
        export are removed.
        """
        damaged = self.accounts(window) / str(uuid.uuid4())
        damaged.mkdir()
        (damaged / "mirror.db").write_bytes(b"not a database" * 1000)
        (damaged / "account.ini").write_text(
            "[account]\nserver=https://gone.example\nusername=gone\nuser-id=9\n"
        )
        target = self.desktop.directory / "beside"
        left = target / "Confab somebody.XYZ.part"
        left.mkdir(parents=True)
        (left / ".lock").touch()
        (left / "confab.json").touch()
        strange = target / "Confab of another.part"
        strange.mkdir()
        done = subprocess.run(
            [window.binary, "--export", str(target)],
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("gone", done.stderr)
        self.check(done.stdout.strip(), "Take me along")
        self.assertEqual([p.name for p in target.iterdir() if p.suffix == ".part"], [strange.name])
        shutil.rmtree(damaged)

    def terminated(self, window, env):
        """An export terminated by the system leaves nothing behind."""
        mirror = next(self.accounts(window).glob("*/mirror.db"))
        with sqlite3.connect(mirror) as database:
            database.execute(
                "INSERT INTO messages"
                " (id, client_id, conversation_id, sender_id, seq, content, sent_at, rev)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"
                " SELECT 1000000 + i, 'c' || i, m.conversation_id, m.sender_id, 1000 + i,"
                " 'text ' || i, i, 1"
                "   FROM n, (SELECT * FROM messages LIMIT 1) m"
            )
        target = self.desktop.directory / "terminated"
        with subprocess.Popen(
            [window.binary, "--export", str(target)], env=env, stderr=subprocess.PIPE
        ) as process:
            wait_for(lambda: target.exists() and list(target.glob("*.part")), "the export's folder")
            process.terminate()
            self.assertEqual(process.wait(30), 1)
        self.assertEqual(list(target.iterdir()), [])


if __name__ == "__main__":
    story.main()
