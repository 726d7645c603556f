#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop for tests: a virtual display, a session bus, and optionally a real keyring.

As a module, `Desktop` is a context manager; as a program it runs a command on such a desktop:

    desktop.py [--keyring] COMMAND [ARGUMENT…]
"""

import argparse
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
KEYRING_PASSWORD = "only for trying out"
START_SECONDS = 30


def read_line(fd, what):
    """Return the first line of a pipe. Raise an error after START_SECONDS."""
    line = b""
    while not line.endswith(b"\n"):
        if not select.select([fd], [], [], START_SECONDS)[0]:
            raise RuntimeError(f"{what} did not start within {START_SECONDS} s")
        byte = os.read(fd, 1)
        if not byte:
            raise RuntimeError(f"{what} ended at once")
        line += byte
    return line.decode().strip()


def stop(process):
    """End a process started by the test, by SIGTERM first."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Desktop:
    """`env` is the environment for programs on this desktop.

    keyring: None (no service on the bus), "unlocked", or "locked" (the password was not given).
    home: the folder for HOME, which includes the keyring; a temporary folder by default.
    """

    def __init__(self, keyring=None, size="1280x900", home=None):
        self.keyring = keyring
        self.size = size
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="confab-desktop-"))
        self.home = pathlib.Path(home) if home else self.directory / "home"
        self.env = dict(os.environ)
        self.processes = []

    def __enter__(self):
        try:
            self._prepare()
            self._start_display()
            self._start_bus()
            if self.keyring:
                self.start_keyring(self.keyring == "unlocked")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            stop(process)
        shutil.rmtree(self.directory, ignore_errors=True)

    def _prepare(self):
        runtime = self.directory / "runtime"
        runtime.mkdir(mode=0o700)
        self.home.mkdir(parents=True, exist_ok=True)
        for name in (
            "WAYLAND_DISPLAY",
            "XAUTHORITY",
            "DBUS_SESSION_BUS_ADDRESS",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
        ):
            self.env.pop(name, None)
        self.env.update(
            HOME=str(self.home),
            XDG_RUNTIME_DIR=str(runtime),
            XDG_SESSION_TYPE="x11",
            GDK_BACKEND="x11",
            GSK_RENDERER="cairo",
            GDK_DEBUG="no-portals",
            GTK_USE_PORTAL="0",
            GSETTINGS_BACKEND="memory",
            GSETTINGS_SCHEMA_DIR=self.schemas(),
            GIO_USE_VFS="local",
            NO_AT_BRIDGE="0",
            LANG=self.env.get("LANG", "C.UTF-8"),
        )

    def schemas(self):
        """Return the folder with the compiled settings schema of the build under test."""
        program = self.env.get("CONFAB")
        build = pathlib.Path(program).parents[2] if program else TOP / "build/debug"
        return self.env.get("GSETTINGS_SCHEMA_DIR") or str(build / "data")

    def _start_display(self):
        # Keep the local (abstract) socket: with -displayfd there is no lock file, so only that
        # socket keeps two displays from using one number.
        reader, writer = os.pipe()
        self.processes.append(
            subprocess.Popen(
                [
                    "Xvfb",
                    "-displayfd",
                    str(writer),
                    "-screen",
                    "0",
                    self.size + "x24",
                    "-nolisten",
                    "tcp",
                    "-noreset",
                    "-dpi",
                    "96",
                ],
                pass_fds=[writer],
                stderr=subprocess.DEVNULL,
            )
        )
        os.close(writer)
        self.env["DISPLAY"] = ":" + read_line(reader, "Xvfb")
        os.close(reader)

    def _start_bus(self):
        reader, writer = os.pipe()
        self.processes.append(
            subprocess.Popen(
                ["dbus-daemon", "--session", "--nofork", "--nosyslog", f"--print-address={writer}"],
                pass_fds=[writer],
                env=self.env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        os.close(writer)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = read_line(reader, "dbus-daemon")
        os.close(reader)

    def start_keyring(self, unlocked):
        """Start a real gnome-keyring. The first unlock creates the login keyring with that
        password.
        """
        args = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        if unlocked:
            args.insert(1, "--unlock")
        process = subprocess.Popen(
            args,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if unlocked:
            process.stdin.write(KEYRING_PASSWORD.encode())
        process.stdin.close()
        self.processes.append(process)
        self.keyring_process = process
        subprocess.run(
            [
                "gdbus",
                "wait",
                "--session",
                "--timeout",
                str(START_SECONDS),
                "org.freedesktop.secrets",
            ],
            env=self.env,
            check=True,
        )
        return process

    def spawn(self, command, env=None, **options):
        """Start a program on this desktop; it ends with the desktop at the latest."""
        process = subprocess.Popen(
            [str(word) for word in command], env={**self.env, **(env or {})}, **options
        )
        self.processes.append(process)
        return process

    def screenshot(self, path):
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--keyring", action="store_const", const="unlocked", help="with an unlocked keyring"
    )
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    with Desktop(keyring=options.keyring) as desktop:
        return subprocess.run(options.command, env=desktop.env).returncode


if __name__ == "__main__":
    sys.exit(main())
