# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The findings of an audit in the results of modules, one per object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    HOLDERS,
    KINDS,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import day

DRIFT, UNMANAGED = "drift", "unmanaged"
UNUSED_KEYS, EXPIRING, EXPIRED, LIMITS = (
    "unused_keys",
    "expiring_certificates",
    "expired_invites",
    "undeclared_rate_limits",
)
ENDLESS, OLD, OF_PEOPLE_KEYS, WIDER = "keys_without_expiry", "old_keys", "people_keys", "widened_keys"
UNLIMITED, BELOW = "unlimited_projects", "limits_below_forecast"
OWNS = "owner of the organization"
OF_PEOPLE = frozenset(row.resource.kind for row in KINDS if row.resource.key("email"))
"""Kinds whose names are e-mail addresses, if these are known."""
AROUND = tuple(option for option in HOLDERS if option != PROJECTS.resource.kind)
"""Keys of results for what contains an object, besides projects, such as C(group) and C(user)."""
_OWNER = "owner"

Finding = dict[str, Any]
Result = Mapping[str, Any]


class Unusable(ValueError):
    """Settings of the audit are invalid; the message names all of them."""


def find(results: Mapping[str, Result]) -> list[Finding]:
    """Return all findings. An object in several categories is in the first one, and names the others."""
    organization = results["organization"]
    found = [_change(each) for each in organization.get("changes") or ()]
    found += [_unmanaged(each) for each in organization.get("unmanaged") or ()]
    found = with_more(found, map(_invite, _expired(results["invites"].get("invites") or ())))
    found += [_key("project_api_key", each) for each in results["project_api_keys"].get("project_api_keys") or ()]
    found += [_key("admin_api_key", each) for each in results["admin_api_keys"].get("admin_api_keys") or ()]
    found = with_more(found, map(_certificate, results["certificates"].get("certificates") or ()))
    for project, models in (organization.get("undeclared_rate_limits") or {}).items():
        found += [finding_of(LIMITS, "rate_limit", model, project) for model in models]
    return found


def categories(finding: Finding) -> set[str]:
    """Return all categories of a finding."""
    return {finding["category"], *finding["also"]}


def words(kind: str) -> str:
    """Return the name of a kind for people."""
    return kind.replace("_", " ").replace("api", "API")


def owns_the_organization(finding: Finding) -> bool:
    """Return whether a finding is an undeclared owner of the organization."""
    before = (finding["before"] or {}).get("role")
    return finding["kind"] == "user" and (before == _OWNER or finding["detail"].startswith(OWNS))


def form(kind: str, name: Any) -> str:
    """Return a name for comparison: only addresses are case-insensitive."""
    return str(addresses.canonical(str(name))) if kind in OF_PEOPLE else str(name)


def finding_of(category: str, kind: str, name: Any, project: Any = None, **more: Any) -> Finding:
    """Return a finding, always with the same keys; its ID replaces a missing name."""
    return {
        "category": category,
        "also": [],
        "kind": kind,
        "what": words(kind),
        "project": None if project is None else str(project),
        **dict.fromkeys(AROUND),
        "name": str(more.get("id") if name is None else name),
        "id": None,
        "action": None,
        "before": None,
        "after": None,
        "fields": [],
        "detail": "",
        "place": "",
        "acceptance": None,
        **more,
    }


def _change(change: Mapping[str, Any]) -> Finding:
    """Return the finding for a change; an object that a purge would remove counts as not declared."""
    purged, place = bool(change.get("purged")), str(change.get("place") or "")
    differing = _purged(change) if purged else _differences(change)
    return finding_of(
        UNMANAGED if purged else DRIFT,
        change["kind"],
        change["name"],
        change["project"],
        **_around(change),
        also=[DRIFT] if purged else [],
        id=(change["before"] or {}).get("id"),
        action=change["action"],
        before=change["before"],
        after=change["after"],
        fields=list(change["fields"]),
        detail=", ".join([*differing, *_by_default(change), *([f"declared in {place}"] if place else [])]),
        place=place,
    )


