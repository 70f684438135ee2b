"""The corrections file: what it says, what is wrong with it, and how runs apply it."""

from datetime import date
from pathlib import Path

import pytest
from editing import edit
from once import put_into
from processes import Run
from small_letters import inbox_of, letter
from test_runs import files, rows

from flows import answers, backfilling, pipeline
from flows.corrections import corrections
from flows.errors import UsageError, UserError
from flows.settings import CORRECTIONS, Settings, settings
from warehouse.correcting import ENTRY
from warehouse.errors import ChecksFailedError

ENTRY_TEXT = """
[[correction]]
identifier = "kst-28638-75"
quote = "1222"
sentence = "telde CoMensha"
action = "override"
override = { value = 1212, source = "" }
expects = { value = 1222, source = "CoMensha" }
reason = "A digit was doubled."
found_by = "J. Jansen"
date = 2024-05-01
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "corrections.toml"
    path.write_text(text)
    return path


def test_an_entry_is_a_row(tmp_path: Path) -> None:
    frame = corrections(written(tmp_path, ENTRY_TEXT))
    assert frame.schema == ENTRY
    (row,) = frame.to_dicts()
    assert {name: value for name, value in row.items() if value is not None and name != "correction_id"} == {
        "entry": 1,
        "identifier": "kst-28638-75",
        "quote": "1222",
        "sentence": "telde CoMensha",
        "action": "override",
        "fields": ["value", "source"],
        "value": 1212,
        "expected_fields": ["value", "source"],
        "expected_values": ["1222", "CoMensha"],
        "reason": "A digit was doubled.",
        "found_by": "J. Jansen",
        "found_on": date(2024, 5, 1),
    }


def test_the_id_follows_what_is_said_and_not_where(tmp_path: Path) -> None:
    other = ENTRY_TEXT.replace("1212", "1213")
    ids = [
        corrections(written(tmp_path, text))["correction_id"].to_list()
        for text in (ENTRY_TEXT, other + ENTRY_TEXT)
    ]
    assert ids[1][1] == ids[0][0] != ids[1][0]


def test_the_file_of_the_checkout_corrects_nothing_and_its_example_is_right(tmp_path: Path) -> None:
    assert corrections(CORRECTIONS).is_empty()
    example = [line.removeprefix("#").strip() for line in CORRECTIONS.read_text().splitlines()[3:]]
    assert corrections(written(tmp_path, "\n".join(_uncommented(example))))["fields"].to_list() == [["value"]]


def _uncommented(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("[") or "=" in line]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"1222"\n', '"1222\n', "is no TOML"),
        ("[[correction]]", "[correction]", "correction is no list of entries"),
        ("[[correction]]", "[[corrections]]", "corrections is no list of entries"),
        ('reason = "A digit was doubled."', "", 'entry 1 (kst-28638-75 1222): reason: Field required'),
        ('found_by = "J. Jansen"', 'found_by = ""', "entry 1 (kst-28638-75 1222): found_by: "),
        ("2024-05-01", '"2024-05-01"', "entry 1 (kst-28638-75 1222): date: "),
        ('"override"', '"replace"', "entry 1 (kst-28638-75 1222): action: "),
        ('"override"', '"drop"', "override is to name the fields that change, and drop none"),
        ("value = 1212", "number = 1212", "override.number: no such field; there are value, value_high"),
        ('reason = ', 'reasons = "x"\nreason = ', "reasons: no such field; there are identifier, letter"),
        ("value = 1212", "value = -1", "override.value: "),
        ("value = 1212", "value = 1222", "override changes nothing: value is what expects tells"),
        ('source = "" }', 'statistic = "sum" }', "override.statistic: "),
        ("value = 1212", 'value = "1212"', "override.value: "),
        ('"kst-28638-75"', '"kst-28638-75"\nletter_id = "ab"', "give identifier or letter_id, one"),
        ('sentence = "telde CoMensha"', "", "give quote and some words of its sentence"),
        ('expects = { value = 1222, source = "CoMensha" }', "expects = { value = 1222 }", "source as ext"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_line_with_file_and_entry(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    assert was in ENTRY_TEXT
    path = written(tmp_path, ENTRY_TEXT.replace(was, becomes, 1))
    with pytest.raises(UsageError) as error:
        corrections(path)
    assert str(error.value).startswith(f"{path}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_the_same_entry_twice_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="entry 2 is the same as entry 1"):
        corrections(written(tmp_path, ENTRY_TEXT + ENTRY_TEXT))


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing.toml: can't be read"):
        corrections(tmp_path / "missing.toml")


def test_a_wrong_file_is_wrong_use_and_a_missing_one_a_missing_path(tmp_path: Path, at_once: Run) -> None:
    inbox_of(tmp_path / "inbox", a=letter())
    path = written(tmp_path, "[[correction")
    run = ("nightly", "--inline")
    assert at_once(*run, KAMERCIJFERS_CORRECTIONS=str(path)).returncode == 2
    assert at_once(*run, KAMERCIJFERS_CORRECTIONS="missing.toml").returncode == 1


def settings_in(folder: Path) -> Settings:
    return settings(
        inbox=folder / "inbox",
        warehouse=folder / "w.duckdb",
        corrections=written(folder, ""),
        max_drop_percent=2,
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse with two letters, and of a corrections file that is empty."""
    folder = tmp_path_factory.mktemp("filled")
    inbox_of(folder / "inbox", a=letter(1), b=letter(2, year=2012, victims=1222))
    pipeline.run(settings_in(folder))
    return folder


@pytest.fixture
def chosen(filled: Path, tmp_path: Path) -> Settings:
    """Settings of a copy of that warehouse, for a test to write to."""
    put_into(filled, tmp_path)
    return settings_in(tmp_path)


