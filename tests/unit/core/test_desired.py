# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task asks for, and everything that is wrong with it in one message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._core.desired import (
    check_names,
    desire,
    identity,
    is_blank,
    names_nothing,
    parent_label,
    without_nulls,
)
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project_user import PROJECT_USER
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.rate_limit import RATE_LIMIT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.service_account import SERVICE_ACCOUNT
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import (
    Desired,
    Field,
    Key,
    Parent,
    Resource,
    Route,
    Secret,
)
from hypothesis import given, settings
from hypothesis import strategies as st

SHELF = Resource(
    kind="shelf", plural="shelves", routes=(Route("/shelves"),), id_param="shelf_id", keys=(Key("name"),), fields=()
)
BOOK = Resource(
    kind="rare_book",
    plural="rare_books",
    routes=(Route("/shelves/{shelf_id}/books", Parent(SHELF, "shelf", "shelf_id")),),
    id_param="book_id",
    keys=(Key("title"), Key("isbn")),
    fields=(
        Field("id", made_by="server"),
        Field("title"),
        Field("note", clearable=True),
        Field("kind", option="genre"),
        Field("pages", "int", minimum=0),
        Field("copies", "int", minimum=1),
        Field("tags", "list"),
        Field("lent", "bool"),
        Field("made_at", "int", made_by="server"),
    ),
    settings=(Field("force", "bool", default=False),),
    secret=Secret("token", "token_path", "", "token_id", option="create_token", held="tokens"),
)
SINGLETON = Resource(kind="policy", plural="policies", routes=(Route("/policy"),), fields=(Field("mode"),))
BLANKS = ["", " ", "\t\n", "\u00a0"]


def want(resource: Resource = BOOK, **task: Any) -> Desired:
    """What a task asks for that is written so; options that it does not name are null."""
    return desire(resource, parameters(resource, task), task)


def parameters(resource: Resource, task: Mapping[str, Any]) -> dict[str, Any]:
    known = [field.option_name for field in resource.options] + [key.option for key in resource.keys]
    parent = [resource.parent.name_option, resource.parent.id_option] if resource.parent else []
    return {**dict.fromkeys([*known, *parent, resource.id_param, *(field.name for field in resource.settings)]), **task}


def problems(resource: Resource = BOOK, **task: Any) -> list[str]:
    with pytest.raises(BadInput) as caught:
        want(resource, **task)
    assert caught.value.message.endswith(".")
    return caught.value.message[:-1].split("; ")


class TestValues:
    def test_what_is_omitted_or_null_is_unmanaged(self) -> None:
        assert want(shelf="A", title="Dune", note=None, pages=None).values == {"title": "Dune"}

    @pytest.mark.parametrize(
        ("option", "value"),
        [("pages", 0), ("lent", False), ("tags", []), ("copies", 1)],
    )
    def test_nothing_is_omitted_for_being_false(self, option: str, value: Any) -> None:
        assert want(shelf="A", title="Dune", **{option: value}).values == {"title": "Dune", option: value}

    def test_empty_clears_what_can_be_cleared(self) -> None:
        assert want(shelf="A", title="Dune", note="").values == {"title": "Dune", "note": None}

    def test_what_can_be_cleared_can_be_set(self) -> None:
        assert want(shelf="A", title="Dune", note="signed").values == {"title": "Dune", "note": "signed"}

    @pytest.mark.parametrize("blank", BLANKS)
    def test_empty_is_refused_elsewhere(self, blank: str) -> None:
        assert problems(shelf="A", title="Dune", genre=blank) == ["genre must not be empty"]

    @pytest.mark.parametrize("blank", BLANKS[1:])
    def test_blanks_clear_nothing(self, blank: str) -> None:
        assert problems(shelf="A", title="Dune", note=blank) == ["note must not be empty"]

    @pytest.mark.parametrize("blank", BLANKS[1:])
    def test_blanks_are_no_external_key(self, blank: str) -> None:
        assert problems(PROJECT, name="x", external_key_id=blank) == ["external_key_id must not be empty"]

    def test_an_empty_external_key_is_cleared(self) -> None:
        assert want(PROJECT, name="x", external_key_id="").values == {"name": "x", "external_key_id": None}

    def test_values_stand_under_the_fields_name(self) -> None:
        assert want(shelf="A", title="Dune", genre="sf").values == {"title": "Dune", "kind": "sf"}

    def test_what_the_server_makes_cannot_be_asked_for(self) -> None:
        assert want(shelf="A", title="Dune", made_at=5, id="b").values == {"title": "Dune"}

    @pytest.mark.parametrize(
        ("option", "value", "problem"),
        [
            ("pages", -1, "pages must be at least 0, not -1"),
            ("copies", 0, "copies must be at least 1, not 0"),
        ],
    )
    def test_a_number_has_its_minimum(self, option: str, value: Any, problem: str) -> None:
        assert problems(shelf="A", title="Dune", **{option: value}) == [problem]

    @settings(deadline=None)
    @given(st.integers())
    def test_every_limit_from_0_on_is_fine(self, value: int) -> None:
        task: dict[str, Any] = {"project": "x", "model": "gpt-5", "max_requests_per_1_day": value}
        if value < 0:
            assert problems(RATE_LIMIT, **task) == [f"max_requests_per_1_day must be at least 0, not {value}"]
        else:
            assert want(RATE_LIMIT, **task).values == {"model": "gpt-5", "max_requests_per_1_day": value}

    @pytest.mark.parametrize("blank", [*BLANKS, None])
    def test_an_empty_id_is_no_value_to_be_sent(self, blank: str | None) -> None:
        desired = want(PROJECT_USER, project="x", user_id=blank, email="ada@x.org")
        assert desired.values == {"email": "ada@x.org"}


