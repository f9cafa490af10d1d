# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Saved plans: their content, how they are written and read, and what differs between two of them.

C(docs/schemas/plan.json) describes the content.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from hashlib import sha256
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import VERSION
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.masking import without_secrets
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import HOLDERS
from ansible_collections.community.openai_admin.plugins.module_utils._organization.plan_options import duration
from ansible_collections.community.openai_admin.plugins.module_utils._organization.steps import End
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted

SCHEMA = 1
"""The number of the schema. It grows when a key goes or means something else."""
IDENTIFYING = ("organization", "declaration_sha256", "changes")
"""The keys that the SHA-256 of a plan identifies; the time and the version are not among them."""

Content = Mapping[str, Any]
Spec = Mapping[str, Any]

_MOST_SHOWN = 20
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_ANEW = "Nothing was changed. Write a new plan, and have it reviewed."


def digest(value: Any) -> str:
    """Return the SHA-256 of a value as canonical JSON, in hexadecimal digits."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text.encode("ascii")).hexdigest()


def declaration_digest(spec: Spec, params: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the content of a declaration.

    Omitted options and defaults are the same, and so are all ways to write a value. A file counts by its content.
    Secret options do not count, since a short secret could be guessed from the digest.
    """
    return digest(_canonical_options(spec, params))


def _canonical_options(spec: Spec, params: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: (option, params.get(name)) for name, option in spec.items() if not option.get("no_log")}
    return {
        name: _canonical(option, value)
        for name, (option, value) in named.items()
        if value is not None and value != option.get("default")
    }


def _canonical(option: Spec, value: Any) -> Any:
    """Return a value that JSON can contain."""
    if isinstance(value, list):
        element = {"type": option.get("elements", "raw"), "options": option.get("options")}
        return [_canonical(element, each) for each in value]
    if isinstance(value, Mapping):
        parts = option.get("options")
        if parts:
            return _canonical_options(parts, value)
        return {str(name): _canonical({}, each) for name, each in value.items()}
    if option.get("type") == "path":
        with suppress(OSError), open(value, "rb") as file:
            return sha256(file.read()).hexdigest()
    return value if isinstance(value, (bool, int, float, str)) or value is None else str(value)


def plan_content(
    organization: str | None,
    declaration_sha256: str,
    changes: Iterable[tuple[End, Mapping[str, Any]]],
    secrets: Iterable[str],
    now: float,
) -> dict[str, Any]:
    """Return the content of a plan.

    C(changes): the due steps with their changes in the form of results. C(now): Unix seconds.
    """
    rows = sorted((_row(end, change) for end, change in changes), key=lambda row: (_identity(row), digest(row)))
    plan = without_secrets(
        {"organization": organization, "declaration_sha256": declaration_sha256, "changes": rows}, secrets
    )
    made_at = datetime.fromtimestamp(now, timezone.utc).strftime(_TIME)
    whole = {"schema": SCHEMA, "made_at": made_at, "collection_version": VERSION, **plan, "sha256": identify_plan(plan)}
    return {**whole, "checksum": digest(whole)}


def identify_plan(plan: Content) -> str:
    """Return the SHA-256 that identifies a plan: equal ones make the same changes to the same organization."""
    return digest({name: plan[name] for name in IDENTIFYING})


def _row(end: End, change: Mapping[str, Any]) -> dict[str, Any]:
    """Return one change as the plan contains it."""
    step = end.step
    secret = {each.name for each in step.job.resource.options if each.secret or each.write_only or each.sensitive}
    before, after = (
        None if each is None else {name: value for name, value in each.items() if name not in secret}
        for each in (change["before"], change["after"])
    )
    row = {
        "kind": change["kind"],
        **{option: change[option] for option in HOLDERS},
        "name": change["name"],
        "action": change["action"],
        "object_id": (step.key[-1] or None) if step.todo.before else None,
        "container_ids": [each or None for each in step.collection[2]],
        "before": before,
        "after": after,
        "fields": [name for name in change["fields"] if name not in secret],
        "reasons": [write.why for write in step.todo.writes],
        "purged": change["purged"],
        "certain": not step.is_hidden,
        "set_of": step.set_of or None,
    }
    plain: dict[str, Any] = json.loads(json.dumps(row, default=str))
    return plain


