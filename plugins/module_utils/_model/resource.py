# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The vocabulary that describes objects of the Administration API, as data.

A C(Resource) is a kind of objects that can be created, changed and removed; one without an ID is a singleton.
(Sets of members are C(Membership), in their own file.) It consists of the parts below, and of at most seven kinds of
functions: a canonical form, the value to send for an option, a value derived from an answer, the candidates of a
key, the status of an object, a refusal, and a caution.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, Union

from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing, Ref

Object = Mapping[str, Any]
"""An object as the API or a module returns it."""

Standing = Literal["live", "gone", "stale"]
"""Whether an object counts as existing (live), as not existing (gone: archived, accepted),
or as existing but unusable (stale: expired)."""

VERIFY_UNIQUE = "verify_unique"
ALLOW_MISSING_FILE = "allow_missing_file"
"""The setting of resources that can search again for objects of the same name after a create."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
ID = "id"
"""The field that identifies an object, whatever answers call it."""
PRESENT = "present"
ABSENT = "absent"


def as_it_is(value: Any) -> Any:
    """Return a value unchanged."""
    return value


def always_live(unused_object: Object) -> Standing:
    """Return the status of objects of a kind that has no other one."""
    return "live"


def until_it_expires(item: Object) -> Standing:
    """Return the standing of an object that stays listed after it has expired."""
    expires_at = item.get("expires_at")
    return "gone" if expires_at is not None and expires_at <= time.time() else "live"


def value_at(answer: Object, path: str) -> Any:
    """Return the value at a path with dots in an answer; null if there is none."""
    if "." not in path:
        return answer.get(path)
    value: Any = answer
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _divided(value: Any, times: int) -> Any:
    """Return a number in the unit of its option."""
    return value / times if times != 1 and isinstance(value, (int, float)) else value


def put_at(target: dict[str, Any], path: str, value: Any) -> None:
    """Set the value at a path with dots."""
    *way, last = path.split(".")
    place = target
    for part in way:
        place = place.setdefault(part, {})
    place[last] = value


@dataclass(frozen=True, eq=False)
class Field:
    """One value of an object: its place in option, body and answer, and who sets it.

    C(made_by): C(declared), the task; C(default), the API, to its documented default, which predictions show;
    C(server), the API, null in predictions. Two values are equal if their canonical forms are.
    """

    name: str
    type: str = "str"
    """The type of ansible-core's option; C(set) is an unordered list of strings, C(dict) without C(parts) contains
    strings, numbers and booleans."""
    made_by: Literal["declared", "default", "server"] = "declared"
    default: Any = None
    """The API's default on creation (C(made_by=default))."""
    initial: Any = None
    """The value to send on creation if the task does not set it."""
    option: str = ""
    """The module's option, if its name differs."""
    body: str = ""
    """The path in request bodies, with dots, if it differs."""
    answer: str = ""
    """The path in answers, with dots, if it differs."""
    create: bool = True
    update: bool = True
    """With neither C(create) nor C(update), the object's identity determines the value."""
    canonical: Callable[[Any], Any] = as_it_is
    clean: Callable[[Any], Any] = as_it_is
    """Returns the value to send for the option's value. Raises C(ValueError) if that is invalid."""
    file: str = ""
    """An option for the path of a file that contains the value."""
    derived: Callable[[Object], Any] | None = None
    """Computes a value that answers do not contain."""
    compared: bool = True
    clearable: bool = False
    """Whether an empty string clears it: requests then contain null."""
    remade: bool = False
    """Whether each change sets a new value, so that predictions show null (C(made_by=server))."""
    secret: bool = False
    """Whether tasks hide the value, since it may be a secret by mistake. Info modules show what the API returns."""
    sensitive: bool = False
    """Whether the option may contain a secret by mistake, which C(clean) rejects: tasks hide only the option."""
    write_only: bool = False
    """Whether it is a secret that no answer contains: requests send it, and nothing compares or shows it. Updates
    send it if the setting C(UPDATE_SECRET) says so."""
    unshown: bool = False
    """Whether no answer contains it although it is not a secret: creates send it, and nothing compares or shows it."""
    choices: tuple[str, ...] = ()
    """All valid values, for options of this collection that the API does not know."""
    known: tuple[str, ...] = ()
    """Known values of the API, which may accept others."""
    incomplete: bool = False
    """Whether many of the API's values are unknown, so that a value close to a known one is only a warning."""
    extended: bool = False
    """Of a set: whether the API may keep more than a request sends, which is then a warning instead of an error."""
    minimum: float | None = None
    maximum: float | None = None
    times: int = 1
    """The factor from the option to bodies and answers: dollars to cents, days to seconds. Options with the same place
    in the body exclude each other."""
    required: bool = False
    """Whether a create, or a task that sets a singleton, needs it."""
    only_with: tuple[str, ...] = ()
    """Another field and its values, if this field is only for these types of objects."""
    marked_by: tuple[str, str] | None = None
    """A path in bodies and answers, and the value there that tells this option from others with the same place in the
    body."""
    cleared_by: tuple[str, str] | None = None
    """Of a field with C(marked_by): the path, and the value there, that stand for an empty value."""
    pairs: tuple[str, str] | None = None
    """Of a dictionary: the names of key and value, if bodies and answers have a list of pairs in its place."""
    shapes: tuple[str, ...] = ()
    """The types that an answered value of the type C(raw) can have; none: any."""
    advice: str = ""
    """What to do if the value should change but cannot."""
    parts: tuple[Field, ...] = ()
    """The fields of a dictionary, or of each dictionary in a list, except references."""
    refers: Parent | None = None
    """Another object, for which there are two options, its name and its ID; the value is the ID. In a list, each
    dictionary has these options, and requests send it with C(id)."""

    @cached_property
    def is_reference(self) -> bool:
        """Whether the value is the ID of another object, which the task can also give by name."""
        return self.refers is not None and self.type == "str"

    @cached_property
    def option_name(self) -> str:
        """The name of the option for the field; for a reference, that of the ID."""
        if self.refers and self.is_reference:
            return self.refers.id_option
        return self.option or self.name

    @property
    def mark(self) -> str | None:
        """The path of the mark that tells this option from others."""
        return self.marked_by[0] if self.marked_by else None

    @property
    def body_name(self) -> str:
        """The path of the value in a request."""
        return self.body or self.name

    @property
    def is_hidden(self) -> bool:
        """Whether results omit it."""
        return self.secret or self.write_only or self.unshown

    @property
    def is_option(self) -> bool:
        """Whether tasks can set the value."""
        return self.made_by == "declared"

    def in_body(self, value: Any) -> Any:
        """Return the value to send for the option's value."""
        if self.pairs and isinstance(value, Mapping):
            return [dict(zip(self.pairs, each)) for each in value.items()]
        if self.times == 1 or not isinstance(value, (int, float)):
            return value
        return round(value * self.times)

    def read(self, answer: Object) -> Any:
        """Return the value in an answer; null if the answer has none."""
        if self.derived:
            return self.derived(answer)
        if self.is_another(answer):
            return None
        value = value_at(answer, self.answer or self.name)
        if self.pairs and isinstance(value, list):
            return {each[self.pairs[0]]: each[self.pairs[1]] for each in value}
        if self.times == 1 and self.type != "set":
            return value
        return self.ordered(_divided(value, self.times))

    def ordered(self, value: Any) -> Any:
        """Return the elements of a set sorted and without duplicates; any other value unchanged."""
        if self.type == "set" and isinstance(value, list) and all(isinstance(each, str) for each in value):
            return sorted(set(value))
        return value

    def is_another(self, answer: Object) -> bool:
        """Return whether an answer contains the value of another option with the same place."""
        return self.marked_by is not None and value_at(answer, self.marked_by[0]) not in (None, self.marked_by[1])

    def shown(self, value: Any) -> Any:
        """Return an option's value as results show it: null if it is empty and only its mark remains."""
        return None if self.cleared_by and not value else value

    def is_cleared(self, answer: Object) -> bool:
        """Return whether an answer has the mark of an empty value."""
        return self.cleared_by is not None and value_at(answer, self.cleared_by[0]) == self.cleared_by[1]

    def put(self, target: dict[str, Any], path: str, value: Any) -> None:
        """Put a value at a path of a body or an answer, with the mark of the option."""
        if self.cleared_by and not value:
            put_at(target, *self.cleared_by)
            return
        put_at(target, path, self.in_body(value))
        if self.marked_by:
            put_at(target, *self.marked_by)

    def is_in(self, answer: Object) -> bool:
        """Return whether the answer contains the field, even as null."""
        way, unused_dot, last = (self.answer or self.name).rpartition(".")
        place = value_at(answer, way) if way else answer
        return isinstance(place, Mapping) and last in place


