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
  - Bring projects, their people, service accounts and rate limits, the people of the organization, its invites, its
    groups with their members and its certificates into the declared state, all in one task.
  - The task reads each declared collection once and writes only what differs. It neither reads nor changes collections
    that the declaration omits.
  - If you delete an object from the declaration, the task does not remove it, unless O(purge) or O(projects[].purge)
    names its collection. It returns the object in RV(unmanaged).
  - Every object follows the rules of its own module, such as M(community.openai_admin.project_user).
  - The task never issues or returns a key. Use M(community.openai_admin.project_api_key) for that.
options:
  src:
    description:
      - Path of a file with the declaration, on the controller. It contains these options, at the top level or in
        C(openai_admin_organization), as M(community.openai_admin.organization_info) returns them.
      - Path of a directory with such a file, C(organization.yml), and with a file for each project in C(projects/). The
        playbook C(community.openai_admin.export) writes both. In C(projects/), the task reads C(*.yml) and C(*.yaml),
        recursively. It ignores hidden files, hidden folders and C(*.md), and rejects any other file.
      - Options of the task override those of the file.
      - The task looks for a relative path in the directory in which you started Ansible, in C(files/) and beside the
        playbook, and fails if it finds two. The file may be encrypted with Ansible Vault.
      - The file is data. The task rejects a string that looks like a template, unless it has the tag C(!unsafe).
      - For a large organization this takes a fraction of the time and memory of a variable.
    type: path
  declaration:
    description:
      - The whole declaration as one value, such as a variable, with the options of this module as keys.
      - Options of the task override those of O(declaration), which override those of O(src).
      - O(src) and the options of the connection belong in the task, and are rejected here.
    type: dict
    version_added: 0.10.0
  organization:
    description:
      - Name of the organization that the declaration is for, as in the header C(openai-organization) of the API's
        answers. RV(organization_name) and the reports of the jobs show it.
      - If the answers name another organization, or none, the task fails before it changes anything, in check mode too.
    type: str
    version_added: 0.10.0
  projects:
    description:
      - The projects.
    type: list
    elements: dict
    suboptions: &project
      name:
        description: Name of the project. With O(projects[].project_id), the task renames the project to this name.
        type: str
      project_id:
        description: ID of the project. It takes precedence over the name.
        type: str
      external_key:
        description: Name of the external key that encrypts the project's data.
        type: str
      external_key_id:
        description: ID of that external key. It takes precedence over the name. An empty string clears it.
        type: str
      residency:
        description:
          - Where the project's data resides. It cannot be changed later.
          - Known values are those of M(community.openai_admin.project). The API may have others.
        type: str
      state:
        description: V(archived) archives the project, for good. The task ignores what an archived project declares.
        type: str
        choices:
          - present
          - archived
        default: present
      attributes:
        description:
          - Your own data about the project, such as C(cost_center) or C(owner_team). The task never sends it.
          - The task rejects all other unknown options of a project.
        type: dict
        version_added: 0.10.0
      cost_center:
        description:
          - Deprecated. Move it into O(projects[].attributes). It will be rejected from version 2.0.0 on.
        type: raw
      budget_usd:
        description:
          - Monthly budget of the project in US dollars, such as V(500) or V(499.5), with at most two decimals.
          - The task never sends it. The job C(community.openai_admin.budget) compares the costs with it.
        type: raw
        version_added: 0.10.0
      people_keys:
        description:
          - V(false) says that only service accounts may own API keys of the project.
          - The task never sends it. The audit reports keys of people there.
        type: bool
        version_added: 0.10.0
      allow_archived_namesake:
        description: Whether to create the project even if an archived one has its name.
        type: bool
        default: false
      users: &project_users
        description: People of the project. O(invite_missing=true) invites those who are not in the organization.
        type: list
        elements: dict
        suboptions:
          email:
            description: E-mail address of the person.
            type: str
          user_id:
            description: ID of the person. It takes precedence over the e-mail address.
            type: str
          role:
            description: Role in the project, such as V(member) or V(owner). If omitted, a new person gets V(member).
            type: str
          roles:
            description:
              - Custom roles of the person in the project, in addition to O(projects[].users[].role). An entry can be a
                dictionary, or just the name of a role. If omitted, the task neither reads nor changes them.
              - Roles that come from groups are left alone.
            type: list
            elements: dict
            version_added: 0.10.0
            suboptions:
              role:
                description: Name of the role.
                type: str
              role_id:
                description: ID of the role. It counts before the name.
                type: str
              state:
                description: V(absent) takes the role away.
                type: str
                choices:
                  - present
                  - absent
                default: present
          purge:
            description: V(roles) takes away custom roles that are not declared in O(projects[].users[].roles).
            type: list
            elements: str
            choices:
              - roles
            version_added: 0.10.0
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
            description: ID of the service account. It takes precedence over the name.
            type: str
          role:
            description: Role in the project, such as V(member), V(owner) or V(none). New accounts get V(member).
            type: str
          state:
            description: Whether the service account exists. Deleting it revokes its keys.
            type: str
            choices:
              - present
              - absent
            default: present
      rate_limits: &rate_limits
        description: Rate limits of the project. Limits that are not named stay as they are.
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
            description: Name of the certificate, which the same task may upload.
            type: str
          certificate_id:
            description: ID of the certificate. It takes precedence over the other options.
            type: str
          fingerprint:
            description: SHA-256 fingerprint of the certificate. It takes precedence over the name.
            type: str
          state:
            description: V(present) makes sure that the certificate is active in the project, V(absent) that it is not.
            type: str
            choices:
              - present
              - absent
            default: present
      roles: &project_roles
        description:
          - Custom roles of the project. In O(project_defaults), each project gets a role of its own.
        type: list
        elements: dict
        version_added: 0.10.0
        suboptions:
          role_id:
            description: ID of the role. It takes precedence over the name.
            type: str
          name:
            description: Name of the role, case-sensitive.
            type: str
          description:
            description: Description of the role. An empty string removes it. Left as it is if omitted.
            type: str
          permissions:
            description: All permissions of the role, such as V(api.responses.write). Needed to create a role.
            type: list
            elements: str
          state:
            description: Whether the role exists.
            type: str
            choices:
              - present
              - absent
            default: present
      groups: &project_groups
        description:
          - Groups with access to the project.
          - The API adds a group to a project together with a role, so a group without access needs a role here. For one
            that has access, the task reads and changes its roles only if the entry declares some.
        type: list
        elements: dict
        version_added: 0.10.0
        suboptions:
          group:
            description: Name of the group.
            type: str
          group_id:
            description: ID of the group. It counts before the name.
            type: str
          role:
            description:
              - Name of one role of the group in the project, V(owner), V(member), V(viewer) or that of a custom role.
                It is short for O(projects[].groups[].roles) with one entry.
            type: str
          role_id:
            description: ID of the role. It counts before the name.
            type: str
          roles:
            description:
              - Roles of the group in the project. All its members have them. An entry can be a dictionary, or just the
                name of a role.
              - Other roles of the group stay, unless O(projects[].groups[].purge) contains V(roles).
            type: list
            elements: dict
            suboptions:
              role:
                description: Name of the role, V(owner), V(member), V(viewer) or that of a custom role.
                type: str
              role_id:
                description: ID of the role. It counts before the name.
                type: str
              state:
                description: V(absent) takes the role away.
                type: str
                choices:
                  - present
                  - absent
                default: present
          purge:
            description: V(roles) takes away roles that the entry does not declare.
            type: list
            elements: str
            choices:
              - roles
          allow_owner_group:
            description: Whether the group may get the role V(owner), so that all its members own the project.
            type: bool
            default: false
          state:
            description: V(absent) ends the access of the group to the project.
            type: str
            choices:
              - present
              - absent
            default: present
      model_permissions: &project_model_permissions
        description: Which models the project may use. Left as it is if omitted.
        type: dict
        suboptions:
          allow:
            description: Models that the project may use, and no others. Required unless O(ignore:deny) is given.
            type: list
            elements: str
          deny:
            description: Models that the project may not use. All others may be used.
            type: list
            elements: str
          state:
            description: V(absent) removes the restriction, so that the project may use all models.
            type: str
            choices:
              - present
              - absent
            default: present
      hosted_tools: &project_hosted_tools
        description: Which of the tools that OpenAI runs the project may use. Tools that are omitted stay as they are.
        type: dict
        suboptions:
          code_interpreter:
            description: Whether the project's requests may run code.
            type: bool
          file_search:
            description: Whether the project's requests may search files in vector stores.
            type: bool
          image_generation:
            description: Whether the project's requests may generate images.
            type: bool
          mcp:
            description: Whether the project's requests may call remote MCP servers.
            type: bool
          web_search:
            description: Whether the project's requests may search the web.
            type: bool
      spend_alerts: &project_spend_alerts
        description: Alerts, which OpenAI sends by e-mail when the project has cost a certain amount in a month.
        type: list
        elements: dict
        suboptions:
          alert_id:
            description: ID of the alert. It takes precedence over the amount.
            type: str
          usd_per_month:
            description: US dollars in a month, such as V(400) or V(399.5). They identify the alert.
            type: float
          recipients:
            description: E-mail addresses to which the alert is sent, all of them. Required for a new alert.
            type: list
            elements: str
          subject_prefix:
            description: Beginning of the subject of the e-mails. An empty string removes it.
            type: str
          state:
            description: V(present) makes sure that the alert exists as the task says, V(absent) that it does not exist.
            type: str
            choices:
              - present
              - absent
            default: present
      spend_limit: &project_spend_limit
        description: Monthly spend limit of the project. If omitted, it stays as it is.
        type: dict
        suboptions:
          usd_per_month:
            description: US dollars, such as V(500) or V(499.5). Required unless the state is V(absent).
            type: float
          state:
            description: V(absent) removes the limit.
            type: str
            choices:
              - present
              - absent
            default: present
          allow_enforcing:
            description: Set the limit even if this month's costs have already reached it.
            type: bool
            default: false
      service_tiers: &project_service_tiers
        description: Which service tiers the requests of the project may use. Left as they are if omitted.
        type: dict
        suboptions:
          default:
            description: Tier of requests that name no tier, such as V(standard), V(fast) or V(scale).
            type: str
          enabled:
            description:
              - Tiers that requests may use besides V(standard). V(all), or a list of tiers such as V(flex).
              - An empty list leaves only V(standard).
            type: raw
      data_retention: &project_data_retention
        description: Data retention of the project. If omitted, it stays as it is.
        type: dict
        suboptions:
          type:
            description: Type of data retention, as in M(community.openai_admin.data_retention). Required.
            type: str
          allow_weaker_retention:
            description:
              - Whether to change to a type that retains more data, or may do so.
              - A project that the same task creates needs it only if the organization declares a stricter type.
            type: bool
            default: false
      purge: &project_purge
        description:
          - Collections of the project from which to remove undeclared objects. The project has to declare these
            collections.
          - The task never removes owners of the organization. It deactivates certificates in the project, and does not
            delete them.
        type: list
        elements: str
        choices:
          - users
          - service_accounts
          - certificates
          - roles
          - groups
          - spend_alerts
      defaults:
        description:
          - Whether O(project_defaults) apply to the project.
          - With V(false), the task manages only what the project itself declares. Use this for a project in which
            another tool owns the rest.
        type: bool
        default: true
  project_defaults:
    description:
      - What all declared projects get. An entry of a project for the same object overrides it, option by option.
      - The task manages a collection that is declared here in every declared project, even one that is declared only by
        name, except those with O(projects[].defaults=false).
    type: dict
    suboptions:
      users: *project_users
      service_accounts: *service_accounts
      rate_limits: *rate_limits
      certificates: *project_certificates
      roles: *project_roles
      groups: *project_groups
      model_permissions: *project_model_permissions
      hosted_tools: *project_hosted_tools
      spend_alerts: *project_spend_alerts
      spend_limit: *project_spend_limit
      service_tiers: *project_service_tiers
      data_retention: *project_data_retention
      purge: *project_purge
  users:
    description:
      - People of the organization.
      - With O(invite_missing=true), the task invites those who are not in the organization.
    type: list
    elements: dict
    suboptions:
      email:
        description: E-mail address of the person.
        type: str
      user_id:
        description: ID of the person. It takes precedence over the e-mail address.
        type: str
      role:
        description: Role in the organization, V(owner) or V(reader).
        type: str
      roles:
        description:
          - Custom roles of the person in the organization, in addition to O(users[].role). An entry can be a
            dictionary, or just the name of a role. If omitted, the task neither reads nor changes them.
          - Roles that come from groups are left alone.
        type: list
        elements: dict
        version_added: 0.10.0
        suboptions:
          role:
            description: Name of the role.
            type: str
          role_id:
            description: ID of the role. It counts before the name.
            type: str
          state:
            description: V(absent) takes the role away.
            type: str
            choices:
              - present
              - absent
            default: present
      purge:
        description: V(roles) takes away custom roles that are not declared in O(users[].roles).
        type: list
        elements: str
        choices:
          - roles
        version_added: 0.10.0
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
    description: Invites to the organization. The task does not change a person who is in the organization already.
    type: list
    elements: dict
    suboptions:
      email:
        description: E-mail address to invite.
        type: str
      invite_id:
        description:
          - ID of an invite. It takes precedence over the address, and distinguishes several open invites to one
            address.
          - An invite that is declared by ID counts as declared, regardless of other invites to its address. The task
            never replaces it, because a replacement would have another ID. It warns if the invite has expired, and
            fails if the invite differs.
        type: str
      role:
        description: Role in the organization, such as V(owner). If omitted, a new invite has V(reader).
        type: str
      projects:
        description: Projects of the invite. If omitted, a new invite has none.
        type: list
        elements: dict
        suboptions:
          project:
            description: Name of the project.
            type: str
          project_id:
            description: ID of the project. It takes precedence over the name.
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
      - Certificates for mutual TLS, which can be active in the organization and in projects.
      - The task deactivates an absent certificate wherever it is active, and deletes it.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the certificate.
        type: str
      content:
        description:
          - The certificate, in PEM format. The task finds the certificate by its content rather than by its name, which
            costs one more request.
        type: str
      src:
        description: Path of a file with the content, where the task runs.
        type: path
      certificate_id:
        description: ID of the certificate. It takes precedence over the other options.
        type: str
      active:
        description:
          - Whether it is active in the organization. If omitted, the state stays as it is.
          - From the first active certificate on, the API answers only clients with a certificate. The task warns about
            this.
        type: bool
      state:
        description: Whether the certificate exists.
        type: str
        choices:
          - present
          - absent
        default: present
  roles:
    description:
      - Custom roles of the organization, which can act in all projects. Predefined roles need not be declared.
    type: list
    elements: dict
    version_added: 0.10.0
    suboptions:
      role_id:
        description: ID of the role. It takes precedence over the name.
        type: str
      name:
        description: Name of the role, case-sensitive.
        type: str
      description:
        description: Description of the role. An empty string removes it. Left as it is if omitted.
        type: str
      permissions:
        description: All permissions of the role, such as V(api.responses.write). Needed to create a role.
        type: list
        elements: str
      state:
        description: Whether the role exists.
        type: str
        choices:
          - present
          - absent
        default: present
  groups:
    description:
      - Groups of the organization, their members and their roles.
      - The task never renames, empties or deletes a group that an identity provider manages through SCIM, or a group of
        another type. It fails if the declaration would change such a group. No option allows it.
    type: list
    elements: dict
    version_added: 0.10.0
    suboptions:
      name:
        description:
          - Name of the group, of at most 255 characters. If O(groups[].group_id) is given as well, the group gets this
            name.
        type: str
      group_id:
        description: ID of the group. It takes precedence over the name.
        type: str
      scim:
        description:
          - V(true) declares that an identity provider manages the group and its members. The group must exist, and
            O(groups[].members) must be omitted.
        type: bool
      allow_owner_group:
        description:
          - Whether the group may get the role V(owner) of the organization, so that all its members own the
            organization.
        type: bool
        version_added: 0.10.0
      members:
        description:
          - Members of the group, people and service accounts, as in M(community.openai_admin.group_user). Other members
            stay, unless O(groups[].purge) contains V(members).
          - With O(invite_missing=true), the task invites people who are not in the organization. The run after they
            have accepted adds them to the group.
        type: list
        elements: dict
        suboptions:
          email:
            description: E-mail address of a person.
            type: str
          user_id:
            description: ID of a person. It takes precedence over the e-mail address.
            type: str
          service_account:
            description:
              - Name of a service account, which can be one that the same task creates. Its project is required with it.
            type: str
          service_account_id:
            description: ID of a service account. It takes precedence over the name. The project is required, too.
            type: str
          project:
            description: Name of the project of a service account.
            type: str
          project_id:
            description: ID of that project. It takes precedence over the name.
            type: str
          state:
            description: V(absent) removes the member from the group.
            type: str
            choices:
              - present
              - absent
            default: present
      roles:
        description:
          - Roles of the group in the organization. All its members have them. An entry can be a dictionary, or just the
            name of a role. If omitted, the task neither reads nor changes them.
          - It is also valid for groups that an identity provider manages.
        type: list
        elements: dict
        version_added: 0.10.0
        suboptions:
          role:
            description: Name of the role.
            type: str
          role_id:
            description: ID of the role. It counts before the name.
            type: str
          state:
            description: V(absent) takes the role away.
            type: str
            choices:
              - present
              - absent
            default: present
      purge:
        description:
          - V(members) removes members who are not declared in O(groups[].members).
          - V(roles) takes away roles that are not declared in O(groups[].roles), except the role V(owner).
        type: list
        elements: str
        choices:
          - members
          - roles
      state:
        description:
          - V(absent) deletes the group. Its members lose the access that it gives them. The task cannot tell what that
            is.
        type: str
        choices:
          - present
          - absent
        default: present
  spend_alerts:
    description: Alerts, which OpenAI sends by e-mail when the organization has cost a certain amount in a month.
    type: list
    elements: dict
    suboptions:
      alert_id:
        description: ID of the alert. It takes precedence over the amount.
        type: str
      usd_per_month:
        description: US dollars in a month, such as V(400) or V(399.5). They identify the alert.
        type: float
      recipients:
        description: E-mail addresses to which the alert is sent, all of them. Required for a new alert.
        type: list
        elements: str
      subject_prefix:
        description: Beginning of the subject of the e-mails. An empty string removes it.
        type: str
      state:
        description: V(present) makes sure that the alert exists as the task says, V(absent) that it does not exist.
        type: str
        choices:
          - present
          - absent
        default: present
  spend_limit:
    description: Monthly spend limit of the organization. If omitted, it stays as it is.
    type: dict
    suboptions:
      usd_per_month:
        description: US dollars, such as V(500) or V(499.5). Required unless the state is V(absent).
        type: float
      state:
        description: V(absent) removes the limit.
        type: str
        choices:
          - present
          - absent
        default: present
      allow_enforcing:
        description: Set the limit even if this month's costs have already reached it.
        type: bool
        default: false
  data_retention:
    description: Data retention of the organization. If omitted, it stays as it is.
    type: dict
    suboptions:
      type:
        description: Type of data retention, as in M(community.openai_admin.data_retention). Required.
        type: str
      allow_weaker_retention:
        description: Whether to change to a type that retains more data, or may do so.
        type: bool
        default: false
  external_keys:
    description:
      - External keys, as in M(community.openai_admin.external_key). Projects name them in
        O(projects[].external_key). The task never removes undeclared ones.
    type: list
    elements: dict
    version_added: 0.10.0
    suboptions:
      external_key_id:
        description: ID of the external key.
        type: str
      name:
        description: Name of the external key.
        type: str
      type:
        description: Cloud of the key, one of V(aws), V(azure), V(gcp) and V(oci).
        type: str
      purpose:
        description: Purpose of the key.
        type: str
      kms_arn:
        description: ARN of the key in AWS KMS.
        type: str
      role_arn:
        description: ARN of the role that OpenAI assumes, such as V(arn:aws:iam::123456789012:role/openai).
        type: str
      external_id:
        description:
          - External ID in the trust policy of the role, which is the ID of the organization, or of one of its projects.
        type: str
      tenant_id:
        description: ID of the tenant in Microsoft Entra.
        type: str
      vault_uri:
        description: Address of the key vault.
        type: str
      key_name:
        description: Name of the key in the vault.
        type: str
      audience:
        description:
          - Audience of the tokens that OpenAI sends to Google Cloud, which is the ID of the organization, or of one of
            its projects.
        type: str
      kms_project_id:
        description: ID of the project in Google Cloud that contains the key.
        type: str
      kms_key_location:
        description: Location of the key ring.
        type: str
      kms_key_ring_name:
        description: Name of the key ring.
        type: str
      kms_key_name:
        description: Name of the key in the key ring.
        type: str
      workload_identity_project_number:
        description: Number of the project in Google Cloud that contains the workload identity pool.
        type: str
      workload_identity_pool_id:
        description: ID of that pool.
        type: str
      workload_identity_provider_id:
        description: ID of the provider in that pool.
        type: str
      region:
        description: Region of the vault.
        type: str
      vault_ocid:
        description: OCID of the vault.
        type: str
      key_ocid:
        description: OCID of the key.
        type: str
      kms_key_version:
        description: Version of the key.
        type: str
      key_version:
        description: Version of the key.
        type: str
      key_version_ocid:
        description: OCID of the version of the key.
        type: str
      state:
        description: V(present) makes sure that it exists, V(absent) that it does not.
        type: str
        choices:
          - present
          - absent
        default: present
      allow_unreadable_records:
        description: With C(state=absent), whether to remove a key for V(psp_decryption).
        type: bool
        default: false
  external_storage:
    description:
      - Register and remove external storage, which is storage in your own cloud for the retained records of a project
        (Private Safety Processing).
    type: list
    elements: dict
    version_added: 0.10.0
    suboptions:
      external_storage_id:
        description: ID of the external storage.
        type: str
      project_id:
        description: ID of the project.
        type: str
      project:
        description: Name of the project.
        type: str
      type:
        description: Cloud of the storage, one of V(aws), V(azure), V(gcp) and V(oci).
        type: str
      bucket:
        description: Name of the bucket.
        type: str
      role_arn:
        description: ARN of the role that OpenAI assumes, such as V(arn:aws:iam::123456789012:role/openai).
        type: str
      account_name:
        description: Name of the storage account.
        type: str
      container:
        description: Name of the container in the storage account.
        type: str
      resource_group:
        description: Resource group of the storage account.
        type: str
      subscription_id:
        description: ID of the subscription.
        type: str
      tenant_id:
        description: ID of the tenant in Microsoft Entra.
        type: str
      workload_identity_project_number:
        description: Number of the project in Google Cloud that contains the workload identity pool.
        type: str
      workload_identity_pool_id:
        description: ID of that pool.
        type: str
      workload_identity_provider_id:
        description: ID of the provider in that pool.
        type: str
      region:
        description: Region of the bucket.
        type: str
      tenancy_ocid:
        description: OCID of the tenancy.
        type: str
      state:
        description: V(present) makes sure that it exists, V(absent) that it does not.
        type: str
        choices:
          - present
          - absent
        default: present
      allow_retention_reset:
        description: With C(state=absent), whether to remove the last storage of a project.
        type: bool
        default: false
  workload_identity_providers:
    description:
      - Workload identity providers, as in M(community.openai_admin.workload_identity_provider), with their federation
        rules.
    type: list
    elements: dict
    version_added: 0.10.0
    suboptions:
      workload_identity_provider_id:
        description: ID of the provider.
        type: str
      name:
        description: Name of the provider, unique in the organization.
        type: str
      issuer:
        description: Issuer of the tokens, the value of their claim C(iss).
        type: str
      audience:
        description: Audience that the tokens must have, in their claim C(aud).
        type: str
      description:
        description: Description of the provider.
        type: str
      enabled:
        description: Whether OpenAI accepts tokens of this issuer.
        type: bool
      attribute_transformations:
        description: Attributes that are computed from claims, for the matchers of rules.
        type: dict
      discovery_url:
        description: Address of the issuer's discovery document, if it is not below C(issuer).
        type: str
      jwks:
        description: Public keys of the issuer, for an issuer whose keys OpenAI cannot reach.
        type: str
      jwks_path:
        description: File with the public keys, on the host where the task runs.
        type: path
      state:
        description: V(present) makes sure that the provider exists as the task says.
        type: str
        choices:
          - present
          - absent
        default: present
      rules:
        description:
          - Federation rules of the provider, as in M(community.openai_admin.federation_rule). Other rules stay, unless
            O(workload_identity_providers[].purge) contains V(rules).
        type: list
        elements: dict
        suboptions:
          workload_identity_federation_rule_id:
            description: ID of the rule.
            type: str
          service_account_id:
            description: ID of the service account.
            type: str
          project:
            description: Name of the service account's project.
            type: str
          project_id:
            description: ID of that project.
            type: str
          service_account:
            description: Name of the service account in the project.
            type: str
          name:
            description: Name of the rule, unique in the provider.
            type: str
          description:
            description: Description of the rule.
            type: str
          enabled:
            description: Whether OpenAI accepts tokens that match.
            type: bool
          match:
            description: What the claims of a token must be, all of them.
            type: dict
          scopes:
            description: Scopes of matching tokens, such as V(api.responses.write).
            type: list
            elements: str
          state:
            description: V(present) makes sure that the rule exists as the task says, V(absent) that it does not exist.
            type: str
            choices:
              - present
              - absent
            default: present
      purge:
        description: Kinds of objects in this entry of which the task removes those that are not declared.
        type: list
        elements: str
        choices:
          - rules
  cost_centers:
    description:
      - What several projects share, by C(cost_center) among their O(projects[].attributes).
      - The task never sends it. The job C(community.openai_admin.budget) compares the costs with it.
    type: list
    elements: dict
    version_added: 0.10.0
    suboptions:
      name:
        description: Name of the cost center, as in the attributes of projects. Required.
        type: str
      budget_usd:
        description: Monthly budget in US dollars, with at most two decimals. Omit it if only the projects have budgets.
        type: raw
      owners:
        description: E-mail addresses of those who get the messages of the job.
        type: list
        elements: str
  email_domains:
    description:
      - Domains of e-mail addresses. The task rejects a declared address of another domain as a typing error.
    type: list
    elements: str
  invite_missing:
    description:
      - Whether to invite people who are declared but not in the organization, with their role and to their projects.
      - With V(false), the task fails and lists them.
    type: bool
    default: false
  resend_after_days:
    description: Number of days after which to send an expired invite again.
    type: int
    default: 7
  purge:
    description:
      - Collections of the organization from which to remove undeclared objects. The declaration has to contain these
        collections.
      - The task never removes owners of the organization, people who are managed through SCIM, service accounts,
        accepted invites, and O(protected_projects).
      - The task archives undeclared projects only if you also set O(purge_projects=true).
      - The task deactivates undeclared certificates wherever they are active, and deletes them.
      - The task never deletes groups that an identity provider manages, or groups of another type.
    type: list
    elements: str
    choices:
      - users
      - invites
      - certificates
      - roles
      - groups
      - spend_alerts
      - workload_identity_providers
      - projects
  purge_projects:
    description: Whether O(purge) may archive projects, which cannot be undone.
    type: bool
    default: false
  protected_projects:
    description:
      - Names of projects that need not be declared. The task neither purges them nor returns them in RV(unmanaged).
      - The API does not archive the default project, whatever its name. The task then keeps it and warns.
      - If several active projects have such a name, the oldest one is the protected one. The task returns the others in
        RV(unmanaged) and archives none of them. If their ages are equal or unknown, it returns all of them.
    type: list
    elements: str
    default:
      - Default project
  max_removals:
    description:
      - Maximum number of objects that O(purge), O(projects[].purge) and O(groups[].purge) may remove. If there are
        more, the task fails before it changes anything, in check mode as well, and still returns RV(changes).
    type: int
    default: 10
  allow_lockout:
    description:
      - Whether to change the active certificates even if the API would then reject the task's own client certificate.
        See M(community.openai_admin.certificate_activation).
    type: bool
    default: false
  plan:
    description:
      - Path of a file to which check mode writes the plan, the changes that a real run would make. Outside check mode,
        the option is refused.
      - The file is JSON. It has no secrets, and only its owner can read it.
    type: path
    version_added: 0.10.0
  apply:
    description:
      - Path of a plan. The task makes the changes of this plan, or none.
      - The task plans anew, and fails before it changes anything if there is a change that is not in the plan, or one
        with other values before or after. Changes of the plan that were made since then count as done, so that the same
        plan can be applied again after an interruption.
      - It also fails if the plan was edited, or belongs to another organization or declaration.
    type: path
    version_added: 0.10.0
  plan_max_age:
    description: Maximum age of the plan in O(apply), such as V(90m), V(8h) or V(2d). By default, plans do not expire.
    type: str
    version_added: 0.10.0
  plan_sha256:
    description:
      - SHA-256 of the plan to apply, as RV(plan_sha256) returned it. It identifies the plan, and does not sign it.
      - With O(apply), the file has to be this plan. Without O(apply), the changes have to be exactly those of this
        plan, none of them made yet.
    type: str
    version_added: 0.10.0
  workers:
    description: Maximum number of concurrent requests. At least V(1), at most V(32).
    type: int
    default: 8
