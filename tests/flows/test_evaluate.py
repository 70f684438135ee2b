"""`kamercijfers evaluate` as a user meets it: which sets it takes, what it prints, what it says is wrong."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_letters import inbox_of

from flows.command import main

TEXT = "In 2019 waren er 48 slachtoffers. In 2020 waren het er 51.\n"
FIELDS = {
    "value_high": None, "unit": "persons", "kind": "count", "measure": "slachtoffers",
    "base_period": None, "direction": "none", "status": "realised", "precision": "exact", "source": None,
}  # fmt: skip

Run = Callable[..., subprocess.CompletedProcess[str]]


def label(quote: str, period: str | None, letter: str = "a.txt", **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    span = {"letter": letter, "start": start, "end": start + len(quote), "quote": quote, "value": int(quote)}
    return {**span, **FIELDS, "period": period, **fields}


def labelled(folder: Path, name: str, labels: list[dict[str, Any]], *letters: str) -> Path:
    """A set of texts with its labels, whose path is given."""
    inbox_of(folder / name, **dict.fromkeys(letters or ("a",), TEXT))
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in labels), "utf-8")
    return path


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command, without a process of its own."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["kamercijfers", "evaluate", *map(str, arguments)])
        code = main()
        return subprocess.CompletedProcess(sys.argv, code, *capfd.readouterr())

    return run


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with two sets and a file of labels that has no texts."""
    folder = tmp_path / "gold"
    labelled(folder, "letters", [label("48", "2019"), label("51", "2020", optional=True)])
    labelled(folder, "answers", [label("48", "2018"), label("51", "2020", "b.txt")], "a", "b")
    (folder / "other.jsonl").touch()
    return folder


def test_the_gold_of_the_project_is_scored_by_its_sets(evaluate: Run) -> None:
    """Two texts of it; test_gold scores it whole."""
    folder = Path(__file__).parents[1] / "gold"
    result = evaluate(folder, "--only", "^(01-slachtofferregistratie|02-spoorbrug)", "--format", "json")
    assert result.returncode == 0, result.stderr
    assert set(scores(result)) == {"all", "answers", "letters"}
    assert scores(result)["all"][0] > 0


def scores(result: subprocess.CompletedProcess[str]) -> dict[str, tuple[int, int, int]]:
    """Found, missed and false of the whole and of each set."""
    rows = json.loads(result.stdout)["scores"]
    return {
        row["name"]: (row["found"], row["missed"], row["false"])
        for row in rows
        if row["by"] in ("all", "set")
    }


def test_a_set_is_named_by_its_labels_its_folder_or_the_folder_of_all(gold: Path, evaluate: Run) -> None:
    both = {"all": (3, 0, 2), "answers": (2, 0, 2), "letters": (1, 0, 0)}
    letters = {"all": (1, 0, 0), "letters": (1, 0, 0)}
    for paths, expected in (
        (["gold/letters.jsonl"], letters),
        (["gold/letters/"], letters),
        ([gold], both),
        (["gold/letters", "gold/answers.jsonl", "gold"], both),
    ):
        result = evaluate(*paths, "--format", "json")
        assert result.returncode == 0, result.stderr
        assert scores(result) == expected, paths
    assert "answers, letters" in evaluate(gold).stderr


def test_json_holds_each_field_and_errors_where_asked_for(gold: Path, evaluate: Run) -> None:
    plain = json.loads(evaluate(gold, "--format", "json").stdout)
    assert "errors" not in plain
    whole = next(row for row in plain["scores"] if row["by"] == "all")
    assert whole["fields"]["period"] == {
        "judged": 3, "right": 2, "stated": 3, "stated_right": 2,
        "accuracy": 0.6667, "stated_accuracy": 0.6667,
    }  # fmt: skip
    errors = json.loads(evaluate(gold, "--format", "json", "--errors").stdout)["errors"]
    assert [(row["set"], row["letter"], row["error"]) for row in errors] == [
        ("answers", "a.txt", "wrong"), ("answers", "a.txt", "false"), ("answers", "b.txt", "false"),
    ]  # fmt: skip
    assert errors[0]["detail"] == "period 2019, not 2018"
    assert errors[0]["sentence"] == "In 2019 waren er 48 slachtoffers."


def test_tables_go_to_stdout_and_what_was_read_to_stderr(gold: Path, evaluate: Run) -> None:
    result = evaluate(gold, "--errors")
    for title in ("claims", "fields right, of all claims found", "fields right, where the gold", "errors"):
        assert f"\n{title}" in f"\n{result.stdout}"
    assert result.stderr == "kamercijfers: answers, letters: 3 texts, 4 labels, 1 of them optional\n"


def test_a_part_is_picked_by_the_names_of_the_texts(gold: Path, evaluate: Run) -> None:
    assert scores(evaluate(gold, "--only", "^b", "--format", "json")) == {
        "all": (1, 0, 1),
        "answers": (1, 0, 1),
    }
    nothing = evaluate(gold, "--only", "zzz")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "zzz" in nothing.stderr


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in label("48", "2019").items() if key != name}


def test_notes_beside_the_texts_are_none_of_them(gold: Path, evaluate: Run) -> None:
    (gold / "letters" / "a.notes").write_text(TEXT, "utf-8")
    (gold / "letters" / "b.notes").touch()
    done = evaluate(gold / "letters.jsonl")
    assert (done.returncode, "letters: 1 texts" in done.stderr) == (0, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "is no JSON"),
        ("[1]", "is no JSON object"),
        (json.dumps(without("period")), "lacks period"),
        (json.dumps(label("48", "2019", unit="people")), "unit 'people' is none of"),
        (json.dumps(label("48", "2019", value="48")), 'value can\'t be "48"'),
        (json.dumps(label("48", "2019", start=True)), "start can't be true"),
        (json.dumps(label("48", "2019", optional="yes")), "optional is true or false"),
        (json.dumps(label("48", "2019", "z.txt")), "no text 'z.txt'"),
        (json.dumps(label("48", "2019", start=1)), "has 'n 2019 waren er 48' at 1–19, not '48'"),
    ],
)
def test_a_wrong_label_is_one_line_with_its_file_and_number(
    tmp_path: Path, evaluate: Run, line: str, said: str
) -> None:
    path = labelled(tmp_path, "letters", [label("51", "2020")])
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    result = evaluate("letters")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("kamercijfers: letters.jsonl, line 3: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "GOLD"),
        (["letters", "--only", "("], 2, "--only"),
        (["letters", "--format", "xml"], 2, "xml"),
        (["missing"], 1, "missing: no such file or folder"),
        (["letters/a.txt"], 1, "letters/a.txt: is no NAME.jsonl"),
        (["empty"], 1, "empty: holds no labels"),
        (["broken"], 1, "b.txt: empty"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    tmp_path: Path, evaluate: Run, arguments: list[str], code: int, said: str
) -> None:
    labelled(tmp_path, "letters", [label("48", "2019")])
    labelled(tmp_path, "broken", [label("48", "2019")])
    (tmp_path / "broken" / "b.txt").touch()
    (tmp_path / "empty").mkdir()
    result = evaluate(*arguments)
    assert (result.returncode, result.stdout) == (code, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
