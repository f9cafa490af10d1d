# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a field can say of a value, sent and read back: where it stands, its type, its unit, what it goes with."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import manage
from ansible_collections.community.openai_admin.plugins.module_utils._info.listing import inform
from integration.trials.api import PROJECTS, Api, Collection, Item, Value, perform, settle
from unit.trials import ALERT, POLICY, PROJECT_GROUP, ROLE, TOOLS, VAULT

VAULTS = "/organization/vaults"
ALERTS = "/organization/spend_alerts"
TOOLS_PATH = f"{PROJECTS}/proj_1/hosted_tool_permissions"
GROUPS = f"{PROJECTS}/proj_1/groups"
GROUP: dict[str, Any] = {"project": "search-prod", "group_id": "group_7"}
ROLES: dict[str, dict[str, Any]] = {"/organization/roles": {}, "/projects/proj_1/roles": {"project": "search-prod"}}
SEALED: dict[str, Any] = {"name": "v", "type": "gcp", "ring": "r", "token": "canary-of-the-token"}
VALIDATED: dict[str, Any] = {"name": "v", "type": "gcp", "ring": "r", "validate": True}
VALIDATE = f"{VAULTS}/made_1/validate"


def api_of(path: str, **how: Any) -> Api:
    return Api(collections={path: Collection(**how)})


def test_a_nested_value_is_sent_alone() -> None:
    stored = {"mcp": {"enabled": True}, "web_search": {"enabled": True}, "object": "x"}
    api = Api(values={TOOLS_PATH: Value(stored)})

    def make(body: Item) -> Item:
        return {name: {**(api.values[TOOLS_PATH].stored or {})[name], **value} for name, value in body.items()}

    api.values[TOOLS_PATH].make = make
    runs = settle(api, manage(TOOLS), project="search-prod", mcp=False, web_search=True)
    assert runs.writes == [("POST", TOOLS_PATH, {"mcp": {"enabled": False}})]
    assert runs.real.returns["hosted_tools"] == {
        "mcp": False,
        "web_search": True,
        "project": "search-prod",
        "project_id": "proj_1",
    }


class TestListsWithoutIds:
    """What is listed has an id of another name."""

    task = manage(PROJECT_GROUP)

    def api(self) -> Api:
        def make(body: Item) -> Item:
            return {"group_id": body["group_id"], "group_name": "platform", "project_id": "proj_1"}

        api = api_of(GROUPS, id_path="group_id", make=make, can_read=False)
        api.collections["/organization/groups"] = Collection([{"id": "group_7", "name": "platform"}])
        return api

    def test_it_comes_and_goes(self) -> None:
        api = self.api()
        first = settle(api, self.task, **GROUP, role="owner")
        assert first.writes == [("POST", GROUPS, {"group_id": "group_7", "role": "owner"})]
        assert first.real.returns["project_group"]["id"] == "group_7"
        assert first.real.returns["project_group"]["name"] == "platform"
        last = settle(api, self.task, **GROUP, state="absent")
        assert last.writes == [("DELETE", f"{GROUPS}/group_7", None)]

    def test_a_lost_answer_is_looked_for(self) -> None:
        api = self.api()
        api.lost.add(f"POST {GROUPS}")
        assert perform(api, self.task, **GROUP, role="owner").changed
        assert len(api.writes) == 1
        api.lost.add(f"DELETE {GROUPS}/group_7")
        assert perform(api, self.task, **GROUP, state="absent").changed
        assert api.collections[GROUPS].objects == []

    def test_info_lists_it(self) -> None:
        api = self.api()
        perform(api, self.task, **GROUP, role="owner")
        (group,) = perform(api, inform(PROJECT_GROUP), project="search-prod").returns["project_groups"]
        assert (group["id"], group["name"], group["project_id"]) == ("group_7", "platform", "proj_1")
        (same,) = perform(api, inform(PROJECT_GROUP), **GROUP).returns["project_groups"]
        assert same == group


