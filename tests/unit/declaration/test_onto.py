# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An organization merged into a declaration that a person keeps: what the person added stays, and so does the rest."""

from __future__ import annotations

import random
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration import round_trip
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.onto import Edit, applied, merge
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.onto_files import plan_onto
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.round_trip import NotWritten, edited
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.yaml_text import YamlText
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.series import examples
from unit.written_yaml import Merged, WrittenYaml

pytest.importorskip("ruamel.yaml")

MINE = """\
---
# What we keep by hand.
email_domains: [example.com]  # ours
invite_missing: true
users:
  # the owner
  - {email: ada@example.com, role: owner}  # since May
  - email: dev@example.com
    role: reader

project_defaults:
  rate_limits:
    - {model: gpt-5, max_requests_per_1_minute: 10}
projects:
  - name: beta
    cost_center: 0012
    purge: [users]
    users: &team
      - {email: ada@example.com, role: member}
  - name: alpha
    users: *team
...
"""
THERE: dict[str, Any] = {
    "users": [{"email": "ada@example.com", "role": "owner"}, {"email": "dev@example.com", "role": "reader"}],
    "invites": [{"email": "new@example.com", "role": "reader", "projects": []}],
    "projects": [
        {
            "name": name,
            "users": [{"email": "ada@example.com", "role": "member"}],
            "service_accounts": [{"name": "robot", "role": "member"}],
            "rate_limits": [
                {"model": "gpt-5", "max_requests_per_1_minute": 10},
                {"model": "other", "max_requests_per_1_minute": 10},
            ],
        }
        for name in ("alpha", "beta", "Default project")
    ],
}


def merged(text: str, there: dict[str, Any], ids: dict[str, Any] | None = None) -> str:
    made = merge(YamlText(text.encode()).data, there, ids or {})
    added = [Edit(("projects",), each, adds=True) for each in made.new_projects]
    return edited(text, [*made.edits, *added])


def changed(**instead: Any) -> dict[str, Any]:
    return {**THERE, **instead}


def projects(**of_beta: Any) -> list[dict[str, Any]]:
    return [{**each, **of_beta} if each["name"] == "beta" else each for each in THERE["projects"]]


def lines(text: str) -> set[str]:
    return {" ".join(line.split()) for line in text.splitlines()}


def test_what_says_the_same_stays_to_the_letter() -> None:
    assert merged(MINE, THERE) == MINE


def test_what_differs_is_set_and_what_is_new_is_added() -> None:
    there = changed(
        users=[
            {"email": "ada@example.com", "role": "reader"},
            {"email": "dev@example.com", "role": "owner"},
            {"email": "{{ new }}@example.com", "role": "reader"},
        ]
    )
    text = merged(MINE, there)
    assert lines(text) - lines(MINE) == {
        "- {email: ada@example.com, role: reader} # since May",
        "role: owner",
        '- {email: !unsafe "{{ new }}@example.com", role: reader}',
    }
    assert lines(MINE) - lines(text) == {"- {email: ada@example.com, role: owner} # since May", "role: reader"}


def test_an_alias_is_changed_in_one_place_alone() -> None:
    text = merged(MINE, changed(projects=projects(users=[{"email": "ada@example.com", "role": "owner"}])))
    read = YamlText(text.encode()).data["projects"]
    assert [each["users"] for each in read] == [
        [{"email": "ada@example.com", "role": "owner"}],
        [{"email": "ada@example.com", "role": "member"}],
    ]
    assert read[0]["cost_center"] == "0012"
    assert "# What we keep by hand." in text


def test_limits_count_beside_the_defaults_and_what_is_not_managed_is_not_added() -> None:
    limits = [{"model": "gpt-5", "max_requests_per_1_minute": 99}, {"model": "other", "max_requests_per_1_minute": 1}]
    text = merged(MINE, changed(projects=projects(rate_limits=limits)))
    assert lines(text) - lines(MINE) == {"rate_limits:", "- {model: gpt-5, max_requests_per_1_minute: 99}"} - lines(
        MINE
    )
    assert "other" not in text
    assert "robot" not in text
    assert "invites" not in text


