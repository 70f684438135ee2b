"""Files that were set aside, as the pages name and count them."""

from pathlib import Path

from pages_shown import html, view
from small_letters import inbox_of, letter

from dashboard.views import coverage, overview
from flows import pipeline
from flows.settings import settings


def test_a_file_set_aside_is_named_by_its_path_and_counted_by_its_reason(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path / "inbox", a=letter())
    inbox_of(inbox / "fout", leeg=b"", nogleeg=b" \n")
    (tmp_path / "elders.txt").write_text(letter(13))
    (inbox / "fout" / "buiten.txt").symlink_to(tmp_path / "elders.txt")
    warehouse = tmp_path / "figures.duckdb"
    pipeline.run(settings(inbox=inbox, warehouse=warehouse, workers=1))
    seen = view(warehouse)
    listed = html(coverage.blocks(seen))
    assert "fout/buiten.txt" in listed
    for page in (listed, html(overview.blocks(seen))):
        assert "Set aside: 2 empty, 1 outside the folder." in page
        assert "unreadable files" not in page


def test_where_no_file_was_set_aside_no_reason_is_told(tmp_path: Path) -> None:
    warehouse = tmp_path / "figures.duckdb"
    inbox = inbox_of(tmp_path / "inbox", a=letter())
    pipeline.run(settings(inbox=inbox, warehouse=warehouse, workers=1))
    assert "Set aside:" not in html(overview.blocks(view(warehouse)))
    assert "No file was set aside." in html(coverage.blocks(view(warehouse)))
