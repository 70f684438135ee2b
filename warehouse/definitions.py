"""The SQL of the warehouse: which relations there are, in which order they are made, and their texts."""

from pathlib import Path

SQL = Path(__file__).resolve().parent.parent / "sql"

#: Goes up when a table of sql/schema changes its columns, keys or constraints.
SCHEMA_VERSION = 3

#: Tables in an order in which their foreign keys can be met, each with the columns its rows are sorted by.
TABLES = {
    "unit": ("unit",),
    "measure": ("measure",),
    "source_agency": ("source_agency",),
    "run": ("run_id",),
    "letter": ("letter_date", "letter_id"),
    "letter_form": ("form_id",),
    "claim": ("letter_id", "char_start", "char_end", "claim_id"),
    "letter_reference": ("letter_id", "char_start", "char_end", "reference_id"),
    "rejected_letter": ("source", "rejected_id"),
    "check_result": ("check_name",),
    "row_count": ("relation",),
}
#: Tables of what runs did, which a backfill takes over: all others it fills anew.
HISTORY = ("run", "rejected_letter", "check_result", "row_count")
#: Tables of the vocabulary, whose rows are renewed by every run.
DIMENSIONS = ("unit", "measure", "source_agency")

#: What corrects the claims, made anew by every build, in an order in which each finds those it reads.
CORRECTIONS = ("correction", "numbered_claim", "corrected_claim")

#: Tables of codes, made anew by every build, in an order in which each finds those it reads.
MADE_DIMENSIONS = ("status", "population_attribute", "population", "period")
MARTS = ("victim_counts", "growth_percentages", "capacity_figures", "policy_targets")
#: Tables of sql/marts, made anew by every build, so that no query waits for all claims to be ranked.
MADE_MARTS = ("stated_figure", "discrepancies", "derived_figures", "coverage", "letter_citation")
#: Tables of sql/comparisons, in an order in which each finds those it reads. They are gone with the build;
#: what comes of them stays in discrepancies, derived_figures and coverage.
COMPARISONS = (
    "new_claim",
    "comparable_figure",
    "figure_year",
    "standing_time",
    "figure_again",
    "standing_figure",
    "unique_figure",
    "figure_vintage",
    "restated_pair",
    "realised_figure",
    "growth_end",
    "growth_pair",
    "parts_by_attribute",
    "parts_by_table",
    "parts_by_sentence",
    "complete_parts",
    "parts_bound",
    "parts_sum",
    "parts_pair",
    "expectation_pair",
    "target_pair",
    "outcome_pair",
    "comparison",
    "standing_comparison",
    "growth_of_counts",
    "count_by_growth",
    "sum_of_parts",
)
#: Of these, what is asked for anew each time.
COMPARISON_VIEWS = ("new_claim", "figure_year", "standing_figure", "unique_figure", "standing_comparison")
#: Tables that follow from each letter alone. They stay in the version, in a schema which is no
#: reader's business, and a build that goes on from it adds the rows of its new letters.
KEPT_SCHEMA = "kept"
KEPT_COMPARISONS = ("comparable_figure", "parts_by_sentence")
#: Marts that such a build adds to; all other marts are made anew.
KEPT_MARTS = ("stated_figure", "coverage", "letter_citation")
#: What has vintages: a view of the newest, `<mart>_latest`, and a macro of those of a day, `<mart>_as_of`.
VINTAGES = (*MARTS, "discrepancies", "derived_figures")
#: Views in an order in which each finds those it reads.
VIEWS = (*MARTS, *(f"{mart}_latest" for mart in VINTAGES), "letter_seen")
#: Macros in an order in which each finds those it calls.
MACROS = (
    "part_first_day",
    "part_last_day",
    "period_first_day",
    "period_last_day",
    "period_end",
    "period_start_year",
    "period_end_year",
    "period_year",
    "rounding_step",
    "written_half",
    "rounded_half",
    "figure_bounds",
    "meets",
    "said",
)
#: Macros that read tables and marts.
READING_MACROS = (
    "standing_on",
    *(f"{mart}_as_of" for mart in VINTAGES),
    "victims",
    "growth",
    "capacity",
    "quote_of",
    "letter_name",
)

#: Checks of what changes from one version to the next: what they find keeps a build from being published, and
#: not from being looked at.
CHECKS_OF_CHANGE = ("corrections_expected", "row_counts")

#: Warnings about letters and their claims. The rows that they find are kept too, each with what tells it from
#: the others, and such a build looks at the letters that it adds.
KEPT_CHECKS = {
    "figures_once": "(letter_id, starts)",
    "letters_once": "words",
    "percentages_plausible": "claim_id",
    "values_plausible": "claim_id",
    "years_plausible": "(claim_id, period, year)",
}

#: What is exported: all but what the marts share, the files that runs set aside, and the checks.
EXPORTED = tuple(
    relation
    for relation in (*MARTS, *MADE_MARTS, *TABLES, "letter_seen", "correction", *MADE_DIMENSIONS)
    if relation not in ("stated_figure", "rejected_letter", "check_result", "row_count")
)
#: The letters themselves stay: an export is about figures, and each has its quote and its sentence. How they
#: came here is told by letter_seen alone.
NOT_EXPORTED = {
    "letter": ("text", "source", "first_seen", "run_id"),
    "letter_form": ("source", "first_seen", "run_id", "read_run_id"),
    **dict.fromkeys(MARTS, ("first_seen", "run_id")),
}
#: Temporary macros and views of an export (sql/exports), in an order in which each finds those it uses.
EXPORT_MACROS = ("csv_number", "csv_time", "csv_list", "spreadsheet_text")
SDMX_RELATIONS = ("sdmx_id", "sdmx_time_period", "sdmx_observation", "sdmx_code")


def literal(text: str) -> str:
    """Quote a text for the statements that take no parameters."""
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def sql(folder: str, name: str) -> str:
    """Return the text of `sql/<folder>/<name>.sql`."""
    return (SQL / folder / f"{name}.sql").read_text("utf-8")


#: Order of the rows of `run`: by the number of the version, as the clock may have been set back.
NEWEST_FIRST = (
    r"TRY_CAST(regexp_extract(version, '-(\d+)[.]duckdb', 1) AS INTEGER) DESC NULLS LAST, "
    "started_at DESC, run_id DESC"
)


def names(folder: str) -> list[str]:
    """Return the names of the SQL files in a folder, sorted."""
    return sorted(path.stem for path in (SQL / folder).glob("*.sql"))


def examples() -> dict[str, str]:
    """Return the ready queries by name; the first line of each is a comment with its question."""
    return {name: sql("examples", name) for name in names("examples")}
