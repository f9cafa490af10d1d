# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates: found again whatever their text looks like, and never more is told of a text than its fingerprint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openai
import pytest
from integration.playbooks import Ansible, PlaybookRun, module
from integration.scenarios import TASK, messages
from simulator import Authority

GATEWAY = Authority("gateway").certificate(days=90)
OTHER = Authority("other").certificate()
CANARY = "Y2FuYXJ5IG9mIGEgcHJpdmF0ZSBrZXk"
KEY = f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----\n"
BODY = GATEWAY.splitlines()[2]
"""A line of the certificate's own text."""

ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "owner@example.com", "role": "owner"}],
    "projects": [
        {"name": "one", "id": "proj_one"},
        {"name": "two", "id": "proj_two"},
        {"name": "old", "id": "proj_old", "status": "archived"},
    ],
    "certificates": [
        {"name": "gateway", "id": "cert_gateway", "content": GATEWAY},
        {"name": "active", "id": "cert_active", "active": True, "generate": {"common_name": "active"}},
        {"name": "in-projects", "id": "cert_in", "projects": ["one", "two", "old"], "generate": {"common_name": "in"}},
        {"name": "twin", "id": "cert_twin_1", "generate": {"common_name": "twin 1"}},
        {"name": "twin", "id": "cert_twin_2", "generate": {"common_name": "twin 2", "days": 10}},
        {"id": "cert_nameless", "generate": {"common_name": "nameless", "days": -5}},
    ],
}


def certificate(**arguments: Any) -> TASK:
    return module("certificate", **arguments)


def play(ansible: Ansible, tasks: dict[str, TASK], *options: str) -> PlaybookRun:
    ansible.simulator.reset(ORGANIZATION)
    return ansible.play([{"name": name, **task, "ignore_errors": True} for name, task in tasks.items()], *options)


def names(ansible: Ansible) -> dict[str, str | None]:
    return {each["id"]: each["name"] for each in ansible.simulator.state()["certificates"]}


def test_a_certificate_is_found_again_whatever_its_text_looks_like(ansible: Ansible) -> None:
    (ansible.folder / "gateway.pem").write_bytes(b"\xff" + GATEWAY.encode())
    texts = {
        "as it is": {"content": GATEWAY},
        "other line ends": {"content": GATEWAY.replace("\n", "\r\n")},
        "text around it": {"content": f"Subject: gateway\n{GATEWAY}\nthe end"},
        "in a file": {"src": str(ansible.folder / "gateway.pem")},
        "its name": {"name": "gateway"},
        "its id": {"certificate_id": "cert_gateway"},
        "its id and its content": {"certificate_id": "cert_gateway", "content": GATEWAY},
        "an empty id and its content": {"certificate_id": "", "content": GATEWAY},
    }
    run = play(ansible, {name: certificate(**task) for name, task in texts.items()})
    assert messages(run) == {}
    assert [(task.changed, task.result["certificate"]["id"]) for task in run.tasks] == [(False, "cert_gateway")] * 8
    assert run.writes == []
    known = {task.name for task in run.tasks if task.result["certificate"]["fingerprint"]}
    assert known == set(texts) - {"its name", "its id"}


def test_only_the_certificate_is_sent_of_a_text(ansible: Ansible) -> None:
    new = Authority("new").certificate()
    run = play(ansible, {"upload": certificate(content=f"my notes: {CANARY}\n{new}", name="new")}, "--diff", "-vvv")
    assert messages(run) == {}
    (upload,) = run.writes
    assert upload["body"] == {"certificate": new, "name": "new"}
    assert new.splitlines()[2] not in run.output
    assert run["upload"].result["certificate"]["fingerprint"] in run.output


