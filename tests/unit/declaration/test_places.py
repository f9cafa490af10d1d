# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where things stand in a declaration: a slip is planted anywhere, and its place is known from how it was written."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import (
    BadInput,
    problem_facts,
    problem_lines,
    refusal,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declaration_options,
    declare,
    diagnose,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.option_check import validated
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.file import read_declaration
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.places import steps_to, with_places
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.problems import refuse_problems
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.yaml_text import YamlText
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.series import examples
from unit.written_yaml import Merged, WrittenYaml

PASSWORD = b"a password of a test"
ENDS = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")

Slip = Callable[[dict[str, Any], random.Random], tuple[str, tuple[Any, ...], bool]]


def declaration(dice: random.Random) -> dict[str, Any]:
    """One in which nothing is wrong."""
    person = 0

    def people(project: int) -> list[dict[str, Any]]:
        nonlocal person
        made = []
        for dummy in range(dice.randint(1, 3)):
            person += 1
            made.append({"email": f"é{person}.p{project}@example.com", "role": dice.choice(("owner", "member"))})
        return made

    def project(number: int) -> dict[str, Any]:
        parts = {
            "users": people(number),
            "service_accounts": [{"name": f"robot {each}", "role": "member"} for each in range(dice.randint(1, 2))],
            "rate_limits": [{"model": f"gpt-{each}", "max_requests_per_1_minute": 5} for each in range(2)],
            "purge": ["users", "service_accounts"],
            "attributes": {"cost_center": "0012"},
        }
        return {"name": f"project 😀 {number}", **parts}

    return {
        "email_domains": ["example.com"],
        "users": [{"email": f"owner{each}@example.com", "role": "owner"} for each in range(2)],
        "project_defaults": {"users": people(99), "rate_limits": [{"model": "gpt-9", "max_tokens_per_1_minute": 9}]},
        "max_removals": 3,
        "projects": [project(number) for number in range(dice.randint(1, 4))],
    }


def some_project(content: dict[str, Any], dice: random.Random) -> tuple[dict[str, Any], tuple[Any, ...]]:
    number = dice.randrange(len(content["projects"]))
    return content["projects"][number], ("projects", number)


def some_person(content: dict[str, Any], dice: random.Random) -> tuple[dict[str, Any], tuple[Any, ...]]:
    places = [(content, ()), (content["project_defaults"], ("project_defaults",))]
    places += [(each, ("projects", number)) for number, each in enumerate(content["projects"])]
    holder, path = dice.choice(places)
    number = dice.randrange(len(holder["users"]))
    return holder["users"][number], (*path, "users", number)


