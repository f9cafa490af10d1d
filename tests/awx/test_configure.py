# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""configure.yml against a small AWX, as a person runs it: once, twice, and after people changed things there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from awx.fake import TOKEN, Awx, running
from awx.playbooks import AWX, PROJECT, Run, loading, play
from integration.forkserver import ForkServer

KEYS = {"OPENAI_READING_ADMIN_KEY": "sk-admin-reading-1", "OPENAI_FULL_ADMIN_KEY": "sk-admin-full-2"}
SECRETS = [*KEYS.values(), "mail-password-3", "webhook-password-4"]
SETTINGS = {
    "openai_admin_awx_image": "registry.example.com/openai-admin:1",
    "openai_admin_awx_project_url": "https://git.example.com/platform/openai.git",
    "openai_admin_awx_mail": {
        "host": "smtp.example.com",
        "sender": "awx@example.com",
        "recipients": ["security@example.com"],
        "username": "awx",
        "password": "mail-password-3",
        "use_tls": True,
    },
    "openai_admin_awx_webhook": {"url": "https://chat.example.com/hook", "password": "webhook-password-4"},
}


def configure(
    awx: Awx,
    home: Path,
    *options: str,
    settings: Mapping[str, Any] | None = None,
    loaded: ForkServer | None = None,
) -> Run:
    awx.requests.clear()
    file = home / "settings.json"
    file.write_text(json.dumps(SETTINGS if settings is None else settings), encoding="utf-8")
    access = {"CONTROLLER_HOST": awx.url, "CONTROLLER_OAUTH_TOKEN": TOKEN, **KEYS}
    run = play(AWX / "configure.yml", home, "-vvv", "-e", f"@{file}", *options, loaded=loaded, **access)
    for secret in SECRETS:
        assert secret not in run.output
    return run


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def loaded(home: Path) -> Iterator[ForkServer]:
    """Runs after the first one, which is started anew."""
    with loading(home) as server:
        yield server


@pytest.fixture(scope="module")
def empty() -> Iterator[Awx]:
    with running(Awx({path.name for path in PROJECT.glob("*.yml")})) as awx:
        yield awx


@pytest.fixture(scope="module")
def awx(empty: Awx, home: Path) -> Awx:
    """AWX as the first run leaves it."""
    run = configure(empty, home)
    assert run.status == 0, run.output
    return empty


def test_all_is_there_after_the_first_run(awx: Awx, definitions: dict[str, Any]) -> None:
    for name in "credential_types", "credentials", "notification_templates", "job_templates", "schedules":
        assert {each["name"] for each in awx.items[name].values()} == {each["name"] for each in definitions[name]}
    keys = {each["name"]: each["inputs"].get("admin_key") for each in awx.items["credentials"].values()}
    assert keys["OpenAI (reading)"] == KEYS["OPENAI_READING_ADMIN_KEY"]
    assert keys["OpenAI (full)"] == KEYS["OPENAI_FULL_ADMIN_KEY"]
    assert {each["extra_vars"] for each in awx.items["workflow_job_templates"].values()} == {""}


def test_the_project_comes_from_git(awx: Awx) -> None:
    """AWX installs collections/requirements.yml for such a project, and not for a manual one."""
    (project,) = awx.items["projects"].values()
    assert (project["scm_type"], project["scm_url"]) == ("git", SETTINGS["openai_admin_awx_project_url"])
    assert project["scm_update_on_launch"]


def test_who_writes_has_the_full_key_and_the_rest_the_reading_one(awx: Awx) -> None:
    full = {"OpenAI provision", "OpenAI off-boarding", "OpenAI key rotation"}
    for name in (each["name"] for each in awx.items["job_templates"].values()):
        held = awx.linked("job_templates", name, "credentials")
        assert ("OpenAI (full)" in held) == (name in full)
        assert ("OpenAI (reading)" in held) == (name not in full)


def test_jobs_do_not_meet_themselves_and_end(awx: Awx) -> None:
    for each in awx.items["job_templates"].values():
        assert (each["allow_simultaneous"], each["become_enabled"], each["diff_mode"]) == (False, False, True)
        assert 0 < each["timeout"] <= 7200
        assert not each["ask_variables_on_launch"]
    assert awx.named("job_templates", "OpenAI audit")["job_type"] == "check"


def test_an_audit_that_fails_asks_for_approval_before_anything_is_provisioned(awx: Awx) -> None:
    nodes = "workflow_job_template_nodes"
    edges = {
        (name, link): awx.linked(nodes, name, link)
        for name in ("audit", "approval", "provision")
        for link in ("success_nodes", "failure_nodes")
    }
    assert {key: after for key, after in edges.items() if after} == {
        ("audit", "failure_nodes"): ["approval"],
        ("approval", "success_nodes"): ["provision"],
    }
    runs = {name: awx.named(nodes, name)["unified_job_template"] for name in ("audit", "approval", "provision")}
    assert runs["audit"] == awx.named("job_templates", "OpenAI audit")["id"]
    assert runs["provision"] == awx.named("job_templates", "OpenAI provision")["id"]
    assert runs["approval"] in awx.items["workflow_approval_templates"]
    told = awx.linked("workflow_job_templates", "OpenAI audit and provision", "notification_templates_approvals")
    assert told == ["OpenAI, by mail", "OpenAI, by webhook"]


def test_the_cost_report_is_made_on_the_2nd(awx: Awx) -> None:
    schedule = awx.named("schedules", "OpenAI cost report, on the 2nd of the month")
    assert schedule["unified_job_template"] == awx.named("job_templates", "OpenAI cost report")["id"]
    assert "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=2" in schedule["rrule"]


def test_the_second_run_changes_nothing_not_even_what_people_entered(awx: Awx, home: Path, loaded: ForkServer) -> None:
    """A credential with more inputs than before would be written anew, without them."""
    entered = awx.named("credentials", "OpenAI (full)")["inputs"]
    entered.update(admin_key="sk-admin-entered-5", client_cert="-----BEGIN CERTIFICATE-----")
    before = json.dumps(awx.items)
    run = configure(awx, home, loaded=loaded)
    assert run.status == 0, run.output
    assert (run.changed, awx.writes) == (0, [])
    assert json.dumps(awx.items) == before


def test_secrets_are_written_again_only_when_that_is_asked_for(awx: Awx, home: Path, loaded: ForkServer) -> None:
    """AWX returns none, so nobody can tell whether they differ, and each such run counts as a change."""
    for entered in awx.items["credentials"].values():
        entered["inputs"]["organization_id"] = "org-entered"
    options = "--tags", "secrets", "-e", "openai_admin_awx_update_secrets=true"
    run = configure(awx, home, *options, loaded=loaded)
    assert run.status == 0, run.output
    assert run.changed == 2
    assert {method for method, _path, _body in awx.writes} == {"PATCH"}
    assert awx.named("credentials", "OpenAI (full)")["inputs"] == {"admin_key": KEYS["OPENAI_FULL_ADMIN_KEY"]}
    assert awx.named("notification_templates", "OpenAI, by mail")["messages"]


def test_what_is_missing_is_said_at_once(awx: Awx, home: Path, loaded: ForkServer) -> None:
    run = configure(awx, home, settings={}, loaded=loaded)
    assert run.status != 0
    assert "Set openai_admin_awx_image and openai_admin_awx_project_url in a file of yours" in run.output
    assert awx.requests == []
