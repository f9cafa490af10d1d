# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A value that an answer leaves out is unknown: tasks replace, issue or revoke nothing because of it, and say so."""

from __future__ import annotations

import time
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.evidence import hold, untold
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Write, plan
from ansible_collections.community.openai_admin.plugins.module_utils._keys.rotation import plan_series
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.admin_api_key import ADMIN_API_KEY
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import may_hold
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.issued_keys import is_older, is_unused
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Resource,
)
from simulator import Authority

LONG_AGO = int(time.time()) - 400 * 86400
INVITED = {"id": "invite-1", "email": "x@example.com", "role": "reader", "status": "pending", "created_at": LONG_AGO}
ROTATION = {"rotate_after_days": None, "previous": "keep", "unused_for_days": 7, "current": "newest"}
GRANTS = [{"id": "proj_1", "role": "member"}]


def desired(resource: Resource, option: str, settings: dict[str, Any], **values: Any) -> Desired:
    label = f"{resource.title} '{values[option]}'"
    return Desired("present", values, (option, values[option]), settings, label)


def setting(value: Any, **more: Any) -> Write:
    return Write("update", "POST", "/x", {}, "update x", {"v": value}, expects=((Field("v", **more), value),))


@pytest.mark.parametrize("answer", [{}, {"v": None}, {"v": ["owner"]}])
def test_a_value_that_is_shown_neither_before_nor_after_is_told(answer: dict[str, Any]) -> None:
    write = setting("owner")
    assert hold(write, answer) is None
    (warning,) = untold(write, {"id": "x"}, answer)
    assert warning == (
        "The task asked to update x, but the API does not show v. Whether it is owner is unknown, so each run sets it"
        " again."
    )
    assert untold(write, {"v": "reader"}, answer) == []


@pytest.mark.parametrize("answer", [{"v": "owner"}, {"v": "reader"}])
def test_what_is_shown_is_not_unknown(answer: dict[str, Any]) -> None:
    assert untold(setting("owner"), {}, answer) == []


def test_null_is_a_value_where_a_field_can_be_cleared() -> None:
    write = setting("ek-1", clearable=True)
    denial = hold(write, {"v": None})
    assert denial is not None
    assert "v: None, not ek-1" in denial.message
    assert untold(write, {"v": None}, {"v": None}) == []
    assert hold(write, {}) is None
    assert len(untold(write, {}, {})) == 1


@pytest.mark.parametrize("answer", ["a.b", "a", ""])
def test_a_field_is_in_an_answer_or_not(answer: str) -> None:
    nested = Field("v", answer="a.b")
    shown: dict[str, Any] = {"a.b": {"a": {"b": None}}, "a": {"a": None}, "": {}}
    assert nested.is_in(shown[answer]) == (answer == "a.b")


def test_an_invite_whose_projects_are_not_shown_is_not_sent_again() -> None:
    wanted = desired(INVITE, "email", {}, email="x@example.com", projects=GRANTS)
    todo = plan(INVITE, wanted, Current(INVITED, {"invite_id": "invite-1"}, {}))
    assert not todo.changed
    assert len(todo.warnings) == 1
    assert "projects of invite" in todo.warnings[0]
    shown = {**INVITED, "projects": []}
    assert plan(INVITE, wanted, Current(shown, {"invite_id": "invite-1"}, {})).changed


@pytest.mark.parametrize("days", [1, 30])
def test_an_expired_invite_of_unknown_age_is_not_sent_again(days: int) -> None:
    expired = {**INVITED, "status": "expired", "projects": []}
    del expired["created_at"]
    wanted = desired(INVITE, "email", {"resend_after_days": days}, email="x@example.com")
    todo = plan(INVITE, wanted, Current(expired, {"invite_id": "invite-1"}, {}))
    assert not todo.changed
    assert "does not say when it was sent" in todo.warnings[0]


def test_keys_of_unknown_age_are_neither_old_nor_unused() -> None:
    for key in {}, {"created_at": None}, {"created_at": None, "last_used_at": None}:
        assert not is_older(key, 1)
        assert not is_unused(key, 1)
    assert is_unused({"last_used_at": LONG_AGO}, 1)
    assert is_older({"created_at": LONG_AGO}, 1)


@pytest.mark.parametrize(
    ("ages", "settings", "refused"),
    [
        ([None], {"rotate_after_days": 30}, True),
        ([None], {}, False),
        ([LONG_AGO, None], {}, True),
        ([LONG_AGO], {"rotate_after_days": 1000}, False),
    ],
)
def test_keys_of_unknown_age_are_not_rotated(ages: list[int | None], settings: dict[str, Any], refused: bool) -> None:
    keys = [{"id": f"key_{number}", "name": "x", "created_at": age} for number, age in enumerate(ages)]
    current = Current(keys[-1], {"key_id": keys[-1]["id"]}, {}, older=tuple(keys[:-1]))
    wanted = desired(ADMIN_API_KEY, "name", {**ROTATION, **settings}, name="x")
    if not refused:
        plan_series(ADMIN_API_KEY, wanted, current)
        return
    with pytest.raises(Refused, match="does not say when admin API key 'x' was issued"):
        plan_series(ADMIN_API_KEY, wanted, current)


def test_a_certificate_whose_validity_is_not_shown_may_be_any() -> None:
    content = Authority("one").certificate()
    assert may_hold(content, {"id": "cert_1"})
    assert may_hold(content, {"id": "cert_1", "certificate_details": {"valid_at": None}})
    assert not may_hold(content, {"id": "cert_1", "certificate_details": {"valid_at": 1}})


def test_a_residency_that_is_not_shown_is_no_difference() -> None:
    project = {"id": "proj_1", "name": "x", "status": "active"}
    wanted = desired(PROJECT, "name", {}, name="x", residency="AU_STORAGE")
    assert not plan(PROJECT, wanted, Current(project, {"project_id": "proj_1"}, {})).changed
