# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Issuers of outside tokens: how they are verified, their transformations, and what must not be sent."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, Refused
from integration.direct import perform
from integration.playbooks import Ansible, module
from integration.scenarios import attempts, messages
from simulator import Simulator

MODULE = "workload_identity_provider"
PATH = "/organization/workload_identity_providers/wip_1"
ISSUED = {"issuer": "https://issuer.example.com", "audience": "https://api.openai.com/v1"}
PUBLIC = {"kty": "RSA", "kid": "1", "n": "AQAB", "e": "AQAB"}
SECRET = "MFMyuSl8HnOdLqJm5TW8xwpxCBNXmxwKBFLkPqBZf0"
PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]


def keys(*several: dict[str, Any]) -> str:
    return json.dumps({"keys": list(several)})


def one(simulator: Simulator, **provider: Any) -> None:
    there = {"name": "there", "id": "wip_1", "issuer": "https://issuer.example.com", **provider}
    accounts = [{"name": "api", "id": "svc_api"}]
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "projects": [{"name": "search", "id": "proj_search", "service_accounts": accounts}],
            "workload_identity_providers": [there],
            "behaviour": {"clock": 1_800_000_000},
        }
    )


def test_any_verification_becomes_any_other(simulator: Simulator) -> None:
    """Requests contain the verification whole, and only if it differs; keys are compared by their IDs."""
    other = {**PUBLIC, "kid": "2"}
    ways: list[dict[str, Any]] = [
        {"discovery_url": ""},
        {"discovery_url": "https://keys.example.com/jwks"},
        {"jwks": keys(PUBLIC)},
        {"jwks": keys(PUBLIC, other)},
    ]
    for first, second in itertools.product(ways, ways):
        one(simulator)
        perform(simulator, MODULE, name="there", **first)
        before = len(simulator.requests(writes=True))
        predicted, real = (perform(simulator, MODULE, check, name="there", **second) for check in (True, False))
        sent = [each["body"]["verification"] for each in simulator.requests(writes=True)[before:]]
        url = second.get("discovery_url") or None
        uploaded = {"type": "uploaded_jwks", "jwks": json.loads(second.get("jwks", "{}"))}
        expected = uploaded if "jwks" in second else {"type": "discovery", "discovery_url": url}
        assert sent == ([] if first == second else [expected])
        unknown = {"updated_at": None} if real.changed else {}
        assert predicted.returns[MODULE] == {**real.returns[MODULE], **unknown}
        assert not perform(simulator, MODULE, name="there", **second).changed
    reordered = keys(other, dict(reversed(PUBLIC.items())))
    assert not perform(simulator, MODULE, name="there", jwks=reordered).changed


def test_transformations_are_a_map(simulator: Simulator) -> None:
    """In any order, with the prefix or without it; what is left out is removed."""
    dice = random.Random(5)
    one(simulator)
    there: dict[str, str] = {}
    for unused_time in range(30):
        names = dice.sample(["team", "openai.branch", "stage"], dice.randint(0, 3))
        task = {name: dice.choice(["assertion.a", "assertion.b"]) for name in names}
        wanted = {f"openai.{name.removeprefix('openai.')}": value for name, value in task.items()}
        outcome = perform(simulator, MODULE, name="there", attribute_transformations=task)
        assert outcome.changed == (wanted != there)
        assert outcome.returns[MODULE]["attribute_transformations"] == wanted
        there = wanted


