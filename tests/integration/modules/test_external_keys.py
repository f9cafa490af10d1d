# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Customer-managed keys and storage on four clouds: neither changes, and what would lose data has to be meant."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError, BadInput, Refused
from integration.direct import perform
from simulator import Simulator

ARN = "arn:aws:iam::123456789012:role/openai"
POOL = {
    "workload_identity_project_number": "1",
    "workload_identity_pool_id": "pool",
    "workload_identity_provider_id": "provider",
}
KEYS: dict[str, dict[str, str]] = {
    "aws": {"kms_arn": "arn:aws:kms:eu-central-1:123456789012:key/a", "role_arn": ARN, "external_id": "org-simulated"},
    "azure": {"tenant_id": "t", "vault_uri": "https://vault.example.com", "key_name": "org-simulated--any"},
    "gcp": {
        "audience": "org-simulated",
        "kms_project_id": "p",
        "kms_key_location": "global",
        "kms_key_ring_name": "ring",
        "kms_key_name": "key",
        **POOL,
    },
    "oci": {"region": "eu-frankfurt-1", "vault_ocid": "ocid1.vault", "key_ocid": "ocid1.key"},
}
VERSIONS = {"gcp": "kms_key_version", "azure": "key_version", "oci": "key_version_ocid"}
STORAGE: dict[str, dict[str, str]] = {
    "aws": {"bucket": "b", "role_arn": ARN},
    "azure": {
        "account_name": "a",
        "container": "c",
        "resource_group": "g",
        "subscription_id": "s",
        "tenant_id": "t",
    },
    "gcp": {"bucket": "b", **POOL},
    "oci": {"bucket": "b", "region": "eu-frankfurt-1", "tenancy_ocid": "ocid1.tenancy"},
}
SEARCH = {"project_id": "proj_search"}


def start(simulator: Simulator, **more: Any) -> None:
    projects = [{"name": "search", "id": "proj_search"}, {"name": "chat", "id": "proj_chat"}]
    simulator.reset({"users": [{"email": "owner@example.com", "role": "owner"}], "projects": projects, **more})


@pytest.mark.parametrize("purpose", ["ekm", "psp_decryption"])
@pytest.mark.parametrize("cloud", KEYS)
def test_a_key_of_each_cloud(cloud: str, purpose: str, simulator: Simulator) -> None:
    """Registered as predicted, unchanged after that, checked, and removed; with a version only for decryption."""
    start(simulator)
    options = {"name": "kms", "type": cloud, "purpose": purpose, **KEYS[cloud]}
    version = VERSIONS.get(cloud)
    right = {**options, version: "7"} if version and purpose == "psp_decryption" else options
    if version:
        wrong = options if purpose == "psp_decryption" else {**options, version: "7"}
        for check in True, False:
            with pytest.raises(Refused, match=f"{version}\\.$"):
                perform(simulator, "external_key", check, **wrong)
    predicted, real = (perform(simulator, "external_key", check, **right) for check in (True, False))
    server = dict.fromkeys(("id", "created_at"))
    assert predicted.returns["external_key"] == {**real.returns["external_key"], **server}
    assert [each["body"] for each in simulator.requests(writes=True)] == [right]
    again = perform(simulator, "external_key", **right, validate=True)
    assert (again.changed, again.returns["status"]) == (False, "success")
    allowed = {"allow_unreadable_records": True} if purpose == "psp_decryption" else {}
    if allowed:
        with pytest.raises(Refused, match="stored records can no longer be read"):
            perform(simulator, "external_key", name="kms", state="absent")
    assert perform(simulator, "external_key", name="kms", state="absent", **allowed).changed
    assert not perform(simulator, "external_key", name="kms", state="absent", **allowed).changed


