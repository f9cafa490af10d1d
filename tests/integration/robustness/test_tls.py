# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TLS, proxies and redirects, with real servers: the admin key goes to the server that was meant, and nowhere else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import trustme
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import AdminError
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from integration.servers import Served, serving

KEY = "sk-admin-CANARY-8c1f2e"
PASSPHRASE = "CANARY-passphrase-71d0"
PROXY_PASSWORD = "CANARY-proxy-5e3a"
READ = Request("GET", "/organization/projects", "list the projects")
NO_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies and authorities of the machine have no part in this."""
    for name in NO_PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@dataclass(frozen=True)
class Trust:
    """An authority, and the files in which clients find it."""

    authority: trustme.CA
    folder: Path

    @property
    def ca_path(self) -> str:
        path = self.folder / "ca.pem"
        self.authority.cert_pem.write_to_path(path)
        return str(path)

    def context(self, *names: str, clients: bool = False, **details: Any) -> ssl.SSLContext:
        """A server's context with a certificate for these names; C(clients): it demands one of this authority."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*names, **details).configure_cert(context)
        if clients:
            self.authority.configure_trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def client(self, passphrase: str = "") -> tuple[str, str]:
        """A client's certificate and key, as files; the key is encrypted where there is a passphrase."""
        issued = self.authority.issue_cert("client@example.com")
        certificate, key = self.folder / "client.pem", self.folder / "client.key"
        certificate.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        text = issued.private_key_pem.bytes()
        if passphrase:
            private = load_pem_private_key(text, None)
            text = private.private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
            )
        key.write_bytes(text)
        return str(certificate), str(key)


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return Trust(trustme.CA(), tmp_path)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A proxy with credentials, which the environment tells to use."""
    with serving() as served:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{PROXY_PASSWORD}@127.0.0.1:{served.port}")
        yield served


def ask(port: int, scheme: str = "https", host: str = "127.0.0.1", **options: Any) -> dict[str, Any]:
    """One request. Raises C(AdminError)."""
    connection = Connection(KEY, f"{scheme}://{host}:{port}/v1", **{"max_wait": 0, "timeout": 10, **options})
    with closing(Client(connection)) as client:
        return client.send(READ)


def refused(port: int, **options: Any) -> str:
    """What a request's failure says. No secret is in it."""
    with pytest.raises(AdminError) as caught:
        ask(port, **options)
    for secret in KEY, PASSPHRASE, PROXY_PASSWORD:
        assert secret not in repr((caught.value.message, caught.value.facts, caught.value.__cause__))
    return caught.value.message


