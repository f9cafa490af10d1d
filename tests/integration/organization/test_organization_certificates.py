# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates of a declared organization: uploaded, active where they are declared to be, and nobody locked out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import fingerprint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from integration.direct import perform
from simulator import Authority, Simulator
from tools.series import examples

NAMES = ("red", "green", "blue")
PROJECTS = ("one", "two")


@cache
def content(name: str) -> str:
    return Authority(name).certificate()


def organization(active: Mapping[str, bool], projects: Mapping[str, list[str]]) -> dict[str, Any]:
    """A seed: which certificates there are and whether they are active, and which are in each project."""
    certificates = [
        {
            "name": name,
            "id": f"cert_{name}",
            "active": is_active,
            "projects": [project for project in PROJECTS if name in projects.get(project, ())],
            "content": content(name),
        }
        for name, is_active in active.items()
    ]
    return {
        "users": [{"email": "owner@example.com", "role": "owner"}],
        "projects": [{"name": name, "id": f"proj_{name}"} for name in PROJECTS],
        "certificates": certificates,
    }


def there(simulator: Simulator) -> tuple[dict[str, bool], dict[str, set[str]]]:
    """Which certificates there are and whether they are active, and which are active in each project."""
    state = simulator.state()
    certificates, ids = state["certificates"], {each["name"]: each["id"] for each in state["projects"]}
    projects = {name: {each["name"] for each in certificates if ids[name] in each["projects"]} for name in PROJECTS}
    return {each["name"]: each["active"] for each in certificates}, projects


def bring(simulator: Simulator, check: bool = False, **declaration: Any) -> Outcome:
    return perform(simulator, "organization", check, **{"allow_lockout": True, **declaration})


def told(outcome: Outcome) -> list[tuple[Any, ...]]:
    return [
        (change["kind"], change["project"], change["name"], change["action"], change["before"], change["after"])
        for change in outcome.returns["changes"]
    ]


def test_from_nothing(simulator: Simulator) -> None:
    simulator.reset(organization({}, {}))
    declaration = {
        "certificates": [
            {"name": "red", "content": content("red"), "active": True},
            {"name": "green", "content": content("green")},
        ],
        "projects": [
            {"name": "one", "certificates": [{"name": "green"}]},
            {"name": "new", "certificates": [{"name": "red"}]},
        ],
    }
    predicted = bring(simulator, check=True, **declaration)
    made = bring(simulator, **declaration)
    assert told(predicted) == told(made)
    assert [each[:4] for each in told(made)] == [
        ("project", None, "new", "create"),
        ("certificate", None, "red", "upload"),
        ("certificate", None, "green", "upload"),
        ("active_certificates", None, "red", "activate"),
        ("active_certificates", "one", "green", "activate"),
        ("active_certificates", "new", "red", "activate"),
    ]
    certificates, projects = there(simulator)
    assert certificates == {"red": True, "green": False}
    assert projects["one"] == {"green"}
    again = bring(simulator, **declaration)
    assert (again.changed, again.returns["requests"]["writes"]) == (False, 0)
    assert set(again.returns["ids"]["certificates"]) == {"red", "green"}


def test_a_certificate_needs_no_name(simulator: Simulator) -> None:
    """It is told by its content, in the organization and in a project, before it is uploaded and after."""
    simulator.reset(organization({}, {}))
    declaration = {
        "certificates": [{"content": content("red"), "active": True}],
        "projects": [{"name": "one", "certificates": [{"fingerprint": fingerprint(content("red"))}]}],
    }
    predicted = bring(simulator, check=True, **declaration)
    assert [warning.partition(". ")[0] for warning in predicted.warnings] == [
        "These are the first active certificates of the organization"
    ]
    made = bring(simulator, **declaration)
    assert [each[:2] + each[3:4] for each in told(predicted)] == [each[:2] + each[3:4] for each in told(made)]
    (there_is,) = simulator.state()["certificates"]
    assert (there_is["active"], len(there_is["projects"])) == (True, 1)
    assert not bring(simulator, **declaration).changed