@pytest.mark.parametrize("cloud", STORAGE)
def test_storage_of_each_cloud(cloud: str, simulator: Simulator) -> None:
    """Project and place identify storage, so that another place is another storage."""
    start(simulator)
    options = {**SEARCH, "type": cloud, **STORAGE[cloud]}
    place = "container" if cloud == "azure" else "bucket"
    for task in options, {**options, place: "second"}:
        predicted, real = (perform(simulator, "external_storage", check, **task) for check in (True, False))
        assert (predicted.changed, real.changed) == (True, True)
        told = {name: value for name, value in real.returns["external_storage"].items() if name in task}
        assert told == task
        checked = perform(simulator, "external_storage", **task, validate=True)
        assert (checked.changed, checked.returns["status"]) == (False, "validated")
    assert perform(simulator, "external_storage", **options, state="absent").changed
    last = {**options, place: "second", "state": "absent"}
    for check in True, False:
        with pytest.raises(Refused, match="is the last one of project proj_search"):
            perform(simulator, "external_storage", check, **last)
    assert perform(simulator, "external_storage", **last, allow_retention_reset=True).changed
    retention = perform(simulator, "data_retention", True, **SEARCH, type="organization_default")
    assert not retention.changed


@pytest.mark.parametrize(
    ("module", "task", "said"),
    [
        ("external_key", {"name": "x", "role_arn": "role/openai"}, "role_arn must be the ARN of a role, such as arn:"),
        ("external_key", {"name": "x", "type": "aws", "key_ocid": "a"}, "key_ocid is only for type: oci, not for aws"),
        ("external_key", {"name": "x", "workload_identity_project_number": "x"}, "must be the number of a project"),
        ("external_storage", {**SEARCH, "type": "azure", "bucket": "b"}, "bucket is only for type: aws or gcp or oci"),
    ],
)
def test_options_that_cannot_be_right_are_not_sent(
    module: str, task: dict[str, Any], said: str, simulator: Simulator
) -> None:
    start(simulator)
    with pytest.raises(BadInput, match=said):
        perform(simulator, module, **task)
    assert simulator.requests() == []


def test_neither_can_be_changed(simulator: Simulator) -> None:
    keys = [{"name": "kms", "type": "aws", "id": "extkey_1", "details": KEYS["aws"]}]
    storage = [{"project": "search", "type": "aws", "id": "extstore_1", "details": STORAGE["aws"]}]
    start(simulator, external_keys=keys, external_storage=storage)
    other = "arn:aws:iam::123456789012:role/other"
    with pytest.raises(Refused, match=r"cannot be changed .* register another one under another name"):
        perform(simulator, "external_key", name="kms", role_arn=other)
    with pytest.raises(Refused, match=r"cannot be changed .* register another one, then remove this one"):
        perform(simulator, "external_storage", **SEARCH, bucket="b", role_arn=other)
    alias = {**KEYS["aws"], "kms_arn": "arn:aws:kms:eu-central-1:123456789012:alias/a"}
    with pytest.raises(Refused, match="needs the key itself: give its ARN, not an alias"):
        perform(simulator, "external_key", name="new", type="aws", purpose="psp_decryption", **alias)
    assert simulator.requests(writes=True) == []


def test_the_clouds_own_words_are_told(simulator: Simulator) -> None:
    """A failed check changes nothing, and after a registration says that that was done."""
    said = "AccessDeniedException: not authorized to perform kms:Encrypt"
    keys = [{"name": "kms", "type": "aws", "details": KEYS["aws"], "refused": said}]
    storage = [{"project": "search", "type": "aws", "details": STORAGE["aws"], "refused": said}]
    start(simulator, external_keys=keys, external_storage=storage)
    for module, task in ("external_key", {"name": "kms"}), ("external_storage", {**SEARCH, "bucket": "b"}):
        with pytest.raises(AdminError, match=f"Could not validate .*{said}"):
            perform(simulator, module, **task, validate=True)
        assert not perform(simulator, module, **task).changed


