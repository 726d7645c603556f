# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base class of stories against the installed Flatpak: a desktop with portals, and its window."""

import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "stories"), str(TESTS / "support")]

from client import PASSWORD  # noqa: E402
from confabd import PATIENCE, wait_for  # noqa: E402
from desktop import Desktop  # noqa: E402
from story import Story  # noqa: E402, F401

APP_ID = os.environ["CONFAB_FLATPAK"]
INSTALLATION = pathlib.Path(os.environ["FLATPAK_USER_DIR"])
# The server is the installed one, too, but outside of the sandbox. The libraries that it was built
# with are those of the root.
os.environ["CONFABD"] = str(INSTALLATION / "app" / APP_ID / "current/active/files/bin/confabd")


def flatpak(*words, **options):
    return subprocess.run(
        ["flatpak", *words], check=True, capture_output=True, text=True, timeout=PATIENCE, **options
    ).stdout


class PortalDesktop(Desktop):
    """A desktop with xdg-desktop-portal and its GTK backend. With a keyring, gnome-keyring serves
    the Secret portal; without one there is no backend for secrets at all.
    """

    def _prepare(self):
        super()._prepare()
        # Portals name chosen files by their path outside, which is the same in the sandbox only in
        # the folder that desktops use.
        runtime = pathlib.Path(f"/run/user/{os.getuid()}")
        runtime.mkdir(parents=True, mode=0o700, exist_ok=True)
        self.env["XDG_RUNTIME_DIR"] = str(runtime)
        for name in ("GDK_DEBUG", "GTK_USE_PORTAL", "GSETTINGS_BACKEND", "GDK_BACKEND"):
            self.env.pop(name, None)
        preferred = ["default=gtk"]
        if self.keyring:
            preferred.append("org.freedesktop.impl.portal.Secret=gnome-keyring")
        else:
            preferred.append("org.freedesktop.impl.portal.Secret=none")
        path = self.home / ".config/xdg-desktop-portal/portals.conf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[preferred]\n" + "\n".join(preferred) + "\n")

    def _start_bus(self):
        super()._start_bus()
        # Portals are started by the bus and need the display.
        names = ["DISPLAY", "HOME", "XDG_RUNTIME_DIR", "GSK_RENDERER", "LANG"]
        subprocess.run(
            ["dbus-update-activation-environment", *names], env=self.env, check=True, timeout=60
        )


class SandboxStory(Story):
    SIZE = "1000x760"

    def make_desktop(self):
        return PortalDesktop(keyring=self.KEYRING, size=self.SIZE)

    def open(self, person, **more):
        from sandbox_window import SandboxWindow

        window = SandboxWindow(self.desktop, person)
        self.windows = [window]
        return window.start()

    def files(self):
        """Return all files in the home folder that a user or Confab has made."""
        home = self.desktop.home
        return {str(path.relative_to(home)) for path in home.rglob("*") if not path.is_dir()}


__all__ = ["APP_ID", "PASSWORD", "SandboxStory", "flatpak", "wait_for"]
