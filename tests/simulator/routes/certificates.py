# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates: list, upload, retrieve, update, delete; activate and deactivate in the organization and in projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from openai.pagination import SyncPage
from openai.types.admin.organization import Certificate as CertificateAnswer
from openai.types.admin.organization import (
    CertificateActivateParams,
    CertificateActivateResponse,
    CertificateCreateParams,
    CertificateDeactivateParams,
    CertificateDeactivateResponse,
    CertificateDeleteResponse,
    CertificateListParams,
    CertificateListResponse,
    CertificateRetrieveParams,
    CertificateUpdateParams,
)
from openai.types.admin.organization import projects as in_projects

from .. import audit, certificates, lookup
from ..errors import bad_request
from ..operations import Call, Operation, Page
from ..organization import Certificate, Project

MOST = 50
MOST_AT_ONCE = 10

Scope = Callable[[Call], Project | None]


def whole_organization(unused_call: Call) -> None:
    """Return None, the scope of the organization's own operations."""


def list_certificates(call: Call) -> list[Certificate]:
    """Return all uploaded certificates, by default the newest first; the scope only decides which ones are active."""
    if "project_id" in call.path:
        lookup.project(call)
    found = sorted(call.world.organization.certificates, key=lambda item: item.created_at)
    return found if call.query.get("order") == "asc" else found[::-1]


def create(call: Call) -> Certificate:
    """Upload a certificate, which is not active anywhere yet."""
    world = call.world
    lookup.check_text("name", call.body.get("name"))
    details = _parsed(call.body["certificate"])
    if details.expires_at < world.now() and HTTPStatus(world.behaviour.upload_expired) is not HTTPStatus.OK:
        raise _unusable("it has expired")
    known = world.organization.certificates
    if len(known) >= MOST:
        raise bad_request(f"Organizations can upload up to {MOST} certificates.", code="too_many_certificates")
    same = next((item for item in known if item.details.fingerprint == details.fingerprint), None)
    if same is not None and HTTPStatus(world.behaviour.upload_twice) is not HTTPStatus.OK:
        raise bad_request(f"The certificate was uploaded already: {same.id}.", param="certificate", code="duplicate")
    certificate = Certificate(
        name=call.body.get("name"),
        content=call.body["certificate"],
        id=world.ids.new("cert_"),
        created_at=world.now(),
    )
    known.append(certificate)
    call.record("certificate.created", audit.known(id=certificate.id, name=certificate.name))
    return certificate


def _parsed(content: str) -> certificates.Details:
    try:
        return certificates.read(content)
    except certificates.CertificateError as error:
        raise _unusable(str(error)) from None


def _unusable(reason: str) -> Exception:
    return bad_request(f"Invalid value for 'certificate': {reason}.", param="certificate", code="invalid_certificate")


def retrieve(call: Call) -> Certificate:
    """Return the certificate in the path."""
    return _certificate(call, call.path["certificate_id"])


def _certificate(call: Call, identifier: str) -> Certificate:
    return lookup.by_id(call.world.organization.certificates, "certificate", identifier)


def update(call: Call) -> Certificate:
    """Rename a certificate."""
    certificate = retrieve(call)
    lookup.check_text("name", call.body.get("name"))
    certificate.name = call.body.get("name", certificate.name)
    call.record("certificate.updated", audit.known(id=certificate.id, name=certificate.name))
    return certificate


def delete(call: Call) -> str:
    """Delete a certificate that is active nowhere; archived projects do not count."""
    organization = call.world.organization
    certificate = retrieve(call)
    places = ["the organization"] if certificate.active else []
    places += [
        f"project {project.id}"
        for project in organization.projects
        if project.id in certificate.projects and project.status != "archived"
    ]
    if places:
        raise bad_request(f"Certificate {certificate.id} is active in {', '.join(places)}.", code="certificate_active")
    organization.certificates.remove(certificate)
    details = audit.known(id=certificate.id, name=certificate.name, certificate=certificate.content)
    call.record("certificate.deleted", details)
    return certificate.id


def switch(scope: Scope, *, active: bool) -> Callable[[Call], Sequence[Certificate]]:
    """Return a function that activates or deactivates all certificates of a request in a scope, or none of them."""

    def run(call: Call) -> Sequence[Certificate]:
        project = scope(call)
        chosen = _chosen(call)
        changed = [item for item in chosen if _is_active(item, project) is not active]
        for certificate in changed:
            _set(certificate, project, active=active)
        if changed:
            event = f"certificates.{'activated' if active else 'deactivated'}"
            named = [audit.known(id=item.id, name=item.name) for item in changed]
            call.record(event, {"certificates": named}, project=project)
        return chosen

    return run


