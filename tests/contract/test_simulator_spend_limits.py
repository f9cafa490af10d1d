# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spend limits and data retention, which the organization and each project have once, as the SDK sees them."""

from __future__ import annotations

from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import Simulator

SMALL: dict[str, Any] = {
    "users": [{"email": "ada@example.com", "role": "owner"}],
    "projects": [
        {"name": "search", "id": "proj_search"},
        {"name": "chat", "id": "proj_chat", "spend_limit": {"threshold_amount": 100, "status": "inactive"}},
        {"name": "old", "id": "proj_old", "status": "archived", "spend_limit": {"threshold_amount": 100}},
    ],
}
LIMIT: Any = {"currency": "USD", "interval": "month"}


def refused(status: int, words: str | None = None) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, match=words, check=lambda error: error.status_code == status)


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    """Each test begins with a small organization."""
    simulator.reset(SMALL)


class TestSpendLimits:
    def test_life_of_the_organizations(self, admin: Organization, simulator: Simulator) -> None:
        limit = admin.spend_limit
        for call in limit.retrieve, limit.delete:
            with refused(404, "No spend limit is set for the organization org-simulated"):
                call()
        made = limit.update(threshold_amount=2_000_000, **LIMIT)
        assert (made.threshold_amount, made.enforcement.status) == (2_000_000, "enforcing")
        assert limit.retrieve() == made
        assert limit.update(threshold_amount=1, **LIMIT).threshold_amount == 1
        before = simulator.state()
        assert before["spend_limit"] == {"threshold_amount": 1, "status": "enforcing", **LIMIT}
        simulator.reset(before)
        assert simulator.state() == before
        assert limit.delete().deleted
        with refused(404):
            limit.retrieve()

    def test_life_of_a_projects(self, admin: Organization, simulator: Simulator) -> None:
        limit = admin.projects.spend_limit
        for call in limit.retrieve, limit.delete:
            with refused(404, "No spend limit is set for the project proj_search"):
                call("proj_search")
            with refused(404, "No such project: proj_none"):
                call("proj_none")
        made = limit.update("proj_search", threshold_amount=50_000, **LIMIT)
        assert limit.retrieve("proj_search") == made
        assert limit.retrieve("proj_chat").enforcement.status == "inactive"
        assert limit.delete("proj_chat").deleted
        assert [project["spend_limit"] is None for project in simulator.state()["projects"]] == [False, True, False]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"threshold_amount": 0},
            {"threshold_amount": -1},
            {"threshold_amount": 1.5},
            {"threshold_amount": True},
            {"currency": "EUR"},
            {"interval": "day"},
            {"enforcement": {"status": "inactive"}},
        ],
    )
    def test_bad_bodies(self, admin: Organization, wrong: dict[str, Any]) -> None:
        with refused(400):
            admin.spend_limit.update(threshold_amount=1, **LIMIT, extra_body=wrong)
        with refused(400):
            admin.projects.spend_limit.update("proj_chat", threshold_amount=1, **LIMIT, extra_body=wrong)
        assert admin.projects.spend_limit.retrieve("proj_chat").threshold_amount == 100

    def test_that_of_an_archived_project_can_only_be_read(self, admin: Organization) -> None:
        limit = admin.projects.spend_limit
        assert limit.retrieve("proj_old").threshold_amount == 100
        with refused(400, "archived"):
            limit.update("proj_old", threshold_amount=1, **LIMIT)
        with refused(400, "archived"):
            limit.delete("proj_old")

    def test_a_change_that_is_not_made(self, admin: Organization, simulator: Simulator) -> None:
        limit = admin.projects.spend_limit
        simulator.behaviour(not_done="old_value")
        assert limit.update("proj_chat", threshold_amount=7, **LIMIT).threshold_amount == 100
        simulator.behaviour(not_done="deleted_false")
        assert not limit.delete("proj_chat").deleted
        assert limit.retrieve("proj_chat").threshold_amount == 100


class TestDataRetention:
    def test_an_organization_without_a_say_in_it(self, admin: Organization) -> None:
        with refused(404, "not available"):
            admin.data_retention.retrieve()
        with refused(403, "not available"):
            admin.data_retention.update(retention_type="zero_data_retention")
        assert admin.projects.data_retention.retrieve("proj_search").type == "organization_default"
        with refused(403, "not available"):
            admin.projects.data_retention.update("proj_search", retention_type="none")

    def test_both_scopes(self, admin: Organization, simulator: Simulator) -> None:
        simulator.reset({**SMALL, "data_retention": {"type": "modified_abuse_monitoring"}})
        retention, inside = admin.data_retention, admin.projects.data_retention
        assert retention.retrieve().type == "modified_abuse_monitoring"
        assert retention.update(retention_type="zero_data_retention").type == "zero_data_retention"
        assert retention.retrieve().type == "zero_data_retention"
        assert inside.update("proj_search", retention_type="none").type == "none"
        assert inside.retrieve("proj_search").type == "none"
        assert inside.retrieve("proj_old").type == "organization_default"
        with refused(400, "archived"):
            inside.update("proj_old", retention_type="none")
        with refused(400):
            retention.update(retention_type="none")  # type: ignore[arg-type]  # projects have this, the organization not
        before = simulator.state()
        simulator.reset(before)
        assert simulator.state() == before

    def test_types_that_nobody_knows(
        self, admin: Organization, simulator: Simulator, answers: dict[str, list[Any]]
    ) -> None:
        with pytest.raises(Exception, match="is not among the types of data retention"):
            simulator.reset({**SMALL, "data_retention": {"type": "eternal"}})
        simulator.behaviour(unknown_values=True)
        place = next(project for project in simulator.state()["projects"] if project["name"] == "of unknown status")
        with pytest.raises(openai.APIResponseValidationError):
            admin.projects.data_retention.retrieve(place["id"])
        answers.clear()
