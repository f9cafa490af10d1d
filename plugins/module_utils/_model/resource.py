# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The vocabulary: what an object of the Administration API is, as data.

A C(Resource) is a thing that can be created, changed and removed; one without
an id is a singleton. (A set that things are in is a C(Membership), in a file of
its own.) It is built from the parts below, and holds six kinds of functions at
most: a canonical form, what is sent of an option's value, a value derived from an
answer, the candidates of a key, the standing of an object, and a refusal.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, Union

from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing, Ref

Object = Mapping[str, Any]
"""An object as the API answers it, or as a module returns it."""

Standing = Literal["live", "gone", "stale"]
"""Whether an object counts as there (live), as not there (gone: archived, accepted)
or as there but of no use (stale: expired)."""

VERIFY_UNIQUE = "verify_unique"
ALLOW_MISSING_FILE = "allow_missing_file"
"""The setting of resources that can be asked to look once more for others of the name after a create."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
ID = "id"
"""The field that holds what identifies an object, wherever its answers have that."""
PRESENT = "present"
ABSENT = "absent"


def as_it_is(value: Any) -> Any:
    return value


def always_live(unused_object: Object) -> Standing:
    return "live"


def until_it_expires(item: Object) -> Standing:
    """Of what stays listed after that."""
    expires_at = item.get("expires_at")
    return "gone" if expires_at is not None and expires_at <= time.time() else "live"


def value_at(answer: Object, path: str) -> Any:
    """What stands in an answer at a path with dots; null where there is nothing."""
    if "." not in path:
        return answer.get(path)
    value: Any = answer
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _divided(value: Any, times: int) -> Any:
    """A number in the unit of its option."""
    return value / times if times != 1 and isinstance(value, (int, float)) else value


def put_at(target: dict[str, Any], path: str, value: Any) -> None:
    """Put a value where value_at() finds it."""
    *way, last = path.split(".")
    place = target
    for part in way:
        place = place.setdefault(part, {})
    place[last] = value


@dataclass(frozen=True, eq=False)
class Field:
    """One value of an object: where it stands in option, body and answer, and who makes it.

    C(made_by): C(declared) by the task; C(default), the API's documented default,
    which predictions show; C(server), null in predictions. Two values are equal
    when their canonical forms are.
    """

    name: str
    type: str = "str"
    """Of ansible-core's option; C(set) is a list of texts whose order means nothing, C(dict) without C(parts) holds
    texts, numbers and truth values."""
    made_by: Literal["declared", "default", "server"] = "declared"
    default: Any = None
    """What the API makes of it on creation (C(made_by=default))."""
    initial: Any = None
    """What is sent on creation where the task does not name it."""
    option: str = ""
    """The module's option, where its name differs."""
    body: str = ""
    """The path in request bodies, with dots, where it differs."""
    answer: str = ""
    """The path in answers, with dots, where it differs."""
    create: bool = True
    update: bool = True
    """Neither create nor update: settled by the object's identity."""
    canonical: Callable[[Any], Any] = as_it_is
    clean: Callable[[Any], Any] = as_it_is
    """What is sent for the option's value. Raises C(ValueError), in words, where it cannot be one."""
    file: str = ""
    """An option that names a file with the value instead."""
    derived: Callable[[Object], Any] | None = None
    """Not in answers: this makes it of them."""
    compared: bool = True
    clearable: bool = False
    """An empty string clears it: null is sent."""
    remade: bool = False
    """Each change makes it anew, so that predictions of one show null (C(made_by=server))."""
    secret: bool = False
    write_only: bool = False
    """A secret that no answer holds: sent, and neither compared nor shown. To an object that is there already it is
    sent where the setting C(UPDATE_SECRET) says so."""
    choices: tuple[str, ...] = ()
    """All values that there are: for options of our own, which the API has no part in."""
    known: tuple[str, ...] = ()
    """Values that the API is known to have; it may have others."""
    incomplete: bool = False
    """Many of the API's values are not known: what is close to a known one is a warning, and no refusal."""
    extended: bool = False
    """Of a set: the API may keep more than it was sent, which is a warning, and no failure."""
    minimum: float | None = None
    maximum: float | None = None
    times: int = 1
    """What one of the option is in bodies and answers: dollars as cents, days as seconds. Options of one place in the
    body exclude each other."""
    required: bool = False
    """A create cannot do without it; nor can a task that sets a singleton."""
    only_with: tuple[str, str] | None = None
    """A field and the value that it must have: what belongs to one C(type) of objects alone."""
    advice: str = ""
    """What can be done where the value should change and cannot."""
    parts: tuple[Field, ...] = ()
    """Of a dictionary, or of each dictionary in a list: what it holds, besides what it refers to."""
    refers: Parent | None = None
    """Another object, which two options name in place of one, by its name or by its id: the value is the id. Of a list,
    each of its dictionaries has these options, and is sent with the C(id)."""

    @cached_property
    def is_reference(self) -> bool:
        """Whether the value is the id of another object, which can be named as well."""
        return self.refers is not None and self.type == "str"

    @cached_property
    def option_name(self) -> str:
        if self.refers and self.is_reference:
            return self.refers.id_option
        return self.option or self.name

    @property
    def body_name(self) -> str:
        return self.body or self.name

    @property
    def is_hidden(self) -> bool:
        """Whether no result shows it."""
        return self.secret or self.write_only

    @property
    def is_option(self) -> bool:
        return self.made_by == "declared"

    def in_body(self, value: Any) -> Any:
        """What is sent for the option's value."""
        if self.times == 1 or not isinstance(value, (int, float)):
            return value
        return round(value * self.times)

    def read(self, answer: Object) -> Any:
        """The value in an answer; null where the answer has none."""
        if self.derived:
            return self.derived(answer)
        value = value_at(answer, self.answer or self.name)
        if self.times == 1 and self.type != "set":
            return value
        return self.ordered(_divided(value, self.times))

    def ordered(self, value: Any) -> Any:
        """Return the elements of a set in order, each once; any other value as it is."""
        if self.type == "set" and isinstance(value, list) and all(isinstance(each, str) for each in value):
            return sorted(set(value))
        return value

    def is_in(self, answer: Object) -> bool:
        """Return whether the answer has the field, with a value or with null."""
        way, unused_dot, last = (self.answer or self.name).rpartition(".")
        place = value_at(answer, way) if way else answer
        return isinstance(place, Mapping) and last in place