def _chosen(call: Call) -> list[Certificate]:
    wanted = call.body["certificate_ids"]
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise bad_request(
            f"Invalid value for 'certificate_ids': provide between 1 and {MOST_AT_ONCE} ids.",
            param="certificate_ids",
            code="invalid_value",
        )
    known = {item.id for item in call.world.organization.certificates}
    unknown = [identifier for identifier in wanted if identifier not in known]
    if unknown and HTTPStatus(call.world.behaviour.activate_unknown) is HTTPStatus.BAD_REQUEST:
        raise bad_request(
            f"Invalid value for 'certificate_ids': no such certificate: {', '.join(unknown)}.",
            param="certificate_ids",
            code="invalid_value",
        )
    return [_certificate(call, identifier) for identifier in dict.fromkeys(wanted)]


def _is_active(certificate: Certificate, project: Project | None) -> bool:
    return certificate.active if project is None else project.id in certificate.projects


def _set(certificate: Certificate, project: Project | None, *, active: bool) -> None:
    if project is None:
        certificate.active = active
    elif active:
        certificate.projects.append(project.id)
    else:
        certificate.projects.remove(project.id)


def show(call: Call, certificate: Certificate) -> dict[str, Any]:
    """Return a single certificate, with its content if that is requested, and without whether it is active."""
    content = {"content": certificate.content} if "content" in call.query.get("include", ()) else {}
    return {**_worded(certificate, "certificate"), "certificate_details": {**_details(certificate), **content}}


def listed(call: Call, certificate: Certificate) -> dict[str, Any]:
    """Return a certificate in a list of the organization or of a project, with its state there."""
    project = lookup.project(call) if "project_id" in call.path else None
    kind = "organization.certificate" if project is None else "organization.project.certificate"
    return {**_worded(certificate, kind), "active": _is_active(certificate, project)}


def _worded(certificate: Certificate, kind: str) -> dict[str, Any]:
    return {
        "object": kind,
        "id": certificate.id,
        "name": certificate.name,
        "created_at": certificate.created_at,
        "certificate_details": _details(certificate),
    }


def _details(certificate: Certificate) -> dict[str, Any]:
    return {"valid_at": certificate.details.valid_at, "expires_at": certificate.details.expires_at}


def switched(kind: str) -> Callable[[Call, Sequence[Certificate]], dict[str, Any]]:
    """Return a function that formats the answer to an activation or a deactivation, a list without pages."""

    def show_all(call: Call, chosen: Sequence[Certificate]) -> dict[str, Any]:
        return {"object": kind, "data": [listed(call, certificate) for certificate in chosen]}

    return show_all


def gone(unused_call: Call, identifier: str) -> dict[str, Any]:
    """Return the answer to a deletion; it has no field `deleted`, unlike others."""
    return {"object": "certificate.deleted", "id": identifier}


ALL = "/organization/certificates"
ONE = f"{ALL}/{{certificate_id}}"
OF_PROJECT = "/organization/projects/{project_id}/certificates"

OPERATIONS = (
    Operation("GET", ALL, list_certificates, listed, CertificateListResponse, query=CertificateListParams, page=Page()),
    Operation("POST", ALL, create, show, CertificateAnswer, body=CertificateCreateParams),
    Operation(
        "POST",
        f"{ALL}/activate",
        switch(whole_organization, active=True),
        switched("organization.certificate.activation"),
        SyncPage[CertificateActivateResponse],
        body=CertificateActivateParams,
    ),
    Operation(
        "POST",
        f"{ALL}/deactivate",
        switch(whole_organization, active=False),
        switched("organization.certificate.deactivation"),
        SyncPage[CertificateDeactivateResponse],
        body=CertificateDeactivateParams,
    ),
    Operation("GET", ONE, retrieve, show, CertificateAnswer, query=CertificateRetrieveParams),
    Operation("POST", ONE, update, show, CertificateAnswer, body=CertificateUpdateParams),
    Operation("DELETE", ONE, delete, gone, CertificateDeleteResponse),
    Operation(
        "GET",
        OF_PROJECT,
        list_certificates,
        listed,
        in_projects.CertificateListResponse,
        query=in_projects.CertificateListParams,
        page=Page(),
    ),
    Operation(
        "POST",
        f"{OF_PROJECT}/activate",
        switch(lookup.active_project, active=True),
        switched("organization.project.certificate.activation"),
        SyncPage[in_projects.CertificateActivateResponse],
        body=in_projects.CertificateActivateParams,
    ),
    Operation(
        "POST",
        f"{OF_PROJECT}/deactivate",
        switch(lookup.active_project, active=False),
        switched("organization.project.certificate.deactivation"),
        SyncPage[in_projects.CertificateDeactivateResponse],
        body=in_projects.CertificateDeactivateParams,
    ),
)