UPDATE_SECRET = Field("update_secret", choices=("on_create", "always"), default="on_create")
"""The setting of resources with a C(write_only) field."""


@dataclass(frozen=True, eq=False)
class Key:
    """An option that names an object by one of its fields.

    C(query): the server's filter for it; without one, the engine lists the whole collection. If listed objects lack
    the field, C(candidates) selects those that may match; with a C(detail), the engine reads each of them with it.
    """

    option: str
    field: str = ""
    """The path in listed objects, with dots, if it differs from the option's name."""
    canonical: Callable[[Any], Any] = as_it_is
    query: str = ""
    digest: str = ""
    """The name of the canonical form, if it replaces the value in messages and diffs."""
    clean: Callable[[Any], Any] = as_it_is
    """Returns the cleaned value. Raises C(ValueError) if it is invalid."""
    candidates: Callable[[Any, Object], bool] | None = None
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    times: int = 1
    """The factor from the option to listed objects: dollars to cents."""
    written: Callable[[Any], str] = str
    """Returns the value in names of objects, in messages and results."""

    def read(self, answer: Object) -> Any:
        """Return the key's value in an answer."""
        return _divided(value_at(answer, self.field or self.option), self.times)


@dataclass(frozen=True, eq=False)
class Parent:
    """The object that contains others: options give its name or its ID, and the ID is part of every path."""

    resource: Resource
    name_option: str
    id_option: str


