# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Switches that set how the simulated API behaves where the real one's behaviour is unknown, slow or strict.

One table in `tests/simulator/README.md` explains each of them.
"""

from __future__ import annotations

import dataclasses
import json
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from .contract import adapter

Positive = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]


@dataclass
class Buckets:
    """A limit of C(requests) in C(seconds) for each method and route."""

    requests: Positive
    seconds: Annotated[float, Field(gt=0)]
    retry_after: Literal["seconds", "date", "ms"] | None = None
    clock: Literal["simulated", "real"] = "simulated"


@dataclass
class Behaviour:
    """All switches, with their default values."""

    page_size: Positive | None = None
    owners_in_projects: bool = True
    service_account_keys_deletable: bool = True
    keys_outlive_users: bool = False
    projects_of_users: bool = False
    project_roles: list[str] = field(default_factory=lambda: ["owner", "member", "viewer"])
    residency_returned: bool = True
    remove_non_member: Literal[404, 400] = 404
    add_group_member_twice: Literal[400, 409, 200] = 400
    assign_role_twice: Literal[400, 409, 200] = 400
    delete_role_in_use: Literal[200, 400] = 200
    sources_apart: bool = False
    sources_of_direct: Literal["null", "empty", "self"] = "null"
    predefined_names: Literal["full", "short"] = "full"
    permissions_expanded: bool = False
    permissions_added: list[str] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    external_keys_fixed: bool | list[str] = False
    archive_twice: Literal[400, 200] = 400
    duplicate_invites: bool = True
    audit_logging: bool | Literal["forbidden"] = True
    admin_key_events_in_default_project: bool = True
    upload_twice: Literal[400, 200] = 400
    upload_expired: Literal[400, 200] = 400
    activate_unknown: Literal[404, 400] = 404
    costs_by_user_and_project: bool = True
    missing_scopes: list[str] = field(default_factory=list)
    organization_header: bool | str | Annotated[list[str], Field(min_length=1)] = True
    alerts_drop_limits: bool = False
    unknown_models: Literal[400, 200] = 400
    case_sensitive: bool = False
    lag_reads: Count = 0
    lag_seconds: Seconds = 0
    nulls: bool | list[str] = False
    omit_optional: bool | list[str] = False
    omit_required: list[str] = field(default_factory=list)
    address_elsewhere: bool = False
    without_address: list[str] = field(default_factory=list)
    not_done: Literal["error", "deleted_false", "old_value"] | None = None
    not_done_routes: list[str] = field(default_factory=list)
    names: Literal["as_sent", "trimmed", "nfc"] = "as_sent"
    limits_cap: Count | None = None
    unknown_values: bool | Literal["given"] = False
    items_repeated: bool = False
    bucket_split: bool = False
    errors_without_ids: bool = False
    trickle: Seconds | None = None
    bare_ids: bool = False
    buckets: Buckets | None = None
    clock: float | None = None
    advance: float = 0

    def now(self) -> float:
        """Return the simulated time in Unix seconds: frozen at `clock` or running, plus the seconds of `advance`."""
        return (time.time() if self.clock is None else self.clock) + self.advance

    def folded(self, address: str) -> str:
        """Return the form of an address in which it is compared with others."""
        return address if self.case_sensitive else unicodedata.normalize("NFC", address).lower()

    def kept(self, name: str) -> str:
        """Return a name or an address that was sent in the form in which the server stores it."""
        if self.names == "trimmed":
            return name.strip()
        return unicodedata.normalize("NFC", name) if self.names == "nfc" else name

    def changed(self, switches: Mapping[str, Any]) -> Behaviour:
        """Return the behaviour with some switches changed; `advance` is added to earlier advances of the clock."""
        start = 0 if "clock" in switches else self.advance
        merged = {**dataclasses.asdict(self), "advance": start, **switches}
        behaviour: Behaviour = adapter(Behaviour).validate_json(json.dumps(merged), strict=True, extra="forbid")
        if "advance" in switches:
            behaviour.advance += start
        return behaviour
