# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The usage of an organization: each record depends only on the seed, the day, the kind and the consumer.

The records of a minute are the same in every report, so sums do not depend on ranges, bucket widths, groups and pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from .organization import Consumer, Organization, Project

MINUTE = 60
DAY = 24 * 3600
WEEK_DAYS = 7
MEBIBYTE = 2**20
NANO = 10**9  # costs are counted in billionths of a dollar
PROJECT, USER, KEY = "project_id", "user_id", "api_key_id"
NOWHERE = "unlabeled"

Value = str | bool | None
Dimensions = Mapping[str, Value]


class Record(NamedTuple):
    """Usage or costs of one minute; `unit` is the unit of a cost's quantity."""

    at: int
    dimensions: Dimensions
    amounts: Mapping[str, int]
    unit: str | None = None


class Dice:
    """Pseudo-random numbers that are derived from a text."""

    def __init__(self, *parts: object) -> None:
        text = "\0".join(map(str, parts))
        self._number = int.from_bytes(hashlib.sha512(text.encode()).digest(), "big")

    def below(self, end: int) -> int:
        """Return the next number, at least 0 and less than C(end)."""
        self._number, number = divmod(self._number, end)
        return number


@dataclass(frozen=True)
class Price:
    """The price of some amounts of a kind: billionths of a dollar per unit, by model or for all models (`*`)."""

    item: str
    amounts: tuple[str, ...]
    prices: Mapping[str, int]
    unit: str | None = None
    divisor: int = 1


@dataclass(frozen=True)
class Kind:
    """A kind of usage: its dimensions, the amounts of a record, and its prices."""

    name: str
    dimensions: Mapping[str, tuple[Value, ...]]
    amounts: Callable[[Dice], dict[str, int]]
    prices: tuple[Price, ...] = ()
    personal: bool = True


def _tokens(dice: Dice) -> dict[str, int]:
    requests = 1 + dice.below(40)
    input_text, input_audio, input_image = requests * (50 + dice.below(1500)), dice.below(2) * 700, dice.below(2) * 255
    cached_text, cached_audio, cached_image = requests * dice.below(400), dice.below(2) * 90, dice.below(2) * 85
    short, long = dice.below(2000), dice.below(500)
    output_text, output_audio, output_image = requests * (20 + dice.below(600)), dice.below(2) * 300, 0
    uncached = input_text + input_audio + input_image
    cached = cached_text + cached_audio + cached_image
    return {
        "num_model_requests": requests,
        "input_tokens": uncached + cached + short + long,
        "input_uncached_tokens": uncached,
        "input_text_tokens": input_text,
        "input_audio_tokens": input_audio,
        "input_image_tokens": input_image,
        "input_cached_tokens": cached,
        "input_cached_text_tokens": cached_text,
        "input_cached_audio_tokens": cached_audio,
        "input_cached_image_tokens": cached_image,
        "input_cache_write_tokens": short + long,
        "input_cache_write_30m_tokens": short,
        "input_cache_write_12h_tokens": long,
        "output_tokens": output_text + output_audio + output_image,
        "output_text_tokens": output_text,
        "output_audio_tokens": output_audio,
        "output_image_tokens": output_image,
    }


def _inputs(dice: Dice) -> dict[str, int]:
    requests = 1 + dice.below(60)
    return {"num_model_requests": requests, "input_tokens": requests * (10 + dice.below(800))}


def _images(dice: Dice) -> dict[str, int]:
    requests = 1 + dice.below(8)
    return {"num_model_requests": requests, "images": requests + dice.below(4)}


def _speeches(dice: Dice) -> dict[str, int]:
    requests = 1 + dice.below(8)
    return {"num_model_requests": requests, "characters": requests * (100 + dice.below(2000))}


def _transcriptions(dice: Dice) -> dict[str, int]:
    requests = 1 + dice.below(8)
    return {"num_model_requests": requests, "seconds": requests * (5 + dice.below(600))}


def _stored(dice: Dice) -> dict[str, int]:
    return {"usage_bytes": (1 + dice.below(64)) * 128 * MEBIBYTE}


def _sessions(dice: Dice) -> dict[str, int]:
    return {"num_sessions": 1 + dice.below(5)}


def _file_searches(dice: Dice) -> dict[str, int]:
    return {"num_requests": 1 + dice.below(30)}


def _web_searches(dice: Dice) -> dict[str, int]:
    requests = 1 + dice.below(10)
    return {"num_model_requests": requests, "num_requests": requests + dice.below(20)}


