# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated organization: its contents, and how they are read from a file.

The same dataclasses define the file's format, the simulator's memory, and the result of `GET /_simulator/state`. A file
may omit ids and times; both are then generated, with the same values in every run.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import string
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from openai.types.admin.organization import AuditLogListResponse, ExternalStorageConfiguration, ProjectResidency
from openai.types.admin.organization import Group as GroupAnswer
from openai.types.admin.organization.projects import (
    ProjectDataRetention,
    ProjectOptionalServiceTier,
    ProjectServiceTierSettings,
)
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from . import certificates
from .behaviour import Behaviour
from .contract import ContractError, adapter, answer

SAMPLE = Path(__file__).with_name("sample.yml")
DEFAULT_PROJECT = "Default project"
KEY_IN_USE = "simulator"
SECRET = "sk-"
INVITE_LIFE = 7 * 24 * 3600
UNKNOWN_ROLE, UNKNOWN_STATUS, UNKNOWN_RESIDENCY = "auditor", "suspended", "MOON_STORAGE"
UNKNOWN_RETENTION, UNKNOWN_GROUP = "customer_managed_retention", "federated_group"
UNKNOWN_DOMAIN = "@unknown.example"
SEEDED_AT = 1767225600  # 2026-01-01: generated times begin here, one second apart
_ALPHABET = string.ascii_letters + string.digits


class OrganizationError(ValueError):
    """An organization file is invalid."""


def _unix_seconds(value: Any) -> Any:
    """Convert a time to Unix seconds; ISO 8601 is accepted, too."""
    if not isinstance(value, str):
        return value
    moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)).timestamp())


def _event_type(value: str) -> str:
    """Accept only the types of events that the API has."""
    if value not in get_args(AuditLogListResponse.model_fields["type"].annotation):
        raise ValueError("no such type of event")
    return value


Time = Annotated[int, BeforeValidator(_unix_seconds), Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]
KNOWN: dict[str, frozenset[str]] = {
    "people's roles": frozenset(["owner", "reader"]),
    "roles of service accounts": frozenset(["owner", "member", "none"]),
    "statuses of projects": frozenset(["active", "archived"]),
    "residencies": frozenset(get_args(ProjectResidency)),
    "statuses of invites": frozenset(["accepted", "expired", "pending"]),
    "roles that invites give in projects": frozenset(["owner", "member"]),
    "types of groups": frozenset(get_args(GroupAnswer.model_fields["group_type"].annotation)),
    "default service tiers": frozenset(get_args(ProjectServiceTierSettings.model_fields["default"].annotation)),
    "service tiers": frozenset(get_args(ProjectOptionalServiceTier)),
    "types of identity providers": frozenset(["oidc"]),
    "statuses of storage": frozenset(get_args(ExternalStorageConfiguration.model_fields["status"].annotation)),
    "types of data retention": frozenset(get_args(ProjectDataRetention.model_fields["type"].annotation)),
}
"""The known values of each enum in answers. A switch allows others."""
EventType = Annotated[str, AfterValidator(_event_type)]


@dataclass
class User:
    """A person in the organization, or a service account that the API lists among the people."""

    email: Text | None = None
    name: str | None = None
    role: Text = "reader"
    id: str = ""
    added_at: Time = 0
    is_scim_managed: bool = False
    is_service_account: bool = False
    technical_level: str | None = None
    developer_persona: str | None = None


@dataclass
class ProjectUser:
    """A person's membership of a project."""

    email: str | None = None
    user_id: str = ""
    role: Text = "member"
    added_at: Time = 0


@dataclass
class ServiceAccount:
    """A project's service account."""

    name: Text
    role: Text = "member"
    id: str = ""
    created_at: Time = 0


@dataclass
class ApiKey:
    """A project's API key; its value is not stored after the key was issued.

    `user` is a person's e-mail address or id, `service_account` an account's name or id; in memory both are ids.
    """

    name: str
    user: str = ""
    service_account: str = ""
    id: str = ""
    created_at: Time = 0
    last_used_at: Time | None = None
    expires_at: Time | None = None
    scopes: list[str] = field(default_factory=list)
    redacted_value: str = ""


@dataclass
class RateLimit:
    """A model's rate limits; None stands for a limit that does not apply to the model."""

    model: Text
    max_requests_per_1_minute: Count
    max_tokens_per_1_minute: Count
    max_images_per_1_minute: Count | None = None
    max_audio_megabytes_per_1_minute: Count | None = None
    max_requests_per_1_day: Count | None = None
    batch_1_day_max_input_tokens: Count | None = None

    @property
    def id(self) -> str:
        """Return the id of the rate limit in the API, which is the same in every project."""
        return f"rl-{self.model}"


@dataclass
class SpendLimit:
    """The maximum of a month's costs, in cents, and whether the API enforces it: C(inactive) or C(enforcing)."""

    threshold_amount: Annotated[int, Field(ge=1)]
    currency: Text = "USD"
    interval: Text = "month"
    status: Text = "enforcing"


