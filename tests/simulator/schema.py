# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which fields of an answer may be null and which may be missing: what Python's types cannot tell apart.

`openapi.json` is what OpenAI's OpenAPI description says about the answers (made by `tools.description`). The tables
below have what the official SDK has beyond it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).with_name("openapi.json")
REFERENCE = "#/components/schemas/"

Schema = Mapping[str, Any]
Change = Callable[[Schema, dict[str, Any]], dict[str, Any]]

_NULLABLE_TIME: Schema = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
_NULLABLE_TEXT: Schema = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_COUNT: Schema = {"type": "integer"}

NEWER_FIELDS: Mapping[str, Mapping[str, Schema]] = {
    "ProjectApiKey": {"expires_at": _NULLABLE_TIME},
    "ProjectServiceAccountApiKey": {"expires_at": _NULLABLE_TIME},
    "ServiceAccountApiKeyBody": {"expires_at": _NULLABLE_TIME},
    "UsageCompletionsResult": {
        "api_source": _NULLABLE_TEXT,
        "input_cache_write_30m_tokens": _COUNT,
        "input_cache_write_12h_tokens": _COUNT,
    },
    "UsageWebSearchCallsResult": {"api_source": _NULLABLE_TEXT},
    "CostsResult": {"api_source": _NULLABLE_TEXT, "user_id": _NULLABLE_TEXT},
}
"""Fields of SDK 3.57.0 that the description does not have. All are optional; the SDK's words say which may be null."""

NEWER_ANSWERS: Mapping[str, str] = {
    "POST /organization/projects/{project_id}/api_keys/{api_key_id}": (
        "GET /organization/projects/{project_id}/api_keys/{api_key_id}"
    ),
    "GET /organization/usage/decisions": "GET /organization/usage/completions",
}
"""Operations of SDK 3.57.0 that the description does not have, and which one answers the same."""

NEWER_RESULTS: Mapping[str, str] = {"organization.usage.decisions.result": "organization.usage.completions.result"}
"""Kinds of objects likewise."""


@cache
def _description() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    for name, fields in NEWER_FIELDS.items():
        found["schemas"][name]["properties"].update(fields)
    return found


def of_answer(method: str, path: str) -> Schema:
    """The schema of an operation's answer."""
    name = f"{method} {path}"
    schema: Schema = _description()["answers"][NEWER_ANSWERS.get(name, name)]
    return schema


def in_full(schema: Schema) -> Schema:
    """A schema with what it refers to, and with the properties of all its parts."""
    while "$ref" in schema:
        schema = _description()["schemas"][schema["$ref"].removeprefix(REFERENCE)]
    if "allOf" not in schema:
        return schema
    parts = [in_full(part) for part in schema["allOf"]]
    return {
        "type": "object",
        "properties": {name: each for part in parts for name, each in part.get("properties", {}).items()},
        "required": [name for part in parts for name in part.get("required", ())],
    }


def choices(schema: Schema) -> Iterator[Schema]:
    """The schemas one of which a value has to meet."""
    full = in_full(schema)
    alternatives = full.get("anyOf") or full.get("oneOf")
    if alternatives is None:
        yield full
    for alternative in alternatives or ():
        yield from choices(alternative)


def may_be_null(schema: Schema) -> bool:
    """Whether null is a value of it."""
    if schema.get("nullable"):
        return True
    return any(choice.get("type") == "null" or choice.get("nullable") for choice in choices(schema))


def of_value(schema: Schema, value: Any) -> Schema:
    """The one of a schema's choices that is meant for a value: by what kind of object it says to be."""
    kind = "array" if isinstance(value, list) else "object"
    fitting = [choice for choice in choices(schema) if choice.get("type", kind) == kind]
    if len(fitting) > 1 and isinstance(value, dict):
        name = NEWER_RESULTS.get(value.get("object", ""), value.get("object"))
        fitting = [choice for choice in fitting if name in choice["properties"].get("object", {}).get("enum", ())]
    return fitting[0] if fitting else {}


def changed(schema: Schema, value: Any, change: Change) -> Any:
    """A value in which every object was changed by a function of its schema and of itself, the inner ones first."""
    own = of_value(schema, value)
    if isinstance(value, list):
        return [changed(own.get("items", {}), item, change) for item in value]
    if not isinstance(value, dict):
        return value
    properties = own.get("properties", {})
    return change(own, {name: changed(properties.get(name, {}), item, change) for name, item in value.items()})


def nulled(fields: Collection[str] | None, kept: Collection[str]) -> Change:
    """Null, wherever that may be, or only in these fields; never in those that are kept."""

    def change(schema: Schema, value: dict[str, Any]) -> dict[str, Any]:
        properties = schema.get("properties", {})
        possible = [name for name, each in properties.items() if may_be_null(each) and name not in kept]
        wanted = [name for name in possible if fields is None or name in fields]
        return {**value, **dict.fromkeys(wanted)}

    return change


def thinned(fields: Collection[str] | None, kept: Collection[str]) -> Change:
    """Without anything optional, or only without these fields; of those that are kept, without null."""

    def change(schema: Schema, value: dict[str, Any]) -> dict[str, Any]:
        optional = schema.get("properties", {}).keys() - schema.get("required", ())
        dropped = optional if fields is None else optional.intersection(fields)
        stays = {name for name, item in value.items() if name not in dropped or (name in kept and item is not None)}
        return {name: item for name, item in value.items() if name in stays}

    return change


def faults(schema: Schema, value: Any) -> Iterator[str]:
    """What is wrong with a value, as far as null and missing fields go: the place of each, in words."""
    found: list[str] = []

    def look(own: Schema, item: dict[str, Any]) -> dict[str, Any]:
        name = item.get("object", item.get("type", "an object"))
        found.extend(f"{name} without {key}" for key in own.get("required", ()) if key not in item)
        for key, part in item.items():
            if part is None and not may_be_null(own.get("properties", {}).get(key, {"nullable": True})):
                found.append(f"{name} with {key} that is null")
        return item

    changed(schema, value, look)
    yield from found