_UNCACHED = ("input_uncached_tokens", "input_cache_write_tokens")
_CHAT = {
    "batch": (False, False, True),
    "service_tier": ("default", "default", "flex", "priority"),
    "api_source": (NOWHERE, NOWHERE, "agents_api"),
}
_CHAT_MODELS = ("gpt-5", "gpt-5-mini")

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "completions",
            {"model": _CHAT_MODELS, **_CHAT},
            _tokens,
            (
                Price("{model}, input_tokens", _UNCACHED, {"gpt-5": 1250, "gpt-5-mini": 250}, "tokens"),
                Price(
                    "{model}, cached_input_tokens",
                    ("input_cached_tokens",),
                    {"gpt-5": 125, "gpt-5-mini": 25},
                    "tokens",
                ),
                Price("{model}, output_tokens", ("output_tokens",), {"gpt-5": 10_000, "gpt-5-mini": 2_000}, "tokens"),
            ),
        ),
        Kind(
            "decisions",
            {"model": _CHAT_MODELS, **_CHAT},
            _tokens,
            (
                Price("decisions, input_tokens", ("input_tokens",), {"*": 300}, "tokens"),
                Price("decisions, output_tokens", ("output_tokens",), {"*": 2_500}, "tokens"),
            ),
        ),
        Kind(
            "embeddings",
            {"model": ("text-embedding-3-small", "text-embedding-3-large")},
            _inputs,
            (
                Price(
                    "{model}, input_tokens",
                    ("input_tokens",),
                    {"text-embedding-3-small": 20, "text-embedding-3-large": 130},
                    "tokens",
                ),
            ),
        ),
        Kind("moderations", {"model": ("omni-moderation-latest",)}, _inputs),
        Kind(
            "images",
            {
                "model": ("gpt-image-1",),
                "size": ("256x256", "512x512", "1024x1024", "1792x1792", "1024x1792"),
                "source": ("image.generation", "image.edit", "image.variation"),
            },
            _images,
            (Price("{model}, images", ("images",), {"*": 42_000_000}, "images"),),
        ),
        Kind(
            "audio_speeches",
            {"model": ("gpt-4o-mini-tts", "tts-1")},
            _speeches,
            (Price("{model}, characters", ("characters",), {"*": 15_000}, "characters"),),
        ),
        Kind(
            "audio_transcriptions",
            {"model": ("gpt-4o-transcribe", "whisper-1")},
            _transcriptions,
            (Price("{model}, duration", ("seconds",), {"*": 100_000}, "duration_seconds"),),
        ),
        Kind(
            "vector_stores",
            {},
            _stored,
            # A record counts the bytes stored on its day, so they are charged for 24 hours.
            (
                Price(
                    "vector stores, storage",
                    ("usage_bytes",),
                    {"*": 4_166_667},
                    "gibibyte_hours",
                    1024 * MEBIBYTE // 24,
                ),
            ),
            personal=False,
        ),
        Kind(
            "code_interpreter_sessions",
            {},
            _sessions,
            (Price("code interpreter, sessions", ("num_sessions",), {"*": 30_000_000}),),
            personal=False,
        ),
        Kind(
            "file_search_calls",
            {"vector_store_id": ("vs_manuals", "vs_tickets")},
            _file_searches,
            (Price("file search, calls", ("num_requests",), {"*": 2_500_000}),),
        ),
        Kind(
            "web_search_calls",
            {"model": _CHAT_MODELS, "context_level": ("low", "medium", "high"), "api_source": _CHAT["api_source"]},
            _web_searches,
            (Price("web search, calls", ("num_requests",), {"*": 10_000_000}),),
        ),
    )
}