@dataclass
class SpendAlert:
    """An alert by e-mail to the recipients when a month's costs reach a threshold, in cents."""

    threshold_amount: Count
    recipients: list[Text] = field(default_factory=list)
    subject_prefix: str | None = None
    currency: Text = "USD"
    interval: Text = "month"
    id: str = ""


@dataclass
class ModelPermissions:
    """The models that a project may use: those in the list, or all except these."""

    mode: Literal["allow_list", "deny_list"]
    model_ids: list[Text] = field(default_factory=list)


@dataclass
class HostedTools:
    """A project's hosted tools; they matter where the organization's policy for a tool is C(selected)."""

    code_interpreter: bool = True
    file_search: bool = True
    image_generation: bool = True
    mcp: bool = True
    web_search: bool = True


Policy = Literal["all", "selected", "none"]


@dataclass
class ToolPolicies:
    """Which projects may use each hosted tool. No route changes the policies."""

    code_interpreter: Policy = "selected"
    file_search: Policy = "selected"
    image_generation: Policy = "selected"
    mcp: Policy = "selected"
    web_search: Policy = "selected"


@dataclass
class ServiceTiers:
    """The tiers that a project may use besides C(standard), and the one that its requests use by default."""

    default: Text = "standard"
    enabled_tiers: Literal["all"] | list[Text] = "all"


@dataclass
class DataRetention:
    """The type of data retention."""

    type: Text


@dataclass
class Role:
    """A custom role of the organization or of a project. Predefined roles exist everywhere, and are in no file."""

    name: Text
    permissions: list[Text] = field(default_factory=list)
    description: str | None = None
    id: str = ""
    created_at: Time = 0


@dataclass
class RoleAssignment:
    """The assignment of a custom role, or of any role to a group: to a `group`, a `user` or a `service_account`.

    Principal and role are names, addresses or ids in a file, and ids in memory. The id of a predefined role does not
    contain the scope. Predefined roles of people and service accounts are their `role` in the organization and in
    projects.
    """

    role: Text
    group: str = ""
    user: str = ""
    service_account: str = ""

    @property
    def principal(self) -> str:
        """Return the id of the principal that has the role."""
        return self.group or self.user or self.service_account


@dataclass
class ProjectGroup:
    """A group that has access to a project, by its name or id in a file, and by its id in memory."""

    group: Text
    created_at: Time = 0


@dataclass
class Project:
    """A project and everything in it. Without `rate_limits`, it gets the organization's `default_rate_limits`."""

    name: Text
    id: str = ""
    default: bool | None = None
    status: Text = "active"
    created_at: Time = 0
    archived_at: Time | None = None
    external_key_id: str | None = None
    residency: Text | None = None
    users: list[ProjectUser] = field(default_factory=list)
    service_accounts: list[ServiceAccount] = field(default_factory=list)
    api_keys: list[ApiKey] = field(default_factory=list)
    rate_limits: list[RateLimit] | None = None
    roles: list[Role] = field(default_factory=list)
    groups: list[ProjectGroup] = field(default_factory=list)
    role_assignments: list[RoleAssignment] = field(default_factory=list)
    model_permissions: ModelPermissions | None = None
    hosted_tools: HostedTools = field(default_factory=HostedTools)
    service_tiers: ServiceTiers = field(default_factory=ServiceTiers)
    spend_limit: SpendLimit | None = None
    spend_alerts: list[SpendAlert] = field(default_factory=list)
    data_retention: DataRetention = field(default_factory=lambda: DataRetention("organization_default"))


@dataclass
class GroupMember:
    """A member of a group: a person, by `email` or `user_id`, or a `service_account` of a `project`.

    Account and project are names or ids in a file, and ids in memory.
    """

    email: str | None = None
    user_id: str = ""
    service_account: str = ""
    project: str = ""

    @property
    def id(self) -> str:
        """Return the id of the person or of the service account."""
        return self.service_account or self.user_id


@dataclass
class Group:
    """A group of the organization."""

    name: Text
    id: str = ""
    created_at: Time = 0
    is_scim_managed: bool = False
    group_type: Text = "group"
    members: list[GroupMember] = field(default_factory=list)


@dataclass
class FederationRule:
    """A rule that lets outside tokens act as a service account of a project.

    Project and account are names or ids in a file, and ids in memory. Without `scopes`, tokens get the account's
    permissions.
    """

    project: Text
    service_account: Text
    attribute_matchers: dict[str, str | bool | int | float] = field(default_factory=dict)
    name: str | None = None
    description: str | None = None
    enabled: bool = True
    scopes: list[Text] | None = None
    id: str = ""
    created_at: Time = 0
    updated_at: Time = 0


