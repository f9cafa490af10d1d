# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Decides what to do about people who leave, from the data that were read, before anything is written.

At the end, the same function checks newly read data: what it then still finds is new.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import is_unsupported
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.access import READ
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import DAY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PEOPLE, PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Access, Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import until_it_expires
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses as _addresses
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access import (
    last_use,
    listed,
    name_of_key,
    not_read,
    placed,
    unreadable,
    why_closed,
    within,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.people import addresses
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import head
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import MOST_LINES, cut, few
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import stamp

Item = Mapping[str, Any]
Person = dict[str, Any]

ENDS: Mapping[str, tuple[Kind, Access]] = {access.word: (row, access) for row, access in READ.items() if access.by}
"""Kinds of access of people, by their names in reports, in the order of removal; people come last."""
_ROWS = [row for row, dummy in ENDS.values()]
_OF_PEOPLE = {word: each for word, each in ENDS.items() if each[0] is not PEOPLE}
_SHOWN = sorted(
    _OF_PEOPLE.items(),
    key=lambda each: (
        each[1][0].is_pending,
        each[1][1].is_key,
        each[1][1].ended_by is not None,
        each[1][0].within is not PROJECTS,
    ),
)
"""The same in the order for readers: memberships, roles, keys, invites."""
_PROJECT = PROJECTS.resource.id_param
_IN_PROJECTS = [word for word, (row, dummy) in _OF_PEOPLE.items() if row.is_person and row.within is PROJECTS]
_KEYS = [word for word, (dummy, access) in ENDS.items() if access.is_key]
_CREATED = {"api_key.created": "id", "service_account.created": "service_account_id"}
"""Events and fields that show keys whose values a person knows, because they created the key or its account."""
_NOT_LOOKED = "It was not checked whether they are still declared: openai_admin_declaration names no declaration."


def offboarding(
    read: Item,
    given: Sequence[str],
    days: int,
    organization: str,
    at: float,
    before: Item | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """Return the report: people with everything they have, reasons not to continue, and what to write.

    C(read) contains the results of info modules by their names: C(users) with the addresses, C(everybody), those that
    C(ENDS) names, C(audit_logs), C(truncated) and C(switched_off). If the admin key may not read something, C(read) can
    contain the result of the failed task instead. C(before): the report about the same people before their access
    ended; C(left) then names what still exists. C(name): the name of the organization in the answers, null if unknown.
    C(organization): what the user calls it.

    :raises NoAddress: a given text is not an address.
    """
    lost = {each["what"] for each in unreadable(read, _ROWS)}
    known = {person["asked"]: set(person["ids"]) for person in before["people"]} if before else {}
    people = [
        person
        for address in addresses(given, "addresses")
        for person in _people(read, address, known.get(address, set()))
    ]
    for person in people:
        person["lines"] = [visible(line) for line in _lines(person, lost)]
    writes = {kind: [item for person in people for item in _going(person, kind)] for kind in ENDS}
    return {
        **head("Off-boarding", organization, name, stamp(at)),
        "people": people,
        "whose_roles": [{"id": own_id, "email": person["email"]} for person in people for own_id in person["ids"]],
        "problems": [visible(problem) for problem in _problems(read, people)],
        "in_use": [
            visible(f"{name_of_key(key)} of {person['email']}, {last_use(key)}")
            for person, key in _in_use(people, days, at)
        ],
        "writes": writes,
        "groups_of_owners": list(_groups_of_owners(read, writes)),
        "left": list(_left(writes, before)) if before else [],
        "ownerless": [visible(name_of_key(key)) for key in _ownerless(read, people)],
        "of_nobody": [visible(name_of_key(key)) for key in _of_nobody(read)],
        "unclear": [visible(sentence) for sentence in _unclear(read, people, before)],
        "audit_log": _audit_log(read),
        "closed": [visible(sentence) for sentence in _closed(people)],
        "unreadable": [{name: visible(text) for name, text in each.items()} for each in unreadable(read, _ROWS)],
        "not_read": [{name: visible(text) for name, text in each.items()} for each in not_read(read, _ROWS)],
    }


def _people(read: Item, address: str, ids: set[str]) -> list[Person]:
    """Return the person with this address, or else what is left of a person who had it. C(ids): those known for it."""
    everybody = {user["id"]: user for user in (*read["everybody"], *read["users"])}
    theirs = {own_id for own_id, user in everybody.items() if _addresses.same(user.get("email"), address)}
    # a person with another address who once had this one is somebody else, unless this run has seen them before
    traces = {own_id for own_id in _traces(read, address) if not _address(everybody.get(own_id))} | ids
    there = sorted(theirs or traces & set(everybody))
    gone = sorted(traces - set(everybody)) if read["everybody"] or not there else []
    if not there:
        left = {"id": next(iter(gone), None), "email": address}
        return [_person(read, everybody, address, left, gone)]
    return [_person(read, everybody, address, everybody[own_id], [own_id, *gone]) for own_id in there]


def _traces(read: Item, address: str) -> set[str]:
    """Return the IDs of people who have or had an address, from memberships, keys and the audit log."""
    both = [({own: theirs for theirs, own in access.by}, row) for row, access in _OF_PEOPLE.values()]
    places = [(row.resource.plural, by["id"], by["email"]) for by, row in both if {"id", "email"} <= by.keys()]
    return {
        item[own_id]
        for plural, own_id, email in (*places, ("audit_logs", "actor_id", "actor_email"))
        for item in listed(read, plural)
        if item.get(own_id) and _addresses.same(address, item.get(email))
    }


def _address(user: Item | None) -> Any:
    return _addresses.canonical((user or {}).get("email"))


def _person(read: Item, everybody: Mapping[str, Item], asked: str, user: Item, ids: Sequence[str]) -> Person:
    address = user.get("email") or asked

    def has(item: Item, by_id: str, by_address: str) -> bool:
        """Return whether an object belongs to the person, by ID if that is known, because addresses can be reused."""
        own_id = item.get(by_id)
        return own_id in ids or (own_id not in everybody and _addresses.same(asked, item.get(by_address)))

    theirs: dict[str, list[Item]] = {}
    for word, (row, access) in _OF_PEOPLE.items():
        by = {own: field for field, own in access.by}
        found = listed(read, row.resource.plural)
        theirs[word] = [
            item for item in found if _is_there(row, item) and has(item, by.get("id", ""), by.get("email", ""))
        ]
    projects = {item[_PROJECT] for word in _IN_PROJECTS for item in theirs[word]}
    for word, (dummy, access) in _OF_PEOPLE.items():
        theirs[word] = [
            item if access.is_direct(item) else {**item, "from": _sources(read, item)}
            for item in theirs[word]
            if not (access.is_direct(item) and access.is_membership(item) and _is_in(item, user, everybody, projects))
        ]
    going = {key["id"] for word in _KEYS for key in theirs[word]}
    made = [event for event in read["audit_logs"] if has(event, "actor_id", "actor_email")]
    return {
        "asked": asked,
        "email": address,
        "label": visible(address),
        "id": user["id"],
        "ids": list(ids),
        "name": user.get("name"),
        "is_member": user["id"] in everybody,
        "role": user.get("role"),
        "is_scim_managed": bool(user.get("is_scim_managed")),
        "is_service_account": bool(user.get("is_service_account")),
        **theirs,
        "closed": [
            {"which": list(_which(word, item)), "where": placed(row, item), "why": why_closed(read, row, item)}
            for word, (row, dummy) in _OF_PEOPLE.items()
            for item in theirs[word]
            if why_closed(read, row, item)
        ],
        "rotate": [key for key in _known_to(read, made) if key["id"] not in going],
    }


def _is_in(item: Item, user: Item, everybody: Container[str], projects: Container[str]) -> bool:
    """Return whether a person is a member of the organization, or of the project, in which an object lies."""
    project = item.get(_PROJECT)
    return user["id"] in everybody if project is None else PEOPLE.owns_all(user) or project in projects


def _sources(read: Item, item: Item) -> str:
    """Return through what somebody has an object, such as C(group search-team)."""
    holders = {row.resource.parent.resource.plural for row in _ROWS if row.resource.parent}
    names = {each["id"]: each.get("name") for plural in holders for each in listed(read, plural)}
    return " and ".join(f"{item['through']} {names.get(each) or each}" for each in item["through_ids"])


def _is_there(row: Kind, item: Item) -> bool:
    """Return whether an object still exists; accepted invites do not count."""
    return not row.is_pending or row.resource.standing(item) != "gone"


def _known_to(read: Item, events: Iterable[Item]) -> list[Item]:
    """Return the existing keys whose values the actors of these events have seen."""
    made = {(_CREATED[each["type"]], each["details"].get("id")) for each in events if each["type"] in _CREATED}
    return [key for key in _all_keys(read) if any((name, key.get(name)) in made for name in _CREATED.values())]


def _all_keys(read: Item) -> list[Item]:
    return [key for word in _KEYS for key in listed(read, ENDS[word][0].resource.plural)]


def _problems(read: Item, people: Sequence[Person]) -> Iterator[str]:
    """Yield reasons why no run may continue, not even a forced one."""
    for person in people:
        if person["is_service_account"]:
            yield (f"{person['email']} is a service account, not a person: use community.openai_admin.service_account.")
    leaving = {person["id"]: person["email"] for person in people if PEOPLE.owns_all(person)}
    owners = [user["id"] for user in read["everybody"] if PEOPLE.owns_all(user) and not user.get("is_service_account")]
    if leaving and not set(owners) - leaving.keys():
        whose = " and ".join(leaving.values())
        of_them = "is the last owner" if len(leaving) == 1 else "are the last owners"
        yield f"{whose} {of_them} of the organization: make somebody else owner first."


def _in_use(people: Iterable[Person], days: int, at: float) -> Iterator[tuple[Person, Item]]:
    for person in people:
        for key in (key for word in _KEYS for key in person[word]):
            if until_it_expires(key) == "live" and (key.get("last_used_at") or 0) > at - days * DAY:
                yield person, key


def _ownerless(read: Item, people: Sequence[Person]) -> list[Item]:
    """Return admin keys without an owner, and if a person's ID is unknown, those whose owners have left."""
    known = {each["id"] for each in read["everybody"]} | {own_id for person in people for own_id in person["ids"]}
    all_known = all(person["ids"] for person in people)
    return [
        key
        for key in read["admin_api_keys"]
        if key.get("owner_type") != "service_account"
        and (key["owner_id"] is None or not (all_known or key["owner_id"] in known))
    ]


def _of_nobody(read: Item) -> list[Item]:
    """Return keys for which the API shows no owner."""
    owners = ("owner_id", "user_id", "email", "service_account_id")
    return [key for key in _all_keys(read) if not any(key.get(name) for name in owners)]


def _unclear(read: Item, people: Sequence[Person], before: Item | None) -> Iterator[str]:
    """Yield what cannot be verified, such as whether a person who was not found is really not here."""
    met = {person["asked"] for person in (*people, *(before["people"] if before else ())) if person["is_member"]}
    missing = [person["asked"] for person in people if person["asked"] not in met]
    found = {own_id for person in people for own_id in person["ids"]}
    nameless = [
        user["id"]
        for user in read["everybody"]
        if not _address(user) and not user.get("is_service_account") and user["id"] not in found
    ]
    if missing and nameless:
        yield (
            f"It is not known whether {few(missing)} {_is_or_are(missing)} in the organization, because the API does"
            f" not show the address of {few(nameless)}. Find out who that is, and use community.openai_admin.user with"
            " user_id."
        )
    for row, dummy in ENDS.values():
        open_ones = listed(read, row.resource.plural) if row.is_pending else ()
        waiting = [each["id"] for each in open_ones if _is_there(row, each) and not _address(each)]
        if waiting:
            yield (
                f"It is not known for whom {few(waiting)} {_is_or_are(waiting)}, because the API does not show its"
                f" address. Find out, and use community.openai_admin.{row.resource.kind} with {row.resource.id_param}."
            )
    # removal from the organization ends everything else, but only the removals of this run are certain
    stay = [person["email"] for person in people if person["is_scim_managed"] or person["asked"] in missing]
    for each in unreadable(read, _ROWS) if stay else ():
        if is_unsupported(each["why"]):
            continue  # an object that does not exist gives nobody access
        yield (
            f"It is not known whether {few(stay)} still {_has_or_have(stay)} access, since {each['what'].lower()} could"
            f" not be read: {each['why']}"
        )


def _has_or_have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _is_or_are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _groups_of_owners(read: Item, writes: Mapping[str, Sequence[Item]]) -> Iterator[dict[str, Any]]:
    """Yield each set whose members own the organization through it, with all who are to leave it at once."""
    rows = [row for row, access in ENDS.values() if access.ended_by]
    held = [item for row in rows for item in listed(read, row.resource.plural) if row.owns_all(item)]
    owning = {own_id for item in held for own_id in item["through_ids"]}
    for word, (row, dummy) in ENDS.items():
        parent = row.resource.parent
        places = sorted({item[parent.id_option] for item in writes[word]} & owning) if parent and row.members else ()
        for place in places:
            leaving = [item for item in writes[word] if parent and item[parent.id_option] == place]
            label = "; ".join(item["label"] for item in leaving)
            yield {"id": place, "members": [{"user_id": item["id"]} for item in leaving], "label": label}


def _left(writes: Mapping[str, Sequence[Item]], before: Item) -> Iterator[str]:
    """Yield what is new or could not be removed, by name."""
    gone = {_which(kind, item) for kind in writes for item in before["writes"][kind]}
    for kind, items in writes.items():
        for item in items:
            still = _which(kind, item) in gone
            what = f"{item['label']} in the organization" if ENDS[kind][0] is PEOPLE else item["label"]
            yield f"{what} ({'is still there' if still else 'new'})"


def _which(kind: str, item: Item) -> tuple[Any, ...]:
    """Return what identifies an object to remove."""
    row, access = ENDS[kind]
    parent = row.resource.parent
    return (kind, item["id"], item[parent.id_option] if parent else None, *_holder(access, item).values())


def _going(person: Person, kind: str) -> list[dict[str, Any]]:
    """Return the objects of a person to remove, with labels for tasks."""
    row, access = ENDS[kind]
    if row is PEOPLE:
        goes = person["is_member"] and not person["is_scim_managed"]
        return [{"id": person["id"], "label": person["label"]}] if goes else []
    if _come_with_all(row) and PEOPLE.owns_all(person):
        return []  # owners of the organization own every project until they leave it
    return [
        {
            "id": item["id"],
            **_place(row, item),
            **_holder(access, item),
            "label": visible(f"{_called(row, access, item)} of {person['email']}"),
        }
        for item in person[kind]
        if access.is_direct(item) and list(_which(kind, item)) not in [each["which"] for each in person["closed"]]
    ]


def _come_with_all(row: Kind) -> bool:
    """Return whether an owner of the organization has all of them, such as memberships of projects."""
    return row.is_person and row.within is PROJECTS


def _place(row: Kind, item: Item) -> dict[str, Any]:
    """Return an object's container: its ID, and its name for messages."""
    parent = row.resource.parent
    if parent is None:
        return {}
    name = item[parent.name_option]
    return {parent.id_option: item[parent.id_option], parent.name_option: None if name is None else visible(name)}


def _holder(access: Access, item: Item) -> dict[str, Any]:
    """Return the ID of who has an object, if it does not show it itself."""
    owner = access.ended_by.owner if access.ended_by else None
    return {owner.id_option: item[owner.id_option]} if owner else {}


def _called(row: Kind, access: Access, item: Item) -> str:
    if access.is_key:
        return name_of_key(item)
    if access.ended_by:
        return f"role {item['name'] or item['id']}{within(item) or ' in the organization'}"
    if row.members:
        return f"membership of {placed(row, item)}"
    return f"membership{within(item)}" if row.within is PROJECTS else access.called[0]


def _closed(people: Iterable[Person]) -> Iterator[str]:
    """Yield what only an identity provider can end, and where."""
    still: dict[str, list[str]] = {}
    for person in people:
        for each in person["closed"]:
            still.setdefault(f"{each['where'][:1].upper()}{each['where'][1:]} {each['why']}", []).append(
                person["email"]
            )
    for sentence, addresses_there in still.items():
        yield f"{sentence}. Still in it: {few(addresses_there)}."


def _audit_log(read: Item) -> str | None:
    """Return what is unknown about the keys that people created; null if nothing is."""
    if read["switched_off"]:
        return (
            "The audit log is switched off. So it is not known which keys and service accounts they created,"
            " and whose values they know."
        )
    if read["truncated"]:
        return "The audit log has more events than were read: they may have created more keys and service accounts."
    return None


def _lines(person: Person, lost: Container[str]) -> list[str]:
    """Return a line for each thing that a person has. C(lost): the titles of kinds that could not be read."""
    who = f"{person['email']} ({person['id']})" if person["id"] else person["email"]
    where = f"{person['role']} of the organization" if person["is_member"] else "not in the organization"
    lines = [f"{who}: {where}"]
    if person["is_scim_managed"]:
        lines.append("  managed by the identity provider through SCIM")
    for word, (row, access) in _SHOWN:
        if _come_with_all(row) and PEOPLE.owns_all(person):
            lines.append("  owner of every project")
        else:
            lines += [f"  {_said(row, access, item)}" for item in person[word]]
    lines += [f"  {each['where']} {each['why']}" for each in person["closed"]]
    lines += [
        f"  created, so its value is known to them: key {name_of_key(key)}, {last_use(key)}" for key in person["rotate"]
    ]
    nothing = [access.called[1] for row, access in _OF_PEOPLE.values() if row.title not in lost]
    return lines if len(lines) > 1 else [*lines, f"  no {', '.join(nothing[:-1])} or {nothing[-1]}"]


def _said(row: Kind, access: Access, item: Item) -> str:
    """Return the line for one object of a person."""
    if access.is_key:
        return f"{'key' if row.within is PROJECTS else access.called[0]} {name_of_key(item)}: {last_use(item)}"
    if access.ended_by:
        return f"{_called(row, access, item)}" + (f", through {item['from']}" if item.get("from") else "")
    if row.members:
        return placed(row, item)
    if row.within is PROJECTS:
        return f"project {item['project'] or item['project_id']}: {item['role']}"
    return f"{access.called[0]} {item['id']}: {item['status']}"


def in_short(
    report: Item, check: bool, before: Item | None = None, declared: Sequence[Item] | None = None
) -> list[str]:
    """Return the summary: what was or would be done, and what is left, in at most 30 lines.

    C(before): the report on which the changes were based, if this report is about data that were read afterwards.
    C(declared): where people are declared, from the lookup C(still_declared); null if nothing was searched.
    """
    people = [*(before["people"] if before else ()), *report["people"]]
    writes = (before or report)["writes"]
    would = "would be " if check else ""
    first = [
        f"{counted(len(writes[kind]), *access.called)} {would}{access.ends[1]}."
        for kind, (dummy, access) in ENDS.items()
        if writes[kind]
    ]
    first = first or [f"Nothing {'would change' if check else 'changed'}: {_nothing(report)}."]
    first += ["Read again at the end: nothing new was found."] if before and not report["left"] else []
    last = list(_remarks({**report, **{name: before[name] for name in ("people", "in_use")}} if before else report))
    last += [] if isinstance(declared, (list, tuple)) else [_NOT_LOOKED]  # older ansible-core makes '' of null
    rotate = {key["id"]: (key, person) for person in people for key in person["rotate"]}
    todo = [
        f"- take {each['email']} out of the declaration, which would let them in again: {each['text']}"
        for each in declared or ()
    ]
    todo += [f"- rotate {name_of_key(key)}: {person['email']} knows its value" for key, person in rotate.values()]
    last += ["Left for you:"] if todo else []
    return [visible(line) for line in (*first, *last, *cut(todo, MOST_LINES - len(first) - len(last)))]


def unfinished(report: Item) -> list[str]:
    """Return why the job has to fail."""
    left = [f"There still is: {few(report['left'])}. Run the playbook again."] if report["left"] else []
    return [*left, *report["unclear"]]


def _nothing(report: Item) -> str:
    return "nothing of theirs was found" if report["unclear"] else "none of them has anything left"


def _remarks(report: Item) -> Iterator[str]:
    """Yield remarks about the people and the data."""
    people = report["people"]
    spelt = [f"{each['asked']} as {each['email']}" for each in people if each["asked"] != each["email"]]
    absent = [person["email"] for person in people if not person["is_member"]]
    scim = [person["email"] for person in people if person["is_scim_managed"]]
    if spelt:
        yield f"Found with another spelling: {few(spelt)}."
    if absent:
        yield f"Not in the organization, possibly misspelled or already removed: {few(absent)}."
    if scim:
        yield (
            f"Managed by the identity provider through SCIM: {few(scim)}."
            " The membership of the organization is the identity provider's: end it there."
        )
    yield from report["closed"]
    if report["in_use"]:
        yield f"Recently used, and revoked anyway: {few(report['in_use'])}."
    left = [name for name in report["ownerless"] if name not in report["of_nobody"]]
    if left:
        yield f"Admin keys of people who have left, possibly theirs: {few(left)}."
    if report["of_nobody"]:
        yield f"Keys without a visible owner, possibly theirs: {few(report['of_nobody'])}."
    yield from report["unclear"]
    yield from (f"{each['what']} could not be read, so not ended: {each['why']}" for each in report["unreadable"])
    if report["audit_log"]:
        yield report["audit_log"]
    yield report["whose"]
    left_out = [each["what"].lower() for each in report["not_read"] if each not in report["unreadable"]]
    yield f"Not read, so not ended: {few(left_out)}."
