# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sample declaration: it uses every option that there is, and survives every job that reads or writes one."""

from __future__ import annotations

import copy
import difflib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    INSIDE,
    KINDS,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    DEFAULTS,
    declaration_options,
    declared_words,
)
from integration.direct import perform
from integration.playbooks import Ansible
from integration.predictions import foreseeable
from simulator import Simulator

CHECKOUT = Path(__file__).parents[3]
SAMPLE = CHECKOUT / "playbooks" / "vars" / "sample_organization.yml"
DEMO = CHECKOUT / "tests" / "demo" / "organization.yml"
DECLARED = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["openai_admin_organization"]
DEPRECATED = ("projects.cost_center",)
"""Options that nobody should begin to use."""
PURGE = "purge"


def sample(**instead: Any) -> dict[str, Any]:
    """The sample, with other options instead of its own."""
    declared: dict[str, Any] = copy.deepcopy({**DECLARED, **instead})
    return declared


def everybody_declared() -> dict[str, Any]:
    """The organization of the demo, without people whom the sample does not declare."""
    there: dict[str, Any] = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    declared = {each["email"] for each in DECLARED["users"]}
    return {**there, "users": [each for each in there["users"] if each["email"] in declared]}


@pytest.fixture
def organization(simulator: Simulator) -> Simulator:
    """The simulator with that organization."""
    simulator.reset(everybody_declared())
    return simulator


# Every option


def options_of(spec: Mapping[str, Any], way: str = "") -> Iterator[str]:
    """Yield the options of a specification, with their paths: C(projects.users.role)."""
    for name, each in spec.items():
        yield f"{way}{name}"
        yield from options_of(each.get("options") or {}, f"{way}{name}.")


def used_in(value: Any, way: str = "") -> Iterator[str]:
    """Yield the paths of the options that a declaration uses."""
    for entry in value if isinstance(value, list) else [value]:
        for name, inner in entry.items() if isinstance(entry, Mapping) else ():
            yield f"{way}{name}"
            yield from used_in(inner, f"{way}{name}.")


def alternatives(row: Kind) -> Iterator[set[str]]:
    """Yield sets of options of which an entry needs one: the ID and the names of an object, and of what it refers to.

    Nothing in the sample has an ID yet, and an object that has one name needs no other.
    """
    resource = row.resource
    references = {each.name: each.refers for each in resource.options if each.refers and each.is_reference}
    named = {key.option: references.get(key.option) for key in resource.keys if row.members or not key.detail}
    yield {resource.id_param, *named, *(each.name_option for each in named.values() if each)}
    for each in resource.options:
        if each.file:
            yield {each.option_name, each.file}
        if each.refers:
            inside = "" if each.is_reference else f"{each.option_name}."
            yield {f"{inside}{each.refers.name_option}", f"{inside}{each.refers.id_option}"}
    for candidate in row.owned.candidates if row.owned else ():
        yield {candidate.id_option, candidate.name_option}
        parent = candidate.resource.parent
        if parent:
            yield {parent.id_option, parent.name_option}


def way_to(row: Kind | None) -> list[str]:
    """The options that lead to a kind: C(projects), C(users), C(roles)."""
    return [*way_to(row.within), row.word] if row else []


def replaced(used: Set[str]) -> Iterator[str]:
    """Yield the options whose alternative is used."""
    for row in KINDS:
        for some in alternatives(row):
            paths = {".".join([*way_to(row), option]) for option in some}
            if paths & used:
                yield from paths


def unused(declared: Mapping[str, Any]) -> list[str]:
    """The options that a declaration could use and does not; what defaults of projects use counts for projects."""
    known = {name: each for name, each in declaration_options().items() if name in declared_words()}
    used = {each.replace(f"{DEFAULTS}.", f"{PROJECTS.word}.") for each in used_in(declared)}
    possible = {each for each in options_of(known) if not each.startswith(f"{DEFAULTS}.")}
    return sorted(possible - used - {*replaced(used)} - {*DEPRECATED})


def test_the_sample_uses_every_option() -> None:
    assert unused(DECLARED) == []


def test_the_sample_uses_every_kind_as_a_default_of_projects() -> None:
    assert {*INSIDE[PROJECTS], PURGE} - DECLARED[DEFAULTS].keys() == set()
    assert all(DECLARED[DEFAULTS].values())


@pytest.mark.parametrize("row", KINDS, ids=lambda row: f"{row.scope}-{row.word}")
def test_a_kind_that_the_sample_lacks_would_be_noticed(row: Kind) -> None:
    def without(value: Any, level: int, words: Sequence[str]) -> Any:
        if isinstance(value, list):
            return [without(each, level, words) for each in value]
        if not isinstance(value, Mapping) or level == len(words):
            return value
        at = words[level]
        last = level == len(words) - 1
        kept = {name: each for name, each in value.items() if not (last and name == at)}
        return {name: without(each, level + 1, words) if name == at else each for name, each in kept.items()}

    words = way_to(row)
    less = without(DECLARED, 0, words)
    less[DEFAULTS] = {} if words == [PROJECTS.word] else without(less[DEFAULTS], 0, words[1:]) if len(words) > 1 else {}
    assert any(each.startswith(".".join(words)) for each in unused(less))