class TestState:
    @pytest.mark.parametrize("state", [None, "present"])
    def test_present_is_what_a_task_wants_unless_it_says_otherwise(self, state: str | None) -> None:
        desired = want(PROJECT, name="x", state=state)
        assert desired.state == "present"
        assert desired.present

    @pytest.mark.parametrize("state", ["absent", "archived"])
    def test_any_other_state_is_the_end(self, state: str) -> None:
        assert not want(shelf="A", title="Dune", state=state).present

    @pytest.mark.parametrize(("value", "asked"), [(None, False), (False, False), (True, True)])
    @pytest.mark.parametrize("switch", ["force", "create_token"])
    def test_switches_are_off_unless_on(self, switch: str, value: Any, asked: bool) -> None:
        desired = want(shelf="A", title="Dune", **{switch: value})
        assert desired.asks(switch) is asked
        assert not desired.asks("something_else")


class TestIdentity:
    def test_the_id_counts_before_a_name(self) -> None:
        assert want(shelf="A", title="Dune", book_id="b1").identity == ("book_id", "b1")

    @pytest.mark.parametrize("blank", [*BLANKS, None])
    def test_an_empty_id_leaves_it_to_the_name(self, blank: str | None) -> None:
        assert want(shelf="A", title="Dune", book_id=blank).identity == ("title", "Dune")

    @pytest.mark.parametrize("blank", [*BLANKS, None])
    def test_an_empty_id_alone_names_something_that_is_not_there_yet(self, blank: str | None) -> None:
        assert want(shelf="A", book_id=blank).identity is None

    def test_the_first_name_counts_before_the_second(self) -> None:
        assert want(shelf="A", title="Dune", isbn="i").identity == ("title", "Dune")
        assert want(shelf="A", isbn="i").identity == ("isbn", "i")

    def test_a_name_beside_an_id_is_a_new_name(self) -> None:
        desired = want(PROJECT, project_id="p1", name="newer")
        assert desired.identity == ("project_id", "p1")
        assert desired.values == {"name": "newer"}

    def test_what_is_one_of_a_kind_needs_no_name(self) -> None:
        assert want(SINGLETON, mode="strict").identity is None

    def test_an_object_that_no_id_option_names_is_found_by_its_key(self) -> None:
        assert identity(RATE_LIMIT, {"rate_limit_id": "rl-1", "model": "gpt-5"}) == ("model", "gpt-5")

    def test_neither_name_nor_id_is_said_for_object_and_parent(self) -> None:
        assert problems() == [
            "one of these is required: isbn, title, book_id",
            "one of these is required: shelf, shelf_id",
        ]

    def test_where_there_is_one_name_it_is_required(self) -> None:
        assert problems(RATE_LIMIT, project="x") == ["model is required"]

    @pytest.mark.parametrize("task", [{"title": None}, {"title": None, "isbn": None}])
    def test_a_null_name_names_nothing(self, task: dict[str, Any]) -> None:
        assert problems(shelf="A", **task) == ["one of these is required: isbn, title, book_id"]

    def test_an_id_of_the_parent_may_be_empty_too(self) -> None:
        assert want(title="Dune", shelf_id="").identity == ("title", "Dune")
        assert want(title="Dune", shelf_id=None).identity == ("title", "Dune")

    @pytest.mark.parametrize("blank", BLANKS)
    @pytest.mark.parametrize("option", ["title", "isbn", "shelf"])
    def test_a_name_is_never_empty_even_beside_an_id(self, option: str, blank: str) -> None:
        task: dict[str, Any] = {"shelf_id": "s1", "book_id": "b1", option: blank}
        assert problems(**task) == [f"{option} must not be empty"]

    @pytest.mark.parametrize(
        ("task", "nothing"),
        [
            ({"book_id": ""}, True),
            ({"book_id": None}, True),
            ({"book_id": "", "title": None}, True),
            ({"book_id": "", "title": "Dune"}, False),
            ({"book_id": "b1"}, False),
            ({"title": "Dune"}, False),
            ({}, False),
        ],
    )
    def test_an_empty_id_without_a_name_names_nothing(self, task: dict[str, Any], nothing: bool) -> None:
        assert names_nothing(BOOK, parameters(BOOK, task), task) is nothing

    def test_what_no_id_names_cannot_be_named_by_an_empty_one(self) -> None:
        assert names_nothing(RATE_LIMIT, {}, {"rate_limit_id": ""}) is False

    @pytest.mark.parametrize("field", ["note", "external_key_id"])
    def test_only_what_can_be_cleared_is(self, field: str) -> None:
        resource = Resource(kind="x", plural="xs", routes=(Route("/xs"),), id_param="x_id", fields=(Field(field),))
        assert problems(resource, x_id="x1", **{field: ""}) == [f"{field} must not be empty"]