notes:
  - If a change fails, the task continues with all changes that do not depend on it. The next run continues with what is
    left.
  - The task changes the organization's active certificates last, and activates new ones before it deactivates others.
    To find where certificates to delete are active, it lists those of each project.
  - On C(SIGTERM), the task finishes requests in progress, begins no more, and says what is left.
seealso:
  - module: community.openai_admin.project
  - module: community.openai_admin.project_user
  - module: community.openai_admin.service_account
  - module: community.openai_admin.rate_limit
  - module: community.openai_admin.spend_limit
  - module: community.openai_admin.data_retention
  - module: community.openai_admin.user
  - module: community.openai_admin.invite
  - module: community.openai_admin.role
  - module: community.openai_admin.group
  - module: community.openai_admin.group_user
  - module: community.openai_admin.certificate
  - module: community.openai_admin.certificate_activation
requirements:
  - cryptography >= 40 (Python library, where the module runs; only to check a change of active certificates with
    O(client_cert))
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

- name: Write the plan for a review
  community.openai_admin.organization:
    src: organization.yml
    plan: plan.json
  check_mode: true

- name: Make the changes of this plan or none
  community.openai_admin.organization:
    src: organization.yml
    apply: plan.json
    plan_max_age: 2d

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
    - The changes that the task made, or would make, in the order of the declaration.
    - If the task fails, the changes that it made nevertheless. If it rejects the declaration, the changes that it would
      make.
  returned: success, and most failures
  type: list
  elements: dict
  contains:
    kind:
      description:
        - Kind of the object, which is the name of its module, such as V(project_user).
        - V(active_certificates) stands for all active certificates of a project or of the organization.
        - V(group_member) is a member of a group, which M(community.openai_admin.group_user) manages.
        - V(role_assignment) is a role of a group or of a person, which M(community.openai_admin.role_assignment)
          manages.
      type: str
      sample: project_user
    project:
      description: Name of its project. V(null) if it is not in a project.
      type: str
      sample: search-prod
    group:
      description: Name of the group that it belongs to. V(null) if it belongs to none.
      type: str
      sample: null
      version_added: 0.10.0
    user:
      description: E-mail address of the person whom it belongs to, such as a role. V(null) if it belongs to nobody.
      type: str
      sample: null
      version_added: 0.10.0
    workload_identity_provider:
      description: Name of the workload identity provider that it belongs to. V(null) if it belongs to none.
      type: str
      sample: null
      version_added: 0.10.0
    name:
      description: Its e-mail address, model or name. For V(active_certificates), the names of those that change.
      type: str
      sample: search-dev@example.com
    action:
      description: What was done, such as V(create), V(add), V(update), V(replace), V(remove) or V(archive).
      type: str
      sample: update
    where:
      description:
        - Where it is declared, counted from 0. Empty if it is not declared, such as a purged object.
        - For V(active_certificates), the place of their list.
      type: str
      sample: projects[0].users[1]
    place:
      description:
        - The same as file, line and column. Empty if unknown.
        - It is known for O(src), and for variables with ansible-core 2.19 and newer.
      type: str
      sample: organization.yml:12:9
    before:
      description: Identity and declared values before. V(null) if it did not exist.
      type: dict
      sample:
        email: search-dev@example.com
        role: owner
    after:
      description: The same after the task. V(null) if it no longer exists.
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
      description: Whether the task removed it because it is not declared.
      type: bool
      sample: false
    default:
      description:
        - Place in O(project_defaults), if the change comes wholly or partly from there. Otherwise V(null).
      type: str
      sample: project_defaults.rate_limits[0]