class TestServersCertificate:
    def test_of_an_authority_that_is_trusted(self, trust: Trust) -> None:
        with serving(trust.context("127.0.0.1")) as served:
            assert ask(served.port, ca_path=trust.ca_path)["data"] == []
        assert served.asked[0][1]["Authorization"] == f"Bearer {KEY}"

    def test_of_an_authority_in_requests_ca_bundle(self, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", trust.ca_path)
        with serving(trust.context("127.0.0.1")) as served:
            assert ask(served.port)["data"] == []

    def test_ca_path_counts_more_than_requests_ca_bundle(self, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
        other = Path(trust.folder / "other.pem")
        trustme.CA().cert_pem.write_to_path(other)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
        with serving(trust.context("127.0.0.1")) as served:
            assert ask(served.port, ca_path=trust.ca_path)["data"] == []

    def test_of_an_unknown_authority(self, trust: Trust) -> None:
        with serving(trust.context("127.0.0.1")) as served:
            assert "unable to get local issuer certificate" in refused(served.port)
            assert "set ca_path" in refused(served.port)
        assert served.asked == []

    def test_of_another_host(self, trust: Trust) -> None:
        with serving(trust.context("api.example.com")) as served:
            message = refused(served.port, ca_path=trust.ca_path)
        assert "IP address mismatch" in message
        assert "certificate is for another host" in message
        assert served.asked == []

    def test_that_has_expired(self, trust: Trust) -> None:
        past = datetime.now(timezone.utc) - timedelta(days=1)
        with serving(trust.context("127.0.0.1", not_after=past)) as served:
            message = refused(served.port, ca_path=trust.ca_path)
        assert "certificate has expired" in message
        assert "clock" in message
        assert served.asked == []

    @pytest.mark.parametrize("bundle", [False, True])
    def test_that_nobody_verifies(self, bundle: bool, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
        if bundle:
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", trust.ca_path)
        with serving(trust.context("api.example.com")) as served:
            assert ask(served.port, validate_certs=False)["data"] == []


class TestClientsCertificate:
    def test_is_presented(self, trust: Trust) -> None:
        certificate, key = trust.client()
        with serving(trust.context("127.0.0.1", clients=True)) as served:
            assert ask(served.port, ca_path=trust.ca_path, client_cert=certificate, client_key=key)["data"] == []

    def test_is_missing(self, trust: Trust) -> None:
        with serving(trust.context("127.0.0.1", clients=True)) as served:
            message = refused(served.port, ca_path=trust.ca_path)
        assert "client_cert and client_key" in message
        assert served.asked == []

    def test_is_another_authoritys(self, trust: Trust, tmp_path: Path) -> None:
        stranger = tmp_path / "stranger"
        stranger.mkdir()
        certificate, key = Trust(trustme.CA(), stranger).client()
        with serving(trust.context("127.0.0.1", clients=True)) as served:
            message = refused(served.port, ca_path=trust.ca_path, client_cert=certificate, client_key=key)
        assert "client_cert and client_key" in message
        assert served.asked == []

    @pytest.mark.parametrize("combined", [False, True], ids=["two files", "one file"])
    def test_has_an_encrypted_key(self, combined: bool, trust: Trust) -> None:
        certificate, key = trust.client(PASSPHRASE)
        if combined:
            Path(certificate).write_bytes(Path(certificate).read_bytes() + Path(key).read_bytes())
        files = {"client_cert": certificate, **({} if combined else {"client_key": key})}
        with serving(trust.context("127.0.0.1", clients=True)) as served:
            right = ask(served.port, ca_path=trust.ca_path, client_key_passphrase=PASSPHRASE, **files)
            none = refused(served.port, ca_path=trust.ca_path, **files)
            wrong = refused(served.port, ca_path=trust.ca_path, client_key_passphrase="wrong", **files)
        assert right["data"] == []
        for message in none, wrong:
            assert "client_key_passphrase" in message

    def test_is_none(self, trust: Trust) -> None:
        message = refused(1, ca_path=trust.ca_path, client_cert=trust.ca_path)
        assert message.startswith("client_cert ")
        assert "are not a certificate and its private key in PEM format" in message


class TestProxy:
    def test_sees_no_key(self, trust: Trust, proxy: Served) -> None:
        certificate, key = trust.client(PASSPHRASE)
        files = {"client_cert": certificate, "client_key": key, "client_key_passphrase": PASSPHRASE}
        with serving(trust.context("api.test", clients=True)) as served:
            assert ask(served.port, host="api.test", ca_path=trust.ca_path, **files)["data"] == []
        assert proxy.lines == [f"CONNECT api.test:{served.port}"]
        assert KEY not in proxy.sent()
        assert served.asked[0][1]["Authorization"] == f"Bearer {KEY}"

    def test_does_not_replace_the_servers_certificate(self, trust: Trust, proxy: Served) -> None:
        with serving(trust.context("other.test")) as served:
            message = refused(served.port, host="api.test", ca_path=trust.ca_path)
        assert "Hostname mismatch" in message
        assert len(proxy.lines) == 1
        assert served.asked == []

    def test_is_not_asked_for_hosts_in_no_proxy(
        self, trust: Trust, proxy: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with serving(trust.context("127.0.0.1")) as served:
            assert ask(served.port, ca_path=trust.ca_path)["data"] == []
        assert proxy.asked == []

    def test_that_is_not_there_is_told_without_its_password(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{PROXY_PASSWORD}@127.0.0.1:1")
        message = refused(443, host="api.test")
        assert "could not be reached" in message
        assert "proxy" in message

    def test_gets_nothing_of_what_is_not_encrypted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with serving() as proxy, serving() as served:
            for name in "HTTP_PROXY", "http_proxy", "ALL_PROXY":
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            assert ask(served.port, scheme="http")["data"] == []
        assert proxy.asked == []


class TestRedirect:
    def test_to_another_origin_is_refused(self, trust: Trust) -> None:
        with serving(trust.context("127.0.0.1")) as other:
            location = f"https://127.0.0.1:{other.port}/v1/organization/projects"
            with serving(trust.context("127.0.0.1"), location) as served:
                message = refused(served.port, ca_path=trust.ca_path)
        assert "redirects to https://127.0.0.1, which is refused" in message
        assert other.asked == []

    def test_to_http_is_refused(self, trust: Trust) -> None:
        with serving() as other:
            location = f"http://127.0.0.1:{other.port}/v1/organization/projects"
            with serving(trust.context("127.0.0.1"), location) as served:
                message = refused(served.port, ca_path=trust.ca_path)
        assert "redirects to http://127.0.0.1, which is refused" in message
        assert other.asked == []

    def test_in_a_loop_ends(self, trust: Trust) -> None:
        context = trust.context("127.0.0.1")
        with serving(context, "https://127.0.0.1:{port}/again") as served:
            assert "redirects endlessly" in refused(served.port, ca_path=trust.ca_path)
        assert len(served.asked) < 10