class TestBothScopes:
    """One kind of the organization and of projects, whose routes have another root."""

    def api(self) -> Api:
        def make(body: Item) -> Item:
            renamed = {"name": body["role_name"], "predefined_role": False} if "role_name" in body else {}
            return {**{name: value for name, value in body.items() if name != "role_name"}, **renamed}

        return Api(collections={path: Collection(make=make) for path in ROLES})

    @pytest.mark.parametrize(("path", "scope"), ROLES.items())
    def test_an_object_is_created_changed_and_removed(self, path: str, scope: dict[str, Any]) -> None:
        api, task = self.api(), manage(ROLE)
        first = settle(api, task, name="Reader", permissions=["b.read", "a.read", "b.read"], **scope)
        assert first.writes == [("POST", path, {"role_name": "Reader", "permissions": ["a.read", "b.read"]})]
        assert first.real.returns["role"]["permissions"] == ["a.read", "b.read"]
        api.collections[path].objects[0]["permissions"].reverse()
        assert not perform(api, task, name="Reader", permissions=["a.read", "b.read"], **scope).changed
        second = settle(api, task, name="Reader", description="Reads", **scope)
        assert second.writes == [("POST", f"{path}/made_1", {"description": "Reads"})]
        api.forget()
        last = settle(api, task, name="Reader", state="absent", **scope)
        assert last.writes == [("DELETE", f"{path}/made_1", None)]

    def test_the_roles_of_one_scope_are_none_of_the_other(self) -> None:
        api = self.api()
        perform(api, manage(ROLE), name="Reader", permissions=["a"])
        assert perform(api, inform(ROLE), project="search-prod").returns["roles"] == []
        (role,) = perform(api, inform(ROLE)).returns["roles"]
        assert (role["name"], role["project_id"]) == ("Reader", None)
        assert not perform(api, manage(ROLE), name="Reader", state="absent", project="search-prod").changed

    def test_a_create_needs_what_is_required(self) -> None:
        api = self.api()
        with pytest.raises(Refused, match=r"^There is no role 'New' of the organization: give permissions to create"):
            perform(api, manage(ROLE), name="New")
        assert not perform(api, manage(ROLE), name="New", state="absent").changed
        perform(api, manage(ROLE), name="New", permissions=[])
        assert perform(api, manage(ROLE), name="New", description="x").changed


class TestMoney:
    """Declared in dollars, sent and answered in cents."""

    task = manage(ALERT)

    def test_a_whole_body_is_sent_with_what_never_changes(self) -> None:
        api = api_of(ALERTS)
        alert = {"usd_per_month": 12.34, "recipients": ["b@example.com", "a@example.com"]}
        sent: dict[str, Any] = {
            "threshold_amount": 1234,
            "currency": "USD",
            "interval": "month",
            "notification_channel": {"type": "email", "recipients": ["a@example.com", "b@example.com"]},
        }
        first = settle(api, self.task, **alert)
        assert first.writes == [("POST", ALERTS, sent)]
        assert first.real.returns["spend_alert"]["usd_per_month"] == 12.34
        second = settle(api, self.task, usd_per_month=12.34, subject_prefix="[cost]")
        channel = {**sent["notification_channel"], "subject_prefix": "[cost]"}
        assert second.writes == [("POST", f"{ALERTS}/made_1", {**sent, "notification_channel": channel})]
        assert second.real.after == {"usd_per_month": 12.34, "subject_prefix": "[cost]"}
        third = settle(api, self.task, alert_id="made_1", usd_per_month=500)
        assert third.writes[0][2]["threshold_amount"] == 50000
        fourth = settle(api, self.task, usd_per_month=500, subject_prefix="")
        assert fourth.writes[0][2]["notification_channel"]["subject_prefix"] is None
        assert settle(api, self.task, usd_per_month=500, state="absent").real.changed

    @pytest.mark.parametrize(
        ("amount", "said"),
        [
            (12.345, r"usd_per_month must be a multiple of 0\.01, not 12\.345"),
            (0, r"usd_per_month must be at least 0\.01, not 0\.0"),
            ("nan", "usd_per_month must be a number, not nan"),
        ],
    )
    def test_what_is_no_amount_is_refused(self, amount: Any, said: str) -> None:
        with pytest.raises(BadInput, match=said):
            perform(Api(), self.task, usd_per_month=amount)

    def test_what_is_of_one_amount_is_told_apart_by_another_field(self) -> None:
        def listed(own_id: str, name: str) -> Item:
            return {"id": own_id, "threshold_amount": 500, "notification_channel": {"recipients": [name]}}

        api = api_of(ALERTS, objects=[listed("one", "a@example.com"), listed("two", "b@example.com")])
        task = {"usd_per_month": 5, "recipients": ["b@example.com"]}
        assert perform(api, self.task, **task).returns["spend_alert"]["id"] == "two"
        for other in {"recipients": ["c@example.com"]}, {"subject_prefix": "x"}, {"state": "absent"}:
            with pytest.raises(Refused, match=r"\(one, two\)\. Give alert_id instead\."):
                perform(api, self.task, **{"usd_per_month": 5, **other})
        assert settle(api, self.task, **task, state="absent").writes == [("DELETE", f"{ALERTS}/two", None)]
        assert not perform(api, self.task, usd_per_month=5, recipients=["a@example.com"]).changed

    def test_what_the_api_makes_of_it_is_told_in_dollars(self) -> None:
        api = api_of(ALERTS, make=lambda body: {**body, "threshold_amount": 10000})
        with pytest.raises(AdminError, match=r"usd_per_month: 100\.0, not 500\.0"):
            perform(api, self.task, usd_per_month=500, recipients=["a@example.com"])


