# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which outside tokens can act as service accounts: what is compared, what is refused, and what is warned of."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, NotFound, Refused
from integration.direct import perform
from simulator import Simulator

MODULE = "federation_rule"
GITHUB = "https://token.actions.githubusercontent.com"
NAMED = {"workload_identity_provider": "issuer", "project": "search", "service_account": "api"}
IDS = {"workload_identity_provider_id": "wip_1", "project_id": "proj_search", "service_account_id": "svc_api"}
ONE = {"repository": "example/search"}


def outside(simulator: Simulator, issuer: str = GITHUB, **rule: Any) -> None:
    rules = [{"project": "search", "service_account": "api", "id": "wifr_1", **rule}] if rule else []
    accounts = [{"name": "api", "id": "svc_api"}, {"name": "batch", "id": "svc_batch"}]
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "projects": [
                {"name": "search", "id": "proj_search", "service_accounts": accounts},
                {"name": "chat", "id": "proj_chat", "service_accounts": [{"name": "api", "id": "svc_other"}]},
            ],
            "workload_identity_providers": [
                {
                    "name": "issuer",
                    "id": "wip_1",
                    "issuer": issuer,
                    "attribute_transformations": {"openai.team": "assertion.team"},
                    "rules": rules,
                },
            ],
            "behaviour": {"clock": 1_800_000_000},
        }
    )


@pytest.mark.parametrize("named", [NAMED, IDS, {**NAMED, "service_account_id": "svc_api"}])
def test_provider_and_service_account_identify_a_rule(named: dict[str, Any], simulator: Simulator) -> None:
    """Another account of the provider, and an account of the same name in another project, have their own."""
    outside(simulator)
    for task in named, {**NAMED, "service_account": "batch"}, {**NAMED, "project": "chat"}:
        assert perform(simulator, MODULE, **task, match=ONE).changed
        assert not perform(simulator, MODULE, **task, match=ONE).changed
    assert len(perform(simulator, f"{MODULE}_info").returns[f"{MODULE}s"]) == 3
    assert perform(simulator, MODULE, **named, state="absent").changed
    assert not perform(simulator, MODULE, **named, state="absent").changed
    left = perform(simulator, f"{MODULE}_info").returns[f"{MODULE}s"]
    assert {rule["service_account_id"] for rule in left} == {"svc_batch", "svc_other"}


VALUES = ["1", 1, 1.0, 1.5, "1.5", True, "true", False, 0, "0"]


@pytest.mark.parametrize(("first", "second"), [*itertools.product(VALUES, VALUES)])
def test_types_of_claims_are_told_apart(first: Any, second: Any, simulator: Simulator) -> None:
    outside(simulator, attribute_matchers={"claim": first})
    same = first == second and isinstance(first, bool) == isinstance(second, bool)
    assert perform(simulator, MODULE, **IDS, match={"claim": second}).changed is not same


def test_scopes_come_and_go(simulator: Simulator) -> None:
    """Only what differs is sent; without scopes, the account's permissions count, and the task warns."""
    outside(simulator)
    restricted = {"type": "restricted", "scopes": ["api.files.read", "api.responses.write"]}
    default = {"type": "service_account_default"}
    steps: list[tuple[dict[str, Any], Any, bool]] = [
        ({"match": ONE}, default, True),
        ({"scopes": []}, None, False),
        ({"scopes": ["api.responses.write", "api.files.read"]}, restricted, False),
        ({"scopes": ["api.files.read", "api.responses.write"]}, None, False),
        ({"enabled": False}, None, False),
        ({"scopes": []}, default, True),
    ]
    for task, permissions, warned in steps:
        before = len(simulator.requests(writes=True))
        predicted, real = (perform(simulator, MODULE, check, **IDS, **task) for check in (True, False))
        bodies = [each["body"] for each in simulator.requests(writes=True)[before:]]
        assert [body.get("permissions") for body in bodies] == ([permissions] if real.changed else [])
        assert real.changed == (permissions is not None or "enabled" in task)
        told = "has no scopes, so its tokens may do whatever the service account may do"
        assert any(told in each for each in real.warnings) == warned
        assert predicted.warnings == real.warnings
        scopes = [each.returns[MODULE]["scopes"] for each in (predicted, real)]
        assert scopes[0] == scopes[1]


