# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Protection from lockout: the active certificates decide which clients the API accepts, including this task.

While certificates are active in the organization, the API answers only clients with a certificate that one of them
has signed. A change that keeps all active certificates active locks out no client.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
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
_OVERRIDE = "To do it anyway, set allow_lockout: true."


def keep_access(client: Reads, of: str, before: Sequence[Object], after: Sequence[Object]) -> str | None:
    """Check that the API accepts this task if C(after) are active instead of C(before). Raises C(Refused).

    C(of): the name of the project in which they are active; empty: the organization. Return the ID of the active
    certificate that admits the task, if a new one does.
    """
    if not after:
        return None  # the API requires no certificate
    if not client.connection.client_cert:
        if not before:  # otherwise the API already accepts the task without one
            raise Refused(_first(of))
        return None
    left = {*map(CERTIFICATE.id_of, after)}
    if of or (before and all(CERTIFICATE.id_of(item) in left for item in before)):
        return None
    if any(not CERTIFICATE.id_of(item) and _known_content(item) is None for item in after):
        return None  # in check mode, the content of an earlier task's upload is unknown
    return _one_that_accepts(client, after)


def first_activation(client: Reads, of: str, before: Sequence[Object], after: Sequence[Object]) -> tuple[str, ...]:
    """Return a warning that the first active certificates of an organization affect all clients.

    C(of): see keep_access().
    """
    if of or before or not after:
        return ()
    said = (
        "These are the first active certificates of the organization. From then on, the API answers only to clients"
        " with a certificate that one of them has signed. It rejects every tool without one, such as"
        " OpenAI's Terraform provider, which has no option for it."
    )
    if urlsplit(client.connection.base_url).hostname != urlsplit(DEFAULT_BASE_URL).hostname:
        return (said,)
    return (f"{said} It answers only at {MTLS_BASE_URL}: set base_url or OPENAI_BASE_URL.",)


def _first(of: str) -> str:
    return (
        f"This would be the first active certificate{of or ' of the organization'}: from then on, the API answers only"
        " to clients with a certificate, and this task has none. Set client_cert and client_key, or"
        f" OPENAI_MTLS_CERT_PATH and OPENAI_MTLS_KEY_PATH. {_OVERRIDE}"
    )


def _one_that_accepts(client: Reads, active: Sequence[Object]) -> str | None:
    """Return the ID of a certificate that admits the task; null: it is not uploaded yet. Raises C(Refused)."""
    if not _has_cryptography():
        raise Refused(
            "Only the Python library cryptography, version 40 or newer, can check whether the API will still accept"
            f" this task's client certificate: install it where the task runs. {_OVERRIDE}"
        )
    chain = _client_chain(client.connection.client_cert)
    for item in _known_first(active):
        if accepts(_content(client, item), chain):
            own_id: str | None = CERTIFICATE.id_of(item)
            return own_id
    names = ", ".join(f"{item.get('name')} ({CERTIFICATE.id_of(item) or 'new'})" for item in active)
    raise Refused(
        f"None of the certificates that would be active has signed {client.connection.client_cert}: the API would no"
        f" longer answer this task. The active certificates would be: {names}. Keep the certificate active that has"
        f" signed it, or run the task with the new client certificate. {_OVERRIDE}"
    )


def accepts(content: str | None, chain: Sequence[pem.Certificate]) -> bool:
    """Return whether a trust anchor is valid, and is part of a client's chain or has signed its end."""
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
    """Return whether version 40 or newer is installed, which can verify signatures."""
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
    """Return the client's certificate chain; the same file may contain its key."""
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
    """Return the certificates, beginning with those whose content is known."""
    return sorted(certificates, key=lambda item: _known_content(item) is None)