UPDATE_SECRET = Field("update_secret", choices=("on_create", "always"), default="on_create")
"""The setting of resources with a field that is C(write_only)."""


@dataclass(frozen=True, eq=False)
class Key:
    """An option that names an object by one of its fields.

    C(query): the filter with which the server finds it, else the whole collection
    is listed. Where listed objects lack the field, C(candidates) says which of them
    may be meant; where there is a C(detail), each of those is read with it.
    """

    option: str
    field: str = ""
    """The path in listed objects, with dots, where it is not the option's name."""
    canonical: Callable[[Any], Any] = as_it_is
    query: str = ""
    digest: str = ""
    """What the canonical form is called where it stands for the value in messages and diffs."""
    clean: Callable[[Any], Any] = as_it_is
    """Raises C(ValueError), in words, where a value cannot be one."""
    candidates: Callable[[Any, Object], bool] | None = None
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    times: int = 1
    """What one of the option is in listed objects: dollars as cents."""

    def read(self, answer: Object) -> Any:
        return _divided(value_at(answer, self.field or self.option), self.times)


@dataclass(frozen=True, eq=False)
class Parent:
    """What an object lies in: named by an option of either kind, its id a part of every path."""

    resource: Resource
    name_option: str
    id_option: str


@dataclass(frozen=True, eq=False)
class Route:
    """Where the objects of one scope are: C(path) of their collection, or of the singleton itself.

    C(scope): the parent that the path names; none: the organization.
    """

    path: str
    scope: Parent | None = None


