#!/usr/bin/python
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: organization
short_description: Manage a whole OpenAI organization from one declaration
version_added: 0.9.0
author:
  - community.openai_admin contributors (@ansible-collections)
description:
  - Bring projects, their people, service accounts and rate limits, the people of the organization, its invites and
    its certificates into the declared state, all in one task.
  - Each declared collection is read once. Only what differs is written. Collections that are omitted are neither
    read nor changed.
  - Taking an object out of the declaration removes nothing, unless O(purge) or O(projects[].purge) names its
    collection. It comes back in RV(unmanaged).
  - Every object follows the rules of its own module, such as M(community.openai_admin.project_user).
  - The task never issues a key, nor returns one. Use M(community.openai_admin.project_api_key) for that.
options:
  src:
    description:
      - Path of a file with the declaration, in the controller. It holds these options, by themselves or in
        C(openai_admin_organization), as M(community.openai_admin.organization_info) returns them.
      - Path of a directory with such a file, C(organization.yml), and with a file for each project in C(projects/).
        The playbook C(community.openai_admin.export) writes both. There, C(*.yml) and C(*.yaml) are read, in folders
        as well. Hidden files, hidden folders and C(*.md) are left alone, and any other file is refused.
      - An option that the task has itself counts before that of the file.
      - A relative path is looked for in the folder in which Ansible was started, in C(files/) and beside the playbook.
        Where two places have it, it is refused. The file may be encrypted with Ansible Vault.
      - The file is data. A text that looks like a template is refused, unless it is marked C(!unsafe).
      - For a large organization this takes a fraction of the time and memory of a variable.
    type: path
  declaration:
    description:
      - The declaration as one value, such as a variable that holds all of it, by the options of this module.
      - An option that the task has itself counts before that of O(declaration), which counts before that of O(src).
      - O(src) and the options of the connection belong in the task, and are refused here.
    type: dict
    version_added: 0.10.0
  organization:
    description:
      - Name of the organization that the declaration is for, as the header C(openai-organization) of the API's answers
        has it. RV(organization_name) and the reports of the jobs show it.
      - If the answers are of another one, or no answer says which one it is of, the task fails before it changes
        anything, in check mode too.
    type: str
    version_added: 0.10.0
  projects:
    description:
      - The projects.
    type: list
    elements: dict
    suboptions: &project
      name:
        description: Name of the project. If O(projects[].project_id) is given as well, the project gets this name.
        type: str
      project_id:
        description: ID of the project. It counts before the name.
        type: str
      external_key_id:
        description: ID of the external key that encrypts the project's data. An empty string clears it.
        type: str
      residency:
        description:
          - Where data of the project resides. Settled when it is created.
          - Known values are those of M(community.openai_admin.project). The API may have others.
        type: str
      state:
        description: V(archived) archives the project, which cannot be undone. What it declares does not count then.
        type: str
        choices:
          - present
          - archived
        default: present
      attributes:
        description:
          - What you add to the project yourself, such as C(cost_center) or C(owner_team). It is never sent.
          - Anything else that is no option of a project is refused.
        type: dict
        version_added: 0.10.0
      cost_center:
        description:
          - Deprecated. Move it into O(projects[].attributes). It will be refused from version 2.0.0 on.
        type: raw
      allow_archived_namesake:
        description: Create the project even if an archived one has its name.
        type: bool
        default: false
      users: &project_users
        description: People of the project. Who is not in the organization is invited if O(invite_missing) is V(true).
        type: list
        elements: dict
        suboptions:
          email:
            description: E-mail address of the person.
            type: str
          user_id:
            description: ID of the person. It counts before the e-mail address.
            type: str
          role:
            description: Role in the project, such as V(member) or V(owner). A person who is added gets V(member).
            type: str
          state:
            description: Whether the person is in the project.
            type: str
            choices:
              - present
              - absent
            default: present
      service_accounts: &service_accounts
        description: Service accounts of the project.
        type: list
        elements: dict
        suboptions:
          name:
            description: Name of the service account.
            type: str
          service_account_id:
            description: ID of the service account. It counts before the name.
            type: str
          role:
            description: Role in the project, such as V(member), V(owner) or V(none). A new account gets V(member).
            type: str
          state:
            description: Whether the service account exists. Its keys go with it.
            type: str
            choices:
              - present
              - absent
            default: present
      rate_limits: &rate_limits
        description: What the project may send to models. Limits that are not named stay as they are.
        type: list
        elements: dict
        suboptions:
          model:
            description: Name of the model.
            type: str
          max_requests_per_1_minute:
            description: Requests per minute.
            type: int
          max_tokens_per_1_minute:
            description: Tokens per minute.
            type: int
          max_images_per_1_minute:
            description: Images per minute.
            type: int
          max_audio_megabytes_per_1_minute:
            description: Megabytes of audio per minute.
            type: int
          max_requests_per_1_day:
            description: Requests per day.
            type: int
          batch_1_day_max_input_tokens:
            description: Input tokens per day, in batches.
            type: int
      certificates: &project_certificates
        description: Certificates of the organization that are active in the project, for mutual TLS.
        type: list
        elements: dict
        suboptions:
          name:
            description: Name of the certificate, be it uploaded by the same task.
            type: str
          certificate_id:
            description: ID of the certificate. It counts before the other options.
            type: str
          fingerprint:
            description: SHA-256 fingerprint of the certificate, with colons or without. It counts before the name.
            type: str
          state:
            description: V(present) makes sure that the certificate is active in the project, V(absent) that it is not.
            type: str
            choices:
              - present
              - absent
            default: present
      spend_limit: &project_spend_limit
        description: How much the project may cost in a month. Left as it is if omitted.
        type: dict
        suboptions:
          usd_per_month:
            description: US dollars, such as V(500) or V(499.5). Required unless the limit is to be absent.
            type: float
          state:
            description: V(absent) removes the limit.
            type: str
            choices:
              - present
              - absent
            default: present
      data_retention: &project_data_retention
        description: What OpenAI keeps of the requests of the project. Left as it is if omitted.
        type: dict
        suboptions:
          type:
            description: Type of data retention, as M(community.openai_admin.data_retention) has it. Required.
            type: str
          allow_weaker_retention:
            description: Whether to change to a type that retains more data, or may do so.
            type: bool
            default: false
      purge: &project_purge
        description:
          - Collections of the project whose undeclared members go. Only of collections that the project declares.
          - Owners of the organization are never removed. Certificates are deactivated in the project, not deleted.
        type: list
        elements: str
        choices:
          - users
          - service_accounts
          - certificates
      defaults:
        description:
          - Whether O(project_defaults) are for the project.
          - If V(false), they declare nothing for it. Only what stands in the project itself is managed, as for a
            project in which another tool owns the rest.
        type: bool
        default: true
  project_defaults:
    description:
      - What all declared projects have. An entry of a project that names the same object counts option by option
        before it.
      - A collection that is declared here is managed in every declared project, be it declared by its name alone. Only
        projects with O(projects[].defaults=false) are left out.
    type: dict
    suboptions:
      users: *project_users
      service_accounts: *service_accounts
      rate_limits: *rate_limits
      certificates: *project_certificates
      spend_limit: *project_spend_limit
      data_retention: *project_data_retention
      purge: *project_purge
  users:
    description:
      - People of the organization.
      - Who is not in the organization is invited if O(invite_missing) is V(true).
    type: list
    elements: dict
    suboptions:
      email:
        description: E-mail address of the person.
        type: str
      user_id:
        description: ID of the person. It counts before the e-mail address.
        type: str
      role:
        description: Role in the organization, V(owner) or V(reader).
        type: str
      technical_level:
        description: Technical level. An empty string clears it.
        type: str
      developer_persona:
        description: Developer persona. An empty string clears it.
        type: str
      state:
        description: Whether the person is in the organization.
        type: str
        choices:
          - present
          - absent
        default: present
  invites:
    description: Invites to the organization. A person who is a member already needs none, and is not changed.
    type: list
    elements: dict
    suboptions:
      email:
        description: E-mail address to invite.
        type: str
      invite_id:
        description:
          - ID of an invite. It counts before the address, and tells several open invites to one address apart.
          - An invite that is declared by its ID is declared, whatever else goes to its address. It is never replaced,
            since what is sent in its place has another ID. One that has expired gets a warning, one that differs fails.
        type: str
      role:
        description: Role in the organization, such as V(owner). V(reader) if omitted, when an invite is sent.
        type: str
      projects:
        description: Projects that the invite leads to. None if omitted, when an invite is sent.
        type: list
        elements: dict
        suboptions:
          project:
            description: Name of the project.
            type: str
          project_id:
            description: ID of the project. It counts before the name.
            type: str
          role:
            description: Role in the project, such as V(member) or V(owner).
            type: str
            default: member
      state:
        description: V(absent) withdraws the invite.
        type: str
        choices:
          - present
          - absent
        default: present
  certificates:
    description:
      - Certificates for mutual TLS, which the organization and its projects can have active.
      - One that is declared to be absent is deactivated wherever it is active, and deleted.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the certificate.
        type: str
      content:
        description:
          - The certificate, in PEM format. It counts before the name when the certificate is looked for, which takes a
            request more.
        type: str
      src:
        description: Path of a file with the content, where the task runs.
        type: path
      certificate_id:
        description: ID of the certificate. It counts before the other options.
        type: str
      active:
        description:
          - Whether it is active in the organization. Left as it is if omitted.
          - From the first active one on, the API answers only to clients with a certificate. The task warns of that.
        type: bool
      state:
        description: Whether the certificate exists.
        type: str
        choices:
          - present
          - absent
        default: present
  spend_limit:
    description: How much the organization may cost in a month. Left as it is if omitted.
    type: dict
    suboptions:
      usd_per_month:
        description: US dollars, such as V(500) or V(499.5). Required unless the limit is to be absent.
        type: float
      state:
        description: V(absent) removes the limit.
        type: str
        choices:
          - present
          - absent
        default: present
  data_retention:
    description: What OpenAI keeps of the requests of the organization. Left as it is if omitted.
    type: dict
    suboptions:
      type:
        description: Type of data retention, as M(community.openai_admin.data_retention) has it. Required.
        type: str
      allow_weaker_retention:
        description: Whether to change to a type that retains more data, or may do so.
        type: bool
        default: false
  email_domains:
    description:
      - Domains of e-mail addresses. An address of another domain that is declared to be present is taken for a typing
        error, and refused.
    type: list
    elements: str
  invite_missing:
    description:
      - Invite people who are declared but not in the organization, with their role and to their projects.
      - If V(false), the task fails and names all of them.
    type: bool
    default: false
  resend_after_days:
    description: Send an invite that has expired again, but at most once in so many days.
    type: int
    default: 7
  purge:
    description:
      - Collections of the organization whose undeclared members go. Only of collections that are declared.
      - Never removed are owners of the organization, people who are managed through SCIM, service accounts, accepted
        invites, and O(protected_projects).
      - Projects are archived. Set O(purge_projects) as well for that.
      - Certificates are deactivated wherever they are active, and deleted.
    type: list
    elements: str
    choices:
      - users
      - invites
      - certificates
      - projects
  purge_projects:
    description: Whether O(purge) may archive projects, which cannot be undone.
    type: bool
    default: false
  protected_projects:
    description:
      - Names of projects that need not be declared. They are neither purged nor returned in RV(unmanaged).
      - The API does not archive the default project, whatever its name is. The task keeps it then, and warns.
      - A name does not tell which of several active projects is meant. The oldest of them counts as the protected one,
        the others are told in RV(unmanaged), and none of them is archived. If their ages do not tell, all are told.
    type: list
    elements: str
    default:
      - Default project
  max_removals:
    description:
      - How many objects O(purge) and O(projects[].purge) may remove. If there are more, the task fails before it
        changes anything, in check mode as well, and still returns RV(changes).
    type: int
    default: 10
  allow_lockout:
    description:
      - Change which certificates are active even if the API would not answer to the task's own client certificate any
        more. See M(community.openai_admin.certificate_activation).
    type: bool
    default: false
  workers:
    description: How many requests may be under way at the same time. At least V(1), at most V(32).
    type: int
    default: 8
