# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys that work get a later expiry or other scopes; their values stay the same."""

from __future__ import annotations

import time
from typing import Any

import openai
import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from simulator import Simulator

DAY = 86400
MODULE = "project_api_key"
KEY = "/organization/projects/{project_id}/api_keys/{api_key_id}"
LOG = "/organization/audit_logs"
DEPLOY = {"project": "search", "service_account": "api", "name": "deploy"}
EXTEND = {**DEPLOY, "extend_when_days_left": 14, "expires_in_days": 90}


def key(name: str, left: float | None, **more: Any) -> dict[str, Any]:
    """A key that expires after so many days."""
    now = int(time.time())
    expires = {} if left is None else {"expires_at": int(now + left * DAY)}
    return {"name": name, "id": f"key_{name}", "created_at": now - 40 * DAY, **expires, **more}


@pytest.fixture(autouse=True)
def small(simulator: Simulator) -> None:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}, {"email": "dev@example.com"}],
            "projects": [
                {
                    "name": "search",
                    "id": "proj_search",
                    "users": [{"email": "dev@example.com"}],
                    "service_accounts": [{"name": "api", "id": "svc_api"}],
                    "api_keys": [
                        key("deploy", 10, service_account="api"),
                        key("fresh", 15, service_account="api"),
                        key("forever", None, service_account="api"),
                        key("expired", -1, service_account="api"),
                        key("laptop", 3, user="dev@example.com"),
                    ],
                }
            ],
        }
    )


def task(simulator: Simulator, check: bool = False, **options: Any) -> Any:
    return perform(simulator, MODULE, check, hidden=True, **options)


def there(simulator: Simulator, name: str) -> dict[str, Any]:
    (found,) = [each for each in simulator.state()["projects"][0]["api_keys"] if each["id"] == f"key_{name}"]
    return dict(found)


def test_a_key_that_expires_soon_lives_on_and_the_second_run_changes_nothing(simulator: Simulator) -> None:
    foreseen = task(simulator, True, **EXTEND)
    assert simulator.requests(writes=True) == []
    done = task(simulator, **EXTEND)
    (write,) = simulator.requests(writes=True)
    assert (write["method"], write["route"], write["body"]) == ("POST", KEY, {"expires_in_seconds": 90 * DAY})
    assert foreseen.changed
    assert done.changed
    for outcome in foreseen, done:
        told = {name: outcome.returns[name] for name in ("extended", "scopes_changed", "issued", "revoked")}
        assert told == {"extended": True, "scopes_changed": False, "issued": False, "revoked": []}
    assert foreseen.returns["project_api_key"]["expires_at"] is None
    assert abs(done.returns["project_api_key"]["expires_at"] - time.time() - 90 * DAY) < 60
    assert done.secrets["api_key"]["value"] is None
    again = task(simulator, **EXTEND)
    assert (again.changed, again.returns["extended"]) == (False, False)


@pytest.mark.parametrize(("name", "changed"), [("deploy", True), ("fresh", False), ("forever", False)])
def test_only_an_expiry_within_the_days_counts(name: str, changed: bool, simulator: Simulator) -> None:
    before = there(simulator, name)
    assert task(simulator, **{**EXTEND, "name": name}).changed is changed
    assert (there(simulator, name) != before) is changed


def test_a_key_that_has_expired_is_issued_anew(simulator: Simulator) -> None:
    done = task(simulator, **{**EXTEND, "name": "expired"})
    assert (done.returns["issued"], done.returns["extended"]) == (True, False)


def test_a_key_that_is_due_is_replaced_not_extended(simulator: Simulator) -> None:
    done = task(simulator, **EXTEND, rotate_after_days=30)
    assert (done.returns["issued"], done.returns["extended"]) == (True, False)


def test_the_key_of_a_person_by_its_id(simulator: Simulator) -> None:
    """The task needs no no_log, because it never issues a key."""
    laptop = {"project": "search", "api_key_id": "key_laptop", "extend_when_days_left": 7, "expires_in_days": 30}
    assert perform(simulator, MODULE, **laptop).changed
    assert not perform(simulator, MODULE, **laptop).changed
    assert there(simulator, "laptop")["expires_at"] > time.time() + 29 * DAY
    with pytest.raises(AdminError, match="There is no project API key key_gone"):
        perform(simulator, MODULE, **{**laptop, "api_key_id": "key_gone"})
    assert len(simulator.requests(writes=True)) == 1