def path_in(routes: Sequence[Route], ids: Mapping[str, Any]) -> str:
    """Return the route of the scope that these path parameters name: by default the first one."""
    own = (route.path for route in routes if route.scope and route.scope.id_option in ids)
    return next(own, routes[0].path)


@dataclass(frozen=True, eq=False)
class Create:
    """One way to create an object.

    C(gives): what the server makes of fields that a create cannot name. C(yields):
    the answer holds a new secret. C(path): the route, where it is not the collection's.
    """

    path: str = ""
    body: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    gives: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    yields: bool = False


@dataclass(frozen=True, eq=False)
class Check:
    """A request that has the API check an object that is there, and changes nothing.

    Its answer has a C(status), which is one of C(good) where nothing is wrong.
    """

    option: str
    """What asks for it."""
    suffix: str
    """What its route adds to the object's."""
    good: tuple[str, ...]
    status: str = "status"


@dataclass(frozen=True, eq=False)
class Overtaken:
    """What can come before a removal: the object took effect, and is gone for that reason."""

    by: str
    """The C(Elsewhere) that shows it."""
    message: str


@dataclass(frozen=True, eq=False)
class Remove:
    """How an object goes: the state that asks for it, the request, and what it leaves behind."""

    state: str = ABSENT
    verb: str = "delete"
    method: str = "DELETE"
    suffix: str = ""
    leaves: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Empty: the object is gone. Else it stays, with these values."""
    stamps: tuple[str, ...] = ()
    """Fields that the server fills in then, null in predictions."""
    advice: str = ""
    """What to do where the server refuses it."""
    overtaken: Overtaken | None = None


@dataclass(frozen=True, eq=False)
class Secret:
    """A value that is shown once: what asks for it, how it is issued and taken back.

    It is a part of an object, which is there without one as well; or the object itself, with none of
    C(option), C(issue) and C(held).
    """

    name: str
    """Key of the result, and of an answer to a create that yields one with an object."""
    path_option: str
    revoke: str
    """Route that takes one back."""
    id_param: str
    option: str = ""
    """What asks for one; empty: C(state=present) does."""
    issue: str = ""
    """Route that issues one for an existing object."""
    held: str = ""
    """The C(Elsewhere) that shows the ones it has."""
    fields: tuple[Field, ...] = ()
    """What is said of one when it is issued, and never compared."""
    issue_fields: tuple[Field, ...] = ()
    """The same, of what a create that yields one with an object does not take."""

    @property
    def options(self) -> tuple[Field, ...]:
        """All that a task can say of one."""
        return self.fields + self.issue_fields


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """Objects of another collection that decide here too, read only where they can matter.

    C(by): pairs of an option there and a value here, the first known one is used;
    none: the whole collection.
    Read when the object is missing and was looked for by an option of C(missing);
    when it was C(found); or when the plan would take C(losing), a field's value, away.
    """

    name: str
    by: tuple[tuple[str, str], ...]
    resource: Resource | None = None
    """Where they lie; none: in the resource's own collection."""
    query: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    missing: tuple[str, ...] = ()
    found: bool = False
    losing: tuple[str, Any] | None = None
    settles: bool = False
    """Read first, as far as the server's filter goes; where it finds something, the resource's own collection is not
    read. Where it finds nothing and the object would be made, the whole of it is read."""
    identifies: bool = False
    """What is found there has the id of the object itself."""
    claiming: str = ""
    """Read where the plan would give the object another value of this field: by that, and not by the known one."""
    asked_by: str = ""
    """Only where this option is true."""
    waived_by: str = ""
    """Not where this option is true."""
    returns: str = ""
    """The key of the result that holds what was found, or null."""