def unknown_word(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    person, path = some_person(content, dice)
    person["rol"] = person.pop("role")
    return "rol is not an option. Did you mean role?", (*path, "rol"), True


def word_of_nobody(content: dict[str, Any], unused_dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    content["project"] = []
    return "project is not an option. Did you mean projects?", ("project",), True


def near_option(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["rate_limit"] = 5
    said = "rate_limit is not an option. Did you mean rate_limits? An attribute of your own belongs in attributes."
    return said, (*path, "rate_limit"), True


def anothers_word(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["geography"] = "EU"
    said = "geography is not an option here. Use residency with EU_STORAGE_PROCESSING instead."
    return said, (*path, "geography"), True


def bad_choice(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["service_accounts"][0]["state"] = "gone"
    said = "state must be one of present, absent, not 'gone'."
    return said, (*path, "service_accounts", 0, "state"), False


def bad_choice_in_a_list(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["purge"][1] = "accounts"
    choices = declaration_options()["projects"]["options"]["purge"]["choices"]
    said = f"purge must be one of {', '.join(choices)}, not 'accounts'."
    return said, (*path, "purge", 1), False


def bad_number(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["rate_limits"][1]["max_requests_per_1_minute"] = "1k"
    said = "max_requests_per_1_minute must be a whole number, not '1k'."
    return said, (*path, "rate_limits", 1, "max_requests_per_1_minute"), False


def too_small_a_number(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["rate_limits"][0]["max_requests_per_1_minute"] = -1
    said = "max_requests_per_1_minute must be at least 0, not -1."
    return said, (*path, "rate_limits", 0, "max_requests_per_1_minute"), False


def an_own_number(content: dict[str, Any], unused_dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    content["max_removals"] = -1
    return "max_removals must be at least 0, not -1.", ("max_removals",), False


def a_text_for_a_dictionary(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["users"].append("alan@example.com")
    return "This must be a dictionary, not 'alan@example.com'.", (*path, "users", len(project["users"]) - 1), False


def a_text_for_a_project(content: dict[str, Any], unused_dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    content["projects"].append("search")
    return "This must be a dictionary, not 'search'.", ("projects", len(content["projects"]) - 1), False


def an_empty_role(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    person, path = some_person(content, dice)
    person["role"] = ""
    return "role must not be empty.", (*path, "role"), False


def an_empty_default(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    """A project has the person itself, and takes the role from the defaults."""
    project, unused_path = some_project(content, dice)
    number = dice.randrange(len(content["project_defaults"]["users"]))
    default = content["project_defaults"]["users"][number]
    default["role"] = ""
    project["users"].insert(0, {"email": default["email"]})
    return "role must not be empty.", ("project_defaults", "users", number, "role"), False


def an_empty_role_before_a_default(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    default = dice.choice(content["project_defaults"]["users"])
    project["users"].append({"email": default["email"], "role": ""})
    return "role must not be empty.", (*path, "users", len(project["users"]) - 1, "role"), False


def nameless(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    person, path = some_person(content, dice)
    del person["email"]
    return "one of these is required: email, user_id.", path, False


def another_domain(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    person, path = some_person(content, dice)
    person["email"] = "x@exmaple.com"
    return "x@exmaple.com is not an address at example.com (email_domains).", (*path, "email"), False


def twice(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, unused_path = some_project(content, dice)
    content["projects"].append({"name": project["name"]})
    return "is declared in projects[", ("projects", len(content["projects"]) - 1), False


def a_template(content: dict[str, Any], dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    project, path = some_project(content, dice)
    project["attributes"]["cost_center"] = "{{ cost }}"
    return "'{{ cost }}' looks like a template", (*path, "attributes", "cost_center"), False


def an_empty_name_in_a_list(content: dict[str, Any], unused_dice: random.Random) -> tuple[str, tuple[Any, ...], bool]:
    content["protected_projects"] = ["Default project", None]
    return "protected_projects must not contain empty entries.", ("protected_projects", 1), False


SLIPS: list[Slip] = [
    unknown_word,
    word_of_nobody,
    near_option,
    anothers_word,
    bad_choice,
    bad_choice_in_a_list,
    bad_number,
    too_small_a_number,
    an_own_number,
    a_text_for_a_dictionary,
    a_text_for_a_project,
    an_empty_role,
    an_empty_default,
    an_empty_role_before_a_default,
    nameless,
    another_domain,
    twice,
    a_template,
    an_empty_name_in_a_list,
]


def loader() -> DataLoader:
    made = DataLoader()
    made.set_vault_secrets([("default", VaultSecret(PASSWORD))])
    return made


def encoded(text: str, dice: random.Random, vaulted: bool) -> bytes:
    """A text as an editor of any system may have left it."""
    content = text.replace("\n", dice.choice(ENDS)).encode(dice.choice(ENCODINGS))
    return bytes(VaultLib([("default", VaultSecret(PASSWORD))]).encrypt(content)) if vaulted else content


def of_project(told: dict[str, Any]) -> str:
    named = (f"'{told['project']}'", f"project {told['project']}", f"({told['project']})")
    return f" ({told['project']})" if told["project"] and not any(each in told["message"] for each in named) else ""


def problems_of(path: Path) -> list[dict[str, Any]]:
    """What the module C(organization) says of a declaration that is refused, with places."""
    reading = read_declaration(str(path), loader())
    known = [*reading.problems, *problem_facts(diagnose(reading.content))]
    failed = refusal(BadInput, known)
    result = with_places({"msg": failed.message, **failed.facts}, reading.place)
    told: list[dict[str, Any]] = result["problems"]
    heads = [
        ": ".join(filter(None, (each["place"], f"{each['where']}{of_project(each)}", each["message"]))) for each in told
    ]
    assert result["msg"] == "\n".join(heads)
    return told


@settings(max_examples=examples(400))
@given(st.integers(0, 2**32), st.sampled_from(SLIPS), st.booleans())
def test_the_place_of_a_slip_in_a_file_is_known(seed: int, slip: Slip, vaulted: bool) -> None:
    dice = random.Random(seed)
    content = declaration(dice)
    said, path, of_name = slip(content, dice)
    root: tuple[str, ...] = dice.choice(((), ("openai_admin_organization",)))
    text = WrittenYaml({"other": 1, root[0]: content} if root else content, dice)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "team é.yml"
        file.write_bytes(encoded(text.text, dice, vaulted and dice.random() < 0.2))
        (problem,) = problems_of(file)
        line, column = text.place((*root, *path), of_name)
        assert problem["message"].startswith(said) or said in problem["message"]
        assert problem["place"] == f"{file}:{line}:{column}"


@settings(max_examples=examples(200))
@given(st.integers(0, 2**32), st.sampled_from(SLIPS))
def test_the_place_of_a_slip_in_a_directory_is_known(seed: int, slip: Slip) -> None:
    dice = random.Random(seed)
    content = declaration(dice)
    said, path, of_name = slip(content, dice)
    if slip is a_text_for_a_project:  # a file of a project cannot be a text
        return
    above = dice.randint(0, len(content["projects"]))
    main = {name: value for name, value in content.items() if name != "projects"}
    if above or dice.random() < 0.5:
        main["projects"] = content["projects"][:above]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {(): (folder / "organization.yml", WrittenYaml({"openai_admin_organization": main}, dice))}
        for number, project in enumerate(content["projects"][above:], above):
            below = dice.choice(("projects", "projects/team"))
            place = folder / below / f"{number}{dice.choice(('.yml', '.yaml'))}"
            if below != "projects":
                place = folder / "projects" / str(number) / place.name  # sorted as the others are
            files["projects", number] = (place, WrittenYaml(project, dice))
        for place, text in files.values():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(encoded(text.text, dice, vaulted=dice.random() < 0.05))
        (problem,) = problems_of(folder)
        in_file = path[:2] in files and len(path) >= 2
        place, text = files[path[:2] if in_file else ()]
        inner = path[2:] if in_file else ("openai_admin_organization", *path)
        line, column = text.place(inner, of_name) if inner else text.place(("name",), True)
        assert said in problem["message"]
        if inner:
            assert problem["place"] == f"{place}:{line}:{column}"
        else:
            assert problem["place"].startswith(f"{place}:")


def share(content: dict[str, Any], dice: random.Random, path: tuple[Any, ...]) -> None:
    """Have projects take over lists and limits of another one, but for the project in which the slip is."""
    projects = content["projects"]
    source = dice.choice([each for each in projects if isinstance(each, dict) and "users" in each])
    for number, project in enumerate(projects):
        if project is source or not isinstance(project, dict) or path[:2] == ("projects", number):
            continue
        for name in ("users", "service_accounts", "purge"):
            if dice.random() < 0.5:
                project[name] = source[name]
        if dice.random() < 0.5:
            project["rate_limits"] = [Merged(each) for each in source["rate_limits"]]
        if dice.random() < 0.3:
            project["purge"] = ["users"]


@settings(max_examples=examples(300))
@given(st.integers(0, 2**32), st.sampled_from(SLIPS))
def test_the_place_of_a_slip_that_others_take_over_is_where_it_was_written(seed: int, slip: Slip) -> None:
    """By aliases and merge keys: each project that has it by them is named, with the same place."""
    dice = random.Random(seed)
    content = declaration(dice)
    said, path, of_name = slip(content, dice)
    share(content, dice, path)
    text = WrittenYaml(content, dice)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "team.yml"
        file.write_bytes(encoded(text.text, dice, vaulted=dice.random() < 0.1))
        problems = problems_of(file)
        line, column = text.place(path, of_name)
        assert [problem["message"] for problem in problems if said not in problem["message"]] == []
        assert {problem["place"] for problem in problems} == {f"{file}:{line}:{column}"}


@settings(max_examples=examples(100))
@given(st.integers(0, 2**32), st.sampled_from(SLIPS))
def test_a_check_says_what_the_module_says(seed: int, slip: Slip) -> None:
    dice = random.Random(seed)
    content = declaration(dice)
    slip(content, dice)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "team.yml"
        file.write_bytes(encoded(WrittenYaml(content, dice).text, dice, vaulted=False))
        told = problem_lines(problems_of(file))
        with pytest.raises(BadInput) as caught:
            refuse_problems(read_declaration(str(file), loader()), examine=True)
        assert caught.value.message == "\n".join(told)


@settings(max_examples=examples(200))
@given(st.integers(0, 2**32))
def test_the_place_of_each_declared_object_is_known(seed: int) -> None:
    """Changes, failures and warnings have it."""
    dice = random.Random(seed)
    content = declaration(dice)
    text = WrittenYaml(content, dice)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "team.yml"
        file.write_bytes(encoded(text.text, dice, vaulted=False))
        reading = read_declaration(str(file), loader())
        params = validated(declaration_options(), reading.content)
        assert params is not None
        wheres = {each.where for each in declare(params, reading.content).objects}
        assert len(wheres) > 7
        result = {
            "changes": [{"where": where} for where in sorted(wheres)],
            "warnings": [f"{where}: Look." for where in sorted(wheres)],
        }
        told = with_places(result, reading.place)
        places = {where: text.place(tuple(steps_to(where))) for where in wheres}
        expected = {where: f"{file}:{line}:{column}" for where, (line, column) in places.items()}
        assert {each["where"]: each["place"] for each in told["changes"]} == expected
        assert told["warnings"] == [f"{expected[where]}: {where}: Look." for where in sorted(wheres)]


@settings(max_examples=examples(300))
@given(st.integers(0, 2**32))
def test_all_that_was_read_has_its_place(seed: int) -> None:
    """Anchors, aliases and merge keys included: what is taken over stands where it was written."""
    dice = random.Random(seed)
    content = declaration(dice)
    projects = content["projects"]
    for project in projects[1:]:
        if dice.random() < 0.5:
            project["users"] = projects[0]["users"]
        if dice.random() < 0.5:
            project["rate_limits"][0] = Merged(
                projects[0]["rate_limits"][0], model="é😀", **dice.choice(({}, {"x": [1]}))
            )
        if dice.random() < 0.3:
            project["purge"] = projects[dice.randrange(len(projects))]["purge"]
    text = WrittenYaml(content, dice)
    read = YamlText(encoded(text.text, dice, vaulted=False))
    assert read.flaws == []
    assert read.data == content
    paths = list(every_path(content, ()))
    assert len(paths) > 20
    assert [path for path in paths if read.place(path) != text.place(path)] == []
    named = [path for path in paths if isinstance(path[-1], str)]
    assert [path for path in named if read.place(path, of_name=True) != text.place(path, True)] == []


def every_path(value: Any, path: tuple[Any, ...]) -> Any:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in parts:
        yield (*path, step)
        yield from every_path(inner, (*path, step))
