# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What is to be done about people who leave: decided from what was read, before anything is written.

The same is asked once more at the end, of what is read then: what is to be done still came meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import DAY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import OWNER, owners_besides
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import until_it_expires
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses as _addresses
from ansible_collections.community.openai_admin.plugins.module_utils._values.plurals import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access import (
    NOT_READ,
    last_use,
    name_of_key,
    within,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.people import addresses
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import head
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import MOST_LINES, cut, few
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import stamp

Item = Mapping[str, Any]
Person = dict[str, Any]

KINDS = ("admin_api_keys", "api_keys", "projects", "invites")
"""What people have, in the order in which it goes."""
_CREATED = {"api_key.created": "id", "service_account.created": "service_account_id"}
"""By what a key is found that somebody made, or that belongs to an account that somebody made."""
_DONE = {
    "admin_api_keys": ("admin key", "revoked"),
    "api_keys": ("project key", "revoked"),
    "projects": ("membership of a project", "ended"),
    "invites": ("invite", "withdrawn"),
    "users": ("person", "removed from the organization"),
}
_NOT_LOOKED = "Whether they are still declared was not looked at: openai_admin_declaration names no declaration."
_PLURALS = {"person": "people", "membership of a project": "memberships of projects"}


def offboarding(
    read: Item,
    given: Sequence[str],
    days: int,
    organization: str,
    at: float,
    before: Item | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """The report: people with all that they have, what forbids to go on, what is to be written.

    C(read) holds what info modules returned, by its own names: C(users) of the addresses, C(everybody),
    C(project_users), C(project_api_keys), C(admin_api_keys), C(invites), C(audit_logs), C(truncated), C(switched_off).
    C(before): the report of the same people by which all of theirs was to go. What is there still is C(left) then.
    C(name) is that of the organization as the answers have it, null if none says it; C(organization) what it is called.

    :raises NoAddress: for what is given and is no address.
    """
    known = {person["asked"]: set(person["ids"]) for person in before["people"]} if before else {}
    people = [
        person
        for address in addresses(given, "addresses")
        for person in _people(read, address, known.get(address, set()))
    ]
    for person in people:
        person["lines"] = [visible(line) for line in _lines(person)]
    writes = {kind: [item for person in people for item in _going(person, kind)] for kind in _DONE}
    return {
        **head("Off-boarding", organization, name, stamp(at)),
        "people": people,
        "problems": [visible(problem) for problem in _problems(read, people)],
        "in_use": [
            visible(f"{name_of_key(key)} of {person['email']}, {last_use(key)}")
            for person, key in _in_use(people, days, at)
        ],
        "writes": writes,
        "left": list(_left(writes, before)) if before else [],
        "ownerless": [visible(name_of_key(key)) for key in _ownerless(read, people)],
        "of_nobody": [visible(name_of_key(key)) for key in _of_nobody(read)],
        "unclear": [visible(sentence) for sentence in _unclear(read, people, before)],
        "audit_log": _audit_log(read),
        "not_read": [{"what": what, "why": why} for what, why in NOT_READ.items()],
    }


def _people(read: Item, address: str, ids: set[str]) -> list[Person]:
    """Whoever has the address in the organization, or else what is left of whoever had it.

    C(ids): whom it meant before.
    """
    everybody = {user["id"]: user for user in (*read["everybody"], *read["users"])}
    theirs = {own_id for own_id, user in everybody.items() if _addresses.same(user.get("email"), address)}
    # whoever is here under another address had this one once, and is somebody else, unless this run has met them
    traces = {own_id for own_id in _traces(read, address) if not _address(everybody.get(own_id))} | ids
    there = sorted(theirs or traces & set(everybody))
    gone = sorted(traces - set(everybody)) if read["everybody"] or not there else []
    if not there:
        left = {"id": next(iter(gone), None), "email": address}
        return [_person(read, everybody, address, left, gone)]
    return [_person(read, everybody, address, everybody[own_id], [own_id, *gone]) for own_id in there]


def _traces(read: Item, address: str) -> set[str]:
    """The ids that memberships, keys and the audit log know of whoever has or had an address."""
    places = (
        ("project_users", "id", "email"),
        ("project_api_keys", "user_id", "email"),
        ("audit_logs", "actor_id", "actor_email"),
    )
    return {
        item[own_id]
        for kind, own_id, email in places
        for item in read[kind]
        if item.get(own_id) and _addresses.same(address, item.get(email))
    }


def _address(user: Item | None) -> Any:
    return _addresses.canonical((user or {}).get("email"))


def _person(read: Item, everybody: Mapping[str, Item], asked: str, user: Item, ids: Sequence[str]) -> Person:
    address = user.get("email") or asked

    def has(item: Item, by_id: str, by_address: str) -> bool:
        """By id, where it is that of anybody here; an address is one that may have been given up."""
        own_id = item.get(by_id)
        return own_id in ids or (own_id not in everybody and _addresses.same(asked, item.get(by_address)))

    keys = [key for key in read["project_api_keys"] if has(key, "user_id", "email")]
    admin_keys = [key for key in read["admin_api_keys"] if key["owner_id"] in ids]
    going = {key["id"] for key in (*keys, *admin_keys)}
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
        "projects": [each for each in read["project_users"] if has(each, "id", "email")],
        "api_keys": keys,
        "admin_api_keys": admin_keys,
        "invites": [each for each in read["invites"] if _is_open(each) and _addresses.same(asked, each.get("email"))],
        "rotate": [key for key in _known_to(read, made) if key["id"] not in going],
    }


def _is_open(invite: Item) -> bool:
    """Pending, or expired and still listed; who has accepted is a member."""
    return INVITE.standing(invite) != "gone"


def _known_to(read: Item, events: Iterable[Item]) -> list[Item]:
    """The keys that there still are, of those whose values were shown to whoever did this."""
    made = {(_CREATED[each["type"]], each["details"].get("id")) for each in events if each["type"] in _CREATED}
    keys = (*read["admin_api_keys"], *read["project_api_keys"])
    return [key for key in keys if any((name, key.get(name)) in made for name in _CREATED.values())]


def _problems(read: Item, people: Sequence[Person]) -> Iterator[str]:
    """What no run may do, forced or not."""
    for person in people:
        if person["is_service_account"]:
            yield (f"{person['email']} is a service account, not a person: use community.openai_admin.service_account.")
    leaving = {person["id"]: person["email"] for person in people if person["role"] == OWNER}
    if leaving and not owners_besides(read["everybody"], leaving):
        whose = " and ".join(leaving.values())
        of_them = "is the last owner" if len(leaving) == 1 else "are the last owners"
        yield f"{whose} {of_them} of the organization: make somebody else owner first."


def _in_use(people: Iterable[Person], days: int, at: float) -> Iterator[tuple[Person, Item]]:
    for person in people:
        for key in (*person["admin_api_keys"], *person["api_keys"]):
            if until_it_expires(key) == "live" and (key.get("last_used_at") or 0) > at - days * DAY:
                yield person, key


def _ownerless(read: Item, people: Sequence[Person]) -> list[Item]:
    """Admin keys of nobody, and where somebody's id is not known, those whose owners have left."""
    known = {each["id"] for each in read["everybody"]} | {own_id for person in people for own_id in person["ids"]}
    all_known = all(person["ids"] for person in people)
    return [
        key
        for key in read["admin_api_keys"]
        if key.get("owner_type") != "service_account"
        and (key["owner_id"] is None or not (all_known or key["owner_id"] in known))
    ]


def _of_nobody(read: Item) -> list[Item]:
    """Keys of which the API tells no owner at all."""
    owners = ("owner_id", "user_id", "email", "service_account_id")
    keys = (*read["admin_api_keys"], *read["project_api_keys"])
    return [key for key in keys if not any(key.get(name) for name in owners)]


def _unclear(read: Item, people: Sequence[Person], before: Item | None) -> Iterator[str]:
    """What cannot be compared: of whoever was never found, it is not known that they are not here."""
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
            f"It is not known whether {few(missing)} {_is_or_are(missing)} in the organization, since the API tells no"
            f" address of {few(nameless)}. Find out who that is, and use community.openai_admin.user with user_id."
        )
    invites = [each["id"] for each in read["invites"] if _is_open(each) and not _address(each)]
    if invites:
        yield (
            f"It is not known for whom {few(invites)} {_is_or_are(invites)}, since the API tells no address of it."
            " Find out, and use community.openai_admin.invite with invite_id."
        )


