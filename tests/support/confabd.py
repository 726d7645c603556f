# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real confabd, as a process with its own directory."""

import os
import pathlib
import re
import selectors
import shutil
import signal
import subprocess
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]

# Seconds that a test waits for a condition before it fails; long enough for a busy machine.
PATIENCE = float(os.environ.get("CONFAB_PATIENCE", "60"))

# A log must not contain critical messages, or errors found by the sanitizers.
DEFECT = re.compile(r"CRITICAL|AddressSanitizer|LeakSanitizer|runtime error:|Assertion|assertion")


class ServerError(Exception):
    """The server did not start, stop or answer as expected."""


def binary():
    """Return the confabd under test, which meson names."""
    return os.environ.get("CONFABD", str(TOP / "build/debug/src/server/confabd"))


class Server:
    """A confabd. Settings are (group, key, value) added to the configuration."""

    def __init__(self, *settings, database=None):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="confabd-"))
        self.data = self.directory / "data"
        self.data.mkdir(mode=0o700)
        self.database = pathlib.Path(database) if database else self.data / "confabd.db"
        self.config = self.directory / "confabd.conf"
        self.log_path = self.directory / "log"
        self.port = 0
        self.process = None
        self.settings = list(settings)
        self.write_config()

    def write_config(self):
        groups = {
            "server": {"name": "Test"},
            "listen": {"address": "127.0.0.1", "port": self.port},
            "database": {"path": self.database},
        }
        for group, key, value in self.settings:
            groups.setdefault(group, {})[key] = value
        self.config.write_text(
            "".join(
                f"[{group}]\n" + "".join(f"{key}={value}\n" for key, value in members.items())
                for group, members in groups.items()
            )
        )

    # ---- start and stop ----

    def start(self):
        """Start the server, wait until it listens, and keep its port for the next start."""
        self.write_config()
        log = open(self.log_path, "ab")
        # AddressSanitizer retains freed memory, which would look like growth.
        env = os.environ | {
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=8"
        }
        self.process = subprocess.Popen(
            [binary(), "serve", "--config", str(self.config)],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=self.directory,
        )
        log.close()
        line = self._first_line()
        match = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\s*", line)
        if not match:
            self.kill()
            raise ServerError(f"confabd said {line!r} instead of where it listens\n{self.log()}")
        self.port = int(match[1])
        return self

    def _first_line(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            if not selector.select(PATIENCE):
                self.kill()
                raise ServerError(f"confabd did not say where it listens\n{self.log()}")
        return self.process.stdout.readline().decode()

    def stop(self):
        """Stop the server as systemd does. Return its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ServerError(f"confabd did not stop on SIGTERM\n{self.log()}") from None
        self._forget()
        return status

    def kill(self):
        """Kill the server, which is like a power cut to the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self._forget()

    def restart(self):
        self.stop()
        return self.start()

    def _forget(self):
        self.process.stdout.close()
        self.process = None

    def close(self):
        """Stop the server, check its log against DEFECT and remove its directory."""
        try:
            status = self.stop()
            log = self.log()
            if status != 0:
                raise ServerError(f"confabd ended with {status}\n{log}")
            if DEFECT.search(log):
                raise ServerError(f"confabd's log tells of a defect\n{log}")
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc):
        if exc[0] is not None:
            self.kill()
            shutil.rmtree(self.directory, ignore_errors=True)
        else:
            self.close()

    # ---- inspection ----

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self):
        return self.process.pid

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def memory(self):
        """Return the resident set size in bytes."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def is_sanitized(self):
        """Return whether AddressSanitizer retains freed memory instead of returning it."""
        return "libasan" in pathlib.Path(f"/proc/{self.pid}/maps").read_text()

    def cli(self, *args, stdin="", status=0):
        """Run `confabd ARGS --config …`. Return its output."""
        done = subprocess.run(
            [binary(), *map(str, args), "--config", str(self.config)],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=self.directory,
            check=False,
        )
        if done.returncode != status:
            raise ServerError(
                f"confabd {' '.join(map(str, args))} ended with {done.returncode}:\n"
                f"{done.stdout}{done.stderr}"
            )
        return done.stdout if status == 0 else done.stdout + done.stderr


def wait_for(condition, what, timeout=PATIENCE, interval=0.02):
    """Wait for condition() to be true. Return its value."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {timeout} s for {what}")
        time.sleep(interval)