@pytest.mark.parametrize(
    ("match", "said"),
    [
        ({}, "match must name at least one claim: an empty dictionary would let in every token of the issuer"),
        ({"sub": "*"}, r"match must not be only \* for sub, which any token has"),
        ({"sub": "repo:*/search"}, r"match must have \* only at the end of a value, which is not so in sub"),
        ({"sub": "repo:**"}, r"match must have \* only at the end of a value"),
        ({"sub": " "}, "match must have a value for sub"),
        ({"sub": None}, "sub in match must be a string, a number, or true or false"),
        ({"ref": "refs/heads/main", "sub": None}, "sub in match must be a string, a number, or true or false"),
        ({"sub": ["a"]}, "sub in match must be a string, a number, or true or false"),
    ],
)
def test_matchers_that_cannot_be_meant_are_not_sent(match: dict[str, Any], said: str, simulator: Simulator) -> None:
    outside(simulator)
    with pytest.raises(BadInput, match=said):
        perform(simulator, MODULE, **IDS, match=match)
    assert simulator.requests() == []


PUBLIC = [GITHUB, f"{GITHUB}/", f"{GITHUB}/example", "https://gitlab.com", "https://accounts.google.com"]
PUBLIC += [
    f"https://login.microsoftonline.com/{'0' * 8}/v2.0",
    "https://app.terraform.io",
    "https://a.tokens.sts.global.api.aws",
]
PRIVATE = ["https://gitlab.example.com", "https://oidc.eks.eu-central-1.amazonaws.com/id/ABC", "https://notgitlab.com"]


@pytest.mark.parametrize("issuer", [*PUBLIC, *PRIVATE])
@pytest.mark.parametrize("named", [NAMED, IDS])
def test_issuer_and_audience_identify_nobody_at_a_public_issuer(
    issuer: str, named: dict[str, Any], simulator: Simulator
) -> None:
    """Whether the rule is new or changed, the provider named or given by its ID, predicted or done."""
    for rule in {}, {"attribute_matchers": ONE, "scopes": ["api.files.read"]}:
        for general in {"aud": "x"}, {"iss": issuer, "aud": "x"}:
            outside(simulator, issuer, **rule)
            for check in True, False:
                if issuer in PRIVATE:
                    perform(simulator, MODULE, check, **named, match=general)
                    continue
                with pytest.raises(Refused, match=r"would let in tokens of anybody who uses .* Match the claim"):
                    perform(simulator, MODULE, check, **named, match=general)
            assert bool(simulator.requests(writes=True)) == (issuer in PRIVATE)
    outside(simulator, issuer)
    assert perform(simulator, MODULE, **named, match={"aud": "x", **ONE}).changed


@pytest.mark.parametrize("named", [NAMED, IDS])
def test_only_attributes_that_the_provider_computes_can_match(named: dict[str, Any], simulator: Simulator) -> None:
    outside(simulator)
    for check in True, False:
        said = "matches openai.branch, which the provider does not compute"
        with pytest.raises(Refused, match=said):
            perform(simulator, MODULE, check, **named, match={"openai.team": "a", "openai.branch": "main"})
    assert simulator.requests(writes=True) == []
    assert perform(simulator, MODULE, **named, match={"openai.team": "a"}).changed


@pytest.mark.parametrize(
    ("value", "is_wide"),
    [
        ("repo:*", True),
        ("repo:ex*", True),
        ("repo:example/*", False),
        ("repo:example/search:*", False),
        ("repo:", False),
    ],
)
def test_wildcards_after_little_text_are_warned_of(value: str, is_wide: bool, simulator: Simulator) -> None:
    outside(simulator)
    warned = perform(simulator, MODULE, **IDS, match={"sub": value}, scopes=["api.files.read"]).warnings
    assert any("lets in every token whose sub begins with" in each for each in warned) == is_wide


def test_a_rule_for_what_does_not_exist_yet_is_predicted(simulator: Simulator) -> None:
    outside(simulator)
    for missing in {"workload_identity_provider": "new"}, {"service_account": "new"}, {"project": "new"}:
        task = {**NAMED, **missing, "match": ONE}
        predicted = perform(simulator, MODULE, True, **task)
        assert (predicted.changed, len(predicted.warnings)) == (True, 2)
        with pytest.raises(NotFound, match="does not exist"):
            perform(simulator, MODULE, **task)
    assert simulator.requests(writes=True) == []


def test_project_and_account_of_a_rule_stay(simulator: Simulator) -> None:
    outside(simulator, attribute_matchers=ONE)
    rule = {"workload_identity_provider": "issuer", "workload_identity_federation_rule_id": "wifr_1"}
    with pytest.raises(Refused, match=r"service_account_id of .* is 'svc_api' and cannot be changed to 'svc_batch'"):
        perform(simulator, MODULE, **rule, service_account_id="svc_batch")
    assert not perform(simulator, MODULE, **rule, service_account_id="svc_api").changed