notes:
  - A failure in the middle does not stop what is independent of it. The next run continues with what is left.
  - Which certificates the organization accepts changes last, and new ones become active before others are deactivated.
    To see where certificates are active that go, those of each project are listed.
  - A task that is ended by C(SIGTERM) finishes what is under way, begins nothing more, and says what is left.
seealso:
  - module: community.openai_admin.project
  - module: community.openai_admin.project_user
  - module: community.openai_admin.service_account
  - module: community.openai_admin.rate_limit
  - module: community.openai_admin.spend_limit
  - module: community.openai_admin.data_retention
  - module: community.openai_admin.user
  - module: community.openai_admin.invite
  - module: community.openai_admin.certificate
  - module: community.openai_admin.certificate_activation
requirements:
  - cryptography >= 40 (Python library, where the module runs; only to deactivate certificates with O(client_cert))
extends_documentation_fragment:
  - community.openai_admin.attributes
  - community.openai_admin.connection
"""

EXAMPLES = r"""
---
- name: Two teams
  community.openai_admin.organization:
    email_domains: [example.com]
    invite_missing: true
    users:
      - {email: platform-owner@example.com, role: owner}
    project_defaults:
      rate_limits:
        - {model: gpt-5, max_requests_per_1_minute: 500, max_tokens_per_1_minute: 200000}
    projects:
      - name: search-prod
        attributes: {cost_center: CC-1001}
        spend_limit: {usd_per_month: 500}
        purge: [users]
        users:
          - {email: search-lead@example.com, role: owner}
          - {email: search-dev@example.com}
        service_accounts:
          - {name: search-api}
        rate_limits:
          - {model: gpt-5, max_requests_per_1_minute: 2000}
      - name: support-chat
        users:
          - {email: support-lead@example.com, role: owner}

