#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both Flatpak manifests keep the rules of Flathub's linter, and ask for what is agreed alone.

The linter is in no distribution, so its rules that concern a manifest are written here: the checks
finish_args, modules and toplevel of flatpak-builder-lint.
"""

import copy
import json
import re
import unittest

from programs import TOP

PERMISSIONS = [
    "--share=network",
    "--share=ipc",
    "--socket=wayland",
    "--socket=fallback-x11",
    "--device=dri",
]
RELEASE, DEVELOPMENT = "chat.confab.Confab", "chat.confab.Confab.Devel"
OPEN_FOLDERS = r"--filesystem=(host|home|~|xdg-config|/)(/?$|[:/]|.*autostart)"
FORBIDDEN_COMMANDS = r"(?i)--(talk|own)-name=org\.(freedesktop\.(secrets|portal\..*)|gnome\..*)"


def problems(app_id, manifest):
    """Return what is against the rules, as sentences."""
    return [
        *top_level(app_id, manifest),
        *permissions(app_id, manifest.get("finish-args", [])),
        *(fault for module in manifest["modules"] for fault in module_faults(module)),
    ]


def top_level(app_id, manifest):
    if manifest.get("id") != app_id:
        yield "the id differs from the file's name"
    if "/" in manifest.get("command", ""):
        yield "the command is a path"
    if manifest.get("runtime") != "org.gnome.Platform" or manifest.get("sdk") != "org.gnome.Sdk":
        yield "the runtime is not GNOME's"
    if not re.fullmatch(r"\d+", manifest.get("runtime-version", "")):
        yield "the runtime is not a release"
    if any("debug" in path for path in manifest.get("cleanup", [])):
        yield "debug information is removed"
    if "--share=network" in manifest.get("build-options", {}).get("build-args", []):
        yield "the build has a network"


def permissions(app_id, arguments):
    given = set(arguments)
    if len(given) != len(arguments):
        yield "a permission is given twice"
    if {"--socket=x11", "--socket=fallback-x11"} <= given:
        yield "x11 beside fallback-x11"
    if {"--socket=x11", "--socket=wayland"} <= given:
        yield "x11 beside wayland instead of fallback-x11"
    if "--socket=fallback-x11" in given and "--socket=wayland" not in given:
        yield "fallback-x11 without wayland"
    if given & {"--socket=x11", "--socket=fallback-x11"} and "--share=ipc" not in given:
        yield "x11 without ipc"
    if "--socket=wayland" in given and not given & {"--socket=x11", "--socket=fallback-x11"}:
        yield "wayland alone"
    for argument in arguments:
        if argument in ("--socket=session-bus", "--socket=system-bus", "--device=all"):
            yield f"{argument} opens everything"
        if re.match(OPEN_FOLDERS, argument):
            yield f"{argument} opens folders"
        if re.match(FORBIDDEN_COMMANDS, argument) or argument.endswith(f"-name={app_id}"):
            yield f"{argument} is a portal's, or needs no permission"


def module_faults(module):
    name = module["name"]
    if "--share=network" in module.get("build-options", {}).get("build-args", []):
        yield f"{name}: the build has a network"
    for source in module.get("sources", []):
        if source["type"] == "git":
            if "branch" in source or not {"tag", "commit"} & source.keys():
                yield f"{name}: a git source without tag or commit"
            if not source.get("url", "").startswith("https://"):
                yield f"{name}: a git source that is not fetched by https"
        elif source["type"] in ("archive", "file"):
            if {"md5", "sha1"} & source.keys() or not re.fullmatch(
                r"[0-9a-f]{64}", source.get("sha256", "")
            ):
                yield f"{name}: an archive that is not pinned by sha256"
            if not source.get("url", "").startswith("https://"):
                yield f"{name}: an archive that is not fetched by https"
        else:
            yield f"{name}: a source of type {source['type']}"


class Manifests(unittest.TestCase):
    def load(self, app_id):
        return json.loads((TOP / f"flatpak/{app_id}.json").read_text(encoding="utf-8"))

    def test_rules(self):
        for app_id in (RELEASE, DEVELOPMENT):
            manifest = self.load(app_id)
            self.assertEqual(problems(app_id, manifest), [])
            self.assertEqual(manifest["finish-args"], PERMISSIONS)

    def test_twins(self):
        """The development build differs in its id and its profile alone."""
        release, development = self.load(RELEASE), self.load(DEVELOPMENT)
        development["id"] = release["id"]
        development["modules"][-1]["config-opts"].remove("-Dprofile=development")
        self.assertEqual(development, release)

    def test_rules_find_faults(self):
        """Each rule finds a manifest that breaks it."""
        breaks = {
            "the id": lambda m: m.update(id="chat.confab.Other"),
            "the command": lambda m: m.update(command="/app/bin/confab"),
            "not a release": lambda m: m.update({"runtime-version": "master"}),
            "debug": lambda m: m["cleanup"].append("/lib/debug"),
            "twice": lambda m: m["finish-args"].append("--share=ipc"),
            "x11 beside fallback": lambda m: m["finish-args"].append("--socket=x11"),
            "fallback-x11 without": lambda m: m["finish-args"].remove("--socket=wayland"),
            "without ipc": lambda m: m["finish-args"].remove("--share=ipc"),
            "wayland alone": lambda m: m["finish-args"].remove("--socket=fallback-x11"),
            "everything": lambda m: m["finish-args"].append("--socket=session-bus"),
            "opens folders": lambda m: m["finish-args"].append("--filesystem=home"),
            "autostart": lambda m: m["finish-args"].append("--filesystem=xdg-config/autostart"),
            "a portal's": lambda m: m["finish-args"].append("--talk-name=org.freedesktop.Secrets"),
            "no permission": lambda m: m["finish-args"].append(f"--own-name={RELEASE}"),
            "a network": lambda m: m["modules"][0].update(
                {"build-options": {"build-args": ["--share=network"]}}
            ),
            "without tag": lambda m: m["modules"][-1].update(
                sources=[{"type": "git", "url": "https://confab.chat/x.git", "branch": "main"}]
            ),
            "type dir": lambda m: m["modules"][-1].update(sources=[{"type": "dir", "path": "."}]),
            "pinned": lambda m: m["modules"][1]["sources"][0].update(sha1="0" * 40),
            "by https": lambda m: m["modules"][1]["sources"][0].update(url="http://x.example/y"),
        }
        for fault, breaking in breaks.items():
            manifest = copy.deepcopy(self.load(RELEASE))
            breaking(manifest)
            found = "\n".join(problems(RELEASE, manifest))
            expected = {"autostart": "opens folders"}.get(fault, fault)
            self.assertIn(expected, found)


if __name__ == "__main__":
    unittest.main(verbosity=2)
