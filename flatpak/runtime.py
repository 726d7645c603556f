#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make a runtime and an SDK for Flatpak from the Debian packages of the root in build/root.

Usage: runtime.py REPOSITORY, inside that root. The runtime is made of PLATFORM and all that these
packages need, the SDK also of TOOLS. Neither has the libraries in BUNDLED: as with GNOME's runtime,
Confab's Flatpak has to bring them.

This is no GNOME runtime. It proves that Confab builds, starts and keeps within its permissions as a
Flatpak, not that it works with the versions of GNOME's.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

RUNTIME = "chat.confab.LocalPlatform"
SDK = "chat.confab.LocalSdk"
BRANCH = "13"

PLATFORM = """
    adwaita-icon-theme bash ca-certificates coreutils dash dconf-gsettings-backend diffutils findutils
    fonts-cantarell fonts-noto-color-emoji fonts-noto-core glib-networking grep
    gsettings-desktop-schemas gzip hunspell-en-us libadwaita-1-0 libc-bin libcurl4t64 libglib2.0-bin
    libgtk-4-1 libicu76 libjson-glib-1.0-0 libportal1 libsecret-1-0 libsoup-3.0-0 libsqlite3-0 librsvg2-common
    libssl3t64 sed shared-mime-info
""".split()
TOOLS = """
    blueprint-compiler ccache desktop-file-utils gcc gettext libadwaita-1-dev
    libcurl4-openssl-dev libc6-dev libglib2.0-dev-bin libgtk-4-dev libicu-dev
    libjson-glib-dev libportal-dev libsecret-1-dev libsoup-3.0-dev libsqlite3-dev libssl-dev meson ninja-build
    pkgconf tar
""".split()
# What the manifest's modules are in Debian.
BUNDLED = {
    "gmime": ["libgmime-3.0-0t64", "libgmime-3.0-dev", "libgpgme11t64", "libassuan9"],
    "libsodium": ["libsodium23", "libsodium-dev"],
    "libuv": ["libuv1t64", "libuv1-dev"],
    "libwebsockets": [
        "libwebsockets19t64",
        "libwebsockets-dev",
        "libwebsockets-evlib-uv",
        "libcap-dev",  # a header
    ],
    "llhttp": ["libllhttp9.2", "libllhttp-dev"],
    "zxcvbn-c": ["libzxcvbn0", "libzxcvbn-dev"],
}
# What packages make when they are installed, so that no package lists it.
GENERATED = """
    etc/alternatives etc/ssl/certs etc/ld.so.cache
    usr/share/mime usr/share/glib-2.0/schemas/gschemas.compiled usr/share/icons/hicolor
    usr/lib/{triplet}/gdk-pixbuf-2.0/2.10.0/loaders.cache
    usr/lib/{triplet}/gio/modules/giomodule.cache
""".split()
OMITTED = re.compile(r"/usr/share/(doc|man|info|bash-completion|lintian|bug)/")