@dataclass
class WorkloadIdentityProvider:
    """An issuer of outside tokens, with its rules. Without `jwks`, its keys are at the `discovery_url`."""

    name: Text
    issuer: Text
    audience: Text = "https://api.openai.com/v1"
    description: str | None = None
    enabled: bool = True
    attribute_transformations: dict[str, str] = field(default_factory=dict)
    discovery_url: str | None = None
    jwks: dict[str, Any] | None = None
    type: Text = "oidc"
    rules: list[FederationRule] = field(default_factory=list)
    id: str = ""
    created_at: Time = 0
    updated_at: Time = 0


@dataclass
class ExternalKey:
    """A customer's key in a cloud; `details` are the fields of its `type`. `refused`: the words of the cloud."""

    name: Text
    type: Text
    details: dict[str, str] = field(default_factory=dict)
    purpose: Literal["ekm", "psp_decryption"] = "ekm"
    refused: str | None = None
    id: str = ""
    created_at: Time = 0


@dataclass
class ExternalStorage:
    """A customer's storage for a project, by its name or id in a file, and by its id in memory.

    `details` are the fields of its `type`. `refused`: why the cloud does not allow it.
    """

    project: Text
    type: Text
    details: dict[str, str] = field(default_factory=dict)
    status: Text = "validated"
    refused: str | None = None
    id: str = ""
    created_at: Time = 0


@dataclass
class InviteProject:
    """A project that an invite gives access to, by its name or id in a file, and by its id in memory."""

    project: Text
    role: Text = "member"


@dataclass
class Invite:
    """An invite to the organization. Accepted ones stay accepted; others expire by the simulated clock."""

    email: Text
    role: Text = "reader"
    status: Text = "pending"
    id: str = ""
    created_at: Time = 0
    expires_at: Time | None = None
    accepted_at: Time | None = None
    projects: list[InviteProject] = field(default_factory=list)


@dataclass
class AdminApiKey:
    """A key of the Administration API. `owner` is a person's e-mail address or id in a file, and the id in memory."""

    name: str | None = None
    owner: str = ""
    id: str = ""
    created_at: Time = 0
    last_used_at: Time | None = None
    expires_at: Time | None = None
    redacted_value: str = ""


@dataclass
class Actor:
    """The actor of a change: a person with an admin key, or in a session if there is no key."""

    email: str | None = None
    user_id: str | None = None
    api_key_id: str | None = None


@dataclass
class AuditEvent:
    """An event of the audit log. `project` is a name or an id, in memory the id; `details` have the API's format."""

    type: EventType
    id: str = ""
    effective_at: Time = 0
    actor: Actor = field(default_factory=Actor)
    project: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass
class Generate:
    """A certificate to generate: that of `certificates.Authority(common_name)`."""

    common_name: Text
    days: int = certificates.DEFAULT_DAYS


@dataclass
class Certificate:
    """A certificate for mutual TLS. `projects` lists those in which it is active, by name or id, in memory by id."""

    name: str | None = None
    content: str = ""
    generate: Generate | None = None
    id: str = ""
    created_at: Time = 0
    active: bool = False
    projects: list[Text] = field(default_factory=list)

    @property
    def details(self) -> certificates.Details:
        """Return the parsed certificate."""
        return certificates.read(self.content)


@dataclass
class Consumer:
    """A consumer that uses the API from `since` on: in a project, with an API key or, without one, in the dashboard.

    `project` is a name or an id in a file, and the id in memory. A temporary consumer uses a new key on one day of each
    week, and deletes it on the same day.
    """

    project: str
    api_key_id: str | None = None
    user_id: str | None = None
    since: Time = 0
    until: Time | None = None
    temporary: bool = False


@dataclass
class Usage:
    """The input of usage and costs. Without `consumers`, these are derived from projects and keys."""

    seed: int = 1
    since: Time = 1735689600  # 2025-01-01
    consumers: list[Consumer] | None = None


def _default_rate_limits() -> list[RateLimit]:
    return [
        RateLimit("gpt-5", 500, 500_000, batch_1_day_max_input_tokens=1_500_000),
        RateLimit("gpt-5-mini", 1_000, 1_000_000, max_requests_per_1_day=50_000),
        RateLimit("gpt-image-1", 50, 100_000, max_images_per_1_minute=5),
        RateLimit("gpt-4o-transcribe", 500, 10_000, max_audio_megabytes_per_1_minute=200),
    ]


