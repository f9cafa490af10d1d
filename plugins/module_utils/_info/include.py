# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The option C(include) of info modules: related objects of other collections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import is_blank
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import option
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import list_all
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import (
    Filter,
    collect,
    inform,
    read_scope,
    scopes_of,
    with_clean_filters,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Current,
    Included,
    Object,
    Resource,
    as_it_is,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params

Collections = dict[str, list[dict[str, Any]]]


def inform_including(resource: Resource, filters: tuple[Filter, ...], *included: Included) -> Task:
    """Return the task of an info module with the option C(include)."""
    resource = resource.listed
    include = option("list", elements="str", choices=[each.name for each in included])
    return Task(
        argument_spec={**inform(resource, *filters).argument_spec, "include": include},
        work=partial(collect_including, resource, filters, included),
    )


def collect_including(
    resource: Resource,
    filters: tuple[Filter, ...],
    included: tuple[Included, ...],
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
) -> Outcome:
    """Read the objects that the task asks for, and the related ones that it includes. Raises C(AdminError)."""
    outcome = collect(resource, filters, client, params, given, mode)
    asked = [each for each in included if each.name in (params.get("include") or ())]
    if not asked:
        return outcome
    params = with_clean_filters({key.query: key for key in resource.keys if key.query}, params)
    objects = outcome.returns[resource.plural]
    absent = _absent(resource, params, objects)
    lasting = [each for each in asked if each.outlives]
    unknown = [each for each in asked if _is_unknown(each, objects, absent)]
    known = _read_all(client, resource, unknown, objects, Pace(tell=mode.tell))
    complete = [_complete(resource, asked, known, item) for item in objects]
    left = [_complete(resource, lasting, known, item) for item in absent]
    left_behind = [item for item in left if any(item[each.name] for each in lasting)]
    return replace(outcome, returns={resource.plural: complete, "left_behind": left_behind})


def _is_unknown(place: Included, objects: list[dict[str, Any]], absent: list[dict[str, Any]]) -> bool:
    """Return whether that collection can add anything to the objects."""
    return bool(absent and place.outlives) or any(item.get(place.name) is None for item in objects)


def _absent(resource: Resource, params: Params, objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the objects that the task names and that do not exist, with only their names."""
    if len(objects) == params.get("max_results"):
        return []  # the objects beyond the limit are unknown
    own_id = params.get(resource.id_param)
    named = [(ID, own_id)]
    if is_blank(own_id):
        named = [(key.option, value) for key in resource.keys for value in params.get(key.query) or ()]
    forms = _forms(resource)
    there = {(name, forms[name](item[name])) for item in objects for name in forms}
    wanted = {(name, forms[name](value)): {**dict.fromkeys(forms), name: value} for name, value in named}
    return [item for name, item in wanted.items() if name not in there]


def _complete(resource: Resource, places: list[Included], known: Collections, item: dict[str, Any]) -> dict[str, Any]:
    """Return an object with its related ones. Fields found in one place help to search the next ones."""
    forms, having = _forms(resource), dict(item)
    for place in places:
        if having.get(place.name) is None:
            mine = [each for each in known.get(place.name, ()) if _belongs(place, forms, each, having)]
            having.update({here: mine[0][there] for there, here in place.by if mine and having[here] is None})
            having[place.name] = [_shown(place, each) for each in mine]
    return having


def _belongs(place: Included, forms: Mapping[str, Any], there: Object, here: Object) -> bool:
    return any(
        there.get(field) is not None and forms[own](there[field]) == forms[own](here[own]) for field, own in place.by
    )


def _shown(place: Included, item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[field] for name, field in place.shows.items()} if place.shows else item


def _forms(resource: Resource) -> dict[str, Any]:
    """Return the fields that name an object, and their canonical forms."""
    return {ID: as_it_is, **{key.field or key.option: key.canonical for key in resource.keys}}


def _read_all(
    client: Client, resource: Resource, places: list[Included], objects: Iterable[Object], pace: Pace
) -> Collections:
    """Read whole collections, of every existing parent, each once; of each object, those whose route names it."""
    scopes: dict[str, list[Current]] = {}
    pieces: list[Piece[tuple[str, list[dict[str, Any]]]]] = []
    own_ids: list[dict[str, Any]] = [{resource.id_param: item[ID]} for item in objects]

    def read(place: Included, scope: Current) -> tuple[str, list[dict[str, Any]]]:
        return place.name, read_scope(client, place.resource, NOTHING, [], None, scope)

    def read_own(place: Included, scope: Current) -> tuple[str, list[dict[str, Any]]]:
        listed = list_all(client, place.resource, scope.ids, of=scope.of)
        return place.name, [place.resource.shape({**scope.ids, **item}, scope.scope) for item in listed]

    for place in places:
        parent = place.resource.parent
        where = parent.resource.path if parent else ""
        if where not in scopes:
            scopes[where] = scopes_of(client, place.resource)
        found_in, reading = scopes[where], read
        if place.of_each:
            reading = read_own
            found_in = [
                replace(scope, ids={**scope.ids, **ids}, scope={**scope.scope, **ids})
                for ids in own_ids
                for scope in scopes[where]
            ]
        pieces += [
            Piece(f"GET {place.resource.path_in(scope.ids)}", partial(reading, place, scope)) for scope in found_in
        ]
    found: Collections = {place.name: [] for place in places}
    for name, items in gather(client, pieces, pace, "Reading"):
        found[name].extend(items)
    return found
