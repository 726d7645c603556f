#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lead one window through every page of the table and check each of them."""

import argparse
import sys
import time

import accessible
from table import BY_NAME
from tour import Tour

PATIENCE = 2  # seconds for what is still moving


def check_accessible(tour, page):
    """Return what assistive technologies cannot make sense of."""
    until = time.monotonic() + PATIENCE
    while (faults := accessible.faults(tour.nodes())) and time.monotonic() < until:
        time.sleep(0.2)
    return faults


CHECKS = {"accessible": check_accessible}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("check", choices=CHECKS)
    parser.add_argument("pages", nargs="*", metavar="PAGE", choices=[[], *BY_NAME])
    options = parser.parse_args()
    begin, seen, faults = time.monotonic(), set(), []
    with Tour() as tour:

        def visit(page):
            seen.add(page.name)
            if page.own:
                found = [f"{page.name}: {fault}" for fault in CHECKS[options.check](tour, page)]
                print("\n".join(found) or page.name, flush=True)
                faults.extend(found)

        tour.walk(visit, options.pages)
        tour.window.check_log()
    faults += tour.lost
    faults += [f"{n} was not visited" for n in (options.pages or BY_NAME) if n not in seen]
    print("\n".join(faults))
    print(f"{len(seen)} pages in {time.monotonic() - begin:.0f} s, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