@dataclass(frozen=True, eq=False)
class Route:
    """The path of the collection in one scope, or of the singleton itself.

    C(scope): the parent that the path names; none: the organization.
    """

    path: str
    scope: Parent | None = None
    shows: bool = False
    """Whether the scope only shows objects of the organization, and contains none of its own."""


def path_in(routes: Sequence[Route], ids: Mapping[str, Any]) -> str:
    """Return the path for the scope that these path parameters name; by default the first one."""
    own = (route.path for route in routes if route.scope and route.scope.id_option in ids)
    return next(own, routes[0].path)


@dataclass(frozen=True, eq=False)
class Create:
    """One way to create an object.

    C(gives): the server's values of fields that a create cannot set. C(yields): the answer contains a new secret.
    C(path): the route, if it is not the collection's.
    """

    path: str = ""
    body: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    gives: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    yields: bool = False


@dataclass(frozen=True, eq=False)
class Check:
    """A request that makes the API validate an existing object without changing it.

    Its answer has a C(status), which is one of C(good) if the object is valid.
    """

    option: str
    """The option that enables it."""
    suffix: str
    """The suffix of the object's route."""
    good: tuple[str, ...]
    status: str = "status"


@dataclass(frozen=True, eq=False)
class Overtaken:
    """An event that can precede a removal: the object took effect, and no longer exists for that reason."""

    by: str
    """The C(Elsewhere) that shows this event."""
    message: str


@dataclass(frozen=True, eq=False)
class Declined:
    """How the API declines a change because of a setting that only people can change.

    C(advice) returns what to do instead, from the values that were sent; empty: nothing. A task does not repeat such a
    request.
    """

    statuses: tuple[int, ...]
    advice: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, eq=False)