class Packages:
    """The packages installed in a root."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.info = self.root / "var/lib/dpkg/info"
        self.known = {}
        self.providers = {}
        status = (self.root / "var/lib/dpkg/status").read_text(encoding="utf-8")
        for paragraph in status.split("\n\n"):
            fields = dict(re.findall(r"^([\w-]+): (.*)$", paragraph, re.MULTILINE))
            if fields.get("Status") != "install ok installed":
                continue
            self.known[fields["Package"]] = fields
            for word in re.findall(
                r"([\w.+-]+)(?: \([^)]*\))?(?:, |$)", fields.get("Provides", "")
            ):
                self.providers.setdefault(word, fields["Package"])

    def needs(self, name):
        fields = self.known[name]
        depends = ", ".join(fields[key] for key in ("Pre-Depends", "Depends") if key in fields)
        for group in filter(None, depends.split(", ")):
            names = [re.match(r"[\w.+-]+", choice)[0] for choice in group.split(" | ")]
            found = [self.providers.get(name, name) for name in names]
            yield next((name for name in found if name in self.known), None)

    def closure(self, names):
        """Return these packages and all that they need."""
        found, left = set(), list(names)
        while left:
            name = left.pop()
            if name is not None and name not in found:
                found.add(name)
                left += self.needs(name)
        return found

    def files(self, name):
        """Return the paths, without the first slash, of a package."""
        architecture = self.known[name]["Architecture"]
        path = self.info / f"{name}.list"
        if not path.exists():
            path = self.info / f"{name}:{architecture}.list"
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            # /bin, /lib and /sbin are links into /usr.
            line = re.sub(r"^/(bin|lib|lib64|sbin)/", r"/usr/\1/", line)
            if not OMITTED.match(line):
                yield line[1:]


def triplet():
    return subprocess.run(
        ["gcc", "-print-multiarch"], check=True, capture_output=True, text=True
    ).stdout.strip()


def copy(source, target):
    """Copy a file or a symbolic link, unless the target exists."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.exists():
        return
    if source.is_symlink():
        target.symlink_to(os.readlink(source))
    else:
        shutil.copy2(source, target)


def fill(packages, names, folder):
    """Make folder/usr, with /etc in it, of packages."""
    root = packages.root
    generated = [path.format(triplet=triplet()) for path in GENERATED]
    paths = [path for name in sorted(packages.closure(names)) for path in packages.files(name)]
    for path in generated:
        full = root / path
        paths += [str(p.relative_to(root)) for p in full.rglob("*")] if full.is_dir() else [path]
    for path in paths:
        source = root / path
        if path.startswith(("usr/", "etc/")) and (source.is_symlink() or source.is_file()):
            copy(source, folder / (path if path.startswith("usr/") else f"usr/{path}"))
    (folder / "usr/etc/ld.so.cache").unlink(missing_ok=True)
    for name in ("fstab", "hostname", "hosts", "machine-id", "passwd", "resolv.conf", "shadow"):
        (folder / "usr/etc" / name).unlink(missing_ok=True)
    (folder / "usr/etc/ld.so.conf").unlink(missing_ok=True)
    (folder / "usr/etc/ld.so.conf").write_text(
        "include /run/flatpak/ld.so.conf.d/app-*.conf\n"
        f"/app/lib\n/usr/lib/{triplet()}\n/usr/lib\n"
    )


def export(repository, packages, names, folder, ref):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "files").mkdir(parents=True)
    fill(packages, names, folder)
    arch = subprocess.run(
        ["flatpak", "--default-arch"], check=True, capture_output=True, text=True
    ).stdout.strip()
    (folder / "metadata").write_text(
        f"[Runtime]\nname={ref}\nruntime={RUNTIME}/{arch}/{BRANCH}\nsdk={SDK}/{arch}/{BRANCH}\n\n"
        "[Environment]\nXDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share\n"
    )
    subprocess.run(
        [
            *("flatpak", "build-export", "--runtime", "--disable-sandbox", "--no-update-summary"),
            *(repository, folder, BRANCH),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(folder)


def main():
    repository = pathlib.Path(sys.argv[1])
    packages = Packages("/")
    bundled = {name for names in BUNDLED.values() for name in names}
    for names in (PLATFORM, [*PLATFORM, *TOOLS]):
        both = bundled & packages.closure(names)
        assert not both, f"the runtime must not have what Confab brings: {both}"
    ostree = ["ostree", f"--repo={repository}"]
    subprocess.run([*ostree, "init", "--mode=bare-user-only"], check=True)
    # What is made here is made again if it is damaged, so it need not wait for the disk.
    subprocess.run([*ostree, "config", "set", "core.fsync", "false"], check=True)
    folder = repository.parent / "runtime-folder"
    export(repository, packages, PLATFORM, folder, RUNTIME)
    export(repository, packages, [*PLATFORM, *TOOLS], folder, SDK)
    subprocess.run(["flatpak", "build-update-repo", repository], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
