#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds files that call each other in a circle: to understand one, you must read them all.

A file depends on the file that defines a function it names. A circle that is wanted is listed
below with its reason; one that is listed and gone is an error, too.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]

ROOMS = ("src/model", "src/protocol", "src/store", "src/engine", "src/app", "src/server")

# the files of a circle, without "confab-" and ".c" → why it is there
WANTED = {
    "mirror-call mirror-exchange": "a job that finds damage asks for another file, and with that"
    " file the jobs that were held go on",
    "reset reset-keeper": "one object in two files: what it does, and how it is kept",
    "timeline timeline-changes timeline-items timeline-keys timeline-reading timeline-rows": (
        "one object in several files, see confab-timeline-internal.h"
    ),
    "application window window-accounts window-leaving window-notifications window-strays": (
        "the application makes windows, and a window tells the application what it still saves;"
        " the window is one object in several files"
    ),
    "message-text message-text-accessible message-text-layout message-text-links"
    " message-text-select": "one widget in several files",
    "timeline-view timeline-view-announce timeline-view-kinetic timeline-view-reading"
    " timeline-view-stick": "one widget in several files",
    "person-access person-page": "one page in two files: what is shown, and what ends access",
    "connection request response socket": "they hold each other, see confab-http-private.h",
    "conversations members": "members join a conversation, which is made with members",
    "database query": "one connection in two files: opening it, and its statements",
    "cli-role cli-user": "both carry out commands on the same database",
}

DEFINITION = re.compile(r"^(?!static\b)[\w* ]+\n(confab_\w+) \(", re.M)
COMMENT = re.compile(r"/\*.*?\*/", re.S)
NAME = re.compile(r"\bconfab_\w+")


def read_files():
    return {
        path: COMMENT.sub("", path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted((TOP / room).rglob("*.c"))
    }


def find_edges(texts):
    owner = {name: path for path, text in texts.items() for name in DEFINITION.findall(text)}
    return {
        path: {owner[name] for name in NAME.findall(text) if owner.get(name, path) != path}
        for path, text in texts.items()
    }


def find_reachable(edges, start):
    seen = set()
    todo = [start]
    while todo:
        for path in edges[todo.pop()] - seen:
            seen.add(path)
            todo.append(path)
    return seen


def find_circles(edges):
    """Each circle as the set of its files: those that reach each other."""
    reachable = {path: find_reachable(edges, path) for path in edges}
    circles = set()
    for path, seen in reachable.items():
        if path in seen:
            circles.add(frozenset(other for other in seen if path in reachable[other]))
    return circles


def main():
    circles = {
        " ".join(sorted(path.stem.removeprefix("confab-") for path in circle))
        for circle in find_circles(find_edges(read_files()))
    }
    for circle in sorted(circles - WANTED.keys()):
        print(f"a circle: {circle}")
    for circle in sorted(WANTED.keys() - circles):
        print(f"no circle any more: {circle}")
    return 1 if circles != WANTED.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
