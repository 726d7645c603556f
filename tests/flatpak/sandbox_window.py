# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of the installed Flatpak. Import this only on a desktop, as window.py."""

import os
import subprocess

from confabd import wait_for
from window import Atspi, GLib, View, Window

APP_ID = os.environ["CONFAB_FLATPAK"]


def application_named(name):
    """Return the accessible application with this name, or None."""
    root = Atspi.get_desktop(0)
    root.clear_cache()
    for index in range(root.get_child_count()):
        try:
            child = root.get_child_at_index(index)
            if child is not None and child.get_name() == name:
                return child
        except GLib.Error:
            continue
    return None


def xid_of(env, *search):
    """Wait for a visible X window that xdotool finds so. Return the last one's id."""
    command = ["xdotool", "search", "--onlyvisible", *search]
    found = wait_for(
        lambda: subprocess.run(
            command, env=env, capture_output=True, text=True, check=False
        ).stdout.split(),
        f"the X window {search}",
    )
    return found[-1]


class PortalDialog(View):
    """A dialog that the portals' backend shows for Confab."""

    NAME = "xdg-desktop-portal-gtk"

    def __init__(self, desktop):
        super().__init__(os.getpid(), desktop.env)

    def application(self):
        return application_named(self.NAME)

    def xid(self):
        return xid_of(self.env, "--class", self.NAME)

    def accept(self):
        """Take the choice with Enter, until the dialog has looked at the path and closes."""

        def closed():
            if self.look(None, "Files") is None:
                return True
            self.key("Return")
            return False

        wait_for(closed, "the dialog to close", interval=1)


class SandboxWindow(Window):
    """A Confab in its sandbox, whose process ids mean nothing outside."""

    def __init__(self, desktop, person):
        super().__init__(desktop, person)
        self.app_id = APP_ID
        self.home.mkdir(parents=True, exist_ok=True)

    def prepare(self):
        settings = self.desktop.home / f".var/app/{APP_ID}/config/gtk-4.0/settings.ini"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("[Settings]\ngtk-enable-animations=false\n")

    def start(self, *words):
        self.prepare()
        with open(self.log_path, "ab") as log:
            self.process = self.desktop.spawn(
                ["flatpak", "run", APP_ID, *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.pid = self.process.pid
        wait_for(self.frame, f"the window of {self.person}")
        self.place()
        return self

    def application(self):
        self.trouble()
        return application_named("confab")

    def xid(self):
        return xid_of(self.env, "--class", "confab")

    def stop(self):
        """Close Confab without a window, as the session does."""
        subprocess.run(["flatpak", "kill", APP_ID], env=self.env, check=False, timeout=60)
        return self.process.wait(60)
