# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every fault at every request that the modules send: it converges, or fails in words, and nothing is done twice."""

from __future__ import annotations

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._api import client, errors
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.module_utils._core import reads
from faults.kinds import KINDS
from faults.matrix import matrix, usually_of
from faults.trial import Case, cases, conduct
from integration.counted_tasks import DOCS
from simulator import Simulator

OPERATIONS: dict[str, str] = yaml.safe_load((DOCS / "operations.yml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Endless listings end sooner, since there are so many of them here."""
    monkeypatch.setattr(client, "MAX_PAGES", 20)  # a month of costs has 16


def test_a_fault(case: Case, simulator: Simulator, request: pytest.FixtureRequest) -> None:
    properties = request.node.user_properties  # the fixture record_property would warn of each that JUnit has no place
    properties += [("fault", case.kind), ("reading", case.trial.reading)]
    properties.append(("end", conduct(simulator, case, usually_of(case.trial, request.config))))


def test_every_operation_of_the_modules_is_a_route_of_the_matrix() -> None:
    routes = {str(seen) for usually in matrix().values() for seen in usually.seen}
    assert {
        operation for operation, module in OPERATIONS.items() if module not in ("not yet", "none needed")
    } - routes == set()


def test_each_kind_of_fault_can_happen() -> None:
    seen = {str(each): each for usually in matrix().values() for each in usually.seen}.values()
    assert [name for name, kind in KINDS.items() if not any(list(kind.variants(each)) for each in seen)] == []


def planted(case_id: str) -> Case:
    """The first case whose id begins so."""
    return next(case for trial, usually in matrix().items() for case in cases(trial, usually) if case_id in case.id)


DEFECTS = {
    "a create that is sent again": (
        client,
        "_may_repeat",
        lambda unused_request, error: not error.final,
        "dropped after: once | POST /organization/projects | project, by name, to be created",
    ),
    "a listing with objects that come twice": (
        client,
        "_unknown",
        lambda items, *unused_known: items,
        "overlapping pages: the next page begins with the last object of this one"
        " | GET /organization/projects/{project_id}/rate_limits | rate_limit, unchanged",
    ),
    "answers that nobody looks at": (
        reads,
        "checked",
        lambda unused_resource, answer, unused_doing: answer,
        "wrong shape: data.0.status is [7] | GET /organization/invites | invite, by e-mail address, pending, unchanged",
    ),
    "a failure that does not say that something was changed": (
        errors.RequestError,
        "tell_outcome",
        lambda unused_self: None,
        "500 after: for good | POST /organization/projects/{project_id} | project, by name, to be changed",
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_noticed(name: str, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    place, attribute, wrong, case_id = DEFECTS[name]
    case = planted(case_id)
    conduct(simulator, case, matrix()[case.trial])
    monkeypatch.setattr(place, attribute, wrong)
    with pytest.raises((AdminError, AssertionError, TypeError)):
        conduct(simulator, case, matrix()[case.trial])
