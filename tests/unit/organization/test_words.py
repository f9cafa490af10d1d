# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Unknown options in declarations: each is rejected with its place and the intended or the nearest option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    Problem,
    problem_facts,
    problem_lines,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import KINDS
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declaration_options,
    deprecated,
    diagnose,
    examine,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.option_check import validated
from ansible_collections.community.openai_admin.plugins.module_utils._organization.words import (
    _INSTEAD,
    unknown_word,
)

Path = tuple[Any, ...]
NAMED: Mapping[str, dict[str, Any]] = {
    "users": {"email": "ada@example.com"},
    "invites": {"email": "ada@example.com"},
    "certificates": {"name": "gateway"},
    "service_accounts": {"name": "api"},
    "rate_limits": {"model": "gpt-5"},
}
IN_PROJECT = ("users", "service_accounts", "rate_limits", "certificates")
LEVELS: Mapping[str, Path] = {
    "the organization": (),
    "project_defaults": ("project_defaults",),
    "a project": ("projects", 0),
    **{f"{name} of the organization": (name, 0) for name in ("users", "invites", "certificates")},
    **{f"{name} of a project": ("projects", 0, name, 0) for name in IN_PROJECT},
    **{f"{name} of all projects": ("project_defaults", name, 0) for name in IN_PROJECT},
    "projects of an invite": ("invites", 0, "projects", 0),
}
"""Every place of a declaration at which a word can stand."""


def declared(path: Path, more: Mapping[str, Any]) -> dict[str, Any]:
    """A declaration in which nothing is wrong but what stands at a place."""
    content: dict[str, Any] = {
        **{name: [dict(NAMED[name])] for name in ("users", "invites", "certificates")},
        "project_defaults": {name: [dict(NAMED[name])] for name in IN_PROJECT},
        "projects": [{"name": "search", **{name: [dict(NAMED[name])] for name in IN_PROJECT}}],
    }
    content["invites"][0]["projects"] = [{"project": "search"}]
    place: Any = content
    for step in path:
        place = place[step]
    place.update(more)
    return content


def every_option(spec: Mapping[str, Any]) -> Iterator[str]:
    for name, option in spec.items():
        yield name
        yield from every_option(option.get("options") or {})


def where(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def told(path: Path, word: str, value: Any) -> str:
    (problem,) = diagnose(declared(path, {word: value}))
    assert (problem.where, problem.option, problem.of_name) == (where(path), word, True)
    return problem.what


def project(**more: Any) -> list[str]:
    """What is said of a project besides where it stands."""
    return [each.what for each in diagnose({"projects": [{"name": "search", **more}]})]


@pytest.mark.parametrize("level", LEVELS)
def test_keys_are_never_declared(level: str) -> None:
    for word, module in (
        ("api_keys", "project_api_key"),
        ("project_api_keys", "project_api_key"),
        ("api_key", "project_"),
    ):
        said = told(LEVELS[level], word, [{"name": "production"}])
        assert said.startswith(
            f"{word} cannot be declared: keys are never part of a declaration. community.openai_admin."
        )
        assert module in said


@pytest.mark.parametrize(
    ("level", "word", "option"),
    [
        ("a project", "id", "project_id"),
        ("a project", "status", "state"),
        ("a project", "members", "users"),
        ("a project", "project_users", "users"),
        ("a project", "project_rate_limits", "rate_limits"),
        ("a project", "project_service_accounts", "service_accounts"),
        ("a project", "display_name", "name"),
        ("users of the organization", "id", "user_id"),
        ("users of a project", "id", "user_id"),
        ("users of all projects", "id", "user_id"),
        ("users of a project", "mail", "email"),
        ("service_accounts of a project", "id", "service_account_id"),
        ("certificates of the organization", "id", "certificate_id"),
        ("certificates of a project", "id", "certificate_id"),
        ("invites of the organization", "id", "invite_id"),
        ("projects of an invite", "id", "project_id"),
        ("rate_limits of a project", "id", "model"),
        ("rate_limits of a project", "rpm", "max_requests_per_1_minute"),
        ("project_defaults", "members", "users"),
    ],
)
def test_words_of_other_tools_name_ours(level: str, word: str, option: str) -> None:
    assert told(LEVELS[level], word, "x") == f"{word} is not an option here. Use {option} instead."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("EU", "residency with EU_STORAGE_PROCESSING"),
        ("eu", "residency with EU_STORAGE_PROCESSING"),
        ("JP", "residency with JP_STORAGE or JP_STORAGE_PROCESSING"),
        ("GB", "residency with GB_STORAGE"),
        ("UK", "residency with GB_STORAGE"),
        ("GLOBAL", "residency with GLOBAL"),
        ("EU_STORAGE_PROCESSING", "residency with EU_STORAGE_PROCESSING"),
        ("", "residency"),
        (["EU"], "residency"),
    ],
)
def test_a_geography_is_refused_with_the_residencies_that_fit(value: Any, said: str) -> None:
    assert project(geography=value) == [f"geography is not an option here. Use {said} instead."]