@dataclass(frozen=True, eq=False)
class Included:
    """A value of the option C(include): objects of another collection that belong to those that are read."""

    name: str
    resource: Resource
    by: tuple[tuple[str, str], ...]
    """Pairs of a field there and a field here: where one is equal, the one belongs to the other."""
    shows: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Keys of what comes back, and the fields there that they hold; none: all fields."""
    outlives: bool = True
    """Some can be left of an object that is not there any more."""


@dataclass(frozen=True)
class Refuse:
    """The verdict that something must not be done, and why."""

    message: str


@dataclass(frozen=True, eq=False)
class Keep:
    """The verdict that all stays as it is: the object that stands for the declared one, and a warning."""

    object: Object | None = None
    warning: str = ""


Verdict = Union[Refuse, Keep, None]


@dataclass(frozen=True, eq=False)
class Desired:
    """What a task asks for."""

    state: str
    values: Mapping[str, Any]
    """Field names and values, of the fields that the task names."""
    identity: tuple[str, Any] | None
    """The option that names the object, and its value; none: an id that is empty, or a singleton."""
    settings: Mapping[str, Any]
    """The values of the options that steer the task, by option; of a new secret's as well."""
    label: str
    """How messages name the object: C(service account 'api' of project 'search-prod')."""
    name: str = ""
    """How diffs name it: C(service account 'api'), whether its project is there yet or not."""
    owner: tuple[str, Any] | None = None
    """The option that names the object's owner, and its value."""
    missing: Missing | None = None
    """What names the object and is not there itself."""
    in_parent: bool = True
    """The task names a parent, of a kind that the organization has as well; else the object is the organization's."""

    @property
    def present(self) -> bool:
        return self.state == PRESENT

    def asks(self, switch: str) -> bool:
        """Whether an option that steers by true or false is on."""
        return bool(self.settings.get(switch))


@dataclass(frozen=True, eq=False)
class Current:
    """What was found of it."""

    object: Object | None
    ids: Mapping[str, str | None]
    """Path parameters; null: of something that is not there yet."""
    scope: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """The parent's name and id, as returned objects carry them."""
    of: str = ""
    """How messages name the parent: C( of project 'search-prod')."""
    missing: Missing | None = None
    """What the task counts on and is not there."""
    nameless: bool = False
    """What is missing was named by an empty id, so that not even its absence can be known."""
    elsewhere: Mapping[str, tuple[Object, ...]] = dataclasses.field(default_factory=dict)
    others: tuple[str, ...] = ()
    """What the collection's objects are called, for messages."""
    seen: bool = False
    """The parent is known to exist, since it was listed."""
    parent: Object | None = None
    """The parent, where it was listed."""
    older: tuple[Object, ...] = ()
    """Further objects of the same key, the oldest first, where the newest is the one."""
    listed: Sequence[Object] = ()
    """All of the collection, where it was listed."""
    nameless_ones: tuple[Object, ...] = ()
    """Those of which the API does not show by what the object was looked for: it could be one of them."""
    tells: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Fields of an object that is not there yet, as they were found elsewhere."""
    protected: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Ids of what must not be removed, and why not."""


