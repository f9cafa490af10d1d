# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Matches findings with acceptances, which accept a finding until a given day. This file is pure.

An accepted finding does not count in the verdict. So an acceptance is valid for exactly one finding, or for none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Problem
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import (
    AROUND,
    Finding,
    form,
    words,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.settings import nearest
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import few

VARIABLE = "openai_admin_audit_accepted"
Accepted = Mapping[str, Any]


def set_apart(found: Sequence[Finding], accepted: Sequence[Accepted], today: date) -> list[Finding]:
    """Return the findings, each with the acceptance that names exactly it, and whether that is still valid."""
    holding: dict[int, Accepted] = {}
    for each in accepted:
        fitting = _fitting(each, found)
        if len(fitting) == 1:
            holding.setdefault(fitting[0], each)
    return [_with_acceptance(each, holding.get(number), today) for number, each in enumerate(found)]


def is_accepted(finding: Finding) -> bool:
    """Return whether an acceptance that has not expired names the finding."""
    return finding["acceptance"] is not None and not finding["acceptance"]["expired"]


def in_vain(found: Sequence[Finding], accepted: Iterable[Accepted]) -> list[dict[str, Any]]:
    """Return acceptances that match no finding."""
    return [_told(each) for each in accepted if not _fitting(each, found) and not _nearly(each, found)]


def unclear(found: Sequence[Finding], accepted: Iterable[Accepted]) -> list[dict[str, Any]]:
    """Return ambiguous acceptances, which have no effect, with what each of them may mean."""
    told = []
    for each in accepted:
        fitting, nearly = _fitting(each, found), _nearly(each, found)
        if len(fitting) > 1:
            ids = [str(found[number]["id"] or "one without an id") for number in fitting]
            told.append({**_told(each), "why": f"{len(fitting)} findings have that name ({few(ids)}): give the id"})
        elif nearly:
            names = list(dict.fromkeys(found[number]["name"] for number in nearly))
            told.append({**_told(each), "why": f"the name is spelled {few(names)}: write it like that"})
    return told


def problems(accepted: Iterable[Accepted], kinds: Sequence[str]) -> Iterator[Problem]:
    """Yield errors in acceptances that the settings alone show."""
    first: dict[tuple[Any, ...], str] = {}
    for number, each in enumerate(accepted):
        where = f"{VARIABLE}[{number}]"
        if each["kind"] not in kinds:
            yield Problem(f"kind cannot be '{each['kind']}' ({nearest(str(each['kind']), kinds)}).", where, "kind")
        if _day(each.get("until")) is None:
            yield Problem(f"until must be a day such as 2027-03-31, not '{each.get('until')}'.", where, "until")
        if not str(each.get("reason") or "").strip():
            yield Problem("reason is empty.", where, "reason")
        mark = (*_mark(each), each.get("id"))
        if mark in first:
            yield Problem(f"{first[mark]} accepts the same.", where, "name", first[mark])
        first.setdefault(mark, where)


def unknown_projects(accepted: Iterable[Accepted], projects: Iterable[str]) -> Iterator[Problem]:
    """Yield errors about acceptances for projects that do not exist."""
    known = sorted(set(projects))
    for number, each in enumerate(accepted):
        if each.get("project") and str(each["project"]) not in known:
            advice = nearest(str(each["project"]), known) if known else "there is none"
            said = f"there is no project '{each['project']}' ({advice})."
            yield Problem(said, f"{VARIABLE}[{number}]", "project")


def _fitting(accepted: Accepted, found: Sequence[Finding]) -> list[int]:
    """Return the indexes of the findings that an acceptance names."""
    mark, own_id = _mark(accepted), accepted.get("id")
    return [number for number, each in enumerate(found) if _mark(each) == mark and own_id in (None, "", each["id"])]


def _nearly(accepted: Accepted, found: Sequence[Finding]) -> list[int]:
    """Return the findings whose names differ only in case, or as C(straße) and C(strasse) do."""
    *place, name = _mark(accepted)
    return [
        number
        for number, each in enumerate(found)
        for *there, other in [_mark(each)]
        if there == place and other != name and str(other).casefold() == str(name).casefold()
    ]


def _with_acceptance(finding: Finding, accepted: Accepted | None, today: date) -> Finding:
    if accepted is None:
        return finding
    until = _day(accepted["until"])
    return {**finding, "acceptance": {**_told(accepted), "expired": until is None or until < today}}


def _told(accepted: Accepted) -> dict[str, Any]:
    until = _day(accepted["until"])
    return {
        **{name: accepted.get(name) for name in ("kind", "project", *AROUND, "name", "reason")},
        "what": words(str(accepted["kind"])),
        "place": str(accepted.get("place") or ""),
        "until": until.isoformat() if until else None,
    }


def _mark(each: Mapping[str, Any]) -> tuple[str | None, ...]:
    """Return the values by which an acceptance names a finding, its name last."""
    kind = str(each["kind"])
    places = (str(each[option]) if each.get(option) else None for option in ("project", *AROUND))
    return (kind, *places, form(kind, each["name"]))


def _day(until: Any) -> date | None:
    if isinstance(until, datetime):
        return until.date()
    if isinstance(until, date):
        return until
    try:
        return date.fromisoformat(str(until).strip())
    except ValueError:
        return None
