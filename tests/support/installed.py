# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs Confab on a test desktop with its desktop entry and D-Bus service, so that links open it
whether it runs or not.
"""

import os
import pathlib
import re
import shlex
import subprocess

from confabd import PATIENCE, wait_for
from window import APP_ID


class Started:
    """A program started by the bus, with the methods of a Popen object as far as possible."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        try:
            state = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return 0
        return 0 if state == "Z" else None

    def wait(self, timeout=PATIENCE):
        wait_for(lambda: self.poll() is not None, f"process {self.pid} to end", timeout)
        return 0

    def send_signal(self, number):
        os.kill(self.pid, number)


class Installed:
    """The installation for one person's window. Uses the real files, except that the program is the
    one built, with the person's directories.
    """

    def __init__(self, window):
        self.window = window
        self.desktop = window.desktop
        self.pid_file = window.home / "pid"
        self.data = pathlib.Path(window.binary).parents[2] / "data"
        window.home.mkdir(parents=True, exist_ok=True)
        program = self._write_program()
        share = self.desktop.home / ".local/share"
        self._write_entry(share / "applications", program)
        self._write_service(
            pathlib.Path(self.desktop.env["XDG_RUNTIME_DIR"]) / "dbus-1/services", program
        )
        self.desktop_call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.ReloadConfig")

    def _write_program(self):
        program = self.window.home / "confab"
        directories = " ".join(
            f"{name}={shlex.quote(path)}" for name, path in self.window.directories.items()
        )
        program.write_text(
            f"#!/bin/sh\necho $$ >{shlex.quote(str(self.pid_file))}\n"
            f'exec env {directories} {shlex.quote(self.window.binary)} "$@" '
            f">>{shlex.quote(str(self.window.log_path))} 2>&1\n"
        )
        program.chmod(0o755)
        return program

    def _write_entry(self, folder, program):
        folder.mkdir(parents=True, exist_ok=True)
        entry = (self.data / f"{APP_ID}.desktop").read_text()
        assert "\nDBusActivatable=true\n" in entry, entry
        entry, count = re.subn(r"(?<=\nExec=)\S+/confab(?= )", str(program), entry)
        assert count == 1, entry
        (folder / f"{APP_ID}.desktop").write_text(entry)
        subprocess.run(["update-desktop-database", str(folder)], check=True)

    def _write_service(self, folder, program):
        folder.mkdir(parents=True, exist_ok=True)
        service = (self.data / f"{APP_ID}.service").read_text()
        service, count = re.subn(r"(?<=\nExec=)\S+/confab(?= )", str(program), service)
        assert count == 1, service
        (folder / f"{APP_ID}.service").write_text(service)

    def desktop_call(self, name, path, method):
        subprocess.run(
            [
                "gdbus",
                "call",
                "--session",
                "--dest",
                name,
                "--object-path",
                path,
                "--method",
                method,
            ],
            env=self.desktop.env,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )

    def open(self, link):
        """Open a link as a mail program does."""
        subprocess.run(["gio", "open", link], env=self.desktop.env, check=True, timeout=PATIENCE)

    def open_cold(self, link):
        """Open a link while Confab does not run, and wait for its window."""
        assert self.window.process is None or self.window.process.poll() is not None
        self.pid_file.unlink(missing_ok=True)
        self.window.prepare()
        self.open(link)
        wait_for(
            lambda: self.pid_file.exists() and self.pid_file.read_text().strip(),
            "the program to start",
        )
        self.window.pid = int(self.pid_file.read_text())
        self.window.process = Started(self.window.pid)
        wait_for(self.window.frame, f"the window of {self.window.person}")
        self.window.place()
