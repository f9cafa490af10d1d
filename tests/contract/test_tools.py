# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tools of an integration of the Administration API: each one's job is done by a module, and seen by the official SDK.

The tools lie in tools*.yml. Their jobs are done in two playbooks; what they came to is
looked at with the SDK alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import openai
import pytest
import yaml
from contract.operations import SDK, reached
from integration.playbooks import Ansible, PlaybookRun, TaskRun, module
from integration.sdk import admin, differences, plain, seen
from openai.resources.admin.organization import Organization
from simulator import Authority, Simulator, running

Tool = Mapping[str, Any]

MODULES = "ansible_collections.community.openai_admin.plugins.modules"
TOOLS: dict[str, Tool] = {
    name: tool
    for file in sorted(Path(__file__).parent.glob("tools*.yml"))
    for name, tool in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}
READ = {name: tool for name, tool in TOOLS.items() if tool["operation"].startswith("GET ")}
WRITTEN = {name: tool for name, tool in TOOLS.items() if name not in READ}
LISTED = {name: tool for name, tool in READ.items() if "limit" in tool["parameters"]}
BOUNDED = {name: tool for name, tool in LISTED.items() if tool["parameters"]["limit"] != "pages"}
PAGE_SIZE = 2
NOW = 1_800_000_000
PAGES = "pages"
OF_PAGES = {"limit", "after", "before", "page"}

PEOPLE = [{"email": f"p{number}@example.com", "id": f"user-{number}"} for number in range(1, 6)]
LIMITS = (
    "max_requests_per_1_minute",
    "max_tokens_per_1_minute",
    "max_images_per_1_minute",
    "max_audio_megabytes_per_1_minute",
    "max_requests_per_1_day",
    "batch_1_day_max_input_tokens",
)
ORGANIZATION: dict[str, Any] = {
    "users": [
        {"email": "boss@example.com", "id": "user-boss", "role": "owner"},
        *PEOPLE,
        {"email": "new@example.com", "id": "user-new"},
    ],
    "default_rate_limits": [{"model": f"model-{number}", **dict.fromkeys(LIMITS, 5)} for number in range(5)],
    "projects": [
        {
            "name": "main",
            "id": "proj_main",
            "created_at": "2026-01-01",
            "users": [{"user_id": each["id"]} for each in PEOPLE],
            "service_accounts": [{"name": f"account-{number}", "id": f"svc_{number}"} for number in range(1, 6)],
            "api_keys": [
                {"name": "own", "id": "key_1", "user": "user-1", "last_used_at": "2026-11-01"},
                *(
                    {"name": f"key-{number}", "id": f"key_{number}", "service_account": "svc_1"}
                    for number in range(2, 6)
                ),
            ],
        },
        {"name": "to be modified", "id": "proj_modify"},
        {"name": "to be archived", "id": "proj_archive"},
        {"name": "archived", "id": "proj_archived", "status": "archived"},
        {"name": "another", "id": "proj_another"},
    ],
    "invites": [{"email": f"i{number}@example.com", "id": f"invite-{number}"} for number in range(1, 6)],
    "audit_events": [
        {
            "type": "project.updated",
            "id": f"audit_log-{number}",
            "effective_at": 1790000000 + number,
            "project": "proj_main",
            "actor": {"user_id": "user-1"},
            "details": {"id": "proj_main"},
        }
        for number in range(5)
    ],
    "certificates": [
        {
            "name": f"authority {number}",
            "id": f"cert_{number}",
            "generate": {"common_name": f"Authority {number}", "days": 3650},
            "active": number == 3,
            "projects": ["proj_main"] if number == 3 else [],
        }
        for number in range(1, 6)
    ],
    "usage": {"seed": 7},
    "behaviour": {"page_size": PAGE_SIZE, "clock": NOW},
}

every_tool = pytest.mark.parametrize("name", TOOLS)


# --- the SDK's view


def look(organization: Organization, check: Mapping[str, Any]) -> list[dict[str, Any]]:
    return seen(organization, check["call"], **check.get("with", {}))


def is_done(organization: Organization, check: Mapping[str, Any]) -> bool:
    """Whether the tool's job is done, as far as the SDK sees."""
    try:
        objects = look(organization, check)
    except openai.NotFoundError:
        return "gone" in check
    return "shows" in check and len([each for each in objects if check["shows"].items() <= plain(each).items()]) == 1


# --- the jobs, done once


def tasks(tools: Mapping[str, Tool], suffix: str = "", **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{name}{suffix}",
            **module(tool["module"], **{**tool["task"], **more}),
            "no_log": bool(tool.get("hidden")),
            **({"check_mode": True} if suffix == " in check mode" else {}),
        }
        for name, tool in tools.items()
    ]


def play(simulator: Simulator, folder: Path, *parts: list[dict[str, Any]]) -> PlaybookRun:
    certificate = Authority("Uploaded").certificate(days=3650, now=NOW)
    run = Ansible(simulator, folder).play([task for part in parts for task in part], CERTIFICATE=certificate)
    assert run.status == 0, run.output
    return run


