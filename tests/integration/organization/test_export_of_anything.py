# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever somebody changed in the dashboard: what is exported then, and applied, changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import openai
import pytest
from integration import sdk
from integration.direct import perform
from integration.organizations import EXPORTED, PROJECTS, organization
from simulator import Authority, Simulator

CHANGES = 25
"""How many changes somebody makes before an organization is exported."""


@cache
def certificates() -> list[str]:
    return [Authority(name).certificate() for name in ("one", "two", "three")]


def somebody_changes_things(simulator: Simulator, dice: random.Random) -> Counter[str]:
    """Changes by the official SDK, of every kind that an export shows, and how many of each were made.

    What the API refuses is left as it is.
    """
    api = sdk.admin(simulator)
    names = [*PROJECTS, "twin", "{{ evil }}"]
    made: Counter[str] = Counter()

    def some(objects: Iterable[Any]) -> Any:
        return dice.choice(list(objects))

    for dummy in range(CHANGES):
        project = some(api.projects.list()).id
        person = some(each for each in api.users.list() if not each.email.startswith("owner"))
        kinds: dict[str, Callable[[], Any]] = {
            "create project": lambda: api.projects.create(name=dice.choice(names)),
            "archive project": lambda project=project: api.projects.archive(project),
            "rename project": lambda project=project: api.projects.update(project, name=dice.choice(names)),
            "add user": lambda project=project, person=person: api.projects.users.create(
                project, user_id=person.id, role=dice.choice(("member", "owner"))
            ),
            "remove user": lambda project=project: api.projects.users.delete(
                some(api.projects.users.list(project)).id, project_id=project
            ),
            "change role": lambda person=person: api.users.update(person.id, role=dice.choice(("owner", "reader"))),
            "create account": lambda project=project: api.projects.service_accounts.create(
                project, name=dice.choice(names)
            ),
            "change limit": lambda project=project: api.projects.rate_limits.update_rate_limit(
                some(api.projects.rate_limits.list_rate_limits(project)).id,
                project_id=project,
                max_requests_per_1_minute=dice.randrange(1, 999),
            ),
            "invite": lambda project=project: api.invites.create(
                email=f"new-{dice.randrange(9)}@example.com",
                role="reader",
                projects=[{"id": project, "role": "member"}],
            ),
            "withdraw invite": lambda: api.invites.delete(some(api.invites.list()).id),
            "upload": lambda: api.certificates.create(certificate=dice.choice(certificates()), name=dice.choice(names)),
            "create group": lambda: api.groups.create(name=dice.choice(names)),
            "delete group": lambda: api.groups.delete(some(api.groups.list()).id),
            "add person to group": lambda person=person: api.groups.users.create(
                some(api.groups.list()).id, user_id=person.id
            ),
            "add account to group": lambda project=project: api.groups.users.create(
                some(api.groups.list()).id, user_id=some(api.projects.service_accounts.list(project)).id
            ),
            "remove from group": lambda: remove_from_group(api, some(api.groups.list()).id, some),
            "activate": lambda: api.certificates.activate(certificate_ids=[some(api.certificates.list()).id]),
            "activate in project": lambda project=project: api.projects.certificates.activate(
                project, certificate_ids=[some(api.certificates.list()).id]
            ),
        }
        kind = dice.choice(list(kinds))
        try:
            kinds[kind]()
        except (openai.APIStatusError, IndexError):  # refused, or there is nothing to choose from
            continue
        made[kind] += 1
    return made


def remove_from_group(api: Any, group: str, some: Callable[[Iterable[Any]], Any]) -> None:
    api.groups.users.delete(some(api.groups.users.list(group)).id, group_id=group)


@pytest.mark.series(3)
@pytest.mark.parametrize("seed", range(24))
def test_whatever_was_changed_what_was_exported_is_unchanged(seed: int, simulator: Simulator) -> None:
    simulator.reset(organization(seed, upload_twice=200 if seed % 2 else 400))
    made = somebody_changes_things(simulator, random.Random(f"changes {seed}"))
    assert len(made) > 3, made
    exported = perform(simulator, "organization_info", include=EXPORTED).returns["organization"]
    outcome = perform(simulator, "organization", **exported)
    assert outcome.returns["changes"] == []
    assert outcome.returns["requests"]["writes"] == 0
    assert [each for each in outcome.returns["unmanaged"] if each["kind"] != "user"] == []