class TestTypes:
    """ansible-core makes strings of lists and dictionaries without a word."""

    @pytest.mark.parametrize(
        ("value", "kind"),
        [(["Dune"], "list"), ([], "list"), (("Dune",), "list"), ({"a": 1}, "dictionary"), ({}, "dictionary")],
    )
    @pytest.mark.parametrize("option", ["title", "book_id", "shelf", "shelf_id", "genre", "note"])
    def test_a_list_is_no_string(self, option: str, value: Any, kind: str) -> None:
        task = {"shelf": "A", "title": "Dune", option: value}
        converted = {**task, option: str(value)}
        with pytest.raises(BadInput, match=f"{option} must be a string, not a {kind}"):
            desire(BOOK, parameters(BOOK, converted), task)

    def test_a_list_is_a_list(self) -> None:
        assert want(shelf="A", title="Dune", tags=["a"]).values["tags"] == ["a"]

    @pytest.mark.parametrize("number", [5, 5.5, True])
    def test_scalars_become_strings_as_everywhere(self, number: Any) -> None:
        task = {"shelf": "A", "title": number}
        assert desire(BOOK, parameters(BOOK, {**task, "title": str(number)}), task).values == {"title": str(number)}

    def test_info_modules_check_names_alone(self) -> None:
        check_names(BOOK, parameters(BOOK, {}), {})
        with pytest.raises(BadInput, match=r"^shelf must be a string, not a list; title must not be empty\.$"):
            check_names(BOOK, parameters(BOOK, {"shelf": "['A']", "title": ""}), {"shelf": ["A"], "title": ""})


def test_all_problems_are_told_together_and_once() -> None:
    task: dict[str, Any] = {"title": " ", "genre": ["sf"], "pages": -5, "copies": 0}
    assert problems(**task) == [
        "genre must be a string, not a list",
        "title must not be empty",
        "pages must be at least 0, not -5",
        "copies must be at least 1, not 0",
        "one of these is required: isbn, title, book_id",
        "one of these is required: shelf, shelf_id",
    ]


class TestLabels:
    """How messages name an object."""

    @pytest.mark.parametrize(
        ("task", "label"),
        [
            ({"title": "Dune", "shelf": "A"}, "rare book 'Dune' of shelf 'A'"),
            ({"title": "Dune", "shelf_id": "s1"}, "rare book 'Dune' of shelf s1"),
            ({"title": "Dune", "shelf": "A", "shelf_id": "s1"}, "rare book 'Dune' of shelf 'A'"),
            ({"title": "Dune", "shelf_id": ""}, "rare book 'Dune' of a shelf that does not exist yet"),
            ({"title": "Dune", "book_id": "b1", "shelf": "A"}, "rare book b1 of shelf 'A'"),
            ({"book_id": None, "shelf": "A"}, "rare book of shelf 'A'"),
        ],
    )
    def test_with_a_parent(self, task: dict[str, Any], label: str) -> None:
        assert want(**task).label == label

    def test_without_one(self) -> None:
        assert want(PROJECT, name="x").label == "project 'x'"
        assert want(SINGLETON, mode="strict").label == "policy"
        assert want(SERVICE_ACCOUNT, name="ci", project="x").label == "service account 'ci' of project 'x'"

    def test_a_parent_alone(self) -> None:
        assert BOOK.parent
        assert parent_label(BOOK.parent, {"shelf": None, "shelf_id": "s1"}) == "shelf s1"


@pytest.mark.parametrize(("value", "blank"), [*((each, True) for each in [*BLANKS, None]), (0, False), ("a", False)])
def test_what_counts_as_blank(value: Any, blank: bool) -> None:
    assert is_blank(value) is blank


def test_ansible_is_shown_no_nulls_and_all_else() -> None:
    given_: dict[str, Any] = {"a": None, "b": "", "c": 0, "d": False, "e": []}
    assert without_nulls(given_) == {"b": "", "c": 0, "d": False, "e": []}
