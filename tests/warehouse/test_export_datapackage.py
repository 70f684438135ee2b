"""The Data Package is valid by Frictionless's own library, and its schemas say what the comments say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, Report, validate

from warehouse import store
from warehouse.definitions import EXPORTED, NOT_EXPORTED
from warehouse.dictionary import columns_by_relation
from warehouse.exporting import export


@pytest.fixture
def out(thorny: Path, tmp_path: Path) -> Path:
    export(thorny, tmp_path / "out", "datapackage")
    return tmp_path / "out"


def report(folder: Path) -> Report:
    return validate(folder / "datapackage.json")


@pytest.mark.parametrize("of", ["thorny", "published", "sample_warehouse", "build_file"])
def test_the_package_is_valid(request: pytest.FixtureRequest, tmp_path: Path, of: str) -> None:
    export(request.getfixturevalue(of), tmp_path / "out", "datapackage")
    found = report(tmp_path / "out")
    assert found.valid, found.flatten(["path", "rowNumber", "fieldName", "type", "note"])
    assert len(found.tasks) == len(EXPORTED)
    assert found.stats["warnings"] == 0


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda cells: cells.replace(b",persons,", b",dragons,"), "foreign-key"),
        (lambda cells: cells.replace(b",2012-04-27,", b",27-04-2012,"), "type-error"),
        (lambda cells: cells + cells.splitlines(keepends=True)[1], "hash-count"),
    ],
)
def test_what_does_not_fit_its_schema_is_seen(
    out: Path, change: Callable[[bytes], bytes], error: str
) -> None:
    path = out / "victim_counts.csv"
    changed = change(path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    if error != "hash-count":
        forget_bytes(out / "datapackage.json")
    assert error in {kind for (kind,) in report(out).flatten(["type"])}


def forget_bytes(path: Path) -> None:
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
    path.write_text(json.dumps(descriptor), "utf-8")


def test_rows_come_back_with_their_types(thorny: Path, out: Path) -> None:
    package = Package(out / "datapackage.json")
    with store.connect(thorny) as connection:
        letters = connection.execute(
            "SELECT letter_id, dossiers, letter_date, sender FROM letter ORDER BY letter_id"
        ).fetchall()
        seen = connection.execute(
            "SELECT letter_id, first_seen FROM letter_seen ORDER BY letter_id"
        ).fetchall()
    rows = package.get_resource("letter").read_rows()
    assert [(row["letter_id"], row["dossiers"], row["letter_date"], row["sender"]) for row in rows] == letters
    rows = package.get_resource("letter_seen").read_rows()
    assert [(row["letter_id"], row["first_seen"].replace(tzinfo=None)) for row in rows] == seen


def test_the_descriptor_says_what_the_comments_say(thorny: Path, out: Path) -> None:
    descriptor: dict[str, Any] = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert descriptor["licenses"][0]["name"] == "CC0-1.0"
    assert descriptor["sources"][0]["path"].startswith("https://www.officielebekendmakingen.nl")
    with store.connect(thorny) as connection:
        columns = columns_by_relation(connection)
        ((version,),) = connection.execute("SELECT version FROM run").fetchall()
    assert f"{descriptor['version']}.duckdb" == version
    for resource in descriptor["resources"]:
        told = {field["name"]: field["description"] for field in resource["schema"]["fields"]}
        assert told == {
            column.name: column.comment
            for column in columns[resource["name"]]
            if column.name not in NOT_EXPORTED.get(resource["name"], ())
        }
        assert "any" not in {field["type"] for field in resource["schema"]["fields"]}
    schemas = {resource["name"]: resource["schema"] for resource in descriptor["resources"]}
    assert schemas["claim"]["primaryKey"] == ["claim_id"]
    assert {"fields": ["claim_id"], "reference": {"resource": "claim", "fields": ["claim_id"]}} in schemas[
        "victim_counts"
    ]["foreignKeys"]
    assert not [key for key in schemas["claim"]["foreignKeys"] if key["fields"] == ["measure"]]
    assert schemas["claim"]["fields"][0]["constraints"] == {"required": True}