class Remove:
    """How to remove an object: the state that requests it, the request, and what remains."""

    state: str = ABSENT
    verb: str = "delete"
    method: str = "DELETE"
    suffix: str = ""
    leaves: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """The values of an object that stays listed; empty if it does not."""
    stamps: tuple[str, ...] = ()
    """Fields that the server then sets, null in predictions."""
    advice: str = ""
    """What to do if the server rejects it."""
    overtaken: Overtaken | None = None


@dataclass(frozen=True, eq=False)
class Secret:
    """A value that the API shows only once: the option that requests it, how to issue and how to revoke it.

    It belongs to an object that can exist without it; or it is the object itself, without C(option), C(issue) and
    C(held).
    """

    name: str
    """The key of the result, and of the answer to a create that also issues one."""
    path_option: str
    revoke: str
    """The route to revoke one."""
    id_param: str
    option: str = ""
    """The option that requests one; empty: C(state=present) does."""
    issue: str = ""
    """The route to issue one for an existing object."""
    held: str = ""
    """The C(Elsewhere) that lists existing ones."""
    fields: tuple[Field, ...] = ()
    """Fields that a request to issue one contains, and that are never compared."""
    issue_fields: tuple[Field, ...] = ()
    """The same, for fields that a create does not accept."""

    @property
    def options(self) -> tuple[Field, ...]:
        """All options for a new secret."""
        return self.fields + self.issue_fields


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """Objects of another collection that influence the decision, read only if they can matter.

    C(by): pairs of an option there and a value here, of which the first known one is used; none: the whole collection.
    The engine reads them if the object is missing and was searched by an option of C(missing), if it was C(found), if
    the task would remove it (C(going)), or if the plan would remove the value of a field, C(losing).
    """

    name: str
    by: tuple[tuple[str, str], ...]
    resource: Resource | None = None
    """Their resource; none: the same collection."""
    query: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    missing: tuple[str, ...] = ()
    found: bool = False
    losing: tuple[str, Any] | None = None
    going: bool = False
    own: str = ""
    """A field with redacted secrets: only objects that match the admin key of the task count. If the API does not let
    the key read them, the task continues."""
    settles: bool = False
    """Whether to read it first, with the server's filter. If that finds something, the engine does not read the
    resource's own collection; if it finds nothing and would create the object, it reads the whole collection."""
    identifies: bool = False
    """Whether the objects there have the ID of the object itself."""
    claiming: str = ""
    """A field: if the plan changes it, the engine searches by the new value."""
    checking: tuple[str, ...] = ()
    """Sets: if the task adds an element that is in none of them, the engine reads the whole collection."""
    is_advice: bool = False
    """Whether it only leads to warnings: if the key may not read it, the task continues."""
    asked_by: str = ""
    """Read only if this option is true."""
    waived_by: str = ""
    """Not read if this option is true."""
    of_parent: bool = False
    """Whether it is the parent itself, which is not read again if it was listed."""
    unless_listed: bool = False
    """Whether it is the resource's own collection, which is not read again if it was listed."""
    returns: str = ""
    """The key of the result for the object found, or null."""


@dataclass(frozen=True, eq=False)
class Spent:
    """The costs of the current month, which decide whether a limit stops requests at once.

    They are read, for all projects together, before an object is created or changed, unless the option C(waived_by) is
    true. If the key may not read them, the task continues.
    """

    path: str
    waived_by: str


