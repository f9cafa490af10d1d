# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Access without keys, customer-managed keys and storage, in a declaration."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from ansible_collections.community.openai_admin.plugins.modules import organization as organization_module
from integration.direct import perform
from simulator import Simulator

GITHUB = "https://token.actions.githubusercontent.com"
ARN = "arn:aws:iam::123456789012:role/openai"
RULE = {
    "project": "search",
    "service_account": "api",
    "match": {"repository": "example/search", "openai.branch": "main"},
    "scopes": ["api.responses.write"],
}
PROVIDER: dict[str, Any] = {
    "name": "github",
    "issuer": GITHUB,
    "audience": "https://api.openai.com/v1",
    "attribute_transformations": {"openai.branch": "assertion.ref"},
    "rules": [RULE],
}
CLUSTER = {
    "name": "cluster",
    "issuer": "https://cluster.example.com",
    "audience": "https://api.openai.com/v1",
    "jwks": json.dumps({"keys": [{"kty": "RSA", "kid": "1", "n": "AQAB", "e": "AQAB"}]}),
}
KEY = {
    "name": "kms",
    "type": "aws",
    "kms_arn": "arn:aws:kms:eu-central-1:123456789012:key/a",
    "role_arn": ARN,
    "external_id": "org-simulated",
}
STORAGE = {"project": "search", "type": "aws", "bucket": "records", "role_arn": ARN}
WHOLE: dict[str, Any] = {
    "external_keys": [KEY],
    "external_storage": [STORAGE],
    "workload_identity_providers": [PROVIDER],
    "projects": [{"name": "search", "external_key": "kms", "service_accounts": [{"name": "api", "role": "none"}]}],
}
INCLUDED = [
    "projects",
    "users",
    "service_accounts",
    *(word for word in WHOLE if word != "projects"),
    "federation_rules",
]


@pytest.fixture
def organization(simulator: Simulator) -> Simulator:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "projects": [{"name": "chat", "service_accounts": [{"name": "api"}, {"name": "old"}]}],
            "workload_identity_providers": [
                {
                    "name": "old",
                    "issuer": "https://old.example.com",
                    "rules": [
                        {"project": "chat", "service_account": "api", "attribute_matchers": {"sub": "a"}},
                        {"project": "chat", "service_account": "old", "attribute_matchers": {"sub": "b"}},
                    ],
                },
                {"name": "empty", "issuer": "https://empty.example.com"},
            ],
        }
    )
    return simulator


def written(simulator: Simulator) -> list[str]:
    """What the writes were about, in their order."""
    routes = (each["route"] for each in simulator.requests(writes=True))
    return [re.findall(r"/(\w+)", route.replace("{", "").replace("}", ""))[-1] for route in routes]


def settled(simulator: Simulator, **declared: Any) -> list[tuple[str, str]]:
    """The changes of a run, which check mode predicts, and after which the next run changes nothing."""
    simulator.clear()
    predicted = perform(simulator, "organization", check=True, **declared)
    outcome = perform(simulator, "organization", **declared)
    changes = [[(each["kind"], each["action"]) for each in run.returns["changes"]] for run in (predicted, outcome)]
    assert changes[0] == changes[1]
    before = len(simulator.requests(writes=True))
    assert not perform(simulator, "organization", **declared).changed
    assert len(simulator.requests(writes=True)) == before
    return changes[1]


def test_everything_comes_in_the_order_that_it_needs(organization: Simulator) -> None:
    """The key before its project, the account before its rule, from nothing, in one run."""
    settled(organization, **WHOLE)
    order = written(organization)
    assert sorted(order) == [
        "external_keys",
        "external_storage",
        "federation_rules",
        "projects",
        "service_accounts",
        "workload_identity_providers",
    ]
    assert order.index("external_keys") < order.index("projects") < order.index("external_storage")
    assert order.index("service_accounts") < order.index("federation_rules")
    assert order.index("workload_identity_providers") < order.index("federation_rules")


def test_an_export_can_be_applied(organization: Simulator) -> None:
    perform(organization, "organization", **{**WHOLE, "workload_identity_providers": [PROVIDER, CLUSTER]})
    exported = perform(organization, "organization_info", include=INCLUDED).returns["organization"]
    assert exported["external_keys"] == [{**KEY, "purpose": "ekm"}]
    assert exported["external_storage"] == [STORAGE]
    providers = {each["name"]: each for each in exported["workload_identity_providers"]}
    assert providers["github"]["rules"] == [{**RULE, "enabled": True}]
    assert json.loads(providers["cluster"]["jwks"]) == json.loads(CLUSTER["jwks"])
    assert not perform(organization, "organization", **exported).changed


def test_rules_go_before_their_account(organization: Simulator) -> None:
    gone = {"workload_identity_providers": [{"name": "old", "rules": [], "purge": ["rules"]}]}
    accounts = [{"name": name, "state": "absent"} for name in ("api", "old")]
    settled(organization, **gone, projects=[{"name": "chat", "service_accounts": accounts}])
    rule, account = "workload_identity_federation_rule_id", "service_account_id"
    assert written(organization) == [rule, rule, account, account]


ABSENT_RULES = [{"project": "chat", "service_account": name, "state": "absent"} for name in ("api", "old")]


