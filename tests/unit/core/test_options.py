# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of every module: what they are, what they hide, and that the documentation says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import AnsibleFallbackNotFound
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import DEFAULT_BASE_URL, Connection
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import (
    FILE_OPTIONS,
    connection_options,
    from_environment,
    managed_options,
    option,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Task
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import LIMITS, RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Field, Resource, Route
from ansible_collections.community.openai_admin.plugins.module_utils._module.perform import connection
from ansible_collections.community.openai_admin.plugins.module_utils._organization.export import USUAL
from tools.project import modules

Spec = Mapping[str, Any]

PLUGINS = "ansible_collections.community.openai_admin.plugins"
MODULES = modules()

SECRETS = {"admin_key", "client_key_passphrase"}
VARIABLES = {
    "admin_key": "OPENAI_ADMIN_KEY",
    "base_url": "OPENAI_BASE_URL",
    "organization_id": "OPENAI_ORG_ID",
    "ca_path": "OPENAI_CA_PATH",
    "client_cert": "OPENAI_MTLS_CERT_PATH",
    "client_key": "OPENAI_MTLS_KEY_PATH",
}
INSTEAD = {"client_cert": "OPENAI_MTLS_CLIENT_CERT_FILE", "client_key": "OPENAI_MTLS_CLIENT_KEY_FILE"}
"""Those of the official command line, where ours are not set."""
SCOPE = {"project", "project_id"}
SEVERAL = {"projects"}
NEW_KEY = {"expires_in_seconds", "expires_in_days", "api_key_path", "allow_missing_file", "mode", "owner", "group"}
LIVING = {"extend_when_days_left", "update_scopes", "allow_unrestricted"}
SERIES = NEW_KEY | {"rotate_after_days", "previous", "unused_for_days", "current", "stored_key_id"}
REPORT = {"start_time", "end_time", "since", "month", "projects", "project_ids"}
BUCKETS = {"bucket_width", "group_by", "group_buckets", "periods", "api_key_ids", "api_key_names"}
OPTIONS: dict[str, set[str]] = {
    "admin_api_key": SERIES | {"key_id", "name", "state"},
    "admin_api_key_info": {"key_id", "name", "unused_for_days", "max_results"},
    "audit_log_info": REPORT
    | {"effective_at", "event_types", "actor_ids", "actor_emails", "resource_ids", "tenant_only", "max_results"},
    "cost_info": REPORT | BUCKETS | {"line_items"},
    "certificate": {"name", "certificate_id", "content", "src", "deactivate_first", "allow_lockout", "state"},
    "certificate_activation": SCOPE | {"certificates", "state", "exclusive", "allow_empty", "allow_lockout"},
    "certificate_info": SCOPE
    | {"certificate_id", "name", "include_content", "active", "expires_within_days", "order", "max_results"},
    "invite": {"email", "invite_id", "role", "projects", "resend_after_days", "state"},
    "invite_info": {"email", "invite_id", "status", "max_results"},
    "organization": {
        "src",
        "declaration",
        "organization",
        "projects",
        "project_defaults",
        "users",
        "invites",
    }
    | {
        "cost_centers",
        "email_domains",
        "invite_missing",
        "resend_after_days",
        "purge",
        "spend_limit",
        "spend_alerts",
        "data_retention",
        "external_keys",
        "external_storage",
        "groups",
        "roles",
        "workload_identity_providers",
    }
    | {"purge_projects", "protected_projects", "max_removals", "workers", "certificates", "allow_lockout"}
    | {"plan", "apply", "plan_max_age", "plan_sha256"},
    "organization_info": {"include", "workers"},
    "hosted_tools": SCOPE | {"code_interpreter", "file_search", "image_generation", "mcp", "web_search"},
    "hosted_tools_info": SCOPE | SEVERAL | {"max_results"},
    "model_permissions": SCOPE | {"allow", "deny", "state"},
    "model_permissions_info": SCOPE | SEVERAL | {"max_results"},
    "project": {
        "name",
        "project_id",
        "external_key",
        "external_key_id",
        "residency",
        "allow_archived_namesake",
        "state",
        "verify_unique",
    },
    "project_info": {"name", "project_id", "include_archived", "max_results"},
    "project_api_key": SCOPE
    | SERIES
    | LIVING
    | {"service_account", "service_account_id", "name", "api_key_id", "scopes", "state"},
    "project_api_key_info": SCOPE
    | SEVERAL
    | {"api_key_id", "service_account_id", "email", "name", "owner_type", "owner_project_access", "unused_for_days"}
    | {"max_results"},
    "project_user": SCOPE | {"email", "user_id", "role", "state"},
    "project_user_info": SCOPE | SEVERAL | {"email", "user_id", "max_results"},
    "rate_limit": SCOPE | {"model", *LIMITS},
    "rate_limit_info": SCOPE | SEVERAL | {"model", "max_results"},
    "service_account": SCOPE
    | NEW_KEY
    | {"name", "service_account_id", "role", "state", "create_api_key", "api_key_name", "verify_unique"},
    "spend_alert": SCOPE | {"usd_per_month", "alert_id", "recipients", "subject_prefix", "state"},
    "spend_alert_info": SCOPE | {"usd_per_month", "alert_id", "max_results"},
    "service_tiers": SCOPE | {"default", "enabled"},
    "service_tiers_info": SCOPE | SEVERAL | {"max_results"},
    "service_account_info": SCOPE | SEVERAL | {"name", "service_account_id", "max_results"},
    "usage_info": REPORT
    | BUCKETS
    | {"kind", "user_ids", "models", "batch", "sizes", "sources", "vector_store_ids", "context_levels"},
    "user": {"email", "user_id", "role", "technical_level", "developer_persona", "state"},
    "user_info": {"user_id", "emails", "include", "max_results"},
}
"""Of the modules of the first edition; the connection, which all of them have, is left out."""

every_module = pytest.mark.parametrize("module", MODULES)


def task(module: str) -> Task:
    found = import_module(f"{PLUGINS}.modules.{module}").TASK
    assert isinstance(found, Task)
    return found


def spec(module: str) -> dict[str, Any]:
    """The whole specification, as the module has it."""
    return {**connection_options(), **task(module).argument_spec}


def environment(option_spec: Spec) -> tuple[str, ...]:
    return tuple(option_spec["fallback"][1]) if "fallback" in option_spec else ()


class TestSecrets:
    @every_module
    def test_every_option_says_whether_it_is_one(self, module: str) -> None:
        unsaid = [name for name, each in spec(module).items() if not isinstance(each.get("no_log"), bool)]
        assert unsaid == []

    @every_module
    def test_keys_and_passphrases_are_and_nothing_else(self, module: str) -> None:
        private = {"certificate": {"content"}, "workload_identity_provider": {"jwks"}}  # a private key, by mistake
        mistaken = private.get(module, set())
        assert {name for name, each in spec(module).items() if each["no_log"]} == SECRETS | mistaken

    @every_module
    def test_no_option_invites_to_paste_a_key(self, module: str) -> None:
        assert "api_key" not in spec(module)
        assert not [alias for each in spec(module).values() for alias in each.get("aliases", ()) if alias == "api_key"]

    def test_a_field_that_is_secret_is_a_secret_option(self) -> None:
        kinds = (Field("content", secret=True), Field("max_tokens"))
        derived = managed_options(Resource(kind="x", plural="xs", routes=(Route("/xs"),), fields=kinds))
        assert derived["content"]["no_log"] is True
        assert derived["max_tokens"]["no_log"] is False


class TestConnection:
    def test_it_is_the_same_for_every_module(self) -> None:
        for module in MODULES:
            assert not set(task(module).argument_spec) & set(connection_options()), module

    def test_variables_stand_in_for_options(self) -> None:
        found = {name: environment(each) for name, each in connection_options().items() if "fallback" in each}
        instead = {name: (variable,) for name, variable in INSTEAD.items()}
        assert found == {name: (variable, *instead.get(name, ())) for name, variable in VARIABLES.items()}

    @pytest.mark.parametrize(("name", "variable"), VARIABLES.items())
    def test_a_variable_counts_where_the_option_is_omitted(
        self, monkeypatch: pytest.MonkeyPatch, name: str, variable: str
    ) -> None:
        monkeypatch.setenv(variable, "/from/environment")
        assert validated({})[name] == "/from/environment"
        assert validated({name: "/from/task"})[name] == "/from/task"

    @pytest.mark.parametrize(("name", "variable"), VARIABLES.items())
    def test_an_empty_variable_is_none(self, monkeypatch: pytest.MonkeyPatch, name: str, variable: str) -> None:
        monkeypatch.setenv(variable, "")
        assert validated({})[name] is None

    def test_the_key_of_projects_is_never_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OPENAI_ADMIN_KEY", raising=False)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-proj-canary")
        assert "sk-proj-canary" not in map(str, validated({}).values())

    def test_the_first_variable_that_is_not_empty_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FIRST_OF_TWO", "")
        monkeypatch.setenv("SECOND_OF_TWO", "2")
        assert from_environment("FIRST_OF_TWO", "SECOND_OF_TWO") == "2"
        with pytest.raises(AnsibleFallbackNotFound):
            from_environment("FIRST_OF_TWO", "NONE_OF_THEM")

    def test_a_variable_of_blanks_counts_as_not_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in (*VARIABLES.values(), *INSTEAD.values()):
            monkeypatch.setenv(name, "  ")
        assert {name for name in VARIABLES if validated({})[name] is not None} == {"admin_key"}  # whose key is wrong
        monkeypatch.setenv(INSTEAD["client_key"], "/key")
        assert validated({})["client_key"] == "/key"

    @pytest.mark.parametrize("empty", [None, ""])
    def test_what_is_empty_counts_as_not_given(self, empty: str | None) -> None:
        options = {**dict.fromkeys(connection_options(), empty), "admin_key": None}
        assert connection(options) == Connection(admin_key="")
        assert connection(options).base_url == DEFAULT_BASE_URL

    def test_the_defaults_are_the_clients_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for variable in (*VARIABLES.values(), *INSTEAD.values()):
            monkeypatch.delenv(variable, raising=False)
        assert connection(validated({"admin_key": "k"})) == Connection(admin_key="k")

    def test_what_is_false_or_zero_is_given(self) -> None:
        made = connection(validated({"admin_key": "k", "validate_certs": False, "max_wait": 0}))
        assert made.validate_certs is False
        assert made.max_wait == 0


