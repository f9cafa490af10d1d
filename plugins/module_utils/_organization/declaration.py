# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The declaration of an organization: its options, and the objects that it declares. This file is pure.

One error contains all problems of a declaration, as far as the declaration alone shows them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import MOST_WORKERS, WORKERS
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    BadInput,
    Problem,
    problem_facts,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.candidates import (
    Entry,
    desire_entry,
    entry_options,
    names_of_entry,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    desire,
    identity,
    is_blank,
    parent_label,
    with_clean_names,
    without_nulls,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.lists import read_lists
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import (
    Spec,
    connection_options,
    field_option,
    nested_options,
    option,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    DECLARED_IN_PROJECT,
    INSIDE,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    NOTHING,
    PRESENT,
    VERIFY_UNIQUE,
    Desired,
    Field,
    Parent,
    Resource,
    as_it_is,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.state import Given, Params
from ansible_collections.community.openai_admin.plugins.module_utils._organization.name import OPTION, bad_name
from ansible_collections.community.openai_admin.plugins.module_utils._organization.option_check import (
    OptionCheck,
    validated,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.plan_options import (
    bad_options,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import (
    ATTRIBUTES,
    BUDGET,
    COST_CENTER,
    COST_CENTERS,
    PEOPLE_KEYS,
    unknown_word,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses, money

DEFAULTS = "project_defaults"
SOURCE = "src"
"""The option for a file that contains the other options."""
HELD = "declaration"
"""The option that contains the other options as one value."""
OF_TASK = ("plan", "apply", "plan_max_age", "plan_sha256")
"""The options of saved plans, which only a task can have."""
_NOT_COMPARED = ("workers",)
"""Options of a declaration that do not influence what a plan contains."""

_ANY = 10**9
_NO = ("false", "no", "n", "off", "f", "0", "0.0")
"""Values that ansible-core converts to false, for a declaration that is not validated yet."""
_RANGES = (("resend_after_days", 0, _ANY), ("max_removals", 0, _ANY), ("workers", 1, MOST_WORKERS))
_PROJECT = PROJECTS.resource
_OF = Parent(_PROJECT, _PROJECT.kind, _PROJECT.id_param)
_IN_PROJECT = re.compile(rf"{PROJECTS.word}\[(\d+)\]")


@dataclass(frozen=True, eq=False)
class Declared:
    """One declared object, and its place: C(projects[0].users[2])."""

    resource: Resource
    where: str
    params: Params
    given: Given
    default: str = ""
    """The place of the object's defaults, if it has any: C(project_defaults.users[1])."""
    own: frozenset[str] = frozenset()
    """The options that override its defaults."""
    row: Kind | None = None
    """The kind; null for objects that cannot be declared themselves, such as a set."""
    collections: Mapping[str, tuple[Declared, ...]] = dataclasses.field(default_factory=dict)
    """The managed collections that it contains, by option."""
    purge: tuple[str, ...] = ()
    """The collections to purge."""
    purged_by: str = ""
    """The place of the defaults that purge them; empty: the object itself does."""
    comes_along: bool = False
    """Whether the API adds it together with the object that contains it."""

    @property
    def stays(self) -> bool:
        """Whether it should exist."""
        return (self.params.get("state") or PRESENT) == PRESENT

    @property
    def everything(self) -> Iterator[Declared]:
        """Yield the object, then everything that it contains."""
        yield self
        for objects in self.collections.values():
            for each in objects:
                yield from each.everything

    def default_of(self, changed: Iterable[str]) -> str:
        """Return the place of the defaults that cause a change of these options; empty if none do."""
        fields = {*changed}
        by_default = fields if self.where == self.default else fields & ({*self.given} - self.own)
        return self.default if by_default else ""

    def problem(self, what: str, option: str = "", other: str = "") -> Problem:
        """Return a problem of the object, at the place of its option, which may be among its defaults."""
        where = self.default if option and self.default and option not in self.own else self.where
        return Problem(what, where, option, other)

    @cached_property
    def entry(self) -> tuple[Entry, Desired]:
        """The entry of a set, and what the declaration asks for. Raises C(BadInput)."""
        membership, holder = (self.row.owned, self.row.holder) if self.row else (None, None)
        if membership is None or holder is None:
            raise TypeError(f"{self.where} is not an entry of a set.")
        of = "".join(f" of {parent_label(each, self.params)}" for each in _holders(self.row))
        return desire_entry(membership, self.params, self.given, of)

    @cached_property
    def desired(self) -> Desired:
        """The desired object. Raises C(BadInput)."""
        if self.row and self.row.owned:
            return self.entry[1]
        desired = desire(self.resource, self.params, self.given)
        more = {each.option_name: self.params.get(each.option_name) for each in self.row.fields} if self.row else {}
        return replace(desired, settings={**desired.settings, **more}) if more else desired


@dataclass(frozen=True, eq=False)
class Declaration:
    """Everything that a task declares."""

    organization: str | None
    """The name of the organization; null: any."""
    projects: tuple[Declared, ...] | None
    """Null: projects are not managed."""
    collections: Mapping[str, tuple[Declared, ...]]
    """The other managed collections of the organization, by option."""
    allow_lockout: bool
    purge: tuple[str, ...]
    protected_projects: tuple[str, ...]
    invite_missing: bool
    resend_after_days: int
    max_removals: int
    workers: int

    @property
    def objects(self) -> Iterator[Declared]:
        """Yield all declared objects, parents before children, and objects that refer to projects last."""
        first: list[Declared] = []
        last: list[Declared] = []
        for word, objects in self.collections.items():
            (last if _refers_to_projects(DECLARED_IN_ORGANIZATION[word]) else first).extend(objects)
        for each in (*first, *(self.projects or ()), *last):
            yield from each.everything

    @property
    def lists(self) -> Iterator[tuple[Declared, ...]]:
        """Yield the objects of each managed collection, at all depths."""
        yield self.projects or ()
        yield from self.collections.values()
        for each in self.objects:
            yield from each.collections.values()

    def pending(self) -> Iterator[tuple[Declared, ...]]:
        """Yield the objects of each kind that is pending until somebody accepts it, such as invites."""
        return (self.of(row) for row in DECLARED_IN_ORGANIZATION.values() if row.is_pending)

    def of(self, row: Kind) -> tuple[Declared, ...]:
        """Return the objects of a kind that are declared in the organization."""
        return self.collections.get(row.word, ())


def declaration_options() -> Spec:
    """Return the options of a module that manages a whole organization."""
    of_project = _options_inside(PROJECTS)
    project = {
        **nested_options(_PROJECT, *(each for each in _PROJECT.settings if each.name != VERIFY_UNIQUE)),
        **of_project,
        "defaults": option("bool", default=True),
        ATTRIBUTES: option("dict"),
        COST_CENTER: option("raw"),
        BUDGET: option("raw"),
        PEOPLE_KEYS: option("bool"),
    }
    center = {"name": option(), BUDGET: option("raw"), "owners": option("list", elements="str")}
    return {
        **{word: _row_option(row) for word, row in DECLARED_IN_ORGANIZATION.items()},
        PROJECTS.word: _collection(project),
        DEFAULTS: option("dict", options=of_project),
        SOURCE: option("path"),
        HELD: option("dict"),
        OPTION: option(),
        COST_CENTERS: _collection(center),
        "email_domains": option("list", elements="str"),
        "invite_missing": option("bool", default=False),
        "resend_after_days": option("int", default=7),
        "purge": option("list", elements="str", choices=[*_purged(DECLARED_IN_ORGANIZATION), PROJECTS.word]),
        "purge_projects": option("bool", default=False),
        "protected_projects": option("list", elements="str", default=["Default project"]),
        "max_removals": option("int", default=10),
        "allow_lockout": option("bool", default=False),
        "workers": option("int", default=WORKERS),
        **{name: option("path" if name in ("plan", "apply") else "str") for name in OF_TASK},
    }


def with_dictionaries(given: Given) -> dict[str, Any]:
    """Return the options with a dictionary for each entry of a set that is a string, at any depth."""
    rows = {**DECLARED_IN_ORGANIZATION, PROJECTS.word: PROJECTS}
    whole = _whole(rows, given)
    return {**whole, DEFAULTS: _whole(INSIDE[PROJECTS], given[DEFAULTS])} if DEFAULTS in given else whole


def _whole(rows: Mapping[str, Kind], options: Any) -> Any:
    if not isinstance(options, Mapping):
        return options
    return {name: _whole_entries(rows[name], each) if name in rows else each for name, each in options.items()}


def _whole_entries(row: Kind, entries: Any) -> Any:
    if not isinstance(entries, (list, tuple)):
        return entries
    short = row.owned.short if row.owned else ""
    return [{short: each} if short and isinstance(each, str) else _whole(INSIDE[row], each) for each in entries]


def for_validation(given: Given, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a declaration for ansible-core to validate."""
    return without_nulls(with_dictionaries(given), spec)


def declared_words() -> set[str]:
    """Return the options that a declaration can contain: all except those for its source."""
    return declaration_options().keys() - {SOURCE, HELD, *OF_TASK}


def planned_options() -> Spec:
    """Return the options of a declaration that a saved plan depends on."""
    words = declared_words().difference(_NOT_COMPARED)
    return {name: each for name, each in declaration_options().items() if name in words}


def declare(params: Params, given: Given) -> Declaration:
    """Return the declaration of a task. Raises C(BadInput)."""
    declaration, problems = examine(params, given)
    if problems:
        raise refusal(BadInput, problem_facts(in_projects(problems, given)))
    return declaration


def examine(params: Params, given: Given) -> tuple[Declaration, list[Problem]]:
    """Return the declaration of a task, and all problems that the declaration alone shows."""
    problems = list(_bad_settings(params))
    projects = _projects(params, given)
    settings = removal_settings(params["allow_lockout"])
    declaration = Declaration(
        organization=params.get(OPTION),
        projects=projects,
        collections={
            word: tuple(_objects(row, params, given, settings))
            for word, row in DECLARED_IN_ORGANIZATION.items()
            if params.get(word) is not None
        },
        allow_lockout=params["allow_lockout"],
        purge=tuple(params.get("purge") or ()),
        protected_projects=tuple(params["protected_projects"]),
        invite_missing=params["invite_missing"],
        resend_after_days=params["resend_after_days"],
        max_removals=params["max_removals"],
        workers=params["workers"],
    )
    for declared in declaration.objects:
        problems.extend(_bad_object(declared, params))
    problems.extend(_leaving_and_staying(declaration))
    problems.extend(_led_to_archived(declaration))
    for collection in declaration.lists:
        problems.extend(_repeated(collection))
    return declaration, problems


def deprecated(declaration: Declaration) -> Iterator[str]:
    """Yield messages about deprecated options, and what to write instead."""
    old = [each for each in declaration.projects or () if each.params.get(COST_CENTER) is not None]
    if old:
        more = f" and {len(old) - 1} more" if len(old) > 1 else ""
        yield (
            f"{COST_CENTER} of {old[0].where}{more} is an option of the project. Move it into"
            f" {ATTRIBUTES}, which contains your own data: {ATTRIBUTES}: {{{COST_CENTER}: ...}}."
        )


def diagnose(given: Given) -> list[Problem]:
    """Return all problems of a declaration that ansible-core rejects."""
    spec = {**connection_options(), **declaration_options()}
    check = OptionCheck(spec, for_validation(read_lists(spec, given), spec))
    params = validated(spec, check.sound)
    more = examine(params, check.sound)[1] if params else ()
    return in_projects([*check.problems, *check.unaffected(more)], given)


def foreign_words(content: Given) -> Iterator[Problem]:
    """Yield options that a declaration cannot contain, such as options of a task."""
    known = declared_words()
    for name, value in content.items():
        if name in (SOURCE, HELD, *OF_TASK) or name in connection_options():
            said = f"{name} is not an option of a declaration. Set it in the task."
            yield Problem(said, option=str(name), of_name=True)
        elif name not in known:
            yield Problem(unknown_word(str(name), value, known), option=str(name), of_name=True)


def in_projects(problems: Iterable[Problem], given: Given) -> list[Problem]:
    """Return the problems with the names of their projects."""
    projects = given.get(PROJECTS.word)
    return [replace(each, project=_project_of(each.where, projects)) for each in problems]


def _project_of(where: str, projects: Any) -> str:
    found = _IN_PROJECT.match(where)
    number = int(found.group(1)) if found and isinstance(projects, (list, tuple)) else -1
    project = projects[number] if 0 <= number < len(projects) else None
    named = (project.get("name"), project.get(_PROJECT.id_param)) if isinstance(project, Mapping) else ()
    return next((each.strip() for each in named if isinstance(each, str) and each.strip()), "")


def removal_settings(allow_lockout: bool) -> Params:
    """Return the settings for deleting a certificate, which has to be inactive first."""
    return {"deactivate_first": True, "allow_lockout": allow_lockout}


def people_in_projects(declaration: Declaration) -> frozenset[str]:
    """Return canonical addresses and IDs of all people who are declared in a project or a similar container."""
    return frozenset(
        form(user.params[option])
        for user in _members(declaration)
        for option, form in (("email", addresses.canonical), ("user_id", as_it_is))
        if user.params.get(option)
    )


def _members(declaration: Declaration) -> Iterator[Declared]:
    """Yield all people who are declared in a container that stays, such as a project."""
    for each in (*(declaration.projects or ()), *(each for them in declaration.collections.values() for each in them)):
        yield from _members_of(each)


def _members_of(declared: Declared) -> Iterator[Declared]:
    for each in (each for objects in declared.collections.values() for each in objects) if declared.stays else ():
        if each.row and each.row.is_person and each.stays:
            yield each
        yield from _members_of(each)


def _row_option(row: Kind) -> Spec:
    """Return the option of a kind, whose entries have the options of its module and those of declarations."""
    own = {each.option_name: field_option(each) for each in row.fields}
    named = _entry_options(row.owned) if row.owned else nested_options(row.resource, *row.settings)
    options = {**named, **own, **_options_inside(row)}
    return option("dict", options=options) if row.is_single else _collection(options)


def _entry_options(membership: Membership) -> Spec:
    """Return the options of an entry that adds one candidate to a set, or removes it."""
    present, absent = membership.states
    return {**entry_options(membership), "state": option(choices=[present, absent], default=present)}


def _options_inside(row: Kind) -> Spec:
    """Return the options for the objects that entries of a kind contain, and for purging them."""
    options = {word: _row_option(inner) for word, inner in INSIDE[row].items()}
    purged = _purged(INSIDE[row])
    return {**options, "purge": option("list", elements="str", choices=purged)} if purged else options


def _purged(rows: Mapping[str, Kind]) -> list[str]:
    """Return the options of the kinds that can be purged."""
    return [word for word, row in rows.items() if row.purge]


def _collection(options: Spec) -> Spec:
    return option("list", elements="dict", options=options)


def _projects(params: Params, given: Given) -> tuple[Declared, ...] | None:
    if params.get(PROJECTS.word) is None:
        return None
    return tuple(
        _with_insides(
            Declared(_PROJECT, f"{PROJECTS.word}[{number}]", project, written, row=PROJECTS),
            without_nulls(defaults_of(params, project)),
        )
        for number, (project, written) in enumerate(zip(params[PROJECTS.word], given[PROJECTS.word]))
    )


def defaults_of(declaration: Params, project: Params) -> Params:
    """Return C(project_defaults) for a project; nothing if it excludes them."""
    takes_them = project.get("defaults")
    if takes_them is not None and str(takes_them).lower() in _NO:
        return {}
    return declaration.get(DEFAULTS) or {}


def entries_of(declaration: Params, project: Params, row: Kind) -> list[Params]:
    """Return the entries of a kind that a project declares, merged with the defaults."""
    own = {_identity(row, each): each for each in project.get(row.word) or ()}
    defaults = {_identity(row, each): each for each in defaults_of(declaration, project).get(row.word) or ()}
    return [{**defaults.get(name, {}), **own.get(name, {})} for name in dict.fromkeys([*defaults, *own])]


def declares(row: Kind, entry: Params) -> bool:
    """Return whether an entry declares what it contains of a kind."""
    return entry.get(row.word) is not None or bool(lead(row, entry))


def declared_of(declaration: Params, project: Params) -> set[str]:
    """Return the collections that a project declares, itself or by its defaults."""
    defaults = defaults_of(declaration, project)
    return {name for name in DECLARED_IN_PROJECT if project.get(name) is not None or defaults.get(name) is not None}


def _with_insides(declared: Declared, defaults: Params = NOTHING, scope: Params = NOTHING) -> Declared:
    """Return an object with the objects that it contains.

    C(defaults): the common contents of all objects of the kind. C(scope): the options that name the object's container.
    """
    rows = INSIDE[declared.row] if declared.row else {}
    if not rows:
        return declared
    collections = {}
    for word, row in rows.items():
        own, default = declared.params.get(word), defaults.get(word)
        leads = list(_leads(row, declared))
        if own is None and word not in defaults and not leads:
            continue
        where, by_default = _where_inside(declared, word)
        own_entries = _entries(row, where, own, declared.given.get(word))
        entries = leads + [
            Declared(row.resource, *each, default=each[0] if by_default else "", row=row) for each in own_entries
        ]
        merged = list(_with_defaults(row, entries, list(_entries(row, f"{DEFAULTS}.{word}", default, default))))
        if row.is_led:
            declared, merged = _led(declared, merged)
        named = {**scope, **_naming(row, declared)}
        collections[word] = tuple(_with_insides(_named_by(named, each), scope=named) for each in merged)
    return replace(
        declared,
        collections=collections,
        purge=tuple(declared.params.get("purge") or defaults.get("purge") or ()),
        purged_by=_purged_by(declared, defaults),
    )


def _leads(row: Kind, holder: Declared) -> Iterator[Declared]:
    """Yield the entry of a set that the containing entry itself names, by an option such as C(role)."""
    for name, value in lead(row, holder.params).items():
        where, by_default = _where_inside(holder, name)
        named = {name: value}
        yield Declared(row.resource, where, named, named, default=where if by_default else "", row=row)


def lead(row: Kind, params: Params) -> dict[str, Any]:
    """Return the option by which a containing entry itself names an entry of a set; empty if it names none."""
    first = row.owned.candidates[0] if row.is_led and row.owned else None
    options = (first.id_option, first.name_option) if first else ()
    return next(({option: params[option]} for option in options if not is_blank(params.get(option))), {})


def _led(holder: Declared, entries: Sequence[Declared]) -> tuple[Declared, list[Declared]]:
    """Return the containing entry with the first entry that stays, which the API adds together with it."""
    first = next((each for each in entries if each.stays), None)
    if first is None:
        return holder, list(entries)
    named = {option: value for option, value in first.params.items() if option != "state" and not is_blank(value)}
    marked = [replace(each, comes_along=each is first) for each in entries]
    return replace(holder, params={**holder.params, **named}, given={**holder.given, **named}), marked


def _purged_by(declared: Declared, defaults: Params) -> str:
    where, by_default = _where_inside(declared, "purge")
    if not declared.params.get("purge") and defaults.get("purge"):
        return f"{DEFAULTS}.purge"
    return where if by_default else ""


def _where_inside(declared: Declared, word: str) -> tuple[str, bool]:
    """Return the place of an option of an object, and whether that is among its defaults."""
    by_default = bool(declared.default) and word not in declared.own
    return f"{declared.default if by_default else declared.where}.{word}", by_default


def _naming(row: Kind, holder: Declared) -> dict[str, Any]:
    """The options by which objects of a kind say in which object they are declared."""
    parent, known = row.holder, holder.resource
    if parent is None:
        return {}
    name = known.name_key.option if known.name_key else parent.name_option
    named = ((parent.name_option, name), (parent.id_option, known.id_param))
    settings = [each.option_name for each in row.owned.settings] if row.owned else []
    return {
        **{option: holder.params.get(option if option in holder.params else own) for option, own in named},
        **{option: holder.params[option] for option in settings if option in holder.params},
    }


def _named_by(scope: Params, declared: Declared) -> Declared:
    params = {**with_clean_names(declared.resource, declared.params), **scope}
    return replace(declared, params=params, given={**declared.given, **scope})


def _entries(row: Kind, where: str, params: Any, given: Any) -> Iterator[tuple[str, Params, Given]]:
    """Yield the entries of a kind with their places; a singleton is one entry."""
    if row.is_single:
        yield from [] if params is None else [(where, params, given)]
    else:
        for number, (entry, written) in enumerate(zip(params or (), given or ())):
            yield f"{where}[{number}]", entry, written


def _with_defaults(
    row: Kind, entries: Sequence[Declared], defaults: Sequence[tuple[str, Params, Given]]
) -> Iterator[Declared]:
    """Yield the entries of a project merged with the defaults, option by option if both name the same object."""
    resource = row.resource
    own = list(entries)
    by_name = {_identity(row, entry.params): entry for entry in reversed(own)} if defaults else {}
    by_name.pop(None, None)  # an entry that names nothing is not a default
    for where, default, unused_given in defaults:
        entry = by_name.pop(_identity(row, default), None)
        if entry is None:
            yield Declared(resource, where, default, default, where, row=row)
        else:
            own.remove(entry)
            said = {name: entry.params[name] for name, value in entry.given.items() if value is not None}
            instead = {other for name in said for other in _alternatives(resource, name)}
            merged = {**{name: value for name, value in default.items() if name not in instead}, **said}
            yield replace(entry, params=merged, given=merged, default=where, own=frozenset(said))
    yield from own


def _alternatives(resource: Resource, option: str) -> Iterator[str]:
    """Yield the options that an option replaces, whose defaults then do not apply."""
    for name, fields in resource.alternatives.items():
        if any(each.name == name and each.option_name == option for each in fields):
            yield from (each.option_name for each in fields)
    for field in resource.options:
        if field.refers and field.is_reference and option in (field.refers.name_option, field.refers.id_option):
            yield from (field.refers.name_option, field.refers.id_option)


def _objects(row: Kind, params: Params, given: Given, settings: Params) -> Iterator[Declared]:
    """Yield the objects of a kind in the organization. C(settings): for kinds that have such options."""
    resource, known = row.resource, {field.option_name for field in row.resource.settings}
    own = {name: value for name, value in settings.items() if name in known}
    for where, entry, written in _entries(row, row.word, params[row.word], given[row.word]):
        declared = Declared(resource, where, {**with_clean_names(resource, entry), **own}, written, row=row)
        yield _with_insides(declared)


def _refers_to_projects(row: Kind) -> bool:
    return any(field.refers and field.refers.resource is _PROJECT for field in row.resource.options)


def _bad_settings(params: Params) -> Iterator[Problem]:
    if params.get(SOURCE):
        yield Problem(f"{SOURCE} is only read by Ansible's controller.", option=SOURCE)
    left = params.get(HELD) or {}  # everything else has been moved to the other options
    yield from foreign_words(left)
    if left.keys() & declared_words():
        yield Problem(f"{HELD} must be a dictionary, not a string.", option=HELD)
    yield from (Problem(said, option=OPTION) for said in bad_name(params.get(OPTION)))
    yield from (Problem(said, option=name) for name, said in bad_options(params))
    for name, least, most in _RANGES:
        if not least <= params[name] <= most:
            at_most = f" and at most {most}" if most < _ANY else ""
            yield Problem(f"{name} must be at least {least}{at_most}, not {params[name]}.", option=name)
    for number, name in enumerate(params.get("purge") or ()):
        entry = f"purge[{number}]"
        if params.get(name) is None:
            said = f"purge names {name}, which the declaration does not contain: all of them would be removed."
            yield Problem(said, option=entry)
        if name == PROJECTS.word and not params["purge_projects"]:
            said = f"purge names {name}, and archiving cannot be undone: set purge_projects: true as well."
            yield Problem(said, option=entry)
    yield from _bad_entries(params)


def _bad_entries(params: Params) -> Iterator[Problem]:
    """Yield errors in options of entries that the API does not know."""
    for number, project in enumerate(params.get(PROJECTS.word) or ()):
        where = f"{PROJECTS.word}[{number}]"
        yield from _bad_purge(PROJECTS, where, project, defaults_of(params, project))
        if COST_CENTER in (project.get(ATTRIBUTES) or ()) and project.get(COST_CENTER) is not None:
            said = f"{COST_CENTER} is also in {ATTRIBUTES}. Remove this one."
            yield Problem(said, where, COST_CENTER, of_name=True)
        yield from _bad_budget(project, where)
    yield from _bad_cost_centers(params.get(COST_CENTERS) or ())
    for word, row in DECLARED_IN_ORGANIZATION.items():
        for number, entry in enumerate(params.get(word) or () if INSIDE[row] else ()):
            yield from _bad_purge(row, f"{word}[{number}]", entry)


def _bad_budget(entry: Params, where: str) -> Iterator[Problem]:
    if entry.get(BUDGET) is not None:
        try:
            money.dollars(entry[BUDGET])
        except ValueError as error:
            yield Problem(f"{BUDGET} {error}.", where, BUDGET)


def _bad_cost_centers(centers: Sequence[Params]) -> Iterator[Problem]:
    """Yield errors in cost centers, which only jobs read."""
    first: dict[str, str] = {}
    for number, center in enumerate(centers):
        where, name = f"{COST_CENTERS}[{number}]", center.get("name")
        if is_blank(name):
            yield Problem("Give name.", where)
        elif name in first:
            yield Problem(f"cost center '{name}' is declared in {first[str(name)]} as well.", where, "name")
        first.setdefault(str(name), where)
        yield from _bad_budget(center, where)
        for place, owner in enumerate(center.get("owners") or ()):
            try:
                addresses.clean(owner)
            except ValueError as error:
                yield Problem(f"owners {error}.", where, f"owners[{place}]")


def _bad_purge(row: Kind, where: str, entry: Params, defaults: Params = NOTHING) -> Iterator[Problem]:
    """Yield errors if an entry, or one that it contains, purges a collection that it does not declare."""
    for number, name in enumerate(entry.get("purge") or ()):
        if entry.get(name) is None and defaults.get(name) is None and not lead(INSIDE[row][name], entry):
            said = f"purge names {name}, which the {row.resource.title} does not declare."
            yield Problem(said, where, f"purge[{number}]")
    for word, inner in INSIDE[row].items():
        for number, each in enumerate(entry.get(word) or () if INSIDE[inner] else ()):
            yield from _bad_purge(inner, f"{where}.{word}[{number}]", each)


def _bad_object(declared: Declared, params: Params) -> Iterator[Problem]:
    try:
        desired = declared.desired
    except BadInput as error:
        own = {declared.resource.id_param, *(key.option for key in declared.resource.keys)}
        names = own & {flaw.option for flaw in error.flaws if flaw.option}
        of_holders = {option for each in _holders(declared.row) for option in (each.name_option, each.id_option)}
        for flaw in error.flaws:
            if flaw.option not in of_holders and not (names and not flaw.option):  # reported elsewhere
                yield declared.problem(f"{flaw.what}.", flaw.option)
        return
    yield from (declared.problem(said, option) for option, said in _own_flaws(declared))
    domains = [str(addresses.canonical(domain)).lstrip("@") for domain in params.get("email_domains") or ()]
    address = declared.params.get("email")
    domain = str(addresses.canonical(address)).rpartition("@")[2]
    if domains and desired.present and address and domain not in domains:
        yield declared.problem(f"{address} is not an address at {' or '.join(domains)} (email_domains).", "email")


def _own_flaws(declared: Declared) -> Iterable[tuple[str, str]]:
    """Return the errors of an entry by the rule of its kind."""
    return declared.row.flaws(declared.params) if declared.row else ()


def _holders(row: Kind | None) -> Iterator[Parent]:
    """Yield the options by which an object of a kind names its containers, the innermost first."""
    while row and row.holder:
        yield row.holder
        row = row.within


def _repeated(collection: Sequence[Declared]) -> Iterator[Problem]:
    first: dict[Any, str] = {}
    for declared in collection:
        named = _named(declared)
        if named and named in first and declared.row:
            name = declared.desired.name if declared.row.owned else declared.resource.call(named[1], named[0])
            yield declared.problem(f"{name} is declared in {first[named]} as well.", other=first[named])
        first.setdefault(named, declared.where)


def _leaving_and_staying(declaration: Declaration) -> Iterator[Problem]:
    """Yield people who are declared absent in the organization, but declared in a project or invited."""
    invites = (each for objects in declaration.pending() for each in objects)
    invited = (each for each in invites if each.stays)
    staying = {_named(each): each for each in (*invited, *_members(declaration))}
    for user in (each for row in DECLARED_IN_ORGANIZATION.values() if row.is_person for each in declaration.of(row)):
        named = _named(user)
        if named and named in staying and not user.stays:
            yield absent_and_present(user, staying[named])


def _led_to_archived(declaration: Declaration) -> Iterator[Problem]:
    """Yield objects that refer to a project that is declared archived."""
    archived = {
        (option, each.params[own]): each
        for each in declaration.projects or ()
        if not each.stays
        for own, option in (("name", _OF.name_option), (_PROJECT.id_param, _OF.id_option))
        if each.params.get(own)
    }
    declared_beside = (each for objects in declaration.collections.values() for each in objects)
    for declared in (each for each in declared_beside if each.stays):
        for field, number, entry in _references(declared):
            named = (archived.get((option, entry.get(option))) for option in (_OF.id_option, _OF.name_option))
            project = next((each for each in named if each), None)
            if project:
                yield leading_to_archived(declared, f"{field.option_name}[{number}]", project)


def leading_to_archived(declared: Declared, option: str, project: Declared) -> Problem:
    """Return the problem that an object refers to a project that is declared archived."""
    said = f"This {declared.resource.title} leads to a project that is declared archived in {project.where}."
    return declared.problem(said, option, other=project.where)


def _references(declared: Declared) -> Iterator[tuple[Field, int, Params]]:
    """Yield the entries of an object's lists that refer to projects."""
    for field in declared.resource.options:
        if field.refers and field.refers.resource is _PROJECT and not field.is_reference:
            for number, entry in enumerate(declared.params.get(field.option_name) or ()):
                yield field, number, entry


def absent_and_present(one: Declared, other: Declared) -> Problem:
    """Return the problem that a person is declared absent in one entry and present in another one."""
    return one.problem(f"{one.desired.name} is declared absent, and present in {other.where}.", other=other.where)


def _named(declared: Declared) -> tuple[Any, ...] | None:
    """Return what names an object, possibly from a file; null if it is invalid, which is reported elsewhere."""
    try:
        if declared.row and declared.row.owned:
            return names_of_entry(declared.entry[0]) if declared.desired.identity else None
        named = _canonical(declared.resource, declared.desired.identity)
        return None if named is None else (*named, *_apart(declared))
    except BadInput:
        return None


def _apart(declared: Declared) -> Iterator[Any]:
    """Yield what tells an object apart from others with the same key: some values, where the named object is."""
    resource, desired = declared.resource, declared.desired
    option = desired.identity[0] if desired.identity else resource.id_param
    for field in resource.fields if option != resource.id_param else ():
        if field.name in resource.identified_with:
            yield field.canonical(desired.values.get(field.name))
        within = field.refers.resource.parent if field.refers and option == field.refers.name_option else None
        if within:
            yield from (declared.params.get(each) or None for each in (within.name_option, within.id_option))


def _identity(row: Kind, params: Params) -> tuple[Any, ...] | None:
    """Return what names an entry; all entries of a singleton are the same."""
    resource = row.resource
    if resource.singleton:
        return ("", None)
    if row.owned:
        return _named(Declared(resource, "", params, params, row=row))
    return _canonical(resource, identity(resource, params))


def _canonical(resource: Resource, named: tuple[str, Any] | None) -> tuple[str, Any] | None:
    if named is None:
        return None
    key = next((key for key in resource.keys if key.option == named[0]), None)
    return (named[0], key.canonical(named[1]) if key else named[1])