def _around(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names of an object's containers other than projects."""
    return {option: told.get(option) for option in AROUND}


def _purged(change: Mapping[str, Any]) -> Iterator[str]:
    yield from _parts(role=(change["before"] or {}).get("role"))
    yield "would be removed"


def _by_default(change: Mapping[str, Any]) -> Iterator[str]:
    if change.get("default"):
        yield f"by {change['default']}"


def _differences(change: Mapping[str, Any]) -> Iterator[str]:
    """Yield the differences of an object that stays."""
    before, after = change["before"], change["after"]
    if before and after:
        yield from (f"{name} is {before.get(name)}, declared {after.get(name)}" for name in change["fields"])


def _unmanaged(item: Mapping[str, Any]) -> Finding:
    owner = item["kind"] == "user" and item.get("role") == _OWNER
    role = OWNS if owner else item.get("role")
    return finding_of(
        UNMANAGED,
        item["kind"],
        item["name"],
        item["project"],
        **_around(item),
        id=item["id"],
        detail=", ".join(_parts(role=role, since=_date(item.get("since")))),
    )


def with_more(found: Sequence[Finding], more: Iterable[Finding]) -> list[Finding]:
    """Return the findings with those of another category, whose data supplement findings about the same object.

    Findings about changes are matched by name, because they have no other identity.
    """
    of_ids = {(each["kind"], each["id"]): number for number, each in enumerate(found) if each["id"]}
    of_names = {_named(each): number for number, each in enumerate(found) if not each["id"]}
    every = list(found)
    for new in more:
        number = of_ids.get((new["kind"], new["id"]), of_names.get(_named(new)))
        if number is None:
            every.append(new)
            continue
        old = every[number]
        detail = ", ".join(filter(None, (old["detail"], new["detail"])))
        every[number] = {**old, "also": sorted({*old["also"], new["category"]}), "detail": detail}
    return every


def _named(finding: Finding) -> tuple[str, str]:
    return (finding["kind"], form(finding["kind"], finding["name"]))


def _expired(invites: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return expired invites that were neither accepted nor sent again since."""
    alive = {addresses.canonical(each["email"]) for each in invites if each["status"] != "expired"} - {None}
    expired = [each for each in invites if each["status"] == "expired"]
    return [each for each in expired if addresses.canonical(each["email"]) not in alive]


def _invite(invite: Mapping[str, Any]) -> Finding:
    detail = ", ".join(_parts(expired=_date(invite.get("expires_at"))))
    return finding_of(EXPIRED, "invite", invite["email"], id=invite["id"], detail=detail)


def _key(kind: str, key: Mapping[str, Any]) -> Finding:
    owner = key.get("email") or key.get("service_account") or key.get("owner_name") or key.get("user_id")
    used = key.get("last_used_at")
    last = {"last used": _date(used)} if used else {"never used, issued": _date(key.get("created_at"))}
    return finding_of(
        UNUSED_KEYS,
        kind,
        key.get("name") or key["id"],
        key.get("project"),
        id=key["id"],
        detail=", ".join(_parts(of=owner, **last)),
    )


def _certificate(certificate: Mapping[str, Any]) -> Finding:
    days = certificate["expires_in_days"]
    left = f"expired {_date(certificate['not_after'])}" if days < 0 else f"expires {_date(certificate['not_after'])}"
    active = "active in the organization" if certificate.get("active") else "not active in the organization"
    return finding_of(
        EXPIRING,
        "certificate",
        certificate.get("name") or certificate["id"],
        id=certificate["id"],
        detail=f"{left}, {active}",
    )


def _parts(**named: Any) -> Iterator[str]:
    for name, value in named.items():
        if value:
            yield str(value) if name == "role" else f"{name} {value}"


def _date(seconds: Any) -> str | None:
    return None if seconds is None else day(seconds)