summary:
  description:
    - Number of objects of each kind by action, including C(unchanged). If the task fails, also C(failed) and C(left).
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
    - Objects of declared collections that are not declared, except owners of the organization among the users of
      projects, O(protected_projects), and people of the organization who are declared in a project or a group, unless
      they own the organization.
  returned: success, and most failures
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the object, such as V(service_account).
      type: str
      sample: service_account
    project:
      description: Name of its project. V(null) if it is not in a project.
      type: str
      sample: search-prod
    group:
      description: Name of the group that it belongs to. V(null) if it belongs to none.
      type: str
      sample: null
      version_added: 0.10.0
    user:
      description: E-mail address of the person whom it belongs to, such as a role. V(null) if it belongs to nobody.
      type: str
      sample: null
      version_added: 0.10.0
    workload_identity_provider:
      description: Name of the workload identity provider that it belongs to. V(null) if it belongs to none.
      type: str
      sample: null
      version_added: 0.10.0
    name:
      description: Its e-mail address or name.
      type: str
      sample: forgotten
    id:
      description: Its ID.
      type: str
      sample: svc_acct_7UcusXZWAPA03mYMOAnFwvBl
    role:
      description: Its role in the organization or in the project. V(null) for a project.
      type: str
      sample: member
    since:
      description: When it was created or added, in Unix seconds.
      type: int
      sample: 1795396681
