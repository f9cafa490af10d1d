# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What definitions.yml holds, held against the roles, and against what is known to go wrong in AWX."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.settings import settings
from awx.playbooks import PROJECT
from awx.rules import Refused, check_credential_type, check_messages, check_survey, injected, launched
from tools.project import ROOT

FALLBACKS = {
    "OPENAI_ADMIN_KEY": "admin_key",
    "OPENAI_ORG_ID": "organization_id",
    "OPENAI_BASE_URL": "base_url",
    "OPENAI_MTLS_CERT_PATH": "client_cert",
    "OPENAI_MTLS_KEY_PATH": "client_key",
}
"""What the modules read, and the input that it comes from."""

Definitions = dict[str, Any]


def specified(playbook: str) -> dict[str, Any]:
    """The options of a job: of its role, and of the one that reads the declaration."""
    options: dict[str, Any] = {}
    for role in "organization", playbook.removesuffix(".yml"):
        file = ROOT / "roles" / role / "meta" / "argument_specs.yml"
        if file.exists():
            options.update(yaml.safe_load(file.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"])
    return options


def questions(definitions: Definitions) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each question of a survey, with the option that it is for."""
    for template in definitions["job_templates"]:
        options = specified(template["playbook"])
        for question in template["survey"]:
            yield question, options[question["variable"]]


def api(definitions: Definitions) -> dict[str, Any]:
    kind: dict[str, Any] = next(each for each in definitions["credential_types"] if "API keys" not in each["name"])
    return kind


# Credentials


def test_awx_takes_the_credential_types(definitions: Definitions) -> None:
    for kind in definitions["credential_types"]:
        check_credential_type(kind)


def test_modules_find_each_input_where_they_look_for_it(definitions: Definitions, tmp_path: Path) -> None:
    inputs = {name: f"value of {name}" for name in FALLBACKS.values()}
    env, extra = injected(api(definitions), inputs, tmp_path)
    assert env.keys() == FALLBACKS.keys()
    assert extra == {}
    for variable, name in FALLBACKS.items():
        in_file = name.startswith("client_")
        assert (Path(env[variable]).read_text(encoding="utf-8") if in_file else env[variable]) == inputs[name]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_inputs_that_are_left_empty_arrive_empty(definitions: Definitions, tmp_path: Path) -> None:
    """AWX writes their files all the same; a path to an empty one would be taken for a certificate."""
    env, unused_extra = injected(api(definitions), {"admin_key": "sk-admin-1", "base_url": ""}, tmp_path)
    assert env == {**dict.fromkeys(FALLBACKS, ""), "OPENAI_ADMIN_KEY": "sk-admin-1"}
    assert len(list(tmp_path.iterdir())) == 2


def test_no_input_is_a_boolean_and_nothing_switches_verification_off(definitions: Definitions, tmp_path: Path) -> None:
    """One that nobody fills in arrives as False, whatever its default."""
    for kind in definitions["credential_types"]:
        assert {field["type"] for field in kind["inputs"]["fields"]} == {"string"}
        assert "validate_certs" not in str(kind)
    planted = copy.deepcopy(api(definitions))
    planted["inputs"]["fields"].append({"id": "verify", "type": "boolean", "label": "Verify", "default": True})
    planted["injectors"]["env"]["VERIFY"] = "{{ verify }}"
    check_credential_type(planted)
    env, unused_extra = injected(planted, {"admin_key": "sk-admin-1"}, tmp_path)
    assert env["VERIFY"] == "False"


def test_what_is_secret_is_marked_so_and_never_an_extra_variable(definitions: Definitions, tmp_path: Path) -> None:
    """AWX shows the extra variables of a job."""
    for kind in definitions["credential_types"]:
        fields = kind["inputs"]["fields"]
        secrets = {field["id"] for field in fields if field.get("secret")}
        assert secrets >= {field["id"] for field in fields} & {"admin_key", "client_key", "token"}
        unused_env, extra = injected(kind, {field["id"]: f"<{field['id']}>" for field in fields}, tmp_path)
        assert not any(f"<{name}>" in value for name in secrets for value in extra.values())
    (required,) = api(definitions)["inputs"]["required"]
    assert required == "admin_key"


def change(kind: dict[str, Any], *path: str, to: Any) -> None:
    for part in path[:-1]:
        kind = kind[part]
    kind[path[-1]] = to


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kind: change(kind, "injectors", "env", "ANSIBLE_LOG_PATH", to="{{ admin_key }}"),
        lambda kind: change(kind, "injectors", "env", "PYTHONPATH", to="{{ admin_key }}"),
        lambda kind: change(kind, "injectors", "env", "OPENAI_ADMIN_KEY", to="{{ key }}"),
        lambda kind: change(kind["inputs"]["fields"][0], "id", to="admin-key"),
        lambda kind: change(kind["inputs"]["fields"][0], "type", to="integer"),
        lambda kind: change(kind["inputs"]["fields"][0], "type", to="boolean"),
    ],
    ids=["ansible", "python", "undefined", "identifier", "type", "boolean"],
)
def test_awx_would_refuse_others(definitions: Definitions, spoil: Callable[[dict[str, Any]], None]) -> None:
    planted = copy.deepcopy(api(definitions))
    spoil(planted)
    with pytest.raises(Refused):
        check_credential_type(planted)


# Where jobs run


def test_modules_run_with_the_python_of_ansible(definitions: Definitions) -> None:
    """Else another Python of the execution environment would run them, which need not have requests."""
    assert definitions["inventory"]["host"] == "localhost"
    assert definitions["inventory"]["variables"] == {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }


def test_the_project_brings_the_collection_and_every_playbook(definitions: Definitions) -> None:
    required = yaml.safe_load((PROJECT / "collections" / "requirements.yml").read_text(encoding="utf-8"))
    assert [each["name"] for each in required["collections"]] == ["community.openai_admin"]
    for template in definitions["job_templates"]:
        (play,) = yaml.safe_load((PROJECT / template["playbook"]).read_text(encoding="utf-8"))
        called = f"community.openai_admin.{template['playbook'].removesuffix('.yml')}"
        assert play["ansible.builtin.import_playbook"] == called
    assert (PROJECT / definitions["declaration"]).exists()


def test_the_collection_takes_the_ansible_core_of_awx() -> None:
    """Its execution environments have 2.16 or 2.17."""
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert runtime["requires_ansible"] == ">=2.16.0"


# Surveys


def test_awx_takes_the_surveys_and_people_understand_them(definitions: Definitions) -> None:
    for template in definitions["job_templates"]:
        check_survey({"name": "", "description": "", "spec": template["survey"]})
    for question, unused_option in questions(definitions):
        assert question["question_name"][0].isupper()
        assert "openai_admin" not in question["question_name"] + question["question_description"]


def test_surveys_ask_for_options_of_the_jobs_and_offer_their_defaults(definitions: Definitions) -> None:
    for question, option in questions(definitions):
        name = question["variable"]
        given = {name: question["default"]} if "default" in question else {}
        offered = settings([given.get(name, "")], {name: {**option, "required": False}})[name]
        if name not in ("openai_admin_declaration", "openai_admin_export_path", "openai_admin_rotate_key_store"):
            assert offered == option.get("default"), name
        assert not option.get("no_log"), name
        assert (question["type"] == "integer") == (option["type"] == "int"), name
        if option.get("required"):
            assert question["required"], name
        if "choices" in option:
            assert set(question["choices"]) <= set(option["choices"]), name


def test_extra_variables_are_options_of_the_jobs(definitions: Definitions) -> None:
    for template in definitions["job_templates"]:
        assert template.get("extra_vars", {}).keys() <= specified(template["playbook"]).keys()


def test_what_a_survey_does_not_ask_for_is_ignored(definitions: Definitions) -> None:
    """So nobody who may launch a job can send it to another server."""
    (review,) = (each for each in definitions["job_templates"] if each["playbook"] == "access_review.yml")
    template = {"extra_vars": "{}"}
    started = launched(template, {"spec": review["survey"]}, {"openai_admin_base_url": "https://evil.example.com"})
    assert started == {"openai_admin_access_review_unused_days": 90}


# Notifications


def test_awx_takes_the_messages(definitions: Definitions) -> None:
    """It tries them on a job without artifacts."""
    for template in definitions["notification_templates"]:
        check_messages(template["messages"])
    with pytest.raises(Refused, match="openai_admin_audit"):
        check_messages({"error": {"message": "{{ job.artifacts.openai_admin_audit.sentence }}"}})