def test_defaults_are_not_for_a_project_that_says_so() -> None:
    text = MINE.replace("    purge: [users]", "    purge: [users]\n    defaults: false")
    limits = [{"model": "gpt-5", "max_requests_per_1_minute": 99}]
    assert merged(text, changed(projects=projects(rate_limits=limits))) == text
    mine = text.replace(
        "    defaults: false", "    defaults: false\n    rate_limits: [{model: gpt-5, max_requests_per_1_minute: 9}]"
    )
    assert merged(mine, changed(projects=projects(rate_limits=limits))) == mine.replace("minute: 9}", "minute: 99}")


def test_a_new_project_has_what_the_others_have() -> None:
    new = {**THERE["projects"][0], "name": "22:30"}
    text = merged(MINE, changed(projects=[*THERE["projects"], new]))
    assert YamlText(text.encode()).data["projects"][2] == {
        "name": "22:30",
        "users": [{"email": "ada@example.com", "role": "member"}],
    }
    assert '- name: "22:30"' in text


def test_what_is_declared_and_not_there_stays_and_is_told() -> None:
    there = changed(users=[], projects=projects(users=[]))
    made = merge(YamlText(MINE.encode()).data, there, {})
    assert made.left == ["users[0]", "users[1]", "projects[0].users[0]"]
    assert made.edits == []
    absent = MINE.replace("    role: reader\n", "    role: reader\n    state: absent\n")
    made = merge(YamlText(absent.encode()).data, there, {})
    assert made.left == ["users[0]", "projects[0].users[0]"]


def test_what_is_declared_by_its_id_is_found() -> None:
    mine = MINE.replace("email: dev@example.com", "user_id: user-dev").replace("name: beta", "project_id: proj_beta")
    ids = {"users": {"dev@example.com": "user-dev"}, "projects": {"beta": "proj_beta"}}
    assert merged(mine, THERE, ids) == mine
    made = merge(YamlText(mine.encode()).data, THERE, ids)
    assert (made.new_projects, made.left) == ([], [])


GROUPS = """\
groups:
  - name: platform
    members:
      - {email: Ada@example.com}  # leads it
      - {user_id: user-2}
      - {service_account: api, project: alpha}
      - {email: gone@example.com}
  - name: finance
"""


def test_members_are_merged_into_the_groups_that_declare_some() -> None:
    members = [
        {"email": "ada@example.com"},
        {"email": "bob@example.com"},
        {"service_account": "api", "project": "alpha"},
        {"service_account": "api", "project": "beta"},
    ]
    groups = [
        {"name": "finance", "members": [{"email": "cy@example.com"}]},
        {"name": "new", "members": []},
        {"name": "okta", "scim": True},
        {"name": "platform", "members": members},
    ]
    ids = {"users": {"ada@example.com": "user-1", "bob@example.com": "user-2"}}
    made = merge(YamlText(GROUPS.encode()).data, {"groups": groups}, ids)
    assert [(edit.steps, edit.value, edit.adds) for edit in made.edits] == [
        (("groups", 0, "members"), {"service_account": "api", "project": "beta"}, True),
        (("groups",), {"name": "new", "members": []}, True),
        (("groups",), {"name": "okta", "scim": True}, True),
    ]
    assert made.left == ["groups[0].members[3]"]


def test_without_the_library_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        if name == "ruamel.yaml":
            raise ImportError(name)
        return import_module(name)

    monkeypatch.setattr(round_trip, "import_module", missing)
    with pytest.raises(NotWritten, match=r"needs the Python library ruamel\.yaml where Ansible runs: pip install"):
        edited(MINE, [Edit(("invite_missing",), value=False)])
    assert edited(MINE, []) == MINE