def test_nothing_in_the_sample_can_be_secret() -> None:
    """A declaration has no option for a secret, so that it can be kept beside the playbooks."""
    assert not [row.word for row in KINDS for each in row.resource.fields if each.write_only]
    assert DECLARED_IN_ORGANIZATION.keys() <= DECLARED.keys()


# Round trip


def foreseen(predicted: Any, real: Any) -> tuple[list[Any], list[Any]]:
    """The changes of a prediction and of a run, as far as a prediction can know them."""
    both = zip_longest(predicted.returns["changes"], real.returns["changes"], fillvalue={})
    pairs = [foreseeable(one, other) for one, other in both]
    return [one for one, unused in pairs], [other for unused, other in pairs]


def test_check_mode_predicts_the_sample_from_nothing(organization: Simulator) -> None:
    predicted = perform(organization, "organization", check=True, **sample())
    assert organization.requests(writes=True) == []
    real = perform(organization, "organization", **sample())
    expected, made = foreseen(predicted, real)
    assert expected == made
    kinds = {each["kind"] for each in made}
    assert {row.resource.kind for row in KINDS} - kinds == {"project_certificate"}  # see below


def test_a_second_run_of_the_sample_changes_nothing(organization: Simulator) -> None:
    perform(organization, "organization", **sample())
    organization.clear()
    again = perform(organization, "organization", **sample())
    assert again.returns["changes"] == []
    assert organization.requests(writes=True) == []
    assert again.returns["unmanaged"] == []


def test_an_export_of_the_sample_changes_nothing(organization: Simulator) -> None:
    perform(organization, "organization", **sample())
    everything = [row.resource.plural for row in KINDS]
    exported = perform(organization, "organization_info", include=everything).returns["organization"]
    organization.clear()
    again = perform(organization, "organization", **exported)
    assert again.returns["changes"] == []
    assert again.returns["unmanaged"] == []
    assert organization.requests(writes=True) == []


def test_certificates_of_the_sample_can_be_active(organization: Simulator) -> None:
    """The sample leaves them inactive, because from then on only clients with a certificate are answered."""
    active = sample(allow_lockout=True)
    for each in active["certificates"]:
        each["active"] = True
    active[DEFAULTS]["certificates"] = [{"name": "gateway-2027"}]
    predicted = perform(organization, "organization", check=True, **active)
    expected, made = foreseen(predicted, perform(organization, "organization", **active))
    assert expected == made
    assert perform(organization, "organization", **active).returns["changes"] == []
    everything = [row.resource.plural for row in KINDS]
    exported = perform(organization, "organization_info", include=everything).returns["organization"]
    assert perform(organization, "organization", **exported).returns["changes"] == []


def test_files_can_replace_what_the_sample_contains(organization: Simulator, tmp_path: Path) -> None:
    perform(organization, "organization", **sample())
    by_file = sample()
    for collection, option, instead in (
        ("certificates", "content", "src"),
        ("workload_identity_providers", "jwks", "jwks_path"),
    ):
        for entry in by_file[collection]:
            if option in entry:
                file = tmp_path / f"{entry['name']}-{instead}"
                file.write_text(entry.pop(option), encoding="utf-8")
                entry[instead] = str(file)
    assert perform(organization, "organization", **by_file).returns["changes"] == []


# Jobs


def test_what_the_organization_became_is_what_the_sample_says(ansible: Ansible, tmp_path: Path) -> None:
    """An export into the sample itself changes no line of it."""
    pytest.importorskip("ruamel.yaml")
    ansible.simulator.reset(everybody_declared())
    done = ansible.run("community.openai_admin.provision", "-e", f"@{SAMPLE}")
    assert done.status == 0, done.output
    onto = Path(shutil.copy(SAMPLE, tmp_path / "organization.yml"))
    everything = [row.resource.plural for row in KINDS]
    settings = {
        "openai_admin_export_path": str(onto),
        "openai_admin_export_onto": True,
        "openai_admin_export_include": everything,
    }
    export = ansible.run("community.openai_admin.export", "-e", json.dumps(settings))
    assert export.status == 0, export.output
    before, after = (path.read_text(encoding="utf-8").splitlines() for path in (SAMPLE, onto))
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert changed == []


def test_the_audit_of_the_sample_finds_nothing(ansible: Ansible, tmp_path: Path) -> None:
    ansible.simulator.reset(everybody_declared())
    done = ansible.run("community.openai_admin.provision", "-e", f"openai_admin_declaration={SAMPLE}")
    assert done.status == 0, done.output
    settings = {"openai_admin_declaration": str(SAMPLE), "openai_admin_audit_directory": str(tmp_path)}
    audit = ansible.run("community.openai_admin.audit", "-e", json.dumps(settings))
    report = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    assert audit.status == 0, audit.output
    assert report["verdict"] == "compliant", audit.output
