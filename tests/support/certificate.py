# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate that only the tests trust."""

import atexit
import pathlib
import shutil
import ssl
import subprocess
import tempfile

_directory = None


def certificate():
    """Return the paths of a certificate for localhost and its key, created once."""
    global _directory
    if _directory is None:
        _directory = pathlib.Path(tempfile.mkdtemp(prefix="certificate-"))
        atexit.register(shutil.rmtree, _directory, ignore_errors=True)
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "certificate.pem",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1",
            ],
            cwd=_directory,
            check=True,
            capture_output=True,
        )
    return _directory / "certificate.pem", _directory / "key.pem"


def trust(*protocols):
    """Return an SSL context that trusts only that certificate."""
    context = ssl.create_default_context(cafile=certificate()[0])
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context
