# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Who has access to what, and by which keys: rows for whoever signs that it is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils import _addresses
from ansible_collections.community.openai_admin.plugins.module_utils._resource import until_it_expires
from ansible_collections.community.openai_admin.plugins.module_utils._resources.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._resources.issued_keys import is_unused
from ansible_collections.community.openai_admin.plugins.module_utils._resources.user import OWNER
from ansible_collections.community.openai_admin.plugins.plugin_utils._about import head
from ansible_collections.community.openai_admin.plugins.plugin_utils._access import last_use, name_of, within
from ansible_collections.community.openai_admin.plugins.plugin_utils._outline import MOST_LINES, cut
from ansible_collections.community.openai_admin.plugins.plugin_utils._times import stamp

Item = Mapping[str, Any]
Row = dict[str, Any]

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
)
"""Of the table for spreadsheets: more may be added behind these."""
EVERY_PROJECT = "every project"
_ROOM_FOR_PATHS = 4


def review(read: Item, unused_days: int, organization: str, at: float) -> dict[str, Any]:
    """The report: every access as a row, in the order of names.

    C(read) holds what info modules returned, by its own names: C(users), C(projects), C(project_users),
    C(project_api_keys), C(service_accounts), C(admin_api_keys), C(invites).
    """
    when = datetime.fromtimestamp(at, timezone.utc)
    rows = [{**row, "remark": "; ".join(row["remark"])} for row in _rows(read, unused_days)]
    people = {row["id"]: row for row in rows if row["kind"] == "person"}
    counts = {
        "people": len(people),
        "owners": sum(row["organization_role"] == OWNER for row in people.values()),
        "projects": len(read["projects"]),
        "service_accounts": len(read["service_accounts"]),
        "keys": len(read["project_api_keys"]),
        "admin_keys": len(read["admin_api_keys"]),
        "invites": sum(row["kind"] == "invite" for row in rows),
        "remarks": sum(bool(row["remark"]) for row in rows),
    }
    made = {
        **head(f"Access review {when.year}-Q{(when.month + 2) // 3}", organization, stamp(at)),
        "unused_days": unused_days,
        "counts": counts,
        "verdict": _verdict(counts),
        "columns": list(COLUMNS),
        "rows": rows,
    }
    return {**made, "summary": _summary(made)}


def _verdict(counts: Mapping[str, int]) -> dict[str, str]:
    """The banner: what a person has to look at."""
    who = f"{_many(counts['people'], 'person', 'people')} and {_many(counts['service_accounts'], 'service account')}"
    what = f"{who} have access to {_many(counts['projects'], 'project')}"
    if counts["remarks"]:
        noted = "1 of them has a remark" if counts["remarks"] == 1 else f"{counts['remarks']} accesses have a remark"
        return {"standing": "unknown", "word": "To be reviewed", "sentence": f"{what}. {noted}."}
    return {"standing": "good", "word": "To be signed", "sentence": f"{what}. Nothing stands out."}


def _summary(made: Item) -> list[str]:
    counts = made["counts"]
    first = [
        made["verdict"]["sentence"],
        f"{_many(counts['owners'], 'owner')}, {_many(counts['keys'], 'key')} in projects,"
        f" {_many(counts['admin_keys'], 'admin key')}, {_many(counts['invites'], 'open invite')}.",
        "Left for you: review and sign the page.",
    ]
    remarks = [f"- {_what(row)}: {row['remark']}" for row in made["rows"] if row["remark"]]
    return [*first, *cut(remarks, MOST_LINES - len(first) - _ROOM_FOR_PATHS)]


