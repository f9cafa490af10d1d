# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""desired and current → plan: the object before and after, and the requests in between.

This file is pure: no HTTP, no Ansible, no check mode. A plan is data that a real run applies, from which check mode
predicts, and whose writes tests count.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._model.ref import Missing
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    NOTHING,
    UPDATE_SECRET,
    VERIFY_UNIQUE,
    Create,
    Current,
    Desired,
    Field,
    Keep,
    Object,
    Refuse,
    Remove,
    Resource,
    Verdict,
    lacking,
    merged,
    misplaced,
    put_at,
    unshown,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values.alike import are_alike, intended


@dataclass(frozen=True, eq=False)
class Write:
    """One request that changes something.

    C(ids) fills the route; null stands for the ID that an earlier write returns. A create is not repeatable: if its
    outcome is unknown, the engine has to search for the object.
    """

    action: str
    method: str
    route: str
    ids: Mapping[str, str | None]
    why: str
    body: Mapping[str, Any] | None = None
    repeatable: bool = True
    answers: bool = True
    """Whether the answer is the object."""
    makes: tuple[str, Any] | None = None
    """The option and the value that name the resulting object, if the answer does not contain it."""
    yields: bool = False
    """Whether the answer contains a new secret."""
    removes: bool = False
    """Whether the write removes the object."""
    implies: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Values after the write, even if the answer omits them."""
    expects: tuple[tuple[Field, Any], ...] = ()
    """Fields and values that the answer must not contradict."""


@dataclass(frozen=True, eq=False)
class Plan:
    """C(before) and C(after): the object in the form of results; null if there is none."""

    before: Object | None
    after: Object | None
    writes: tuple[Write, ...] = ()
    warnings: tuple[str, ...] = ()
    assumes: tuple[Missing, ...] = ()
    """Missing objects: a real run fails because of them, check mode warns."""
    returns: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Further keys of the result."""
    shows: tuple[Mapping[str, Any], Mapping[str, Any]] = (NOTHING, NOTHING)
    """Additional content of a diff, before and after."""
    notice: str = ""
    """What people have to know after the change was made."""

    @property
    def changed(self) -> bool:
        """Whether the plan writes anything."""
        return bool(self.writes)

    @property
    def yields(self) -> bool:
        """Whether it issues a new secret."""
        return any(write.yields for write in self.writes)


@dataclass(frozen=True, eq=False)
class Done:
    """The result of a plan: the object after it, and a new secret.

    In a prediction, values that the server makes are null; of a secret, all of them.
    """

    object: Object | None
    secret: Mapping[str, Any] | None = None
    changed: bool = False
    """Whether this plan made the change, and not somebody else in the meantime."""
    warnings: tuple[str, ...] = ()
    by_others: tuple[Write, ...] = ()
    """Writes that somebody else had already done."""


def plan(resource: Resource, desired: Desired, current: Current) -> Plan:
    """Plan the task. Raises C(Refused) if the current state does not allow it.

    A misspelled value is reported first, because other refusals would recommend to force it.
    """
    unseen = tuple(unseen_values(resource, desired, current)) if desired.present else ()
    todo = _decide(resource, desired, current)
    mistaken = tuple(_mistaken(desired, current))
    noticed = (*unseen, *_cautions(resource, desired, current)) if todo.writes else ()
    todo = replace(todo, notice=resource.notice) if resource.notice and todo.writes else todo
    return replace(todo, warnings=(*mistaken, *noticed, *todo.warnings)) if mistaken or noticed else todo


def _cautions(resource: Resource, desired: Desired, current: Current) -> Iterator[str]:
    """Yield the warnings of the resource before a change."""
    for caution in resource.cautions:
        yield from caution(desired, current)


