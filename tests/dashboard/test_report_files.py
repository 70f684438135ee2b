"""The files that reports are written into."""

from pathlib import Path

from small_letters import inbox_of, letter

from dashboard import report
from dashboard.labels import LANGUAGES
from flows import pipeline
from flows.settings import settings


def test_a_report_takes_no_place_of_one_in_another_language(tmp_path: Path) -> None:
    warehouse = tmp_path / "figures.duckdb"
    inbox = inbox_of(tmp_path / "inbox", a=letter())
    pipeline.run(settings(inbox=inbox, warehouse=warehouse, workers=1))
    folder = tmp_path / "archive"
    made = {language: report.write(warehouse, folder, language) for language in LANGUAGES}
    version = warehouse.resolve().stem
    assert {language: path.name for language, path in made.items()} == {
        "nl": f"{version}.html",
        "en": f"{version}.en.html",
    }
    assert sorted(folder.iterdir()) == sorted(made.values())
    for language, path in made.items():
        assert f'<html lang="{language}">' in path.read_text("utf-8")[:100]