@dataclass
class Organization:
    """The state of the simulated API, and its behaviour."""

    id: str = "org-simulated"
    name: str = "simulated-organization"
    users: list[User] = field(default_factory=list)
    former_users: list[User] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    role_assignments: list[RoleAssignment] = field(default_factory=list)
    invites: list[Invite] = field(default_factory=list)
    admin_api_keys: list[AdminApiKey] = field(default_factory=list)
    audit_events: list[AuditEvent] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    workload_identity_providers: list[WorkloadIdentityProvider] = field(default_factory=list)
    external_keys: list[ExternalKey] = field(default_factory=list)
    external_storage: list[ExternalStorage] = field(default_factory=list)
    spend_limit: SpendLimit | None = None
    spend_alerts: list[SpendAlert] = field(default_factory=list)
    data_retention: DataRetention | None = None
    tool_policies: ToolPolicies = field(default_factory=ToolPolicies)
    usage: Usage = field(default_factory=Usage)
    default_rate_limits: list[RateLimit] = field(default_factory=_default_rate_limits)
    behaviour: Behaviour = field(default_factory=Behaviour)

    def user(self, wanted: str) -> User | None:
        """Return the person with an id or an e-mail address, or None."""
        return next((user for user in self.users if user.id == wanted), None) or self.user_at(wanted)

    def user_at(self, address: str) -> User | None:
        """Return the person with an e-mail address, or None; a switch says whether the comparison is case-sensitive."""
        folded = self.behaviour.folded
        return next((user for user in self.users if user.email and folded(user.email) == folded(address)), None)

    def project(self, wanted: str) -> Project | None:
        """Return the project with an id, else the first one with this name, else None."""
        by_id = (item for item in self.projects if item.id == wanted)
        return next(by_id, None) or next((item for item in self.projects if item.name == wanted), None)

    def accounts(self) -> Iterable[ServiceAccount]:
        """Return the service accounts of all projects."""
        return (account for project in self.projects for account in project.service_accounts)

    def places(self) -> list[Organization | Project]:
        """Return all scopes of roles: the organization and its projects."""
        return [self, *self.projects]

    def values(self) -> Iterable[tuple[str, str]]:
        """Yield all values of enums in answers, each after the name of its enum."""
        yield from (("people's roles", user.role) for user in (*self.users, *self.former_users))
        for invite in self.invites:
            yield "people's roles", invite.role
            yield "statuses of invites", invite.status
            yield from (("roles that invites give in projects", each.role) for each in invite.projects)
        yield from (("types of groups", group.group_type) for group in self.groups)
        yield from (("types of identity providers", each.type) for each in self.workload_identity_providers)
        yield from (("statuses of storage", each.status) for each in self.external_storage)
        if self.data_retention is not None:
            yield "types of data retention", self.data_retention.type
        for project in self.projects:
            yield "statuses of projects", project.status
            yield from (("roles of service accounts", each.role) for each in project.service_accounts)
            yield "types of data retention", project.data_retention.type
            yield "default service tiers", project.service_tiers.default
            if project.service_tiers.enabled_tiers != "all":
                yield from (("service tiers", tier) for tier in project.service_tiers.enabled_tiers)
            if project.residency is not None:
                yield "residencies", project.residency

    def unknown(self) -> dict[str, str]:
        """Return the values that are not known, each with the name of its enum."""
        return {value: kind for kind, value in self.values() if value not in KNOWN[kind]}

    def owners(self) -> list[User]:
        """Return the owners of the organization."""
        return [user for user in self.users if user.role == "owner"]


@dataclass(frozen=True)
class Predefined:
    """A role that the API predefines in every scope of one type: `short` is its name in older routes."""

    scope: str
    short: str
    description: str
    permissions: tuple[str, ...]

    @property
    def id(self) -> str:
        """Return the id that requests may use in every scope."""
        return f"role-api-{self.scope}-{self.short}"

    @property
    def name(self) -> str:
        """Return the name that people see."""
        return f"{self.scope.title()} {self.short}"


_READING = (
    "api.assistants.read",
    "api.files.read",
    "api.fine_tuning.jobs.read",
    "api.model.read",
    "api.responses.read",
    "api.threads.read",
    "api.vector_stores.read",
    "api.webhooks.read",
)
_MAKING = (
    "api.assistants.write",
    "api.files.write",
    "api.fine_tuning.jobs.write",
    "api.model.request",
    "api.responses.write",
    "api.threads.write",
    "api.webhooks.write",
)
_KEYS = ("api.organization.projects.api_keys.read", "api.organization.projects.api_keys.write")
_MANAGING = ("api.groups.read", "api.groups.write", "api.management.read", "api.management.write", "api.usage.read")
PREDEFINED = (
    Predefined("organization", "owner", "Can do everything", (*_READING, *_MAKING, *_KEYS, *_MANAGING)),
    Predefined("organization", "reader", "Can use the API", (*_READING, *_MAKING)),
    Predefined("project", "owner", "Can do everything in the project", (*_READING, *_MAKING, *_KEYS)),
    Predefined("project", "member", "Can use the API in the project", (*_READING, *_MAKING)),
    Predefined("project", "viewer", "Can look at the project", _READING),
)


def predefined(place: Organization | Project) -> list[Predefined]:
    """Return the predefined roles of a scope."""
    scope = "project" if isinstance(place, Project) else "organization"
    return [role for role in PREDEFINED if role.scope == scope]