def test_a_key_that_projects_use_stays(simulator: Simulator) -> None:
    """The project takes it by name, and its ID names it in the refusal."""
    start(simulator, external_keys=[{"name": "kms", "type": "aws", "id": "extkey_1", "details": KEYS["aws"]}])
    for name in "chat", "search":
        predicted, real = (
            perform(simulator, "project", check, name=name, external_key="kms") for check in (True, False)
        )
        assert predicted.changed
        assert real.returns["project"]["external_key_id"] == "extkey_1"
        assert not perform(simulator, "project", name=name, external_key="kms").changed
    for check in True, False:
        with pytest.raises(Refused, match="encrypts the data of proj_chat, proj_search"):
            perform(simulator, "external_key", check, name="kms", state="absent")
    for name in "chat", "search":
        assert perform(simulator, "project", name=name, external_key_id="").changed
    assert perform(simulator, "external_key", name="kms", state="absent").changed


def test_a_project_of_a_key_that_does_not_exist_yet_is_predicted(simulator: Simulator) -> None:
    start(simulator)
    predicted = perform(simulator, "project", True, name="search", external_key="new")
    assert (predicted.changed, len(predicted.warnings)) == (True, 1)
    with pytest.raises(AdminError, match="External key 'new' does not exist"):
        perform(simulator, "project", name="search", external_key="new")


@pytest.mark.parametrize(
    ("module", "task"),
    [
        ("external_key", {"name": "kms", "state": "absent"}),
        ("external_key", {"external_key_id": "extkey_1", "state": "absent"}),
        ("external_storage", {**SEARCH, "state": "absent"}),
        ("external_key_info", {}),
        ("external_storage_info", {}),
        ("project", {"name": "search", "external_key": "kms"}),
    ],
)
def test_an_organization_without_the_feature_is_said_to_be_without_it(
    module: str, task: dict[str, Any], simulator: Simulator
) -> None:
    """Nothing counts as removed there."""
    start(simulator, behaviour={"unsupported": ["/organization/external_"]})
    with pytest.raises(AdminError, match="The organization does not have this feature: ask OpenAI to enable it"):
        perform(simulator, module, **task)


def test_a_project_gets_no_external_key_without_the_feature(simulator: Simulator) -> None:
    """A name is looked up, which says so; an ID is not, and the words of the API are shown."""
    start(simulator, behaviour={"unsupported": ["/organization/external_"]})
    with pytest.raises(AdminError, match="External keys are not enabled for this organization"):
        perform(simulator, "project", name="search", external_key_id="extkey_1")
    assert not perform(simulator, "project", name="search", external_key_id="").changed


def test_a_restricted_project_keeps_its_key(simulator: Simulator) -> None:
    """The words of the API are shown, and the project keeps its key; a new project can have any key."""
    keys = [{"name": name, "type": "aws", "id": f"extkey_{name}", "details": KEYS["aws"]} for name in ("old", "new")]
    start(simulator, external_keys=keys)
    assert perform(simulator, "project", name="search", external_key="old").changed
    simulator.behaviour(external_keys_fixed=["proj_search"])
    with pytest.raises(AdminError, match=r"Changing the external key of an existing project is restricted.*HTTP 403"):
        perform(simulator, "project", name="search", external_key="new")
    assert perform(simulator, "project", name="search").returns["project"]["external_key_id"] == "extkey_old"
    assert perform(simulator, "project", name="chat", external_key="new").changed
    assert perform(simulator, "project", name="fresh", external_key="new").changed


def test_a_removal_that_is_repeated_is_right(simulator: Simulator) -> None:
    """The first DELETE was carried out, and its answer was lost."""
    start(simulator, external_storage=[{"project": "search", "type": "aws", "details": STORAGE["aws"]}])
    simulator.fault(
        "status", "/organization/external_storage/{external_storage_id}", "DELETE", status=503, when="after"
    )
    task = {**SEARCH, "state": "absent", "allow_retention_reset": True}
    assert perform(simulator, "external_storage", **task).changed
    assert [each["method"] for each in simulator.requests(writes=True)] == ["DELETE", "DELETE"]
