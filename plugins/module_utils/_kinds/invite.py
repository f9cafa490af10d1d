# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Invites to the organization: pending until accepted or expired; they can only be replaced."""

from __future__ import annotations

import time
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import IN_PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.user import USER
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Current,
    Desired,
    Elsewhere,
    Field,
    Keep,
    Key,
    Object,
    Overtaken,
    Refuse,
    Remove,
    Resource,
    Route,
    Standing,
    Verdict,
    value_at,
)
from ansible_collections.community.openai_admin.plugins.module_utils._values import addresses
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted

STATUSES = ("pending", "expired", "accepted")
_STANDINGS: dict[Any, Standing] = {"accepted": "gone", "expired": "stale"}
_DAY = 86400


def standing(invite: Object) -> Standing:
    """Return the standing of an invite: an accepted one is gone; one with an unknown status may still be accepted."""
    return _STANDINGS.get(invite.get("status"), "live")


def as_grants(projects: Any) -> Any:
    """Return the projects of an invite in canonical order."""
    grants = [{"id": project.get("id"), "role": project.get("role")} for project in projects or ()]
    return sorted(grants, key=lambda grant: str(grant["id"]))


def has_status(invite: Object, status: str) -> bool:
    """Return whether an invite has this status."""
    return bool(invite.get("status") == status)


def member_already(desired: Desired, current: Current) -> Verdict:
    """Keep a person as they are who is in the organization already and needs no invite."""
    member = next(iter(current.elsewhere.get("member", ())), None)
    if not desired.present or member is None:
        return None
    return Keep(warning=_differs(desired, member))


def _differs(desired: Desired, member: Object) -> str:
    """Return a warning if a member differs from the invite, as far as the API shows the member's values."""
    advice = []
    if desired.values.get("role", member.get("role")) != member.get("role"):
        advice.append("community.openai_admin.user for the role")
    known = value_at(member, "projects.data")
    if known is not None:
        roles = {project.get("id"): project.get("role") for project in known}
        if any(roles.get(project["id"]) != project["role"] for project in desired.values.get("projects", ())):
            advice.append("community.openai_admin.project_user for the projects")
    if not advice:
        return ""
    return f"{member.get('email')} is a member of the organization already, and differs: use {' and '.join(advice)}."


def declared_by_id(desired: Desired, current: Current) -> Verdict:
    """Keep or refuse an invite that is declared by ID: a replacement would have another ID."""
    known = current.object
    by_id = desired.identity is not None and desired.identity[0] == INVITE.id_param
    if not by_id or not desired.present or known is None or standing(known) == "gone":
        return None
    advice = "Declare it by email instead, without invite_id: a new invite has another ID."
    if standing(known) == "stale":
        return Keep(warning=f"The {desired.label} has expired, and is not sent again. {advice}")
    named = (each for each in INVITE.options if each.name in desired.values)
    differs = [each.option_name for each in named if _differs_in(each, desired, known)]
    if not differs:
        return None
    return Refuse(f"The {desired.label} differs in {' and '.join(differs)}, and cannot be changed. {advice}")


def _differs_in(field: Field, desired: Desired, known: Object) -> bool:
    return bool(field.canonical(field.read(known)) != field.canonical(desired.values[field.name]))


def sent_lately(desired: Desired, current: Current) -> Verdict:
    """Keep an expired invite that was sent recently."""
    known, days = current.object, desired.settings.get("resend_after_days") or 0
    if known is None or not desired.present or known.get("status") != "expired":
        return None
    sent_at = known.get("created_at")
    if days and sent_at is None:
        return Keep(
            warning=f"The {desired.label} has expired, and is not sent again: the API does not say when it was sent."
        )
    if sent_at is not None and sent_at > time.time() - days * _DAY:
        return Keep(
            warning=f"The {desired.label} has expired, and is not sent again: it was sent less than"
            f" {counted(days, 'day')} ago."
        )
    return None


INVITE = Resource(
    kind="invite",
    plural="invites",
    routes=(Route("/organization/invites"),),
    id_param="invite_id",
    keys=(Key("email", canonical=addresses.canonical, clean=addresses.clean),),
    fields=(
        Field("id", made_by="server"),
        Field("email", canonical=addresses.canonical, clean=addresses.clean),
        Field("role", known=("owner", "reader"), initial="reader"),
        Field(
            "projects",
            "list",
            initial=[],
            canonical=as_grants,
            parts=(Field("role", known=("owner", "member"), initial="member"),),
            refers=IN_PROJECT,
        ),
        Field("status", made_by="default", default="pending"),
        Field("created_at", "int", made_by="server"),
        Field("expires_at", "int", made_by="server"),
        Field("accepted_at", "int", made_by="server"),
    ),
    create_verb="send",
    updates=False,
    replaced="A pending invite cannot be changed: the task withdraws it and sends a new one, with another e-mail.",
    newest=True,
    remove=Remove(
        verb="withdraw",
        overtaken=Overtaken(
            by="member",
            message="it was accepted meanwhile, so the person is now in the organization, with the roles of the invite."
            " To undo that, remove the person with community.openai_admin.user.",
        ),
    ),
    settings=(Field("resend_after_days", "int", default=7, minimum=0),),
    standing=standing,
    elsewhere=(
        Elsewhere("member", resource=USER, by=(("email", "email"),), missing=("email",), settles=True, returns="user"),
    ),
    refusals=(member_already, declared_by_id, sent_lately),
)