class Ids:
    """Generates ids and secrets that look like the API's, and are the same in every run."""

    def __init__(self) -> None:
        self._issued: Counter[str] = Counter()
        self._taken: set[str] = set()
        self.bare = False

    def avoid(self, content: bytes) -> None:
        """Never generate an id that this JSON contains."""
        self._taken.update(re.findall(r'"([^"\\]+)"', content.decode("utf-8", "replace")))

    def new(self, prefix: str, length: int = 24) -> str:
        """Return the next id or secret with a prefix. Bare ids have no prefix, and every other one contains a tilde."""
        made = self._next(prefix, length)
        while made in self._taken:
            made = self._next(prefix, length)
        return made

    def _next(self, prefix: str, length: int) -> str:
        self._issued[prefix] += 1
        return _made(prefix, length, self._issued[prefix], self.bare and not prefix.startswith(SECRET))

    def time(self) -> int:
        """Return the next time, in Unix seconds, for an object without a time in the organization file."""
        self._issued[""] += 1
        return SEEDED_AT + self._issued[""]

    def copy(self) -> Ids:
        """Return a copy that continues the same sequences."""
        copied = Ids()
        copied._issued, copied._taken, copied.bare = self._issued.copy(), self._taken.copy(), self.bare
        return copied


@lru_cache(maxsize=1 << 16)
def _made(prefix: str, length: int, issued: int, bare: bool) -> str:
    number = int.from_bytes(hashlib.sha512(f"{prefix}{issued}".encode()).digest(), "big")
    if bare:
        hexadecimal = f"{number:x}"[:32]
        return hexadecimal if issued % 2 else f"{hexadecimal[:16]}~{hexadecimal[16:]}"
    digits = (number // len(_ALPHABET) ** place % len(_ALPHABET) for place in range(length))
    return prefix + "".join(_ALPHABET[digit] for digit in digits)


def redacted(value: str) -> str:
    """Return the redacted value of a key."""
    return f"{value[:10]}...{value[-4:]}"


def source(organization: Mapping[str, Any] | str | Path | None) -> bytes:
    """Return an organization as JSON, from a mapping, a YAML file's path, or the packaged sample."""
    if isinstance(organization, Mapping):
        return _as_json(organization, "organization")
    path = Path(organization or SAMPLE)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OrganizationError(f"cannot read the organization file {path}: {error}") from None
    return _as_json(content, str(path))


def _as_json(content: Any, name: str) -> bytes:
    try:
        return json.dumps(content, default=_iso_format).encode()
    except (TypeError, ValueError) as error:
        raise OrganizationError(f"{name}: {error}") from None


def _iso_format(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no place in an organization file")


def begin(content: bytes) -> tuple[Organization, Ids]:
    """Return an organization from JSON, and the generator of its further ids. Completed organizations are cached."""
    today = int(time.time()) // certificates.DAY  # generated certificates begin at midnight
    complete, ids = _completed(content, today)
    organization: Organization = adapter(Organization).validate_json(complete, strict=True)
    return organization, ids.copy()


@lru_cache(maxsize=64)
def _completed(content: bytes, unused_today: int) -> tuple[bytes, Ids]:
    """Return an organization as JSON without omissions, and the generator of its further ids."""
    ids = Ids()
    organization = load(content, ids)
    return adapter(Organization).dump_json(organization), ids


def load(content: bytes, ids: Ids) -> Organization:
    """Read an organization from JSON, and generate the values that it omits."""
    try:
        organization: Organization = adapter(Organization).validate_json(content, strict=True, extra="forbid")
    except ValidationError as error:
        raise OrganizationError("\n".join(_complaints(error))) from None
    ids.avoid(content)
    ids.bare = organization.behaviour.bare_ids
    for alert in organization.spend_alerts:
        alert.id = alert.id or ids.new("alert_")
    for user in (*organization.users, *organization.former_users):
        user.id = user.id or ids.new("user-")
        user.added_at = user.added_at or ids.time()
    completed: tuple[tuple[Iterable[Any], Callable[[Any, Organization, Ids], None]], ...] = (
        (organization.projects, _complete),
        (organization.groups, _complete_group),
        (organization.invites, _complete_invite),
        (organization.admin_api_keys, _complete_admin_key),
        (organization.audit_events, _complete_event),
        (organization.certificates, _complete_certificate),
        (organization.workload_identity_providers, _complete_provider),
        (organization.external_keys, _complete_external_key),
        (organization.external_storage, _complete_storage),
    )
    for items, complete in completed:
        for item in items:
            complete(item, organization, ids)
    for place in organization.places():
        _complete_roles(place, organization, ids)
    if organization.usage.consumers is None:
        organization.usage.consumers = [item for project in organization.projects for item in _consumers(project)]
    else:
        for consumer in organization.usage.consumers:
            consumer.project = _place(organization, consumer.project, "usage").id
    _mark_default(organization.projects)
    _check_unique(organization)
    _check_values(organization)
    return organization


def _complaints(error: ValidationError) -> Iterable[str]:
    for problem in error.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in problem["loc"]) or "the organization"
        unknown = problem["type"] == "unexpected_keyword_argument"
        yield f"{where}: {'no such key in the file format' if unknown else problem['msg']}"


def _complete(project: Project, organization: Organization, ids: Ids) -> None:
    project.id = project.id or ids.new("proj_")
    project.created_at = project.created_at or ids.time()
    if project.archived_at is not None or project.status == "archived":
        project.status = "archived"
        project.archived_at = project.archived_at or ids.time()
    if project.rate_limits is None:
        project.rate_limits = copies(organization.default_rate_limits)
    for alert in project.spend_alerts:
        alert.id = alert.id or ids.new("alert_")
    for membership in project.users:
        user = _person(organization, membership.user_id or membership.email or "", f"project {project.name!r}")
        membership.user_id, membership.email = user.id, user.email
        membership.added_at = membership.added_at or ids.time()
    for account in project.service_accounts:
        account.id = account.id or ids.new("svc_acct_")
        account.created_at = account.created_at or ids.time()
    for key in project.api_keys:
        _complete_key(key, project, organization, ids)


def _complete_key(key: ApiKey, project: Project, organization: Organization, ids: Ids) -> None:
    if bool(key.user) == bool(key.service_account):
        raise OrganizationError(
            f"project {project.name!r}, key {key.name!r}: wants an owner, either `user` or `service_account`"
        )
    if key.user:
        former = [user for user in organization.former_users if key.user in (user.id, user.email)]
        owner = organization.user(key.user) or next(iter(former), None)
        key.user = (owner or _person(organization, key.user, f"project {project.name!r}")).id
    else:
        key.service_account = _account(project, key.service_account).id
    key.id = key.id or ids.new("key_")
    key.created_at = key.created_at or ids.time()
    key.redacted_value = key.redacted_value or redacted(ids.new("sk-proj-" if key.user else "sk-svcacct-", 48))


def _complete_group(group: Group, organization: Organization, ids: Ids) -> None:
    group.id = group.id or ids.new("group_")
    group.created_at = group.created_at or ids.time()
    where = f"group {group.name!r}"
    for member in group.members:
        if member.service_account:
            place = _place(organization, member.project, where)
            member.project, member.service_account = place.id, _account(place, member.service_account).id
        else:
            wanted = member.user_id or member.email or ""
            former = [user for user in organization.former_users if wanted in (user.id, user.email)]
            user = former[0] if former else _person(organization, wanted, where)
            member.user_id, member.email = user.id, user.email


def _complete_roles(place: Organization | Project, organization: Organization, ids: Ids) -> None:
    where = f"{'project' if isinstance(place, Project) else 'organization'} {place.name!r}"
    for role in place.roles:
        role.id = role.id or ids.new("role_")
        role.created_at = role.created_at or ids.time()
    if isinstance(place, Project):
        for access in place.groups:
            access.group = _group(organization, access.group, where).id
            access.created_at = access.created_at or ids.time()
    for assignment in place.role_assignments:
        named = [assignment.group, assignment.user, assignment.service_account]
        if sum(map(bool, named)) != 1:
            raise OrganizationError(f"{where}: a role assignment wants one of `group`, `user`, `service_account`")
        assignment.role = _role(place, assignment.role, where)
        if assignment.group:
            assignment.group = _group(organization, assignment.group, where).id
        elif assignment.user:
            former = [user for user in organization.former_users if assignment.user in (user.id, user.email)]
            assignment.user = (former[0] if former else _person(organization, assignment.user, where)).id
        elif isinstance(place, Project):
            assignment.service_account = _account(place, assignment.service_account).id


def _role(place: Organization | Project, wanted: str, where: str) -> str:
    """Return the id of a role, without its scope."""
    own = next((role.id for role in place.roles if wanted in (role.id, role.name)), None)
    found = own or next((role.id for role in predefined(place) if wanted in (role.id, role.short)), None)
    if found is None:
        raise OrganizationError(f"{where} has no role {wanted!r}")
    return found


def _group(organization: Organization, wanted: str, where: str) -> Group:
    found = next((group for group in organization.groups if wanted in (group.id, group.name)), None)
    if found is None:
        raise OrganizationError(f"{where}: {wanted!r} is not among the organization's groups")
    return found


def _complete_provider(provider: WorkloadIdentityProvider, organization: Organization, ids: Ids) -> None:
    provider.id = provider.id or ids.new("wip_")
    provider.created_at = provider.created_at or ids.time()
    provider.updated_at = provider.updated_at or provider.created_at
    for rule in provider.rules:
        place = _place(organization, rule.project, f"provider {provider.name!r}")
        rule.project, rule.service_account = place.id, _account(place, rule.service_account).id
        rule.id = rule.id or ids.new("wifr_")
        rule.created_at = rule.created_at or ids.time()
        rule.updated_at = rule.updated_at or rule.created_at


def _complete_external_key(key: ExternalKey, unused_organization: Organization, ids: Ids) -> None:
    key.id = key.id or ids.new("extkey_")
    key.created_at = key.created_at or ids.time()


def _complete_storage(storage: ExternalStorage, organization: Organization, ids: Ids) -> None:
    storage.project = _place(organization, storage.project, "external storage").id
    storage.id = storage.id or ids.new("extstore_")
    storage.created_at = storage.created_at or ids.time()


def _complete_invite(invite: Invite, organization: Organization, ids: Ids) -> None:
    invite.id = invite.id or ids.new("invite-")
    invite.created_at = invite.created_at or ids.time()
    if invite.accepted_at is not None or invite.status == "accepted":
        invite.status = "accepted"
        invite.accepted_at = invite.accepted_at or ids.time()
    if invite.status == "expired" and invite.expires_at is None:
        invite.expires_at = invite.created_at + INVITE_LIFE
    for wanted in invite.projects:
        wanted.project = _place(organization, wanted.project, f"invite of {invite.email!r}").id


def _complete_admin_key(key: AdminApiKey, organization: Organization, ids: Ids) -> None:
    owner = organization.user(key.owner) if key.owner else next(iter(organization.owners()), None)
    if owner is None and "@" in key.owner:
        raise OrganizationError(f"admin key {key.name!r}: {key.owner!r} is not among the organization's users")
    # The owner's id may be that of a former user.
    key.owner = owner.id if owner else key.owner
    key.id = key.id or ids.new("key_")
    key.created_at = key.created_at or ids.time()
    key.redacted_value = key.redacted_value or redacted(ids.new("sk-admin-", 48))


def _complete_event(event: AuditEvent, organization: Organization, ids: Ids) -> None:
    event.id = event.id or ids.new("audit_log-")
    event.effective_at = event.effective_at or ids.time()
    worded = {"id": event.id, "type": event.type, "effective_at": event.effective_at}
    try:
        answer(AuditLogListResponse, {**worded, event.type: event.details} if event.details else worded)
    except ContractError as error:
        raise OrganizationError(f"audit event {event.type!r}: {error}") from None
    # The actor may also be a former user.
    user = organization.user(event.actor.user_id or event.actor.email or "")
    if user is not None:
        event.actor.user_id = user.id
        event.actor.email = event.actor.email or user.email
    if event.project is not None:
        event.project = _place(organization, event.project, f"audit event {event.type!r}").id


def _place(organization: Organization, wanted: str, where: str) -> Project:
    found = organization.project(wanted)
    if found is None:
        raise OrganizationError(f"{where}: {wanted!r} is not among the organization's projects")
    return found


def add_key_in_use(organization: Organization, value: str, ids: Ids) -> AdminApiKey:
    """Return the admin key with a value, after adding it if the organization does not have it."""
    shown = redacted(value)
    found = next((key for key in organization.admin_api_keys if key.redacted_value == shown), None)
    if found is None:
        found = AdminApiKey(name=KEY_IN_USE, redacted_value=shown)
        _complete_admin_key(found, organization, ids)
        organization.admin_api_keys.append(found)
    return found


def add_unknown(organization: Organization, ids: Ids) -> None:
    """Add objects with unknown values: a person, a project with everything in it, a group, and invites."""
    person = User(f"of-unknown-role{UNKNOWN_DOMAIN}", "Somebody", UNKNOWN_ROLE, ids.new("user-"), ids.time())
    account = ServiceAccount("of unknown role", UNKNOWN_ROLE, ids.new("svc_acct_"), ids.time())
    project = Project(
        name="of unknown status",
        status=UNKNOWN_STATUS,
        residency=UNKNOWN_RESIDENCY,
        data_retention=DataRetention(UNKNOWN_RETENTION),
        users=[ProjectUser(person.email, role=UNKNOWN_ROLE)],
        service_accounts=[account],
        api_keys=[ApiKey("of unknown role", service_account=account.id), ApiKey("of somebody", user=person.id)],
    )
    invites = [
        Invite(f"invited-with-unknown-role{UNKNOWN_DOMAIN}", UNKNOWN_ROLE),
        Invite(f"of-unknown-status{UNKNOWN_DOMAIN}", status=UNKNOWN_STATUS, projects=[InviteProject(project.name)]),
    ]
    organization.users.append(person)
    organization.projects.append(project)
    organization.invites += invites
    organization.groups.append(Group("of unknown type", ids.new("group_"), ids.time(), group_type=UNKNOWN_GROUP))
    _complete(project, organization, ids)
    project.default = False
    for invite in invites:
        _complete_invite(invite, organization, ids)


def _complete_certificate(certificate: Certificate, organization: Organization, ids: Ids) -> None:
    generate = certificate.generate
    where = f"certificate {certificate.name or (generate.common_name if generate else certificate.id)!r}"
    if bool(certificate.content) == bool(generate):
        raise OrganizationError(f"{where}: wants either `content` or `generate`")
    if generate is not None:
        certificate.name = certificate.name or generate.common_name
        authority = certificates.Authority(generate.common_name)
        certificate.content = authority.certificate(generate.days, organization.behaviour.now())
        certificate.generate = None
    try:
        certificates.read(certificate.content)
    except certificates.CertificateError as error:
        raise OrganizationError(f"{where}: {error}") from None
    certificate.id = certificate.id or ids.new("cert_")
    certificate.created_at = certificate.created_at or ids.time()
    certificate.projects = [_place(organization, wanted, where).id for wanted in certificate.projects]


def _consumers(project: Project) -> Iterable[Consumer]:
    """Yield a project's consumers: the dashboard, temporary keys, and the keys that have been used."""
    yield Consumer(project.id, user_id=project.users[0].user_id if project.users else None)
    yield Consumer(project.id, temporary=True)
    for key in project.api_keys:
        if key.last_used_at is not None:
            yield Consumer(project.id, key.id, key.user or None, since=key.created_at, until=key.expires_at)


def _person(organization: Organization, wanted: str, where: str) -> User:
    user = organization.user(wanted) if wanted else None
    if user is None:
        raise OrganizationError(f"{where}: {wanted or 'nobody'!r} is not among the organization's users")
    return user


def _account(project: Project, wanted: str) -> ServiceAccount:
    for account in project.service_accounts:
        if wanted in (account.id, account.name):
            return account
    raise OrganizationError(f"project {project.name!r} has no service account {wanted!r}")


def _mark_default(projects: Sequence[Project]) -> None:
    declared = any(project.default for project in projects)
    for project in projects:
        if project.default is None:
            project.default = not declared and project.name == DEFAULT_PROJECT and project.status == "active"
    if sum(bool(project.default) for project in projects) > 1:
        raise OrganizationError("projects: only one can be the default project")


def _check_unique(organization: Organization) -> None:
    projects = organization.projects
    _refuse_repeated(
        "e-mail address", [organization.behaviour.folded(user.email) for user in organization.users if user.email]
    )
    _refuse_repeated("user id", [user.id for user in (*organization.users, *organization.former_users)])
    _refuse_repeated("project id", [project.id for project in projects])
    _refuse_repeated("service account id", [item.id for project in projects for item in project.service_accounts])
    _refuse_repeated("API key id", [item.id for project in projects for item in project.api_keys])
    _refuse_repeated("group id", [item.id for item in organization.groups])
    for group in organization.groups:
        _refuse_repeated(f"member of {group.name!r}", [item.id for item in group.members])
    for place in organization.places():
        _refuse_repeated(f"role of {place.name!r}", [item.name for item in place.roles])
        held = [f"{item.role} of {item.principal}" for item in place.role_assignments]
        _refuse_repeated(f"role assignment in {place.name!r}", held)
        _refuse_repeated(f"role id in {place.name!r}", [item.id for item in place.roles])
    _refuse_repeated("invite id", [item.id for item in organization.invites])
    _refuse_repeated("admin API key id", [item.id for item in organization.admin_api_keys])
    for provider in organization.workload_identity_providers:
        accounts = [rule.service_account for rule in provider.rules]
        _refuse_repeated(f"service account in the rules of {provider.name!r}", accounts)
    _refuse_repeated("external key id", [item.id for item in organization.external_keys])
    _refuse_repeated("certificate id", [item.id for item in organization.certificates])
    _refuse_repeated("audit event id", [item.id for item in organization.audit_events])
    for project in projects:
        _refuse_repeated(f"member of {project.name!r}", [item.user_id for item in project.users])
        _refuse_repeated(f"group in {project.name!r}", [item.group for item in project.groups])
        _refuse_repeated(f"model in {project.name!r}", [item.model for item in project.rate_limits or ()])


def _check_values(organization: Organization) -> None:
    """Refuse unknown values, unless the switch allows them."""
    unknown = {} if organization.behaviour.unknown_values else organization.unknown()
    for value, kind in unknown.items():
        raise OrganizationError(f"{value!r} is not among the {kind}: {', '.join(sorted(KNOWN[kind]))}")


def _refuse_repeated(what: str, values: Iterable[str]) -> None:
    repeated = [value for value, count in Counter(values).items() if count > 1]
    if repeated:
        raise OrganizationError(f"the same {what} twice: {', '.join(repeated)}")


def copies(limits: Iterable[RateLimit]) -> list[RateLimit]:
    """Return copies of rate limits, which a project can change without changing the originals."""
    return [replace(limit) for limit in limits]
