#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everyday use of the installed Flatpak, with a keyring behind the Secret portal."""

import os
import pathlib
import re
import shutil
import unittest

from sandbox import APP_ID, SandboxStory, flatpak


class Everyday(SandboxStory):
    def test_everyday(self):
        bruno = self.account("bruno")
        ada = self.account("ada")
        conversation = bruno.direct(ada)
        bruno.send(conversation, "Welcome to your Flatpak")

        window = self.open("ada")
        self.shot("first-start")
        self.sign_in(window, "ada")
        self.open_conversation(window, "bruno")
        self.message(window, "Welcome to your Flatpak")
        self.write(window, "It works in here")
        self.sent(window, "It works in here")
        bruno.send(conversation, "And this arrives")
        self.message(window, "And this arrives")
        self.shot("conversation")
        self.take_screenshot()
        self.assertEqual(window.quit(), 0)

        # The session was kept by libsecret's file, which the portal's secret encrypts.
        secrets = list(self.data().rglob("keyrings/*.keyring"))
        self.assertTrue(secrets, self.files())
        self.assertNotIn(ada.token.encode(), b"".join(path.read_bytes() for path in secrets))

        window = self.open("ada")
        self.open_conversation(window, "bruno")
        self.write(window, "Signed in without asking")
        self.sent(window, "Signed in without asking")
        self.assertEqual(window.quit(), 0)

        self.server.stop()
        window = self.open("ada")
        self.open_conversation(window, "bruno")
        self.message(window, "Signed in without asking")
        self.write(window, "Written offline")
        self.message(window, "Written offline", "Waiting to be sent")
        self.server.start()
        self.sent(window, "Written offline")
        self.assertEqual(window.quit(), 0)
        self.check_files()

    def data(self):
        return self.desktop.home / ".var/app" / APP_ID

    def take_screenshot(self):
        target = pathlib.Path(os.environ["CONFAB_SCREENSHOT"])
        target.parent.mkdir(parents=True, exist_ok=True)
        self.desktop.screenshot(target.with_suffix(".png"))
        if target.suffix != ".png":
            shutil.move(target.with_suffix(".png"), target)

    def check_files(self):
        """Confab has written into its own folder alone."""
        own = f".var/app/{APP_ID}/"
        desktops = (
            ".config/xdg-desktop-portal/",
            ".local/share/keyrings/",
            ".local/share/flatpak/db/",  # what portals remember
            ".cache/at-spi/",
        )
        strays = {path for path in self.files() if not path.startswith((own, *desktops))}
        self.assertEqual(strays, set())
        self.assertTrue(list(self.data().rglob("mirror.db")))

    def test_server(self):
        """The bundled server runs in the sandbox, on a database in the app's own folder."""
        script = (
            'cd "$XDG_DATA_HOME" || exit; '
            'printf "[listen]\\nport=0\\n[database]\\npath=$PWD/try.db\\n" >try.conf; '
            "(timeout 10 confabd serve --config try.conf || true) | head -n 1"
        )
        line = flatpak("run", "--command=sh", APP_ID, "-c", script, env=self.desktop.env)
        self.assertRegex(line, r"^listening on http://127\.0\.0\.1:\d+$")

    def test_permissions(self):
        """The installed app may do exactly what the manifest says."""
        text = flatpak("info", "--user", "--show-permissions", APP_ID)
        groups = re.findall(r"^\[(.*)\]$", text, re.MULTILINE)
        self.assertEqual(groups, ["Context"], text)
        found = {
            key: set(filter(None, values.split(";")))
            for key, values in re.findall(r"^([\w-]+)=(.*)$", text, re.MULTILINE)
        }
        self.assertEqual(
            found,
            {
                "shared": {"network", "ipc"},
                "sockets": {"wayland", "fallback-x11", "x11"},
                "devices": {"dri"},
            },
        )


if __name__ == "__main__":
    unittest.main(verbosity=2)