class TestVariants:
    """Options that go with one type of objects alone."""

    task = manage(VAULT)

    def test_a_create_names_what_its_type_needs(self) -> None:
        with pytest.raises(Refused, match=r"give type to create it"):
            perform(api_of(VAULTS), self.task, name="v")
        with pytest.raises(Refused, match=r"give kms_arn to create it"):
            perform(api_of(VAULTS), self.task, name="v", type="aws")
        runs = settle(api_of(VAULTS), self.task, name="v", type="gcp", ring="r")
        assert runs.writes == [("POST", VAULTS, {"name": "v", "type": "gcp", "ring": "r"})]
        assert runs.real.returns["vault"]["kms_arn"] is None

    def test_what_goes_with_another_type_is_refused(self) -> None:
        with pytest.raises(BadInput, match=r"^ring is only for type: gcp, not for aws\.$"):
            perform(Api(), self.task, name="v", type="aws", kms_arn="a", ring="r")
        api = api_of(VAULTS)
        perform(api, self.task, name="v", type="aws", kms_arn="a")
        with pytest.raises(Refused, match=r"^ring is only for type: gcp, not for aws, which the vault 'v' is\.$"):
            perform(api, self.task, name="v", ring="r")

    def test_dictionaries_and_values_of_any_type(self) -> None:
        api = api_of(VAULTS)
        vault = {"name": "v", "type": "gcp", "ring": "r"}
        first = settle(api, self.task, **vault, match={"sub": "a", "port": 7, "fork": False}, tiers="all")
        assert first.writes[0][2]["match"] == {"sub": "a", "port": 7, "fork": False}
        second = settle(api, self.task, **vault, match={"sub": "a"}, tiers=["flex"])
        assert second.writes == [("POST", f"{VAULTS}/made_1", {"match": {"sub": "a"}, "tiers": ["flex"]})]
        third = settle(api, self.task, name="v", match={})
        assert third.writes == [("POST", f"{VAULTS}/made_1", {"match": {}})]

    def test_a_dictionary_holds_no_others(self) -> None:
        with pytest.raises(BadInput, match="sub in match must be a string, a number, or true or false"):
            perform(Api(), self.task, name="v", match={"sub": ["a"]})


