# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Makes the report of an audit: a verdict, every finding once, what was checked and what was not. This file is pure.

Data that could not be read never count as being as declared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    Problem,
    problem_facts,
    problem_lines,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted as number_of
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import (
    in_variables,
    with_places,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_accepted import (
    VARIABLE,
    in_vain,
    is_accepted,
    problems,
    set_apart,
    unclear,
    unknown_projects,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_checks import (
    CHECKED_IN_ORGANIZATION,
    KINDS,
    checks,
    not_checked,
    project_names,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_findings import (
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
    Unusable,
    categories,
    find,
    owns_the_organization,
    with_more,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_keys import find_keys
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.audit_spending import find_spending
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import answering, head
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import MOST_LINES, few, within
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import stamp

PREFIX = "openai_admin_audit_"
SCHEMA = 1
"""The version of docs/schemas/audit.json, raised when a field is removed or changes its meaning."""
WORDS = {
    UNMANAGED: ("object is not declared", "objects are not declared"),
    DRIFT: ("object differs from the declaration", "objects differ from the declaration"),
    UNUSED_KEYS: ("key is unused", "keys are unused"),
    EXPIRING: ("certificate expires", "certificates expire"),
    EXPIRED: ("invite has expired", "invites have expired"),
    ENDLESS: ("key does not expire", "keys do not expire"),
    OLD: ("key is old", "keys are old"),
    OF_PEOPLE_KEYS: (
        "key of a person is where only service accounts may own keys",
        "keys of people are where only service accounts may own keys",
    ),
    WIDER: ("key has more scopes than when it was issued", "keys have more scopes than when they were issued"),
    UNLIMITED: ("project has neither a spend limit nor an alert", "projects have neither a spend limit nor an alert"),
    BELOW: ("spend limit is below the forecast", "spend limits are below the forecast"),
    LIMITS: ("rate limit is not declared", "rate limits are not declared"),
}
"""The categories in the report's order, with singular and plural of their findings."""
SOURCES = {
    UNMANAGED: ("organization",),
    DRIFT: ("organization",),
    UNUSED_KEYS: ("project_api_keys", "admin_api_keys"),
    EXPIRING: ("certificates",),
    EXPIRED: ("invites",),
    ENDLESS: ("keys",),
    OLD: ("keys",),
    OF_PEOPLE_KEYS: ("keys",),
    WIDER: ("keys", "key_events"),
    UNLIMITED: ("limits",),
    BELOW: ("limits", "costs"),
    LIMITS: ("organization",),
}
"""The results that each category needs."""
COMPLIANT, DEVIATES, INCOMPLETE = "compliant", "drift", "incomplete"
READ = {
    "organization": "what is declared",
    "project_api_keys": "API keys",
    "admin_api_keys": "admin keys",
    "certificates": "certificates",
    "invites": "invites",
    "keys": "all API keys",
    "key_events": "events of API keys",
    "limits": "spend limits and alerts",
    "costs": "costs",
}
"""The words for the data in each result."""
NO_PLAN = "none"
"""Stands for the SHA-256 of a plan that could not be made."""
MOST_STATS = 1900
"""Maximum bytes of the statistics without the path of the report, so that AWX gets at most 4 KB."""


def audit(
    results: Mapping[str, Result],
    declaration: Mapping[str, Any],
    settings: Mapping[str, Any],
    about: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the report, from the results of modules.

    :raises Unusable: an acceptance has an invalid date, no reason, or an unknown kind or project, or the declaration
        declares nothing.
    :raises WrongOrganization: the results are of several organizations, or not of the declared one.
    """
    told = {name.removeprefix(PREFIX): value for name, value in settings.items()}
    told["accepted"] = _placed(told["accepted"])
    _refuse(unusable(declaration, told["accepted"]), told["accepted"])
    today = date.fromisoformat(about["made_at"][:10])
    keys = results.get("keys", {}).get("project_api_keys") or ()
    events = results.get("key_events", {}).get("audit_logs") or ()
    now = datetime.fromisoformat(about["made_at"].replace("Z", "+00:00")).timestamp()
    found = with_more(find(results), find_keys(keys, events, declaration, told, now))
    spending = find_spending(results.get("limits", {}), results.get("costs", {}), about["made_at"])
    found = with_more(found, spending)
    if not results.get("projects", {}).get("failed"):
        known = project_names(declaration, results, found)
        _refuse([*unknown_projects(told["accepted"], known)], told["accepted"])
    found = set_apart(found, told["accepted"], today)
    counted = [each for each in found if not is_accepted(each)]
    apart = [each for each in found if is_accepted(each)]
    unread = _unread(results)
    lost = [each["result"] for each in unread]
    organization = results["organization"]
    names = [each.get("organization_name") for each in results.values()]
    name = answering(names, declaration.get("organization"))
    made = checks(declaration, results, told, counted, lost)
    report = {
        "schema": SCHEMA,
        **head(told["title"], about["organization"] or None, name, about["made_at"]),
        "ansible_version": about["ansible_version"],
        "declaration": {
            "name": about["file"] or "openai_admin_organization",
            "sha256": fingerprint(declaration),
            "file_sha256": about["file_sha256"] or None,
        },
        "verdict": _verdict(counted, lost, told["fail_on"]),
        "failed": bool(lost) or any(categories(each) & set(told["fail_on"]) for each in counted),
        "fail_on": [name for name in told["fail_on"] if name in WORDS],
        "counts": {
            **_counts(counted, lost),
            "accepted": len(apart),
            "unreadable": len(lost),
        },
        "compared": sum(sum(counts.values()) for counts in (organization.get("summary") or {}).values()),
        "checks": made,
        "places": _by_place(made),
        "not_checked": not_checked(declaration, results, told),
        "unreadable": unread,
        "findings": counted,
        "undeclared_rate_limits": _models(counted),
        "accepted": apart,
        "accepted_in_vain": in_vain(found, told["accepted"]),
        "accepted_unclear": unclear(found, told["accepted"]),
        "pending": [_pending(each) for each in organization.get("pending") or () if each["status"] != "expired"],
        "warnings": [str(each) for each in organization.get("warnings") or ()],
        "unused_for_days": told["unused_for_days"],
        "expires_within_days": told["expires_within_days"],
        "plan": _plan(organization) if told.get("openai_admin_plan") else None,
    }
    report["sentence"] = _sentence(report)
    report["summary"] = _summary(report)
    report["stats"] = _stats(report)
    return report


def _placed(accepted: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return acceptances with the places of their names, as far as ansible-core knows them."""
    told = {VARIABLE: accepted}
    return [
        {**each, "place": in_variables(told, f"{VARIABLE}[{number}]", "name")} for number, each in enumerate(accepted)
    ]


def unusable(declaration: Mapping[str, Any], accepted: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Return invalid settings of an audit, as far as they are known before it reads anything."""
    said = list(problems(accepted, KINDS))
    if all(declaration.get(name) is None for name in CHECKED_IN_ORGANIZATION):
        nothing = "openai_admin_organization declares nothing that could be compared: none of"
        said.append(Problem(f"{nothing} {', '.join(CHECKED_IN_ORGANIZATION)}."))
    return said


def lines_of(found: Sequence[Problem], declaration: Mapping[str, Any], accepted: Sequence[Any]) -> list[str]:
    """Return a line for each problem of a declaration and of acceptances, with its place if ansible-core knows it."""

    def place(where: str, option: str, of_name: bool) -> str:
        told = {VARIABLE: accepted} if where.startswith(VARIABLE) else declaration
        return in_variables(told, where, option, of_name)

    return problem_lines(with_places({"problems": problem_facts(found)}, place)["problems"])


def _refuse(found: Sequence[Problem], accepted: Sequence[Any]) -> None:
    if found:
        raise Unusable("\n".join(lines_of(found, {}, accepted)))


def _by_place(made: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the results of the organization's checks, then those of each project in the declaration's order."""
    places: dict[str | None, list[dict[str, Any]]] = {None: []}
    for check in made:
        places.setdefault(check["project"], []).append({name: check[name] for name in ("title", "status")})
    return [{"project": project, "checks": each} for project, each in places.items()]


def _models(counted: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return models with undeclared limits, grouped by projects that omit the same ones."""
    of_project: dict[str, list[str]] = {}
    for each in counted:
        if each["category"] == LIMITS:
            of_project.setdefault(each["project"], []).append(each["name"])
    alike: dict[tuple[str, ...], list[str]] = {}
    for project, models in of_project.items():
        alike.setdefault(tuple(sorted(models)), []).append(project)
    return [{"projects": projects, "models": list(models)} for models, projects in alike.items()]


def _counts(counted: Sequence[Finding], lost: Sequence[str]) -> dict[str, int | None]:
    """Return the number of findings in each category; null, not zero, if it could not be read.

    An undeclared invite that has expired counts in both categories. An undeclared object that would be purged does not
    count as different.
    """
    counts = {
        name: sum(name == each["category"] or (name != DRIFT and name in each["also"]) for each in counted)
        for name in WORDS
    }
    return {name: number or (None if set(lost) & set(SOURCES[name]) else 0) for name, number in counts.items()}


def fingerprint(declaration: Mapping[str, Any]) -> str:
    """Return the SHA-256 digest of the declaration as JSON with sorted keys, independent of the file's layout."""
    text = json.dumps(_plain(declaration), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value without ansible-core's additions, such as lazily evaluated templates."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)


def _unread(results: Mapping[str, Result]) -> list[dict[str, Any]]:
    """Return the data that could not be read, with the API's words."""
    return [
        {
            "result": name,
            "what": what,
            "message": _one_line(_reason(results.get(name, {}))),
            "status_code": results.get(name, {}).get("status_code"),
            "request_id": results.get(name, {}).get("request_id"),
        }
        for name, what in READ.items()
        if results.get(name, {}).get("failed")
    ]


def _reason(result: Result) -> str:
    """Return why a result counts as not read; ansible-core's own words do not say that the audit log is off."""
    return (
        "The audit log is switched off." if result.get("switched_off") else result.get("msg") or "No reason was given."
    )


def _one_line(message: Any) -> str:
    """Return a message on one line."""
    return visible(" ".join(str(message).split("\n")))


def _verdict(counted: Sequence[Finding], lost: Sequence[str], fail_on: Sequence[str]) -> str:
    """Return the verdict: drift for deviations, and for the categories that fail the job."""
    if lost:
        return INCOMPLETE
    wrong = {DRIFT, UNMANAGED, *fail_on}
    return DEVIATES if any(categories(each) & wrong for each in counted) else COMPLIANT


def _sentence(report: Mapping[str, Any]) -> str:
    counts = report["counts"]
    told = [f"{counts[name]} {words[counts[name] != 1]}" for name, words in WORDS.items() if counts[name]]
    found = _joined(told)
    if report["verdict"] == INCOMPLETE:
        lost = _joined([each["what"] for each in report["unreadable"]])
        return f"Could not read {lost}." + (f" Found so far: {found}." if told else "")
    accepted = f" Accepted: {counts['accepted']}." if counts["accepted"] else ""
    if report["verdict"] == DEVIATES:
        return f"{found}.{accepted}"
    compared = (
        "The one declared object is as declared, and nothing is undeclared."
        if report["compared"] == 1
        else f"All {report['compared']} declared objects are as declared, and nothing is undeclared."
    )
    return compared + (f" Noted: {found}." if told else "") + accepted


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def call(finding: Finding) -> str:
    """Return a finding in a few words, on one line."""
    action = f"{finding['action']} " if finding["category"] == DRIFT else ""
    return visible(f"{action}{finding['what']} {finding['name']}{within(finding)}")


def _pending(invite: Mapping[str, Any]) -> dict[str, Any]:
    """Return a pending invite; expired ones are findings."""
    times = {"sent": invite.get("created_at"), "expires": invite.get("expires_at")}
    return {
        "email": invite["email"],
        "role": invite.get("role"),
        **{name: None if at is None else stamp(at) for name, at in times.items()},
    }


def _summary(report: Mapping[str, Any]) -> list[str]:
    """Return the verdict, and as many findings as fit."""
    head = [f"{report['verdict'].upper()}: {report['sentence']}"]
    head += [f"Could not read {each['what']}: {each['message']}"[:500] for each in report["unreadable"]]
    tail = list(_tail(report))
    lines = [f"- {call(each)}{_remark(each)}" for each in _by_weight(report) if each["category"] != LIMITS]
    room = MOST_LINES - 1 - len(head) - len(tail)
    if len(lines) > room:
        lines = [*lines[: room - 1], f"- and {len(lines) - room + 1} more"]
    return [visible(line) for line in (*head, *lines, *tail)]


def _by_weight(report: Mapping[str, Any]) -> list[Finding]:
    """Return findings by importance: undeclared owners of the organization first, then in the order of the report."""
    order = list(WORDS)
    return sorted(report["findings"], key=lambda each: (not owns_the_organization(each), order.index(each["category"])))


def _remark(finding: Finding) -> str:
    said = ["not declared"] if finding["category"] == UNMANAGED else []
    said += [finding["detail"]] if finding["detail"] else []
    return f": {', '.join(said)}" if said else ""


def _tail(report: Mapping[str, Any]) -> Iterator[str]:
    if report["plan"] and report["plan"]["sha256"] == NO_PLAN:
        yield "Plan: none, because provision would be refused or could not read everything."
    elif report["plan"]:
        yield f"Plan: {number_of(report['plan']['changes'], 'change')}, SHA-256 {report['plan']['sha256']}"
    if report["accepted"]:
        yield f"Accepted: {few([call(each) for each in report['accepted']])}."
    over = [each for each in report["findings"] if each["acceptance"]]
    if over:
        yield f"No longer accepted: {few([call(each) for each in over])}."
    if report["accepted_unclear"]:
        said = [f"{_named(each)} ({each['why']})" for each in report["accepted_unclear"]]
        yield f"Acceptances without effect, because they are ambiguous: {few(said)}."
    if report["pending"]:
        yield f"Invited and not accepted yet: {few([each['email'] for each in report['pending']])}."
    yield report["whose"]
    yield f"Not checked: {few([each['what'][0].lower() + each['what'][1:] for each in report['not_checked']], 20)}."


def _named(accepted: Mapping[str, Any]) -> str:
    """Return the finding that an acceptance names, and the place of the acceptance."""
    return f"{accepted['what']} {accepted['name']}{within(accepted)}" + (
        f", {accepted['place']}" if accepted["place"] else ""
    )


def _plan(organization: Result) -> dict[str, Any]:
    """Return the plan that was written, for its approval: its SHA-256, and a line for each change.

    The SHA-256 is C(none) if the changes could not be planned, so that nobody applies others.
    """
    changes = organization.get("changes") or ()
    lines = [f"{each['action']} {each['kind'].replace('_', ' ')} {each['name']}{within(each)}" for each in changes]
    return {"sha256": organization.get("plan_sha256") or NO_PLAN, "changes": len(lines), "lines": lines}


def _stats(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the statistics for workflows and notifications, with as many names and lines of the plan as fit."""
    names = [call(each)[:150] for each in _by_weight(report)[:10]]
    stats = {
        "verdict": report["verdict"],
        "failed": report["failed"],
        "sentence": report["sentence"],
        "counts": report["counts"],
        "names": names,
        "organization": visible(report["organization"] or "") or None,
        "organization_name": visible(report["organization_name"] or "") or None,
        "made_at": report["made_at"],
    }
    lines: list[str] = []
    if report["plan"]:
        lines = [visible(line)[:150] for line in report["plan"]["lines"][:MOST_LINES]]
        stats.update(plan_sha256=report["plan"]["sha256"], plan_changes=report["plan"]["changes"], plan=lines)
    while (names or lines) and len(json.dumps(stats).encode()) > MOST_STATS:
        (names or lines).pop()
    return stats