- name: A declaration in a file
  community.openai_admin.organization:
    src: organization.yml

- name: A declaration in a variable
  community.openai_admin.organization:
    declaration: "{{ our_organization }}"
  vars:
    our_organization:
      projects:
        - name: search-prod
          service_accounts:
            - {name: search-api}
"""

RETURN = r"""
---
changes:
  description:
    - What was changed, or would be changed in check mode, in the order of the declaration.
    - If the task fails, what was changed before and besides that. If it refuses the declaration, what it would change.
  returned: success, and most failures
  type: list
  elements: dict
  contains:
    kind:
      description:
        - What it is, as the module of that name manages it, such as V(project_user).
        - V(active_certificates) are those of a project or of the organization, all at once.
      type: str
      sample: project_user
    project:
      description: Name of the project that it lies in. V(null) if it lies in none.
      type: str
      sample: search-prod
    name:
      description: Its e-mail address, model or name. Of V(active_certificates), the names of those that change.
      type: str
      sample: search-dev@example.com
    action:
      description: What was done, such as V(create), V(add), V(update), V(replace), V(remove) or V(archive).
      type: str
      sample: update
    where:
      description:
        - Where it is declared, counted from 0. Empty if it is not, as what is purged.
        - Of V(active_certificates), where they are declared together.
      type: str
      sample: projects[0].users[1]
    place:
      description:
        - The same as file, line and column. Empty if that is not known.
        - It is known of what O(src) names, and with ansible-core 2.19 and newer of variables.
      type: str
      sample: organization.yml:12:9
    before:
      description: Identity and declared values before. V(null) if it did not exist.
      type: dict
      sample:
        email: search-dev@example.com
        role: owner
    after:
      description: The same after the task. V(null) if it is gone.
      type: dict
      sample:
        email: search-dev@example.com
        role: member
    fields:
      description: Names of the values that differ.
      type: list
      elements: str
      sample: [role]
    purged:
      description: Whether it went because it is not declared.
      type: bool
      sample: false
    default:
      description:
        - Where O(project_defaults) have what makes the change, as a whole or in part. V(null) if the declaration has it
          elsewhere.
      type: str
      sample: project_defaults.rate_limits[0]