def test_what_is_not_declared_stays_unless_it_is_purged(simulator: Simulator) -> None:
    simulator.reset(organization({"red": True, "green": True, "blue": False}, {"one": ["red", "green"]}))
    declaration: dict[str, Any] = {
        "certificates": [{"name": "red"}],
        "projects": [{"name": "one", "certificates": [{"name": "red"}]}],
    }
    left = bring(simulator, **declaration)
    assert not left.changed
    assert [(each["kind"], each["project"], each["name"]) for each in left.returns["unmanaged"]] == [
        ("project", None, "two"),
        ("certificate", None, "blue"),
        ("certificate", None, "green"),
        ("project_certificate", "one", "green"),
    ]
    in_project = {**declaration["projects"][0], "purge": ["certificates"]}
    with pytest.raises(Refused, match="purge would remove 1 object,"):
        bring(simulator, **{**declaration, "projects": [in_project]}, max_removals=0)
    purged = bring(simulator, **{**declaration, "projects": [in_project]})
    assert [each[1:4] for each in told(purged)] == [("one", "green", "deactivate")]
    purged = bring(simulator, **declaration, purge=["certificates"])
    assert sorted(each[2:4] for each in told(purged)) == [("blue", "delete"), ("green", "deactivate")]
    assert there(simulator) == ({"red": True}, {"one": {"red"}, "two": set()})


def test_what_is_wrong_is_told_before_anything_is_written(simulator: Simulator) -> None:
    simulator.reset(organization({"red": False}, {}))
    with pytest.raises(Refused) as error:
        bring(
            simulator,
            certificates=[{"name": "red", "content": content("red")}],
            projects=[{"name": "one", "certificates": [{"certificate_id": "cert_none"}]}],
            users=[{"email": "nobody@example.com"}],
        )
    assert "There is no certificate cert_none (there are: red)." in str(error.value)
    assert "nobody@example.com" in str(error.value)
    assert not [request for request in simulator.requests() if request["method"] != "GET"]


EXCHANGE = {
    "certificates": [
        {"name": "green", "content": content("green"), "active": True},
        {"name": "red", "state": "absent"},
    ]
}


def caller(folder: Path, authority: str) -> dict[str, str]:
    """A connection with a client certificate of that authority."""
    certificate, key = Authority(authority).issue(folder)
    return {"client_cert": str(certificate), "client_key": str(key)}


@pytest.mark.parametrize("check", [True, False], ids=["check", "run"])
def test_nobody_is_locked_out(check: bool, simulator: Simulator, tmp_path: Path) -> None:
    simulator.reset(organization({"red": True}, {}))
    with pytest.raises(Refused, match=r"None of the certificates that would be active has signed .*green \(new\)"):
        bring(simulator, check, **EXCHANGE, allow_lockout=False, connection=caller(tmp_path, "red"))
    simulator.reset(organization({"red": False}, {}))
    first = {"certificates": [{"name": "red", "active": True}]}
    with pytest.raises(Refused, match=r"^certificates: This would be the first active certificate of the organization"):
        bring(simulator, check, **first, allow_lockout=False)
    assert not [request for request in simulator.requests() if request["method"] != "GET"]


@pytest.mark.parametrize(
    ("module", "declared"),
    [
        ("organization", {"certificates": [{"name": "red", "active": True}]}),
        ("organization", {"certificates": [{"name": "new", "content": content("red"), "active": True}]}),
        ("certificate_activation", {"certificates": [{"name": "red"}]}),
    ],
    ids=["organization", "uploaded", "certificate_activation"],
)
def test_whom_the_first_activation_shuts_out_is_said_before_it(
    module: str, declared: dict[str, Any], simulator: Simulator, tmp_path: Path
) -> None:
    """By a warning in check mode, and while the task runs; never again once some are active."""
    given = {**declared, "connection": caller(tmp_path, "red")}
    there = {} if declared["certificates"][0].get("content") else {"red": False}
    simulator.reset(organization(there, {}))
    told: list[tuple[str, list[str]]] = []

    def tell(line: str) -> None:
        told.append((line, [each["path"] for each in simulator.requests(writes=True) if "activate" in each["path"]]))

    (warning,) = perform(simulator, module, check=True, tell=tell, **given).warnings
    assert warning == (
        "These are the first active certificates of the organization. From then on, the API answers only to clients"
        " with a certificate that one of them has signed. It rejects every tool without one, such as"
        " OpenAI's Terraform provider, which has no option for it."
    )
    assert told == []
    assert warning in perform(simulator, module, tell=tell, **given).warnings
    assert told == [(warning, [])]
    again = perform(simulator, module, tell=tell, **given)
    assert (again.changed, again.warnings, len(told)) == (False, (), 1)


def test_one_takes_the_place_of_another_before_that_goes(simulator: Simulator, tmp_path: Path) -> None:
    simulator.reset(organization({"red": True}, {"two": ["red"]}))
    bring(simulator, **EXCHANGE, allow_lockout=False, connection=caller(tmp_path, "green"))
    writes = [request["path"].partition("/organization/")[2] for request in simulator.requests()]
    writes = [path for path, request in zip(writes, simulator.requests(), strict=True) if request["method"] != "GET"]
    assert writes == [
        "certificates",
        "certificates/activate",
        "projects/proj_two/certificates/deactivate",
        "certificates/deactivate",
        "certificates/cert_red",
    ]