@dataclass(frozen=True, eq=False)
class Included:
    """A value of the option C(include): objects of another collection that belong to those that the module reads."""

    name: str
    resource: Resource
    by: tuple[tuple[str, str], ...]
    """Pairs of a field there and a field here; the objects belong together if one pair is equal."""
    shows: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Keys of the result, and the fields there; none: all fields."""
    of_each: bool = False
    """Whether their route names the object, so that they are read for each one, in each active project if the route
    also names a project."""
    outlives: bool = True
    """Whether some can remain after the object no longer exists."""


@dataclass(frozen=True)
class Refuse:
    """The verdict that the task must fail, and why."""

    message: str


@dataclass(frozen=True, eq=False)
class Keep:
    """The verdict that nothing changes: the object to return in place of the declared one, and a warning."""

    object: Object | None = None
    warning: str = ""


Verdict = Union[Refuse, Keep, None]


@dataclass(frozen=True, eq=False)
class Desired:
    """What a task asks for."""

    state: str
    values: Mapping[str, Any]
    """The values of the fields that the task sets, by name."""
    identity: tuple[str, Any] | None
    """The option that names the object, and its value; none: an empty ID, or a singleton."""
    settings: Mapping[str, Any]
    """The values of settings, and of options for a new secret, by option."""
    label: str
    """The object's name in messages: C(service account 'api' of project 'search-prod')."""
    name: str = ""
    """The object's name in diffs: C(service account 'api'), even if its project does not exist yet."""
    owner: tuple[str, Any] | None = None
    """The option that names the object's owner, and its value."""
    missing: Missing | None = None
    """An object that the task uses to name this one, if it does not exist."""
    unresolved: frozenset[str] = frozenset()
    """The fields that reference objects that do not exist yet."""
    sent_only: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """The options that only a create sends and that no answer contains, with what the task says, for diffs."""
    in_parent: bool = True
    """Whether the task names a parent, if the parent is optional; otherwise the object belongs to the organization."""

    @property
    def present(self) -> bool:
        """Whether the object should exist."""
        return self.state == PRESENT

    def asks(self, switch: str) -> bool:
        """Return whether a boolean setting is true."""
        return bool(self.settings.get(switch))


