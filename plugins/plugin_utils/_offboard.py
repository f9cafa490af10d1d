# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""What is to be done about people who leave: decided from what was read, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils import _addresses
from ansible_collections.community.openai_admin.plugins.module_utils._resource import until_it_expires
from ansible_collections.community.openai_admin.plugins.module_utils._resources.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._resources.issued_keys import DAY
from ansible_collections.community.openai_admin.plugins.module_utils._resources.user import OWNER, owners_besides
from ansible_collections.community.openai_admin.plugins.plugin_utils._about import head
from ansible_collections.community.openai_admin.plugins.plugin_utils._access import last_use, name_of_key, within
from ansible_collections.community.openai_admin.plugins.plugin_utils._outline import MOST_LINES, cut, few
from ansible_collections.community.openai_admin.plugins.plugin_utils._times import stamp

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
_PLURALS = {"person": "people", "membership of a project": "memberships of projects"}


def offboarding(read: Item, addresses: Sequence[str], days: int, organization: str, at: float) -> dict[str, Any]:
    """The report: people with all that they have, what forbids to go on, what is to be written.

    C(read) holds what info modules returned, by its own names: C(users) of the addresses, C(everybody),
    C(project_users), C(project_api_keys), C(admin_api_keys), C(invites), C(audit_logs), C(truncated), C(switched_off).
    """
    people = [person for address in _unlike(addresses) for person in _people(read, address)]
    for person in people:
        person["lines"] = _lines(person)
    return {
        **head("Off-boarding", organization, stamp(at)),
        "people": people,
        "problems": list(_problems(read, people)),
        "in_use": [
            f"{name_of_key(key)} of {person['email']}, {last_use(key)}" for person, key in _in_use(people, days, at)
        ],
        "writes": {kind: [item for person in people for item in _going(person, kind)] for kind in _DONE},
        "ownerless": [name_of_key(key) for key in _ownerless(read, people)],
        "audit_log": _audit_log(read),
    }


def _unlike(addresses: Iterable[str]) -> Iterator[str]:
    """Each address once, however it is spelt."""
    return iter({_addresses.canonical(address.strip()): address.strip() for address in addresses}.values())


def _people(read: Item, address: str) -> list[Person]:
    """Whoever has the address in the organization, or else what is left of whoever had it."""
    there = [user for user in read["users"] if _addresses.same(user.get("email"), address)]
    return [_person(read, user, True) for user in there] or [_person(read, _of_old(read, address), False)]


def _of_old(read: Item, address: str) -> Item:
    """Somebody who is not in the organization: keys and the audit log may still know the id."""
    keys = (key["user_id"] for key in read["project_api_keys"] if _addresses.same(address, key.get("email")))
    events = (each["actor_id"] for each in read["audit_logs"] if _addresses.same(address, each.get("actor_email")))
    return {"email": address, "id": next((known for known in (*keys, *events) if known), None)}


def _person(read: Item, user: Item, is_member: bool) -> Person:
    own_id, address = user["id"], user["email"]

    def has(item: Item, by_id: str, by_address: str) -> bool:
        return bool(own_id and item.get(by_id) == own_id) or _addresses.same(address, item.get(by_address))

    keys = [key for key in read["project_api_keys"] if has(key, "user_id", "email")]
    admin_keys = [key for key in read["admin_api_keys"] if own_id and key["owner_id"] == own_id]
    going = {key["id"] for key in (*keys, *admin_keys)}
    made = [event for event in read["audit_logs"] if has(event, "actor_id", "actor_email")]
    return {
        "email": address,
        "id": own_id,
        "name": user.get("name"),
        "is_member": is_member,
        "role": user.get("role"),
        "is_scim_managed": bool(user.get("is_scim_managed")),
        "is_service_account": bool(user.get("is_service_account")),
        "projects": [each for each in read["project_users"] if own_id and each["id"] == own_id],
        "api_keys": keys,
        "admin_api_keys": admin_keys,
        "invites": [each for each in read["invites"] if _is_open(each) and _addresses.same(address, each.get("email"))],
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
    """Admin keys whose owners have left: of these, the API tells the id only, and no address may lead to it."""
    if all(person["id"] for person in people):
        return []
    known = {each["id"] for each in (*read["everybody"], *people) if each["id"]}
    return [key for key in read["admin_api_keys"] if key["owner_id"] not in known]


def _going(person: Person, kind: str) -> list[dict[str, Any]]:
    """What is to be written away of a person, and how a task shows it."""
    if kind == "users":
        goes = person["is_member"] and not person["is_scim_managed"]
        return [{"id": person["id"], "label": person["email"]}] if goes else []
    if kind == "projects" and person["role"] == OWNER:
        return []  # owners of the organization own every project until they leave it
    return [
        {
            "id": item["id"],
            **{name: item[name] for name in ("project", "project_id") if name in item},
            "label": f"{_called(kind, item)} of {person['email']}",
        }
        for item in person[kind]
    ]


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


def in_short(report: Item, check: bool) -> list[str]:
    """What was done, or would be done, and what is left for a person; at most 30 lines."""
    people, writes = report["people"], report["writes"]
    counts = {kind: len(writes[kind]) for kind in _DONE if writes[kind]}
    would = "would be " if check else ""
    first = [f"{_count(number, kind)} {would}{_DONE[kind][1]}." for kind, number in counts.items()]
    first = first or [f"Nothing {'would change' if check else 'changed'}: nobody of them has anything any more."]
    absent = [person["email"] for person in people if not person["is_member"]]
    scim = [person["email"] for person in people if person["is_scim_managed"]]
    last = [f"Not in the organization, and perhaps misspelt or gone before: {few(absent)}."] if absent else []
    if scim:
        last.append(
            f"Managed by the identity provider through SCIM: {few(scim)}."
            " The membership of the organization is the identity provider's: end it there."
        )
    if report["in_use"]:
        last.append(f"In use lately, and revoked all the same: {few(report['in_use'])}.")
    if report["ownerless"]:
        last.append(f"Admin keys of people who have left, perhaps of theirs: {few(report['ownerless'])}.")
    last += [report["audit_log"]] if report["audit_log"] else []
    rotate = {key["id"]: (key, person) for person in people for key in person["rotate"]}
    todo = [f"- rotate {name_of_key(key)}: {person['email']} knows its value" for key, person in rotate.values()]
    last += ["Left for you:"] if todo else []
    return [*first, *last, *cut(todo, MOST_LINES - len(first) - len(last))]


def _count(number: int, kind: str) -> str:
    name = _DONE[kind][0]
    return f"{number} {name if number == 1 else _PLURALS.get(name, f'{name}s')}"
