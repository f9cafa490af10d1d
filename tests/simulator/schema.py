# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which fields of an answer may be null and which may be missing; Python's types do not distinguish the two.

`openapi.json` contains what OpenAI's OpenAPI description says about the answers (made by `tools.description`). The
tables below contain what only the official SDK has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DESCRIPTION = Path(__file__).with_name("openapi.json")
REFERENCE = "#/components/schemas/"

Schema = Mapping[str, Any]
Shapes = Sequence["Shape"]
Change = Callable[["Shape", dict[str, Any]], dict[str, Any]]

_NULLABLE_TIME: Schema = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
_NULLABLE_TEXT: Schema = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_COUNT: Schema = {"type": "integer"}
_TEXT: Schema = {"type": "string"}

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
"""Fields of SDK 3.57.0 that the description lacks. All are optional; the SDK's documentation says which may be null."""

NEWER_ANSWERS: Mapping[str, str] = {
    "POST /organization/projects/{project_id}/api_keys/{api_key_id}": (
        "GET /organization/projects/{project_id}/api_keys/{api_key_id}"
    ),
    "GET /organization/usage/decisions": "GET /organization/usage/completions",
}
"""Operations of SDK 3.57.0 that the description lacks, and the operation that has the same answer."""

_TIERS: Schema = {
    "properties": {
        "object": {"enum": ["project.service_tier_settings"]},
        "default": {"type": "string"},
        "enabled_tiers": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    },
    "required": ["object", "default", "enabled_tiers"],
}