@dataclass(frozen=True, eq=False)
class Resource:
    """A thing that can be created, changed and removed.

    It is in the collection of each of its C(routes), one a scope; an object's own route adds C({id_param}).
    """

    kind: str
    """Key of the result: C(project_user)."""
    plural: str
    routes: tuple[Route, ...]
    """The organization's first, where there is one."""
    fields: tuple[Field, ...]
    id_param: str = ""
    """The id's name in routes; empty: a singleton, a value that a scope has once."""
    unset: Literal["", "404"] = ""
    """What the API answers where a singleton has no value; empty: it always has one."""
    by_id: bool = True
    """An option of that name names the object, and the API can read it alone."""
    alone: bool = False
    """The API can read it alone, though no such option names it: after a write, where listings may lag behind."""
    keys: tuple[Key, ...] = ()
    owner: Parent | None = None
    """Whose an object is, within its parent: a part of the route that creates it. Listed objects of the
    collection name their owners in fields that are called like these options."""
    query: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """What every listing asks for."""
    repeats: bool = False
    """A listing can hold several entries of one id, each of which counts: of a role, by itself and inherited."""
    instead: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Keys of answers, and where else in them the value stands, with dots, if it does not stand there."""
    creates: tuple[Create, ...] = (Create(),)
    create_verb: str = "create"
    one_of: tuple[str, ...] = ()
    """A create takes exactly one of these fields: the first that is known."""
    lasting: bool = False
    """What is created can never be deleted: a name that is close to another one is worth a warning before that."""
    absence: str = ""
    """What to do where the object is not there and cannot be created."""
    updates: bool = True
    whole: bool = False
    """An update takes all fields, not only those that differ."""
    sends: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """What each create and update sends besides, by its path in the body, with dots."""
    replaced: str = ""
    """What cannot be updated is removed and created anew; this warns of what that means."""
    newest: bool = False
    """Of several objects of the same key the newest counts; the others go with it."""
    remove: Remove | None = Remove()
    validation: Check | None = None
    secret: Secret | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    settings: tuple[Field, ...] = ()
    """Options that steer the task and are no part of the object. C(default): the option's own."""
    standing: Callable[[Object], Standing] = always_live
    refusals: tuple[Callable[[Desired, Current], Verdict], ...] = ()
    page_size: int = 100

    @property
    def title(self) -> str:
        return _words(self.kind)

    @property
    def titles(self) -> str:
        return _words(self.plural)

    @cached_property
    def parent(self) -> Parent | None:
        """What an object lies in, or can lie in: then C(parent_is_optional)."""
        return next((route.scope for route in self.routes if route.scope), None)

    @property
    def parent_is_optional(self) -> bool:
        """Whether the organization has such objects beside those of its parents."""
        return self.parent is not None and self.routes[0].scope is None

    @property
    def path(self) -> str:
        """The collection's route: the organization's, where it has one."""
        return self.routes[0].path

    @property
    def item(self) -> str:
        """An object's own route, in that collection."""
        return self._item(self.path)

    def path_in(self, ids: Mapping[str, Any]) -> str:
        """Return the route of the collection in the scope that these path parameters name."""
        return path_in(self.routes, ids)

    def item_in(self, ids: Mapping[str, Any]) -> str:
        """Return an object's own route in the scope that these path parameters name."""
        return self._item(self.path_in(ids))

    def _item(self, path: str) -> str:
        return f"{path}/{{{self.id_param}}}" if self.id_param else path

    @property
    def singleton(self) -> bool:
        return not self.id_param

    @cached_property
    def options(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.is_option)

    @cached_property
    def constants(self) -> tuple[tuple[Field, Any], ...]:
        """The fields that show what each create and update sends besides, and what that is."""
        shown = (field for field in self.fields if not field.is_option)
        return tuple((field, self.sends[field.body_name]) for field in shown if field.body_name in self.sends)

    @cached_property
    def variants(self) -> tuple[Field, ...]:
        """The options that go with one type of objects alone."""
        return tuple(field for field in self.options if field.only_with)

    @cached_property
    def id_path(self) -> str:
        """Where answers have what identifies an object, with dots."""
        return next((field.answer or field.name for field in self.fields if field.name == ID), ID)

    def id_of(self, item: Object) -> Any:
        """Return what identifies an object; null where the answer does not say it."""
        return value_at(item, self.id_path)

    @cached_property
    def name_key(self) -> Key | None:
        """By what objects are named, if not by their ids."""
        return next((key for key in self.keys if key.option != self.id_param), None)

    def call(self, value: Any, option: str = "") -> str:
        """How messages name an object: C(project 'search-prod'), C(project proj_abc)."""
        key = self.key(option)
        if key and key.digest:
            return f"{self.title} with the {key.digest} {key.canonical(value)}"
        return f"{self.title} {value}" if option == self.id_param else f"{self.title} '{value}'"

    def call_several(self, value: Any, option: str, of: str = "") -> str:
        """How messages name objects that one value names: C(projects are named 'search-prod')."""
        key = self.key(option)
        if option == "name":
            return f"{self.titles}{of} are named '{value}'"
        if key and key.digest:
            return f"{self.titles}{of} have the {key.digest} {key.canonical(value)}"
        return f"{self.titles}{of} have the {_OPTIONS.get(option, option)} '{value}'"

    def show(self, value: Any, option: str) -> dict[str, Any]:
        """How diffs name an object."""
        key = self.key(option)
        return {key.digest: key.canonical(value)} if key and key.digest else {option: value}

    def ref(self, value: Any, option: str, scope: Ref | None = None) -> Ref:
        """Return the reference to the object that an option's value names."""
        key = self.key(option)
        name = (key.digest if key else "") or ("id" if option == self.id_param else option)
        return Ref(self.kind, name, key.canonical(value) if key else value, scope)

    def key(self, option: str) -> Key | None:
        return next((key for key in self.keys if key.option == option), None)

    def shape(self, answer: Object, scope: Mapping[str, Any] = NOTHING) -> dict[str, Any]:
        """An answer as modules return it: always the same keys, null where the answer has none."""
        return {**{field.name: field.read(answer) for field in self._shown}, **scope}

    def with_answer(self, known: Object, answer: Object) -> dict[str, Any]:
        """Return an object as two answers tell it; of a dictionary that tasks declare, the newer one tells all."""
        both = merged(known, answer)
        for field in self._dictionaries:
            if field.is_in(answer):
                put_at(both, field.answer or field.name, field.read(answer))
        return both

    @cached_property
    def _dictionaries(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.type in ("dict", "raw") and not field.parts)

    @cached_property
    def _shown(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.is_hidden)


