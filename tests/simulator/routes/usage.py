# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage of each kind, in buckets of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openai.types.admin import organization as sdk
from pydantic import BaseModel

from ..buckets import Report, totals
from ..consumption import KEY, KINDS, PROJECT, USER, Kind, Record, Source, Value
from ..operations import Call, Operation

LIMITS = {"1m": (60, 1440), "1h": (24, 168), "1d": (7, 31)}
RESULTS = {"file_search_calls": "file_searches", "web_search_calls": "web_searches"}


def report(kind: Kind) -> Report:
    """Return the report on a kind of usage."""
    name = f"organization.usage.{RESULTS.get(kind.name, kind.name)}.result"

    def gather(source: Source, start: int, end: int) -> Iterable[Record]:
        return source.usage(kind, start, end)

    def result(group: Mapping[str, Value], records: Sequence[Record]) -> dict[str, Any]:
        return {"object": name, **group, **totals(records)}

    who = (PROJECT, USER, KEY) if kind.personal else (PROJECT,)
    return Report(LIMITS, [*who, *kind.dimensions], gather, result)


def show(unused_call: Call, page: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a page, which is already formatted."""
    return page


def operation(kind: str, params: Any, model: type[BaseModel]) -> Operation:
    """Return the operation that reports on a kind of usage."""
    return Operation(
        "GET", f"/organization/usage/{kind}", report(KINDS[kind]).page, show, model, query=params, parts="data"
    )


OPERATIONS = (
    operation("audio_speeches", sdk.UsageAudioSpeechesParams, sdk.UsageAudioSpeechesResponse),
    operation("audio_transcriptions", sdk.UsageAudioTranscriptionsParams, sdk.UsageAudioTranscriptionsResponse),
    operation(
        "code_interpreter_sessions", sdk.UsageCodeInterpreterSessionsParams, sdk.UsageCodeInterpreterSessionsResponse
    ),
    operation("completions", sdk.UsageCompletionsParams, sdk.UsageCompletionsResponse),
    operation("decisions", sdk.UsageDecisionsParams, sdk.UsageDecisionsResponse),
    operation("embeddings", sdk.UsageEmbeddingsParams, sdk.UsageEmbeddingsResponse),
    operation("file_search_calls", sdk.UsageFileSearchCallsParams, sdk.UsageFileSearchCallsResponse),
    operation("images", sdk.UsageImagesParams, sdk.UsageImagesResponse),
    operation("moderations", sdk.UsageModerationsParams, sdk.UsageModerationsResponse),
    operation("vector_stores", sdk.UsageVectorStoresParams, sdk.UsageVectorStoresResponse),
    operation("web_search_calls", sdk.UsageWebSearchCallsParams, sdk.UsageWebSearchCallsResponse),
)