def entry_of(chosen: Settings) -> str:
    """Entry that corrects the 1222 of the second letter, named by its letter_id."""
    ((letter_id,),) = rows(chosen.warehouse, "SELECT letter_id FROM claim WHERE quote = '1222'")
    words = ENTRY_TEXT.replace('identifier = "kst-28638-75"', f'letter_id = "{letter_id}"')
    return words.replace("telde CoMensha", "cijfers van CoMensha")


MART = "SELECT value, correction_id IS NOT NULL FROM victim_counts ORDER BY value"


def test_a_run_publishes_corrections_that_are_new_and_once(tmp_path: Path, chosen: Settings) -> None:
    assert pipeline.run(chosen).version is None
    written(tmp_path, entry_of(chosen))
    assert pipeline.run(chosen).version
    assert rows(chosen.warehouse, MART) == [(812, False), (1212, True)]
    before = files(tmp_path)
    assert pipeline.run(chosen).version is None
    assert files(tmp_path) == before
    written(tmp_path, "")
    assert pipeline.run(chosen).version
    assert rows(chosen.warehouse, MART) == [(812, False), (1222, False)]


def test_corrections_that_count_no_more_are_said(
    tmp_path: Path, chosen: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    written(tmp_path, entry_of(chosen))
    pipeline.run(chosen)
    assert "corrections" not in caplog.text
    written(tmp_path, "")
    pipeline.run(chosen)
    assert "1 of 1 corrections that counted till now are not in" in caplog.text


def test_taking_a_correction_out_stops_no_small_warehouse(tmp_path: Path) -> None:
    sentence = "In {year} waren er {victims} slachtoffers van mensenhandel."
    inbox_of(tmp_path / "inbox", a=letter(1, year=2012, victims=1222, body=sentence))
    chosen = settings_in(tmp_path)
    named = 'identifier = "kst-28638-75"', 'sentence = "telde CoMensha"', 'value = 1212, source = ""'
    text = ENTRY_TEXT.replace(', source = "CoMensha"', ', source = ""').replace(
        named[2], 'source = "CoMensha"'
    )
    pipeline.run(chosen)
    text = text.replace(
        named[0], f'letter_id = "{rows(chosen.warehouse, "SELECT letter_id FROM letter")[0][0]}"'
    )
    written(tmp_path, text.replace(named[1], 'sentence = "waren er"'))
    assert pipeline.run(chosen).version
    coverage = "SELECT count(*) FROM coverage"
    ((corrected,),) = rows(chosen.warehouse, coverage)
    written(tmp_path, "")
    assert pipeline.run(chosen).version
    assert rows(chosen.warehouse, coverage) == [(corrected - 1,)]


def test_without_a_warehouse_corrections_make_none(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    path = written(tmp_path, ENTRY_TEXT)
    chosen = settings(inbox=tmp_path / "inbox", warehouse=tmp_path / "w.duckdb", corrections=path)
    assert pipeline.run(chosen).version is None
    assert not chosen.warehouse.exists()


def test_show_tells_of_a_correction(tmp_path: Path, chosen: Settings) -> None:
    written(tmp_path, entry_of(chosen))
    pipeline.run(chosen)
    ((corrected,), (other,)) = rows(
        chosen.warehouse, "SELECT claim_id FROM claim ORDER BY value DESC LIMIT 2"
    )
    claim = answers.claim(chosen.warehouse, corrected)
    assert claim["value"] == 1222
    assert claim["correction"]["in_marts"] == {"value": 1212, "source": None}
    assert claim["correction"]["reason"] == "A digit was doubled."
    assert answers.claim(chosen.warehouse, other)["correction"] == {}


def test_a_backfill_that_no_longer_meets_an_expectation_shows_and_does_not_publish(
    tmp_path: Path, chosen: Settings, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    written(tmp_path, entry_of(chosen).replace("value = 1222", "value = 1223"))
    backfilling.run(chosen, backfilling.Wanted())
    assert "from " in capsys.readouterr().out
    assert "value is 1222, not 1223" in caplog.text
    with pytest.raises(ChecksFailedError, match=r"entry=1.*value is 1222, not 1223"):
        backfilling.run(chosen, backfilling.Wanted(publish=True))


def test_a_drop_is_published_where_it_is_allowed(tmp_path: Path, chosen: Settings) -> None:
    ((letter_id,),) = rows(chosen.warehouse, "SELECT letter_id FROM claim WHERE quote = '1222'")
    (kept,) = tmp_path.glob(f"w.duckdb.letters/*/{letter_id[2:]}*")
    kept.unlink()
    edit(chosen.warehouse, f"UPDATE letter SET text = text || ' ' WHERE letter_id = '{letter_id}'")
    with pytest.raises(ChecksFailedError, match="relation='letter', rows_before=2, rows=1"):
        backfilling.run(chosen, backfilling.Wanted(publish=True))
    done = backfilling.run(chosen, backfilling.Wanted(publish=True, allow_drop=True))
    assert done.outcome.version
    assert rows(chosen.warehouse, "SELECT count(*) FROM letter") == [(1,)]


def test_on_the_command_line_a_malformed_file_is_a_wrong_setting(tmp_path: Path, at_once: Run) -> None:
    inbox = inbox_of(tmp_path / "inbox", a=letter(1))
    path = written(tmp_path, ENTRY_TEXT.replace("reason", "because"))
    result = at_once(
        "nightly", "--inline", "--inbox", inbox, "--warehouse", tmp_path / "w.duckdb",
        KAMERCIJFERS_CORRECTIONS=str(path),
    )  # fmt: skip
    assert result.returncode == 2
    assert str(path) in result.stderr
    assert "entry 1 (kst-28638-75 1222)" in result.stderr
    assert not (tmp_path / "w.duckdb").exists()
