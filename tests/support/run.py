#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a server with sample data and open people's windows, for `./dev run`."""

import argparse
import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys

from desktop import START_SECONDS, Desktop, read_line, stop
from locales import caller_env

TOP = pathlib.Path(__file__).resolve().parents[2]
STATE = TOP / "build" / "run"
PASSWORD = "correct horse battery staple"
PEOPLE = ("ada", "bruno")
WINDOW_WIDTH, WINDOW_HEIGHT = 1100, 760


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare_server(confabd):
    """Write the configuration and the sample data. The port never changes, because accounts
    identify their server by it.
    """
    config = STATE / "confabd.conf"
    database = STATE / "confabd.db"
    if not config.exists():
        config.write_text(
            f"[server]\nname=Sample\n\n[listen]\naddress=127.0.0.1\nport={free_port()}\n\n"
            f"[database]\npath={database}\n"
        )
    if not database.exists():
        print("Writing the sample data…", file=sys.stderr)
        done = subprocess.run([confabd, "sample", "--config", config])
        if done.returncode != 0:
            database.unlink(missing_ok=True)
            sys.exit(done.returncode)
    return config


@contextlib.contextmanager
def server(confabd):
    """Run confabd and yield its origin. Stop it cleanly."""
    config = prepare_server(confabd)
    with open(STATE / "confabd.log", "a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [confabd, "serve", "--config", config], stdout=subprocess.PIPE, stderr=log
        )
    try:
        try:
            yield read_line(process.stdout.fileno(), "confabd").removeprefix("listening on ")
        except RuntimeError as error:
            sys.exit(f"{error}; its log is {STATE / 'confabd.log'}")
    finally:
        stop(process)


def person_env(env, name):
    home = STATE / name
    return {
        **env,
        **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE")},
    }


def open_window(build, env, origin, name, number):
    """Sign the person in if needed, and start the app."""
    env = person_env(env, name)
    subprocess.run(
        [build / "tests/support/confab-sign-in", origin, name],
        env=env,
        input=PASSWORD + "\n",
        text=True,
        check=True,
    )
    command = [build / "src/app/confab"]
    if number > 0:
        command.append(f"--gapplication-app-id=chat.confab.Confab.Person{number + 1}")
    return subprocess.Popen(command, env=env)


def place_side_by_side(env, windows):
    """A virtual display has no window manager, so place the windows here."""
    for number, window in enumerate(windows):
        search = [
            "xdotool",
            "search",
            "--sync",
            "--onlyvisible",
            "--all",
            "--pid",
            str(window.pid),
            "--name",
            ".",
        ]
        subprocess.run(
            [
                *search,
                "windowsize",
                "%@",
                str(WINDOW_WIDTH),
                str(WINDOW_HEIGHT),
                "windowmove",
                "%@",
                str(number * WINDOW_WIDTH),
                "0",
            ],
            env=env,
            check=True,
            timeout=START_SECONDS,
        )


def run(options, env, virtual):
    people = PEOPLE if options.two else PEOPLE[:1]
    with server(options.build / "src/server/confabd") as origin:
        windows = [
            open_window(options.build, env, origin, name, number)
            for number, name in enumerate(people)
        ]
        try:
            if virtual:
                place_side_by_side(env, windows)
            if options.screenshot:
                return subprocess.run(
                    [TOP / "tests/support/show.py", options.screenshot], env=env
                ).returncode
            if virtual:
                print(
                    "There is no display, so Confab runs on a virtual one,"
                    f" DISPLAY={env['DISPLAY']}.\n"
                    "To look: ./dev run --screenshot FILE. Ctrl+C ends it.",
                    file=sys.stderr,
                )
            return max([window.wait() for window in windows])
        except KeyboardInterrupt:
            return 0
        finally:
            for window in windows:
                stop(window)


def main():
    parser = argparse.ArgumentParser(prog="./dev run", description=__doc__)
    parser.add_argument("--two", action="store_true", help="two people's windows, side by side")
    parser.add_argument(
        "--fresh", action="store_true", help="start over: new sample data, new accounts"
    )
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=pathlib.Path,
        help="write a picture once a conversation shows its messages, then end",
    )
    parser.add_argument("--build", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fresh:
        shutil.rmtree(STATE, ignore_errors=True)
    STATE.mkdir(parents=True, exist_ok=True)
    os.environ["GSETTINGS_SCHEMA_DIR"] = str(options.build / "data")
    language = caller_env(options.build)

    # Always take screenshots on a virtual display, which shows only Confab and needs no user.
    if options.screenshot or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        size = f"{WINDOW_WIDTH * (2 if options.two else 1)}x{WINDOW_HEIGHT}"
        with Desktop(keyring="unlocked", size=size, home=STATE / "home") as desktop:
            return run(options, {**desktop.env, **language}, virtual=True)
    return run(options, {**os.environ, **language}, virtual=False)


if __name__ == "__main__":
    sys.exit(main())
