#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the source tree against docs/architecture.md and the rules of the project.

Include paths keep most forbidden dependencies from compiling. This script finds the others: headers
in /usr/include, relative includes of another folder, and violations of the rules about files.
"""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)

# folder → headers that its files may not include
FORBIDDEN = {
    "src/model": r"sqlite3|libsoup|libsecret|json-glib|gtk/|adwaita|libwebsockets|sodium",
    "src/protocol": r"sqlite3|libsoup|libsecret|gtk/|adwaita|libwebsockets|sodium|zxcvbn",
    "src/store": r"libsoup|libsecret|json-glib|gtk/|adwaita|libwebsockets|sodium|zxcvbn",
    "src/engine": r"gtk/|adwaita|libwebsockets|sodium|zxcvbn",
    "src/app": r"sqlite3|libsoup|libsecret|json-glib|libwebsockets|sodium|zxcvbn",
    "src/search-provider": r"libsoup|libsecret|json-glib|gtk/|adwaita|libwebsockets|sodium|zxcvbn",
    "src/server": r"libsoup|libsecret|gtk/|adwaita|zxcvbn",
}
# folders that contain only headers
HEADERS_ONLY = ("src/engine/api",)
MAX_LINES = 1000


def tracked(*patterns):
    """Return the files known to git or, without git (in a release), all files that match."""
    try:
        out = subprocess.run(
            ["git", "-C", str(TOP), "-c", "safe.directory=*", "ls-files", *patterns],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        return [TOP / name for name in out if (TOP / name).exists()]
    except (OSError, subprocess.CalledProcessError):
        return [
            p
            for pattern in patterns
            for folder in ("src", "tests", "resources")
            for p in (TOP / folder).rglob(pattern)
        ]


def is_registered(path):
    """Return whether the folder's meson.build names the file, in full or in a list; the run.py of
    the Python suites runs every test_*.py of its folder.
    """
    if path.suffix == ".py" and (path.parent / "run.py").exists():
        return True
    meson = (path.parent / "meson.build").read_text(encoding="utf-8")
    bare = re.sub(r"^test[-_]", "", path.stem)
    return any(f"'{name}'" in meson for name in (path.name, path.stem, bare))


def findings():
    for path in tracked("*.c", "*.h", "*.py", "*.blp"):
        name = path.relative_to(TOP).as_posix()
        text = path.read_text(encoding="utf-8")
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in text:
            yield f"{name}: no SPDX header"
        if text.count("\n") > MAX_LINES:
            yield f"{name}: more than {MAX_LINES} lines"
        if path.suffix not in (".c", ".h"):
            continue
        if path.suffix == ".h" and "#pragma once" not in text:
            yield f"{name}: no #pragma once"
        if path.suffix == ".c" and name.startswith(tuple(room + "/" for room in HEADERS_ONLY)):
            yield f"{name}: this folder holds headers only"
        for room, pattern in FORBIDDEN.items():
            if not name.startswith(room + "/"):
                continue
            for include in INCLUDE.findall(text):
                if re.match(pattern, include):
                    yield f"{name}: {room} may not include <{include}>"
                if include.startswith("../"):
                    yield f"{name}: includes {include}; use the header's name without a path"
        for line_no, line in enumerate(text.splitlines(), 1):
            if (
                re.match(r"\s*g_auto(ptr|free|list|slist|fd)?\b[^=(]*(\([^)]*\))?\s*[^=(]*;$", line)
                and "=" not in line
                and "G_DEFINE" not in line
            ):
                yield f"{name}:{line_no}: an automatic variable without a value"
    for path in tracked("tests/**/test-*.c", "tests/**/test_*.py"):
        if not is_registered(path):
            yield f"{path.relative_to(TOP).as_posix()}: no meson.build runs it"


def main():
    found = list(findings())
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
