# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generate organizations and declarations from a seed, and convert a declaration to tasks for single objects."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import KINDS

MODELS = ("gpt-5", "gpt-5-mini", "gpt-image-1")
LIMITS = [
    {"model": "gpt-5", "max_requests_per_1_minute": 500, "max_tokens_per_1_minute": 500000},
    {"model": "gpt-5-mini", "max_requests_per_1_minute": 1000, "max_tokens_per_1_minute": 1000000},
    {
        "model": "gpt-image-1",
        "max_requests_per_1_minute": 50,
        "max_tokens_per_1_minute": 100000,
        "max_images_per_1_minute": 5,
    },
]
PEOPLE = [f"person-{number}@example.com" for number in range(8)]
OWNERS = ["owner@example.com", "second-owner@example.com"]
PROJECTS = ("search", "support", "research", "batch")
ACCOUNTS = ("api", "worker", "evaluation")
ROLES = ("Usage viewer", "Response writer", "Reader of files")
PERMISSIONS = ("api.files.read", "api.responses.write", "api.usage.read", "api.webhooks.read")
GROUPS = ("platform", "search-team", "finance", "okta")
EXPORTED = [row.resource.plural for row in KINDS if row.resource.kind != "data_retention"]
"""The kinds that can be read of these organizations, none of which has control of data retention."""
PROVIDED = ("okta",)
"""Groups that an identity provider manages."""


def organization(seed: int, **behaviour: Any) -> dict[str, Any]:
    """Return an organization before a run: some of the declared projects, people and accounts, and others."""
    dice = random.Random(f"organization {seed}")
    people = [*OWNERS, *PEOPLE]
    groups = random.Random(f"groups {seed}")
    return {
        "users": [{"email": email, "role": "owner" if email in OWNERS else "reader"} for email in people],
        "default_rate_limits": LIMITS,
        "projects": [
            {"name": "Default project"},
            *(
                {
                    "name": name,
                    "users": [
                        {"email": email, "role": dice.choice(("owner", "member"))}
                        for email in dice.sample(PEOPLE, dice.randrange(4))
                    ],
                    "service_accounts": [
                        {"name": account, "role": dice.choice(("owner", "member"))}
                        for account in dice.sample(ACCOUNTS, dice.randrange(3))
                    ],
                }
                for name in dice.sample(PROJECTS, dice.randrange(len(PROJECTS) + 1))
            ),
        ],
        "roles": [
            {"name": name, "permissions": groups.sample(PERMISSIONS, 2)}
            for name in groups.sample(ROLES, groups.randrange(3))
        ],
        "groups": [
            {
                "name": name,
                "is_scim_managed": name in PROVIDED,
                "members": [{"email": email} for email in groups.sample(people, groups.randrange(4))],
            }
            for name in groups.sample(GROUPS, groups.randrange(len(GROUPS) + 1))
        ],
        "behaviour": {"owners_in_projects": dice.random() < 0.5, **behaviour},
    }


def declaration(seed: int) -> dict[str, Any]:
    """Return a declaration of some projects and their contents, some of which are absent."""
    dice = random.Random(f"declaration {seed}")
    declared = {
        "users": [
            {"email": email, "role": dice.choice(("owner", "reader"))}
            for email in dice.sample([*PEOPLE, OWNERS[1]], dice.randrange(5))
        ],
        "projects": [_project(dice, name) for name in dice.sample(PROJECTS, 1 + dice.randrange(len(PROJECTS)))],
    }
    groups = _groups(random.Random(f"declared groups {seed}"), declared["projects"])
    roles = _roles(random.Random(f"declared roles {seed}"), declared["projects"])
    return {**declared, "roles": roles, "groups": groups} if seed % 4 else declared


