#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install Confab into an empty prefix, hide the tree, and use it from there.

Usage: install.py BUILD PREFIX. The program runs itself again where PREFIX has only what was
installed, and the tree only the tests and the protocol's description.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
TOP = TESTS.parent
INSIDE = "CONFAB_INSTALLED_PREFIX"
SKIPPED = 77

sys.path[:0] = [str(TESTS / "stories"), str(TESTS / "support")]


def bubblewrap(prefix, folder, *words):
    return ["bwrap", "--dev-bind", "/", "/", "--bind", folder, prefix, *words]


def run_inside(build, prefix):
    """Install, then run the tests in a place that has only what was installed."""
    with tempfile.TemporaryDirectory(prefix="confab-prefix-") as folder:
        subprocess.run(
            bubblewrap(prefix, folder, "meson", "install", "-C", build, "--no-rebuild", "--quiet"),
            check=True,
            timeout=300,
        )
        artefacts = os.environ["CONFAB_ARTEFACTS"]
        pathlib.Path(artefacts).mkdir(exist_ok=True)
        hidden = ["--tmpfs", str(TOP)]
        for path in (str(TESTS), str(TOP / "docs")):
            hidden += ["--ro-bind", path, path]
        hidden += ["--bind", artefacts, artefacts, "--chdir", "/", "--setenv", INSIDE, prefix]
        return subprocess.run(
            bubblewrap(prefix, folder, *hidden, sys.executable, __file__), timeout=600
        ).returncode


if INSIDE in os.environ:
    PREFIX = pathlib.Path(os.environ[INSIDE])
    SHARE = PREFIX / "share"
    os.environ.update(
        CONFAB=str(PREFIX / "bin/confab"),
        CONFABD=str(PREFIX / "bin/confabd"),
        PATH=f"{PREFIX / 'bin'}:{os.environ['PATH']}",
        XDG_DATA_DIRS=f"{SHARE}:/usr/local/share:/usr/share",
    )

    from installed import Started
    from story import Story

    class Installed(Story):
        KEYRING = "unlocked"

        def test_files(self):
            """Each file names what is installed, and nothing else."""
            app_id = "chat.confab.Confab"
            for name in (
                f"applications/{app_id}.desktop",
                f"dbus-1/services/{app_id}.service",
                f"dbus-1/services/{app_id}.SearchProvider.service",
                f"gnome-shell/search-providers/{app_id}.search-provider.ini",
                f"metainfo/{app_id}.metainfo.xml",
                f"icons/hicolor/scalable/apps/{app_id}.svg",
                f"icons/hicolor/symbolic/apps/{app_id}-symbolic.svg",
                "bash-completion/completions/confab",
                "bash-completion/completions/confabd",
                "doc/confab/confabd.conf.example",
                "fish/vendor_completions.d/confabd.fish",
                "man/man1/confab.1",
                "man/man8/confabd.8",
                "zsh/site-functions/_confab",
            ):
                path = SHARE / name
                self.assertTrue(path.is_file(), path)
                left = re.findall(r"@\w+@", path.read_text(encoding="utf-8"))
                self.assertEqual(left, [], path)
            for path in PREFIX.rglob("*"):
                if (
                    path.is_file()
                    and path.suffix != ".mo"
                    and path.parent.name not in ("bin", "libexec")
                ):
                    self.assertNotIn(str(TOP).encode(), path.read_bytes(), path)
            programs = {path.name for path in (PREFIX / "bin").iterdir()}
            self.assertLessEqual({"confab", "confabd"}, programs)
            self.assertFalse(
                {name for name in programs if "test" in name or "sign-in" in name}, programs
            )

        def test_used(self):
            """Sign in with the installed programs; then the bus starts Confab."""
            self.account("ada")
            window = self.signed_in("ada")
            self.shot("signed-in")
            self.assertEqual(window.quit(), 0)

            # The service's file is found where it was installed.
            pid_before = window.pid
            self.start_by_bus(window)
            self.assertNotEqual(window.pid, pid_before)
            window.find("button", "New Conversation")
            self.assertEqual(window.quit(), 0)

            # So is the search provider's; it says its own name and path in the shell's file.
            name = "chat.confab.Confab"
            text = (SHARE / f"gnome-shell/search-providers/{name}.search-provider.ini").read_text()
            keys = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
            self.assertEqual(keys["DesktopId"], f"{name}.desktop")
            method = ["--method", "org.gnome.Shell.SearchProvider2.GetInitialResultSet", "['x']"]
            found = subprocess.run(
                ["gdbus", "call", "--session", "--timeout", "30", "--dest", keys["BusName"]]
                + ["--object-path", keys["ObjectPath"], *method],
                env=self.desktop.env,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            self.assertEqual(found.strip(), "(@as [],)")

        def start_by_bus(self, window):
            """Start Confab as the shell does, with the person's folders, and take its window."""
            environment = [f"{key}={value}" for key, value in window.directories.items()]
            subprocess.run(
                ["dbus-update-activation-environment", *environment],
                env=self.desktop.env,
                check=True,
                timeout=60,
            )
            subprocess.run(
                ["gapplication", "launch", "chat.confab.Confab"],
                env=self.desktop.env,
                check=True,
                timeout=60,
            )
            answer = subprocess.run(
                [
                    *("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus"),
                    *("--object-path", "/org/freedesktop/DBus", "--method"),
                    "org.freedesktop.DBus.GetConnectionUnixProcessID",
                    "chat.confab.Confab",
                ],
                env=self.desktop.env,
                check=True,
                capture_output=True,
                text=True,
                timeout=60,
            ).stdout
            window.pid = int(re.search(r"(\d+),\)", answer)[1])
            window.process = Started(window.pid)
            executable = os.readlink(f"/proc/{window.pid}/exe")
            self.assertEqual(executable, str(PREFIX / "bin/confab"))


def main():
    if INSIDE in os.environ:
        return unittest.main(verbosity=2)
    build, prefix = sys.argv[1:]
    if pathlib.Path(prefix) in (pathlib.Path("/"), pathlib.Path("/usr")):
        print(f"{prefix} has the desktop that Confab needs, so it cannot be an empty prefix")
        return SKIPPED
    os.makedirs(prefix, exist_ok=True)
    return run_inside(build, prefix)


if __name__ == "__main__":
    sys.exit(main())