def test_an_answer_with_the_old_expiry_is_a_failure(simulator: Simulator) -> None:
    before = there(simulator, "deploy")["expires_at"]
    body = {"object": "organization.project.api_key", "id": "key_deploy", "name": "deploy", "expires_at": before}
    simulator.fault("body", KEY, "POST", body=body)
    with pytest.raises(AdminError, match="Could not extend project API key 'deploy'"):
        task(simulator, **EXTEND)


def test_scopes_are_compared_with_what_the_audit_log_shows(simulator: Simulator) -> None:
    read_only = {**DEPLOY, "name": "new", "scopes": ["api.model.read", "api.files.read"], "update_scopes": "when_known"}
    assert task(simulator, **read_only).returns["issued"]
    turned = {**read_only, "scopes": read_only["scopes"][::-1]}
    assert not task(simulator, **turned).changed
    wider = {**read_only, "scopes": ["api.model.read", "api.model.request"]}
    foreseen, done = task(simulator, True, **wider), task(simulator, **wider)
    assert foreseen.returns["scopes_changed"]
    assert done.returns["scopes_changed"]
    assert simulator.requests(writes=True)[-1]["body"] == {"scopes": wider["scopes"]}
    task(simulator, **wider, extend_when_days_left=1, expires_in_days=2)  # an event without scopes says nothing
    assert not task(simulator, **wider).changed
    both = {**read_only, "extend_when_days_left": 60, "expires_in_days": 90}
    own_id = done.returns["project_api_key"]["id"]
    with openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url) as client:
        keys = client.admin.organization.projects.api_keys
        keys.update(own_id, project_id="proj_search", expires_in_seconds=30 * DAY)
        done = task(simulator, **both)
        assert abs((keys.retrieve(own_id, project_id="proj_search").expires_at or 0) - time.time() - 90 * DAY) < 60
    assert (done.returns["extended"], done.returns["scopes_changed"]) == (True, True)
    assert simulator.requests(writes=True)[-1]["body"] == {
        "scopes": read_only["scopes"],
        "expires_in_seconds": 90 * DAY,
    }
    assert not task(simulator, **both).changed


@pytest.mark.parametrize("logging", [True, False, "forbidden"])
def test_unknown_scopes_are_no_change(logging: Any, simulator: Simulator) -> None:
    """No event shows the scopes of keys that are older than the audit log."""
    simulator.behaviour(audit_logging=logging)
    known = {**DEPLOY, "scopes": ["api.model.read"], "update_scopes": "when_known"}
    for check in True, False:
        with pytest.raises(Refused, match=r"It is unknown which scopes key key_deploy has .* Nothing was changed"):
            task(simulator, check, **known)
    assert simulator.requests(writes=True) == []
    always = {**known, "update_scopes": "always"}
    for unused_run in range(2):
        assert task(simulator, **always).returns["scopes_changed"]
    assert there(simulator, "deploy")["scopes"] == ["api.model.read"]


def test_scopes_of_a_new_key_stay_without_a_look_at_the_audit_log(simulator: Simulator) -> None:
    assert not task(simulator, **DEPLOY, scopes=["api.model.read"]).changed
    assert all(each["route"] != LOG for each in simulator.requests())


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no life": ({**DEPLOY, "extend_when_days_left": 3}, "extend_when_days_left needs expires_in_seconds or"),
    "too short": ({**EXTEND, "extend_when_days_left": 90}, "would be extended by every run"),
    "no scopes": ({**DEPLOY, "update_scopes": "always"}, "update_scopes: always needs scopes"),
    "no restriction": ({**DEPLOY, "update_scopes": "always", "scopes": []}, "Set allow_unrestricted"),
    "absent": ({**EXTEND, "state": "absent"}, "needs"),
    "rotated by id": (
        {"project": "search", "api_key_id": "key_laptop", "rotate_after_days": 1, **EXTEND},
        "api_key_id names one key",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_contradictions_are_refused_before_the_first_request(wrong: str, simulator: Simulator) -> None:
    options, words = WRONG[wrong]
    with pytest.raises(BadInput, match=words):
        task(simulator, **options)
    assert simulator.requests() == []


def test_restrictions_are_removed_only_if_the_task_allows_it(simulator: Simulator) -> None:
    free = {**DEPLOY, "scopes": [], "update_scopes": "always", "allow_unrestricted": True}
    assert task(simulator, **free).returns["scopes_changed"]
    assert simulator.requests(writes=True)[-1]["body"] == {"scopes": []}