summary:
  description:
    - How many objects of each kind were changed in which way, or are C(unchanged). If the task fails, some are
      C(failed) or C(left).
  returned: success, and most failures
  type: dict
  sample:
    project_users:
      add: 1
      unchanged: 11
    projects:
      unchanged: 3
unmanaged:
  description:
    - What lies in a declared collection and is not declared. Without owners of the organization among the users of
      projects, O(protected_projects), and people of the organization who are declared in a project, unless they own
      the organization.
  returned: success, and most failures
  type: list
  elements: dict
  contains:
    kind:
      description: What it is, such as V(service_account).
      type: str
      sample: service_account
    project:
      description: Name of the project that it lies in. V(null) if it lies in none.
      type: str
      sample: search-prod
    name:
      description: Its e-mail address or name.
      type: str
      sample: forgotten
    id:
      description: Its ID.
      type: str
      sample: svc_acct_7UcusXZWAPA03mYMOAnFwvBl
    role:
      description: Its role in the organization or in the project. V(null) of a project.
      type: str
      sample: member
    since:
      description: When it was created or added, in Unix seconds.
      type: int
      sample: 1795396681
undeclared_rate_limits:
  description: The models whose limits a project does not declare, by the names of projects that declare limits.
  returned: success, and most failures
  type: dict
  sample:
    search-prod: [gpt-5-mini, gpt-image-1]
