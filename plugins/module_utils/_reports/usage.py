# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Usage, by kind: what each kind can be narrowed down by, and divided by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._argspec import option
from ansible_collections.community.openai_admin.plugins.module_utils._report import Number, Report
from ansible_collections.community.openai_admin.plugins.module_utils._resource import Object

WIDTHS = {"1m": 1440, "1h": 168, "1d": 31}
_SIZES = ("256x256", "512x512", "1024x1024", "1792x1792", "1024x1792")
_SOURCES = ("image.generation", "image.edit", "image.variation")
_CONTEXT_LEVELS = ("low", "medium", "high")

_OF_PROJECTS = ("project_ids",)
_OF_KEYS = (*_OF_PROJECTS, "user_ids", "api_key_ids")
_OF_MODELS = (*_OF_KEYS, "models")
_BY_PROJECT = ("project_id",)
_BY_KEY = (*_BY_PROJECT, "user_id", "api_key_id")
_BY_MODEL = (*_BY_KEY, "model")
_BY_CALL = (*_BY_MODEL, "batch", "service_tier", "api_source")

_KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "completions": ((*_OF_MODELS, "batch"), _BY_CALL),
    "embeddings": (_OF_MODELS, _BY_MODEL),
    "moderations": (_OF_MODELS, _BY_MODEL),
    "images": ((*_OF_MODELS, "sizes", "sources"), (*_BY_MODEL, "size", "source")),
    "audio_speeches": (_OF_MODELS, _BY_MODEL),
    "audio_transcriptions": (_OF_MODELS, _BY_MODEL),
    "vector_stores": (_OF_PROJECTS, _BY_PROJECT),
    "code_interpreter_sessions": (_OF_PROJECTS, _BY_PROJECT),
    "file_search_calls": ((*_OF_KEYS, "vector_store_ids"), (*_BY_KEY, "vector_store_id")),
    "web_search_calls": ((*_OF_MODELS, "context_levels"), (*_BY_MODEL, "context_level", "api_source")),
    "decisions": ((*_OF_MODELS, "batch"), _BY_CALL),
}


def measure(result: Object) -> tuple[Mapping[str, Number], Mapping[str, Any]]:
    """All numbers of a result: tokens, requests, images, seconds, bytes; true and false are none."""
    numbers = {name: value for name, value in result.items() if type(value) is int}
    return numbers, {}


USAGE = {
    kind: Report(
        title=f"the usage of {kind.replace('_', ' ')}",
        path=f"/organization/usage/{kind}",
        widths=WIDTHS,
        filters=filters,
        groups=groups,
        measure=measure,
    )
    for kind, (filters, groups) in _KINDS.items()
}

FILTERS = {
    **{name: option("list", elements="str") for name in ("user_ids", "api_key_ids", "models", "vector_store_ids")},
    "batch": option("bool"),
    "sizes": option("list", elements="str", choices=list(_SIZES)),
    "sources": option("list", elements="str", choices=list(_SOURCES)),
    "context_levels": option("list", elements="str", choices=list(_CONTEXT_LEVELS)),
}
"""Options of filters that not all reports have."""
