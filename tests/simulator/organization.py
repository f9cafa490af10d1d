# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated organization: what is in it, and how it is read from a file.

The same dataclasses are the file's format, the simulator's memory, and what `GET /_simulator/state` returns.
A file may leave out ids and times; both are then made, the same ones in every run.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from openai.types.admin.organization import ProjectResidency
from pydantic import BeforeValidator, Field, ValidationError

from .behaviour import Behaviour
from .contract import adapter

SAMPLE = Path(__file__).with_name("sample.yml")
DEFAULT_PROJECT = "Default project"
SEEDED_AT = 1767225600  # 2026-01-01: what a file does not date was made from then on, one second apart
_ALPHABET = string.ascii_letters + string.digits


class OrganizationError(ValueError):
    """An organization file that cannot be used."""


def _unix_seconds(value: Any) -> Any:
    """Accept times as Unix seconds or in ISO 8601."""
    if not isinstance(value, str):
        return value
    moment = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)).timestamp())


Time = Annotated[int, BeforeValidator(_unix_seconds), Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]


@dataclass
class User:
    """A person in the organization (or a service account, where the API lists one among the people)."""

    email: Text | None = None
    name: str | None = None
    role: Literal["owner", "reader"] = "reader"
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
    role: Literal["owner", "member", "none"] = "member"
    id: str = ""
    created_at: Time = 0


@dataclass
class ApiKey:
    """A project's API key; its value is known to nobody after it was issued.

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
    """A model's limits; None stands for a limit that does not apply to the model."""

    model: Text
    max_requests_per_1_minute: Count
    max_tokens_per_1_minute: Count
    max_images_per_1_minute: Count | None = None
    max_audio_megabytes_per_1_minute: Count | None = None
    max_requests_per_1_day: Count | None = None
    batch_1_day_max_input_tokens: Count | None = None

    @property
    def id(self) -> str:
        """The id that the API gives to it, the same in every project."""
        return f"rl-{self.model}"


@dataclass
class Project:
    """A project and everything in it. Without `rate_limits` it gets the organization's `default_rate_limits`."""

    name: Text
    id: str = ""
    default: bool | None = None
    status: Literal["active", "archived"] = "active"
    created_at: Time = 0
    archived_at: Time | None = None
    external_key_id: str | None = None
    residency: ProjectResidency | None = None
    users: list[ProjectUser] = field(default_factory=list)
    service_accounts: list[ServiceAccount] = field(default_factory=list)
    api_keys: list[ApiKey] = field(default_factory=list)
    rate_limits: list[RateLimit] | None = None


def _default_rate_limits() -> list[RateLimit]:
    return [
        RateLimit("gpt-5", 500, 500_000, batch_1_day_max_input_tokens=1_500_000),
        RateLimit("gpt-5-mini", 1_000, 1_000_000, max_requests_per_1_day=50_000),
        RateLimit("gpt-image-1", 50, 100_000, max_images_per_1_minute=5),
        RateLimit("gpt-4o-transcribe", 500, 10_000, max_audio_megabytes_per_1_minute=200),
    ]


@dataclass
class Organization:
    """Everything that the simulated API knows, and how it behaves."""

    id: str = "org-simulated"
    name: str = "simulated-organization"
    users: list[User] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    default_rate_limits: list[RateLimit] = field(default_factory=_default_rate_limits)
    behaviour: Behaviour = field(default_factory=Behaviour)

    def user(self, wanted: str) -> User | None:
        """The person with that id, or with that e-mail address in any case."""
        folded = wanted.casefold()
        return next((user for user in self.users if user.id == wanted or (user.email or "").casefold() == folded), None)

    def owners(self) -> list[User]:
        """Who may administer the organization."""
        return [user for user in self.users if user.role == "owner"]


class Ids:
    """Ids and secrets that look like the API's, and are the same in every run."""

    def __init__(self) -> None:
        self._issued: Counter[str] = Counter()

    def new(self, prefix: str, length: int = 24) -> str:
        """The next id, or secret, with that prefix."""
        self._issued[prefix] += 1
        number = int.from_bytes(hashlib.sha512(f"{prefix}{self._issued[prefix]}".encode()).digest(), "big")
        digits = (number // len(_ALPHABET) ** place % len(_ALPHABET) for place in range(length))
        return prefix + "".join(_ALPHABET[digit] for digit in digits)

    def time(self) -> int:
        """The next time of something that the organization file does not date."""
        self._issued[""] += 1
        return SEEDED_AT + self._issued[""]


def redacted(value: str) -> str:
    """What remains to be seen of a key after it was issued."""
    return f"{value[:10]}...{value[-4:]}"


def source(organization: Mapping[str, Any] | str | Path | None) -> bytes:
    """An organization as JSON, from a mapping, a YAML file's path, or the packaged sample."""
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


def load(content: bytes, ids: Ids) -> Organization:
    """Read an organization from JSON, and make what it leaves out."""
    try:
        organization: Organization = adapter(Organization).validate_json(content, strict=True, extra="forbid")
    except ValidationError as error:
        raise OrganizationError("\n".join(_complaints(error))) from None
    for user in organization.users:
        user.id = user.id or ids.new("user-")
        user.added_at = user.added_at or ids.time()
    for project in organization.projects:
        _complete(project, organization, ids)
    _mark_default(organization.projects)
    _check_unique(organization)
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
    for membership in project.users:
        user = _person(organization, membership.user_id or membership.email or "", project)
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
        key.user = _person(organization, key.user, project).id
    else:
        key.service_account = _account(project, key.service_account).id
    key.id = key.id or ids.new("key_")
    key.created_at = key.created_at or ids.time()
    key.redacted_value = key.redacted_value or redacted(ids.new("sk-proj-" if key.user else "sk-svcacct-", 48))


def _person(organization: Organization, wanted: str, project: Project) -> User:
    user = organization.user(wanted) if wanted else None
    if user is None:
        raise OrganizationError(
            f"project {project.name!r}: {wanted or 'nobody'!r} is not among the organization's users"
        )
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
    _refuse_repeated("e-mail address", [user.email.casefold() for user in organization.users if user.email])
    _refuse_repeated("user id", [user.id for user in organization.users])
    _refuse_repeated("project id", [project.id for project in projects])
    _refuse_repeated("service account id", [item.id for project in projects for item in project.service_accounts])
    _refuse_repeated("API key id", [item.id for project in projects for item in project.api_keys])
    for project in projects:
        _refuse_repeated(f"member of {project.name!r}", [item.user_id for item in project.users])
        _refuse_repeated(f"model in {project.name!r}", [item.model for item in project.rate_limits or ()])


def _refuse_repeated(what: str, values: Iterable[str]) -> None:
    repeated = [value for value, count in Counter(values).items() if count > 1]
    if repeated:
        raise OrganizationError(f"the same {what} twice: {', '.join(repeated)}")


def copies(limits: Iterable[RateLimit]) -> list[RateLimit]:
    """Rate limits of a project's own, to be changed apart from those they were copied from."""
    return [RateLimit(**asdict(limit)) for limit in limits]