def _what(row: Item) -> str:
    """What a remark is about: a key that has no owner any more, or all that somebody has in a project."""
    key = {"admin_key": f"admin key {row['key_names']} of ", "left_behind": f"key {row['key_names']} of "}
    return f"{key.get(row['kind'], '')}{row['who']}{within(row)}"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def _rows(read: Item, days: int) -> Iterator[Row]:
    people = [user for user in read["users"] if not user.get("is_service_account")]
    known = {user["id"]: user for user in people}
    keys_of_people = _by("user_id", read["project_api_keys"])
    keys_of_accounts = _by("service_account_id", read["project_api_keys"])
    places = _by("id", read["project_users"])
    for person in sorted(people, key=lambda user: (_addresses.canonical(user.get("email")) or "", user["id"])):
        yield from _of_person(person, places[person["id"]], keys_of_people[person["id"]], days)
    for account in _sorted(read["service_accounts"]):
        keys = keys_of_accounts[account["id"]]
        yield _row("service_account", account["name"], account, keys, days, place=account, role=account["role"])
    for key in sorted(read["admin_api_keys"], key=lambda key: (_owner_of(key, known), str(key["name"]), key["id"])):
        yield _of_admin_key(key, known.get(key["owner_id"]), days)
    for key in _sorted(read["project_api_keys"]):
        if key["owner_type"] == "user" and key["user_id"] not in known:
            owner = {"id": key["user_id"]}
            remark = "the owner is not in the organization: revoke the key"
            yield _row("left_behind", key["email"] or key["user_id"], owner, [key], days, place=key, remark=remark)
    for invite in sorted(
        read["invites"], key=lambda invite: (_addresses.canonical(invite["email"]) or "", invite["id"])
    ):
        if INVITE.standing(invite) != "gone":
            yield _of_invite(read, invite)


def _sorted(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (str(item["project"] or ""), str(item["name"] or ""), item["id"]))


def _by(name: str, items: Iterable[Item]) -> Mapping[Any, list[Item]]:
    found: defaultdict[Any, list[Item]] = defaultdict(list)
    for item in items:
        found[item[name]].append(item)
    return found


def _of_person(person: Item, listed: Sequence[Item], keys: Sequence[Item], days: int) -> Iterator[Row]:
    """A row for each project that the person is in or has keys in; owners of the organization own all others."""
    owns_all = person.get("role") == OWNER
    who = person.get("email") or person["id"]
    listed = [] if owns_all else listed
    places = {each["project_id"]: each for each in (*listed, *keys)}
    roles = {each["project_id"]: each["role"] for each in listed}
    if owns_all or not places:
        everywhere = {"project": EVERY_PROJECT, "project_id": None} if owns_all else None
        yield _row("person", who, person, [], days, place=everywhere, role=OWNER if owns_all else None)
    for place in sorted(places.values(), key=lambda each: (str(each["project"] or ""), each["project_id"])):
        theirs = [key for key in keys if key["project_id"] == place["project_id"]]
        role = OWNER if owns_all else roles.get(place["project_id"])
        remark = "" if role else "not in the project any more: revoke the keys"
        yield _row("person", who, person, theirs, days, place=place, role=role, remark=remark)


def _owner_of(key: Item, people: Mapping[Any, Item]) -> str:
    known = people.get(key["owner_id"]) or {}
    return str(known.get("email") or key["owner_name"] or key["owner_id"] or "nobody")


def _of_admin_key(key: Item, owner: Item | None, days: int) -> Row:
    remark = "" if owner else "the owner is not in the organization: revoke the key"
    return _row(
        "admin_key",
        _owner_of(key, {key["owner_id"]: owner or {}}),
        owner or {"id": key["owner_id"]},
        [key],
        days,
        remark=remark,
    )


def _of_invite(read: Item, invite: Item) -> Row:
    names = {project["id"]: project["name"] for project in read["projects"]}
    granted = [f"{names.get(each['id'], each['id'])} ({each['role']})" for each in invite["projects"]]
    state = "has expired" if invite["status"] == "expired" else "waits to be accepted"
    remark = f"{state}, sent {stamp(invite['created_at'])[:10]}"
    place = {"project": ", ".join(granted) or None, "project_id": None}
    person = {"id": invite["id"], "role": invite["role"]}
    return {**_row("invite", invite["email"], person, [], 0, place=place), "remark": [remark]}


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
    """An access, and what stands out of it."""
    used = [key["last_used_at"] for key in keys if key["last_used_at"] is not None]
    return {
        "kind": kind,
        "who": who,
        "name": person.get("name") if kind == "person" else None,
        "id": person["id"],
        "organization_role": None if kind == "service_account" else person.get("role"),
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
    """Keys that nobody seems to need; where a row has only one, that one is known."""

    def of(these: Sequence[Item]) -> str:
        return f": {', '.join(map(name_of, these))}" if named else ""

    expired = [key for key in keys if until_it_expires(key) != "live"]
    if expired:
        yield f"expired{of(expired)}"
    unused = [key for key in keys if key not in expired and days and is_unused(key, days)]
    if unused:
        yield f"not used for {_many(days, 'day')}{of(unused)}"