undeclared_rate_limits:
  description: Models with undeclared limits, by name of each project that declares limits.
  returned: success, and most failures
  type: dict
  sample:
    search-prod: [gpt-5-mini, gpt-image-1]
pending:
  description: Invites that are as declared and not accepted yet, or that have expired but were sent recently.
  returned: success, and most failures
  type: list
  elements: dict
  contains:
    id:
      description: ID of the invite.
      type: str
      sample: invite-LrTzBSHo2mHSVLgP
    email:
      description: E-mail address of the invite.
      type: str
      sample: new@example.com
    role:
      description: Role in the organization.
      type: str
      sample: reader
    projects:
      description: IDs of the projects of the invite, and roles there.
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
    - IDs of declared objects, by name. In check mode, V(null) for objects that a real run would create.
  returned: success, and most failures
  type: dict
  contains:
    certificates:
      description: IDs of certificates by name.
      type: dict
      sample: {}
    roles:
      description: IDs of custom roles of the organization by name.
      type: dict
      sample: {}
      version_added: 0.10.0
    project_roles:
      description: IDs of custom roles of projects, by name of the project and by name.
      type: dict
      sample: {}
      version_added: 0.10.0
    groups:
      description: IDs of groups by name.
      type: dict
      sample: {}
      version_added: 0.10.0
    external_keys:
      description: IDs of customer-managed encryption keys by name.
      type: dict
      sample: {}
      version_added: 0.10.0
    workload_identity_providers:
      description: IDs of workload identity providers by name.
      type: dict
      sample: {}
      version_added: 0.10.0
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
      description: IDs of service accounts, by name of their project and by name.
      type: dict
      sample:
        search-prod:
          search-api: svc_acct_7UcusXZWAPA03mYMOAnFwvBl
