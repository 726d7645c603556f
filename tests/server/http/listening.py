# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that listen otherwise than most tests need it: with TLS, over IPv6, or not at all."""

import atexit
import pathlib
import re
import shutil
import ssl
import subprocess
import tempfile

from confabd import DEFECT, PATIENCE, Server, ServerError, binary

_directory = None


def certificate():
    """A certificate for localhost and its key, made once."""
    global _directory
    if _directory is None:
        _directory = pathlib.Path(tempfile.mkdtemp(prefix="certificate-"))
        atexit.register(shutil.rmtree, _directory, ignore_errors=True)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-keyout", "key.pem", "-out", "certificate.pem", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1"],
            cwd=_directory, check=True, capture_output=True)
    return _directory / "certificate.pem", _directory / "key.pem"


def trust(*protocols):
    """What a client needs to trust that certificate, and no other."""
    context = ssl.create_default_context(cafile=certificate()[0])
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


class Listener(Server):
    """A server at any origin. Its settings may be such that it refuses to start."""

    origin = None

    def _popen(self):
        self.write_config()
        with open(self.log_path, "ab") as log:
            return subprocess.Popen([binary(), "serve", "--config", str(self.config)], stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE, stderr=log, cwd=self.directory)

    def start(self):
        self.process = self._popen()
        line = self._first_line()
        match = re.fullmatch(r"listening on (https?://.+:(\d+))\n", line)
        if not match:
            self.kill()
            raise ServerError(f"confabd said {line!r} instead of where it listens\n{self.log()}")
        self.origin, self.port = match[1], int(match[2])
        return self

    def refuse(self):
        """It must end by itself, with status 1 and in peace; returns what it logged."""
        process = self._popen()
        try:
            output, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise ServerError(f"it goes on\n{self.log()}") from None
        log = self.log()
        shutil.rmtree(self.directory, ignore_errors=True)
        assert process.returncode == 1 and output == b"", f"{process.returncode} {output!r}\n{log}"
        assert not DEFECT.search(log), log
        return log


def tls_server(*settings):
    pem, key = certificate()
    return Listener(("listen", "certificate", pem), ("listen", "key", key), *settings)
