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
    for name, value in settings().model_dump(exclude_none=True).items():
        monkeypatch.setenv(f"KAMERCIJFERS_{name.upper()}", str(value))
    monkeypatch.setenv("KAMERCIJFERS_NO_SUCH", "")
    assert settings().batch_size == 500


def test_the_settings_of_the_units_are_settings(tmp_path: Path) -> None:
    shipped = (CHECKOUT / "deploy" / "kamercijfers.env").read_text()
    (tmp_path / ".env").write_text(shipped.replace("#KAMERCIJFERS_", "KAMERCIJFERS_"))
    assert settings().alert_quiet_days == 7