plan_sha256:
  description: SHA-256 that identifies the plan, which is the same for the same changes of the same organization.
  returned: with O(plan), O(apply) or O(plan_sha256)
  type: str
  sample: 2f0a40e5d51c7b8dc4b1b9d7f6b0c2a9e8a4d4b8a1a3c62e3dc2b6cc0ccf9f6a
  version_added: 0.10.0
plan_differences:
  description: What is to change and is not in the plan, a line for each change.
  returned: when the changes are not those of the plan
  type: list
  elements: str
  sample: ["not in the plan: remove project_user 'late@example.com' of project 'search-prod'"]
  version_added: 0.10.0
organization_name:
  description:
    - Name of the organization that answered, from the header C(openai-organization) of the answers.
    - V(null) if no answer has this header, or if the task sent no request.
  returned: success, and most failures
  type: str
  sample: example-organization
  version_added: 0.10.0
requests:
  description: Requests to the API, and where the task waited for it.
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
      description: Retries.
      type: int
      sample: 0
    waited:
      description:
        - Number of seconds by which waiting for the API made the task longer. Simultaneous waits count once, and a wait
          during which other requests made progress does not count.
      type: float
      sample: 0.0
    routes:
      description:
        - The numbers C(sent), C(retries) and C(waited) of each method and route. C(waited) is the number of seconds of
          cooldown. Routes can wait at the same time.
      type: dict
      sample:
        GET /organization/projects:
          sent: 1
          retries: 0
          waited: 0.0
