"""The words and patterns kept as data."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vocabulary_copy import copied, reading_from
from whole_letters import claims_in

from transforms import schemas, vocabulary
from transforms.vocabulary import VocabularyError, alternatives, compiled, dimensions, words

NAMES = sorted(path.stem for path in vocabulary.FOLDER.glob("*.toml"))
#: Placeholders that code fills in before a pattern compiles.
FILLED_IN_CODE = {
    "{known}": "x",
    "{bodies}": "(x)",
    "{subject}": "(x)",
    "{listed}": "(x)",
    "{maker}": "x",
    "{maker_subject}": "(x)",
    "{named}": "(x)",
    "{noun}": "x",
    "{number}": "1",
}


def patterns(entry: Any, key: str = "") -> list[str]:
    """Every pattern of a table: what stands under a key that names one, or in a list of patterns."""
    if isinstance(entry, dict):
        return [found for name, value in entry.items() for found in patterns(value, name)]
    if isinstance(entry, list):
        return [found for value in entry for found in patterns(value, key)]
    is_pattern = isinstance(entry, str) and re.search(r"\\b|\(\?|\[\\w|\\d", entry) is not None
    return [entry] if is_pattern else []


def filled(pattern: str, definitions: dict[str, Any]) -> str:
    """The pattern with something in the place of what code fills in."""
    for placeholder, filling in FILLED_IN_CODE.items():
        if placeholder.strip("{}") not in definitions or "(?P<body>" in filling:
            pattern = pattern.replace(placeholder, filling)
    return pattern.replace("{way_", "{up_").replace("\n", "")


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_compiles(name: str) -> None:
    table = words(name)
    found = [pattern for key, entry in table.items() if key != "define" for pattern in patterns(entry)]

    for pattern in found:
        compiled(name, filled(pattern, table.get("define", {})))


def test_patterns_are_found_where_they_are_kept() -> None:
    assert len([pattern for name in NAMES for pattern in patterns(words(name))]) > 200


def test_a_definition_may_be_a_list_or_a_pattern() -> None:
    assert compiled("periods", "^{month}$").match("mei")
    assert compiled("periods", "^{year}$").match("2011")


@pytest.mark.parametrize(
    ("entries", "pattern"),
    [
        (["cel", "cellen"], "(?:cel(?:len)?)"),
        (["steeg", "stijgen", "stijgt", "op te"], "(?:(?:st(?:ijg(?:en|t)|eeg)|op te))"),
        (["zo.n", "zo.n tien"], "(?:zo.n tien|zo.n)"),
        (["Ab", "abc"], "(?:abc|Ab)"),
    ],
)
def test_the_longest_alternative_is_tried_first_and_a_common_beginning_once(
    entries: list[str], pattern: str
) -> None:
    assert alternatives(entries) == pattern


@given(st.lists(st.text("abë", max_size=5), min_size=1), st.text("abë", max_size=8))
def test_alternatives_match_what_they_would_one_by_one(entries: list[str], text: str) -> None:
    plain = "|".join(sorted(entries, key=len, reverse=True))

    assert [match.span() for match in re.finditer(alternatives(entries), text)] == [
        match.span() for match in re.finditer(plain, text)
    ]


def test_an_unknown_definition_names_file_and_pattern() -> None:
    with pytest.raises(VocabularyError, match=r"vocabulary/masks\.toml.*\{nowhere\}.*a\{nowhere\}b"):
        compiled("masks", "a{nowhere}b")


def test_a_pattern_that_fails_names_file_and_pattern() -> None:
    with pytest.raises(VocabularyError, match=r"vocabulary/masks\.toml.*\(open"):
        compiled("masks", "(open")


def test_a_definition_named_as_forms_of_verbs_names_file_and_definition(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "masks.toml").open("a", encoding="utf-8") as file:
        file.write('\n[verbs]\nage = ["tellen telt telde telden geteld"]\n')
    text = (folder / "masks.toml").read_text("utf-8").replace("[define]\n", "[define]\nage_forms = 'x'\n")
    (folder / "masks.toml").write_text(text, "utf-8")

    with reading_from(folder), pytest.raises(VocabularyError, match=r"vocabulary/masks\.toml: age_forms"):
        compiled("masks", "{age_forms}")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "masks.toml").write_text("[[mask]\n", "utf-8")

    with reading_from(folder), pytest.raises(VocabularyError, match=r"vocabulary/masks\.toml"):
        claims_in("In 2016 waren er 30 zaken.")


def test_a_broken_entry_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "masks.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[mask]]\nname = \"broken\"\npattern = '(12'\n")

    with reading_from(folder), pytest.raises(VocabularyError, match=r"vocabulary/masks\.toml.*\(12"):
        claims_in("In 2016 waren er 30 zaken.")


def test_the_tables_of_the_warehouse_have_their_schemas() -> None:
    tables = dimensions()

    assert tables["measure"].schema == schemas.MEASURE
    assert tables["unit"].schema == schemas.UNIT
    assert tables["source_agency"].schema == schemas.SOURCE_AGENCY
    for name, table in tables.items():
        assert table[name].is_unique().all(), name
        assert table.null_count().sum_horizontal().item() == 0, name


def test_every_unit_of_a_claim_has_its_label() -> None:
    assert sorted(dimensions()["unit"]["unit"]) == sorted(schemas.UNITS)


def test_every_measure_counts_in_a_unit_and_a_kind_that_exist() -> None:
    for entry in words("measures")["measure"]:
        assert entry["unit"] in schemas.UNITS, entry["measure"]
        assert set(entry["kinds"]) <= set(schemas.KINDS), entry["measure"]


def test_no_alias_stands_for_two_bodies() -> None:
    bodies: dict[str, set[str]] = {}
    for entry in words("sources")["agency"]:
        for alias in entry["aliases"]:
            bodies.setdefault(alias.lower(), set()).add(entry["code"])

    assert {alias: codes for alias, codes in bodies.items() if len(codes) > 1} == {}
