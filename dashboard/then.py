"""The file as it stood on a day, for a reader's own query: temporary views take the place of its tables."""

from datetime import date

import duckdb

#: Marts of stated figures, each with its macro `…_as_of`.
STATED = ("victim_counts", "growth_percentages", "capacity_figures", "policy_targets")
DAY = "getvariable('as_of')"
SAID = f"coalesce(issued_on, CAST(first_seen AS DATE)) <= {DAY}"
#: What came later isn't told.
NOT_YET = f"CASE WHEN superseded_on <= {DAY} THEN superseded_on END AS superseded_on"
STOOD = f"(superseded_on IS NULL OR superseded_on > {DAY}) AS is_latest"
#: Tables by how much of them there was; the views of the file read these, as they find temporary ones first.
THEN = {
    "letter": f"FROM {{main}}.letter WHERE {SAID}",
    "stated_figure": (
        f"SELECT * REPLACE (claim_id IN (FROM standing_then) AS is_latest, {NOT_YET})"
        f" FROM {{main}}.stated_figure WHERE {SAID}"
    ),
    "derived_figures": (
        f"SELECT * REPLACE ({STOOD}, {NOT_YET}) FROM {{main}}.derived_figures WHERE letter_date <= {DAY}"
    ),
    "discrepancies": (
        f"SELECT * REPLACE ({STOOD}, {NOT_YET}) FROM {{main}}.discrepancies WHERE known_on <= {DAY}"
    ),
    "run": f"FROM {{main}}.run WHERE CAST(coalesce(finished_at, started_at) AS DATE) <= {DAY}",
    "rejected_letter": (
        f"SELECT * REPLACE (CASE WHEN CAST(over_since AS DATE) <= {DAY} THEN over_since END AS over_since)"
        # Older versions have no such column.
        " FROM (FROM {main}.rejected_letter"
        " UNION ALL BY NAME SELECT CAST(NULL AS TIMESTAMP) AS over_since WHERE false)"
        f" WHERE CAST(first_seen AS DATE) <= {DAY}"
    ),
    # The file's views number claims by it.
    "claim": "SELECT *, rowid FROM {main}.claim WHERE letter_id IN (SELECT letter_id FROM letter)",
    **{
        table: f"FROM {{main}}.{table} WHERE letter_id IN (SELECT letter_id FROM letter)"
        for table in ("letter_reference", "letter_form", "letter_citation")
    },
    **{
        table: f"FROM {{main}}.{table} WHERE run_id IN (SELECT run_id FROM run)"
        for table in ("check_result", "row_count")
    },
}


def go_back(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Let the names of the file mean what they held on a day, for this connection."""
    ((name,),) = connection.execute("SELECT current_database()").fetchall()
    main = f'"{name}".main'
    connection.execute(f"SET VARIABLE as_of = DATE '{day.isoformat()}'")
    standing = " UNION ALL ".join(f"SELECT claim_id FROM {mart}_as_of({DAY})" for mart in STATED)
    # First, as the macros read the tables.
    connection.execute(f"CREATE TEMP TABLE standing_then AS {standing}")
    for table, query in THEN.items():
        connection.execute(f"CREATE TEMP VIEW {table} AS {query.format(main=main)}")
