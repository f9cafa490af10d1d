# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare what check mode predicted with the result of a real run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field


def differences(kind: str, predicted: Mapping[str, Any], real: Mapping[str, Any]) -> list[str]:
    """Return where a prediction and the result differ: keys at any depth, the diff, and predictable values.

    The rate limits of a project that does not exist yet cannot be predicted; their diff says so, and is not compared.
    """
    found = []
    uncompared = kind == "rate_limit" and predicted.get("diff", {}).get("before", {}) is None
    if predicted.get("diff") != real.get("diff") and not uncompared:
        found.append(f"diff: {predicted.get('diff')} != {real.get('diff')}")
    if predicted["changed"] != real["changed"]:
        found.append("changed")
    if shape(predicted) != shape(real):
        found.append(f"keys: {shape(predicted)} != {shape(real)}")
    outcome = real.get(kind) or {}
    fields = {field.name: field for field in fields_of(kind)}
    for name, value in (predicted.get(kind) or {}).items():
        field = fields.get(name, Field(name, made_by="server"))
        of_server = field.made_by == "server" or (field.only_with and predicted[kind]["type"] not in field.only_with)
        unknown = value is None and (of_server or not field.compared or uncompared)
        if not unknown and field.canonical(outcome.get(name)) != field.canonical(value):
            found.append(f"{name}: {value} != {outcome.get(name)}")
    return found


def fields_of(kind: str) -> Sequence[Field]:
    """Return the fields of a kind of object; sets have none."""
    resources = "ansible_collections.community.openai_admin.plugins.module_utils._kinds"
    return getattr(getattr(import_module(f"{resources}.{kind}"), kind.upper(), None), "fields", ())


def shape(value: Any) -> Any:
    """Return the keys of a result at every depth, also in the items of lists."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items() if name not in ("warnings", "diff")}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return None


INITIAL = ("rate_limit", "hosted_tools", "service_tiers", "data_retention")
"""What the API gives every new project, so that nothing is known about it before the project exists."""


def foreseeable(*changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return changes without what a prediction cannot know: IDs, and the initial values of what new projects have.

    The first one is the predicted one: if it knows the state before, the others have to agree.
    """
    unknown = set()
    if changes[0].get("kind") in INITIAL and changes[0].get("before") is None:
        unknown = {"before", "fields", "default"}
    return [_without_ids({name: value for name, value in each.items() if name not in unknown}) for each in changes]


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {name: None if name == "id" or name.endswith("_id") else _without_ids(each) for name, each in value.items()}