def test_a_certificate_is_renamed_by_its_content_and_by_its_id(ansible: Ansible) -> None:
    run = play(
        ansible,
        {
            "by content": certificate(content=GATEWAY, name="renamed"),
            "by id": certificate(certificate_id="cert_nameless", name="named"),
        },
    )
    assert [task.changed for task in run.tasks] == [True, True]
    assert [write["body"] for write in run.writes] == [{"name": "renamed"}, {"name": "named"}]
    assert names(ansible)["cert_gateway"] == "renamed"
    assert run["by content"].result["certificate"]["active"] is False


def test_another_content_of_the_same_name_is_another_certificate(ansible: Ansible) -> None:
    for options in ["--check"], []:
        run = play(ansible, {"upload": certificate(content=OTHER, name="gateway")}, *options)
        assert run["upload"].changed
        assert [warning for warning in run["upload"].warnings if "cert_gateway" in warning] != []
    assert sorted(name or "" for name in names(ansible).values()).count("gateway") == 2


WRONG: dict[str, tuple[TASK, str]] = {
    "nothing": (certificate(content="gateway.pem"), "content holds no certificate in PEM format"),
    "empty": (certificate(content=""), "content must not be empty"),
    "several": (certificate(content=GATEWAY + OTHER), "content holds 2 certificates"),
    "cut off": (certificate(content=GATEWAY[:200]), "content holds a certificate that is cut off"),
    "damaged": (certificate(content=GATEWAY.replace("MII", "XXX")), "content holds a certificate that cannot be read"),
    "a private key": (certificate(content=GATEWAY + KEY), "content holds a private key"),
    "a private key alone": (certificate(content=KEY, name="x", state="absent"), "content holds a private key"),
    "a list": (certificate(content=[GATEWAY]), "content must be a string, not a list"),
    "two contents": (certificate(content=GATEWAY, src="/gateway.pem"), "content and src exclude each other"),
    "no file": (certificate(src="/does/not/exist.pem"), "src: /does/not/exist.pem cannot be read (No such file or dir"),
    "a folder": (certificate(src="/"), "src: / cannot be read (Is a directory)"),
    "no name": (certificate(), "one of these is required: name, content, certificate_id"),
    "all at once": (certificate(content="x", name=""), "name must not be empty; content holds no certificate"),
}


def test_what_is_not_one_certificate_fails_before_the_first_request_and_is_not_shown(ansible: Ansible) -> None:
    key = ansible.folder / "key.pem"
    key.write_text(GATEWAY + KEY, encoding="ascii")
    wrong = {**WRONG, "a private key in a file": (certificate(src=str(key)), "content holds a private key")}
    for options in ["--diff", "-vvv"], ["--check"]:
        run = play(ansible, {name: task for name, (task, unused_words) in wrong.items()}, *options)
        told = messages(run)
        assert {name: words for name, (unused_task, words) in wrong.items() if words not in told.get(name, "")} == {}
        assert [request for task in run.tasks for request in task.requests] == []
        assert CANARY not in run.output
        assert "PRIVATE KEY-----" not in "".join(told.values())
        assert BODY not in "".join(told.values())


def test_what_the_organization_does_not_allow(ansible: Ansible) -> None:
    tasks = {
        "no such name": certificate(name="never"),
        "no such id": certificate(certificate_id="cert_none", name="x"),
        "no id": certificate(certificate_id=""),
        "two of a name": certificate(name="twin"),
        "another content": certificate(certificate_id="cert_gateway", content=OTHER),
        "active": certificate(name="active", state="absent"),
        "active in projects": certificate(name="in-projects", state="absent"),
        "expired": certificate(content=Authority("expired").certificate(days=-3)),
    }
    run = play(ansible, tasks)
    told = messages(run)
    assert "There is no certificate 'never'." in told["no such name"]
    assert "There are: twin, " in told["no such name"] or "twin" in told["no such name"]
    assert "There is no certificate cert_none." in told["no such id"]
    assert "certificate_id is empty and names no certificate" in told["no id"]
    assert "cert_twin_2, cert_twin_1" in told["two of a name"]
    assert "cannot be changed" in told["another content"]
    assert "Upload it as another certificate" in told["another content"]
    assert "active in the organization" in told["active"]
    assert "active in project proj_one, project proj_two" in told["active in projects"]
    for name in "active", "active in projects":
        assert "community.openai_admin.certificate_activation, or set deactivate_first: true" in told[name]
    assert [write["method"] for write in run.writes] == ["DELETE", "POST"]
    assert "expired" in told["expired"]
    assert len(names(ansible)) == len(ORGANIZATION["certificates"])
    assert BODY not in run.output
    assert OTHER.splitlines()[2] not in run.output