def _mistaken(desired: Desired, current: Current) -> Iterator[str]:
    """Yield warnings about names that YAML or a template seems to have converted from something else."""
    named = (desired.identity[1] if desired.identity else None, desired.values.get("name"), *current.scope.values())
    for name in dict.fromkeys(each for each in named if each in _FROM_YAML):
        yield f"A name is '{name}'. YAML turns unquoted words such as yes, no and null into other values: quote names."


def unseen_values(resource: Resource, desired: Desired, current: Current) -> Iterator[str]:
    """Yield warnings about unknown values of fields for which the API may accept more than the known ones.

    Raises C(Refused) for a misspelled known value. It never rejects a value that the API lists.
    """
    listed = (*current.listed, *([] if current.object is None else [current.object]))
    for field in resource.options:
        asked = _told(field, desired.values.get(field.name))
        for part, value in [(part, value) for part, value in asked if value not in part.known]:
            if any(value == seen for item in listed for unused_part, seen in _told(field, field.read(item))):
                continue
            if part.incomplete:
                yield _strange(part, value, desired, listed)
                continue
            meant = " or ".join(f"'{known}'" for known in intended(value, part.known))
            inside = "" if part is field else f" in {field.option_name}"
            if meant:
                raise Refused(
                    f"{part.option_name}{inside} of {desired.label} cannot be '{value}' (did you mean {meant}?).",
                    option=field.option_name,
                )
            yield (
                f"{part.option_name}{inside} of {desired.label} is '{value}', which this collection does not know"
                f" (known are {', '.join(part.known)}). Whether it is valid is up to the API."
            )


def _strange(field: Field, value: str, desired: Desired, listed: Iterable[Object]) -> str:
    """Return a warning about a value that is neither known nor listed, with the most similar ones."""
    known = {*field.known, *(seen for item in listed for unused_part, seen in _told(field, field.read(item)))}
    near = get_close_matches(value, sorted(known), _NEAREST, 0)
    return (
        f"{field.option_name} of {desired.label} has '{value}', which this collection does not know (the nearest known"
        f" ones are {', '.join(near)}). Whether it is valid is up to the API."
    )


def _told(field: Field, value: Any) -> Iterator[tuple[Field, str]]:
    """Yield the values of fields with known values, in a value or in the entries of a list."""
    entries = value if isinstance(value, list) else [value]
    if field.known:
        yield from ((field, each) for each in entries if isinstance(each, str))
    for entry in entries if field.parts and isinstance(value, list) else ():
        for part in field.parts:
            yield from _told(part, entry.get(part.name))


def _decide(resource: Resource, desired: Desired, current: Current) -> Plan:
    verdict = judge(resource, desired, current)
    if isinstance(verdict, Keep):
        known = verdict.object or current.object
        kept = None if known is None else resource.shape(known, current.scope)
        return Plan(before=kept, after=kept, warnings=(verdict.warning,) if verdict.warning else ())
    if not desired.present:
        return _removal(resource, desired, current)
    if current.object is None:
        return creation(resource, desired, current)
    if resource.standing(current.object) == "stale":
        return _replacement(resource, desired, current)
    return _change(resource, desired, current, current.object)


_NEAREST = 3
"""Maximum number of known values to suggest."""
_FROM_YAML = ("True", "False", "None")


def predict(todo: Plan) -> Done:
    """Return the predicted result of a plan."""
    return Done(todo.after, NOTHING if todo.yields else None, todo.changed)


def judge(resource: Resource, desired: Desired, current: Current) -> Verdict:
    """Return the first verdict of the resource's refusals. Raises C(Refused)."""
    for refusal in resource.refusals:
        verdict = refusal(desired, current)
        if isinstance(verdict, Refuse):
            raise Refused(verdict.message)
        if verdict:
            return verdict
    return None


