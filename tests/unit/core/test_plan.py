# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans: for anything desired and anything there, applying the plan leaves nothing to do, and was predicted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan import Plan, plan
from ansible_collections.community.openai_admin.plugins.module_utils._core.plan_members import plan_members
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import CERTIFICATE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    CERTIFICATE_ACTIVATION,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.invite import INVITE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import LIMITS, RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Object,
    Resource,
    merged,
    put_at,
    value_at,
)
from hypothesis import assume, given
from hypothesis import strategies as st
from unit.trials import ALERT, GROUP_ROLES, RETENTION, ROLE, SPEND_LIMIT, TOOLS, without_scope

KINDS = (PROJECT, PROJECT_USER, SERVICE_ACCOUNT, RATE_LIMIT, CERTIFICATE, INVITE)
RESOURCES = (*KINDS, SPEND_LIMIT, RETENTION, TOOLS, ROLE, ALERT)
IDS = {"project_id": "proj_1"}
TEXTS = ("one", "two", "THREE")
GRANTS = [{"id": "proj_1", "role": "member"}, {"id": "proj_2", "role": "owner"}]


def values(field: Field) -> st.SearchStrategy[Any]:
    """Values that a task could name."""
    if field.choices:
        return st.sampled_from(field.choices)
    of_type: dict[str, st.SearchStrategy[Any]] = {
        "int": st.integers(min_value=int(field.minimum or 0), max_value=3),
        "float": st.sampled_from((0.5, 12.34, 500.0)),
        "bool": st.booleans(),
        "list": st.lists(st.sampled_from(GRANTS), unique_by=str),
        "set": st.lists(st.sampled_from(TEXTS), unique=True).map(sorted),
    }
    return of_type.get(field.type, st.sampled_from(TEXTS))