@pytest.mark.parametrize(
    "text",
    [
        "users:\n  # c\n  - {email: a, role: o}  # d\n  - email: b\n    role: o\n",
        "users:\n- email: a\n  role: o\n- email: b\n  role: o\n",
        "users:\n    -   email: a\n        role: o\n    -   email: b\n        role: o\n",
        "{users: [{email: a, role: o}, {email: b, role: o}]}\n",
        "# c\nusers:\n  - {email: a, role: o}\n\n  # d\n  - {email: b, role: o}\n\n\n# e\nmore: |\n  x\n\n  y\n",
        "users: [{email: a, role: o}, {email: b, role: o}]\nk: '0012'\nl: 0012\nm: 22:30\nn: !unsafe '{{ x }}'\n",
    ],
)
def test_any_style_is_kept(text: str) -> None:
    edits = [Edit(("users", 1, "role"), "r"), Edit(("users",), {"email": "c", "role": "o"}, adds=True)]
    made = edited(text, edits)
    meant = applied(YamlText(text.encode()).data, edits)
    assert YamlText(made.encode()).data == meant
    comments = [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
    assert [line for line in comments if line not in made] == []


@settings(max_examples=examples(200))
@given(st.integers(0, 2**32))
def test_whatever_is_written_is_read_as_meant_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    people = [{"email": f"é{number}", "role": "o"} for number in range(3)]
    content: dict[str, Any] = {
        "users": people,
        "projects": [{"name": "a", "users": people}, {"name": "😀", "tags": ["x"]}],
    }
    if dice.random() < 0.5:
        content["projects"].append(Merged(content["projects"][1], name="c"))
        content["projects"][1]["users"] = [{"email": "own"}]
        content["projects"][2] = Merged(content["projects"][1], name="c")
    text = WrittenYaml(content, dice).text
    before = YamlText(text.encode()).data
    edits = [Edit(("users", 1, "role"), "r"), Edit(("projects", 0, "users"), {"email": "new"}, adds=True)]
    plain = round_trip._unshared(before)
    try:
        made = edited(text, edits)
    except NotWritten:
        return
    assert YamlText(made.encode()).data == applied(plain, edits)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("organization: one\nusers: []\n", "organization.yml:1:15: The declaration is for the organization 'one', and"),
        ("# Organization: one.\nusers: []\n", "organization.yml is for the organization 'one', not for 'two'."),
    ],
    ids=["declared", "exported"],
)
def test_another_organization_is_not_merged(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "organization.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        plan_onto(file, THERE, {}, DataLoader(), "two")
    assert said in caught.value.message
    assert plan_onto(file, THERE, {}, DataLoader(), "one").write
    if text.startswith("#"):
        assert plan_onto(file, THERE, {}, DataLoader()).write


def test_an_encrypted_file_is_told_by_its_name_with_its_password_and_without(tmp_path: Path) -> None:
    """With the password, what differs is known: written, it would be in the clear."""
    file = tmp_path / "organization.yml"
    password = VaultSecret(b"a password of a test")
    file.write_bytes(VaultLib([("default", password)]).encrypt("users: []\n", password))
    for secrets in [], [("default", VaultSecret(b"another one"))]:
        loader = DataLoader()
        loader.set_vault_secrets(secrets)
        with pytest.raises(BadInput, match=r"organization\.yml: This is encrypted, .* give its password by --vault"):
            plan_onto(file, THERE, {}, loader)
    loader.set_vault_secrets([("default", password)])
    with pytest.raises(BadInput, match=r"organization\.yml is encrypted, and would be written unencrypted\.$"):
        plan_onto(file, THERE, {}, loader)
    assert plan_onto(file, {**THERE, "users": []}, {}, loader).write == {}


def test_what_there_is_once_is_brought_in_where_it_differs() -> None:
    declared = {
        "spend_limit": {"usd_per_month": 10},
        "project_defaults": {"spend_limit": {"usd_per_month": 3}},
        "projects": [{"name": "alike"}, {"name": "other"}, {"name": "own", "spend_limit": {"usd_per_month": 5}}],
    }
    there = {
        "spend_limit": {"usd_per_month": 20},
        "projects": [
            {"name": name, "spend_limit": {"usd_per_month": usd}}
            for name, usd in (("alike", 3), ("other", 4), ("own", 6))
        ],
    }
    assert applied(declared, merge(declared, there, {}).edits) == {
        "spend_limit": {"usd_per_month": 20},
        "project_defaults": {"spend_limit": {"usd_per_month": 3}},
        "projects": [
            {"name": "alike"},
            {"name": "other", "spend_limit": {"usd_per_month": 4}},
            {"name": "own", "spend_limit": {"usd_per_month": 6}},
        ],
    }


MODELS = [{"allow": ["gpt-5"]}, {"deny": ["gpt-5"]}, {"allow": ["gpt-5", "gpt-6"]}, {"deny": ["gpt-6"]}, None]


@pytest.mark.parametrize("there", [each for each in MODELS if each])
@pytest.mark.parametrize("default", MODELS)
@pytest.mark.parametrize("own", MODELS)
def test_a_merged_project_has_the_model_permissions_that_are_there(own: Any, default: Any, there: Any) -> None:
    """Whichever of the two options is declared, in the project or in the defaults: the other one replaces it."""
    if own is None and default is None:
        return
    declared: dict[str, Any] = {"projects": [{"name": "search", "model_permissions": own}]}
    if default is not None:
        declared["project_defaults"] = {"model_permissions": default}
    there_now = {"projects": [{"name": name, "model_permissions": there} for name in ("search", "support")]}
    made = merge(declared, there_now, {})
    written = [*applied(deepcopy(declared), made.edits)["projects"], *made.new_projects]
    assert [each["name"] for each in written] == ["search", "support"]
    for each in written:
        assert (each.get("model_permissions") or default) == there
    assert made.left == []


def test_a_switch_from_allow_to_deny_is_written_as_one_value() -> None:
    text = "projects:\n  - name: alpha\n    model_permissions: {allow: [gpt-5]}  # for now\n"
    there = {"projects": [{"name": "alpha", "model_permissions": {"deny": ["gpt-5"]}}]}
    assert YamlText(merged(text, there).encode()).data == there


@pytest.mark.parametrize("place", [{"project": "search"}, {"project_id": "proj_search"}])
@pytest.mark.parametrize("name", [{"service_account": "api"}, {"service_account_id": "svc_api"}])
def test_a_service_account_in_a_group_is_found_however_it_is_declared(name: Any, place: Any) -> None:
    declared = {"groups": [{"name": "platform", "members": [{**name, **place}]}]}
    there = [{"service_account": "api", "project": each} for each in ("search", "other")]
    ids = {
        "projects": {"search": "proj_search", "other": "proj_other"},
        "service_accounts": {"search": {"api": "svc_api"}, "other": {"api": "svc_other"}},
    }
    made = merge(declared, {"groups": [{"name": "platform", "members": there}]}, ids)
    assert [(edit.value, edit.adds) for edit in made.edits] == [(there[1], True)]
    assert made.left == []


@pytest.mark.parametrize("amount", ["400", "400.00", 400, 400.0])
def test_an_alert_is_found_by_its_amount_as_a_number_or_as_text(amount: Any) -> None:
    declared = {"spend_alerts": [{"usd_per_month": amount, "recipients": ["ada@example.com"]}]}
    there = {"spend_alerts": [{"usd_per_month": 400.0, "recipients": ["ada@example.com"]}]}
    made = merge(declared, there, {})
    assert (made.edits, made.left) == ([], [])


RULES = """\
projects:
  - {name: search, service_accounts: [{name: api}]}
external_storage:
  - {project_id: proj_1, type: aws, bucket: records, role_arn: arn}
workload_identity_providers:
  - name: github
    issuer: https://issuer.example.com/
    audience: openai
    attribute_transformations: {branch: assertion.ref}
    rules:
      - {service_account: api, project: search, match: {sub: a}}
"""


def rules_there(**of_rule: Any) -> dict[str, Any]:
    rule = {"service_account": "api", "project": "search", "enabled": True, "match": {"sub": "a"}, **of_rule}
    provider = {"name": "github", "issuer": "https://issuer.example.com", "audience": "openai"}
    provider["attribute_transformations"] = {"openai.branch": "assertion.ref"}
    storage = {"project": "search", "type": "aws", "bucket": "records", "role_arn": "arn"}
    project = {"name": "search", "service_accounts": [{"name": "api"}]}
    return {
        "external_storage": [storage],
        "workload_identity_providers": [{**provider, "rules": [rule]}],
        "projects": [project],
    }


@pytest.mark.parametrize("named", ["service_account: api, project: search", "service_account_id: svc_1"])
def test_what_another_object_identifies_is_found_however_that_is_named(named: str) -> None:
    """A rule by its service account, storage by its project, and values that only look different."""
    ids = {"projects": {"search": "proj_1"}, "service_accounts": {"search": {"api": "svc_1"}}}
    text = RULES.replace("service_account: api, project: search", named)
    assert merged(text, rules_there(), ids) == text
    changed = merged(text, rules_there(match={"sub": "b"}), ids)
    assert changed == text.replace("{sub: a}", "{sub: b}")


def test_rules_of_accounts_of_one_name_are_told_apart() -> None:
    changed = merged(RULES, rules_there(project="chat"))
    assert changed.count("service_account: api") == 2
