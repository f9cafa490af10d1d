# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spend alerts: exact dollars, recipients as sets of addresses, and which alert an amount means."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from simulator import Simulator

MODULE = "spend_alert"
SEARCH = {"project_id": "proj_search"}
OPS = ["ops@example.com"]


def alert(own_id: str, cents: int, *recipients: str, **more: Any) -> dict[str, Any]:
    return {"id": own_id, "threshold_amount": cents, "recipients": list(recipients or OPS), **more}


def small(simulator: Simulator, *alerts: dict[str, Any], own: list[dict[str, Any]] | None = None) -> None:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "usage": {"since": "2090-01-01"},
            "spend_alerts": own or [],
            "projects": [{"name": "search", "id": "proj_search", "spend_alerts": list(alerts)}, {"name": "chat"}],
        }
    )


@pytest.mark.parametrize("module", [MODULE, "spend_limit"])
def test_any_amount_is_exact_or_refused(module: str, simulator: Simulator) -> None:
    """However it is written: cents are never anything but dollars times 100."""
    dice = random.Random(11)
    amounts: list[Any] = [0.1, "0.10", 1e2, 19.999, True, -1, 10**9, "1,5", 0, "", "1e2", "0.1e1", ".5", 0.1 + 0.2]
    amounts += ["nan", "inf", None, [5], {"a": 1}, 1e14, 2**53, 0.005, "5 USD", "\u0665", 4.35 * 100, 1.15 * 100]
    amounts += [
        dice.choice([str, float])(f"{dice.randint(0, 10**7)}.{dice.randint(0, 10 ** dice.randint(1, 3))}")
        for unused_time in range(60)
    ]
    more = {"recipients": OPS} if module == MODULE else {}
    taken = 0
    for amount in amounts:
        small(simulator)
        task = {**SEARCH, "usd_per_month": amount, **more}
        try:
            made = perform(simulator, module, **task)
        except (AdminError, AssertionError):  # what ansible-core refuses is not a number at all
            assert simulator.requests(writes=True) == [], amount
            continue
        (write,) = simulator.requests(writes=True)
        exact = Decimal(amount) if isinstance(amount, str) else round(Decimal(repr(amount)), 9)
        assert write["body"]["threshold_amount"] == exact * 100, amount
        assert made.returns[module]["usd_per_month"] == float(exact), amount
        assert not perform(simulator, module, **task).changed, amount
        taken += 1
    assert taken > 20


@pytest.mark.parametrize("amount", [19.999, True, -1, 0, None])
def test_what_is_no_amount_is_refused(amount: Any, simulator: Simulator) -> None:
    small(simulator)
    with pytest.raises(AdminError, match="usd_per_month"):
        perform(simulator, MODULE, **SEARCH, usd_per_month=amount, recipients=OPS)
    assert simulator.requests() == []


def test_recipients_are_a_set_of_addresses(simulator: Simulator) -> None:
    small(simulator, alert("alert_1", 500, "Ada@Example.com", "bob@example.com"))
    task = {**SEARCH, "usd_per_month": 5}
    assert not perform(simulator, MODULE, **task, recipients=["BOB@example.com", " ada@example.com "]).changed
    perform(simulator, MODULE, **task, recipients=["Zoe@example.com", "bob@example.com", "zoe@EXAMPLE.com"])
    assert simulator.state()["projects"][0]["spend_alerts"][0]["recipients"] == ["Zoe@example.com", "bob@example.com"]


@pytest.mark.parametrize(
    ("recipients", "said"),
    [([], "recipients must name an address"), (["nobody"], "recipients must be one e-mail address"), ([""], "empty")],
)
def test_what_is_no_recipient_is_refused(recipients: list[str], said: str, simulator: Simulator) -> None:
    small(simulator)
    with pytest.raises(BadInput, match=said):
        perform(simulator, MODULE, **SEARCH, usd_per_month=5, recipients=recipients)
    assert simulator.requests() == []


def test_a_new_alert_needs_recipients(simulator: Simulator) -> None:
    small(simulator)
    with pytest.raises(Refused, match="give recipients to create it"):
        perform(simulator, MODULE, **SEARCH, usd_per_month=5)


def test_two_of_one_amount_are_told_apart_by_their_recipients(simulator: Simulator) -> None:
    small(simulator, alert("alert_1", 500, "a@example.com"), alert("alert_2", 500, "b@example.com"))
    task = {**SEARCH, "usd_per_month": 5}
    changed = perform(simulator, MODULE, **task, recipients=["B@example.com"], subject_prefix="[x]")
    assert changed.returns[MODULE]["id"] == "alert_2"
    for other in {"recipients": ["c@example.com"]}, {"state": "absent"}:
        with pytest.raises(Refused, match=r"alert_1, alert_2\)\. Give alert_id instead"):
            perform(simulator, MODULE, **task, **other)
    perform(simulator, MODULE, **SEARCH, alert_id="alert_1", state="absent")
    assert not perform(simulator, MODULE, **task, subject_prefix="[x]").changed


