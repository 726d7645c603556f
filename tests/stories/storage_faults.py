#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A full or damaged disk loses nothing silently: unsent text is kept, or the window says that it is
lost.
"""

import contextlib
import os
import pathlib
import sqlite3
import subprocess

import story
from confabd import wait_for

# Each account on this computer gets a small disk of its own.
SMALL_DISK = """#!/bin/sh
exec unshare -rm sh -c '
for folder in "$XDG_DATA_HOME"/confab/accounts/*; do
    cp -a "$folder" "$folder.copy" && mount -t tmpfs -o size=12m none "$folder" \\
        && cp -a "$folder.copy"/. "$folder" && rm -r "$folder.copy" || exit 1
done
exec "$CONFAB" "$@"' sh "$@"
"""


class StorageFaults(story.Story):
    def folder(self, window):
        return pathlib.Path(window.directories["XDG_DATA_HOME"]) / "confab"

    # ---- a full disk ----

    def on_its_disk(self, window, command):
        """Run a command on the small disk, which only the window sees."""
        subprocess.run(
            [
                "nsenter",
                "--preserve-credentials",
                "-U",
                "-m",
                "-t",
                str(window.pid),
                "sh",
                "-c",
                command,
            ],
            cwd=self.desktop.directory,
            check=False,
            stderr=subprocess.DEVNULL,
        )

    def open_on_small_disk(self, person):
        from window import Window

        wrapper = self.desktop.directory / "confab-on-a-small-disk"
        wrapper.write_text(SMALL_DISK)
        wrapper.chmod(0o755)
        window = Window(self.desktop, person, binary=str(wrapper))
        self.windows = [window]
        return window.start()

    def full(self, bruno):
        clara, dora = self.account("clara"), self.account("dora_too")
        bruno.send(bruno.direct(clara), "Hello")
        bruno.send(bruno.direct(dora), "Hello, Dora")
        window = self.signed_in("clara")
        self.open_conversation(window, "bruno")
        self.message(window, "Hello")
        self.assertEqual(window.quit(), 0)

        window = self.open_on_small_disk("clara")
        self.message(window, "Hello")
        (account,) = (self.folder(window) / "accounts").iterdir()
        self.on_its_disk(window, f"cat /dev/zero >'{account}/filler'")
        window.fill(self.composer(window), "Half a thought")
        window.find("label", lambda text: "The disk is full" in text)

        with self.subTest("another account is added"):
            window.key("F10")
            window.choose("Add Account…")
            self.sign_in(window, "dora_too")
            self.asked(window, "Switch Without Saving?")
        with self.subTest("another account is opened"):
            window.key("F10")
            window.choose(f"dora_too — {self.server.url.split('://')[1]}")
            self.asked(window, "Switch Without Saving?")
        with self.subTest("signing out"):
            window.key("F10")
            window.choose("Sign Out…")
            window.press("Sign Out", inside=window.find("alert", "Sign Out?"))
            self.asked(window, "Sign Out Without Saving?")
        with self.subTest("closing"):
            window.key("ctrl+q")
            self.shot("asked")
            self.asked(window, "Close Without Saving?")

        with self.subTest("the person means it"):
            window.key("F10")
            window.choose(f"dora_too — {self.server.url.split('://')[1]}")
            window.find(("heading", "label"), "Switch Without Saving?")
            window.key("alt+a")
            self.tile(window, "bruno", "Hello, Dora")

        # When the system ends the session, no question is asked.
        self.assertEqual(window.stop(), 0)

    def asked(self, window, question):
        """Cancelling the question keeps the text."""
        window.find(("heading", "label"), question)
        window.key("Escape")
        window.gone(("heading", "label"), question)
        self.assertEqual(window.text("Message"), "Half a thought")

    # ---- a damaged disk ----

    def damaged(self, bruno):
        ada = self.account("ada")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Hello")
        window = self.signed_in("ada")
        self.open_conversation(window, "bruno")
        self.server.stop()
        for text in ("First of three", "Second of three", "Third of three"):
            self.write(window, text)
            self.message(window, text, "Waiting to be sent")
        self.assertEqual(window.quit(), 0)

        (self.folder(window) / "accounts.ini").write_text("(no list of accounts]")
        account = next((self.folder(window) / "accounts").iterdir())
        (account / "mirror.db").write_bytes(os.urandom(50000))
        unsent = account / "unsent.log"
        data = bytearray(unsent.read_bytes())
        place = data.index(b"Second of three")
        data[place - 60 : place + 15] = bytes(75)
        unsent.write_bytes(data)

        again = self.open("ada")
        again.find(("heading", "label"), "Unsent Text Lost")
        self.shot("lost")
        again.key("Escape")
        again.gone(("heading", "label"), "Unsent Text Lost")
        self.server.start()
        wait_for(
            lambda: [row["content"] for row in bruno.whole_history(conversation)]
            == ["Hello", "First of three", "Third of three"],
            "what could be read",
        )

    # ---- messages that cannot be read ----

    def rename_table(self, window, name, to):
        (account,) = (self.folder(window) / "accounts").iterdir()
        with contextlib.closing(sqlite3.connect(account / "mirror.db", timeout=20)) as database:
            database.execute(f"ALTER TABLE {name} RENAME TO {to}")

    def unreadable(self, bruno):
        erin = self.account("erin")
        bruno.send(bruno.direct(erin), "Hello")
        window = self.signed_in("erin")
        self.tile(window, "bruno", "Hello")
        self.rename_table(window, "messages", "elsewhere")
        window.press(lambda text: text.startswith("bruno,"), "list item")
        window.find("label", "Could Not Read Messages")
        self.shot("unreadable")
        self.rename_table(window, "elsewhere", "messages")
        window.press("Try Again")
        self.message(window, "Hello")
        window.type("Written")  # into the composer
        wait_for(lambda: window.text("Message") == "Written", "the text")

    # ---- another Confab with the same folder ----

    def twice(self, bruno):
        from window import Window

        fritz = self.account("fritz")
        bruno.send(bruno.direct(fritz), "Hello")
        window = self.signed_in("fritz")
        self.open_conversation(window, "bruno")
        window.fill(self.composer(window), "Half a thought")

        # It has another name on the bus, so it does not find the first.
        other = Window(self.desktop, "fritz", number=2)
        self.windows.append(other)
        other.start()
        other.find("label", lambda text: "open in another Confab" in text)
        other.place()
        self.shot("twice")
        window.type(", and more")
        self.assertEqual(window.quit(), 0)
        self.windows.remove(window)
        other.press("Try Again")
        self.open_conversation(other, "bruno")
        wait_for(lambda: other.text("Message") == "Half a thought, and more", "the draft")

    # ---- a folder without an account ----

    def lose_account(self, window):
        """Damage both the list of accounts and the folder's own file about its account."""
        (folder,) = (self.folder(window) / "accounts").iterdir()
        (self.folder(window) / "accounts.ini").write_text("(no list of accounts]")
        (folder / "account.ini").write_text("(nor this]")
        return folder

    def found(self, window):
        dialog = window.find("dialog", "Unsent Text Found")
        window.find("list item", "Never sent", inside=dialog)
        window.find("list item", "Half a thought", inside=dialog)
        window.find("label", "Not sent to bruno", inside=dialog)
        window.find("label", "Draft to bruno", inside=dialog)
        return dialog

    def stray(self, bruno):
        dora = self.account("dora")
        bruno.send(bruno.direct(dora), "Hello")
        window = self.signed_in("dora")
        self.open_conversation(window, "bruno")
        self.server.stop()
        self.write(window, "Never sent")
        self.message(window, "Never sent", "Waiting to be sent")
        window.fill(self.composer(window), "Half a thought")
        self.assertEqual(window.quit(), 0)
        folder = self.lose_account(window)

        # No user is signed in: the texts are offered over the first page, and left for later.
        window = self.open("dora")
        self.found(window)
        self.shot("found")
        window.key("Escape")
        window.gone("dialog", "Unsent Text Found")
        window.press("Unsent Text…")
        self.found(window)
        window.key("Escape")
        window.gone("dialog", "Unsent Text Found")
        self.server.start()
        self.sign_in(window, "dora")
        self.open_conversation(window, "bruno")

        # The menu offers them again; they can be copied into the conversation, and removed.
        window.key("F10")
        window.choose("Unsent Text…")
        self.found(window)
        window.xdotool("windowsize", "--sync", window.xid(), "360", "700")
        window.activate("Copy All", "button")
        window.find("label", "Copied")
        self.shot("found-narrow")
        window.xdotool("windowsize", "--sync", window.xid(), "900", "700")
        window.activate("Remove From This Computer…", "button")
        window.find(("heading", "label"), "Remove Unsent Text?")
        self.shot("remove")
        window.key("Escape")
        window.gone(("heading", "label"), "Remove Unsent Text?")
        self.assertTrue(folder.exists())
        window.activate("Remove From This Computer…", "button")
        window.find(("heading", "label"), "Remove Unsent Text?")
        window.key("alt+r")
        window.gone("dialog", "Unsent Text Found")
        self.assertFalse(folder.exists())
        # The focus has returned to the composer.
        window.key("ctrl+v")
        wait_for(
            lambda: window.text("Message") == "Never sent\n\nHalf a thought",
            "the texts to be pasted",
        )

    def test(self):
        bruno = self.account("bruno")
        self.damaged(bruno)
        self.assertEqual(self.windows[0].quit(), 0)
        self.windows = []
        self.twice(bruno)
        self.assertEqual(self.windows[0].quit(), 0)
        self.windows = []
        self.stray(bruno)
        self.assertEqual(self.windows[0].quit(), 0)
        self.windows = []
        self.unreadable(bruno)
        self.assertEqual(self.windows[0].quit(), 0)
        self.windows = []
        if subprocess.run(["unshare", "-rm", "true"], check=False).returncode == 0:
            self.full(bruno)


if __name__ == "__main__":
    story.main()