def write_plan(path: str, plan: Content) -> None:
    """Write a plan, completely or not at all, so that only its owner can read it. Raises C(BadInput)."""
    text = json.dumps(plan, sort_keys=True, indent=1, ensure_ascii=True) + "\n"
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)), prefix=".openai_admin_")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise BadInput(f"plan: {path} cannot be written: {error.strerror}.") from None


def refuse_to_write() -> None:
    """Raise C(BadInput), because a real run writes no plan."""
    raise BadInput("plan is only for check mode: it writes what a real run would do. To carry it out, use apply.")


def check_place(path: str) -> None:
    """Raise C(BadInput) if a plan cannot be written there, before the first request."""
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path):
        raise BadInput(f"plan: {path} is a directory. Give the path of a file.")
    if not os.path.isdir(folder):
        raise BadInput(f"plan: {path} cannot be written: the folder {folder} does not exist.")


def read_plan(path: str, max_age: str | None, now: float) -> dict[str, Any]:
    """Return the content of a plan.

    C(max_age): such as C(8h); null if plans do not expire. C(now): Unix seconds.

    :raises BadInput: the file is no plan, was edited, has a newer schema or is too old.
    """
    try:
        with open(path, encoding="utf-8") as file:
            plan = json.load(file)
    except OSError as error:
        raise BadInput(f"apply: {path} cannot be read: {error.strerror}. {_ANEW}") from None
    except ValueError:
        raise BadInput(f"apply: {path} is not a plan: it is not JSON. {_ANEW}") from None
    if not isinstance(plan, dict) or not isinstance(plan.get("schema"), int):
        raise BadInput(f"apply: {path} is not a plan: it has no number of a schema. {_ANEW}")
    if plan["schema"] > SCHEMA:
        raise BadInput(
            f"apply: {path} is a plan with schema {plan['schema']}, and this version of the collection ({VERSION})"
            f" reads schemas up to {SCHEMA}. Nothing was changed. Apply the plan with the version that wrote it"
            f" ({plan.get('collection_version')})."
        )
    rest = {name: value for name, value in plan.items() if name != "checksum"}
    if plan.get("checksum") != digest(rest):
        raise BadInput(f"apply: {path} was changed after it was written: its checksum does not match. {_ANEW}")
    _refuse_expired(path, plan["made_at"], max_age, now)
    return plan


def _refuse_expired(path: str, made_at: str, max_age: str | None, now: float) -> None:
    """Raise C(BadInput) if a plan is older than allowed."""
    allowed = duration(max_age) if max_age else None
    made = datetime.strptime(made_at, _TIME).replace(tzinfo=timezone.utc).timestamp()
    if allowed is not None and now - made > allowed:
        raise BadInput(f"apply: {path} has expired: it is from {made_at}, and plan_max_age is {max_age}. {_ANEW}")


def refuse_other(saved: Content, new: Content) -> None:
    """Compare a saved plan with a new one of what is there.

    What was done since the saved plan counts as done.

    :raises Refused: the plans are not of the same organization and declaration, or the new one has other changes.
    """
    if saved["organization"] != new["organization"]:
        raise Refused(
            f"The plan is for the organization '{saved['organization']}', and the API answers for"
            f" '{new['organization']}'. Nothing was changed. Check the admin key, and the path of the plan."
        )
    if saved["declaration_sha256"] != new["declaration_sha256"]:
        raise Refused(
            "The plan was made for another declaration, or with other options of the task: their SHA-256 was"
            f" {saved['declaration_sha256']}, and is {new['declaration_sha256']} now. {_ANEW}"
        )
    lines = difference(saved["changes"], new["changes"])
    if lines:
        shown = [f"- {line}" for line in lines[:_MOST_SHOWN]]
        more = [f"- and {len(lines) - _MOST_SHOWN} more"] if len(lines) > _MOST_SHOWN else []
        said = f"The changes are not those of the plan: {counted(len(lines), 'difference')}. {_ANEW}"
        raise Refused([said, *shown, *more], plan_differences=lines)


