# SPDX-FileCopyrightText: 2026 The Confab authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that listen in special ways: with TLS, over IPv6, or not at all."""

import re
import shutil
import subprocess

from certificate import certificate
from confabd import DEFECT, PATIENCE, Server, ServerError, binary


class Listener(Server):
    """A server at any origin, whose settings may keep it from starting."""

    origin = None

    def _popen(self):
        self.write_config()
        with open(self.log_path, "ab") as log:
            return subprocess.Popen(
                [binary(), "serve", "--config", str(self.config)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self.directory,
            )

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
        """Wait until the server exits with status 1, without a crash. Return its log."""
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