class TestOneListOrTheOther:
    """Options of one place in the body, told apart by a value beside it, whose elements are looked for elsewhere."""

    task = manage(POLICY)
    path = f"{PROJECTS}/proj_1/policy"
    models = f"{PROJECTS}/proj_1/models"

    def api(self) -> Api:
        listed = Collection([{"id": f"model_{name}", "name": name} for name in ("a", "b")])
        return Api(values={self.path: Value()}, collections={self.models: listed})

    def test_one_takes_the_place_of_the_other(self) -> None:
        api = self.api()
        first = settle(api, self.task, project="search-prod", allow=["b", "a"])
        assert first.writes == [("POST", self.path, {"mode": "allow", "ids": ["a", "b"]})]
        assert first.real.returns["policy"]["deny"] is None
        second = settle(api, self.task, project="search-prod", deny=["a", "b"])
        assert second.writes == [("POST", self.path, {"mode": "deny", "ids": ["a", "b"]})]
        assert (second.real.before, second.real.after) == (
            {"deny": None, "allow": ["a", "b"]},
            {"deny": ["a", "b"], "allow": None},
        )

    def test_one_of_them_is_required_and_both_are_too_many(self) -> None:
        with pytest.raises(BadInput, match=r"^allow or deny is required\.$"):
            perform(Api(), self.task, project="search-prod")
        with pytest.raises(BadInput, match=r"^allow and deny exclude each other\.$"):
            perform(Api(), self.task, project="search-prod", allow=["a"], deny=["a"])

    def test_elements_are_looked_for_where_they_are_new(self) -> None:
        api = self.api()
        assert settle(api, self.task, project="search-prod", allow=["a", "c"]).real.warnings == ("no c",)
        api.forget()
        assert perform(api, self.task, project="search-prod", deny=["c"]).warnings == ()
        assert self.models not in [path for unused_method, path, unused_body in api.log]

    def test_what_may_not_be_read_is_said(self) -> None:
        api = self.api()
        api.refused[f"GET {self.models}"] = (403, "Not yours.")
        assert perform(api, self.task, project="search-prod", allow=["a"]).warnings == ("not read: Not yours.",)
        api.refused[f"GET {self.models}"] = (400, "Never.")
        with pytest.raises(AdminError, match="Never"):
            perform(api, self.task, project="search-prod", allow=["a", "b"])


class TestSecrets:
    """A secret that is sent and never comes back."""

    task = manage(VAULT)

    def test_it_is_sent_with_a_create_and_shown_nowhere(self) -> None:
        api = api_of(VAULTS, answer=lambda item: {name: value for name, value in item.items() if name != "token"})
        runs = settle(api, self.task, **SEALED)
        assert runs.writes[0][2]["token"] == SEALED["token"]
        again = perform(api, self.task, **{**SEALED, "token": "another"})
        assert not again.changed
        told = [vars(each) for each in (runs.predicted, runs.real, runs.again, again)]
        assert "canary" not in repr(told)
        assert self.task.argument_spec["token"]["no_log"] is True

    def test_it_is_sent_always_where_that_is_said(self) -> None:
        api = api_of(VAULTS)
        perform(api, self.task, **SEALED)
        api.forget()
        runs = [perform(api, self.task, check=check, **SEALED, update_secret="always") for check in (True, False)]
        assert [run.changed for run in runs] == [True, True]
        assert api.writes == [("POST", f"{VAULTS}/made_1", {"token": SEALED["token"]})]
        assert runs[0].returns == runs[1].returns
        assert "canary" not in repr([vars(each) for each in runs])


class TestChecks:
    """A request that has an object checked, and changes nothing."""

    task = manage(VAULT)

    def api(self, status: str) -> Api:
        found = Value({}, make=lambda unused_body: {"status": status})
        return Api(collections={VAULTS: Collection()}, values={VALIDATE: found})

    def test_it_follows_a_create_and_is_no_change(self) -> None:
        api = self.api("success")
        predicted = perform(api, self.task, check=True, **VALIDATED)
        assert predicted.returns["status"] is None
        assert api.writes == []
        assert perform(api, self.task, **VALIDATED).returns["status"] == "success"
        for check in (True, False):
            again = perform(api, self.task, check=check, **VALIDATED)
            assert (again.changed, again.returns["status"]) == (False, "success")
        assert "status" not in perform(api, self.task, **{**VALIDATED, "validate": False}).returns

    def test_what_it_finds_is_a_failure(self) -> None:
        api = self.api("access denied")
        with pytest.raises(AdminError, match="Could not validate vault 'v': the API answers status: access") as failed:
            perform(api, self.task, **VALIDATED)
        assert failed.value.facts["done"] == ["create vault 'v'"]
        with pytest.raises(Refused) as refused:
            perform(api, self.task, **VALIDATED)
        assert "done" not in refused.value.facts
