# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Certificates of the organization (trust anchors), identified by fingerprint; only their names can change.

Listings and answers to writes do not contain the content. Their validity shows which certificates can have a given
content.
"""

from __future__ import annotations

import re
import time
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Field,
    Key,
    Object,
    Refuse,
    Remove,
    Resource,
    Route,
    Verdict,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import pem

DAY = 86400
WITH_CONTENT = {"include": ["content"]}

CONTENT = Field("content", answer="certificate_details.content")
_FINGERPRINT = re.compile("[0-9a-f]{64}")
_VALID_AT = Field("valid_at", answer="certificate_details.valid_at")
_EXPIRES_AT = Field("expires_at", answer="certificate_details.expires_at")


def one_alone(content: str) -> str:
    """Return the only certificate of a text, without surrounding text. Raises C(ValueError)."""
    return pem.read_one(content).text


def fingerprint(content: Any) -> Any:
    """Return the canonical form of a content or a fingerprint, equal for all texts with the same certificate."""
    certificate = _certificate(content)
    if certificate:
        return certificate.fingerprint
    return content.replace(":", "").lower() if isinstance(content, str) else content


def hexadecimal(value: str) -> str:
    """Return a fingerprint in canonical form. Raises C(ValueError)."""
    if not _FINGERPRINT.fullmatch(fingerprint(value)):
        raise ValueError("must be a SHA-256 fingerprint: 64 hexadecimal digits, with colons or without")
    return value


def may_hold(content: str, listed: Object) -> bool:
    """Return whether a listed certificate can have this content, as far as the API tells its validity."""
    certificate = pem.read_one(content)
    told = {certificate.not_before: not_before(listed), certificate.not_after: not_after(listed)}
    return all(there is None or there == own for own, there in told.items())


def own_fingerprint(answer: Object) -> str | None:
    """Return the fingerprint of an answer's certificate; null if the answer lacks the certificate."""
    certificate = _certificate(CONTENT.read(answer))
    return certificate.fingerprint if certificate else None


def not_before(answer: Object) -> int | None:
    """Return when an answer's certificate becomes valid, in Unix seconds; null if unknown."""
    return _time(_VALID_AT, "not_before", answer)


def not_after(answer: Object) -> int | None:
    """Return when an answer's certificate expires, in Unix seconds; null if unknown."""
    return _time(_EXPIRES_AT, "not_after", answer)


def expires_in_days(answer: Object) -> int | None:
    """Return the number of whole days until the expiry; negative if it has expired."""
    end = not_after(answer)
    return None if end is None else int((end - time.time()) // DAY)


def is_active(listed: Object, active: bool = True) -> bool:
    """Return whether the listed state of a certificate equals C(active)."""
    return bool(listed.get("active")) is active


def expires_within(listed: Object, days: int) -> bool:
    """Return whether a certificate expires within these days, or has expired."""
    end = not_after(listed)
    return end is not None and end <= time.time() + days * DAY


def active_in_organization(desired: Desired, current: Current) -> Verdict:
    """Refuse to delete a certificate that is active in the organization; for projects, the API refuses that."""
    known = current.object
    if desired.present or known is None or not is_active(known) or desired.asks("deactivate_first"):
        return None
    return Refuse(f"The {desired.label} is active in the organization. {_ADVICE}")


def _certificate(content: Any) -> pem.Certificate | None:
    try:
        return pem.read_one(content) if isinstance(content, str) else None
    except ValueError:
        return None


def _time(told: Field, name: str, answer: Object) -> int | None:
    """Return a time from the API's answer, or from the content if the certificate is only declared."""
    value = told.read(answer)
    if not isinstance(value, (int, float)):
        value = None
    certificate = _certificate(CONTENT.read(answer)) if value is None else None
    if certificate:
        value = getattr(certificate, name)
    return None if value is None else int(value)


_ADVICE = "Deactivate it there first with community.openai_admin.certificate_activation, or set deactivate_first: true."

CERTIFICATE = Resource(
    kind="certificate",
    plural="certificates",
    routes=(
        Route("/organization/certificates"),
        Route("/organization/projects/{project_id}/certificates", IN_PROJECT, shows=True),
    ),
    id_param="certificate_id",
    by_id=False,  # only the list shows whether it is active
    keys=(
        Key("certificate_id", field="id"),
        Key(
            "content",
            field=CONTENT.answer,
            canonical=fingerprint,
            digest="fingerprint",
            candidates=may_hold,
            detail=WITH_CONTENT,
        ),
        Key("name"),
    ),
    fields=(
        Field("id", made_by="server"),
        Field("name"),
        Field(
            "content",
            secret=True,  # it may contain a private key by mistake
            body="certificate",
            answer=CONTENT.answer,
            file="src",
            clean=one_alone,
            update=False,
            canonical=fingerprint,
            advice="Upload it as another certificate, in a task without certificate_id.",
        ),
        Field("created_at", "int", made_by="server"),
        Field("not_before", "int", made_by="server", derived=not_before),
        Field("not_after", "int", made_by="server", derived=not_after),
        Field("expires_in_days", "int", made_by="server", derived=expires_in_days),
        Field("fingerprint", made_by="server", derived=own_fingerprint),
        Field("active", "bool", made_by="default", default=False),
    ),
    create_verb="upload",
    one_of=("certificate",),
    absence="One is uploaded by content or src, without certificate_id.",
    remove=Remove(advice=_ADVICE),
    settings=(Field("deactivate_first", "bool", default=False), Field("allow_lockout", "bool", default=False)),
    refusals=(active_in_organization,),
)