@dataclass(frozen=True)
class Source:
    """Computes records from the state of the organization at a moment."""

    organization: Organization
    now: int
    chosen: Mapping[str, frozenset[Value]] = field(default_factory=dict)

    def usage(self, kind: Kind, start: int, end: int) -> Iterator[Record]:
        """Yield the usage of a kind in a range of time that passes the filters."""
        seed = self.organization.usage.seed
        for consumer, begin, until in self._lives:
            first, last = max(start, begin), min(end, until)
            for day in range(first // DAY, -(-last // DAY)):
                key = _key_of(consumer, day)
                if key is not None or not consumer.temporary:
                    for record in _records(seed, kind.name, consumer.project, key, consumer.user_id, day):
                        if first <= record.at < last and self._is_chosen(record):
                            yield record

    @cached_property
    def _lives(self) -> list[tuple[Consumer, int, int]]:
        """Return the consumers in the chosen projects, each with the first and the last time of its usage."""
        projects = {project.id: project for project in self.organization.projects}
        return [
            (consumer, *self._lifetime(consumer, projects.get(consumer.project)))
            for consumer in settled(self.organization, self.now)
            if PROJECT not in self.chosen or consumer.project in self.chosen[PROJECT]
        ]

    def _lifetime(self, consumer: Consumer, project: Project | None) -> tuple[int, int]:
        """Return from when until when a consumer used the API: not in the future, and within the project's life."""
        ends = [self.now + 1]
        begins = [self.organization.usage.since, consumer.since]
        if project is not None:
            begins.append(project.created_at)
            ends += [] if project.archived_at is None else [project.archived_at]
        ends += [] if consumer.until is None else [consumer.until]
        return max(begins), min(ends)

    def _is_chosen(self, record: Record) -> bool:
        return not self.chosen or all(record.dimensions.get(name) in values for name, values in self.chosen.items())

    def state(self) -> tuple[object, ...]:
        """Return everything that past records depend on: while it is equal, they are equal."""
        lives = [
            (each.project, each.api_key_id, each.user_id, each.temporary, begin, until if until <= self.now else None)
            for each, begin, until in self._lives
        ]
        usage = self.organization.usage
        return usage.seed, usage.since, lives

    @cached_property
    def _charged_usage(self) -> Source:
        """Return the source of the usage behind the costs, without the filter of line items, which usage lacks."""
        of_usage = {name: values for name, values in self.chosen.items() if name != "line_item"}
        return Source(self.organization, self.now, of_usage)

    def costs(self, start: int, end: int) -> Iterator[Record]:
        """Yield the costs in a range of time that pass the filters: those of usage, and those of support."""
        for kind in KINDS.values():
            if kind.prices:
                for record in self._charged_usage.usage(kind, start, end):
                    yield from filter(self._is_chosen, _charged(kind, record))
        begin = max(start, self.organization.usage.since)
        for day in range(-(-begin // DAY), -(-min(end, self.now + 1) // DAY)):
            charge = _support(self.organization.usage.seed, day)
            if self._is_chosen(charge):
                yield charge


def settled(organization: Organization, now: int) -> list[Consumer]:
    """Return all consumers, after updating them from the organization's keys.

    The usage of a deleted key ends when its deletion is first noticed, the usage of a new key begins when the key is
    first noticed. So earlier answers stay true.
    """
    consumers = organization.usage.consumers = organization.usage.consumers or []
    keys = {key.id: (key, project) for project in organization.projects for key in project.api_keys}
    for consumer in consumers:
        if consumer.api_key_id in keys:
            consumer.until = keys[consumer.api_key_id][0].expires_at
        elif consumer.api_key_id is not None:
            consumer.until = now if consumer.until is None else min(consumer.until, now)
    known = {consumer.api_key_id for consumer in consumers}
    consumers += [
        Consumer(project.id, key.id, key.user or None, since=now, until=key.expires_at)
        for key, project in keys.values()
        if key.last_used_at is not None and key.id not in known
    ]
    return consumers


def _key_of(consumer: Consumer, day: int) -> str | None:
    """Return the ID of the key that a consumer uses on a day, or None."""
    if not consumer.temporary:
        return consumer.api_key_id
    week, weekday = divmod(day + Dice(consumer.project).below(WEEK_DAYS), WEEK_DAYS)
    if weekday:
        return None
    return f"key_{hashlib.sha256(f'{consumer.project} {week}'.encode()).hexdigest()[:24]}"


@lru_cache(maxsize=2**13)
def _records(
    seed: int, kind_name: str, project: str, key: str | None, user: str | None, day: int
) -> tuple[Record, ...]:
    """Return a consumer's records of a kind on a day: none on half of the days, otherwise up to three."""
    identity = (seed, kind_name, project, key, user, day)
    count = Dice(*identity).below(6)
    return tuple(_record(KINDS[kind_name], identity, number) for number in range(max(0, count - 2)))


def _record(kind: Kind, identity: tuple[int, str, str, str | None, str | None, int], number: int) -> Record:
    dice = Dice(*identity, number)
    unused_seed, unused_kind, project, key, user, day = identity
    who: dict[str, Value] = {PROJECT: project, USER: user, KEY: key} if kind.personal else {PROJECT: project}
    what = {name: values[dice.below(len(values))] for name, values in kind.dimensions.items()}
    at = day * DAY + dice.below(DAY // MINUTE) * MINUTE
    return Record(at, {**who, **what}, kind.amounts(dice))


def _charged(kind: Kind, record: Record) -> Iterable[Record]:
    used = record.dimensions
    model = str(used.get("model"))
    for price in kind.prices:
        quantity = sum([record.amounts[name] for name in price.amounts])
        if quantity:
            each = price.prices.get(model) or price.prices["*"]
            dimensions = {
                PROJECT: used.get(PROJECT),
                USER: used.get(USER),
                KEY: used.get(KEY),
                "api_source": used.get("api_source", NOWHERE),
                "line_item": price.item.format(model=model),
            }
            counted = quantity // price.divisor
            yield Record(record.at, dimensions, {"nano": counted * each, "quantity": counted}, price.unit)


def _support(seed: int, day: int) -> Record:
    """Return a day's charge for support, which belongs to no project."""
    dimensions = {PROJECT: None, USER: None, KEY: None, "api_source": NOWHERE, "line_item": "support plan"}
    return Record(day * DAY, dimensions, {"nano": (100 + Dice(seed, "support", day).below(100)) * NANO // 100})