@dataclass(frozen=True, eq=False)
class Current:
    """The current state of the object, and what was found about it."""

    object: Object | None
    ids: Mapping[str, str | None]
    """Path parameters; null: the ID of an object that does not exist yet."""
    scope: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """The parent's name and ID, as in returned objects."""
    of: str = ""
    """The parent's name in messages: C( of project 'search-prod')."""
    missing: Missing | None = None
    """An object that the task needs and that does not exist."""
    nameless: bool = False
    """Whether the task named the missing object by an empty ID, so that its absence cannot be verified."""
    elsewhere: Mapping[str, tuple[Object, ...]] = dataclasses.field(default_factory=dict)
    spent: Decimal | None = None
    """What the scope has cost in the current month, in US dollars; null: it was not read."""
    unread: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The names of C(Elsewhere) that the key may not read, with the server's words."""
    others: tuple[str, ...] = ()
    """The names of the objects in the collection, for messages."""
    seen: bool = False
    """Whether the parent was listed, so that it exists."""
    parent: Object | None = None
    """The parent, if it was listed."""
    is_new: bool = False
    """Whether the parent was created by the same run, so that nobody has used it."""
    older: tuple[Object, ...] = ()
    """Older objects with the same key, the oldest first, if the newest one counts."""
    listed: Sequence[Object] = ()
    """The whole collection, if it was listed."""
    nameless_ones: tuple[Object, ...] = ()
    """Objects for which the API does not show the field that was searched: each could be the one."""
    tells: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Fields of an object that does not exist yet, as found elsewhere."""
    protected: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """IDs of objects that must not be removed, and why not."""


@dataclass(frozen=True, eq=False)
class Resource:
    """A kind of objects that can be created, changed and removed.

    Each scope has one of the C(routes), with the collection; an object's own route adds C({id_param}).
    """

    kind: str
    """The key of the result: C(project_user)."""
    plural: str
    routes: tuple[Route, ...]
    """The organization's route comes first, if there is one."""
    fields: tuple[Field, ...]
    id_param: str = ""
    """The ID's name in routes; empty: a singleton, of which each scope has one."""
    unset: Literal["", "404"] = ""
    """The API's answer if a singleton is not set; empty: it is always set."""
    by_id: bool = True
    """Whether there is an option with the name of C(id_param), and the API can read an individual object."""
    alone: bool = False
    """Whether the API can read an individual object although there is no such option; used after writes, because
    listings may lag behind."""
    keys: tuple[Key, ...] = ()
    owner: Parent | None = None
    """The owner of an object within its parent: part of the route that creates it. Listed objects name their owners in
    fields that have the names of these options."""
    query: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """The query of every listing."""
    repeats: bool = False
    """Whether a listing can contain several valid entries with one ID, such as a direct and an inherited role."""
    instead: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Keys of answers, and the alternative path of each value, with dots."""
    creates: tuple[Create, ...] = (Create(),)
    create_verb: str = "create"
    one_of: tuple[str, ...] = ()
    """Fields of which a create sends exactly one: the first known one."""
    is_built_in: Callable[[Any, bool], bool] | None = None
    """Returns whether every scope has an object with that ID, and whether it lies in a parent."""
    names_apart: Callable[[str], str] | None = None
    """Returns the form in which the names of a collection have to differ, such as without case."""
    lasting: bool = False
    """Whether objects can never be deleted, so that a name similar to an existing one deserves a warning."""
    absence: str = ""
    """What to do if the object does not exist and cannot be created."""
    updates: bool = True
    whole: bool = False
    """Whether an update sends all fields, not only those that differ."""
    sends: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Constants that each create and update sends, by path in the body, with dots."""
    replaced: str = ""
    """If an update is impossible, the engine replaces the object, with this warning."""
    apart: str = ""
    """The field that tells objects with the same key apart, if the task gives it."""
    identified_with: tuple[str, ...] = ()
    """Fields that identify an object together with its key: one with another value is another object."""
    newest: bool = False
    """Whether the newest of several objects with the same key counts, and a removal removes all of them."""
    remove: Remove | None = Remove()
    declined: Declined | None = None
    spent: Spent | None = None
    validation: Check | None = None
    secret: Secret | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    settings: tuple[Field, ...] = ()
    """Options of the task that are not part of the object. C(default): the option's default."""
    standing: Callable[[Object], Standing] = always_live
    built_in: Callable[[Any, bool], str] | None = None
    """Returns the ID of an object that exists in every scope, from its name and whether the scope has a parent, so that
    it need not be looked up. Empty: the name is that of another object."""
    notice: str = ""
    """A warning that every task shows after it has changed something."""
    cautions: tuple[Callable[[Desired, Current], Iterable[str]], ...] = ()
    """Functions that return warnings about a change."""
    refusals: tuple[Callable[[Desired, Current], Verdict], ...] = ()
    page_size: int = 100

    @property
    def title(self) -> str:
        """The name of the kind for people: C(service account)."""
        return _words(self.kind)

    @property
    def titles(self) -> str:
        """The plural of the name."""
        return _words(self.plural)

    @cached_property
    def parent(self) -> Parent | None:
        """The parent of objects, which may be optional (C(parent_is_optional))."""
        return next((route.scope for route in self.own_routes if route.scope), None)

    @property
    def parent_is_optional(self) -> bool:
        """Whether the organization itself has such objects too."""
        return self.parent is not None and self.routes[0].scope is None

    @cached_property
    def own_routes(self) -> tuple[Route, ...]:
        """The routes of the scopes that contain objects."""
        return tuple(route for route in self.routes if not route.shows)

    @cached_property
    def listed(self) -> Resource:
        """The resource for tasks that only read: with all routes, without keys that listings lack, nothing hidden."""
        routes = tuple(dataclasses.replace(route, shows=False) if route.shows else route for route in self.routes)
        keys = tuple(key for key in self.keys if not key.detail)
        fields = tuple(dataclasses.replace(field, secret=False) if field.secret else field for field in self.fields)
        if (routes, keys, fields) == (self.routes, self.keys, self.fields):
            return self
        return dataclasses.replace(self, routes=routes, keys=keys, fields=fields)

    @property
    def path(self) -> str:
        """The path of the collection: the organization's, if there is one."""
        return self.routes[0].path

    @property
    def item(self) -> str:
        """The path of an object in that collection."""
        return self._item(self.path)

    def path_in(self, ids: Mapping[str, Any]) -> str:
        """Return the path of the collection in the scope that these path parameters name."""
        return path_in(self.routes, ids)

    def item_in(self, ids: Mapping[str, Any]) -> str:
        """Return the path of an object in the scope that these path parameters name."""
        return self._item(self.path_in(ids))

    def _item(self, path: str) -> str:
        return f"{path}/{{{self.id_param}}}" if self.id_param else path

    @property
    def singleton(self) -> bool:
        """Whether each scope has exactly one such value, without an ID."""
        return not self.id_param

    @cached_property
    def options(self) -> tuple[Field, ...]:
        """The fields that tasks can set."""
        return tuple(field for field in self.fields if field.is_option)

    @cached_property
    def constants(self) -> tuple[tuple[Field, Any], ...]:
        """The fields for the constants that each create and update sends, and their values."""
        shown = (field for field in self.fields if not field.is_option)
        return tuple((field, self.sends[field.body_name]) for field in shown if field.body_name in self.sends)

    @cached_property
    def alternatives(self) -> Mapping[str, tuple[Field, ...]]:
        """Options with the same mark, of which a task can set only one, by the name of each."""
        same = {each.name: tuple(other for other in self.options if _stands_for(each, other)) for each in self.options}
        return {name: fields for name, fields in same.items() if len(fields) > 1}

    @cached_property
    def variants(self) -> tuple[Field, ...]:
        """The options that are only for one type of objects."""
        return tuple(field for field in self.options if field.only_with)

    @cached_property
    def id_path(self) -> str:
        """The path of the ID in answers, with dots."""
        return next((field.answer or field.name for field in self.fields if field.name == ID), ID)

    def id_of(self, item: Object) -> Any:
        """Return the ID of an object; null if the answer lacks it."""
        return value_at(item, self.id_path)

    def referred_id(self, values: Mapping[str, Any]) -> str | None:
        """Return the ID of an object that has that of another one, such as a group's access; null if it is unknown."""
        refers = any(field.name == ID and field.is_reference for field in self.options)
        own_id = values.get(ID) if refers else None
        return own_id if isinstance(own_id, str) else None

    def name_of(self, item: Object) -> str | None:
        """Return the name of a listed object for people, by the last key that it shows; null if it shows none."""
        names = ((key, key.read(item)) for key in reversed(self._names))
        return next((key.written(name) for key, name in names if name), None)

    def returned_name_of(self, item: Object) -> str | None:
        """Return the same of an object as modules return it."""
        fields = {field.answer or field.name: field.name for field in self.fields}
        named = ((key, key.field or key.option) for key in reversed(self._names))
        names = ((key, item.get(fields.get(path, path))) for key, path in named)
        return next((key.written(name) for key, name in names if name), None)

    @cached_property
    def _names(self) -> tuple[Key, ...]:
        """The keys whose values people know."""
        return tuple(key for key in self.keys if key.option != self.id_param and not key.detail)

    @cached_property
    def name_key(self) -> Key | None:
        """The key by which objects are named, other than their IDs."""
        return next((key for key in self.keys if key.option != self.id_param), None)

    def call(self, value: Any, option: str = "") -> str:
        """Return an object's name in messages: C(project 'search-prod'), C(project proj_abc)."""
        key = self.key(option)
        if key and key.digest:
            return f"{self.title} with the {key.digest} {key.canonical(value)}"
        shown = key.written(value) if key else value
        return f"{self.title} {value}" if option == self.id_param else f"{self.title} '{shown}'"

    def call_several(self, value: Any, option: str, of: str = "") -> str:
        """Return the words for several objects that match one value: C(projects are named 'search-prod')."""
        key = self.key(option)
        if option == "name":
            return f"{self.titles}{of} are named '{value}'"
        if key and key.digest:
            return f"{self.titles}{of} have the {key.digest} {key.canonical(value)}"
        shown = key.written(value) if key else value
        return f"{self.titles}{of} have the {_OPTIONS.get(option, option)} '{shown}'"

    def show(self, value: Any, option: str) -> dict[str, Any]:
        """Return the fields that name an object in diffs."""
        key = self.key(option)
        return {key.digest: key.canonical(value)} if key and key.digest else {option: value}

    def ref(self, value: Any, option: str, scope: Ref | None = None) -> Ref:
        """Return a reference to the object that an option's value names."""
        key = self.key(option)
        name = (key.digest if key else "") or ("id" if option == self.id_param else option)
        return Ref(self.kind, name, key.canonical(value) if key else value, scope)

    def key(self, option: str) -> Key | None:
        """Return the key with this option; null if there is none."""
        return next((key for key in self.keys if key.option == option), None)

    def shape(self, answer: Object, scope: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
        """Return an answer in the form of modules: always the same keys, null if the answer lacks one."""
        return {**{field.name: field.read(answer) for field in self._shown}, **scope}

    def with_answer(self, known: Object, answer: Object) -> dict[str, Any]:
        """Merge two answers about an object; the newer one replaces dictionaries that tasks declare."""
        both = merged(known, answer)
        for field in self._dictionaries:
            if field.is_in(answer):
                path = field.answer or field.name
                put_at(both, path, value_at(answer, path) if field.pairs else field.read(answer))
        return both

    @cached_property
    def _dictionaries(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.type in ("dict", "raw") and not field.parts)

    @cached_property
    def _shown(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.is_hidden)


def _stands_for(one: Field, other: Field) -> bool:
    return one is other or (one.mark is not None and one.mark == other.mark)


def unshown(resource: Resource, option: str, objects: Sequence[Object]) -> str:
    """Return a sentence, with a leading blank, about objects whose names the API does not show; empty if none."""
    if not objects:
        return ""
    ids = ", ".join(str(resource.id_of(item)) for item in objects)
    many, them = (resource.title, "it") if len(objects) == 1 else (resource.titles, "one of them")
    return (
        f" The API shows no {option} of {len(objects)} {many} ({ids}). If {them} is the right one, give"
        f" {resource.id_param} instead."
    )


def misplaced(resource: Resource, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each option whose value does not match another option, and the sentence that follows its name."""
    for field in resource.variants:
        if field.only_with and values.get(field.name) is not None:
            name, *wanted = field.only_with
            if values.get(name) not in (None, *wanted):
                types = " or ".join(wanted)
                yield field.option_name, f"{field.option_name} is only for {name}: {types}, not for {values[name]}"


def lacking(resource: Resource, values: Mapping[str, Any]) -> list[str]:
    """Return the options that a create needs and the values lack; a null value does not count as lacking."""
    named = {field.name for field in resource.options if field.is_reference and field.name in values}
    needed = (each for each in resource.options if each.required and each.name not in named)
    asked = (each for each in needed if not each.only_with or values.get(each.only_with[0]) in each.only_with[1:])
    same = (resource.alternatives.get(field.name, (field,)) for field in asked)
    left = (fields for fields in same if all(values.get(field.name) is None for field in fields))
    return list(dict.fromkeys(" or ".join(map(_named_by, fields)) for fields in left))


def _named_by(field: Field) -> str:
    """The option that people give for a field: of a reference, the name."""
    return field.refers.name_option if field.refers and field.is_reference else field.option_name


def merged(older: Object, newer: Object) -> dict[str, Any]:
    """Merge two answers about an object; the older one supplies what the newer one omits."""
    both = {name: (older[name], value) for name, value in newer.items() if name in older}
    deep = {name: merged(*pair) for name, pair in both.items() if all(isinstance(each, Mapping) for each in pair)}
    return {**older, **newer, **deep}


_OPTIONS = {"email": "e-mail address"}


def _words(kind: str) -> str:
    return kind.replace("_", " ").replace("api key", "API key")
