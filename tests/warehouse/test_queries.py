"""Statements that do nothing but read, as DuckDB parses them."""

import time

import duckdb
import pytest

from warehouse.queries import only_reads

READING = [
    "SELECT a AS copy FROM t",
    "FROM t UNION ALL FROM t EXCEPT (VALUES (1))",
    "WITH x AS MATERIALIZED (FROM t) FROM x",
    "WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM x WHERE a < 3) FROM x",
    "PIVOT t ON a USING count(*)",
    "PIVOT t ON a IN (1, 2) USING count(*)",
    "SELECT 'COPY t TO ''x''' AS \"copy\" -- COPY",
    "(SELECT 1)",
]
WRITING = [
    "WITH x AS (COPY t TO 'x') FROM x",
    "WITH x AS (INSERT INTO t VALUES (1) RETURNING a) FROM x",
    "WITH x AS (UPDATE t SET a = 1 RETURNING a) FROM x",
    "WITH x AS (DELETE FROM t RETURNING a) PIVOT x ON a USING count(*)",
    "SELECT 1 WHERE EXISTS (WITH x AS (COPY t TO 'x') FROM x)",
    "FROM Json_Execute_Serialized_Sql(json_serialize_sql('SELECT 1'))",
    "PIVOT (FROM query('FROM t')) ON a USING count(*)",
    "INSERT INTO t VALUES (1)",
    "COPY t TO 'x'",
]
BEFORE = [
    "",
    "EXPLAIN ",
    "EXPLAIN ANALYZE ",
    "explain (analyze, format json) ",
    "/* é */ explain /* x */ analyze\n",
]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"enable_external_access": False})
    connection.execute("CREATE TABLE t (a INTEGER)")
    return connection


def reads(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    (statement,) = connection.extract_statements(query)
    return only_reads(connection, statement)


@pytest.mark.parametrize("before", BEFORE)
def test_a_statement_is_judged_by_all_that_it_is_made_of(
    connection: duckdb.DuckDBPyConnection, before: str
) -> None:
    assert [query for query in READING + WRITING if reads(connection, before + query)] == READING


def test_a_long_statement_is_soon_judged(connection: duckdb.DuckDBPyConnection) -> None:
    many = f"SELECT {', '.join(map(str, range(20_000)))}"
    began = time.process_time()
    assert reads(connection, f"EXPLAIN {many}")
    assert not reads(connection, f"EXPLAIN ANALYZE COPY ({many}) TO 'x'")
    assert time.process_time() - began < 5
