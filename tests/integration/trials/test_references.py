# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that are ids of other objects, which tasks name: a group, a service account of another project."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, NotFound, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.manage import manage
from integration.trials.api import PROJECTS, Api, Collection, Item, perform, settle
from unit.trials import PROJECT_GROUP, RULE

RULES = "/organization/rules"
ACCOUNTS = f"{PROJECTS}/proj_1/service_accounts"
TASK = manage(RULE)
NAMED: dict[str, Any] = {"project": "search-prod", "service_account": "search-api", "match": {"sub": "a"}}
IDS: dict[str, Any] = {"project_id": "proj_1", "service_account_id": "user_bot", "match": {"sub": "a"}}


def api() -> Api:
    accounts = [{"id": "user_bot", "name": "search-api", "role": "member"}]
    return Api(collections={RULES: Collection(), ACCOUNTS: Collection(accounts)})


def paths(there: Api) -> list[str]:
    return [path for unused_method, path, unused_body in there.log]


@pytest.mark.parametrize("rule", [NAMED, IDS])
def test_names_and_ids_come_to_the_same(rule: Item) -> None:
    there = api()
    first = settle(there, TASK, **rule)
    assert first.writes == [("POST", RULES, IDS)]
    assert first.real.returns["rule"] == {"id": "made_1", **IDS}
    second = settle(there, TASK, **{**NAMED, "match": {"sub": "b"}})
    assert second.writes == [("POST", f"{RULES}/made_1", {"match": {"sub": "b"}})]
    last = settle(there, TASK, **{**rule, "match": None}, state="absent")
    assert last.writes == [("DELETE", f"{RULES}/made_1", None)]


def test_what_is_given_by_ids_is_not_looked_up() -> None:
    there = api()
    perform(there, TASK, check=True, **NAMED)
    assert paths(there) == [PROJECTS, ACCOUNTS, RULES]
    there.forget()
    perform(there, TASK, **IDS)
    assert paths(there) == [RULES, RULES]


def test_a_prediction_reads_what_an_id_is_of() -> None:
    there = api()
    perform(there, TASK, check=True, **IDS)
    assert paths(there) == [RULES, f"{PROJECTS}/proj_1"]
    with pytest.raises(Refused, match=r"^Project proj_9 does not exist\.$"):
        perform(there, TASK, check=True, **{**IDS, "project_id": "proj_9"})


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (
            {"service_account": "sarch-api"},
            r"Service account 'sarch-api' of project 'search-prod' does not exist \(did you mean 'search-api'\?\)",
        ),
        ({"project": "gone"}, "Project 'gone' does not exist"),
        (
            {"service_account": None, "service_account_id": ""},
            ": service_account_id is empty and names no service account",
        ),
    ],
)
def test_what_does_not_exist_may_still_come(named: Item, said: str) -> None:
    there, task = api(), {**NAMED, **named}
    with pytest.raises(NotFound, match=f"^Could not create rule.*{said}"):
        perform(there, TASK, **task)
    predicted = perform(there, TASK, check=True, **task)
    assert (predicted.changed, predicted.returns["rule"]["service_account_id"]) == (True, None)
    assert len(predicted.warnings) == 1
    assert there.writes == []


def test_no_rule_is_of_an_account_that_does_not_exist() -> None:
    assert not perform(api(), TASK, project="search-prod", service_account="gone", state="absent").changed
    assert not perform(api(), TASK, project="gone", service_account="search-api", state="absent").changed


def test_a_name_that_two_have_is_refused() -> None:
    there = api()
    there.collections[ACCOUNTS].objects.append({"id": "user_twin", "name": "search-api", "role": "none"})
    for check in (True, False):
        with pytest.raises(
            Refused, match=r"2 service accounts of project 'search-prod' are named 'search-api' .*service_account_id"
        ):
            perform(there, TASK, check=check, **NAMED)


def test_what_names_nothing() -> None:
    with pytest.raises(BadInput, match="one of these is required: service_account, service_account_id, rule_id"):
        perform(api(), TASK, project="search-prod")
    with pytest.raises(BadInput, match="service_account must not be empty"):
        perform(api(), TASK, project="search-prod", service_account="")


class TestWhatIsShownByName:
    """A group of a project: the project's list has its name, so that it is looked up only to be added."""

    task = manage(PROJECT_GROUP)
    groups = "/organization/groups"
    path = f"{PROJECTS}/proj_1/groups"

    def api(self) -> Api:
        def make(body: Item) -> Item:
            return {"group_id": body["group_id"], "group_name": "platform"}

        listed = Collection(id_path="group_id", make=make, can_read=False)
        known = Collection([{"id": "group_7", "name": "platform"}])
        return Api(collections={self.groups: known, self.path: listed})

    def test_it_is_looked_up_once_it_is_missing(self) -> None:
        there = self.api()
        named: dict[str, Any] = {"project": "search-prod", "group": "platform"}
        first = settle(there, self.task, **named, role="owner")
        assert first.writes == [("POST", self.path, {"group_id": "group_7", "role": "owner"})]
        assert self.groups not in paths(there)
        assert first.real.returns["project_group"]["id"] == "group_7"
        last = settle(there, self.task, **named, state="absent")
        assert last.writes == [("DELETE", f"{self.path}/group_7", None)]

    def test_a_group_that_does_not_exist(self) -> None:
        there = self.api()
        named: dict[str, Any] = {"project": "search-prod", "group": "gone", "role": "owner"}
        with pytest.raises(NotFound, match=r"Could not add project group 'gone' .*: Group 'gone' does not exist"):
            perform(there, self.task, **named)
        assert perform(there, self.task, check=True, **named).changed
        assert not perform(there, self.task, project="search-prod", group="gone", state="absent").changed
