# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A deadline for a whole answer, from its first line to its end.

A socket's timeout applies to each part of an answer, so a server that sends single bytes never exceeds it.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from contextlib import suppress
from typing import Any

with suppress(ImportError):  # the client reports it
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection


class Overdue(OSError):
    """An answer began, but was not complete before its deadline."""


class _Incoming(io.RawIOBase):
    """The data from a socket, until the answer exceeds its deadline."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, part: float, whole: float) -> None:
        self._raw = raw
        self._socket = sock
        self._part = part
        self._end = time.monotonic() + whole
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._begun:
            self._socket.settimeout(min(self._part, self._left()))
        try:
            count = self._raw.readinto(buffer)
        except socket.timeout:
            if self._begun:
                self._left()
            raise
        self._begun = True
        return count

    def _left(self) -> float:
        """Return the remaining seconds. Raises C(Overdue)."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Overdue
        return left

    def fileno(self) -> int:
        return self._raw.fileno()

    def close(self) -> None:
        self._raw.close()
        super().close()


def bounded_pools(part: float, whole: float) -> dict[str, type]:
    """Return classes of connection pools by scheme, with a timeout for each C(part) and one for the C(whole) answer."""

    class Answer(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
            super().__init__(sock, *arguments, **options)
            self.fp: Any = io.BufferedReader(_Incoming(self.fp.detach(), sock, part, whole))

    class Plain(HTTPConnection):
        response_class = Answer

    class Tls(HTTPSConnection):
        response_class = Answer

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}
