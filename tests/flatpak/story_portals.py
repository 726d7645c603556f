#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak reaches what is outside of its sandbox through portals: a folder that the
user chooses, and a link that another program opens.
"""

import os
import sqlite3
import subprocess
import unittest

from sandbox import APP_ID, SandboxStory, wait_for

LINK = "https://example.org/a-page"


class Portals(SandboxStory):
    def test_folder_and_link(self):
        ada, bruno = self.account("ada"), self.account("bruno")
        bruno.send(bruno.direct(ada), f"Read {LINK}")
        opened = self.browser()

        window = self.open("ada")
        self.sign_in(window, "ada")
        self.open_conversation(window, "bruno")
        self.follow_link(window)
        wait_for(lambda: opened.exists() and opened.read_text().strip() == LINK, "the browser")

        if not os.access("/dev/fuse", os.W_OK):
            self.skipTest("without FUSE portals pass on no folders")
        target = self.desktop.home / "Documents"
        target.mkdir()
        self.export_into(window, target)
        made = wait_for(lambda: [p for p in target.iterdir() if p.suffix != ".part"], "the export")
        with sqlite3.connect(made[0] / "confab.sqlite") as database:
            texts = {row[0] for row in database.execute("SELECT content FROM messages")}
        self.assertEqual(texts, {f"Read {LINK}"})
        self.shot("exported")

        # Nothing but the chosen folder was opened to the sandbox.
        shown = subprocess.run(
            ["flatpak", "run", "--command=ls", APP_ID, str(self.desktop.home)],
            env=self.desktop.env,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertNotIn("Documents", shown.stdout)
        window.stop()

    def browser(self):
        """Make a browser the default. Return the file in which it notes what it opens."""
        opened = self.desktop.directory / "opened"
        share = self.desktop.home / ".local/share/applications"
        share.mkdir(parents=True)
        program = self.desktop.directory / "browser"
        program.write_text(f'#!/bin/sh\necho "$1" >{opened}\n')
        program.chmod(0o755)
        (share / "browser.desktop").write_text(
            "[Desktop Entry]\nType=Application\nName=Browser\n"
            f"Exec={program} %u\nMimeType=x-scheme-handler/https;\n"
        )
        config = self.desktop.home / ".config/mimeapps.list"
        config.write_text("[Default Applications]\nx-scheme-handler/https=browser.desktop\n")
        subprocess.run(["update-desktop-database", share], env=self.desktop.env, check=True)
        return opened

    def follow_link(self, window):
        link = window.find("link", within=("list", "Messages"))
        window.click(link)

    def export_into(self, window, target):
        from sandbox_window import PortalDialog

        window.key("ctrl+comma")
        window.find(None, "Export Conversations…")
        window.tab_to("Export Conversations…")
        window.key("Return")
        dialog = PortalDialog(self.desktop)
        dialog.find(("dialog", "file chooser", "frame", "window"))
        self.shot("choosing")
        dialog.key("alt+Home")  # the list of recent files takes no path
        dialog.key("ctrl+l")
        dialog.key("ctrl+a", "BackSpace")
        dialog.type(str(target))
        dialog.accept()


if __name__ == "__main__":
    unittest.main(verbosity=2)