diff:
  description: The diffs of all changes, each with headers, as C(--diff) shows them.
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
  description: V(true). RV(diff) does not show all changes, because they exceed 200,000 bytes.
  returned: in diff mode, when it is so
  type: bool
  sample: true
done:
  description: What the task did in spite of the failure.
  returned: when changes failed
  type: list
  elements: str
  sample: ["create project 'search-prod'"]
problems:
  description: The first 50 problems of the declaration. The message has a line for each.
  returned: when the declaration is refused
  type: list
  elements: dict
  contains:
    where:
      description: The declared object, counted from 0. Empty for the options of the task itself.
      type: str
      sample: projects[0].users[1]
    project:
      description: Name of the project that the object is or is part of. Empty if there is none.
      type: str
      sample: search-prod
    option:
      description: The option of the object. Empty for the object as a whole.
      type: str
      sample: role
    message:
      description: What is wrong.
      type: str
      sample: role must not be empty.
    other:
      description: Another declared object that the message mentions. Empty if there is none.
      type: str
      sample: ""
    of_name:
      description: Whether the name of the option is wrong, not its value.
      type: bool
      sample: false
    place:
      description:
        - Its place as file, line and column. Empty if unknown.
        - It is known for O(src), and for variables with ansible-core 2.19 and newer.
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
      description: The place, if known, what the task was doing, and the API's words.
      type: str
      sample: "organization.yml:3:5: Could not create project 'search-prod': Something went wrong (HTTP 500)."
not_tried:
  description: Changes that the task did not try, because an earlier one failed or the task was stopped.
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
      description: What it depends on. V(null) if the task was stopped.
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