def test_nothing_goes_if_what_takes_its_place_fails(simulator: Simulator) -> None:
    simulator.reset(organization({"red": True}, {}))
    simulator.fault("status", "/organization/certificates/activate", "POST", status=400, message="Not today.")
    with pytest.raises(AdminError) as error:
        bring(simulator, **EXCHANGE)
    assert [each["name"] for each in error.value.facts["not_tried"]] == ["red"]
    assert there(simulator)[0] == {"red": True, "green": False}
    bring(simulator, **EXCHANGE)
    assert there(simulator)[0] == {"green": True}


STATES = st.fixed_dictionaries(
    {name: st.sampled_from([None, "absent", "present", "active", "inactive"]) for name in NAMES}
)
PLACES = st.dictionaries(
    st.sampled_from(PROJECTS), st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["present", "absent"]))
)
SEEDS = st.tuples(
    st.dictionaries(st.sampled_from(NAMES), st.booleans()),
    st.dictionaries(st.sampled_from(PROJECTS), st.lists(st.sampled_from(NAMES), unique=True)),
)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SEEDS, STATES, PLACES, st.booleans())
def test_any_declaration_is_predicted_and_reached(
    simulator: Simulator,
    seed: tuple[dict[str, bool], dict[str, list[str]]],
    states: dict[str, str | None],
    places: dict[str, dict[str, str]],
    purge: bool,
) -> None:
    """Against a model of a few lines: what is declared becomes so, and what is not stays unless it is purged."""
    active, inside = seed
    inside = {project: [name for name in names if name in active] for project, names in inside.items()}
    simulator.reset(organization(active, inside))
    after = {**active, **{name: active.get(name, False) for name, state in states.items() if state in ("present",)}}
    after |= {name: state == "active" for name, state in states.items() if state in ("active", "inactive")}
    after = {
        name: is_active
        for name, is_active in after.items()
        if states[name] != "absent" and not (purge and states[name] is None)
    }
    places = {
        project: {name: state for name, state in entries.items() if state == "absent" or name in after}
        for project, entries in places.items()
    }
    there_then = {project: set(names) & set(after) for project, names in inside.items()}
    for project, entries in places.items():
        kept = set() if purge else there_then.get(project, set())
        gone = {name for name, state in entries.items() if state == "absent"}
        there_then[project] = (kept - gone) | (set(entries) - gone)
    declaration = {
        "certificates": [_entry(name, state) for name, state in states.items() if state],
        "projects": [
            {
                "name": project,
                "certificates": [{"name": name, "state": state} for name, state in entries.items()],
                "purge": ["certificates"] if purge else [],
            }
            for project, entries in places.items()
        ],
        "purge": ["certificates"] if purge else [],
    }
    predicted = bring(simulator, check=True, **declaration)
    before = there(simulator)
    assert before == (active, {project: set(inside.get(project, ())) for project in PROJECTS})
    made = bring(simulator, **declaration)
    assert told(predicted) == told(made)
    assert there(simulator) == (after, {project: there_then.get(project, set()) for project in PROJECTS})
    again = bring(simulator, **declaration)
    assert (again.changed, again.returns["requests"]["writes"]) == (False, 0)


def _entry(name: str, state: str) -> dict[str, Any]:
    if state == "absent":
        return {"name": name, "state": "absent"}
    activity = {} if state == "present" else {"active": state == "active"}
    return {"name": name, "content": content(name), **activity}


def test_what_takes_a_name_is_told_from_what_has_it(simulator: Simulator) -> None:
    """A certificate that cannot be renamed does not hold up those who wait for a new one of its name."""
    simulator.reset(organization({"red": True}, {}))
    simulator.fault("status", "/organization/certificates/{certificate_id}", "POST", status=400)
    with pytest.raises(AdminError) as caught:
        bring(
            simulator,
            certificates=[{"certificate_id": "cert_red", "name": "old"}, {"name": "red", "content": content("green")}],
            projects=[{"name": "one", "certificates": [{"fingerprint": fingerprint(content("green"))}]}],
        )
    assert [each["name"] for each in caught.value.facts["failed_changes"]] == ["red"]
    assert caught.value.facts["not_tried"] == []


def test_one_that_goes_between_two_reads_is_as_it_was_listed(simulator: Simulator) -> None:
    simulator.reset(organization({"red": True}, {}))
    simulator.fault("status", "/organization/certificates/{certificate_id}", "GET", status=404)
    outcome = perform(simulator, "certificate", certificate_id="cert_red", content=content("red"))
    assert (outcome.changed, outcome.returns["certificate"]["id"]) == (False, "cert_red")