def answered(resource: Resource, named: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the API answers them, with all that it makes itself."""
    answer: dict[str, Any] = {}
    for field in resource.fields:
        made = field.default if field.made_by == "default" else 0 if field.type == "int" else f"made-{field.name}"
        value = named.get(field.name, None if field.made_by == "declared" else made)
        put_at(answer, field.answer or field.name, field.in_body(value))
    return {**answer, "id": "made-id"} if resource.id_param else answer


@st.composite
def tasks(draw: st.DrawFn) -> tuple[Resource, Desired, Current]:
    resource = draw(st.sampled_from(RESOURCES))
    fields = [field for field in resource.options if field.name != "id"]
    named = {field.name: draw(values(field)) for field in fields if draw(st.booleans())}
    named.update({field.name: draw(values(field)) for field in fields if field.required and field.name not in named})
    for key in resource.keys[-1:]:
        named.setdefault(key.option, draw(values(next(f for f in resource.fields if f.name == key.option))))
    state = draw(st.sampled_from(("present", resource.remove.state))) if resource.remove else "present"
    wants_key = resource.secret is not None and draw(st.booleans())
    identity = None if resource.singleton else ((option := resource.keys[-1].option), named[option])
    desired = Desired(state, named, identity, {"create_api_key": wants_key}, f"the {resource.title}")
    there = {field.name: draw(values(field)) for field in fields}
    there.update({key.option: named[key.option] for key in resource.keys[-1:]})
    known = answered(resource, there) if draw(st.booleans()) or not resource.creates else None
    ids = {**IDS, **({resource.id_param: "made-id"} if known and resource.id_param else {})}
    held: tuple[Object, ...] = ({"id": "key_1"},) if known and draw(st.booleans()) else ()
    return resource, desired, Current(known, ids, IDS, elsewhere={"api_keys": held})


def serve(resource: Resource, current: Current, todo: Plan) -> Current:
    """The API, as far as plans can see it: what is there after their writes."""
    known = dict(current.object) if current.object is not None else None
    held = current.elsewhere["api_keys"]
    for write in todo.writes:
        body = dict(write.body or {})
        if write.yields:
            held = (*held, {"id": "key_2"})
        if write.action == "issue":
            continue
        if resource.remove and write.action == resource.remove.verb:
            leaves = resource.remove.leaves
            known = {**(known or {}), **leaves, **dict.fromkeys(resource.remove.stamps, "made")} if leaves else None
            continue
        sent = [(field.name, replace(field, answer=field.body_name, derived=None)) for field in resource.fields]
        named = {name: field.read(body) for name, field in sent if field.is_in(body)}
        if write.action == "update" and known is not None:
            renewed = {field.name: field.read(known) for field in resource.fields}
            known = answered(resource, {**renewed, **named})
        else:
            way = next(create for create in resource.creates if all(body.get(k) == v for k, v in create.body.items()))
            known = answered(resource, {**way.gives, **named})
    ids = {**current.ids, **({resource.id_param: "made-id"} if known and resource.id_param else {})}
    return Current(known, ids, current.scope, elsewhere={"api_keys": held})


def gone(resource: Resource, current: Current) -> bool:
    return current.object is None or resource.standing(current.object) == "gone"


@given(tasks())
def test_applying_a_plan_leaves_nothing_to_do(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    try:
        todo = plan(resource, desired, current)
    except Refused:
        assume(False)
    after = serve(resource, current, todo)
    assert plan(resource, desired, after).writes == ()
    if desired.present:
        assert after.object is not None
        for field in resource.options:
            if field.compared and field.name in desired.values:
                assert field.canonical(field.read(after.object)) == field.canonical(desired.values[field.name])
    else:
        assert gone(resource, after)


@given(tasks())
def test_a_prediction_is_what_comes(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    try:
        todo = plan(resource, desired, current)
    except Refused:
        assume(False)
    after = serve(resource, current, todo)
    real = None if after.object is None else resource.shape(after.object, current.scope)
    if real is None or todo.after is None:
        assert real is todo.after
        return
    assert list(real) == list(todo.after)
    for field in resource.fields:
        if field.secret:
            continue
        predicted = todo.after[field.name]
        if predicted is not None or (field.made_by == "declared" and field.compared):
            assert field.canonical(real[field.name]) == field.canonical(predicted), field.name


@given(tasks())
def test_a_plan_without_writes_changes_nothing(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    try:
        todo = plan(resource, desired, current)
    except Refused:
        assume(False)
    if not todo.changed:
        assert todo.before == todo.after


@given(tasks())
def test_the_write_that_yields_a_secret_is_the_last(task: tuple[Resource, Desired, Current]) -> None:
    resource, desired, current = task
    try:
        todo = plan(resource, desired, current)
    except Refused:
        assume(False)
    assert all(not write.yields for write in todo.writes[:-1])
    wanted = bool(resource.secret) and desired.present and desired.asks("create_api_key")
    assert todo.yields == (wanted and not current.elsewhere["api_keys"])


def desired(resource: Resource, state: str = "present", **named: Any) -> Desired:
    identity = None if resource.singleton else (resource.keys[-1].option, named.get(resource.keys[-1].option))
    return Desired(state, named, identity, {}, f"{resource.title} 'x'")


def current(resource: Resource, **named: Any) -> Current:
    return Current(answered(resource, named), {**IDS, resource.id_param: "made-id"})


NOBODY = Current(None, IDS)


@pytest.mark.parametrize("resource", [r for r in RESOURCES if r.remove], ids=lambda r: r.kind)
def test_what_is_not_there_need_not_go(resource: Resource) -> None:
    state = resource.remove.state if resource.remove else ""
    todo = plan(resource, desired(resource, state), NOBODY)
    assert (todo.writes, todo.before, todo.after) == ((), None, None)


def test_what_cannot_change_is_refused_with_advice() -> None:
    with pytest.raises(Refused, match=r"residency of project 'x' is 'GLOBAL'.*create another project"):
        plan(PROJECT, desired(PROJECT, residency="AU_STORAGE"), current(PROJECT, residency="GLOBAL"))


def test_what_an_answer_omits_is_unknown_not_different() -> None:
    assert not plan(PROJECT, desired(PROJECT, residency="AU_STORAGE"), current(PROJECT)).changed


def test_empty_clears_and_omitted_leaves_alone() -> None:
    there = current(PROJECT, name="x", external_key_id="ek-1")
    cleared = plan(PROJECT, desired(PROJECT, name="x", external_key_id=None), there)
    assert [write.body for write in cleared.writes] == [{"external_key_id": None}]
    assert not plan(PROJECT, desired(PROJECT, name="x"), there).changed


@pytest.mark.parametrize(
    ("role", "wants_key", "actions"),
    [
        (None, False, ["create", "update"]),
        ("member", False, ["create", "update"]),
        ("owner", False, ["create", "update"]),
        ("none", False, ["create"]),
        (None, True, ["create"]),
        ("owner", True, ["create", "update", "issue"]),
        ("none", True, ["create", "issue"]),
    ],
)
def test_an_account_takes_the_fewest_writes(role: str | None, wants_key: bool, actions: list[str]) -> None:
    named = {"name": "api", **({"role": role} if role else {})}
    asked = Desired("present", named, ("name", "api"), {"create_api_key": wants_key}, "service account 'api'")
    todo = plan(SERVICE_ACCOUNT, asked, NOBODY)
    assert [write.action for write in todo.writes] == actions
    assert todo.after is not None
    assert todo.after["role"] == (role or "member")


@given(st.sets(st.sampled_from(LIMITS), min_size=1), st.sampled_from(LIMITS))
def test_a_limit_that_does_not_apply_is_refused(applicable: set[str], wanted: str) -> None:
    there = Current({"id": "rl-x", "model": "x", **dict.fromkeys(applicable, 1)}, {**IDS, "rate_limit_id": "rl-x"})
    if wanted in applicable:
        assert plan(RATE_LIMIT, desired(RATE_LIMIT, model="x", **{wanted: 2}), there).changed
    else:
        with pytest.raises(
            Refused, match="Set only those that apply: " + ", ".join(li for li in LIMITS if li in applicable)
        ):
            plan(RATE_LIMIT, desired(RATE_LIMIT, model="x", **{wanted: 2}), there)


def test_where_no_limit_is_shown_none_is_to_be_set() -> None:
    there = Current({"id": "rl-x", "model": "x"}, {**IDS, "rate_limit_id": "rl-x"})
    with pytest.raises(
        Refused, match=r"^The .* has no max_requests_per_1_day: that does not apply .* The API shows no limits"
    ):
        plan(RATE_LIMIT, desired(RATE_LIMIT, model="x", max_requests_per_1_day=2), there)


def test_an_expired_invite_is_sent_again() -> None:
    expired = current(INVITE, email="a@example.com", role="owner", projects=GRANTS[:1], status="expired")
    todo = plan(INVITE, desired(INVITE, email="A@example.com"), expired)
    assert [(write.method, write.body) for write in todo.writes] == [
        ("DELETE", None),
        ("POST", {"email": "A@example.com", "role": "owner", "projects": GRANTS[:1]}),
    ]


def test_an_accepted_invite_is_history() -> None:
    accepted = current(INVITE, email="a@example.com", status="accepted")
    assert not plan(INVITE, desired(INVITE, "absent", email="a@example.com"), accepted).changed


def test_who_is_a_member_is_not_invited() -> None:
    there = Current(None, IDS, elsewhere={"member": ({"id": "user-1"},)})
    assert not plan(INVITE, desired(INVITE, email="a@example.com"), there).changed


def test_an_update_that_takes_all_fields_gets_them() -> None:
    there = Current(answered(SPEND_LIMIT, {"threshold_amount": 5, "currency": "USD", "interval": "month"}), IDS)
    todo = plan(SPEND_LIMIT, desired(SPEND_LIMIT, threshold_amount=7), there)
    assert [(write.method, write.route, write.body) for write in todo.writes] == [
        ("POST", SPEND_LIMIT.path_in(IDS), {"threshold_amount": 7, "currency": "USD", "interval": "month"})
    ]


ROLES = ("role-a", "role-b", "role-c")


@given(st.sets(st.sampled_from(ROLES)), st.sets(st.sampled_from(ROLES)), st.booleans(), st.booleans())
def test_a_membership_ends_as_declared(wanted: set[str], there: set[str], present: bool, exclusive: bool) -> None:
    listed = [{"id": f"{role}__api-project__proj_1"} for role in sorted(there)]
    writes = plan_members(GROUP_ROLES, sorted(wanted), listed, {"group_id": "group_1"}, present, exclusive)
    added = {write.body["role_id"] for write in writes if write.body}
    removed = {without_scope(write.ids["id"]) for write in writes if write.method == "DELETE"}
    end = (there | added) - removed
    assert end == ((wanted if exclusive else there | wanted) if present else there - wanted)
    assert added.isdisjoint(there)
    assert removed <= there


def test_an_inherited_role_is_left_alone() -> None:
    listed = [{"id": "role-a", "assignment_sources": [{"principal_type": "user"}]}]
    assert plan_members(GROUP_ROLES, [], listed, exclusive=True) == ()


def test_many_members_go_in_few_requests_and_additions_come_first() -> None:
    wanted = [f"cert_{number}" for number in range(23)]
    writes = plan_members(CERTIFICATE_ACTIVATION, wanted, [{"id": "cert_old"}], exclusive=True)
    assert [write.route.rsplit("/", 1)[1] for write in writes] == ["activate"] * 3 + ["deactivate"]
    assert [len((write.body or {})["certificate_ids"]) for write in writes] == [10, 10, 3, 1]


ANSWERS = st.dictionaries(st.sampled_from("abc"), st.none() | st.dictionaries(st.sampled_from("xyz"), st.integers()))


@given(ANSWERS, ANSWERS)
def test_what_a_newer_answer_omits_is_as_in_the_older_one(older: dict[str, Any], newer: dict[str, Any]) -> None:
    both = merged(older, newer)
    assert set(both) == {*older, *newer}
    assert merged(both, newer) == both
    for name, value in newer.items():
        assert both[name] == ({**(older.get(name) or {}), **value} if value is not None else None)


PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(".".join)


@given(st.dictionaries(PATHS, st.integers(), max_size=3), PATHS)
def test_what_is_put_at_a_path_stands_there(others: dict[str, int], path: str) -> None:
    target: dict[str, Any] = {}
    beside = [
        each for each in others if not f"{each}.".startswith(f"{path}.") and not f"{path}.".startswith(f"{each}.")
    ]
    assume(not any(f"{one}.".startswith(f"{other}.") for one in beside for other in beside if one != other))
    for each in beside:
        put_at(target, each, others[each])
    put_at(target, path, "own")
    assert value_at(target, path) == "own"
    assert {each: value_at(target, each) for each in beside} == {each: others[each] for each in beside}
