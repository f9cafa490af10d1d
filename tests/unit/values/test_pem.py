# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates are read as the library cryptography reads them, and what is none is told in words."""

from __future__ import annotations

import base64
import datetime
from contextlib import suppress

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._values import pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from simulator import Authority

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
MOMENTS = st.datetimes(datetime.datetime(1951, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59))
PEM = Authority("gateway").certificate()
DER = x509.load_pem_x509_certificate(PEM.encode()).public_bytes(serialization.Encoding.DER)


def made(begin: datetime.datetime, end: datetime.datetime, name: str) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(KEY.public_key())
    return builder.serial_number(len(name)).not_valid_before(begin).not_valid_after(end).sign(KEY, None)


@given(MOMENTS, MOMENTS, st.text("abc", min_size=1, max_size=60))
def test_any_certificate_is_read(one: datetime.datetime, other: datetime.datetime, name: str) -> None:
    certificate = made(min(one, other).replace(microsecond=0), max(one, other).replace(microsecond=0), name)
    found = pem.read_one(certificate.public_bytes(serialization.Encoding.PEM).decode())
    assert found.der == certificate.public_bytes(serialization.Encoding.DER)
    assert found.fingerprint == certificate.fingerprint(hashes.SHA256()).hex()
    assert found.not_before == certificate.not_valid_before_utc.timestamp()
    assert found.not_after == certificate.not_valid_after_utc.timestamp()


@pytest.mark.parametrize(
    "text",
    [
        PEM.replace("\n", "\r\n"),
        PEM.replace("\n", "\n    "),
        f"Subject: gateway\n\n{PEM}\n\n",
        PEM.replace("\n", "").replace("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n"),
        PEM.replace("CERTIFICATE", "X509 CERTIFICATE"),
    ],
)
def test_what_stands_around_it_does_not_matter(text: str) -> None:
    assert pem.read_one(text).text == PEM


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no certificate in PEM format"),
        ("gateway.pem", "holds no certificate in PEM format"),
        (PEM + Authority("other").certificate(), "holds 2 certificates"),
        (PEM[:-20], "is cut off"),
        (PEM.replace("MII", "XXX"), "cannot be read"),
        (PEM.replace("MII", "M*I"), "cannot be read"),
        (PEM + "-----BEGIN PRIVATE KEY-----", "holds a private key"),
        (PEM + "-----BEGIN ENCRYPTED PRIVATE KEY-----", "holds a private key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "holds a private key"),
    ],
)
def test_what_is_not_one_certificate(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        pem.read_one(text)


@given(st.integers(0, len(DER) - 1), st.binary(max_size=8))
def test_damage_is_told_or_does_not_matter(place: int, damage: bytes) -> None:
    """And never ends in another error, nor in another certificate."""
    damaged = DER[:place] + damage + DER[place + len(damage) :]
    text = f"-----BEGIN CERTIFICATE-----\n{base64.b64encode(damaged).decode()}\n-----END CERTIFICATE-----"
    found = None
    with suppress(ValueError):
        found = pem.read_one(text)
    assert found is None or found.der == damaged


@given(st.binary(max_size=64))
def test_anything_else_is_no_certificate(content: bytes) -> None:
    text = f"-----BEGIN CERTIFICATE-----\n{base64.b64encode(content).decode()}\n-----END CERTIFICATE-----"
    with pytest.raises(ValueError, match="cannot be read"):
        pem.read_one(text)
