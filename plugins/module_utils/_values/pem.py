# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Certificates in PEM format: their fingerprint and their validity.

This file parses that much of X.509 itself, so that results are the same with and without the Python
library cryptography. No error contains any of the text: it may be a private key.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone

_BLOCK = re.compile(r"-----BEGIN (?:X509 )?CERTIFICATE-----(.*?)-----END (?:X509 )?CERTIFICATE-----", re.DOTALL)
_BEGIN = re.compile(r"-----BEGIN (?:X509 )?CERTIFICATE-----")
_PRIVATE = "PRIVATE KEY-----"
_LINE = 64

_SEQUENCE, _VERSION, _BIT_STRING, _UTC_TIME, _GENERALIZED_TIME = 0x30, 0xA0, 0x03, 0x17, 0x18


@dataclass(frozen=True)
class Certificate:
    """One certificate; times are Unix seconds."""

    der: bytes
    not_before: int
    not_after: int

    @property
    def fingerprint(self) -> str:
        """The SHA-256 digest, in hexadecimal digits."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def text(self) -> str:
        """The certificate in PEM format, without surrounding text."""
        encoded = base64.b64encode(self.der).decode()
        lines = [encoded[start : start + _LINE] for start in range(0, len(encoded), _LINE)]
        return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def read_one(text: str) -> Certificate:
    """Return the only certificate in a text, which may contain other text, but no private key.

    Raises C(ValueError), whose message continues after the name of an option.
    """
    if _PRIVATE in text:
        raise ValueError("holds a private key: give the certificate alone, and keep the key to yourself")
    found = read_all(text)
    if len(found) != 1:
        raise ValueError(f"holds {len(found)} certificates: give each in a task of its own")
    return found[0]


def read_all(text: str) -> list[Certificate]:
    """Return all certificates in a text, at least one. Raises C(ValueError)."""
    blocks = _BLOCK.findall(text)
    if len(blocks) != len(_BEGIN.findall(text)):
        raise ValueError("holds a certificate that is cut off: its end is missing")
    if not blocks:
        raise ValueError("holds no certificate in PEM format, which begins with -----BEGIN CERTIFICATE-----")
    return [_read(block) for block in blocks]


def _read(block: str) -> Certificate:
    try:
        der = base64.b64decode("".join(block.split()), validate=True)
        not_before, not_after = _validity(der)
    except (ValueError, IndexError):
        raise ValueError("holds a certificate that cannot be read: it is damaged") from None
    return Certificate(der, not_before, not_after)


def _validity(der: bytes) -> tuple[int, int]:
    """Return the validity: the fourth element of a certificate, after its serial number, algorithm and issuer."""
    (whole,) = _values(der)
    said, unused_algorithm, unused_signature = _of(whole, _SEQUENCE, _SEQUENCE, _BIT_STRING)
    values = [value for value in _values(said) if value[0] != _VERSION]
    begin, end = _values(values[3][1])
    return _seconds(*begin), _seconds(*end)


def _of(value: tuple[int, bytes], *tags: int) -> list[bytes]:
    """Return the contents of a sequence of values with these tags."""
    parts = list(_values(value[1]))
    if value[0] != _SEQUENCE or [tag for tag, unused_content in parts] != list(tags):
        raise ValueError
    return [content for unused_tag, content in parts]


def _values(der: bytes) -> Iterator[tuple[int, bytes]]:
    """Return tags and contents of consecutive values in DER."""
    position = 0
    while position < len(der):
        tag, length, position = der[position], der[position + 1], position + 2
        if length & 0x80:
            size = length & 0x7F
            length, position = int.from_bytes(der[position : position + size], "big"), position + size
        if position + length > len(der):
            raise ValueError
        yield tag, der[position : position + length]
        position += length


def _seconds(tag: int, content: bytes) -> int:
    text = content.decode("ascii")
    if tag == _UTC_TIME:  # two digits of the year
        text = ("19" if text >= "5" else "20") + text
    elif tag != _GENERALIZED_TIME:
        raise ValueError
    return int(datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc).timestamp())
