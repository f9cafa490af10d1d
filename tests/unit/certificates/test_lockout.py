# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is let in by which certificate, and who is told of another address."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection
from ansible_collections.community.openai_admin.plugins.module_utils._certificates import lockout
from ansible_collections.community.openai_admin.plugins.module_utils._certificates.lockout import (
    accepts,
    first_activation,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import pem
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.timezone.utc)
DAY = datetime.timedelta(days=1)


def key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(name.ljust(32).encode())


def made(name: str, signer: str, days: int = 10, signed_with: str = "") -> str:
    """A certificate in PEM format, which expires in so many days."""
    subject, issuer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, signer))
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key(name).public_key())
    builder = builder.serial_number(1).not_valid_before(NOW - 20 * DAY).not_valid_after(NOW + days * DAY)
    return builder.sign(key(signed_with or signer), None).public_bytes(Encoding.PEM).decode()


ROOT, INNER, INNERMOST, LEAF = (
    made("root", "root"),
    made("inner", "root"),
    made("innermost", "inner"),
    made("leaf", "innermost"),
)
DIRECT = made("direct", "root")
FORGED = made("leaf", "root", signed_with="stranger")


def chain(*texts: str) -> list[pem.Certificate]:
    return pem.read_all("".join(texts))


@pytest.mark.parametrize(
    ("anchor", "presented", "let_in"),
    [
        (ROOT, [DIRECT], True),
        (DIRECT, [DIRECT], True),
        (ROOT, [ROOT], True),
        (INNERMOST, [LEAF], True),
        (ROOT, [LEAF], False),
        (INNER, [LEAF], False),
        (INNER, [LEAF, INNERMOST], True),
        (ROOT, [LEAF, INNERMOST], False),
        (ROOT, [LEAF, INNERMOST, INNER, ROOT], True),
        (ROOT, [FORGED], False),
        (made("stranger", "stranger"), [DIRECT], False),
        (made("root", "root", signed_with="stranger"), [made("x", "stranger")], False),
        (made("root", "root", days=-1), [DIRECT], False),
        ("nonsense", [DIRECT], False),
        (None, [DIRECT], False),
    ],
)
def test_an_anchor_lets_in_whom_it_has_signed(anchor: str | None, presented: list[str], let_in: bool) -> None:
    assert accepts(anchor, chain(*presented)) is let_in


def test_the_order_of_what_follows_the_clients_certificate_does_not_matter() -> None:
    for rest in permutations([INNER, INNERMOST, DIRECT]):
        assert accepts(ROOT, chain(LEAF, *rest))


def test_certificates_that_signed_each_other_end_somewhere() -> None:
    round_about = chain(made("leaf", "one"), made("one", "two"), made("two", "one"))
    assert not accepts(ROOT, round_about)


ACTIVE: list[dict[str, Any]] = [{"id": "cert_1", "active": True}]


@pytest.mark.parametrize(
    ("base_url", "of", "before", "after", "warned", "moves"),
    [
        ("https://api.openai.com/v1", "", [], ACTIVE, True, True),
        ("https://api.openai.com/v1", "", ACTIVE, ACTIVE, False, False),
        ("https://api.openai.com/v1", "", ACTIVE, [], False, False),
        ("https://api.openai.com/v1", " of project 'one'", [], ACTIVE, False, False),
        ("https://mtls.api.openai.com/v1", "", [], ACTIVE, True, False),
        ("https://gateway.example.com/v1", "", [], ACTIVE, True, False),
    ],
)
def test_the_first_activation_is_told(
    base_url: str, of: str, before: Iterable[Any], after: Iterable[Any], warned: bool, moves: bool
) -> None:
    """Who comes without a certificate is shut out, whatever the address; the API's own address is another one then."""
    client = Client(Connection(admin_key="sk-admin", base_url=base_url))
    warnings = first_activation(client, of, list(before), list(after))
    assert ["rejects every tool without one" in warning for warning in warnings] == [True] * warned
    assert [lockout.MTLS_BASE_URL in warning for warning in warnings] == [moves] * warned
