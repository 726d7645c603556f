# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read a manifest and point it at what is on this computer."""

import json
import pathlib
import re
import shutil

from runtime import BRANCH, BUNDLED, RUNTIME, SDK, Packages, copy, triplet

TOP = pathlib.Path(__file__).resolve().parents[1]


def load(app_id):
    return json.loads((TOP / "flatpak" / f"{app_id}.json").read_text(encoding="utf-8"))


def of_tree(manifest):
    """Replace the source of Confab, which is the last module, by the tree."""
    confab = manifest["modules"][-1]
    assert confab["name"] == "confab", confab
    confab["sources"] = [{"type": "dir", "path": str(TOP), "skip": ["build", ".git"]}]
    return manifest


def _move(text):
    """Return a text file of a library in /usr as it has to be in /app."""
    text = re.sub(r"^Requires: libcap$", "", text, flags=re.MULTILINE)  # Debian's libwebsockets
    text = re.sub(rf"/lib/{triplet()}(?![\w-])", "/lib", text)
    return re.sub(r'^(\w*prefix=)"?/usr"?$', r"\1/app", text, flags=re.MULTILINE)


def _find_event_loops(path):
    """libwebsockets looks for its event loops in the folder that it was built for."""
    data = path.read_bytes()
    old = f"/usr/lib/{triplet()}".encode() + b"\0"
    assert old in data, path
    path.write_bytes(data.replace(old, b"/app/lib".ljust(len(old), b"\0")))


def copy_library(packages, names, folder):
    """Lay out Debian's packages of a library as a module would install it into /app."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in (path for name in names for path in packages.files(name)):
        source = packages.root / path
        place = re.sub(rf"^usr/(lib|include)/{triplet()}/", r"usr/\1/", path)
        if not re.match(r"usr/(lib|include)/", place) or place.endswith(".a"):
            continue
        if source.is_file() or source.is_symlink():
            target = folder / place.removeprefix("usr/")
            copy(source, target)
            if target.suffix == ".pc":
                target.write_text(_move(target.read_text(encoding="utf-8")), encoding="utf-8")
            if target.name.startswith("libwebsockets.so.") and not target.is_symlink():
                _find_event_loops(target)
    for path in list(folder.rglob("*")):
        if path.is_symlink() and not path.exists():
            path.unlink()


def local(manifest, folder):
    """Take the runtime of runtime.py, and for each library what Debian has.

    The sources of libraries are their Debian packages, which are built already; so these modules
    copy them. Tools that the SDK has are left out. All else stays as the manifest says.
    """
    packages = Packages("/")
    manifest.update({"runtime": RUNTIME, "sdk": SDK, "runtime-version": BRANCH})
    kept = []
    for module in of_tree(manifest)["modules"]:
        name = module["name"]
        if name in BUNDLED:
            copy_library(packages, BUNDLED[name], folder / name)
            kept.append(
                {
                    "name": name,
                    "buildsystem": "simple",
                    "build-commands": ["cp -a . ${FLATPAK_DEST}/"],
                    "sources": [{"type": "dir", "path": str(folder / name)}],
                }
            )
        elif module.get("cleanup") != ["*"]:
            kept.append(module)
    manifest["modules"] = kept
    # The SDK has no tools for these two, and nothing here reads their results.
    manifest["build-options"] = {"no-debuginfo": True, "strip": False}
    manifest["appstream-compose"] = False
    return manifest