pending:
  description: Invites that are as declared and have not been accepted, or that have expired and were sent lately.
  returned: success, and most failures
  type: list
  elements: dict
  contains:
    id:
      description: ID of the invite.
      type: str
      sample: invite-LrTzBSHo2mHSVLgP
    email:
      description: E-mail address that was invited.
      type: str
      sample: new@example.com
    role:
      description: Role in the organization.
      type: str
      sample: reader
    projects:
      description: IDs and roles of the projects that the invite leads to.
      type: list
      elements: dict
      sample: []
    status:
      description: V(pending) or V(expired).
      type: str
      sample: pending
    created_at:
      description: When it was sent, in Unix seconds.
      type: int
      sample: 1795396681
    expires_at:
      description: When it expires, in Unix seconds.
      type: int
      sample: 1796001481
    accepted_at:
      description: V(null).
      type: int
      sample: null
ids:
  description:
    - IDs of what is declared to be there, by names. In check mode V(null) for what would be created.
  returned: success, and most failures
  type: dict
  contains:
    certificates:
      description: IDs of certificates by name.
      type: dict
      sample: {}
    projects:
      description: IDs of projects by name.
      type: dict
      sample:
        search-prod: proj_CABoAQ9gqh9xzdiOINPmykFR
    users:
      description: IDs of people of the organization by e-mail address.
      type: dict
      sample:
        platform-owner@example.com: user-ZsQjypq2uk9Ag0vIY2jPOEb1
    service_accounts:
      description: IDs of service accounts by the names of their projects, and by name.
      type: dict
      sample:
        search-prod:
          search-api: svc_acct_7UcusXZWAPA03mYMOAnFwvBl
organization_name:
  description:
    - Name of the organization that answered, from the header C(openai-organization) of the answers.
    - V(null) if no answer has this header, or if the task sent no request.
  returned: success, and most failures
  type: str
  sample: example-organization
  version_added: 0.10.0
requests:
  description: What was asked of the API, and where the task waited for it.
  returned: success, and most failures
  type: dict
  contains:
    reads:
      description: Requests that read.
      type: int
      sample: 10
    writes:
      description: Requests that write.
      type: int
      sample: 1
    retries:
      description: Requests that were sent again.
      type: int
      sample: 0
    waited:
      description:
        - By how many seconds the task took longer because it waited for the API. Waits beside each other count once,
          and a wait beside which other requests went on does not count.
      type: float
      sample: 0.0
    routes:
      description:
        - The numbers C(sent), C(retries) and C(waited) of each method and route. C(waited) are the seconds in which the
          route rested. Routes rest beside each other.
      type: dict
      sample:
        GET /organization/projects:
          sent: 1
          retries: 0
          waited: 0.0
