# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's certificates, through the official SDK: states per scope, refusals, and mutual TLS."""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openai
import pytest
import requests
import simulator as package
from openai.resources.admin.organization import Organization
from simulator import Authority, OrganizationError, Simulator, running
from simulator.organization import Ids, load, source

PATH = "/organization/certificates"
ORGANIZATION: dict[str, Any] = {
    "users": [{"email": "ada@example.com", "role": "owner"}],
    "projects": [{"name": "one", "id": "proj_one"}, {"name": "two", "id": "proj_two"}],
    "certificates": [
        {"generate": {"common_name": "first", "days": 30}, "active": True},
        {"generate": {"common_name": "second"}, "name": "renamed", "projects": ["one"]},
        {"content": Authority("third").certificate(), "id": "cert_third", "created_at": "2025-01-01"},
    ],
}


def refused(status: int, match: str | None = None) -> Any:
    """Expect an error of the API."""
    return pytest.raises(openai.APIStatusError, match=match, check=lambda error: error.status_code == status)


def pem(name: str) -> str:
    return Authority(name).certificate()


@pytest.fixture
def some(simulator: Simulator) -> None:
    """An organization with three certificates."""
    simulator.reset(ORGANIZATION)


def ids(admin: Organization) -> dict[str | None, str]:
    return {item.name: item.id for item in admin.certificates.list()}


class TestLife:
    def test_upload_retrieve_update_delete(self, admin: Organization, simulator: Simulator) -> None:
        simulator.behaviour(clock=1_800_000_000)
        content = Authority("new").certificate(days=10, now=1_800_000_000)
        made = admin.certificates.create(certificate=content, name="new")
        assert (made.object, made.name, made.created_at) == ("certificate", "new", 1_800_000_000)
        assert made.certificate_details.expires_at == 1_800_000_000 // 86400 * 86400 + 10 * 86400
        assert made.certificate_details.valid_at is not None
        assert made.certificate_details.content is None
        assert "active" not in made.model_fields_set
        assert admin.certificates.retrieve(made.id) == made
        assert admin.certificates.retrieve(made.id, include=["content"]).certificate_details.content == content
        assert admin.certificates.update(made.id, name="newer").name == "newer"
        assert admin.certificates.update(made.id).name == "newer"
        gone = admin.certificates.delete(made.id)
        assert gone.to_dict() == {"id": made.id, "object": "certificate.deleted"}
        for call in (admin.certificates.retrieve, admin.certificates.update, admin.certificates.delete):
            with refused(404):
                call(made.id)

    def test_a_name_is_optional(self, admin: Organization) -> None:
        assert admin.certificates.create(certificate=pem("x")).name is None
        with refused(400):
            admin.certificates.create(certificate=pem("y"), name="")
        with refused(400):
            admin.certificates.update(admin.certificates.list().data[0].id, name=" ")

    def test_what_stands_around_a_certificate_does_not_matter(self, admin: Organization) -> None:
        content = "Subject: x\r\n" + pem("x").replace("\n", "\r\n") + "\r\n\r\n"
        made = admin.certificates.create(certificate=content)
        assert admin.certificates.retrieve(made.id, include=["content"]).certificate_details.content == content
        with refused(400, made.id):
            admin.certificates.create(certificate=pem("x"))

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("", "not a certificate"),
            ("certificate", "not a certificate"),
            (pem("x").replace("MII", "AAA"), "not a certificate"),
            (pem("x")[:200], "not a certificate"),
            (pem("x") + pem("y"), "2 certificates"),
            (pem("x") + "-----BEGIN PRIVATE KEY-----\n", "private key"),
        ],
    )
    def test_not_exactly_one_certificate(self, admin: Organization, content: str, reason: str) -> None:
        with refused(400, reason):
            admin.certificates.create(certificate=content)
        assert not admin.certificates.list().data

    def test_expired(self, admin: Organization, simulator: Simulator) -> None:
        content = Authority("old").certificate(days=-1)
        with refused(400, "expired"):
            admin.certificates.create(certificate=content)
        simulator.behaviour(upload_expired=200)
        assert admin.certificates.create(certificate=content).id

    def test_twice(self, admin: Organization, simulator: Simulator) -> None:
        first = admin.certificates.create(certificate=pem("x"))
        with refused(400, first.id):
            admin.certificates.create(certificate=pem("x"), name="other")
        simulator.behaviour(upload_twice=200)
        assert admin.certificates.create(certificate=pem("x")).id != first.id

    def test_at_most_fifty(self, admin: Organization, simulator: Simulator) -> None:
        generated = [{"generate": {"common_name": f"number {number}"}} for number in range(50)]
        simulator.reset({"certificates": generated})
        with refused(400, "up to 50"):
            admin.certificates.create(certificate=pem("x"))
        admin.certificates.delete(admin.certificates.list().data[0].id)
        admin.certificates.create(certificate=pem("x"))

    @pytest.mark.usefixtures("some")
    def test_active_ones_stay(self, admin: Organization) -> None:
        known = ids(admin)
        with refused(400, "active in the organization"):
            admin.certificates.delete(known["first"])
        with refused(400, "active in project proj_one"):
            admin.certificates.delete(known["renamed"])
        admin.certificates.deactivate(certificate_ids=[known["first"]])
        admin.projects.certificates.deactivate("proj_one", certificate_ids=[known["renamed"]])
        for identifier in known.values():
            admin.certificates.delete(identifier)
        assert not admin.certificates.list().data

    @pytest.mark.usefixtures("some")
    def test_archived_projects_keep_none(self, admin: Organization) -> None:
        admin.projects.archive("proj_one")
        admin.certificates.delete(ids(admin)["renamed"])

    @pytest.mark.usefixtures("some")
    def test_changes_are_in_the_audit_log(self, admin: Organization) -> None:
        made = admin.certificates.create(certificate=pem("x"), name="x")
        admin.certificates.update(made.id, name="y")
        for unused_turn in range(2):
            admin.certificates.activate(certificate_ids=[made.id])
            admin.certificates.deactivate(certificate_ids=[made.id])
            admin.certificates.deactivate(certificate_ids=[made.id])
        admin.certificates.delete(made.id)
        events = [event.type for event in admin.audit_logs.list()]
        switched = ["certificates.activated", "certificates.deactivated"]
        assert sorted(events) == sorted(
            ["certificate.created", "certificate.updated", "certificate.deleted", *switched, *switched]
        )


