# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read uploaded X.509 certificates, and make certificates for tests.

An authority's key is derived from its name, so it is the same in every run, and code that knows the name can sign with
it.
"""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = 24 * 3600
DEFAULT_DAYS = 365
_PRIVATE = "PRIVATE KEY-----"
_NAMES = ("localhost",)
_ADDRESSES = ("127.0.0.1",)


class CertificateError(ValueError):
    """The text is not exactly one certificate in PEM format."""


@dataclass(frozen=True)
class Details:
    """The parsed contents of a certificate."""

    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 fingerprint in hexadecimal digits, which identifies the certificate."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def binary(self) -> bytes:
        """Return the certificate in DER format."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def subject(self) -> str:
        """Return the subject of the certificate."""
        return self.certificate.subject.rfc4514_string()

    @property
    def valid_at(self) -> int:
        """Return the start of the validity, in Unix seconds."""
        return int(self.certificate.not_valid_before_utc.timestamp())

    @property
    def expires_at(self) -> int:
        """Return the end of the validity, in Unix seconds."""
        return int(self.certificate.not_valid_after_utc.timestamp())

    def current(self, now: float) -> bool:
        """Return whether the certificate is valid at a time."""
        return self.valid_at <= now <= self.expires_at

    def accepts(self, presented: Details) -> bool:
        """Return whether this is the presented certificate, or has signed it."""
        if presented.fingerprint == self.fingerprint:
            return True
        try:
            presented.certificate.verify_directly_issued_by(self.certificate)
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True


@lru_cache(maxsize=1024)
def read(content: str) -> Details:
    """Read a text that contains exactly one certificate, and possibly other text."""
    if _PRIVATE in content:
        raise CertificateError("it holds a private key")
    try:
        found = x509.load_pem_x509_certificates(content.encode())
    except ValueError:
        raise CertificateError("it is not a certificate in PEM format") from None
    if len(found) != 1:
        raise CertificateError(f"it holds {len(found)} certificates instead of one")
    return Details(found[0])


@lru_cache(maxsize=1024)
def read_binary(content: bytes) -> Details:
    """Read a certificate in DER format, as a TLS connection provides it."""
    return Details(x509.load_der_x509_certificate(content))


@dataclass(frozen=True)
class Authority:
    """A certificate authority. Different values of `secret` give authorities of the same name different keys."""

    common_name: str
    secret: str = ""

    @property
    def name(self) -> x509.Name:
        """Return the authority's distinguished name."""
        return _name(self.common_name)

    def certificate(self, days: int = DEFAULT_DAYS, now: float | None = None) -> str:
        """Return the authority's certificate in PEM format, valid for C(days) from the last midnight on."""
        key = self._key("authority")
        uses = {"key_cert_sign": True, "crl_sign": True, "digital_signature": True}
        builder = _builder(self.name, self.name, key, days, now)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(_key_usage(**uses), critical=True)
        return self._signed(builder)

    def issue(
        self, folder: Path, common_name: str = "client", days: int = DEFAULT_DAYS, now: float | None = None
    ) -> tuple[Path, Path]:
        """Sign a certificate for a client or server on this machine, and return its file and that of its key."""
        key = self._key(f"holder {common_name}")
        usages = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
        names: list[x509.GeneralName] = [x509.DNSName(name) for name in _NAMES]
        names += [x509.IPAddress(ipaddress.ip_address(address)) for address in _ADDRESSES]
        builder = _builder(_name(common_name), self.name, key, days, now)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_key_usage(digital_signature=True), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        stem = hashlib.sha256(f"{self.common_name}\0{common_name}".encode()).hexdigest()[:16]
        certificate, private = folder / f"{stem}.pem", folder / f"{stem}.key"
        certificate.write_text(self._signed(builder), encoding="ascii")
        private.touch(mode=0o600)
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return certificate, private

    def _key(self, owner: str) -> Ed25519PrivateKey:
        seed = "\0".join((self.common_name, self.secret, owner))
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())

    def _signed(self, builder: x509.CertificateBuilder) -> str:
        key = self._key("authority")
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
        certificate = builder.add_extension(issuer, critical=False).sign(key, None)
        return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Ed25519PrivateKey, days: int, now: float | None
) -> x509.CertificateBuilder:
    midnight = int(time.time() if now is None else now) // DAY * DAY
    end = midnight + days * DAY
    begin = min(midnight, end) - DAY
    number = hashlib.sha256(f"{subject.rfc4514_string()}\0{begin}\0{end}".encode()).digest()[:16]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(number, "big") >> 1 | 1)
        .not_valid_before(datetime.datetime.fromtimestamp(begin, datetime.timezone.utc))
        .not_valid_after(datetime.datetime.fromtimestamp(end, datetime.timezone.utc))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _key_usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def accepted(presented: Details, active: Sequence[Details], now: float) -> bool:
    """Return whether a client may use a certificate: it is valid, and so is an active certificate that accepts it."""
    return presented.current(now) and any(item.current(now) and item.accepts(presented) for item in active)