def _is_or_are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _left(writes: Mapping[str, Sequence[Item]], before: Item) -> Iterator[str]:
    """What came while the job ran, or would not go, by name."""
    gone = {(kind, item["id"], item.get("project_id")) for kind in writes for item in before["writes"][kind]}
    for kind, items in writes.items():
        for item in items:
            still = (kind, item["id"], item.get("project_id")) in gone
            what = f"{item['label']} in the organization" if kind == "users" else item["label"]
            yield f"{what} ({'is still there' if still else 'came meanwhile'})"


def _going(person: Person, kind: str) -> list[dict[str, Any]]:
    """What is to be written away of a person, and how a task shows it."""
    if kind == "users":
        goes = person["is_member"] and not person["is_scim_managed"]
        return [{"id": person["id"], "label": person["label"]}] if goes else []
    if kind == "projects" and person["role"] == OWNER:
        return []  # owners of the organization own every project until they leave it
    return [
        {
            "id": item["id"],
            **({"project_id": item["project_id"], "project": _project(item)} if "project_id" in item else {}),
            "label": visible(f"{_called(kind, item)} of {person['email']}"),
        }
        for item in person[kind]
    ]


def _project(item: Item) -> str | None:
    """The project's name as messages show it: it is found by its id."""
    return None if item["project"] is None else visible(item["project"])


