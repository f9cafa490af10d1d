# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The official SDK invites people to the simulated organization; some of them come."""

from __future__ import annotations

from typing import Any

import openai
import pytest
from openai.resources.admin.organization import Organization
from simulator import ControlError, OrganizationError, Simulator
from simulator.organization import Ids, load, source

NOW = 1_800_000_000
WEEK = 7 * 24 * 3600
SEEDED: dict[str, Any] = {
    "users": [{"email": "ada@example.com", "role": "owner"}],
    "projects": [{"name": "search", "id": "proj_search"}],
    "invites": [
        {"email": "pending@example.com", "projects": [{"project": "search"}, {"project": "proj_search"}]},
        {"email": "running@example.com", "created_at": NOW - 10, "expires_at": NOW + 10},
        {"email": "expired@example.com", "status": "expired"},
        {"email": "accepted@example.com", "role": "owner", "status": "accepted", "created_at": "2026-01-02"},
        {"email": "ada@example.com", "accepted_at": 1_700_000_000},
    ],
    "behaviour": {"clock": NOW},
}


def project_id(admin: Organization, name: str) -> str:
    return next(item.id for item in admin.projects.list(include_archived=True) if item.name == name)


def refused(status: int) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, check=lambda error: error.status_code == status)


class TestInvites:
    def test_life(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(clock=NOW)
        support = project_id(admin, "support-assistant")
        made = admin.invites.create(email="new@example.com", role="owner", projects=[{"id": support, "role": "owner"}])
        assert (made.email, made.role, made.status, made.accepted_at) == ("new@example.com", "owner", "pending", None)
        assert (made.created_at, made.expires_at) == (NOW, NOW + WEEK)
        assert [(item.id, item.role) for item in made.projects] == [(support, "owner")]
        assert admin.invites.retrieve(made.id) == made
        assert admin.invites.list().data == [made]
        assert admin.invites.delete(made.id).deleted
        for call in (admin.invites.retrieve, admin.invites.delete):
            with refused(404):
                call(made.id)
        assert admin.invites.list().data == []

    def test_projects_left_out_and_none(self, admin: Organization) -> None:
        default = project_id(admin, "Default project")
        made = admin.invites.create(email="a@example.com", role="reader")
        assert [(item.id, item.role) for item in made.projects] == [(default, "member")]
        assert admin.invites.create(email="b@example.com", role="reader", projects=[]).projects == []

    def test_pages(self, admin: Organization, simulator: Simulator) -> None:
        ids = [admin.invites.create(email=f"{number}@example.com", role="reader").id for number in range(5)]
        simulator.clear()
        assert [item.id for item in admin.invites.list(limit=2)] == ids
        assert [entry["query"].get("after") for entry in simulator.requests()] == [None, [ids[1]], [ids[3]]]
        simulator.behaviour(page_size=1)
        assert [item.id for item in admin.invites.list(limit=100)] == ids

    @pytest.mark.parametrize(
        "body",
        [
            {"email": "grace@example.com"},
            {"email": "GRACE@Example.com"},
            {"email": ""},
            {"email": "nobody"},
            {"role": "member"},
            {"role": None},
            {"projects": None},
            {"projects": [{"id": "proj_x"}]},
            {"projects": [{"id": "proj_x", "role": "viewer"}]},
            {"projects": ["proj_x"]},
            {"colour": "red"},
        ],
    )
    def test_bad_bodies(self, admin: Organization, body: dict[str, Any]) -> None:
        with refused(400):
            admin.invites.create(email="new@example.com", role="reader", extra_body=body)
        assert admin.invites.list().data == []

    def test_projects_that_cannot_be_joined(self, admin: Organization) -> None:
        archived, support = project_id(admin, "prototype-2025"), project_id(admin, "support-assistant")
        for status, ids in ((404, ["proj_unknown"]), (400, [archived]), (400, [support, support])):
            with refused(status):
                admin.invites.create(
                    email="new@example.com", role="reader", projects=[{"id": item, "role": "member"} for item in ids]
                )
        assert admin.invites.list().data == []

    def test_duplicates(self, admin: Organization, simulator: Simulator) -> None:
        first, second = (admin.invites.create(email="new@example.com", role="reader").id for unused_turn in range(2))
        assert first != second
        simulator.behaviour(duplicate_invites=False)
        with refused(400):
            admin.invites.create(email="NEW@example.com", role="reader")
        simulator.behaviour(advance=WEEK)
        assert admin.invites.create(email="new@example.com", role="reader").status == "pending"

    def test_expiry(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(clock=NOW)
        made = admin.invites.create(email="new@example.com", role="reader").id
        simulator.behaviour(advance=WEEK - 1)
        assert admin.invites.retrieve(made).status == "pending"
        simulator.behaviour(advance=1)
        assert admin.invites.retrieve(made).status == "expired"
        assert [item["status"] for item in simulator.state()["invites"]] == ["expired"]
        with pytest.raises(ControlError, match="expired"):
            simulator.accept_invite(made)
        assert admin.invites.delete(made).deleted


class TestAcceptance:
    def test_it_makes_a_user(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(clock=NOW)
        support, studio = (project_id(admin, name) for name in ("support-assistant", "image-studio"))
        made = admin.invites.create(
            email="new@example.com",
            role="reader",
            projects=[{"id": support, "role": "owner"}, {"id": studio, "role": "member"}],
        )
        admin.projects.archive(studio)
        user = simulator.accept_invite(made.id, "New")
        found = admin.users.list(emails=["new@example.com"]).data
        assert [(item.id, item.name, item.role, item.added_at) for item in found] == [
            (user["id"], "New", "reader", NOW)
        ]
        member = admin.projects.users.retrieve(user["id"], project_id=support)
        assert (member.role, member.added_at) == ("owner", NOW)
        accepted = admin.invites.retrieve(made.id)
        assert (accepted.status, accepted.accepted_at) == ("accepted", NOW)
        with refused(400):
            admin.invites.delete(made.id)
        with pytest.raises(ControlError, match="accepted"):
            simulator.accept_invite(made.id)
        with refused(400):
            admin.invites.create(email="new@example.com", role="reader")

    def test_accepted_ones_never_expire(self, admin: Organization, simulator: Simulator) -> None:
        made = admin.invites.create(email="new@example.com", role="reader").id
        simulator.accept_invite(made)
        simulator.behaviour(advance=10 * WEEK)
        assert admin.invites.retrieve(made).status == "accepted"

    def test_an_owner_and_the_default_project(self, admin: Organization, simulator: Simulator) -> None:
        user = simulator.accept_invite(admin.invites.create(email="new@example.com", role="owner").id)
        assert admin.users.retrieve(user["id"]).role == "owner"
        default = project_id(admin, "Default project")
        assert admin.projects.users.retrieve(user["id"], project_id=default).role == "owner"
        assert admin.users.update(user["id"], role="reader").role == "reader"
        assert admin.projects.users.retrieve(user["id"], project_id=default).role == "member"

    def test_only_one_of_several(self, admin: Organization, simulator: Simulator) -> None:
        first, second = (admin.invites.create(email="new@example.com", role="reader").id for unused_turn in range(2))
        simulator.accept_invite(second)
        with pytest.raises(ControlError, match="already a member"):
            simulator.accept_invite(first)
        assert admin.invites.retrieve(first).status == "pending"

    def test_somebody_who_left_can_be_invited_again(self, admin: Organization, simulator: Simulator) -> None:
        first = admin.invites.create(email="new@example.com", role="reader").id
        admin.users.delete(simulator.accept_invite(first)["id"])
        second = admin.invites.create(email="new@example.com", role="reader").id
        assert [(item.id, item.status) for item in admin.invites.list()] == [(first, "accepted"), (second, "pending")]

    def test_unknown(self, simulator: Simulator) -> None:
        with pytest.raises(ControlError, match="No such invite"):
            simulator.accept_invite("invite-unknown")


class TestOrganizationFile:
    def test_states(self, admin: Organization, simulator: Simulator) -> None:
        simulator.reset(SEEDED)
        assert [(item.email.partition("@")[0], item.status) for item in admin.invites.list()] == [
            ("pending", "pending"),
            ("running", "pending"),
            ("expired", "expired"),
            ("accepted", "accepted"),
            ("ada", "accepted"),
        ]
        assert [(item.id, item.role) for item in admin.invites.list().data[0].projects] == [
            ("proj_search", "member")
        ] * 2
        simulator.behaviour(advance=10)
        assert admin.invites.list().data[1].status == "expired"
        simulator.behaviour(clock=NOW)
        assert admin.invites.list().data[1].status == "pending"
        assert admin.invites.list().data[0].expires_at is None

    def test_given_back(self, admin: Organization, simulator: Simulator) -> None:
        simulator.reset(SEEDED)
        admin.invites.create(email="new@example.com", role="reader")
        state = simulator.state()
        simulator.reset(state)
        assert simulator.state() == state
        assert admin.invites.create(email="newer@example.com", role="reader").id not in str(state)

    @pytest.mark.parametrize(
        ("invite", "complaint"),
        [
            ({}, r"invites\.0\.email"),
            ({"email": "x@example.com", "status": "lost"}, "'lost' is not among the statuses of invites: "),
            ({"email": "x@example.com", "projects": [{"project": "y"}]}, "'y' is not among"),
        ],
    )
    def test_errors(self, invite: dict[str, Any], complaint: str) -> None:
        with pytest.raises(OrganizationError, match=complaint):
            load(source({"invites": [invite]}), Ids())
