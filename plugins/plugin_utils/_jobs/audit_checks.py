# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What an audit checks and what it does not, according to the declaration and the settings. This file is pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds import registry
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    DECLARED_IN_PROJECT,
    INSIDE,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    DEFAULTS,
    declared_of,
    declares,
    defaults_of,
    entries_of,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import PEOPLE_KEYS
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import (
    AROUND,
    BELOW,
    DRIFT,
    ENDLESS,
    EXPIRED,
    EXPIRING,
    LIMITS,
    OF_PEOPLE_KEYS,
    OLD,
    UNLIMITED,
    UNMANAGED,
    UNUSED_KEYS,
    WIDER,
    Finding,
    Result,
    categories,
    words,
)

CHECKED_IN_ORGANIZATION: Mapping[str, tuple[str, tuple[str, ...]]] = {
    row.word: (row.title, (row.resource.kind, *row.findings)) for row in (PROJECTS, *DECLARED_IN_ORGANIZATION.values())
}
"""Collections of the organization: their names on the page, and the kinds of their findings."""
CHECKED_IN_PROJECT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    word: (row.title, (row.resource.kind, *row.findings)) for word, row in DECLARED_IN_PROJECT.items()
}
"""The same for collections of a project."""
KINDS = (
    *dict.fromkeys(kind for row in registry.KINDS for kind in (row.resource.kind, *row.findings)),
    "project_api_key",
    "admin_api_key",
)
"""The kinds of findings, which acceptances name."""
NOT_COMPARED = {
    "Which API keys and admin keys there are": "Keys are not declared. The audit reads only when they were last used.",
    **{what: why for row in registry.KINDS if row.access is None for what, why in row.not_read.items()},
}
"""What no audit compares, and why."""
PASSED, FAILED, NOTED, UNREADABLE, NOT_CHECKED = "passed", "failed", "noted", "unreadable", "not_checked"
_DEFAULT_PROTECTED = ("Default project",)


@dataclass(frozen=True)
class Check:
    """One check of one collection."""

    id: str
    title: str
    result: str
    """The result that it needs."""
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    fails: tuple[str, ...]
    """The categories that fail it; findings of others are only reported."""
    project: str | None = None
    holder: str = ""
    """The key of findings that names their container, for collections inside others, such as C(group)."""
    everywhere: bool = False
    """Whether it covers all projects at once."""
    is_made: bool = True


def checks(
    declaration: Mapping[str, Any],
    results: Mapping[str, Result],
    told: Mapping[str, Any],
    counted: Sequence[Finding],
    unread: Iterable[str],
) -> list[dict[str, Any]]:
    """Return all checks with their results. Every deviation fails a check, even if its kind has no planned check."""
    planned = list(_of_declaration(declaration, results["organization"]))
    known = {(check.project, kind, check.holder) for check in planned for kind in check.kinds}
    for finding in counted:
        place = (finding["project"], finding["kind"], _holder(finding))
        if finding["category"] in (DRIFT, UNMANAGED) and place not in known:
            known.add(place)
            planned.append(
                _deviations(
                    finding["project"], finding["kind"], _title(finding["kind"]), (finding["kind"],), _holder(finding)
                )
            )
    planned += _others(declaration, told)
    lost = set(unread)
    return [_done(check, [each for each in counted if _concerns(check, each)], lost) for check in planned]