def validated(task_options: dict[str, Any]) -> dict[str, Any]:
    """The options as ansible-core hands them to a module."""
    result = ArgumentSpecValidator(connection_options()).validate(task_options)
    assert result.error_messages == []
    return dict(result.validated_parameters)


class TestModules:
    def test_each_that_is_known_here_is_there(self) -> None:
        assert set(OPTIONS) <= set(MODULES)

    @pytest.mark.parametrize("module", OPTIONS)
    def test_it_has_its_options_and_no_others(self, module: str) -> None:
        """All others have those that they document, as is seen below."""
        assert set(task(module).argument_spec) == OPTIONS[module]

    @every_module
    def test_ansible_is_asked_to_require_or_exclude_nothing(self, module: str) -> None:
        """It counts an explicit null as given; the engine does not."""
        for name, each in spec(module).items():
            rules = {"required", "required_if", "required_by", "mutually_exclusive", "required_one_of"}
            assert not rules & set(each), name

    @pytest.mark.parametrize(
        ("module", "states"),
        [
            ("project", ["present", "archived"]),
            ("project_user", ["present", "absent"]),
            ("service_account", ["present", "absent"]),
        ],
    )
    def test_states(self, module: str, states: list[str]) -> None:
        assert spec(module)["state"] == {"type": "str", "no_log": False, "choices": states, "default": "present"}

    @every_module
    def test_what_is_omitted_is_null(self, module: str) -> None:
        """A default would manage what the task does not name."""
        of_its_own = {name: each["default"] for name, each in task(module).argument_spec.items() if "default" in each}
        may = {"state": "present", "create_api_key": False, "allow_archived_namesake": False, "verify_unique": False}
        may |= {"allow_missing_file": False}
        may |= {"include_archived": False, "owner_project_access": "any", "resend_after_days": 7}
        may |= {"previous": "keep", "unused_for_days": 7, "current": "newest", "update_scopes": "on_issue"}
        may |= {"invite_missing": False, "purge_projects": False, "protected_projects": ["Default project"]}
        may |= {"max_removals": 10, "workers": 8, "include": list(USUAL)}
        may |= {"bucket_width": "1d", "api_key_names": False, "group_buckets": True, "max_results": 1000}
        if module == "certificate_activation":
            may |= {"state": "active"}
        may |= {"validate": False, "deactivate_first": False, "include_content": False, "exclusive": False}
        may |= {name: False for name in of_its_own if name.startswith("allow_")}
        assert of_its_own == {name: value for name, value in may.items() if name in of_its_own}

    @pytest.mark.parametrize("limit", LIMITS)
    def test_limits_are_numbers(self, limit: str) -> None:
        assert spec("rate_limit")[limit] == {"type": "int", "no_log": False}

    @pytest.mark.parametrize("module", ["invite", "project_user", "service_account", "user"])
    def test_a_role_is_a_name_of_any_kind(self, module: str) -> None:
        assert "choices" not in spec(module)["role"]

    def test_a_residency_may_be_a_new_one(self) -> None:
        assert "choices" not in spec("project")["residency"]

    def test_several_addresses_may_be_asked_for_in_one_task(self) -> None:
        emails = spec("user_info")["emails"]
        assert (emails["type"], emails["elements"], emails["aliases"]) == ("list", "str", ["email"])

    def test_only_a_module_with_a_secret_writes_files(self) -> None:
        assert {"api_key_path", *FILE_OPTIONS} <= set(managed_options(SERVICE_ACCOUNT))
        for resource in PROJECT, PROJECT_USER, RATE_LIMIT:
            assert not {"api_key_path", *FILE_OPTIONS} & set(managed_options(resource)), resource.kind
        with_secret = ["admin_api_key", "project_api_key", "service_account"]
        assert [module for module in MODULES if task(module).delivers] == with_secret
        assert {task(module).delivers for module in with_secret} == {"api_key_path"}

    def test_a_files_mode_may_be_a_number_or_words(self) -> None:
        assert {name: spec("service_account")[name]["type"] for name in FILE_OPTIONS} == {
            "mode": "raw",
            "owner": "str",
            "group": "str",
        }

    def test_paths_are_paths(self) -> None:
        for name in "api_key_path", "ca_path", "client_cert", "client_key":
            assert spec("service_account")[name]["type"] == "path", name

    def test_an_option_is_a_string_and_no_secret_unless_it_says_otherwise(self) -> None:
        assert option() == {"type": "str", "no_log": False}