def differing(resource: Resource, desired: Desired, known: Object) -> list[Field]:
    """Return the fields that differ from the task, as far as the API shows them, and those that are always sent."""
    anew = desired.settings.get(UPDATE_SECRET.name) == "always"
    named = [
        field
        for field in resource.options
        if field.name in desired.values and (anew if field.write_only else _differs(field, desired, known))
    ]
    others = [field for field, sent in resource.constants if resource.whole and field.read(known) not in (None, sent)]
    return [field for field in named if _can_change(resource, field) or field.read(known) is not None] + others


def _can_change(resource: Resource, field: Field) -> bool:
    return resource.updates and field.update


def _unshown(resource: Resource, desired: Desired, known: Object) -> Iterator[str]:
    """Yield warnings about values that the API does not show and that only a replacement could set."""
    for field in resource.options if resource.replaced else ():
        if field.name in desired.values and _differs(field, desired, known) and field.read(known) is None:
            yield (
                f"The API does not show {field.option_name} of {desired.label}, so it is unknown whether it is as"
                " declared."
            )


def wants_secret(resource: Resource, desired: Desired, current: Current) -> bool:
    """Return whether to issue a new secret: the task asks for one, and there is none."""
    return asks_for_secret(resource, desired) and not held_secrets(resource, current)


def asks_for_secret(resource: Resource, desired: Desired) -> bool:
    """Return whether the task could issue a new secret."""
    secret = resource.secret
    if secret is None or not desired.present:
        return False
    if not secret.option:  # an ID names a secret that exists
        return desired.identity is None or desired.identity[0] != resource.id_param
    return desired.asks(secret.option)


def held_secrets(resource: Resource, current: Current) -> tuple[Object, ...]:
    """Return the secrets that the object has or is, without expired ones."""
    if resource.secret and not resource.secret.held:
        return () if current.object is None else (current.object,)
    place = next(
        (place for place in resource.elsewhere if resource.secret and place.name == resource.secret.held), None
    )
    if place is None:
        return ()
    standing = (place.resource or resource).standing
    return tuple(item for item in current.elsewhere.get(place.name, ()) if standing(item) == "live")


def _differs(field: Field, desired: Desired, known: Object) -> bool:
    if field.name in desired.unresolved or (field.is_another(known) and not field.is_cleared(known)):
        return field.compared
    return field.compared and bool(field.canonical(field.read(known)) != field.canonical(desired.values[field.name]))


def _removal(resource: Resource, desired: Desired, current: Current) -> Plan:
    remove, known = resource.remove, current.object
    before = None if known is None else resource.shape(known, current.scope)
    assumes = (current.missing,) if current.missing and current.nameless else ()
    if remove is None or known is None or resource.standing(known) == "gone":
        unclear = _unclear(resource, desired, current)
        warnings = (f"There is no {desired.label} to {remove.verb}. {unclear}",) if remove and unclear else ()
        return Plan(before=before, after=before, warnings=warnings, assumes=assumes)
    after = {**(before or {}), **remove.leaves, **dict.fromkeys(remove.stamps)} if remove.leaves else None
    return Plan(before=before, after=after, writes=removals(resource, remove, desired, current))


def removals(
    resource: Resource, remove: Remove, desired: Desired, current: Current, objects: Iterable[Object] | None = None
) -> tuple[Write, ...]:
    """Return the writes that remove these objects; by default the current one and those that it includes."""
    own_ids = (
        (current.ids, *({**current.ids, resource.id_param: resource.id_of(item)} for item in current.older))
        if objects is None
        else ({**current.ids, resource.id_param: resource.id_of(item)} for item in objects)
    )
    left = tuple((field, remove.leaves[field.name]) for field in resource.fields if field.name in remove.leaves)
    return tuple(
        Write(
            action=remove.verb,
            method=remove.method,
            route=resource.item_in(ids) + remove.suffix,
            ids=ids,
            why=f"{remove.verb} {desired.label}" + (f" ({ids[resource.id_param]})" if resource.newest else ""),
            answers=bool(remove.leaves),
            removes=True,
            expects=left,
        )
        for ids in own_ids
    )


