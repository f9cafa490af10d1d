# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OpenAI's OpenAPI description as a judge of answers. Unlike Python's types, it tells null from missing."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator
from simulator.application import ROOT, Templates
from simulator.routes import OPERATIONS
from simulator.schema import DESCRIPTION, NEWER_ANSWERS, NEWER_OBJECTS

TEMPLATES = Templates(sorted({operation.path for operation in OPERATIONS}))


@cache
def described() -> dict[str, Any]:
    """Return the official description of the API."""
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return found


def strict(schema: Any) -> Any:
    """A schema in the words of JSON Schema, which has no C(nullable)."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {
        name: {key: strict(part) for key, part in value.items()} if name == "properties" else strict(value)
        for name, value in schema.items()
        if name != "nullable"
    }
    return {"anyOf": [inner, {"type": "null"}]} if schema.get("nullable") is True else inner


@cache
def validator(operation: str) -> Draft202012Validator:
    """Return a validator for the answers of an operation."""
    schemas = {name: strict(schema) for name, schema in described()["schemas"].items()}
    own = strict(described()["answers"][operation])
    return Draft202012Validator({"allOf": [own], "components": {"schemas": schemas}})


def operation_of(method: str, path: str) -> str:
    """The operation of a request's path."""
    return f"{method} {TEMPLATES.find(path.removeprefix(ROOT))}"


def problems(operation: str, answer: Any) -> list[str]:
    """What the description has against an answer; nothing where it does not know the operation."""
    if operation in NEWER_ANSWERS or operation in NEWER_OBJECTS:
        return []
    found = validator(operation).iter_errors(answer)
    return [f"{operation}: {'.'.join(map(str, error.instance_path))}: {error.message}"[:300] for error in found]
