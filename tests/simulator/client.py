# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client of a running simulator, for tests: its log, faults, switches and state."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .here import ControlError, Here
from .organization import source

READS = "GET"
VALIDATES = "/validate"
"""How the paths of requests end that make the API validate an object: they change nothing, although they are POST."""


def may_change(entry: Mapping[str, Any]) -> bool:
    """Return whether a logged request may have changed something."""
    return entry["method"] != READS and not entry["path"].endswith(VALIDATES)


@dataclass(frozen=True)
class Simulator:
    """A running simulator: `url` is the API's base URL, `control` that of the control routes.

    With TLS, `ca_path` is the file of the authority to trust. A simulator in this process (`here`) is called without a
    connection.
    """

    url: str
    control: str
    admin_key: str
    ca_path: str = ""
    here: Here | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """Return the state for pickling, without `here`: in another process, only connections reach the simulator."""
        return {**self.__dict__, "here": None}

    def requests(self, *, writes: bool = False) -> list[dict[str, Any]]:
        """Return the requests since the log was cleared; with `writes`, only those that may change something."""
        log: list[dict[str, Any]] = self._ask("GET", "requests")
        return [entry for entry in log if not writes or may_change(entry)]

    def clear(self) -> None:
        """Empty the log."""
        self._ask("DELETE", "requests")

    def fault(self, kind: str, path: str = "*", method: str = "*", **details: Any) -> dict[str, Any]:
        """Inject a fault, by default only into the next request."""
        fault: dict[str, Any] = self._ask("POST", "faults", {"kind": kind, "path": path, "method": method, **details})
        return fault

    def faults(self) -> list[dict[str, Any]]:
        """Return the faults that are still to be injected."""
        faults: list[dict[str, Any]] = self._ask("GET", "faults")
        return faults

    def clear_faults(self) -> None:
        """Remove all faults."""
        self._ask("DELETE", "faults")

    def behaviour(self, **switches: Any) -> dict[str, Any]:
        """Set some switches, if any are given, and return the values of all switches."""
        behaviour: dict[str, Any] = self._ask("POST", "behaviour", switches)
        return behaviour

    def state(self) -> dict[str, Any]:
        """Return the organization in the format of the organization file."""
        state: dict[str, Any] = self._ask("GET", "state")
        return state

    def use(self, api_key_id: str, at: int | None = None) -> None:
        """Record that an API key was used, by default just now."""
        self._ask("POST", "use", {"api_key_id": api_key_id} if at is None else {"api_key_id": api_key_id, "at": at})

    def actor(self, email: str | None) -> None:
        """Attribute later requests to a session of this person, or with None to the owner of the admin key again."""
        self._ask("POST", "actor", {"email": email})

    def accept_invite(self, invite_id: str, name: str | None = None) -> dict[str, Any]:
        """Accept an invite as the person whom it invites, and return the new user."""
        user: dict[str, Any] = self._ask("POST", "invites/{invite_id}/accept", {"name": name}, invite_id=invite_id)
        return user

    def reset(self, organization: Mapping[str, Any] | str | Path | None = None) -> None:
        """Start over, with the initial organization or another one, and reset log, faults, switches and actor."""
        self._send("POST", "reset", b"" if organization is None else source(organization))

    def _ask(self, method: str, path: str, values: Any = None, **ids: str) -> Any:
        return self._send(method, path, b"" if values is None else json.dumps(values).encode(), **ids)

    def _send(self, method: str, path: str, body: bytes, **ids: str) -> Any:
        if self.here:
            return self.here.ask(method, path, body, ids)
        where = urlsplit(self.control)
        with closing(self._connection(where.hostname or "", where.port)) as connection:
            connection.request(method, f"{where.path}/{path.format(**ids)}", body)
            response = connection.getresponse()
            content = response.read()
        if response.status >= HTTPStatus.BAD_REQUEST:
            raise ControlError(json.loads(content)["error"]["message"])
        return json.loads(content) if content else None

    def _connection(self, host: str, port: int | None) -> HTTPConnection:
        if not self.ca_path:
            return HTTPConnection(host, port)
        return HTTPSConnection(host, port, context=ssl.create_default_context(cafile=self.ca_path))