@pytest.mark.parametrize("name", ["active", "in-projects"])
def test_active_ones_are_deactivated_first_where_the_task_says_so(name: str, ansible: Ansible) -> None:
    task = certificate(name=name, state="absent", deactivate_first=True)
    run = play(ansible, {"predict": {**task, "check_mode": True}, "do": task, "again": task}, "--diff")
    assert messages(run) == {}
    assert [task.changed for task in run.tasks] == [True, True, False]
    assert run["predict"].result["diff"] == run["do"].result["diff"]
    places = {"active": ["the organization"], "in-projects": ["project 'one'", "project 'two'"]}
    assert run["do"].result["diff"]["before"]["active_in"] == places[name]
    assert [write["method"] for write in run["do"].writes] == ["POST"] * len(places[name]) + ["DELETE"]
    assert run["predict"].writes == run["again"].writes == []


def test_a_deletion_that_is_interrupted_says_what_was_done(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.fault("status", "/organization/certificates/cert_in", "DELETE", status=403, message="Not now.")
    task = certificate(name="in-projects", state="absent", deactivate_first=True)
    run = ansible.play([{"name": "do", **task, "ignore_errors": True}, {"name": "again", **task}])
    assert run["do"].result["changed"] is True
    assert run["do"].result["done"] == [
        "deactivate certificate 'in-projects' in project 'one'",
        "deactivate certificate 'in-projects' in project 'two'",
    ]
    assert run["again"].changed


def test_an_upload_whose_answer_got_lost_is_not_sent_twice(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.behaviour(upload_twice=200)
    ansible.simulator.fault("drop", "/organization/certificates", "POST", when="after")
    run = ansible.play([{"name": "upload", **certificate(content=OTHER, name="other")}])
    assert run.status == 0, run.output
    assert run["upload"].changed
    assert len(run.writes) == 1
    assert run["upload"].result["certificate"]["name"] == "other"


def test_what_is_not_valid_now_or_not_for_long_gets_a_warning(ansible: Ansible) -> None:
    ansible.simulator.reset(ORGANIZATION)
    ansible.simulator.behaviour(upload_expired=200)
    later = Authority("later").certificate(now=4_000_000_000)
    warned = {
        "has expired": Authority("expired").certificate(days=-3),
        "expires in 9 days": Authority("soon").certificate(days=10),
        "is not valid yet": later,
        "": OTHER,
    }
    tasks = [{"name": name or "valid", **certificate(content=content)} for name, content in warned.items()]
    for options in ["--check"], []:
        run = ansible.play(tasks, *options)
        assert run.status == 0, run.output
        for words in warned:
            warnings = run[words or "valid"].warnings
            assert len(warnings) == bool(words)
            assert words in "".join(warnings)


def test_only_contents_that_can_be_the_one_are_read(ansible: Ansible) -> None:
    run = play(ansible, {"found": certificate(content=GATEWAY), "new": certificate(content=OTHER)})
    details = {task.name: [r["path"] for r in task.requests if r["path"].count("/") == 3] for task in run.tasks}
    assert details["found"] == ["/organization/certificates/cert_gateway"]
    alike = {"active", "in-projects", "twin"}  # they expire on the same day
    assert len(details["new"]) == len(alike)


READS: dict[str, tuple[TASK, list[str]]] = {
    "all": ({}, ["cert_nameless", "cert_twin_2", "cert_twin_1", "cert_in", "cert_active", "cert_gateway"]),
    "oldest first": ({"order": "asc", "max_results": 2}, ["cert_gateway", "cert_active"]),
    "newest first": ({"order": "desc", "max_results": 3}, ["cert_nameless", "cert_twin_2", "cert_twin_1"]),
    "active": ({"active": True}, ["cert_active"]),
    "inactive": ({"active": False, "order": "asc", "max_results": 2}, ["cert_gateway", "cert_in"]),
    "of a project": ({"project": "one", "active": True}, ["cert_in"]),
    "of a project by id": ({"project_id": "proj_two", "active": True}, ["cert_in"]),
    "of an archived project": ({"project_id": "proj_old", "active": True}, ["cert_in"]),
    "expiring": ({"expires_within_days": 30}, ["cert_nameless", "cert_twin_2"]),
    "expired": ({"expires_within_days": 0}, ["cert_nameless"]),
    "of a name": ({"name": "twin"}, ["cert_twin_2", "cert_twin_1"]),
    "of no name": ({"name": "never"}, []),
    "by id": ({"certificate_id": "cert_in"}, ["cert_in"]),
    "by id in a project": ({"certificate_id": "cert_in", "project": "one"}, ["cert_in"]),
    "by no id": ({"certificate_id": "cert_none"}, []),
    "with content": ({"include_content": True, "max_results": 2}, ["cert_nameless", "cert_twin_2"]),
    "with content in a project": ({"include_content": True, "project": "one", "name": "gateway"}, ["cert_gateway"]),
}


@pytest.mark.parametrize("size", [None, 1, 2], ids=["large pages", "pages of one", "pages of two"])
def test_the_certificates_that_are_asked_for_come_back(size: int | None, ansible: Ansible) -> None:
    simulator = ansible.simulator
    simulator.reset(ORGANIZATION)
    simulator.behaviour(page_size=size)
    run = ansible.play(
        [{"name": name, **module("certificate_info", **task)} for name, (task, unused_ids) in READS.items()]
    )
    assert run.status == 0, run.output
    found = {name: [each["id"] for each in run[name].result["certificates"]] for name in READS}
    assert found == {name: ids for name, (unused_task, ids) in READS.items()}
    with openai.OpenAI(admin_api_key=simulator.admin_key, base_url=simulator.url) as client:
        listed = list(client.admin.organization.certificates.list())
    assert [
        (each["id"], each["name"], each["active"], each["not_before"], each["not_after"])
        for each in run["all"].result["certificates"]
    ] == [
        (each.id, each.name, each.active, each.certificate_details.valid_at, each.certificate_details.expires_at)
        for each in listed
    ]
    (with_content,) = run["with content in a project"].result["certificates"]
    assert with_content["content"] == GATEWAY
    assert (with_content["project"], with_content["project_id"], with_content["active"]) == ("one", "proj_one", False)
    assert all(each["content"] is None for each in run["all"].result["certificates"])
    assert all((each["project"], each["project_id"]) == (None, None) for each in run["all"].result["certificates"])


def test_an_id_that_is_not_there_yet_is_no_wish_for_all(ansible: Ansible) -> None:
    tasks = {
        "no id": module("certificate_info", certificate_id=""),
        "no project": module("certificate_info", project_id=""),
        "no such project": module("certificate_info", project="never"),
    }
    assert set(messages(play(ansible, tasks))) == set(tasks)
    run = play(ansible, tasks, "--check")
    assert messages(run) == {}
    assert [task.result["certificates"] for task in run.tasks] == [[]] * 3
    assert all(len(task.warnings) == 1 for task in run.tasks)


def test_a_file_lies_where_the_task_runs(ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "new.pem").write_text(OTHER, encoding="ascii")
    task = certificate(name="new", src=str(tmp_path / "new.pem"))
    run = play(ansible, {"predict": {**task, "check_mode": True}, "do": task, "again": task})
    assert [task.changed for task in run.tasks] == [True, True, False]
    assert run["predict"].result["certificate"]["fingerprint"] == run["do"].result["certificate"]["fingerprint"]