def unshown(resource: Resource, option: str, objects: Sequence[Object]) -> str:
    """A sentence, with a blank before it, about objects of which the API does not show what names them; or nothing."""
    if not objects:
        return ""
    ids = ", ".join(str(resource.id_of(item)) for item in objects)
    many, them = (resource.title, "it") if len(objects) == 1 else (resource.titles, "one of them")
    return (
        f" The API shows no {option} of {len(objects)} {many} ({ids}): if {them} is meant, give"
        f" {resource.id_param} instead."
    )


def misplaced(resource: Resource, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Say of each value that does not go with another one what it goes with, after the option's name."""
    for field in resource.variants:
        if field.only_with and values.get(field.name) is not None:
            name, wanted = field.only_with
            if values.get(name) not in (None, wanted):
                yield field.option_name, f"{field.option_name} is only for {name}: {wanted}, not for {values[name]}"


def lacking(resource: Resource, values: Mapping[str, Any]) -> list[str]:
    """Return the options that a create needs besides these values; what is named may be null, and still to come."""
    named = {field.name for field in resource.options if field.is_reference and field.name in values}
    needed = (each for each in resource.options if each.required and each.name not in named)
    needed = (field for field in needed if values.get(field.name) is None)
    return [
        field.option_name
        for field in needed
        if field.only_with is None or values.get(field.only_with[0]) == field.only_with[1]
    ]


def merged(older: Object, newer: Object) -> dict[str, Any]:
    """An object as two answers tell it: what the newer one omits is as in the older one."""
    both = {name: (older[name], value) for name, value in newer.items() if name in older}
    deep = {name: merged(*pair) for name, pair in both.items() if all(isinstance(each, Mapping) for each in pair)}
    return {**older, **newer, **deep}


_OPTIONS = {"email": "e-mail address"}


def _words(kind: str) -> str:
    return kind.replace("_", " ").replace("api key", "API key")