def test_what_is_not_named_stays(simulator: Simulator) -> None:
    small(simulator, alert("alert_1", 500, subject_prefix="[x]"))
    perform(simulator, MODULE, **SEARCH, alert_id="alert_1", usd_per_month=7)
    (there,) = simulator.state()["projects"][0]["spend_alerts"]
    assert there == {**alert("alert_1", 700, subject_prefix="[x]"), "currency": "USD", "interval": "month"}
    perform(simulator, MODULE, **SEARCH, usd_per_month=7, subject_prefix="")
    assert simulator.state()["projects"][0]["spend_alerts"][0]["subject_prefix"] is None
    assert not perform(simulator, MODULE, **SEARCH, usd_per_month=7, subject_prefix="").changed


def test_removing_one_of_two_removes_no_other_one_later(simulator: Simulator) -> None:
    small(simulator, alert("alert_1", 500, "a@example.com"), alert("alert_2", 500, "b@example.com"))
    task = {**SEARCH, "usd_per_month": 5, "recipients": ["b@example.com"], "state": "absent"}
    assert [perform(simulator, MODULE, **task).changed for unused_time in range(3)] == [True, False, False]
    assert [each["id"] for each in simulator.state()["projects"][0]["spend_alerts"]] == ["alert_1"]


def test_info_reads_one_scope(simulator: Simulator) -> None:
    small(simulator, alert("alert_1", 500), alert("alert_2", 30), own=[alert("alert_3", 100)])

    def found(**task: Any) -> list[str]:
        return [each["id"] for each in perform(simulator, f"{MODULE}_info", **task).returns["spend_alerts"]]

    assert found() == ["alert_3"]
    assert found(project="search") == ["alert_1", "alert_2"]
    assert found(**SEARCH, usd_per_month=0.1 + 0.2) == ["alert_2"]
    assert found(**SEARCH, alert_id="alert_1") == ["alert_1"]


class TestDeclared:
    declared: ClassVar[dict[str, Any]] = {
        "spend_alerts": [{"usd_per_month": 100, "recipients": OPS}],
        "project_defaults": {"spend_alerts": [{"usd_per_month": 4, "recipients": OPS, "subject_prefix": "[all]"}]},
        "projects": [
            {"name": "search", "spend_alerts": [{"usd_per_month": 4.0, "recipients": ["lead@example.com"]}]},
            {"name": "chat"},
            {"name": "new", "spend_alerts": [{"usd_per_month": 0.1, "recipients": OPS}]},
        ],
    }

    def test_a_cycle_and_its_export(self, simulator: Simulator) -> None:
        small(simulator, alert("alert_1", 900), own=[alert("alert_9", 10)])
        runs = [perform(simulator, "organization", check, **self.declared) for check in (True, False)]
        counts = [run.returns["summary"]["spend_alerts"] for run in runs]
        assert counts == [{"create": 5}] * 2
        assert not perform(simulator, "organization", **self.declared).changed
        found = perform(simulator, "organization_info", include=["spend_alerts"]).returns["organization"]
        assert [each["usd_per_month"] for each in found["spend_alerts"]] == [0.1, 100]
        search = next(each for each in found["projects"] if each["name"] == "search")
        assert {
            "usd_per_month": 4,
            "recipients": ["lead@example.com"],
            "subject_prefix": "[all]",
        } in search["spend_alerts"]
        assert not perform(simulator, "organization", **found).changed

    def test_undeclared_ones_are_told_and_purged(self, simulator: Simulator) -> None:
        """In both scopes, after those that take their place were added."""
        small(simulator, alert("alert_1", 900), own=[alert("alert_9", 10)])
        projects = [{**each, "purge": ["spend_alerts"]} for each in self.declared["projects"]]
        told = perform(simulator, "organization", **self.declared).returns["unmanaged"]
        assert [(each["project"], each["name"], each["id"]) for each in told] == [
            (None, "0.10 USD", "alert_9"),
            ("search", "9.00 USD", "alert_1"),
        ]
        purged = {**self.declared, "projects": projects, "purge": ["spend_alerts"]}
        perform(simulator, "organization", **purged)
        state = simulator.state()
        assert [each["threshold_amount"] for each in state["spend_alerts"]] == [10000]
        assert [each["threshold_amount"] for each in state["projects"][0]["spend_alerts"]] == [400]
        writes = [each["method"] for each in simulator.requests(writes=True)]
        assert writes == sorted(writes, key=lambda method: method == "DELETE")
        assert not perform(simulator, "organization", **purged).changed

    def test_two_of_one_amount_are_exported_by_their_ids(self, simulator: Simulator) -> None:
        small(simulator, alert("alert_1", 500, "a@example.com"), alert("alert_2", 500, "b@example.com"))
        found = perform(simulator, "organization_info", include=["spend_alerts"]).returns["organization"]
        search = next(each for each in found["projects"] if each["name"] == "search")
        assert [each["alert_id"] for each in search["spend_alerts"]] == ["alert_1", "alert_2"]
        assert not perform(simulator, "organization", **found).changed

    def test_one_amount_cannot_be_declared_twice(self, simulator: Simulator) -> None:
        small(simulator)
        twice = [{"usd_per_month": 5, "recipients": OPS}, {"usd_per_month": 5.0, "recipients": ["a@example.com"]}]
        with pytest.raises(AdminError, match=r"is declared in spend_alerts\[0\] as well"):
            perform(simulator, "organization", spend_alerts=twice)