def not_checked(
    declaration: Mapping[str, Any], results: Mapping[str, Result], told: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return what readers may expect to be checked but is not, with reasons and names."""
    return [
        *_undeclared_collections(declaration, results["organization"]),
        *_undeclared_projects(declaration, results["organization"]),
        *_undeclared_roles(declaration, results["organization"]),
        *_left_out(told),
        *([] if told["unused_for_days"] > 0 else [_item("When keys were last used", "The settings skip it.")]),
        *(_item(what, why) for what, why in NOT_COMPARED.items()),
    ]


def project_names(declaration: Mapping[str, Any], results: Mapping[str, Result], found: Iterable[Finding]) -> set[str]:
    """Return the names of all projects that are declared, that exist, or that have findings."""
    declared = declaration.get("projects") or ()
    return {
        *(_name(project, results["organization"]) for project in declared),
        *(str(project["name"]) for project in results.get("projects", {}).get("projects") or () if project["name"]),
        *(finding["project"] for finding in found if finding["project"] is not None),
        *(finding["name"] for finding in found if finding["kind"] == "project"),
    }


def _of_declaration(declaration: Mapping[str, Any], result: Result) -> Iterator[Check]:
    for name, (title, kinds) in CHECKED_IN_ORGANIZATION.items():
        if declaration.get(name) is not None:
            yield _deviations(None, name, title, kinds)
    for row in DECLARED_IN_ORGANIZATION.values():
        yield from _inside(None, row, _present(declaration, row.word) if INSIDE[row] else ())
    for project in _projects(declaration):
        for name, (title, kinds) in CHECKED_IN_PROJECT.items():
            if name in declared_of(declaration, project):
                yield _deviations(_name(project, result), name, title, kinds)
        for row in DECLARED_IN_PROJECT.values():
            entries = _living(entries_of(declaration, project, row)) if INSIDE[row] else ()
            yield from _inside(_name(project, result), row, entries)


def _inside(project: str | None, row: Kind, entries: Iterable[Mapping[str, Any]]) -> Iterator[Check]:
    """Yield the checks of what the entries of a kind contain, such as the members of groups."""
    for name, inner in INSIDE[row].items():
        if inner.holder and any(declares(inner, entry) for entry in entries):
            kinds = (inner.resource.kind, *inner.findings)
            yield _deviations(project, f"{row.word}[].{name}", inner.title, kinds, inner.holder.resource.kind)


def _deviations(project: str | None, name: str, title: str, kinds: tuple[str, ...], holder: str = "") -> Check:
    place = "organization" if project is None else f"project {project}"
    both = (DRIFT, UNMANAGED)
    return Check(f"{place}: {name}", title, "organization", kinds, both, both, project, holder)


def _holder(finding: Finding) -> str:
    """Return the key that names the container of a finding's object, other than a project; empty if there is none."""
    return next((option for option in AROUND if finding[option]), "")


def _others(declaration: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Check]:
    """Yield checks of the whole organization that do not compare it with the declaration."""
    days = told["unused_for_days"]
    until = told["expires_within_days"]
    for title, result, kind, category, is_made in (
        (f"API keys unused for {counted(days, 'day')}", "project_api_keys", "project_api_key", UNUSED_KEYS, days > 0),
        (f"Admin keys unused for {counted(days, 'day')}", "admin_api_keys", "admin_api_key", UNUSED_KEYS, days > 0),
        (f"Certificates that expire within {counted(until, 'day')}", "certificates", "certificate", EXPIRING, True),
        ("Invites that have expired", "invites", "invite", EXPIRED, True),
        *_of_keys_and_spending(declaration, told),
        *_of_undeclared(declaration),
    ):
        fails = (category,) if category in told["fail_on"] else ()
        own_id = f"organization: {category} of {kind}s"
        yield Check(own_id, title, result, (kind,), (category,), fails, everywhere=True, is_made=is_made)


def _of_keys_and_spending(
    declaration: Mapping[str, Any], told: Mapping[str, Any]
) -> Iterator[tuple[str, str, str, str, bool]]:
    """Yield the checks that the settings, or projects without keys of people, ask for."""
    key, days, asked = "project_api_key", told.get("keys_older_than_days") or 0, told.get("check") or ()
    if "key_expiry" in asked:
        yield "API keys that do not expire", "keys", key, ENDLESS, True
    if days:
        yield f"API keys older than {counted(days, 'day')}", "keys", key, OLD, True
    if any(project.get(PEOPLE_KEYS) is False for project in _projects(declaration)):
        yield "API keys of people where only service accounts may own keys", "keys", key, OF_PEOPLE_KEYS, True
    if "key_scopes" in asked:
        yield "API keys with more scopes than when they were issued", "key_events", key, WIDER, True
    if "spending" in asked:
        yield "Projects with neither a spend limit nor an alert", "limits", PROJECTS.resource.kind, UNLIMITED, True
        yield "Spend limits below the forecast", "costs", "spend_limit", BELOW, True


def _left_out(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what the settings do not ask for."""
    asked, why = told.get("check") or (), "The settings do not ask for it."
    if "key_expiry" not in asked:
        yield _item("Whether keys expire", why)
    if not told.get("keys_older_than_days"):
        yield _item("How old keys are", why)
    if "key_scopes" not in asked:
        yield _item("Whether keys got more scopes", why)
    if "spending" not in asked:
        yield _item("Whether projects have a spend limit or an alert, and whether limits last for the month", why)


def _of_undeclared(declaration: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, bool]]:
    """Yield checks of objects that come with their project and need not be declared."""
    for word, row in DECLARED_IN_PROJECT.items():
        if row.comes_with_project:
            is_made = any(word in declared_of(declaration, project) for project in _projects(declaration))
            yield f"{row.title} that are not declared", "organization", row.resource.kind, LIMITS, is_made


def _concerns(check: Check, finding: Finding) -> bool:
    return (
        finding["kind"] in check.kinds
        and (check.everywhere or (finding["project"], _holder(finding)) == (check.project, check.holder))
        and bool(categories(finding) & set(check.categories))
    )


def _done(check: Check, found: Sequence[Finding], lost: set[str]) -> dict[str, Any]:
    if check.result in lost:
        status = UNREADABLE
    elif not check.is_made:
        status = NOT_CHECKED
    elif any(categories(each) & set(check.fails) for each in found):
        status = FAILED
    else:
        status = NOTED if found else PASSED
    return {
        "id": check.id,
        "title": check.title,
        "result": check.result,
        "project": check.project,
        "status": status,
        "found": [
            visible(f"{each['what']} {each['name']}{': ' if each['detail'] else ''}{each['detail']}") for each in found
        ],
    }


def _undeclared_collections(declaration: Mapping[str, Any], result: Result) -> Iterator[dict[str, Any]]:
    for name, (title, dummy) in CHECKED_IN_ORGANIZATION.items():
        if declaration.get(name) is None:
            more = " So undeclared people are not reported, whatever their role." if name == "users" else ""
            yield _item(title, f"The declaration does not have {name}.{more}")
    for row in DECLARED_IN_ORGANIZATION.values():
        for name, inner in INSIDE[row].items():
            left = [_who(entry) for entry in _present(declaration, row.word) if not declares(inner, entry)]
            if left:
                yield _item(inner.title, f"Some {row.word} do not declare {name}.", left)
    for name, (title, dummy) in CHECKED_IN_PROJECT.items():
        without = [
            _name(project, result)
            for project in _projects(declaration)
            if name not in declared_of(declaration, project)
        ]
        if without:
            yield _item(f"{title} of some projects", f"They do not declare {name}.", without)
    yield from _undeclared_inside(declaration, result)


def _undeclared_inside(declaration: Mapping[str, Any], result: Result) -> Iterator[dict[str, Any]]:
    """Yield what entries of projects contain and do not declare."""
    for row in DECLARED_IN_PROJECT.values():
        for name, inner in INSIDE[row].items():
            without = [
                _name(project, result)
                for project in _projects(declaration)
                if any(not declares(inner, entry) for entry in _living(entries_of(declaration, project, row)))
            ]
            if without:
                yield _item(f"{inner.title}, of some projects", f"Some {row.word} do not declare {name}.", without)


def _undeclared_projects(declaration: Mapping[str, Any], result: Result) -> Iterator[dict[str, Any]]:
    declared = {_name(project, result) for project in _projects(declaration)}
    unmanaged = [str(each["name"]) for each in result.get("unmanaged") or () if each["kind"] == "project"]
    if unmanaged:
        yield _item(
            "The contents of undeclared projects", "They are listed, but their contents are not checked.", unmanaged
        )
    protected = declaration.get("protected_projects")
    left = [name for name in (_DEFAULT_PROTECTED if protected is None else protected) if name not in declared]
    if left and declaration.get("projects") is not None:
        yield _item("Protected projects and their contents", "They need not be declared.", left)


def _undeclared_roles(declaration: Mapping[str, Any], result: Result) -> Iterator[dict[str, Any]]:
    """Yield entries that declare no role, so that any role is accepted."""
    people = [_who(each) for each in declaration.get("users") or () if _has_no_role(each)]
    invites = [_who(each) for each in declaration.get("invites") or () if _has_no_role(each)]
    defaults = declaration.get(DEFAULTS) or {}
    members = [
        f"{_who(each)} in {_name(project, result)}"
        for project in _projects(declaration)
        for name in ("users", "service_accounts")
        for each in project.get(name) or ()
        if _has_no_role(each) and not _has_default_role(each, defaults_of(declaration, project).get(name) or ())
    ]
    members += [
        f"{_who(each)} in all projects that take the defaults"
        for name in ("users", "service_accounts")
        for each in defaults.get(name) or ()
        if _has_no_role(each)
    ]
    if people:
        yield _item("Roles of some people in the organization", "They do not declare a role.", people)
    if invites:
        yield _item("Roles of some invites", "They do not declare a role.", invites)
    if members:
        yield _item("Roles of some people and service accounts in projects", "They do not declare a role.", members)


def _item(what: str, why: str, names: Sequence[str] = ()) -> dict[str, Any]:
    return {"what": what, "why": why, "names": list(names)}


def _projects(declaration: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the declared projects that should exist."""
    return _present(declaration, PROJECTS.word)


def _present(declaration: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the declared objects of a collection that should exist."""
    return _living(declaration.get(name) or ())


def _living(entries: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in entries if (each.get("state") or "present") == "present"]


def _name(project: Mapping[str, Any], result: Result) -> str:
    """Return the name of a project, which may be declared only by its ID."""
    if project.get("name"):
        return str(project["name"])
    names = {own_id: name for name, own_id in ((result.get("ids") or {}).get("projects") or {}).items()}
    return str(names.get(project.get("project_id")) or project.get("project_id"))


def _who(entry: Mapping[str, Any]) -> str:
    named = (entry.get(name) for name in ("email", "name", "user_id", "service_account_id", "group_id"))
    return str(next((each for each in named if each), ""))


def _has_no_role(entry: Mapping[str, Any]) -> bool:
    return not entry.get("role") and (entry.get("state") or "present") == "present"


def _has_default_role(entry: Mapping[str, Any], defaults: Iterable[Mapping[str, Any]]) -> bool:
    return any(each.get("role") and _who(each) == _who(entry) for each in defaults)


def _title(kind: str) -> str:
    said = words(kind)
    return said[0].upper() + said[1:]
