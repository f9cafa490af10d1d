# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reduce OpenAI's OpenAPI description to the answers of the Administration API: python -m tools.description FILE.

FILE is `openapi.yaml` of https://github.com/openai/openai-openapi at the commit below, or a JSON file of the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

SOURCE = "https://github.com/openai/openai-openapi, commit f85dbe2 (2026-08-21)"
TARGET = Path(__file__).parents[1] / "simulator" / "openapi.json"
SCHEME = "AdminApiKeyAuth"
"""The name of the security scheme of all operations of the Administration API."""
REFERENCE = "#/components/schemas/"
KEPT = {"$ref", "allOf", "anyOf", "enum", "items", "nullable", "oneOf", "properties", "required", "type"}
"""The keywords that decide whether an answer is valid; all others are prose, or concern requests."""


def reduced(description: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas of all successful answers, by method and path, and the schemas that they refer to."""
    schemas = description["components"]["schemas"]
    answers = {
        f"{method.upper()} {path}": bare(next(iter(operation["responses"]["200"]["content"].values()))["schema"])
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
        if isinstance(operation, dict) and {SCHEME: []} in operation.get("security", ())
    }
    found: dict[str, Any] = {}
    wanted = list(references(answers))
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = bare(schemas[name])
            wanted += references(found[name])
    return {"source": SOURCE, "answers": answers, "schemas": dict(sorted(found.items()))}


def bare(schema: Any) -> Any:
    """Return a schema with only the keywords that are kept."""
    if isinstance(schema, list):
        return [bare(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: {key: bare(part) for key, part in value.items()} if name == "properties" else bare(value)
        for name, value in schema.items()
        if name in KEPT
    }


def references(schema: Any) -> Iterator[str]:
    """Yield the names of the schemas that a schema refers to."""
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].removeprefix(REFERENCE)
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from references(part)


def written(description: dict[str, Any]) -> str:
    """Return the reduced description as JSON, with one line for each answer and schema, so that diffs are readable."""
    parts = []
    for name, value in description.items():
        if isinstance(value, dict):
            lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(each)}" for key, each in value.items())
            parts.append(f" {json.dumps(name)}: {{\n{lines}\n }}")
        else:
            parts.append(f" {json.dumps(name)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(written(reduced(yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8")))), encoding="utf-8")