def test_a_trailing_slash_of_the_issuer_does_not_matter(simulator: Simulator) -> None:
    one(simulator)
    assert not perform(simulator, MODULE, name="there", issuer="https://issuer.example.com/").changed
    assert perform(simulator, MODULE, name="there", issuer="https://issuer.example.com/path").changed


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ({"jwks": "{"}, "jwks must be the JSON text of a JSON Web Key Set"),
        ({"jwks": keys()}, "jwks must be the JSON text of a JSON Web Key Set"),
        ({"jwks": json.dumps([PUBLIC])}, "jwks must be the JSON text of a JSON Web Key Set"),
        ({"jwks": keys({"kty": "RSA"})}, "jwks must give each key its own kid"),
        ({"jwks": keys(PUBLIC, PUBLIC)}, "jwks must give each key its own kid"),
        ({"jwks": keys(PUBLIC), "discovery_url": ""}, "discovery_url and jwks exclude each other"),
        ({"jwks_path": "/nowhere/keys.json"}, r"jwks_path: /nowhere/keys.json cannot be read"),
        ({"attribute_transformations": {"a": "x", "openai.a": "y"}}, "must not set openai.a twice"),
        ({"attribute_transformations": {"a": ""}}, "must have an expression of 1 to 4096 characters for a"),
        ({"attribute_transformations": {"a": "x" * 4097}}, "must have an expression of 1 to 4096 characters for a"),
        ({"attribute_transformations": {"openai.": "x"}}, "must have names of attributes of 1 to 256 characters"),
        ({"attribute_transformations": {str(n): "x" for n in range(21)}}, "must not have more than 20 attributes"),
        ({"issuer": " "}, "issuer must not be empty"),
    ],
)
def test_what_cannot_be_right_is_not_sent(task: dict[str, Any], said: str, simulator: Simulator) -> None:
    one(simulator)
    with pytest.raises(BadInput, match=said):
        perform(simulator, MODULE, name="there", **task)
    assert simulator.requests() == []


@pytest.mark.parametrize("member", PRIVATE)
def test_private_keys_are_neither_sent_nor_told(member: str, simulator: Simulator) -> None:
    one(simulator)
    with pytest.raises(BadInput, match=rf"keys\[1\] has the private members {member}: give the public") as failed:
        perform(simulator, MODULE, name="there", jwks=keys(PUBLIC, {**PUBLIC, "kid": "2", member: SECRET}))
    assert SECRET not in str(failed.value)
    assert simulator.requests() == []


def test_private_keys_are_in_no_output(ansible: Ansible, tmp_path: Path) -> None:
    """In the controller and as a module, as text, from a file, and as the dictionary that the option is not."""
    one(ansible.simulator)
    private = {**PUBLIC, "d": SECRET}
    file = tmp_path / "keys.json"
    file.write_text(keys(private), encoding="utf-8")
    run = ansible.play(
        attempts(
            {
                "text": {
                    **module(MODULE, name="there", jwks="{{ {'keys': [key]} | to_json }}"),
                    "vars": {"key": private},
                },
                "file": module(MODULE, name="there", jwks_path=str(file)),
                "dictionary": module(MODULE, name="there", jwks={"keys": [private]}),
            }
        ),
    )
    assert set(messages(run)) == {"text", "file", "dictionary"}
    assert "has the private members d" in messages(run)["text"]
    assert "jwks must be a string, not a dictionary" in messages(run)["dictionary"]
    assert SECRET not in repr([task.result for task in run.tasks])
    assert ansible.simulator.requests() == []


def test_a_provider_with_rules_stays(simulator: Simulator) -> None:
    rules = [{"project": "search", "service_account": "api", "name": "deploy"}]
    one(simulator, rules=rules)
    said = r"still has 1 federation rule \(deploy\)\. Remove it first .* set enabled: false\.$"
    for check in (True, False):
        with pytest.raises(Refused, match=said):
            perform(simulator, MODULE, check, name="there", state="absent")
    assert simulator.requests(writes=True) == []


def test_a_provider_of_another_type_is_shown_and_deleted_but_not_changed(simulator: Simulator) -> None:
    simulator.reset(
        {
            "users": [{"email": "owner@example.com", "role": "owner"}],
            "workload_identity_providers": [{"name": "there", "id": "wip_1", "issuer": "CN=ca", "type": "x509"}],
            "behaviour": {"unknown_values": "given"},
        }
    )
    shown = perform(simulator, f"{MODULE}_info").returns[f"{MODULE}s"]
    assert [each["type"] for each in shown] == ["x509"]
    with pytest.raises(Refused, match="is of the type x509, which the API can only show and delete"):
        perform(simulator, MODULE, name="there", enabled=False)
    assert perform(simulator, MODULE, name="there", state="absent").changed


def test_an_organization_without_the_feature_is_said_to_be_without_it(simulator: Simulator) -> None:
    one(simulator)
    simulator.behaviour(unsupported=["/organization/workload_identity_providers"])
    for name, options in (MODULE, {"name": "new", **ISSUED}), (f"{MODULE}_info", {}):
        with pytest.raises(Exception, match=r"Unsupported endpoint.* The organization does not have this feature"):
            perform(simulator, name, **options)