@pytest.mark.parametrize("inside", [{"rules": ABSENT_RULES}, {"rules": [], "purge": ["rules"]}])
def test_rules_go_before_their_provider_and_their_account(inside: dict[str, Any], organization: Simulator) -> None:
    """All of them go in one run, and the next run has nothing to look for in a provider that is gone."""
    gone = {"name": "old", "state": "absent", **inside}
    chat = {"name": "chat", "service_accounts": [], "purge": ["service_accounts"]}
    settled(organization, workload_identity_providers=[gone], projects=[chat])
    order = written(organization)
    rule, provider, account = (
        "workload_identity_federation_rule_id",
        "workload_identity_provider_id",
        "service_account_id",
    )
    assert order[:2] == [rule, rule]
    assert sorted(order[2:]) == sorted([provider, account, account])


@pytest.mark.parametrize(
    "inside",
    [
        {},
        {"rules": ABSENT_RULES[:1]},
        {"rules": [{"project": "chat", "service_account": "api"}], "purge": ["rules"]},
    ],
)
def test_a_provider_does_not_go_while_it_has_rules(inside: dict[str, Any], organization: Simulator) -> None:
    """What would stay in it is told before anything is written."""
    gone = {"name": "old", "state": "absent", **inside}
    for check in True, False:
        with pytest.raises(AdminError, match=r"still has \d federation rules? \("):
            perform(organization, "organization", check=check, workload_identity_providers=[gone])
    assert organization.requests(writes=True) == []


def test_a_rule_that_goes_is_not_called_wide(organization: Simulator) -> None:
    """Its wildcards and scopes do not matter any more."""
    gone = {"name": "old", "rules": ABSENT_RULES}
    outcome = perform(organization, "organization", workload_identity_providers=[gone])
    assert outcome.warnings == ()


def test_a_purge_removes_rules_and_providers_without_rules(organization: Simulator) -> None:
    kept = {"name": "old", "rules": [{"project": "chat", "service_account": "api"}], "purge": ["rules"]}
    changes = settled(organization, workload_identity_providers=[kept], purge=["workload_identity_providers"])
    assert sorted(changes) == [("federation_rule", "delete"), ("workload_identity_provider", "delete")]


def test_a_purge_keeps_a_provider_with_rules(organization: Simulator) -> None:
    assert settled(organization, workload_identity_providers=[], purge=["workload_identity_providers"]) == [
        ("workload_identity_provider", "delete")
    ]
    assert [each["name"] for each in organization.state()["workload_identity_providers"]] == ["old"]


def test_keys_and_storage_cannot_be_purged() -> None:
    choices = organization_module.TASK.argument_spec["purge"]["choices"]
    assert "workload_identity_providers" in choices
    assert not {"external_keys", "external_storage"} & set(choices)


def test_a_provider_and_its_rule_are_judged_together(organization: Simulator) -> None:
    """A rule may match what the same declaration makes the provider compute, and nothing else."""
    for name in "new", "empty":
        for match in {"aud": "x"}, {"sub": "a", "openai.team": "b"}:
            rule = {"project": "chat", "service_account": "api", "match": match}
            provider = {**PROVIDER, "name": name, "rules": [rule]}
            for check in True, False:
                with pytest.raises(AdminError, match=r"would let in tokens of anybody|does not compute"):
                    perform(organization, "organization", check=check, workload_identity_providers=[provider])
    assert organization.requests(writes=True) == []
    right = {**PROVIDER, "name": "empty", "rules": [{**RULE, "project": "chat"}]}
    assert settled(organization, workload_identity_providers=[right]) == [
        ("workload_identity_provider", "update"),
        ("federation_rule", "create"),
    ]


def test_accounts_of_one_name_have_rules_of_their_own(organization: Simulator) -> None:
    """Each project may have an account of that name."""
    rules = [{**RULE, "project": name} for name in ("search", "chat")]
    projects = [{"name": name, "service_accounts": [{"name": "api"}]} for name in ("search", "chat")]
    declared = {"projects": projects, "workload_identity_providers": [{**PROVIDER, "rules": rules}]}
    assert settled(organization, **declared).count(("federation_rule", "create")) == 2
    twice = [{**PROVIDER, "rules": [RULE, RULE]}]
    with pytest.raises(AdminError, match=r"rules\[1\]: federation rule 'api' is declared in .*rules\[0\] as well"):
        perform(organization, "organization", **{**declared, "workload_identity_providers": twice})


def test_a_project_can_have_storage_of_several_clouds(organization: Simulator) -> None:
    other = {"project": "search", "type": "oci", "bucket": "records", "region": "eu-frankfurt-1", "tenancy_ocid": "t"}
    declared = {"projects": [{"name": "search"}], "external_storage": [STORAGE, other]}
    assert settled(organization, **declared).count(("external_storage", "register")) == 2
    with pytest.raises(AdminError, match=r"external storage 'search' is declared in external_storage\[0\] as well"):
        perform(organization, "organization", **{**declared, "external_storage": [STORAGE, STORAGE]})


def test_changes_name_what_entries_name(organization: Simulator) -> None:
    """In a prediction, when nothing has an ID yet, and in the run."""
    for check in True, False:
        changes = perform(organization, "organization", check=check, **WHOLE).returns["changes"]
        named = {each["kind"]: each["name"] for each in changes}
        assert (named["federation_rule"], named["external_storage"]) == ("api", "search")
        fields = {each["kind"]: each["fields"] for each in changes}
        assert "external_key_id" in fields["project"]
        assert {"project_id", "service_account_id"} <= {*fields["federation_rule"]}