@pytest.mark.usefixtures("some")
class TestLists:
    def test_shapes(self, admin: Organization, simulator: Simulator) -> None:
        page = admin.certificates.list()
        assert [item.object for item in page.data] == ["organization.certificate"] * 3
        assert {item.name: item.active for item in page.data} == {"renamed": False, "first": True, None: False}
        assert "content" not in page.to_json()
        raw = requests.get(
            f"{simulator.url}{PATH}", headers={"Authorization": f"Bearer {simulator.admin_key}"}, timeout=30
        ).json()
        assert set(raw) == {"object", "data", "first_id", "last_id", "has_more"}
        assert (raw["object"], raw["first_id"], raw["last_id"]) == ("list", raw["data"][0]["id"], "cert_third")

    def test_order(self, admin: Organization) -> None:
        newest_first = [item.id for item in admin.certificates.list()]
        assert [item.id for item in admin.certificates.list(order="desc")] == newest_first
        assert [item.id for item in admin.certificates.list(order="asc")] == newest_first[::-1]
        assert newest_first[-1] == "cert_third"
        with refused(400):
            admin.certificates.list(order="up")  # type: ignore[arg-type]  # wrong on purpose

    @pytest.mark.parametrize("order", ["asc", "desc"])
    def test_pages(self, admin: Organization, simulator: Simulator, order: Any) -> None:
        everything = [item.id for item in admin.certificates.list(order=order)]
        for size in (1, 2):
            assert [item.id for item in admin.certificates.list(order=order, limit=size)] == everything
            in_project = admin.projects.certificates.list("proj_one", order=order, limit=size)
            assert [item.id for item in in_project] == everything
        simulator.behaviour(page_size=1)
        assert [item.id for item in admin.certificates.list(order=order)] == everything

    @pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"after": "cert_x"}, {"before": "cert_third"}])
    def test_refusals(self, admin: Organization, query: dict[str, Any]) -> None:
        with refused(400):
            admin.certificates.list(extra_query=query)
        with refused(400):
            admin.projects.certificates.list("proj_one", extra_query=query)

    def test_in_a_project(self, admin: Organization) -> None:
        states = {
            name: {item.name: item.active for item in admin.projects.certificates.list(name)}
            for name in ("proj_one", "proj_two")
        }
        assert states == {
            "proj_one": {"first": False, "renamed": True, None: False},
            "proj_two": {"first": False, "renamed": False, None: False},
        }
        with refused(404):
            admin.projects.certificates.list("proj_unknown")

    def test_include(self, admin: Organization) -> None:
        with refused(400):
            admin.certificates.retrieve("cert_third", include=["key"])  # type: ignore[list-item]  # wrong on purpose


