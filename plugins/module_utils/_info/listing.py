# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The work of info modules: they read all pages of a collection, of one parent or of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._api.parallel import Pace, Piece, gather
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    check_names,
    cleaned,
    flaws,
    identity,
    is_blank,
    names_nothing,
    names_parent,
    not_there,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.mode import take_for_granted
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import Spec, listed_options
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import (
    find_scope,
    in_organization,
    list_all,
    list_named,
    look_up,
    scoped,
    search,
    what_became_of,
    with_details,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Delivery, Outcome, Task
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    ID,
    NOTHING,
    Current,
    Key,
    Object,
    Resource,
    unshown,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Mode, Params
from ansible_collections.community.openai_admin.plugins.module_utils._values.alike import unknown_values
from ansible_collections.community.openai_admin.plugins.module_utils._values.redacted import fits


@dataclass(frozen=True, eq=False)
class Filter:
    """An option that filters a listing, on the server or, if the server has no such filter, here."""

    name: str
    spec: Spec
    keep: Callable[[Object, Any], bool] | None = None
    """Returns whether an object matches the option's value; none: the server decides."""
    known: tuple[str, ...] = ()
    """Known values of the API, which may have others."""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """If set, the option filters nothing: if it is true, each object is read individually, with this query."""


def inform(resource: Resource, *filters: Filter, redacted: str = "") -> Task:
    """Return the task of an info module.

    C(redacted): the field with redacted secrets, if one of the objects can be the admin key that the task uses. Each
    object then returns as C(is_own) whether it is.
    """
    resource = resource.listed
    return Task(
        argument_spec={
            **listed_options(_without_needless_keys(resource, filters)),
            **{each.name: each.spec for each in filters},
        },
        work=partial(collect, resource, filters, redacted=redacted)
        if redacted
        else partial(collect, resource, filters),
    )


def collect(
    resource: Resource,
    filters: tuple[Filter, ...],
    client: Client,
    params: Params,
    given: Given,
    mode: Mode,
    unused_delivery: Delivery | None = None,
    redacted: str = "",
) -> Outcome:
    """Read the objects that the task asks for. Raises C(AdminError)."""
    keys = _keys(resource, filters)
    names = [each for each in filters if each.name in keys]
    resource = _without_needless_keys(resource, filters)
    check_names(resource, params, given, [*several_scopes(resource, params, given), *bad_names(keys, params)])
    params = with_clean_filters(keys, params)
    by_id = not is_blank(params.get(resource.id_param))
    asked = [each for each in filters if params.get(each.name) is not None and not (by_id and each in names)]
    limit = params.get("max_results")
    if limit is not None and limit < 1:
        raise BadInput(f"max_results must be at least 1, not {limit}.")
    strange = _unknown(asked, params)
    if any(params[each.name] == [] for each in asked):
        return Outcome(changed=False, returns={resource.plural: []})
    scopes = scopes_of(client, resource, params, given)
    assumes = tuple(scope.missing for scope in scopes if scope.missing)
    if names_nothing(resource, params, given) and not any(each in names for each in asked):
        assumes += (not_there(resource),)
        scopes = []
    warnings = take_for_granted(assumes, mode, f"list the {resource.titles}", partial(what_became_of, client))
    others: list[dict[str, Any]] = []
    unclear: list[Object] = []
    read = partial(read_scope, client, resource, params, asked, limit, keys=keys, others=others, unclear=unclear)
    pieces = [
        Piece(f"GET {resource.path_in(scope.ids)}", partial(read, scope)) for scope in scopes if not scope.missing
    ]
    parts = gather(client, pieces, Pace(tell=mode.tell), "Reading")
    items = [item for part in parts for item in part]
    if redacted:
        own = client.connection.admin_key
        items = [{**item, "is_own": fits(own, item[redacted] or "")} for item in items]
    returns = {resource.plural: items[:limit], **({f"other_{resource.plural}": others} if others else {})}
    named = identity(resource, params)
    unseen = [unshown(resource, named[0], unclear).strip()] if named and unclear else []
    return Outcome(changed=False, returns=returns, warnings=(*warnings, *strange, *unseen))


def _unknown(asked: Iterable[Filter], params: Params) -> list[str]:
    """Return warnings about unknown values of filters. Raises C(BadInput) for a misspelled one."""
    problems, warnings = [], []
    for each in asked:
        if each.known:
            wrong, strange = unknown_values(each.name, [params[each.name]], each.known)
            problems += wrong
            warnings += strange
    if problems:
        raise BadInput(f"{'; '.join(problems)}.")
    return warnings


def scopes_of(client: Client, resource: Resource, params: Params = NOTHING, given: Given = NOTHING) -> list[Current]:
    """Return the scopes to read: the parent that the task names, or each active one."""
    parent = resource.parent
    if parent is None:
        return [Current(object=None, ids={})]
    if names_parent(parent, params, given):
        return [find_scope(client, parent, params)]
    name, known = parent.resource.keys[0], params.get(parent.resource.plural)
    if resource.parent_is_optional and known is None:
        return [in_organization(parent)]
    if known is not None and any(is_blank(project.get(ID)) for project in known):
        raise BadInput(
            f"Each entry of {parent.resource.plural} needs an id. Pass what {parent.resource.kind}_info returns."
        )
    projects = list_all(client, parent.resource) if known is None else known
    return [replace(scoped(parent, project[ID], name.read(project)), seen=True) for project in projects]


def several_scopes(resource: Resource, params: Params, given: Given) -> Iterator[str]:
    """Yield an error if the task names one parent and gives several."""
    parent = resource.parent
    if parent and params.get(parent.resource.plural) is not None and names_parent(parent, params, given):
        option = parent.id_option if is_blank(params.get(parent.name_option)) else parent.name_option
        yield f"{option} and {parent.resource.plural} exclude each other"


def bad_names(keys: Mapping[str, Key], params: Params) -> Iterator[str]:
    """Yield errors in filters that name objects."""
    for name, key in keys.items():
        for number, value in enumerate(params.get(name) or ()):
            if not is_blank(value):
                yield from flaws(key, f"{name}[{number}]", value)


def with_clean_filters(keys: Mapping[str, Key], params: Params) -> Params:
    """Return the options with cleaned filters that name objects."""
    named = {name: [cleaned(key, value) for value in params[name]] for name, key in keys.items() if params.get(name)}
    return {**params, **named}


def read_scope(
    client: Client,
    resource: Resource,
    params: Params,
    asked: list[Filter],
    limit: int | None,
    scope: Current,
    keys: Mapping[str, Key] = NOTHING,
    others: list[dict[str, Any]] | None = None,
    unclear: list[Object] | None = None,
) -> list[dict[str, Any]]:
    """Read the objects that the task asks for in one parent, in the form of results.

    C(keys): those of filters that name objects. This appends to C(others) the objects that these do not name, if it
    had to read all, and to C(unclear) those that may match, because the API does not show their names.
    """
    named = identity(resource, params)
    by_names = next((each for each in asked if each.name in keys), None)
    query = {each.name: params[each.name] for each in asked if not (each.keep or each.detail or each is by_names)}
    kept = [(each.keep, params[each.name]) for each in asked if each.keep]
    if named:
        objects, listed = search(client, resource, named, scope.ids, query, scope.of)
        if not objects:
            objects, nameless = _found_elsewhere(client, resource, named, listed)
            if unclear is not None:
                unclear.extend(nameless)
    elif by_names:
        key = keys[by_names.name]
        listed = list_named(client, resource, key, params[by_names.name], scope.ids, query, scope.of)
        names = set(map(key.canonical, params[by_names.name]))
        objects = [item for item in listed if key.canonical(key.read(item)) in names]
        if others is not None and listed.is_whole:
            others.extend(
                resource.shape(item, scope.scope) for item in listed if key.canonical(key.read(item)) not in names
            )
    else:
        few = None if kept else limit
        page = {} if resource.singleton else {"limit": min(few or resource.page_size, resource.page_size)}
        objects = list_all(client, resource, scope.ids, {**query, **page}, scope.of, few, scope.seen)
    objects = [item for item in objects if all(keep(item, value) for keep, value in kept)][:limit]
    for each in asked:
        if each.detail and params[each.name]:
            objects = _with_details(client, resource, objects, each.detail)
    return [resource.shape(item, scope.scope) for item in objects]


def _found_elsewhere(
    client: Client, resource: Resource, named: tuple[str, Any], listed: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Object]]:
    """Find a listed object without a name by the ID that another collection shows for that name.

    Also return those that may match, if that collection does not have the name either. Raises C(RequestError).
    """
    key = resource.key(named[0])
    if key is None or key.detail:
        return [], []
    candidates = [item for item in listed if key.candidates is None or key.candidates(named[1], item)]
    nameless = [item for item in candidates if key.canonical(key.read(item)) is None]
    place = next((each for each in resource.elsewhere if each.identifies and named[0] in each.missing), None)
    if not nameless or place is None or place.resource is None:
        return [], [*nameless]
    known = {place.resource.id_of(item) for item in look_up(client, place.resource, named)}
    return [item for item in nameless if resource.id_of(item) in known], [] if known else [*nameless]


def _with_details(
    client: Client, resource: Resource, listed: list[dict[str, Any]], query: Mapping[str, Any]
) -> list[dict[str, Any]]:
    detail = partial(with_details, client, resource, ids=NOTHING, query=query)
    pieces = [Piece(f"GET {resource.item}", partial(detail, each)) for each in listed]
    return [item for part in gather(client, pieces, Pace(), "Reading") for item in part]


def _keys(resource: Resource, filters: tuple[Filter, ...]) -> dict[str, Key]:
    """Return the keys of filters that name several objects."""
    names = {each.name for each in filters}
    return {key.query: key for key in resource.keys if key.query in names}


def _without_needless_keys(resource: Resource, filters: tuple[Filter, ...]) -> Resource:
    """Return the resource without keys whose query a filter sends for several objects at once."""
    names = {each.name for each in filters}
    return replace(resource, keys=tuple(key for key in resource.keys if key.query not in names))