diff:
  description: The differences of all changes, each with headers, as C(--diff) shows them.
  returned: in diff mode
  type: list
  elements: dict
  contains:
    before_header:
      description: What changes.
      type: str
      sample: project user 'search-dev@example.com' of project 'search-prod'
    after_header:
      description: The same.
      type: str
      sample: project user 'search-dev@example.com' of project 'search-prod'
    before:
      description: As RV(changes[].before).
      type: dict
    after:
      description: As RV(changes[].after).
      type: dict
diff_truncated:
  description: V(true). RV(diff) does not show all changes, since they take more than 200,000 bytes.
  returned: in diff mode, when it is so
  type: bool
  sample: true
done:
  description: What was done before and besides a failure.
  returned: when changes failed
  type: list
  elements: str
  sample: ["create project 'search-prod'"]
problems:
  description: What is wrong with the declaration, the first 50 problems. The message has a line for each.
  returned: when the declaration is refused
  type: list
  elements: dict
  contains:
    where:
      description: The declared object, counted from 0. Empty for the options of the task itself.
      type: str
      sample: projects[0].users[1]
    project:
      description: What the project is called that the object is, or lies in. Empty for what lies in none.
      type: str
      sample: search-prod
    option:
      description: The option of the object. Empty if the object as a whole is meant.
      type: str
      sample: role
    message:
      description: What is wrong.
      type: str
      sample: role must not be empty.
    other:
      description: Another declared object that the message names. Empty if there is none.
      type: str
      sample: ""
    of_name:
      description: Whether it is the option's name that is wrong, and not its value.
      type: bool
      sample: false
    place:
      description:
        - Where it stands, as file, line and column. Empty if that is not known.
        - It is known of what O(src) names, and with ansible-core 2.19 and newer of variables.
      type: str
      sample: organization.yml:12:9
failed_changes:
  description: What failed.
  returned: when changes failed
  type: list
  elements: dict
  contains:
    kind:
      description: As RV(changes[].kind).
      type: str
      sample: project
    project:
      description: As RV(changes[].project).
      type: str
      sample: null
    name:
      description: As RV(changes[].name).
      type: str
      sample: search-prod
    action:
      description: As RV(changes[].action).
      type: str
      sample: create
    where:
      description: As RV(changes[].where).
      type: str
      sample: projects[0]
    place:
      description: As RV(changes[].place).
      type: str
      sample: organization.yml:3:5
    msg:
      description: The place, if it is known, what was being done, and the API's words.
      type: str
      sample: "organization.yml:3:5: Could not create project 'search-prod': Something went wrong (HTTP 500)."
not_tried:
  description: What was not tried, since it waits for something that failed, or since the task was stopped.
  returned: when changes failed
  type: list
  elements: dict
  contains:
    kind:
      description: As RV(changes[].kind).
      type: str
      sample: project_user
    project:
      description: As RV(changes[].project).
      type: str
      sample: search-prod
    name:
      description: As RV(changes[].name).
      type: str
      sample: search-dev@example.com
    action:
      description: As RV(changes[].action).
      type: str
      sample: add
    where:
      description: As RV(changes[].where).
      type: str
      sample: projects[0].users[1]
    place:
      description: As RV(changes[].place).
      type: str
      sample: organization.yml:12:9
    waits_for:
      description: What it waits for. V(null) if the task was stopped.
      type: str
      sample: create project 'search-prod'
status_code:
  description: HTTP status of the API's answer.
  returned: when the API refuses a request
  type: int
  sample: 401
error_code:
  description: The API's code for the error. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: invalid_api_key
error_type:
  description: The API's type of the error. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: invalid_request_error
error_param:
  description: The parameter that the API complains about. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: null
request_id:
  description: The request's ID, to give to the API's support. May be V(null).
  returned: when the API refuses a request
  type: str
  sample: req_TXcmeWzpl019zHjDPgj5zpFF
"""

from ansible_collections.community.openai_admin.plugins.module_utils._module.runner import run
from ansible_collections.community.openai_admin.plugins.module_utils._organization.manage import manage_organization

TASK = manage_organization()


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
