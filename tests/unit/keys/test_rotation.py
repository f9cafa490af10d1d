# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Series of keys: whatever there is, nothing that is used or protected goes, and run after run comes to an end."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Plan
from ansible_collections.community.openai_admin.plugins.module_utils._keys.rotation import plan_series
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key_series import (
    ADMIN_API_KEY_SERIES,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_api_key_series import (
    PROJECT_API_KEY_SERIES,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Current, Desired, Resource
from hypothesis import given
from hypothesis import strategies as st

DAY = 86400
NOW = time.time()
Key = dict[str, Any]
SERIES = (PROJECT_API_KEY_SERIES, ADMIN_API_KEY_SERIES)
IDS = {"project_id": "proj_1", "service_account_id": "svc_1"}
ANOTHER = {"id": "key_another", "name": "another", "created_at": NOW}


@st.composite
def keys(draw: st.DrawFn) -> list[Key]:
    """Keys of one name that have not expired, the oldest first."""
    ages = sorted(draw(st.lists(st.integers(0, 400), max_size=5)), reverse=True)
    return [
        {
            "id": f"key_{number}",
            "name": "deploy",
            "created_at": NOW - age * DAY,
            "last_used_at": draw(st.none() | st.integers(0, age).map(lambda days: NOW - days * DAY)),
        }
        for number, age in enumerate(ages)
    ]


@st.composite
def tasks(draw: st.DrawFn) -> tuple[Resource, Desired, Current]:
    """A task for a series, and what there is of it."""
    resource = draw(st.sampled_from(SERIES))
    settings: dict[str, Any] = {
        "rotate_after_days": draw(st.none() | st.integers(1, 100)),
        "previous": draw(st.sampled_from(("keep", "revoke_unused", "revoke"))),
        "unused_for_days": draw(st.integers(0, 30)),
        "current": draw(st.sampled_from(("newest", "stored"))),
    }
    series = draw(keys())
    protected = draw(st.dictionaries(st.sampled_from([key["id"] for key in series]), st.just("why"))) if series else {}
    by_store = settings["current"] == "stored"
    state = draw(st.sampled_from(("present",) if by_store else ("present", "absent")))
    desired = Desired(state, {"name": "deploy"}, ("name", "deploy"), settings, "the key")
    stored = draw(st.sampled_from([*series, None])) if by_store else None
    return resource, desired, found(series, protected, stored) if by_store else found(series, protected)


def found(series: list[Key], protected: dict[str, str], *stored: Key | None) -> Current:
    """What there is; of the keys the newest counts, unless another one, or none of them, is stored."""
    counts = stored[0] if stored else next(reversed(series), None)
    ids = {**IDS, **({"api_key_id": counts["id"], "key_id": counts["id"]} if counts else {})}
    others = tuple(key for key in series if key is not counts)
    return Current(counts, ids, older=others, listed=(*series, ANOTHER), protected=protected)


def planned(resource: Resource, desired: Desired, current: Current) -> Plan:
    """The plan; a refusal is one that does nothing."""
    try:
        return plan_series(resource, desired, current)
    except Refused:
        assert not desired.present
        assert current.protected
        return Plan(None, None)


def issues(todo: Plan) -> bool:
    return any(write.yields for write in todo.writes)


def revoked(resource: Resource, todo: Plan) -> set[str]:
    return {str(write.ids[resource.id_param]) for write in todo.writes if write.removes}


def after(resource: Resource, todo: Plan, current: Current) -> Current:
    """What there is when a plan was applied."""
    series = [dict(key) for key in (*current.older, current.object) if key]
    left = [key for key in series if key["id"] not in revoked(resource, todo)]
    if issues(todo):
        new = {"id": f"key_new_{len(series)}", "name": "deploy", "created_at": time.time(), "last_used_at": None}
        return found([*left, new], dict(current.protected))
    stored = [key for key in left if current.object and key["id"] == current.object["id"]]
    return found(left, dict(current.protected), *stored)


@given(tasks())
def test_a_task_that_issues_a_key_revokes_none(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    todo = planned(resource, desired, current)
    assert not (issues(todo) and revoked(resource, todo))
    assert len(todo.writes) == issues(todo) + len(revoked(resource, todo))


@given(tasks())
def test_the_current_key_alone_decides_whether_one_is_issued(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    alone = replace(current, older=())
    assert issues(planned(resource, desired, current)) == issues(planned(resource, desired, alone))


@given(tasks())
def test_what_must_stay_stays(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    todo = planned(resource, desired, current)
    gone = revoked(resource, todo)
    assert not gone & set(current.protected)
    if not desired.present:
        return
    assert current.object is None or current.object["id"] not in gone
    if desired.settings["previous"] == "keep":
        assert gone == set()
    if desired.settings["previous"] == "revoke_unused":
        used = {key["id"] for key in current.older if (key["last_used_at"] or 0) > NOW - DAY * 1}
        assert desired.settings["unused_for_days"] < 1 or not gone & used
        assert gone == set() or (current.object or {})["last_used_at"] is not None


@given(tasks())
def test_the_second_run_changes_nothing(task: tuple[Resource, Desired, Current]) -> None:
    """Unless the first one issued a key: then a later run may revoke."""
    resource, desired, current = task
    todo = planned(resource, desired, current)
    then = after(resource, todo, current)
    again = planned(resource, desired, then)
    assert not issues(again)
    if not issues(todo):
        assert again.writes == ()
    assert planned(resource, desired, after(resource, again, then)).writes == ()


@given(tasks())
def test_the_result_tells_of_each_key(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    todo = planned(resource, desired, current)
    if not todo.returns:
        return
    told = {name: {key["id"] for key in todo.returns[name]} for name in ("previous", "revoked", "still_used")}
    assert todo.returns["issued"] == issues(todo)
    assert told["revoked"] == revoked(resource, todo)
    assert told["still_used"] <= told["previous"]
    assert told["previous"] | told["revoked"] >= {key["id"] for key in current.older}
    assert (todo.shows[0] != todo.shows[1]) == todo.changed


@pytest.mark.parametrize("resource", SERIES)
def test_a_key_goes_by_its_id(resource: Resource) -> None:
    key = {"id": "key_1", "name": "deploy", "created_at": NOW}
    desired = Desired("absent", {}, (resource.id_param, "key_1"), {}, "the key")
    todo = plan_series(resource, desired, found([key], {}))
    assert revoked(resource, todo) == {"key_1"}


def test_the_last_admin_key_stays() -> None:
    key = {"id": "key_1", "name": "deploy", "created_at": NOW}
    expired = {"id": "key_0", "name": "old", "created_at": NOW - 9 * DAY, "expires_at": NOW - DAY}
    desired = Desired("absent", {}, ("name", "deploy"), {}, "the key")
    current = replace(found([key], {}), listed=(expired, key))
    with pytest.raises(Refused, match="last admin API key"):
        plan_series(ADMIN_API_KEY_SERIES, desired, current)
    assert plan_series(ADMIN_API_KEY_SERIES, desired, found([key], {})).changed