@pytest.fixture(scope="module")
def organization() -> Iterator[Simulator]:
    """An organization in which every listing has more than two pages."""
    with running(ORGANIZATION) as server:
        yield server


@pytest.fixture(scope="module")
def before(organization: Simulator) -> dict[str, Any]:
    """What the SDK sees before anything is done: objects for what reads, whether it is done for what writes."""
    sdk = admin(organization)
    objects = {name: look(sdk, tool["check"]) for name, tool in READ.items()}
    return {**objects, **{name: is_done(sdk, tool["check"]) for name, tool in WRITTEN.items()}}


@pytest.fixture(scope="module")
def reading(before: dict[str, Any], organization: Simulator, tmp_path_factory: pytest.TempPathFactory) -> PlaybookRun:
    """All jobs that read, also bounded to the first three objects."""
    assert set(before) == set(TOOLS)
    folder = tmp_path_factory.mktemp("reading")
    return play(organization, folder, tasks(READ), tasks(BOUNDED, " up to three", max_results=3))


@pytest.fixture(scope="module")
def writing(reading: PlaybookRun, organization: Simulator, tmp_path_factory: pytest.TempPathFactory) -> PlaybookRun:
    """All jobs that write: in check mode, done, done again."""
    assert reading.writes == []
    parts = [tasks(WRITTEN, suffix) for suffix in (" in check mode", "", " again")]
    return play(organization, tmp_path_factory.mktemp("writing"), *parts)


def sent(job: TaskRun, operation: str) -> list[dict[str, Any]]:
    """A task's requests of that kind."""
    return [request for request in job.requests if f"{request['method']} {request['route']}" == operation]


@pytest.fixture
def job(name: str, request: pytest.FixtureRequest) -> TaskRun:
    """The task that did a tool's job."""
    run: PlaybookRun = request.getfixturevalue("reading" if name in READ else "writing")
    return run[name]


# --- what they came to


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_what_the_sdk_reads(name: str, before: dict[str, Any], job: TaskRun) -> None:
    returned = next(value for key, value in job.result.items() if isinstance(value, list) and key != "warnings")
    assert differences(returned, before[name]) == []
    assert len(returned) > 2 * PAGE_SIZE if name in LISTED else len(returned) == 1
    assert "results" not in returned[0] or any(bucket["results"] for bucket in returned)


@pytest.mark.parametrize("name", LISTED)
def test_all_pages_are_followed(name: str, before: dict[str, Any], job: TaskRun) -> None:
    assert len(sent(job, TOOLS[name]["operation"])) == -(-len(before[name]) // PAGE_SIZE)


@pytest.mark.parametrize("name", BOUNDED)
def test_a_listing_can_be_bounded(name: str, reading: PlaybookRun) -> None:
    whole, few = reading[name].result, reading[f"{name} up to three"].result
    (plural,) = (key for key, value in few.items() if isinstance(value, list) and key in whole and value)
    assert few[plural] == whole[plural][:3]


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_done_is_seen_by_the_sdk(
    name: str, before: dict[str, Any], writing: PlaybookRun, organization: Simulator
) -> None:
    assert before[name] is False
    assert writing[name].changed
    assert is_done(admin(organization), TOOLS[name]["check"])


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_predicted_and_done_once(name: str, writing: PlaybookRun) -> None:
    predicted, again = writing[f"{name} in check mode"], writing[f"{name} again"]
    assert (predicted.changed, again.changed) == (True, False)
    assert predicted.writes == again.writes == []


# --- what they are told


@every_tool
def test_the_tools_operation_is_the_modules(name: str, job: TaskRun) -> None:
    operation = TOOLS[name]["operation"]
    assert operation in SDK
    assert operation in reached(TOOLS[name]["module"])
    assert sent(job, operation) != []


@every_tool
def test_every_parameter_is_one_of_the_api(name: str) -> None:
    tool = TOOLS[name]
    known = {tool.get("now", {}).get(each, each) for each in tool["parameters"]}
    assert known <= set(SDK[tool["operation"]].parameters)


@every_tool
def test_every_parameter_has_an_option(name: str) -> None:
    tool = TOOLS[name]
    options = import_module(f"{MODULES}.{tool['module']}").TASK.argument_spec
    missing = {each for each, option in tool["parameters"].items() if option not in options}
    assert missing == {each for each, option in tool["parameters"].items() if option == PAGES}
    assert missing <= OF_PAGES


@every_tool
def test_every_parameter_reaches_the_api(name: str, job: TaskRun) -> None:
    tool = TOOLS[name]
    requests = sent(job, tool["operation"])
    named = {each for request in requests for each in (*request["query"], *(request["body"] or ()))}
    told = {each.partition("[")[0] for each in named}
    wanted = {tool.get("now", {}).get(each, each) for each in tool["parameters"] if each not in OF_PAGES - {"limit"}}
    assert {each for each in wanted if f"{{{each}}}" not in tool["operation"]} <= told
    if name == "list_audit_logs":
        assert {f"effective_at[{each}]" for each in ("gt", "gte", "lt", "lte")} <= named


def test_there_are_that_many() -> None:
    assert len(TOOLS) == 47
