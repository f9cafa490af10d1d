# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Who has access to what, and by which keys: one row for each access, for the person who confirms it.

Each access has exactly one row: a person or a service account in a place, a key with its owner or, where the owner
has no row, alone. What is counted are rows, and the keys on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.access import READ
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import is_unused
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PEOPLE, PROJECTS
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Access, Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import until_it_expires
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses as _addresses
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access import (
    last_use,
    listed,
    name_of,
    not_read,
    placed,
    unreadable,
    why_closed,
    within,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.access_matrix import matrix
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import NOT_KNOWN, head
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.outline import MOST_LINES, cut
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import stamp

Item = Mapping[str, Any]
Row = dict[str, Any]


def _columns_of(row: Kind) -> tuple[str, ...]:
    """Return the columns for the container of an object."""
    owner = row.resource.parent
    return (owner.name_option, owner.id_option) if owner else ()


_ENTRIES = [(row, access) for row, access in [*READ.items()][::-1] if access.who]
"""Kinds whose objects have their own rows."""
_PENDING = {row.resource.kind for row in READ if row.is_pending}
COLUMNS = (
    "kind",
    "who",
    "name",
    "id",
    "organization_role",
    "managed_by",
    "project",
    "project_id",
    "project_role",
    "keys",
    "key_names",
    "last_used_at",
    "remark",
    "organization",
    *(name for row, dummy in _ENTRIES for name in _columns_of(row) if row.within is not PROJECTS),
    "role",
    "role_id",
    "through",
    "tokens",
    "scopes",
    "decision",
    "read_at",
    "read_with",
)
"""The columns of the table; new ones are only appended."""
EVERY_PROJECT = "every project"
_KEYS = {"Through": "through", "Tokens": "tokens", "Scopes": "scopes"}
"""The keys of rows by the headings of the page's columns."""
_OUTSIDE = "not in the organization"
_ROOM_FOR_PATHS = 4
_STRANGER = "not among the people and service accounts of the organization: end the membership"
_NO_ACCOUNT = "the service account is in no active project: remove the rule if nobody needs it"
_NO_OWNER = "the API does not show its owner: find out, or revoke it"


def review(
    read: Item, unused_days: int, organization: str, at: float, name: str | None = None, with_matrix: bool = False
) -> dict[str, Any]:
    """Return the report: every access as a row, in the order of names.

    C(read) contains the results of info modules by their names: C(users), C(projects), and those that the table C(READ)
    names. If the admin key may not read something, C(read) can contain the result of the failed task instead.
    C(name): the name of the organization in the answers, null if unknown. C(organization): what the user calls it.
    C(with_matrix): whether to add who can do what, and why.
    """
    when = datetime.fromtimestamp(at, timezone.utc)
    own_key = _own_key(read)
    own = {"organization": name or NOT_KNOWN, "decision": "", "read_at": stamp(at), "read_with": own_key}
    nowhere = dict.fromkeys((*COLUMNS, "place"))
    known = _Read(read)
    rows = [{**nowhere, **row, "remark": "; ".join(row["remark"]), **own} for row in _rows(known, unused_days)]
    owners = _owners(known)
    counts, unread = _counts(rows, read, owners), unreadable(read)
    made = {
        **head(f"Access review {when.year}-Q{(when.month + 2) // 3}", organization, name, stamp(at)),
        "admin_key": own_key,
        "unused_days": unused_days,
        "owner_ids": owners,
        "counts": counts,
        "unlisted_members": sum(row["kind"] == "member" for row in rows),
        "columns": list(COLUMNS),
        "rows": rows,
        "sections": [
            _section(row, access, counts[row.resource.plural], unread)
            for row, access in _ENTRIES
            if not access.asked_by or row.resource.plural in read
        ],
        "unreadable": unread,
        "not_read": not_read(read),
        **({"matrix": matrix(read, owners, name or NOT_KNOWN, stamp(at))} if with_matrix else {}),
    }
    made["verdict"] = _verdict(made)
    return {**made, "summary": [visible(line) for line in _summary(made)]}


def _own_key(read: Item) -> str | None:
    """Return the redacted form of the admin key that the job used, if the API shows which one it is."""
    own = [key for row, access in READ.items() if access.is_key for key in listed(read, row.resource.plural)]
    shown = [f"{key['redacted_value']} ({key['id']})" for key in own if key.get("is_own")]
    return shown[0] if len(shown) == 1 else None


def _section(row: Kind, access: Access, number: int | None, unread: Sequence[Item]) -> dict[str, Any]:
    """Return a section of the page about entries of sets: a number, headings, and the keys of their rows."""
    owner = row.resource.parent
    title = owner.resource.title.capitalize() if owner else ""
    said = [each["why"] for each in unread if each["what"] == row.title]
    return {
        "kind": row.resource.kind,
        "title": row.title,
        "figure": [access.called[1].capitalize(), number, "none"],
        "columns": [
            *(access.who, *(["Role"] if access.holders else []), *(["Project"] if access.of_account else []), title),
            *(["Managed by"] if row.members else []),
            *(["Through"] if access.holders else []),
            *(["Tokens", "Scopes"] if access.lets_in else []),
            "Remark",
        ],
        "keys": {title: "where", "Managed by": "managed_by", "Role": "role", **_KEYS},
        "nothing": f"Could not be read: {said[0]}" if said else "None.",
    }


def _owners(read: _Read) -> list[str]:
    """Return the IDs of people and service accounts that own the organization, directly or through a group."""
    directly = {own_id for own_id, user in read.users.items() if PEOPLE.owns_all(user)}
    return sorted(directly | {own_id for own_id in read.owners_by_group if read.known(own_id)})


def _counts(rows: Sequence[Row], read: Item, owners: Sequence[str]) -> dict[str, int | None]:
    """Return counts of rows; an account or a person may have several rows. Null: could not be read."""
    lost = {each["what"] for each in not_read(read)}
    who = {kind: {row["id"] for row in rows if row["kind"] == kind} for kind in ("person", "service_account")}
    return {
        "people": len(who["person"]),
        "owners": len(owners),
        "projects": len({project["id"] for project in read["projects"]}),
        "service_accounts": len(who["service_account"]),
        "keys": sum(row["keys"] for row in rows if row["kind"] != "admin_key"),
        "admin_keys": sum(row["kind"] == "admin_key" for row in rows),
        "invites": sum(row["kind"] in _PENDING for row in rows),
        **{
            kind.resource.plural: None if kind.title in lost else sum(row["kind"] == kind.resource.kind for row in rows)
            for kind, dummy in _ENTRIES
        },
        "remarks": sum(bool(row["remark"]) for row in rows),
    }


def _verdict(made: Item) -> dict[str, str]:
    """Return the banner with the most important points."""
    counts, unlisted = made["counts"], made["unlisted_members"]
    who = [counted(counts["people"], "person", "people"), counted(counts["service_accounts"], "service account")]
    if unlisted:
        who.append(counted(unlisted, f"member who is {_OUTSIDE}", f"members who are {_OUTSIDE}"))
    named = f"{', '.join(who[:-1])} and {who[-1]}"
    what = f"{named} have access to {counted(counts['projects'], 'project')}"
    lost = [each["what"] for each in made["unreadable"]]
    could_not = f" Could not be read: {', '.join(lost).lower()}." if lost else ""
    if counts["remarks"]:
        noted = "1 of them has a remark" if counts["remarks"] == 1 else f"{counts['remarks']} accesses have a remark"
        return {"standing": "unknown", "word": "To be reviewed", "sentence": f"{what}. {noted}.{could_not}"}
    if lost:
        return {"standing": "unknown", "word": "To be reviewed", "sentence": f"{what}.{could_not}"}
    return {"standing": "good", "word": "To be signed", "sentence": f"{what}. Nothing stands out."}


def _summary(made: Item) -> list[str]:
    counts = made["counts"]
    first = [
        made["verdict"]["sentence"],
        f"{counted(counts['owners'], 'owner')}, {counted(counts['keys'], 'key')} in projects,"
        f" {counted(counts['admin_keys'], 'admin key')}, {counted(counts['invites'], 'open invite')}"
        f"{''.join(_entries_counted(counts))}."
        f" Not read: {', '.join(each['what'].lower() for each in made['not_read'])}.",
        *(f"{each['what']} could not be read: {each['why']}" for each in made["unreadable"]),
        made["whose"],
        "Left for you: review and sign the page.",
    ]
    remarks = [f"- {_what(row)}: {row['remark']}" for row in made["rows"] if row["remark"]]
    return [*first, *cut(remarks, MOST_LINES - len(first) - _ROOM_FOR_PATHS)]


def _entries_counted(counts: Item) -> Iterator[str]:
    for row, access in _ENTRIES:
        number = counts[row.resource.plural]
        if number is not None:
            yield f", {counted(number, *access.called)}"


def _what(row: Item) -> str:
    """Return the subject of a remark: a key whose owner has no row, or a person's access to a project."""
    key = {"admin_key": f"admin key {row['key_names']} of ", "left_behind": f"key {row['key_names']} of "}
    where = f" in {row['place']}" if row["place"] else within(row)
    return f"{key.get(row['kind'], '')}{row['who']}{where}"


class _Read:
    """The data without duplicates, with the owner of each key."""

    def __init__(self, read: Item) -> None:
        self.all = read
        self.group_names = {each["id"]: each["name"] for each in listed(read, "groups")}
        self.names = {project["id"]: project["name"] for project in read["projects"]}
        self.accounts = {_place(each): each for each in read["service_accounts"]}
        self.admin_keys = {each["id"]: each for each in read["admin_api_keys"]}
        self.invites = {
            each["id"]: each
            for row in READ
            if row.is_pending
            for each in listed(read, row.resource.plural)
            if row.resource.standing(each) != "gone"
        }
        """Open invites: people who have accepted are members."""
        self.users = {each["id"]: each for each in read["users"]}
        self.owners_by_group = self._owners_by_group()
        """The names of the groups that make somebody an owner of the organization, by ID, if roles were read."""
        everybody = {_place(each): each for each in read["project_users"]}
        self.members = {place: each for place, each in everybody.items() if place not in self.accounts}
        self.places: defaultdict[str, list[Item]] = defaultdict(list)
        """The memberships of each person, by ID."""
        for (dummy, own_id), member in self.members.items():
            self.places[own_id].append(member)
        self._accounts_by_id = {each["id"]: each for each in self.accounts.values()}
        addresses = {own_id: _addresses.canonical(user.get("email")) for own_id, user in self.users.items()}
        self._by_address = {address: own_id for own_id, address in addresses.items() if address}
        self._keys: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
        for key in {_place(each): each for each in read["project_api_keys"]}.values():
            self._keys[self._owner(key)].append(key)

    def _owners_by_group(self) -> Mapping[str, Sequence[str]]:
        held = [
            (access, each)
            for kind, access in _ENTRIES
            if access.holders
            for each in listed(self.all, kind.resource.plural)
            if kind.owns_all(each)
        ]
        owning = {each["group_id"] for dummy, each in held if each.get("group_id")}
        inside = [(each["id"], each["group_id"]) for each in listed(self.all, "group_members")]
        pairs = [(own_id, group) for own_id, group in inside if group in owning]
        pairs += [(_holder(access, each)[1], group) for access, each in held for group in each["through_ids"]]
        found: defaultdict[str, list[str]] = defaultdict(list)
        for own_id, group in sorted({(str(own_id), str(group)) for own_id, group in pairs}):
            found[own_id].append(self.group_names.get(group) or group)
        return dict(found)

    def keys_of(self, *owner: str) -> list[Item]:
        """Return the keys of a service account, a member of a project, or a person: by project and ID, or by ID."""
        return self._keys[owner]

    @property
    def keys_alone(self) -> list[Item]:
        """Return the keys whose owners have no row."""
        return self._keys[()]

    def known_owner(self, admin_key: Item) -> Item | None:
        """Return the owner of an admin key, if the owner is listed."""
        return self.known(admin_key["owner_id"])

    def known(self, own_id: str) -> Item | None:
        """Return the person or service account with an ID, if it is listed."""
        return self.users.get(own_id) or self._accounts_by_id.get(own_id)

    def _owner(self, key: Item) -> tuple[str, ...]:
        """Return the row of a key's owner; empty if the owner has no row."""
        own_id = key["service_account_id"] or key["user_id"] or self._by_address.get(_addresses.canonical(key["email"]))
        place = (key["project_id"], str(own_id))
        if place in self.accounts or (place in self.members and own_id not in self.users):
            return place
        return place[1:] if own_id in self.users else ()


def _place(item: Item) -> tuple[str, str]:
    """Return what identifies an object in a project."""
    return (item["project_id"], item["id"])


def _rows(read: _Read, days: int) -> Iterator[Row]:
    people = [user for user in read.users.values() if not user.get("is_service_account")]
    for person in sorted(people, key=lambda user: (_addresses.canonical(user.get("email")) or "", user["id"])):
        yield from _noted(person, _of_user("person", person, read, days), read)
    for account in _sorted(read.accounts.values()):
        keys = read.keys_of(*_place(account))
        row = _row("service_account", account["name"] or account["id"], account, keys, days, account, account["role"])
        yield from _noted(account, [row], read)
    for machine in _machines(read):
        yield from _noted(machine, _of_user("service_account", machine, read, days), read)
    for member in _sorted(read.members.values()):
        if member["id"] not in read.users:
            yield _of_member(member, read, days)
    admin_keys = read.admin_keys.values()
    for key in sorted(admin_keys, key=lambda key: (_owner_of(key, read), str(key["name"] or ""), key["id"])):
        yield _of_admin_key(key, read, days)
    for kind, access in _ENTRIES:
        yield from _entries(kind, access, read)
    for key in _sorted(read.keys_alone):
        yield _of_key_alone(key, days)
    for invite in _open_invites(read):
        yield _of_invite(invite, read)


def _noted(who: Item, rows: Iterable[Row], read: _Read) -> Iterator[Row]:
    """Yield the rows of somebody; the first one says if they own the organization only through groups."""
    user = read.users.get(who["id"]) or {}
    groups = [] if PEOPLE.owns_all(user) else read.owners_by_group.get(who["id"], [])
    said = [f"owner of the organization through {' and '.join(f'group {each}' for each in groups)}"] if groups else []
    for row in rows:
        yield {**row, "remark": [*said, *row["remark"]]}
        said = []


def _machines(read: _Read) -> list[Item]:
    """Return service accounts among the users, except those whose rows in a project show everything."""
    in_projects = {own_id for dummy, own_id in read.accounts}
    found = [
        user
        for user in read.users.values()
        if user.get("is_service_account")
        and (
            user["id"] not in in_projects
            or PEOPLE.owns_all(user)
            or read.keys_of(user["id"])
            or read.places[user["id"]]
        )
    ]
    return sorted(found, key=lambda user: (str(user.get("name") or ""), user["id"]))


def _open_invites(read: _Read) -> list[Item]:
    return sorted(read.invites.values(), key=lambda invite: (_addresses.canonical(invite["email"]) or "", invite["id"]))


def _sorted(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (str(item["project"] or ""), str(item.get("name") or ""), item["id"]))


def _of_user(kind: str, user: Item, read: _Read, days: int) -> Iterator[Row]:
    """Yield a row for each project in which a user is a member or has keys; owners have one row for all others."""
    owns_all = PEOPLE.owns_all(user)
    who = user.get("email") or (user.get("name") if kind != "person" else None) or user["id"]
    keys = read.keys_of(user["id"])
    listed = [] if owns_all else read.places[user["id"]]
    places = {each["project_id"]: each for each in (*listed, *keys)}
    roles = {each["project_id"]: each["role"] for each in listed}
    if owns_all or not places:
        everywhere = {"project": EVERY_PROJECT, "project_id": None} if owns_all else None
        yield _row(kind, who, user, [], days, place=everywhere, role=user["role"] if owns_all else None)
    for own_id, place in sorted(places.items(), key=lambda each: (str(each[1]["project"] or ""), each[0])):
        theirs = [key for key in keys if key["project_id"] == own_id]
        is_in = owns_all or own_id in roles
        remark = "" if is_in else "no longer in the project: revoke the keys"
        yield _row(kind, who, user, theirs, days, place, user["role"] if owns_all else roles.get(own_id), remark)


def _of_member(member: Item, read: _Read, days: int) -> Row:
    who = member.get("email") or member.get("name") or member["id"]
    remark = "not among the people of the organization: end the membership"
    return _row("member", who, member, read.keys_of(*_place(member)), days, member, member["role"], remark)


def _owner_of(key: Item, read: _Read) -> str:
    known = read.known_owner(key) or {}
    names = (known.get("email"), known.get("name"), key["owner_name"], key["owner_id"])
    return str(next((name for name in names if name), "nobody"))


def _of_admin_key(key: Item, read: _Read, days: int) -> Row:
    owner = read.known_owner(key)
    remark = "" if owner else "the owner is not in the organization: revoke the key" if key["owner_id"] else _NO_OWNER
    return _row("admin_key", _owner_of(key, read), owner or {"id": key["owner_id"]}, [key], days, remark=remark)


def _of_key_alone(key: Item, days: int) -> Row:
    """Return the row of a key in a project whose owner is listed neither there nor in the organization."""
    person, account = key["email"] or key["user_id"], key["service_account"] or key["service_account_id"]
    if person:
        remark = "the owner is not in the organization: revoke the key"
    elif account:
        remark = "the service account is not listed in the project: revoke the key"
    else:
        remark = _NO_OWNER
    owner = {"id": key["user_id"] or key["service_account_id"]}
    return _row("left_behind", person or account or "nobody", owner, [key], days, place=key, remark=remark)


def _entries(kind: Kind, access: Access, read: _Read) -> Iterator[Row]:
    """Yield a row for each object that has its own, sorted by the names of containers and holders."""
    columns, owner = _columns_of(kind), kind.resource.parent
    containers = {each["id"]: each for each in listed(read.all, owner.resource.plural)} if owner else {}
    rows = {}
    for item in listed(read.all, kind.resource.plural):
        name, own_id = _holder(access, item)
        known = read.known(own_id)
        told = known or {"name": name, "email": item.get("email")}
        remarks = [_STRANGER] if not known and access.by and not access.holders else []
        inside: Item = {}
        if access.lets_in:
            inside = access.lets_in(item, containers.get(item[columns[1]], {}))
            remarks = [*([] if known else [_NO_ACCOUNT]), *inside["remark"]]
        who = next((each for each in (told.get("email"), told.get("name")) if each), own_id)
        entry = {"id": own_id, "is_scim_managed": bool(why_closed(read.all, kind, item))}
        row = {
            **_row(
                kind.resource.kind,
                who,
                entry,
                [],
                0,
                place=_account_place(item, read) if access.of_account else None,
            ),
            "remark": remarks,
            "tokens": inside.get("tokens"),
            "scopes": inside.get("scopes"),
            "name": told.get("name") if told.get("email") else None,
            **{column: item.get(column) for column in columns},
            **(_role(item, read) if access.holders else {}),
            "place": placed(kind, item) or None,
            "where": next((item[column] for column in columns if item.get(column)), None),
        }
        what = tuple(row[name] for name in ("id", "role_id", "through", *columns[1:]) if name in row)
        rows[(*what, item["id"]) if access.of_account else what] = row
    yield from sorted(rows.values(), key=_in_order)


def _in_order(row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in ("place", "who", "role", "id", "through"))


def _holder(access: Access, item: Item) -> tuple[str | None, str]:
    """Return the name and the ID of who has access by an object."""
    if access.of_account:
        return None, item[access.of_account]
    pairs = [(item.get(name), item[own_id]) for name, own_id in access.holders if item.get(own_id)]
    return pairs[0] if pairs else (item.get("name"), item["id"])


def _account_place(item: Item, read: _Read) -> Item:
    """Return the project of a service account that others can act as."""
    own_id = item["project_id"]
    return {"project": read.names.get(own_id), "project_id": own_id}


def _role(item: Item, read: _Read) -> Row:
    """Return the columns for an assigned role, with the names of the groups it comes through, if they are known."""
    through = [f"{item['through']} {read.group_names.get(each) or each}" for each in item["through_ids"]]
    return {"role": item["name"] or item["id"], "role_id": item["id"], "through": "; ".join(through) or None}


def _of_invite(invite: Item, read: _Read) -> Row:
    granted = [
        f"{read.names.get(each.get('id'), each.get('id'))} ({each.get('role')})" for each in invite["projects"] or ()
    ]
    status = invite["status"]
    states = {"expired": "has expired", "pending": "waits to be accepted"}
    remark = [states.get(status, f"may be accepted, since its status is {status or 'not told'}")]
    remark += [f"sent {stamp(invite['created_at'])[:10]}"] if invite["created_at"] is not None else []
    place = {"project": ", ".join(granted) or None, "project_id": None}
    person = {"id": invite["id"], "role": invite["role"]}
    row = _row("invite", invite["email"] or invite["id"], person, [], 0, place=place)
    return {**row, "remark": [", ".join(remark)]}


def _row(
    kind: str,
    who: str,
    person: Item,
    keys: Sequence[Item],
    days: int,
    place: Item | None = None,
    role: str | None = None,
    remark: str = "",
) -> Row:
    """Return a row with its remarks."""
    used = [key["last_used_at"] for key in keys if key["last_used_at"] is not None]
    return {
        "kind": kind,
        "who": who,
        "name": person.get("name") if kind in ("person", "member") else None,
        "id": person["id"],
        "organization_role": None if "project_id" in person else person.get("role"),
        "managed_by": "identity provider" if person.get("is_scim_managed") else None,
        "project": (place["project"] or place["project_id"]) if place else None,
        "project_id": place["project_id"] if place else None,
        "project_role": role,
        "keys": len(keys),
        "key_names": "; ".join(name_of(key) for key in keys),
        "last_used_at": stamp(max(used)) if used else None,
        "remark": [remark] if remark else list(_remarks(keys, days, named=kind != "admin_key")),
        "key_list": [{"name": name_of(key), "used": last_use(key, by_day=True)} for key in keys],
    }


def _remarks(keys: Sequence[Item], days: int, named: bool) -> Iterator[str]:
    """Yield remarks about unused keys, which name the keys if the row has several."""

    def of(these: Sequence[Item]) -> str:
        return f": {', '.join(map(name_of, these))}" if named else ""

    expired = [key for key in keys if until_it_expires(key) != "live"]
    if expired:
        yield f"expired{of(expired)}"
    working = [key for key in keys if key not in expired and days]
    unused = [key for key in working if is_unused(key, days)]
    if unused:
        yield f"not used for {counted(days, 'day')}{of(unused)}"
    undated = [key for key in working if key["last_used_at"] is None and key["created_at"] is None]
    if undated:
        yield f"never used, and not known since when it is there{of(undated)}"
