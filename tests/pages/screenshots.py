#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take a picture of every page of the app in every variant, for `./dev screenshots`."""

import argparse
import dataclasses
import html
import multiprocessing
import os
import pathlib
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

from table import BY_NAME, PAGES
from tour import SIZE, TOP, Tour

NARROW, SMALL = (360, 648), (360, 294)


@dataclasses.dataclass
class Run:
    """One start of the app. variants: their names and the sizes of the window."""

    variants: dict
    settings: str = ""
    more: dict = dataclasses.field(default_factory=dict)
    language: str = None


RUNS = (
    Run({"light": SIZE, "narrow": NARROW, "small": SMALL}),
    Run({"dark": SIZE}, more={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}),
    Run({"high-contrast": SIZE}, more={"ADW_DEBUG_HIGH_CONTRAST": "1"}),
    Run(
        {"high-contrast-dark": SIZE},
        more={"ADW_DEBUG_HIGH_CONTRAST": "1", "ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    ),
    Run({"large-text": SIZE, "large-text-narrow": NARROW}, settings="gtk-font-name=Sans 22\n"),
    Run({"right-to-left": SIZE}, language="ar_EG.UTF-8"),
)
VARIANTS = [variant for run in RUNS for variant in run.variants]


def take(tour, page, path):
    """Save what the screen shows in the area of the main window, or of GTK's own dialog."""
    place = tour.window.geometry(tour.xid if page.own else None)
    crop = f"{place['WIDTH']}x{place['HEIGHT']}+{place['X']}+{place['Y']}"
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["import", "-window", "root", "-crop", crop, "+repage", str(path)],
        env=tour.desktop.env,
        check=True,
    )


def first_line(error):
    return str(error).split("\n")[0]


def go(run, names, variants, folder):
    """Take the pictures of one start of the app. Return what went wrong on the way."""
    wanted = {name: size for name, size in run.variants.items() if name in variants}
    if not wanted:
        return []
    with Tour(run.settings, run.more, run.language) as tour:

        def visit(page):
            print(f"{page.name}: {', '.join(wanted)}", flush=True)
            for variant, size in wanted.items():
                if size != SIZE:
                    tour.resize(*size)
                    tour.settle()
                    if not tour.is_open(page):
                        continue  # a menu, which closes when the window changes its size
                take(tour, page, folder / page.name / f"{variant}.png")
            if any(size != SIZE for size in wanted.values()):
                tour.resize(*SIZE)
                tour.settle()
                if not tour.is_open(page):
                    tour.key("Escape")  # a menu may be left half open
                    tour.recover(BY_NAME[page.parent])
                    tour.open(page)

        tour.walk(visit, names)
        return [f"{'/'.join(wanted)}: {first_line(error)}" for error in tour.lost]


def write_index(folder):
    """Write a table of all pictures, a page of the app in each row."""
    rows = []
    for page in PAGES:
        cells = [
            (
                f'<td><a href="{page.name}/{variant}.png"><img loading="lazy" width="240"'
                f' src="{page.name}/{variant}.png" alt="{page.name}, {variant}"></a></td>'
                if (folder / page.name / f"{variant}.png").exists()
                else "<td></td>"
            )
            for variant in VARIANTS
        ]
        rows.append(f"<tr><th>{html.escape(page.name)}</th>{''.join(cells)}</tr>")
    heads = "".join(f"<th>{variant}</th>" for variant in VARIANTS)
    (folder / "index.html").write_text(
        '<!DOCTYPE html><meta charset="utf-8"><title>Confab’s pages</title>'
        "<style>body { font-family: sans-serif } th { text-align: left; vertical-align: top }"
        f"</style><table><tr><th></th>{heads}</tr>{''.join(rows)}</table>\n",
        encoding="utf-8",
    )


def main():
    parser = argparse.ArgumentParser(prog="./dev screenshots", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="of tests/pages/table.py")
    parser.add_argument(
        "--only", action="append", choices=VARIANTS, metavar="VARIANT", help=", ".join(VARIANTS)
    )
    parser.add_argument("--build", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = [name for name in options.pages if name not in BY_NAME]
    if unknown:
        parser.error(f"there is no page {', '.join(unknown)}; there are {', '.join(BY_NAME)}")
    os.environ["CONFAB"] = str(options.build / "src/app/confab")
    os.environ["CONFABD"] = str(options.build / "src/server/confabd")
    folder = TOP / "build" / "screenshots"
    lost = []
    for run in RUNS:
        # A process of its own: GTK's libraries keep the first display and session bus.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            try:
                task = process.submit(go, run, options.pages, options.only or VARIANTS, folder)
                lost += task.result()
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                lost.append(f"{'/'.join(run.variants)}: {first_line(error)}")
    write_index(folder)
    print("\n".join([*lost, f"The pictures are in {folder / 'index.html'}"]))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