def _called(kind: str, item: Item) -> str:
    return f"membership{within(item)}" if kind == "projects" else "invite" if kind == "invites" else name_of_key(item)


def _audit_log(read: Item) -> str | None:
    """What is not known of what people created; none, if all is."""
    if read["switched_off"]:
        return (
            "The audit log is switched off. So it is not known which keys and service accounts they created,"
            " and whose values they know."
        )
    if read["truncated"]:
        return "The audit log has more events than were read: they may have created more keys and service accounts."
    return None


def _lines(person: Person) -> list[str]:
    """All that a person has, a thing a line."""
    who = f"{person['email']} ({person['id']})" if person["id"] else person["email"]
    where = f"{person['role']} of the organization" if person["is_member"] else "not in the organization"
    lines = [f"{who}: {where}"]
    if person["is_scim_managed"]:
        lines.append("  managed by the identity provider through SCIM")
    if person["role"] == OWNER:
        lines.append("  owner of every project")
    else:
        lines += [f"  project {each['project'] or each['project_id']}: {each['role']}" for each in person["projects"]]
    lines += [f"  key {name_of_key(key)}: {last_use(key)}" for key in person["api_keys"]]
    lines += [f"  admin key {name_of_key(key)}: {last_use(key)}" for key in person["admin_api_keys"]]
    lines += [f"  invite {each['id']}: {each['status']}" for each in person["invites"]]
    lines += [
        f"  created, so its value is known to them: key {name_of_key(key)}, {last_use(key)}" for key in person["rotate"]
    ]
    return lines if len(lines) > 1 else [*lines, "  no projects, keys or invites"]


def in_short(
    report: Item, check: bool, before: Item | None = None, declared: Sequence[Item] | None = None
) -> list[str]:
    """What was done, or would be done, and what is left for a person; at most 30 lines.

    C(before): the report by which it was done, where this one is of what was read afterwards. C(declared): the places
    where people are declared, as the lookup C(still_declared) tells them; null: nobody has looked.
    """
    people = [*(before["people"] if before else ()), *report["people"]]
    writes = (before or report)["writes"]
    counts = {kind: len(writes[kind]) for kind in _DONE if writes[kind]}
    would = "would be " if check else ""
    first = [f"{_count(number, kind)} {would}{_DONE[kind][1]}." for kind, number in counts.items()]
    first = first or [f"Nothing {'would change' if check else 'changed'}: {_nothing(report)}."]
    first += ["Read once more at the end: nothing came meanwhile."] if before and not report["left"] else []
    last = list(_remarks({**report, **{name: before[name] for name in ("people", "in_use")}} if before else report))
    last += [] if declared is not None else [_NOT_LOOKED]
    rotate = {key["id"]: (key, person) for person in people for key in person["rotate"]}
    todo = [
        f"- take {each['email']} out of the declaration, which would let them in again: {each['text']}"
        for each in declared or ()
    ]
    todo += [f"- rotate {name_of_key(key)}: {person['email']} knows its value" for key, person in rotate.values()]
    last += ["Left for you:"] if todo else []
    return [visible(line) for line in (*first, *last, *cut(todo, MOST_LINES - len(first) - len(last)))]


def unfinished(report: Item) -> list[str]:
    """Why the job must not end well."""
    left = [f"There still is: {few(report['left'])}. Run the playbook again."] if report["left"] else []
    return [*left, *report["unclear"]]


def _nothing(report: Item) -> str:
    return "nothing of theirs was found" if report["unclear"] else "nobody of them has anything any more"


def _remarks(report: Item) -> Iterator[str]:
    """What to know of the people and of what was read, besides what was done."""
    people = report["people"]
    spelt = [f"{each['asked']} as {each['email']}" for each in people if each["asked"] != each["email"]]
    absent = [person["email"] for person in people if not person["is_member"]]
    scim = [person["email"] for person in people if person["is_scim_managed"]]
    if spelt:
        yield f"Found in another spelling: {few(spelt)}."
    if absent:
        yield f"Not in the organization, and perhaps misspelt or gone before: {few(absent)}."
    if scim:
        yield (
            f"Managed by the identity provider through SCIM: {few(scim)}."
            " The membership of the organization is the identity provider's: end it there."
        )
    if report["in_use"]:
        yield f"In use lately, and revoked all the same: {few(report['in_use'])}."
    left = [name for name in report["ownerless"] if name not in report["of_nobody"]]
    if left:
        yield f"Admin keys of people who have left, perhaps of theirs: {few(left)}."
    if report["of_nobody"]:
        yield f"Keys of which no owner is told, perhaps of theirs: {few(report['of_nobody'])}."
    yield from report["unclear"]
    if report["audit_log"]:
        yield report["audit_log"]
    yield report["whose"]
    yield f"Not read, so not ended: {few([each['what'].lower() for each in report['not_read']])}."


def _count(number: int, kind: str) -> str:
    name = _DONE[kind][0]
    return counted(number, name, _PLURALS.get(name, ""))
