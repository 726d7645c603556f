#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build Confab's Flatpak from this tree: a signed repository and a bundle, for `./dev flatpak`."""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

import manifest
from runtime import BRANCH, RUNTIME, SDK

TOP = pathlib.Path(__file__).resolve().parents[1]
FOLDER = TOP / "build/flatpak"
USER = FOLDER / "user"  # an installation of its own, beside those of the user and the computer
FLATHUB = "https://dl.flathub.org/repo/flathub.flatpakrepo"
KEY_OWNER = "Confab, built on this computer"


def say(text):
    print(f"\033[1m{text}\033[0m", file=sys.stderr, flush=True)


def run(*command, **options):
    return subprocess.run([str(word) for word in command], check=True, **options)


def run_quietly(log, *command):
    """Run a command with its output in a file, whose end is printed if the command fails."""
    with open(log, "w", encoding="utf-8") as output:
        done = subprocess.run([str(word) for word in command], stdout=output, stderr=output)
    if done.returncode != 0:
        print("\n".join(log.read_text(errors="replace").splitlines()[-40:]), file=sys.stderr)
        sys.exit(f"{command[0]} failed; {log} has all of its output")


def flatpak(*words, **options):
    return run("flatpak", "--user", *words, **options)


# ---- runtimes -----------------------------------------------------------------------------------


def provide_local_runtime():
    """Make and install the runtime of runtime.py, unless there is one made of the same packages."""
    parts = (pathlib.Path("/.confab-packages"), TOP / "flatpak/runtime.py")
    key = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]
    repository = FOLDER / f"runtime-{key}"
    if not repository.exists():
        say("Making a runtime of Debian's packages")
        for old in FOLDER.glob("runtime-*"):
            shutil.rmtree(old)
        shutil.rmtree(USER, ignore_errors=True)
        new = FOLDER / "runtime-new"
        run_quietly(FOLDER / "runtime.log", TOP / "flatpak/runtime.py", new)
        new.rename(repository)
    flatpak("remote-add", "--if-not-exists", "--no-gpg-verify", "runtime", f"file://{repository}")
    installed = [
        *("install", "--noninteractive", "--or-update", "--no-related", "runtime"),
        *(f"{name}//{BRANCH}" for name in (RUNTIME, SDK)),
    ]
    flatpak(*installed, stdout=subprocess.DEVNULL)


def provide_flathub():
    try:
        flatpak("remote-add", "--if-not-exists", "flathub", FLATHUB)
    except subprocess.CalledProcessError:
        sys.exit(
            "GNOME's runtime comes from Flathub, which is out of reach. "
            "Try ./dev flatpak --local, which needs no network."
        )


# ---- the app ------------------------------------------------------------------------------------


def signing_key():
    """Return the options that sign with a key for this tree, made on first use."""
    home = FOLDER / "gnupg"
    home.mkdir(mode=0o700, exist_ok=True)
    gpg = ["gpg", "--homedir", home, "--batch", "--no-tty", "--quiet"]
    public = FOLDER / "confab.gpg"
    if not public.exists():
        made = [*gpg, "--passphrase", "", "--quick-gen-key", KEY_OWNER, "default", "sign", "never"]
        run(*made, stderr=subprocess.DEVNULL)
        run(*gpg, "--output", public, "--export", KEY_OWNER)
    listed = run(*gpg, "--with-colons", "--list-keys", capture_output=True, text=True).stdout
    fingerprint = next(line.split(":")[9] for line in listed.splitlines() if line[:3] == "fpr")
    return [f"--gpg-sign={fingerprint}", f"--gpg-homedir={home}"]


def build(app_id, local):
    """Build a bundle. Return its path and that of the repository."""
    kind = "local" if local else "release"
    folder = FOLDER / kind
    folder.mkdir(exist_ok=True)
    data = manifest.load(app_id)
    data = manifest.local(data, FOLDER / "libraries") if local else manifest.of_tree(data)
    path = folder / f"{app_id}.json"
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")
    signing = signing_key()
    say(f"Building {app_id} ({folder}/build.log has the details)")
    dependencies = [] if local else ["--install-deps-from=flathub"]
    builder = [
        *("flatpak-builder", "--user", "--disable-rofiles-fuse", "--force-clean", "--ccache"),
        *(f"--state-dir={FOLDER}/state", f"--repo={folder}/repo", *dependencies, *signing),
        *(folder / "app", path),
    ]
    run_quietly(folder / "build.log", *builder)
    bundle = folder / f"{app_id}.flatpak"
    bundled = ["flatpak", "build-bundle", f"--gpg-keys={FOLDER}/confab.gpg", *signing]
    if not local:
        bundled.append(f"--runtime-repo={FLATHUB}")
    run(*bundled, folder / "repo", bundle, app_id)
    return bundle, folder / "repo"


def install(app_id, bundle):
    """Install the bundle into the private installation."""
    if (USER / "app" / app_id).exists():
        flatpak("uninstall", "--noninteractive", app_id, stdout=subprocess.DEVNULL)
    flatpak("install", "--noninteractive", "--bundle", bundle, stdout=subprocess.DEVNULL)


def run_stories(app_id, screenshot):
    """Use the installed app. Return the exit status."""
    say("Using the installed Flatpak")
    env = {
        **os.environ,
        "CONFAB_FLATPAK": app_id,
        "CONFAB_ARTEFACTS": str(FOLDER / "artefacts"),
        "CONFAB_SCREENSHOT": str(screenshot),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    stories = sorted((TOP / "tests/flatpak").glob("story_*.py"))
    failed = [
        story.name
        for story in stories
        if subprocess.run([sys.executable, story], env=env).returncode
    ]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
        return 1
    say(f"The installed app’s screenshot is {screenshot}")
    return 0


def main():
    parser = argparse.ArgumentParser(prog="./dev flatpak", description=__doc__)
    parser.add_argument(
        "--local",
        action="store_true",
        help="without a network, on a runtime made of Debian’s packages; install it, use it, and "
        "leave its screenshot",
    )
    parser.add_argument("--devel", action="store_true", help="the development build")
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=pathlib.Path,
        default=FOLDER / "screenshot.png",
        help="with --local: where to write the picture",
    )
    options = parser.parse_args()
    app_id = "chat.confab.Confab" + (".Devel" if options.devel else "")
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["FLATPAK_USER_DIR"] = str(USER)
    if options.local:
        provide_local_runtime()
    else:
        provide_flathub()
    bundle, repository = build(app_id, options.local)
    if options.local:
        install(app_id, bundle)
        return run_stories(app_id, options.screenshot)
    print(
        f"To install it:\n\n    flatpak install --user {bundle}\n\nThe repository is {repository}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
