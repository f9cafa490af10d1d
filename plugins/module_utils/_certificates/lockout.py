# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Lock-out: certificates that are active decide who reaches the API, the caller included.

While some are active in the organization, it answers only to clients with a certificate that one of
these has signed. A client that got in before a change is still let in where all that was active stays so.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import DEFAULT_BASE_URL
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput, Refused
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import Reads, with_details
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import (
    CERTIFICATE,
    CONTENT,
    WITH_CONTENT,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import NOTHING, Object
from ansible_collections.community.openai_admin.plugins.module_utils._values import pem

MTLS_BASE_URL = "https://mtls.api.openai.com/v1"
_OVERRIDE = "To do it all the same, set allow_lockout: true."


def keep_access(client: Reads, of: str, before: Sequence[Object], after: Sequence[Object]) -> str | None:
    """Make sure that the caller reaches the API when C(after) are active instead of C(before).

    C(of): the project in which they are active, in words; empty: the organization. The id of an active
    certificate that lets the caller in, where that is not as it was. Raises C(Refused).
    """
    if not after:
        return None  # nobody is asked for a certificate
    if not client.connection.client_cert:
        if not before:  # else the caller gets in without one already
            raise Refused(_first(of))
        return None
    left = {item.get("id") for item in after}
    if of or (before and all(item.get("id") in left for item in before)):
        return None
    if any(not item.get("id") and _known_content(item) is None for item in after):
        return None  # what an earlier task would upload cannot be seen in check mode
    return _one_that_accepts(client, after)


def first_activation(client: Reads, of: str, before: Sequence[Object], after: Sequence[Object]) -> tuple[str, ...]:
    """A warning of what the first active certificates of an organization change for everybody.

    C(of): as keep_access() has it.
    """
    if of or before or not after:
        return ()
    said = (
        "These are the first active certificates of the organization. From then on, the API answers only to clients"
        " with a certificate that one of them has signed. It shuts out every tool that comes without one, such as"
        " OpenAI's Terraform provider, which has no option for it."
    )
    if urlsplit(client.connection.base_url).hostname != urlsplit(DEFAULT_BASE_URL).hostname:
        return (said,)
    return (f"{said} It answers at {MTLS_BASE_URL} alone: set base_url or OPENAI_BASE_URL.",)


def _first(of: str) -> str:
    return (
        f"This would be the first active certificate{of or ' of the organization'}: from then on, the API answers only"
        " to clients with a certificate, and this task has none. Set client_cert and client_key, or"
        f" OPENAI_MTLS_CERT_PATH and OPENAI_MTLS_KEY_PATH. {_OVERRIDE}"
    )


def _one_that_accepts(client: Reads, active: Sequence[Object]) -> str | None:
    """The id of one that lets the caller in; none: it has yet to be uploaded. Raises C(Refused)."""
    if not _has_cryptography():
        raise Refused(
            "Whether the API will still answer to this task's client certificate can only be seen with the Python"
            f" library cryptography, version 40 or newer: install it where the task runs. {_OVERRIDE}"
        )
    chain = _client_chain(client.connection.client_cert)
    for item in _known_first(active):
        if accepts(_content(client, item), chain):
            return item.get("id")
    names = ", ".join(f"{item.get('name')} ({item.get('id', 'new')})" for item in active)
    raise Refused(
        f"No certificate that would be active then has signed {client.connection.client_cert}: the API would not"
        f" answer to this task any more. Active would be: {names}. Keep the one active that has signed it, or run the"
        f" task with the new client certificate. {_OVERRIDE}"
    )


def accepts(content: str | None, chain: Sequence[pem.Certificate]) -> bool:
    """Whether a trust anchor is valid, and is in a client's chain or has signed the chain's end."""
    try:
        anchor = pem.read_one(content or "")
    except ValueError:
        return False
    if not anchor.not_before <= time.time() <= anchor.not_after:
        return False
    link = chain[0]
    rest = list(chain[1:])
    while link.der != anchor.der and not _signed(link, anchor):
        signers = [each for each in rest if _signed(link, each)]
        if not signers:
            return False
        link = signers[0]
        rest.remove(link)
    return True


def _has_cryptography() -> bool:
    """Who signed a certificate can only be seen with version 40 or newer, which only these few tasks import."""
    try:
        from cryptography import x509
    except ImportError:
        return False
    return hasattr(x509.Certificate, "verify_directly_issued_by")


def _signed(certificate: pem.Certificate, by: pem.Certificate) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    try:
        signed, signer = (x509.load_der_x509_certificate(each.der) for each in (certificate, by))
        signed.verify_directly_issued_by(signer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _client_chain(path: str) -> list[pem.Certificate]:
    """The client's certificate and those after it; its key may lie in the same file."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return pem.read_all(file.read())
    except (OSError, ValueError) as error:
        raise BadInput(f"client_cert: {path} {error}.") from None


def _content(client: Reads, listed: Object) -> str | None:
    content = _known_content(listed)
    if content is None:
        content = next(map(_known_content, with_details(client, CERTIFICATE, listed, NOTHING, WITH_CONTENT)), None)
    return content


def _known_content(answer: Object) -> str | None:
    content = CONTENT.read(answer)
    return content if isinstance(content, str) else None


def _known_first(certificates: Iterable[Object]) -> list[Object]:
    """Those first whose content need not be read."""
    return sorted(certificates, key=lambda item: _known_content(item) is None)


def guard(
    client: Reads, params: Mapping[str, Any], of: str, before: Sequence[Object], after: Sequence[Object]
) -> tuple[str | None, tuple[str, ...]]:
    """Which certificate has to become active first, and a warning. Raises C(Refused) rather than lock out."""
    first = None if params["allow_lockout"] else keep_access(client, of, before, after)
    return first, first_activation(client, of, before, after)