def refuse_other_hash(expected: str, new: Content) -> None:
    """Raise C(Refused) if there are changes, and not exactly those of the plan with this SHA-256."""
    if new["changes"] and new["sha256"] != expected:
        raise Refused(
            f"The changes are not those of the plan {expected}: what differs now is the plan {new['sha256']}, with"
            f" {counted(len(new['changes']), 'change')}. {_ANEW}"
        )


def difference(saved: Sequence[Content], new: Sequence[Content]) -> list[str]:
    """Return what is in the new changes and not in the saved ones, a line for each change."""
    left: dict[tuple[Any, ...], list[Content]] = {}
    for row in saved:
        left.setdefault(_identity(row), []).append(row)
    lines = []
    for row in new:
        known = left.get(_identity(row), [])
        match = next((each for each in known if _is_same(each, row)), None)
        match = match or next((each for each in known if _continues(each, row)), None)
        if match is None:
            lines.append(_described(row, known))
        else:
            known.remove(match)
    return lines


def _identity(row: Content) -> tuple[Any, ...]:
    """Return what names the object of a change; for a set, its container, because the names are those that change."""
    holders = tuple(row[option] or "" for option in HOLDERS)
    return (row["kind"], holders, "" if row["set_of"] else row["name"])


def _is_same(saved: Content, new: Content) -> bool:
    """Return whether two rows are the same change, except that containers may have been created since."""
    names = ("action", "object_id", "before", "after")
    return all(saved[name] == new[name] for name in names) and _is_same_place(saved, new)


def _continues(saved: Content, new: Content) -> bool:
    """Return whether a row is the rest of a saved change that was interrupted or not known in full.

    Its end is the same. Its beginning may differ if the container did not exist, if the object was hidden, or if some
    of the requests of the change have been made since.
    """
    if saved["after"] != new["after"] or not _is_same_place(saved, new):
        return False
    done = len(saved["reasons"]) - len(new["reasons"])
    is_rest = done > 0 and saved["reasons"][done:] == new["reasons"]
    return is_rest or not saved["certain"] or None in saved["container_ids"]


def _is_same_place(saved: Content, new: Content) -> bool:
    pairs = list(zip(saved["container_ids"], new["container_ids"]))
    return len(saved["container_ids"]) == len(new["container_ids"]) and all(was in (None, now) for was, now in pairs)


def _described(row: Content, known: Sequence[Content]) -> str:
    """Return a line about a change that is not in the saved plan, with the one that is."""
    of = "".join(f" of {option} '{row[option]}'" for option in reversed(HOLDERS) if row[option])
    what = f"{row['action']} {row['kind'].replace('_', ' ')} '{row['name']}'{of}"
    if not known:
        return f"not in the plan: {what} ({_shown(row)})"
    return f"{what}: now {_shown(row)}, in the plan {_shown(known[0])}"


def _shown(row: Content) -> str:
    """Return the values before and after of the fields that differ."""
    named = row["fields"] or sorted({*(row["before"] or {}), *(row["after"] or {})})
    before, after = (
        "nothing" if each is None else json.dumps({name: each.get(name) for name in named}, ensure_ascii=False)
        for each in (row["before"], row["after"])
    )
    own_id = f" with the ID {row['object_id']}" if row["object_id"] and row["before"] is not None else ""
    return f"{before}{own_id} → {after}"