# --- the documentation


@cache
def loaded(text: str) -> dict[str, Any]:
    """What a documentation says; that of a fragment belongs to many modules."""
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def documented(module: str) -> dict[str, dict[str, Any]]:
    """The options as users read them: the module's own and those of its fragments."""
    text = loaded(import_module(f"{PLUGINS}.modules.{module}").DOCUMENTATION)
    options: dict[str, dict[str, Any]] = dict(text.get("options") or {})
    for fragment in fragments(text):
        for name, each in (fragment.get("options") or {}).items():
            assert name not in options, f"{name} is documented twice"
            options[name] = each
    return options


def fragments(text: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in text["extends_documentation_fragment"]:
        namespace, collection, fragment, *part = name.split(".")
        assert (namespace, collection) == ("community", "openai_admin")
        holder = import_module(f"{PLUGINS}.doc_fragments.{fragment}").ModuleDocFragment
        yield loaded(getattr(holder, (part[0] if part else "documentation").upper()))


def facts(option_spec: Spec) -> dict[str, Any]:
    """What a specification and a documented option have in common."""
    return {
        "type": option_spec.get("type", "str"),
        "default": option_spec.get("default"),
        "choices": list(option_spec.get("choices") or []),
        "elements": option_spec.get("elements"),
        "aliases": list(option_spec.get("aliases") or []),
        "required": bool(option_spec.get("required")),
    }


def prose(documented_option: Spec) -> str:
    description = documented_option["description"]
    return description if isinstance(description, str) else "\n".join(description)


class TestDocumentation:
    @every_module
    def test_it_names_the_options_that_there_are(self, module: str) -> None:
        assert set(documented(module)) == set(spec(module))

    @every_module
    def test_it_says_of_each_what_is_so(self, module: str) -> None:
        said = {name: facts(each) for name, each in documented(module).items()}
        assert said == {name: facts(each) for name, each in spec(module).items()}

    @every_module
    def test_it_says_which_variable_stands_in(self, module: str) -> None:
        said = {
            name: tuple(re.findall(r"environment variable E\((\w+)\) is used", prose(each)))
            for name, each in documented(module).items()
        }
        assert said == {name: environment(each) for name, each in spec(module).items()}

    @every_module
    def test_it_describes_every_option(self, module: str) -> None:
        assert [name for name, each in documented(module).items() if not prose(each).strip()] == []

    @every_module
    def test_it_is_of_this_module(self, module: str) -> None:
        text = loaded(import_module(f"{PLUGINS}.modules.{module}").DOCUMENTATION)
        assert text["module"] == module
