"""SDMX: the marts as SDMX-CSV 2.0, and the data structure they follow as SDMX-ML 3.0.

Each mart is a dataflow. SDMX knows no observation without a period or with an open one, so these rows of a
mart are a dataflow of their own, whose structure has no TIME_PERIOD; together they hold all its rows.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import duckdb
import pyarrow as pa

from warehouse.definitions import EXPORT_MACROS, MARTS, SDMX_RELATIONS
from warehouse.dictionary import columns_by_relation, comments_of_relations
from warehouse.tabular import Release, make, sorted_rows, write_rows

AGENCY = "KAMERCIJFERS"
#: Two numbers, since lists of codes grow with the letters: three would promise that nothing changes.
VERSION = "1.0"
STRUCTURE = "structure.xml"
NAMESPACES = {
    "mes": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message",
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
UNTIMED = "_WITHOUT_PERIOD"
CODES = "SELECT codelist, code, label_nl, label_en FROM sdmx_code ORDER BY ALL"


class Component(NamedTuple):
    """A component of the data structure: what it holds, and the column of stated_figure it is drawn from."""

    id: str
    name: str
    column: str
    holds: str  # a list of codes, or a data type of SDMX
    required: bool = False


DIMENSIONS = (
    Component("MEASURE", "Measure", "measure", "CL_MEASURE"),
    Component("POPULATION", "Population", "population", "CL_POPULATION"),
    Component("SEX", "Sex", "sex", "CL_SEX"),
    Component("AGE", "Age group", "age_group", "CL_AGE"),
    Component("CITIZENSHIP", "Nationality", "nationality", "CL_CITIZENSHIP"),
    Component("EXPLOITATION", "Form of exploitation", "exploitation", "CL_EXPLOITATION"),
    Component("SETTING", "For whom places are", "setting", "CL_SETTING"),
    Component("CLAIM_STATUS", "Standing", "status", "CL_CLAIM_STATUS"),
    Component("SOURCE_AGENCY", "Bodies credited with the figure", "source", "CL_SOURCE_AGENCY"),
    # A figure of the same dimensions may be stated again anywhere: each statement is an observation.
    Component("CLAIM_ID", "Statement", "claim_id", "String"),
)
TIME = Component("TIME_PERIOD", "Time period", "period", "ObservationalTimePeriod")
VALUE = Component("OBS_VALUE", "Value", "value", "Double", required=True)
ATTRIBUTES = (
    Component("UNIT_MEASURE", "Unit of measure", "unit", "CL_UNIT_MEASURE", required=True),
    Component("OBS_STATUS", "Observation status", "status", "CL_OBS_STATUS"),
    Component("PRECISION", "Precision", "precision", "CL_PRECISION", required=True),
    Component("DIRECTION", "Direction", "direction", "CL_DIRECTION", required=True),
    Component("VALUE_HIGH", "High end of a range", "value_high", "Double"),
    Component("STATISTIC", "Statistic", "statistic", "String"),
    Component("PER", "Time unit of a rate", "per", "String"),
    Component("PERIOD", "Period as told", "period", "String"),
    Component("BASE_PERIOD", "Base period", "base_period", "String"),
    Component("POPULATION_CODE", "Population in one code", "population", "String"),
    Component("BASIS", "Basis", "basis", "String", required=True),
    Component("VINTAGE", "Date of the letter", "letter_date", "GregorianDay"),
    Component("SUPERSEDED_ON", "Superseded on", "superseded_on", "GregorianDay"),
    Component("IS_LATEST", "Newest statement", "is_latest", "Boolean", required=True),
    Component("LETTER_ID", "Letter", "letter_id", "String", required=True),
    Component("DOCUMENT", "Kamerstuk", "identifier", "String"),
    Component("QUOTE", "Quote", "quote", "String", required=True),
)
#: The structures by name: those of figures with a period, and without.
STRUCTURES = {"FIGURE": (*DIMENSIONS, TIME), f"FIGURE{UNTIMED}": DIMENSIONS}


def write_sdmx(connection: duckdb.DuckDBPyConnection, folder: Path, of: Release) -> dict[str, int]:
    """Write two SDMX-CSV files a mart, and structure.xml; return the rows of each file of data."""
    make(connection, (*EXPORT_MACROS, *SDMX_RELATIONS))
    rows = {}
    for mart in MARTS:
        for structure, dimensions in STRUCTURES.items():
            flow = mart.upper() + structure.removeprefix("FIGURE")
            name = f"{flow.lower()}.csv"
            rows[name] = write_rows(folder / name, _observations(connection, mart, flow, dimensions))
    _write_structure(connection, folder / STRUCTURE, of)
    return rows


def _observations(
    connection: duckdb.DuckDBPyConnection, mart: str, flow: str, dimensions: tuple[Component, ...]
) -> pa.RecordBatchReader:
    columns = ", ".join(f'"{component.id}"' for component in (*dimensions, VALUE, *ATTRIBUTES))
    return sorted_rows(
        connection,
        f"SELECT 'dataflow' AS \"STRUCTURE\", '{AGENCY}:{flow}({VERSION})' AS \"STRUCTURE_ID\", "
        f"'I' AS \"ACTION\", {columns} FROM sdmx_observation "
        f'WHERE "CLAIM_ID" IN (SELECT claim_id FROM {mart}) '
        f'AND "TIME_PERIOD" IS {"NOT NULL" if TIME in dimensions else "NULL"}',
    )


def _write_structure(connection: duckdb.DuckDBPyConnection, path: Path, of: Release) -> None:
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    message = ET.Element(_tag("mes:Structure"))
    _header(message, of)
    structures = _added(message, "mes:Structures")
    _codelists(_added(structures, "str:Codelists"), connection)
    _concepts(_added(structures, "str:ConceptSchemes"), connection)
    _dataflows(_added(structures, "str:Dataflows"), comments_of_relations(connection))
    data_structures = _added(structures, "str:DataStructures")
    for name, dimensions in STRUCTURES.items():
        _data_structure(data_structures, name, dimensions)
    ET.indent(message)
    with path.open("wb") as file:
        ET.ElementTree(message).write(file, encoding="utf-8", xml_declaration=True)
        file.write(b"\n")


def _header(message: ET.Element, of: Release) -> None:
    header = _added(message, "mes:Header")
    _added(header, "mes:ID").text = f"{AGENCY}_{of.version}"
    _added(header, "mes:Test").text = "false"
    _added(header, "mes:Prepared").text = f"{of.finished_at.replace(microsecond=0).isoformat()}Z"
    _added(header, "mes:Sender", id=AGENCY)


def _codelists(parent: ET.Element, connection: duckdb.DuckDBPyConnection) -> None:
    names = {component.holds: component.name for component in (*DIMENSIONS, *ATTRIBUTES)}
    lists: dict[str, ET.Element] = {}
    for codelist, code, label_nl, label_en in connection.execute(CODES).fetchall():
        if codelist not in lists:
            lists[codelist] = _artefact(parent, "str:Codelist", codelist, names[codelist])
        item = _added(lists[codelist], "str:Code", id=code)
        _named(item, label_en, label_nl)


def _concepts(parent: ET.Element, connection: duckdb.DuckDBPyConnection) -> None:
    columns = columns_by_relation(connection)
    comments = {
        column.name: column.comment
        for relation in ("population", "stated_figure")
        for column in columns[relation]
    }
    scheme = _artefact(parent, "str:ConceptScheme", "CONCEPTS", "Concepts of Kamercijfers")
    for component in (*DIMENSIONS, TIME, VALUE, *ATTRIBUTES):
        concept = _added(scheme, "str:Concept", id=component.id)
        _named(concept, component.name)
        if comment := comments.get(component.column):
            description = _added(concept, "com:Description")
            description.set(LANGUAGE, "en")
            description.text = comment


def _dataflows(parent: ET.Element, comments: dict[str, str]) -> None:
    for mart in MARTS:
        for structure in STRUCTURES:
            flow = mart.upper() + structure.removeprefix("FIGURE")
            flow_element = _artefact(parent, "str:Dataflow", flow, comments[mart])
            _added(flow_element, "str:Structure").text = _urn("datastructure.DataStructure", structure)


def _data_structure(parent: ET.Element, name: str, dimensions: Iterable[Component]) -> None:
    structure = _artefact(parent, "str:DataStructure", name, "Figures that letters state")
    components = _added(structure, "str:DataStructureComponents")
    key = _added(components, "str:DimensionList", id="DimensionDescriptor")
    for position, dimension in enumerate(dimensions, start=1):
        if dimension is TIME:
            _component(key, "str:TimeDimension", dimension)
        else:
            _component(key, "str:Dimension", dimension, position=str(position))
    attributes = _added(components, "str:AttributeList", id="AttributeDescriptor")
    for attribute in ATTRIBUTES:
        element = _component(attributes, "str:Attribute", attribute, usage=_usage(attribute))
        _added(_added(element, "str:AttributeRelationship"), "str:Observation")
    measures = _added(components, "str:MeasureList", id="MeasureDescriptor")
    _component(measures, "str:Measure", VALUE, usage=_usage(VALUE))


def _usage(component: Component) -> str:
    return "mandatory" if component.required else "optional"


def _component(parent: ET.Element, tag: str, component: Component, **attributes: str) -> ET.Element:
    element = _added(parent, tag, id=component.id, **attributes)
    _added(element, "str:ConceptIdentity").text = _urn("conceptscheme.Concept", "CONCEPTS", component.id)
    representation = _added(element, "str:LocalRepresentation")
    if component.holds.startswith("CL_"):
        _added(representation, "str:Enumeration").text = _urn("codelist.Codelist", component.holds)
    else:
        _added(representation, "str:TextFormat", textType=component.holds)
    return element


def _urn(kind: str, name: str, item: str = "") -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{name}({VERSION}){item and f'.{item}'}"


def _artefact(parent: ET.Element, tag: str, name: str, label: str) -> ET.Element:
    """Add what an agency maintains, under its name and version."""
    element = _added(parent, tag, id=name, agencyID=AGENCY, version=VERSION)
    _named(element, label)
    return element


def _named(element: ET.Element, english: str, dutch: str | None = None) -> None:
    for language, label in (("en", english), ("nl", dutch)):
        if label:
            name = _added(element, "com:Name")
            name.set(LANGUAGE, language)
            # A name may be a letter's own words, and XML has no place for a control character.
            name.text = "".join(char if char.isprintable() else " " for char in label)


def _added(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _tag(tag), attributes)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