def creation(
    resource: Resource, desired: Desired, current: Current, before: Object | None = None, anew: bool = False
) -> Plan:
    """Return the plan that creates the object; C(anew): with a new secret even if there is one."""
    assumes = (current.missing,) if current.missing else ()
    wanted = {**_initial(resource), **current.tells, **desired.values}
    if not current.missing and not _can_be_made(resource, desired):
        missing, unclear = f"There is no {desired.label}.", _unclear(resource, desired, current)
        raise Refused(" ".join(filter(None, (missing, resource.absence, _others(current), unclear))))
    needed = lacking(resource, wanted) if resource.creates else []
    if needed:
        raise Refused(f"There is no {desired.label}: give {', '.join(needed)} to {resource.create_verb} it.")
    _refuse_unseen(resource, desired, current)
    if not resource.creates:
        return _unknown_change(resource, desired, current, wanted, assumes)
    wants = anew or wants_secret(resource, desired, current)
    ways = [(_create(resource, desired, current, create, wanted, wants), create) for create in resource.creates]
    writes, create = min((way for way in ways if way[0]), key=lambda way: len(way[0]))
    made = {**_defaults(resource), **create.gives, **wanted}
    after = resource.shape(_as_answer(resource, made), current.scope)
    warnings, shows = tuple(_slips(resource, desired, current)), (NOTHING, desired.sent_only)
    return Plan(before=before, after=after, writes=writes, warnings=warnings, assumes=assumes, shows=shows)


def _refuse_unseen(resource: Resource, desired: Desired, current: Current) -> None:
    """Refuse to create an object that may already exist without a visible name.

    Raises C(Refused) for objects that can never be deleted if one object has no visible name, and for others if
    several objects exist and none has one, because each run would create another object.
    """
    unseen = current.nameless_ones
    shows_none = len(unseen) > 1 and len(unseen) == len(current.listed)
    if unseen and (resource.lasting or shows_none):
        unclear = _unclear(resource, desired, current)
        raise Refused(f"It is unknown whether {desired.label} already exists, so it was not created. {unclear}")


def _slips(resource: Resource, desired: Desired, current: Current) -> Iterator[str]:
    """Yield warnings about names similar to existing ones, of objects that can never be deleted."""
    if not resource.lasting or desired.identity is None:
        return
    key, name = resource.key(desired.identity[0]), str(desired.identity[1])
    named = ((resource.id_of(item), key.read(item)) for item in current.listed) if key else ()
    for own_id, other in named:
        if isinstance(other, str) and are_alike(name, other):
            yield (
                f"There is already a {resource.title} '{other}' ({own_id}), and '{name}' is almost the same name."
                f" {resource.titles.capitalize()} cannot be deleted: make sure that you want another one."
            )


def _can_be_made(resource: Resource, desired: Desired) -> bool:
    """Return whether the object can be created: not by an unknown ID, unless a create takes the ID."""
    takes_id = any(field.option_name == resource.id_param and field.create for field in resource.options)
    by_id = desired.identity is not None and desired.identity[0] == resource.id_param
    names_one = any(field.body_name in resource.one_of for field in resource.options if field.name in desired.values)
    return bool(resource.creates) and (takes_id or not by_id) and (names_one or not resource.one_of)


