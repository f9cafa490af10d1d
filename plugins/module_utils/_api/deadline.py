# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A bound in time for the whole of an answer, from its first line to its end.

The timeout of a socket is one for each part that comes: a server that sends a byte now and then is never too late.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from contextlib import suppress
from typing import Any

with suppress(ImportError):  # the client tells
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection


class Overdue(OSError):
    """An answer began, and was not complete in time."""


class _Incoming(io.RawIOBase):
    """What comes over a socket, until the answer is overdue."""

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
        """Seconds. Raises C(Overdue)."""
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
    """Pools of connections by scheme, whose answers have so many seconds for each part and for all of it."""

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