def test_a_geography_that_nobody_knows_names_all_residencies() -> None:
    (said,) = project(geography="Mars")
    assert "Use residency with one of GLOBAL, US_STORAGE_PROCESSING, EU_STORAGE_PROCESSING," in said


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("rate_limit", "rate_limit is not an option. Did you mean rate_limits?"),
        ("user", "user is not an option here. Use users instead."),
        ("service-accounts", "service-accounts is not an option. Did you mean service_accounts?"),
        ("Users", "Users is not an option. Did you mean users?"),
        ("residence", "residence is not an option. Did you mean residency?"),
        ("project_ids", "project_ids is not an option. Did you mean project_id?"),
        ("cost_centre", "cost_centre is not an option here. The options are allow_archived_namesake, attributes,"),
        ("owner_team", "owner_team is not an option here. The options are allow_archived_namesake, attributes,"),
    ],
)
def test_other_words_of_a_project_have_their_place_in_attributes(word: str, said: str) -> None:
    (found,) = project(**{word: []})
    assert found.startswith(said)
    assert found.endswith("An attribute of your own belongs in attributes.") == ("here. Use" not in said)
    assert "cost_center" not in found


def test_attributes_hold_anything_and_are_no_part_of_the_project() -> None:
    given = {"projects": [{"name": "one", "attributes": {"cost_center": "0012", "geography": "EU", "tags": [1, None]}}]}
    params = validated(declaration_options(), given)
    assert params is not None
    declaration, problems = examine(params, given)
    assert problems == []
    (one,) = declaration.projects or ()
    assert one.desired.values == {"name": "one"}
    assert list(deprecated(declaration)) == []
    assert project(attributes="CC-1") == ["attributes must be a dictionary, not 'CC-1'."]


def test_a_cost_center_beside_the_options_is_deprecated() -> None:
    given = {"projects": [{"name": "a"}, {"name": "b", "cost_center": 12}, {"name": "c", "cost_center": "0012"}]}
    params = validated(declaration_options(), given)
    assert params is not None
    declaration, problems = examine(params, given)
    assert problems == []
    (said,) = deprecated(declaration)
    assert said.startswith("cost_center of projects[1] and 1 more is an option of the project. Move it into")
    assert project(cost_center=1, attributes={"cost_center": 1}) == [
        "cost_center is also in attributes. Remove this one."
    ]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("projects", 0, "users"), ["alan@example.com"], "Write email: alan@example.com"),
        (("users",), ["alan@example.com"], "Write email: alan@example.com"),
        (("projects",), ["search"], "Write name: search"),
        (("projects", 0, "service_accounts"), ["api"], "Write name: api"),
        (("projects", 0, "rate_limits"), ["gpt-5"], "Write model: gpt-5"),
    ],
)
def test_what_is_declared_by_its_name_alone_says_how_it_is_written(path: Path, value: list[Any], said: str) -> None:
    (problem,) = diagnose(declared(path[:-1], {path[-1]: value}))
    assert problem.what == f"This must be a dictionary, not '{value[0]}'. {said}"
    assert problem.where == where((*path, 0))


def test_a_line_names_the_project_unless_its_message_does() -> None:
    project_17 = {"name": "search-prod", "users": [{"email": "a@example.com", "rol": "owner"}], "purge": ["users"]}
    given = {"projects": [*({"name": f"p{number}"} for number in range(16)), project_17]}
    assert problem_lines(problem_facts(diagnose(given))) == [
        "projects[16].users[0] (search-prod): rol is not an option. Did you mean role?"
    ]
    assert problem_lines(problem_facts([Problem("There is no project 'a'.", "projects[0]", project="a")])) == [
        "projects[0]: There is no project 'a'."
    ]


@pytest.mark.parametrize("projects", [None, "search", 5, [None], ["search"], [{"name": ["x"]}], [{}], {"name": "x"}])
def test_no_declaration_is_too_wrong_for_words(projects: Any) -> None:
    for each in diagnose({"projects": projects, "project_defaults": projects, "users": projects, "purge": projects}):
        assert each.what.endswith((".", "?")) or "Write" in each.what


def test_every_word_of_another_tool_has_an_option_somewhere() -> None:
    spec = declaration_options()
    options = set(every_option(spec))
    assert {each for instead in _INSTEAD.values() for each in instead} <= options
    assert set(_INSTEAD) & options <= {
        "region",
        *(row.word for row in KINDS if row.within),
    }  # what is an option in one place alone
    assert unknown_word("x", None, ["y"]) == "x is not an option here. The options are y."