def _create(
    resource: Resource,
    desired: Desired,
    current: Current,
    create: Create,
    wanted: Mapping[str, Any],
    wants: bool,
) -> tuple[Write, ...]:
    """Return the writes of one way to create the object; none if that way does not fit.

    A write that issues a secret comes last, so that an earlier failure loses no secret.
    """
    ids = {**current.ids, resource.id_param: None} if resource.id_param else current.ids
    later = {name: value for name, value in wanted.items() if name in create.gives and value != create.gives[name]}
    if create.yields and (later or not wants or desired.asks(VERIFY_UNIQUE) or _is_issued_apart(resource, desired)):
        return ()  # issue a key only for an account that will stay
    writes = [
        Write(
            action=resource.create_verb,
            method="POST",
            route=create.path or resource.path_in(current.ids),
            ids=current.ids,
            why=f"{resource.create_verb} {desired.label}",
            body={
                **merged(_body(resource, wanted, creating=True), create.body),
                **(_secret_body(resource, desired) if create.yields else NOTHING),
            },
            repeatable=resource.singleton,
            yields=create.yields,
            implies=_as_answer(resource, {**_defaults(resource), **create.gives, **_secrets(resource, wanted)}),
            expects=_expected(resource, {name: value for name, value in wanted.items() if name not in later}),
        )
    ]
    if later:
        writes.append(_update(resource, desired, ids, later, wanted))
    if wants and not create.yields:
        writes.append(_issue(resource, desired, ids))
    return tuple(writes)


def _change(resource: Resource, desired: Desired, current: Current, known: Object) -> Plan:
    before = resource.shape(known, current.scope)
    types = (each for each in resource.options if resource.variants and not each.only_with)
    variant = {field.name: field.read(known) for field in types}
    for option, said in misplaced(resource, {**variant, **desired.values}):
        raise Refused(f"{said}, which the {desired.label} is.", option=option)
    changes = differing(resource, desired, known)
    fixed = [field for field in changes if not _can_change(resource, field)]
    if fixed and resource.replaced:
        return replace(_replacement(resource, desired, current), warnings=(resource.replaced,))
    if fixed:
        said = " ".join(_immutable(field, desired, known) for field in fixed)
        raise Refused(said, option=fixed[0].option_name if len(fixed) == 1 else "")
    constants = {field.name: sent for field, sent in resource.constants}
    changed = {field.name: {**constants, **desired.values}[field.name] for field in changes}
    writes = []
    if changed:
        kept = _kept(resource, known) if resource.whole else {}
        writes.append(_update(resource, desired, current.ids, {**kept, **changed}, desired.values))
    if wants_secret(resource, desired, current):
        writes.append(_issue(resource, desired, current.ids))
    unshown = tuple(_unshown(resource, desired, known))
    told = {field.name: field.shown(changed[field.name]) for field in changes if not field.is_hidden}
    told.update((field.name, None) for field in resource.fields if field.remade and changed)
    left = {each.name for name in changed for each in resource.alternatives.get(name, ())} - changed.keys()
    told.update(dict.fromkeys(left))
    others = [*(field.name for field in changes if not field.is_option), *sorted(left)]
    shows = {name: before[name] for name in others}, {name: constants.get(name) for name in others}
    return Plan(before=before, after={**before, **told}, writes=tuple(writes), warnings=unshown, shows=shows)


def _kept(resource: Resource, known: Object) -> dict[str, Any]:
    """Return the existing values that an update of all fields has to repeat."""
    return {field.name: field.read(known) for field in resource.options if field.update and not field.write_only}


def _replacement(resource: Resource, desired: Desired, current: Current) -> Plan:
    """Return the plan that replaces the object, with existing values for fields that the task omits."""
    known = current.object or {}
    kept = {f.name: f.read(known) for f in resource.options if f.create and f.read(known) is not None}
    renewed = replace(desired, values={**kept, **desired.values})
    gone = _removal(resource, desired, current)
    created = creation(resource, renewed, current, before=gone.before)
    return Plan(created.before, created.after, gone.writes + created.writes, created.warnings, created.assumes)


def _unknown_change(
    resource: Resource, desired: Desired, current: Current, wanted: Mapping[str, Any], assumes: tuple[Missing, ...]
) -> Plan:
    """Return the plan for an object that the API creates with a parent that does not exist yet."""
    after = resource.shape(_as_answer(resource, wanted), current.scope)
    if not _body(resource, wanted):
        return Plan(None, after, assumes=assumes)
    write = _update(resource, desired, {**current.ids, resource.id_param: None}, wanted, wanted)
    warning = (
        f"The values of a {resource.title} could not be compared: the object to which it belongs does not exist yet."
    )
    return Plan(None, after, (write,), (warning,), assumes)


