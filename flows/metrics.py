"""The last run in figures, as a text file that Prometheus' node_exporter takes up."""

import logging
import time
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile
from prometheus_client.parser import text_string_to_metric_families

from flows.watching import Course, Kind
from warehouse import store
from warehouse.errors import WarehouseError

log = logging.getLogger(__name__)

PREFIX = "kamercijfers_"
SUCCEEDED = "last_success_time_seconds"


def write(file: Path, warehouse: Path, course: Course) -> None:
    """Write the figures of a run that has ended; a file that can't be written is a warning."""
    file = file_of(file, course.run.kind)
    registry = CollectorRegistry()
    _of_run(registry, course, before=last_success(file))
    _of_outcome(registry, course)
    _of_warehouse(registry, course.run.kind, warehouse)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(file), registry)
    except OSError as error:
        log.warning("the metrics could not be written to %s: %s", file, error.strerror)


def file_of(file: Path, kind: Kind) -> Path:
    """The file itself for the nights; one beside it for a backfill, which says nothing of them."""
    return file if kind == "nightly" else file.with_name(f"{file.stem}-{kind}{file.suffix}")


def last_success(file: Path) -> float | None:
    """When the last run that went well ended, as the file that is there tells; None where it doesn't."""
    try:
        for family in text_string_to_metric_families(file.read_text("utf-8")):
            for sample in family.samples:
                if sample.name == PREFIX + SUCCEEDED:
                    return sample.value
    except (OSError, ValueError):
        pass
    return None


def _of_run(registry: CollectorRegistry, course: Course, before: float | None) -> None:
    kind, ended = course.run.kind, time.time()
    succeeded = course.error is None
    _set(registry, "run_success", "1 where the last run went well, else 0", {"kind": kind}, succeeded)
    _set(registry, "run_end_time_seconds", "When the last run ended", {"kind": kind}, ended)
    if succeeded or before:
        value = ended if succeeded else before
        _set(registry, SUCCEEDED, "When the last run that went well ended", {"kind": kind}, value)
    lost = "1 where Prefect's server was lost during the last run"
    _set(registry, "run_server_lost", lost, {"kind": kind}, course.run.server_lost)
    failed = "1 where the harvest that the last run began with failed"
    _set(registry, "run_harvest_failed", failed, {"kind": kind}, course.run.harvest.startswith("failed"))
    steps = _gauge(registry, "run_duration_seconds", "Seconds of the last run, by step", ["kind", "step"])
    for step, seconds in course.seconds.items():
        steps.labels(kind, step).set(seconds)


def _of_outcome(registry: CollectorRegistry, course: Course) -> None:
    kind, outcome = course.run.kind, course.outcome
    if outcome is None:
        return
    letters = _gauge(registry, "run_letters", "Files of the last run", ["kind", "became"])
    for became, number in (("seen", outcome.seen), ("known", outcome.known), ("read", outcome.read)):
        letters.labels(kind, became).set(number)
    rejected = _gauge(registry, "run_rejected_letters", "Files set aside by the last run", ["kind", "reason"])
    letters.labels(kind, "rejected").set(outcome.set_aside)
    letters.labels(kind, "other_form").set(outcome.other_forms)
    for reason, number in outcome.rejected.items():
        rejected.labels(kind, reason).set(number)
    _set(
        registry, "run_claims", "Claims in the letters that the last run read", {"kind": kind}, outcome.claims
    )
    _set(registry, "run_published", "1 where the last run published", {"kind": kind}, bool(outcome.version))
    checks = _gauge(
        registry,
        "check_bad_rows",
        "Rows that a check warned of",
        ["kind", "check"],
    )
    for check, rows in outcome.warnings.items():
        checks.labels(kind, check).set(rows)


def _of_warehouse(registry: CollectorRegistry, kind: Kind, warehouse: Path) -> None:
    try:
        versions = store.versions(warehouse)
        held = store.contents(warehouse)
    except (WarehouseError, OSError):
        return
    rows = _gauge(registry, "rows", "Rows of the published version", ["kind", "relation"])
    for relation, count in held.items():
        rows.labels(kind, relation).set(count)
    _set(registry, "versions", "Versions that are kept", {"kind": kind}, len(versions))
    for version in versions:
        if version.is_current:
            _set(registry, "version_bytes", "Size of the published version", {"kind": kind}, version.size)
            published = version.published_at.timestamp()
            _set(registry, "version_time_seconds", "When it was published", {"kind": kind}, published)


def _set(
    registry: CollectorRegistry, name: str, told: str, labels: dict[str, str], value: float | None
) -> None:
    _gauge(registry, name, told, list(labels)).labels(*labels.values()).set(float(value or 0))


def _gauge(registry: CollectorRegistry, name: str, told: str, labels: list[str]) -> Gauge:
    return Gauge(PREFIX + name, told, labels, registry=registry)