def _object(name: str, required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of an object with a name in C(object)."""
    named = {"object": {"enum": [name]}} if name else {}
    return {"properties": {**named, **required, **(optional or {})}, "required": [*named, *required]}


def _texts(*names: str) -> dict[str, Schema]:
    return dict.fromkeys(names, _TEXT)


def _list_of(item: Schema) -> Schema:
    ends = {"first_id": _NULLABLE_TEXT, "last_id": _NULLABLE_TEXT}
    return _object("list", {"data": {"type": "array", "items": item}, "has_more": {"type": "boolean"}}, ends)


def _resource(path: str, param: str, item: Schema, gone: Schema) -> dict[str, Schema]:
    """Return the answers of a collection: those of its list, of creates and reads, and of deletions."""
    one = f"{path}/{{{param}}}"
    answers = dict.fromkeys((f"POST {path}", f"GET {one}"), item)
    return {f"GET {path}": _list_of(item), **answers, f"DELETE {one}": gone}


_TIMES = {"created_at": _COUNT, "updated_at": _COUNT}
_PROVIDER = _object(
    "organization.workload_identity_provider",
    {
        **_texts("id", "name", "type", "issuer", "audience"),
        "enabled": {"type": "boolean"},
        "attribute_transformations": {"type": "array", "items": _object("", _texts("attribute", "expression"))},
        "verification": _object("", _texts("type"), {"discovery_url": _NULLABLE_TEXT}),
        **_TIMES,
    },
    {"description": _NULLABLE_TEXT},
)
_RULE = _object(
    "organization.workload_identity_federation_rule",
    {
        **_texts("id", "workload_identity_provider_id", "project_id", "service_account_id"),
        "enabled": {"type": "boolean"},
        "attribute_matchers": {"type": "object"},
        "permissions": _object("", _texts("type")),
        **_TIMES,
    },
    {"name": _NULLABLE_TEXT, "description": _NULLABLE_TEXT},
)
_EXTERNAL_KEY = _object(
    "organization.external_key",
    {**_texts("id", "name", "type", "workspace_id"), "api_project_ids": {"type": "array"}, "created_at": _COUNT},
    _texts("purpose"),
)
_STORAGE = _object(
    "organization.external_storage",
    {
        **_texts("id", "project_id", "geography", "status"),
        "provider": _object("", _texts("type")),
        "created_at": _COUNT,
    },
)
_PROVIDERS = "/organization/workload_identity_providers"
_ONE_PROVIDER = f"{_PROVIDERS}/{{workload_identity_provider_id}}"
_RULES = f"{_ONE_PROVIDER}/federation_rules"
_ONE_RULE = f"{_RULES}/{{workload_identity_federation_rule_id}}"
_GONE = _object("", {**_texts("id", "object"), "deleted": {"type": "boolean"}})
NEWER_OBJECTS: Mapping[str, Schema] = {
    **{f"{method} /organization/projects/{{project_id}}/service_tier_settings": _TIERS for method in ("GET", "POST")},
    **_resource(_PROVIDERS, "workload_identity_provider_id", _PROVIDER, _GONE),
    f"POST {_ONE_PROVIDER}": _PROVIDER,
    **_resource(_RULES, "workload_identity_federation_rule_id", _RULE, _GONE),
    f"POST {_ONE_RULE}": _RULE,
    **_resource("/organization/external_keys", "external_key_id", _EXTERNAL_KEY, _EXTERNAL_KEY),
    "POST /organization/external_keys/{external_key_id}/validate": _object("", _texts("status")),
    **_resource("/organization/external_storage", "external_storage_id", _STORAGE, _GONE),
    "POST /organization/external_storage/{external_storage_id}/validate": _STORAGE,
}
"""Operations of SDK 3.57.0 that the description lacks, and the schema of the answer according to the SDK."""

NEWER_RESULTS: Mapping[str, str] = {"organization.usage.decisions.result": "organization.usage.completions.result"}
"""Types of results of SDK 3.57.0 that the description lacks, and the type with the same schema."""


@dataclass
class Shape:
    """The fields of an object, or the items of a list; each field and each item has one of several shapes."""

    is_list: bool = False
    named: frozenset[str] = frozenset()
    """The values of C(object) in objects of this shape."""
    required: frozenset[str] = frozenset()
    nullable: frozenset[str] = frozenset()
    parts: dict[str, Shapes] = field(default_factory=dict)
    items: Shapes = ()


NOTHING = Shape()
"""The shape of values that the description lacks."""


@cache
def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    for name, fields in NEWER_FIELDS.items():
        found["schemas"][name]["properties"].update(fields)
    return found


@cache
def of_answer(method: str, path: str) -> Shapes:
    """Return the shapes of an operation's answer."""
    name = f"{method} {path}"
    if name in NEWER_OBJECTS:
        return _shapes(NEWER_OBJECTS[name])
    return _shapes(_schemas()["answers"][NEWER_ANSWERS.get(name, name)])


@cache
def _referred(name: str) -> Shapes:
    return _shapes(_schemas()["schemas"][name])


def _shapes(schema: Schema) -> Shapes:
    """Return the shapes of a schema's objects and lists; plain values have none."""
    if "$ref" in schema:
        return _referred(schema["$ref"].removeprefix(REFERENCE))
    if "allOf" in schema:
        return [_merged([shape for part in schema["allOf"] for shape in _shapes(part)])]
    alternatives = schema.get("anyOf") or schema.get("oneOf")
    if alternatives is not None:
        return [shape for each in alternatives for shape in _shapes(each)]
    if schema.get("type") == "array":
        return [Shape(is_list=True, items=_shapes(schema.get("items", {})))]
    if "properties" not in schema:
        return []
    properties = schema["properties"]
    return [
        Shape(
            named=frozenset(properties.get("object", {}).get("enum", ())),
            required=frozenset(schema.get("required", ())),
            nullable=frozenset(name for name, each in properties.items() if _may_be_null(each)),
            parts={name: _shapes(each) for name, each in properties.items()},
        )
    ]


def _merged(shapes: Shapes) -> Shape:
    parts = {name: each for shape in shapes for name, each in shape.parts.items()}
    required = frozenset().union(*(shape.required for shape in shapes))
    nullable = frozenset().union(*(shape.nullable for shape in shapes))
    return Shape(required=required, nullable=nullable, parts=parts)


def _may_be_null(schema: Schema) -> bool:
    if "$ref" in schema:
        return _may_be_null(_schemas()["schemas"][schema["$ref"].removeprefix(REFERENCE)])
    alternatives = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return schema.get("type") == "null" or bool(schema.get("nullable")) or any(map(_may_be_null, alternatives))


def meant(shapes: Shapes, value: Any) -> Shape:
    """Return the shape of a value, one of several, which its field C(object) identifies."""
    fitting = [shape for shape in shapes if shape.is_list == isinstance(value, list)]
    if len(fitting) > 1 and isinstance(value, dict):
        said = value.get("object", "")
        fitting = [shape for shape in fitting if NEWER_RESULTS.get(said, said) in shape.named]
    return fitting[0] if fitting else NOTHING


def changed(shapes: Shapes, value: Any, change: Change) -> Any:
    """Return a value in which a function of its shape has changed every object, the inner objects first."""
    if isinstance(value, list):
        items = meant(shapes, value).items
        return [changed(items, item, change) for item in value]
    if not isinstance(value, dict):
        return value
    shape = meant(shapes, value)
    return change(shape, {name: changed(shape.parts.get(name, ()), item, change) for name, item in value.items()})


def nulled(fields: Collection[str] | None, kept: Collection[str]) -> Change:
    """Return a change that sets fields to null where that is allowed: all, or only C(fields), but never C(kept)."""

    def change(shape: Shape, value: dict[str, Any]) -> dict[str, Any]:
        possible = [name for name in shape.parts if name in shape.nullable and name not in kept]
        return {**value, **dict.fromkeys(name for name in possible if fields is None or name in fields)}

    return change


def thinned(fields: Collection[str] | None, kept: Collection[str]) -> Change:
    """Return a change that removes optional fields: all, or only C(fields), but those of C(kept) only where null."""

    def change(shape: Shape, value: dict[str, Any]) -> dict[str, Any]:
        optional = shape.parts.keys() - shape.required
        dropped = optional if fields is None else optional.intersection(fields)
        return {
            name: item for name, item in value.items() if name not in dropped or (name in kept and item is not None)
        }

    return change


def complaints(shapes: Shapes, value: Any) -> Iterator[str]:
    """Yield a text for each required field that is missing, and for each null that is not allowed."""
    if isinstance(value, list):
        items = meant(shapes, value).items
        for item in value:
            if isinstance(item, dict | list):
                yield from complaints(items, item)
        return
    shape = meant(shapes, value)
    name = value.get("object", "an object")
    for missing in shape.required - value.keys():
        yield f"{name} without {missing!r}"
    for key, item in value.items():
        if item is None:
            if key in shape.parts and key not in shape.nullable:
                yield f"{name} with null as {key!r}"
        elif isinstance(item, dict | list):
            yield from complaints(shape.parts.get(key, ()), item)
