# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Reports of each kind of usage, with their filters, dimensions and measures."""

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.module_utils._model.report import Measure, Report
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field

WIDTHS = {"1m": 1440, "1h": 168, "1d": 31}

_PROJECTS = (Field("project_ids", "list"),)
_WHO = (*_PROJECTS, Field("user_ids", "list"), Field("api_key_ids", "list"))
_WHAT = (*_WHO, Field("models", "list"))
_BY_WHOM = ("project_id", "user_id", "api_key_id")
_BY_MODEL = (*_BY_WHOM, "model")

_TOKENS = (
    "num_model_requests",
    "input_tokens",
    "input_uncached_tokens",
    "input_text_tokens",
    "input_audio_tokens",
    "input_image_tokens",
    "input_cached_tokens",
    "input_cached_text_tokens",
    "input_cached_audio_tokens",
    "input_cached_image_tokens",
    "input_cache_write_tokens",
    "input_cache_write_30m_tokens",
    "input_cache_write_12h_tokens",
    "output_tokens",
    "output_text_tokens",
    "output_audio_tokens",
    "output_image_tokens",
)


def usage(kind: str, filters: tuple[Field, ...], dimensions: tuple[str, ...], *measures: str) -> Report:
    """Return the report for a kind of usage."""
    return Report(
        kind=kind,
        title=f"the usage of {kind.replace('_', ' ')}",
        path=f"/organization/usage/{kind}",
        filters=filters,
        widths=WIDTHS,
        dimensions=dimensions,
        measures=tuple(Measure(name) for name in measures),
    )


_CHAT = ((*_WHAT, Field("batch", "bool")), (*_BY_MODEL, "batch", "service_tier", "api_source"), *_TOKENS)

USAGE = (
    usage("completions", *_CHAT),
    usage("decisions", *_CHAT),
    usage("embeddings", _WHAT, _BY_MODEL, "num_model_requests", "input_tokens"),
    usage("moderations", _WHAT, _BY_MODEL, "num_model_requests", "input_tokens"),
    usage(
        "images",
        (
            *_WHAT,
            Field("sizes", "list", known=("256x256", "512x512", "1024x1024", "1792x1792", "1024x1792")),
            Field("sources", "list", known=("image.generation", "image.edit", "image.variation")),
        ),
        (*_BY_MODEL, "size", "source"),
        "images",
        "num_model_requests",
    ),
    usage("audio_speeches", _WHAT, _BY_MODEL, "characters", "num_model_requests"),
    usage("audio_transcriptions", _WHAT, _BY_MODEL, "seconds", "num_model_requests"),
    usage("vector_stores", _PROJECTS, ("project_id",), "usage_bytes"),
    usage("code_interpreter_sessions", _PROJECTS, ("project_id",), "num_sessions"),
    usage(
        "file_search_calls",
        (*_WHO, Field("vector_store_ids", "list")),
        (*_BY_WHOM, "vector_store_id"),
        "num_requests",
    ),
    usage(
        "web_search_calls",
        (*_WHAT, Field("context_levels", "list", known=("low", "medium", "high"))),
        (*_BY_MODEL, "context_level", "api_source"),
        "num_requests",
        "num_model_requests",
    ),
)