@pytest.mark.usefixtures("some")
class TestActivation:
    def test_in_the_organization(self, admin: Organization) -> None:
        known = ids(admin)
        chosen = [known["renamed"], "cert_third"]
        answer = admin.certificates.activate(certificate_ids=chosen)
        assert answer.object == "organization.certificate.activation"
        assert [(item.id, item.active, item.object) for item in answer.data] == [
            (identifier, True, "organization.certificate") for identifier in chosen
        ]
        assert admin.certificates.activate(certificate_ids=chosen).data == answer.data
        assert all(item.active for item in admin.certificates.list())
        answers = [admin.certificates.deactivate(certificate_ids=chosen[:1]) for unused_turn in range(2)]
        assert answers[0].object == "organization.certificate.deactivation"
        assert answers[0].data == answers[1].data
        assert {item.name: item.active for item in admin.certificates.list()} == {
            "renamed": False,
            "first": True,
            None: True,
        }
        # The project has a state of its own.
        assert [item.name for item in admin.projects.certificates.list("proj_one") if item.active] == ["renamed"]

    def test_in_a_project(self, admin: Organization) -> None:
        projects = admin.projects.certificates
        answer = projects.activate("proj_two", certificate_ids=["cert_third"])
        assert answer.object == "organization.project.certificate.activation"
        assert [(item.id, item.active, item.object) for item in answer.data] == [
            ("cert_third", True, "organization.project.certificate")
        ]
        assert [item.id for item in projects.list("proj_two") if item.active] == ["cert_third"]
        gone = projects.deactivate("proj_two", certificate_ids=["cert_third", "cert_third"])
        assert gone.object == "organization.project.certificate.deactivation"
        assert [item.active for item in gone.data] == [False]
        assert [item.name for item in admin.certificates.list() if item.active] == ["first"]

    def test_all_or_none(self, admin: Organization, simulator: Simulator) -> None:
        state = simulator.state()["certificates"]
        chosen = ["cert_third", "cert_unknown"]
        for status in (404, 400):
            simulator.behaviour(activate_unknown=status)
            with refused(status, "cert_unknown"):
                admin.certificates.activate(certificate_ids=chosen)
            with refused(status, "cert_unknown"):
                admin.projects.certificates.activate("proj_one", certificate_ids=chosen)
        assert simulator.state()["certificates"] == state

    @pytest.mark.parametrize("count", [0, 11])
    def test_one_to_ten(self, admin: Organization, count: int) -> None:
        for call in (admin.certificates.activate, admin.certificates.deactivate):
            with refused(400, "between 1 and 10"):
                call(certificate_ids=["cert_third"] * count)
        with refused(400):
            admin.projects.certificates.activate("proj_one", certificate_ids=["cert_third"] * count)

    def test_bad_bodies(self, admin: Organization) -> None:
        for body in ({"certificate_ids": [1]}, {"certificate_ids": "cert_third"}, {"certificate_ids": None}, {"x": 1}):
            with refused(400):
                admin.certificates.activate(certificate_ids=["cert_third"], extra_body=body)

    def test_unusable_projects(self, admin: Organization) -> None:
        admin.projects.archive("proj_two")
        with refused(400):
            admin.projects.certificates.activate("proj_two", certificate_ids=["cert_third"])
        with refused(404):
            admin.projects.certificates.activate("proj_unknown", certificate_ids=["cert_third"])


class TestOrganizationFile:
    def test_state_can_be_given_back(self, simulator: Simulator) -> None:
        simulator.reset(ORGANIZATION)
        state = simulator.state()
        assert [item["projects"] for item in state["certificates"]] == [[], ["proj_one"], []]
        simulator.reset(state)
        assert simulator.state() == state

    def test_generated_ones_are_those_of_the_authority(self, simulator: Simulator) -> None:
        simulator.reset({**ORGANIZATION, "behaviour": {"clock": 1_800_000_000}})
        content = simulator.state()["certificates"][0]["content"]
        assert content == Authority("first").certificate(days=30, now=1_800_000_000)

    @pytest.mark.parametrize(
        ("certificate", "complaint"),
        [
            ({"name": "x"}, "'x': wants either"),
            ({"content": pem("x"), "generate": {"common_name": "x"}}, "wants either"),
            ({"content": "x"}, "not a certificate"),
            ({"generate": {"common_name": ""}}, "common_name"),
            ({"content": pem("x"), "projects": ["three"]}, "'three' is not among"),
            ({"content": pem("x"), "colour": 1}, "no such key"),
        ],
    )
    def test_errors(self, certificate: dict[str, Any], complaint: str) -> None:
        with pytest.raises(OrganizationError, match=complaint):
            load(source({**ORGANIZATION, "certificates": [certificate]}), Ids())