def _update(
    resource: Resource,
    desired: Desired,
    ids: Mapping[str, str | None],
    values: Mapping[str, Any],
    wanted: Mapping[str, Any],
) -> Write:
    """Return the write that sends C(values); C(wanted): all values of the task."""
    return Write(
        "update",
        "POST",
        resource.item_in(ids),
        ids,
        f"update {desired.label}",
        _body(resource, values),
        implies=_as_answer(resource, values),
        expects=_expected(resource, wanted),
    )


def _expected(resource: Resource, wanted: Mapping[str, Any]) -> tuple[tuple[Field, Any], ...]:
    """Return the fields and values that an answer must not contradict."""
    fields = (field for field in resource.options if field.compared and not field.is_hidden)
    return tuple((field, wanted[field.name]) for field in fields if field.name in wanted) + resource.constants


def _issue(resource: Resource, desired: Desired, ids: Mapping[str, str | None]) -> Write:
    route = resource.secret.issue if resource.secret else ""
    return Write(
        "issue",
        "POST",
        route,
        ids,
        f"issue a key for {desired.label}",
        _secret_body(resource, desired),
        repeatable=False,
        answers=False,
        yields=True,
    )


def _initial(resource: Resource) -> dict[str, Any]:
    return {field.name: field.initial for field in resource.options if field.initial is not None}


def _defaults(resource: Resource) -> dict[str, Any]:
    return {field.name: field.default for field in resource.fields if field.default is not None}


def _secrets(resource: Resource, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that requests send and answers do not contain."""
    return {field.name: wanted[field.name] for field in resource.options if field.secret and field.name in wanted}


def _as_answer(resource: Resource, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values in the form of an answer."""
    answer: dict[str, Any] = {}
    for field in resource.fields:
        if field.name in values:
            field.put(answer, field.answer or field.name, values[field.name])
    return answer


def _body(resource: Resource, values: Mapping[str, Any], creating: bool = False) -> dict[str, Any]:
    body: dict[str, Any] = {}
    named = [each for each in resource.options if each.name in values and (each.create if creating else each.update)]
    for path, value in resource.sends.items() if named or creating else ():
        put_at(body, path, value)
    for field in named:
        if not (creating and values[field.name] is None and field.clearable and not field.marked_by):
            field.put(body, field.body_name, values[field.name])
    known = [name for name in resource.one_of if body.get(name) is not None] if creating else []
    return {name: value for name, value in body.items() if name not in known[1:]}


def _is_issued_apart(resource: Resource, desired: Desired) -> bool:
    """Return whether the task sets options of a new secret that a create does not accept."""
    fields = resource.secret.issue_fields if resource.secret else ()
    return any(desired.settings.get(field.option_name) is not None for field in fields)


def _secret_body(resource: Resource, desired: Desired) -> dict[str, Any]:
    """Return the body of a request to issue a secret."""
    fields = resource.secret.options if resource.secret else ()
    named = [(field, desired.settings.get(field.option_name)) for field in fields]
    return {field.body_name: field.in_body(value) for field, value in named if value is not None}


def _immutable(field: Field, desired: Desired, known: Object) -> str:
    return (
        f"{field.option_name} of {desired.label} is '{field.canonical(field.read(known))}' and cannot be changed"
        f" to '{field.canonical(desired.values[field.name])}'. {field.advice}"
    ).rstrip()


def _unclear(resource: Resource, desired: Desired, current: Current) -> str:
    """Return a sentence about objects without a visible name that may be the one; empty if there are none."""
    return unshown(resource, desired.identity[0] if desired.identity else "", current.nameless_ones).strip()


def _others(current: Current) -> str:
    return f"There are: {', '.join(current.others)}." if current.others else ""