def _roles(dice: random.Random, projects: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return custom roles, and add some of them to some projects."""
    for project in projects:
        if dice.random() < 0.5:
            project["roles"] = _some_roles(dice)
    return _some_roles(dice)


def _some_roles(dice: random.Random) -> list[dict[str, Any]]:
    states = ("present", "present", "absent")
    return [
        {"name": name, "permissions": dice.sample(PERMISSIONS, 2), "state": dice.choice(states)}
        for name in dice.sample(ROLES, dice.randrange(len(ROLES) + 1))
    ]


def _groups(dice: random.Random, projects: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return groups of people and of service accounts, which the same declaration contains."""
    accounts = [
        {"service_account": each["name"], "project": project["name"]}
        for project in projects
        for each in project.get("service_accounts", ())
        if each["state"] == "present"
    ]
    candidates = [*({"email": email} for email in [*OWNERS, *PEOPLE]), *accounts]
    own = [name for name in GROUPS if name not in PROVIDED]
    groups = []
    for name in dice.sample(own, dice.randrange(len(own) + 1)):
        some = dice.sample(candidates, dice.randrange(5))
        members = [{**each, "state": dice.choice(("present", "present", "absent"))} for each in some]
        state = dice.choice(("present", "present", "present", "absent"))
        groups.append({"name": name, "state": state, **({"members": members} if dice.random() < 0.8 else {})})
    return groups


def _project(dice: random.Random, name: str) -> dict[str, Any]:
    state = ["present", "present", "absent"]
    project: dict[str, Any] = {
        "name": name,
        "users": [
            {"email": email, "role": dice.choice(("owner", "member")), "state": dice.choice(state)}
            for email in dice.sample([*OWNERS, *PEOPLE], dice.randrange(6))
        ],
        "service_accounts": [
            {"name": account, "role": dice.choice(("owner", "member")), "state": dice.choice(state)}
            for account in dice.sample(ACCOUNTS, dice.randrange(4))
        ],
        "rate_limits": [
            {"model": model, "max_requests_per_1_minute": dice.choice((10, 500, 1000))}
            for model in dice.sample(MODELS, dice.randrange(4))
        ],
    }
    return {key: value for key, value in project.items() if value and (key == "name" or dice.random() < 0.8)}


OF_PEOPLE, OF_GROUPS = ROLES[:1], ROLES[1:]
"""Roles of people and of groups, which differ: a role that somebody already has through a group is not added."""


def assigned_organization(seed: int, **behaviour: Any) -> dict[str, Any]:
    """Return an organization in which people and groups have roles, directly and through groups."""
    made = organization(seed, **behaviour)
    dice = random.Random(f"assigned {seed}")
    groups = [each["name"] for each in made["groups"]]
    made["roles"] = [{"name": name, "permissions": dice.sample(PERMISSIONS, 2)} for name in ROLES]
    made["role_assignments"] = _assigned(dice, groups, PEOPLE, ("reader",))
    for project in made["projects"][1:]:
        project["roles"] = [{"name": name, "permissions": dice.sample(PERMISSIONS, 2)} for name in ROLES]
        inside = dice.sample(groups, dice.randrange(len(groups) + 1))
        project["groups"] = [{"group": name} for name in inside]
        people = [each["email"] for each in project["users"]]
        project["role_assignments"] = _assigned(dice, inside, people, ("viewer", "member"))
    return made


def _assigned(
    dice: random.Random, groups: Sequence[str], people: Sequence[str], predefined: Sequence[str]
) -> list[dict[str, Any]]:
    """Return assignments of roles to some groups and people."""
    found: list[dict[str, Any]] = []
    for name in groups:
        found += [{"role": role, "group": name} for role in dice.sample([*OF_GROUPS, *predefined], dice.randrange(3))]
    for email in people:
        found += [{"role": role, "user": email} for role in dice.sample(OF_PEOPLE, dice.randrange(2))]
    return found


def assigning_declaration(seed: int) -> dict[str, Any]:
    """Return a declaration that says who has which role, and which groups have access to projects."""
    declared = declaration(seed)
    dice = random.Random(f"assigning {seed}")
    roles = [{"name": name, "permissions": dice.sample(PERMISSIONS, 2)} for name in ROLES]
    declared["roles"] = roles
    declared.setdefault("groups", [{"name": "platform", "state": "present"}])
    there = [each for each in declared["groups"] if each["state"] == "present"]
    for group in there:
        _give(dice, group, [*OF_GROUPS, "reader"])
    for user in declared["users"]:
        _give(dice, user, OF_PEOPLE)
    for project in declared["projects"]:
        project["roles"] = roles
        for user in project.get("users", ()):
            if user["state"] == "present" and user["email"] not in OWNERS:
                _give(dice, user, OF_PEOPLE)
        project["groups"] = []
        for each in dice.sample(there, dice.randrange(len(there) + 1)):
            entry: dict[str, Any] = {"group": each["name"], "state": dice.choice(("present", "present", "absent"))}
            entry["role"] = dice.choice(("viewer", "member", OF_GROUPS[0]))
            _give(dice, entry, OF_GROUPS[1:])
            project["groups"].append(entry)
        if dice.random() < 0.3:
            project["purge"] = ["groups"]
    return declared


def _give(dice: random.Random, entry: dict[str, Any], roles: Sequence[str]) -> None:
    """Add roles to the entry of a group or a person, some by name alone and some absent."""
    if dice.random() < 0.3:
        return
    states = ("present", "present", "absent")
    some = [{"role": name, "state": dice.choice(states)} for name in dice.sample(roles, dice.randrange(len(roles) + 1))]
    entry["roles"] = [each["role"] if each["state"] == "present" else each for each in some]
    if dice.random() < 0.4:
        entry["purge"] = ["roles"]


def single_tasks(declared: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the modules and arguments that do the same object by object, in the order in which people write them."""
    gains = sorted(declared.get("users", ()), key=lambda user: user["role"] != "owner")
    yield from (("user", user) for user in gains)
    for project in declared["projects"]:
        yield "project", {"name": project["name"]}
    for state in "present", "absent":
        for project in declared["projects"]:
            for module, plural in ("project_user", "users"), ("service_account", "service_accounts"):
                for entry in project.get(plural, ()):
                    if entry["state"] == state:
                        yield module, {"project": project["name"], **entry}
    for project in declared["projects"]:
        for module, plural in ("rate_limit", "rate_limits"), ("role", "roles"):
            for entry in project.get(plural, ()):
                yield module, {"project": project["name"], **entry}
    yield from _tasks_beside_projects(declared)


def _tasks_beside_projects(declared: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tasks for the organization's roles and groups."""
    yield from (("role", role) for role in declared.get("roles", ()))
    for group in declared.get("groups", ()):
        yield from _group_tasks(group)


def _group_tasks(group: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tasks for one group and each of its members."""
    yield "group", {"name": group["name"], "state": group["state"]}
    for entry in group.get("members", ()) if group["state"] == "present" else ():
        named = {name: value for name, value in entry.items() if name != "state"}
        yield "group_user", {"group": group["name"], "members": [named], "state": entry["state"]}


def without_ids(state: Any) -> Any:
    """Return a simulator's state without IDs, times and order, which depend on the way to the state."""
    if isinstance(state, Mapping):
        left_out = {
            "id",
            "ids",
            "default",
            "created_at",
            "added_at",
            "audit_events",
            "usage",
            "behaviour",
            "last_used_at",
        }
        named = _with_names(state) if {"groups", "projects"} <= state.keys() else state
        return {name: without_ids(value) for name, value in named.items() if name not in left_out}
    if isinstance(state, list):
        return sorted((without_ids(item) for item in state), key=repr)
    return state


def _with_names(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a state in which groups contain service accounts by name instead of ID."""
    names = {
        each["id"]: each["name"] for project in state["projects"] for each in (project, *project["service_accounts"])
    }
    groups = [
        {
            **group,
            "members": [
                {name: names.get(value, value) if isinstance(value, str) else value for name, value in member.items()}
                for member in group["members"]
            ],
        }
        for group in state["groups"]
    ]
    return {**state, "groups": groups}


def large_organization(
    projects: int, users: int = 10, accounts: int = 5, models: int = 20, people: int = 40
) -> dict[str, Any]:
    """Return an organization of many projects of the same size, whose owner is a member of none of them."""
    everybody = [f"person-{number}@example.com" for number in range(people)]
    return {
        "users": [{"email": OWNERS[0], "role": "owner"}, *({"email": email} for email in everybody)],
        "default_rate_limits": [
            {"model": f"model-{number}", "max_requests_per_1_minute": 100, "max_tokens_per_1_minute": 1000}
            for number in range(models)
        ],
        "projects": [
            {
                "name": f"project-{number:04}",
                "users": [
                    {"email": everybody[(number * users + each) % people], "role": ("owner", "member")[each % 2]}
                    for each in range(users)
                ],
                "service_accounts": [{"name": f"account-{each}"} for each in range(accounts)],
            }
            for number in range(projects)
        ],
        "behaviour": {"owners_in_projects": False},
    }


def costly_organization(projects: int, now: int, **more: Any) -> dict[str, Any]:
    """Return an organization in which each project has about 15 line items of costs a day, half of them for one key."""
    made = large_organization(projects, **more)
    consumers = []
    for number, project in enumerate(made["projects"]):
        own = {"id": f"proj_{number:024}", "created_at": "2025-01-01"}
        key = {
            "name": "production",
            "id": f"key_{number:020}",
            "service_account": project["service_accounts"][0]["name"],
        }
        project.update(own, api_keys=[key])
        consumers += [{"project": own["id"], "api_key_id": key["id"]}, {"project": own["id"]}]
    return {**made, "usage": {"consumers": consumers}, "behaviour": {"clock": now}}