@pytest.fixture(scope="module")
def secure() -> Iterator[Simulator]:
    """A simulator that speaks TLS."""
    with running(ORGANIZATION, tls=True) as server:
        yield server


class Client(requests.Session):
    """A client with one connection, that trusts the simulator and may have a certificate."""

    def __init__(self, simulator: Simulator, certificate: tuple[Path, Path] | None = None) -> None:
        super().__init__()
        self.trust_env = False
        self.base = simulator.url
        self.verify = simulator.ca_path
        self.cert = certificate and (str(certificate[0]), str(certificate[1]))
        self.headers["Authorization"] = f"Bearer {simulator.admin_key}"

    def ask(self, path: str = PATH, **body: Any) -> requests.Response:
        return self.request("POST" if body else "GET", f"{self.base}{path}", json=body or None, timeout=30)


class TestMutualTls:
    @pytest.fixture(autouse=True)
    def anew(self, secure: Simulator) -> None:
        """Start over: `first` is active, `second` is active in a project only."""
        secure.reset()

    def status(self, secure: Simulator, folder: Path, authority: str | None) -> int:
        certificate = None if authority is None else Authority(authority).issue(folder)
        with Client(secure, certificate) as client:
            return client.ask().status_code

    def test_who_may_come(self, secure: Simulator, tmp_path: Path) -> None:
        found = {name: self.status(secure, tmp_path, name) for name in (None, "first", "second", "third")}
        assert found == {None: 401, "first": 200, "second": 401, "third": 401}
        with pytest.raises(requests.exceptions.ConnectionError):
            self.status(secure, tmp_path, "stranger")

    def test_through_the_sdk(self, secure: Simulator, tmp_path: Path) -> None:
        context = ssl.create_default_context(cafile=secure.ca_path)
        for certified in (False, True):
            if certified:
                context.load_cert_chain(*Authority("first").issue(tmp_path))
            with (
                openai.DefaultHttpxClient(verify=context, trust_env=False) as transport,
                openai.OpenAI(
                    admin_api_key=secure.admin_key, base_url=secure.url, max_retries=0, http_client=transport
                ) as client,
            ):
                if certified:
                    assert len(client.admin.organization.certificates.list().data) == 3
                    continue
                with pytest.raises(openai.AuthenticationError, match="certificate is required") as caught:
                    client.admin.organization.certificates.list()
                assert caught.value.code == "client_certificate_required"
                assert caught.value.request_id

    def test_the_log_names_the_client(self, secure: Simulator, tmp_path: Path) -> None:
        with Client(secure, Authority("first").issue(tmp_path, "automation")) as client:
            client.ask()
            client.ask(f"{PATH}/activate", certificate_ids=["cert_third"])
        with Client(secure) as client:
            client.ask()
        log = [(entry["method"], entry["client_certificate"], entry["status"]) for entry in secure.requests()]
        assert log == [("GET", "CN=automation", 200), ("POST", "CN=automation", 200), ("GET", None, 401)]

    def test_without_active_certificates_nobody_is_asked(self, secure: Simulator, tmp_path: Path) -> None:
        secure.reset({**ORGANIZATION, "certificates": ORGANIZATION["certificates"][1:]})
        assert [self.status(secure, tmp_path, name) for name in (None, "second", "stranger")] == [200, 200, 200]
        assert [entry["client_certificate"] for entry in secure.requests()] == [None] * 3

    def test_the_first_activation(self, secure: Simulator, tmp_path: Path) -> None:
        secure.reset({**ORGANIZATION, "certificates": ORGANIZATION["certificates"][2:]})
        with (
            Client(secure, Authority("third").issue(tmp_path)) as right,
            Client(secure) as without,
            Client(secure) as idle,
        ):
            assert [client.ask().status_code for client in (right, without, idle)] == [200] * 3
            answer = without.ask(f"{PATH}/activate", certificate_ids=["cert_third"])
            # The request itself is carried out, but its connection is the last without a certificate.
            assert (answer.status_code, answer.headers["connection"]) == (200, "close")
            assert [client.ask().status_code for client in (right, without, idle)] == [200, 401, 401]
            assert right.ask(f"{PATH}/deactivate", certificate_ids=["cert_third"]).status_code == 200
            assert [client.ask().status_code for client in (right, without, idle)] == [200] * 3

    def test_no_connection_is_used_again_after_the_first_activation(self, secure: Simulator, tmp_path: Path) -> None:
        secure.reset({**ORGANIZATION, "certificates": ORGANIZATION["certificates"][2:]})
        with (
            Client(secure, Authority("third").issue(tmp_path)) as client,
            ThreadPoolExecutor(4) as threads,
        ):
            before = list(threads.map(lambda unused_turn: client.ask().status_code, range(12)))
            client.ask(f"{PATH}/activate", certificate_ids=["cert_third"])
            after = list(threads.map(lambda unused_turn: client.ask().status_code, range(12)))
        assert {*before, *after} == {200}
        log = secure.requests()
        assert not {entry["connection"] for entry in log[:13]} & {entry["connection"] for entry in log[13:]}

    def test_rotation(self, secure: Simulator, tmp_path: Path) -> None:
        with (
            Client(secure, Authority("first").issue(tmp_path)) as old,
            Client(secure, Authority("third").issue(tmp_path)) as new,
        ):
            assert [client.ask().status_code for client in (old, new)] == [200, 401]
            old.ask(f"{PATH}/activate", certificate_ids=["cert_third"])
            assert [client.ask().status_code for client in (old, new)] == [200, 200]
            first = next(item["id"] for item in old.ask().json()["data"] if item["name"] == "first")
            assert new.ask(f"{PATH}/deactivate", certificate_ids=[first]).status_code == 200
            assert [client.ask().status_code for client in (old, new)] == [401, 200]

    def test_expiry_by_the_simulated_time(self, secure: Simulator, tmp_path: Path) -> None:
        with Client(secure, Authority("first").issue(tmp_path)) as client:
            assert client.ask().status_code == 200
            secure.behaviour(advance=31 * 86400)  # `first` itself has expired then
            assert client.ask().status_code == 401
        secure.behaviour(clock=time.time())
        late = Authority("first").issue(tmp_path, "late", days=-1)
        with Client(secure, late) as client:
            assert client.ask().status_code == 401

    def test_an_uploaded_certificate_may_come_itself(self, secure: Simulator, tmp_path: Path) -> None:
        certificate, key = Authority("elsewhere").issue(tmp_path)
        content = certificate.read_text(encoding="ascii")
        secure.reset({**ORGANIZATION, "certificates": [{"content": content, "active": True}]})
        with Client(secure, (certificate, key)) as client:
            assert client.ask().status_code == 200

    def test_faults(self, secure: Simulator, tmp_path: Path) -> None:
        with Client(secure, Authority("first").issue(tmp_path)) as client:
            secure.fault("drop")
            with pytest.raises(requests.ConnectionError):
                client.ask()
            secure.fault("status", status=503)
            assert [client.ask().status_code for unused_turn in range(2)] == [503, 200]

    def test_without_tls_nothing_is_demanded(self, simulator: Simulator, admin: Organization) -> None:
        simulator.reset(ORGANIZATION)
        assert len(admin.certificates.list().data) == 3
        assert len(admin.certificates.list().data) == 3


def test_ends_while_a_client_is_connected() -> None:
    with running(ORGANIZATION, tls=True) as server:
        client = Client(server)
        assert client.ask().status_code == 401
        began = time.monotonic()
    with client:
        assert time.monotonic() - began < 10


def test_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    paths = os.pathsep.join([str(Path(package.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [sys.executable, "-m", "simulator", "--tls", str(folder), "--admin-key", "sk-admin-mine"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    ) as process:
        line = process.stdout.readline() if process.stdout else ""
        match = re.fullmatch(r"listening on (https://127\.0\.0\.1:\d+)/v1\n", line)
        assert match, line
        remote = Simulator(f"{match[1]}/v1", f"{match[1]}/_simulator", "sk-admin-mine", str(folder / "ca.pem"))
        with Client(remote) as client:
            assert client.ask().json()["data"] == []
        assert remote.requests()[0]["status"] == 200
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(remote.url, timeout=30)
        process.terminate()
    assert process.returncode == 0
