from pathlib import Path

import pytest

from flows.errors import UsageError
from flows.settings import CHECKOUT, settings


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("INBOX", "BATCH_SIZE", "CRON", "WAREHOUSE", "KEEP_VERSIONS"):
        monkeypatch.delenv(f"KAMERCIJFERS_{name}", raising=False)


def test_a_flag_goes_before_a_variable_before_the_file_before_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings().batch_size == 500
    (tmp_path / ".env").write_text("KAMERCIJFERS_BATCH_SIZE=3\nPREFECT_API_URL=http://127.0.0.1:4200/api\n")
    assert settings().batch_size == 3
    monkeypatch.setenv("KAMERCIJFERS_BATCH_SIZE", "4")
    assert settings().batch_size == 4
    assert settings(batch_size=5).batch_size == 5
    assert settings(batch_size=None).batch_size == 4


def test_paths_start_at_the_current_folder_and_stay_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERCIJFERS_INBOX", "in")
    chosen = settings(warehouse=Path("w.duckdb"))
    assert (chosen.inbox, chosen.warehouse) == (tmp_path / "in", tmp_path / "w.duckdb")


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERCIJFERS_CRON", "")
    assert settings().cron == "0 2 * * *"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BATCH_SIZE", "0"),
        ("BATCH_SIZE", "many"),
        ("WORKERS", "0"),
        ("KEEP_VERSIONS", "-1"),
        ("TIMEZONE", "Europe/Nowhere"),
        ("MAX_DROP_PERCENT", "101"),
    ],
)
def test_a_wrong_value_is_said_in_one_line_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"KAMERCIJFERS_{name}", value)
    with pytest.raises(UsageError) as error:
        settings()
    message = str(error.value)
    assert message.startswith(f"KAMERCIJFERS_{name}: ")
    assert value in message
    assert "\n" not in message


def test_a_wrong_flag_is_named_as_a_flag() -> None:
    with pytest.raises(UsageError, match=r"^--batch-size: "):
        settings(batch_size=0)


def test_a_settings_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"KAMERCIJFERS_INBOX=\xff\xfe")
    with pytest.raises(UsageError, match=r"\.env"):
        settings()


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("KEEP_VERSION", "KEEP_VERSIONS"), ("WARHOUSE", "WAREHOUSE"), ("ALERT_MAIL_TO", "ALERT_EMAIL_TO")],
)
@pytest.mark.parametrize("in_file", [True, False])
def test_a_variable_that_is_no_setting_is_said_with_the_nearest_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, nearest: str, in_file: bool
) -> None:
    if in_file:
        (tmp_path / ".env").write_text(f"KAMERCIJFERS_{name}=7\n")
    else:
        monkeypatch.setenv(f"KAMERCIJFERS_{name}", "7")
    with pytest.raises(UsageError) as error:
        settings()
    assert str(error.value) == (
        f"KAMERCIJFERS_{name}: no setting is called that; the nearest is KAMERCIJFERS_{nearest}"
    )


def test_every_setting_is_taken_from_a_variable_and_an_empty_one_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = settings().model_dump(exclude_none=True)
    section = {f"harvest__{name}": value for name, value in held.pop("harvest").items()}
    for name, value in (held | section).items():
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        monkeypatch.setenv(f"KAMERCIJFERS_{name.upper()}", text)
    monkeypatch.setenv("KAMERCIJFERS_NO_SUCH", "")
    assert settings().batch_size == 500


def test_the_section_counts_after_variables_and_is_looked_for_where_it_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not settings().harvest.is_configured
    (tmp_path / "kamercijfers.toml").write_text('[harvest]\ndossiers = ["28638", "36 600-VII"]\nlimit = 5\n')
    assert settings().harvest.dossiers == ("28638", "36600-VII")
    assert settings().harvest.is_configured
    monkeypatch.setenv("KAMERCIJFERS_HARVEST__DOSSIERS", "28844, 29628")
    (tmp_path / ".env").write_text("KAMERCIJFERS_HARVEST__CONTACT=harvest@example.org\n")
    held = settings().harvest
    assert (held.dossiers, held.limit, held.contact) == (("28844", "29628"), 5, "harvest@example.org")
    (tmp_path / "other.toml").write_text("[harvest]\nlimit = 7\n")
    monkeypatch.setenv("KAMERCIJFERS_CONFIG", "other.toml")
    assert settings().harvest.limit == 7


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[harvest", "kamercijfers.toml: can't be read as TOML ("),
        ("\ud800", "kamercijfers.toml: can't be read as TOML ("),
        ("inbox = 'letters'", "kamercijfers.toml: inbox is no section that it may have"),
        ("[harvests]", "kamercijfers.toml: harvests is no section that it may have"),
        ("harvest = 1", "kamercijfers.toml: harvest is no section that it may have"),
        ("[harvest]\ndossier = []", "[harvest] dossier: no setting is called that; the nearest is dossiers"),
        ("[harvest]\nlimit = 0", "[harvest] limit: Input should be greater"),
        ("[harvest]\ndossiers = ['28638\" OR 1']", "[harvest] dossiers: '28638\" OR 1' is no dossier"),
        ("[harvest]\nsru_url = 'ftp://example.org'", "[harvest] sru_url: give https://HOST/PATH"),
        ("[harvest]\nsources = ['mail']", "[harvest] sources: Input should be 'sru' or 'odata'"),
        ("[harvest]\nquery = 'x'\nsources = ['sru', 'odata']", "[harvest]: query is written for one source"),
    ],
)
def test_what_is_wrong_in_the_section_is_said_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "kamercijfers.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UsageError) as error:
        settings()
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["FOO", "X", "COLOUR_OF_PLOTS"])
def test_what_is_near_to_no_setting_is_said_with_where_they_are_listed(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"KAMERCIJFERS_{name}", "7")
    with pytest.raises(UsageError) as error:
        settings()
    assert str(error.value) == (
        f"KAMERCIJFERS_{name}: no setting is called that; README.md and docs/operations.md name them"
    )


def test_a_section_that_is_named_has_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERCIJFERS_CONFIG", "none.toml")
    with pytest.raises(UsageError, match=r"none\.toml: can't be read"):
        settings()


def test_the_settings_of_the_units_are_settings(tmp_path: Path) -> None:
    shipped = (CHECKOUT / "deploy" / "kamercijfers.env").read_text()
    (tmp_path / "kamercijfers.toml").write_text("[harvest]\nlimit = 7\n")
    here = shipped.replace("/etc/kamercijfers.toml", str(tmp_path / "kamercijfers.toml"))
    (tmp_path / ".env").write_text(here.replace("#KAMERCIJFERS_", "KAMERCIJFERS_"))
    assert (settings().harvest.limit, settings().harvest.contact) == (7, "night@example.org")
    assert settings().alert_quiet_days == 7
