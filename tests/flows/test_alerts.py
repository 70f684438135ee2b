"""Alerts, as a webhook and a mail server get them: once for each cause, once when it is over."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from editing import edit
from processes import Run, free_port
from receivers import Mailbox, Webhook, mail_server, webhook
from small_letters import inbox_of, letter
from test_runs import spoil

from flows import channels, pipeline
from flows.errors import UsageError, UserError
from flows.settings import Settings, settings
from warehouse import publishing, store
from warehouse.errors import ChecksFailedError, WarehouseError


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as received:
        yield received


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server(free_port()) as received:
        yield received


@pytest.fixture
def chosen(tmp_path: Path, hook: Webhook, mailbox: Mailbox) -> Settings:
    return settings(
        inbox=inbox_of(tmp_path / "inbox", a=letter(1)),
        warehouse=tmp_path / "w.duckdb",
        alert_webhook=hook.url,
        alert_email=mailbox.url,
        alert_email_to="night@example.org, day@example.org",
    )


def lose_inbox(chosen: Settings) -> None:
    """A run that fails, as the inbox is gone while it goes on."""
    chosen.inbox.rename(chosen.inbox.with_name("away"))
    try:
        with pytest.raises(UserError):
            pipeline.run(chosen)
    finally:
        chosen.inbox.with_name("away").rename(chosen.inbox)


def test_where_nothing_can_be_written_nobody_waits(tmp_path: Path, at_once: Run, hook: Webhook) -> None:
    inbox = inbox_of(tmp_path / "inbox", a=letter(1))
    began = time.monotonic()
    result = at_once(
        "nightly", "--inline", "--inbox", inbox,
        KAMERCIJFERS_ALERT_WEBHOOK=hook.url, KAMERCIJFERS_WAREHOUSE="/proc/x.duckdb",
    )  # fmt: skip
    assert result.returncode == 1
    assert "can't write in /proc" in result.stderr
    assert time.monotonic() - began < channels.SECONDS
    assert [alert["event"] for alert in hook.told] == ["failure"]


def test_a_cause_is_told_once_and_its_end_once(chosen: Settings, hook: Webhook, mailbox: Mailbox) -> None:
    lose_inbox(chosen)
    lose_inbox(chosen)
    (alert,) = hook.told
    assert (alert["event"], alert["kind"], alert["step"]) == ("failure", "nightly", "find")
    assert alert["reason"] == f"{chosen.inbox}: no such folder; make it, or give another path"
    assert alert["warehouse"] == str(chosen.warehouse)
    assert hook.types == ["application/json"]
    pipeline.run(chosen)
    pipeline.run(chosen)
    assert hook.events() == ["failure", "recovery"]
    over = hook.told[1]
    assert (over["cause"], over["since"], over["of"]) == (alert["cause"], alert["time"], "failure")
    counts = {"seen": 1, "known": 0, "read": 1, "rejected": 0, "other_forms": 0, "claims": 1}
    assert over["counts"] == counts
    assert [mail["Subject"].split(" on ")[0] for mail in mailbox.mails] == [
        "[kamercijfers] failure: nightly",
        "[kamercijfers] recovery: nightly",
    ]
    assert mailbox.to[0] == ["night@example.org", "day@example.org"]
    assert (
        f"reason: {chosen.inbox}: no such folder; make it, or give another path\r\n"
        in mailbox.mails[0].get_content()
    )
    lose_inbox(chosen)
    assert hook.events() == ["failure", "recovery", "failure"]


def test_another_cause_is_told_beside_one_that_is_open(chosen: Settings, hook: Webhook) -> None:
    pipeline.run(chosen)
    lose_inbox(chosen)
    spoil(chosen.warehouse)
    inbox_of(chosen.inbox, b=letter(2))
    for _night in range(2):
        with pytest.raises(ChecksFailedError):
            pipeline.run(chosen)
    lose_inbox(chosen)
    assert hook.events() == ["failure", "check_error"]
    assert hook.told[1]["step"] == "publish"
    assert hook.told[1]["checks"] == {"quotes_open": 1}
    assert hook.told[1]["counts"]["seen"] == 2
    assert "quotes_open: 1 bad row\n" in hook.told[1]["reason"]
    store.roll_back(chosen.warehouse, "1")  # the same file, mended
    edit(chosen.warehouse, "UPDATE claim SET char_start = char_start - 1, char_end = char_end - 1")
    pipeline.run(chosen)
    assert hook.events()[2:] == ["recovery", "recovery"]


def test_letters_that_do_not_come_are_told_once(chosen: Settings, hook: Webhook) -> None:
    quiet = chosen.model_copy(update={"alert_quiet_days": 7})
    pipeline.run(quiet)
    assert hook.events() == []
    edit(chosen.warehouse, "UPDATE letter SET first_seen = first_seen - INTERVAL 8 DAY")
    pipeline.run(quiet)
    pipeline.run(quiet)
    assert hook.events() == ["no_letters"]
    assert hook.told[0]["reason"].startswith("no letter for 7 days: the last came on ")
    inbox_of(chosen.inbox, b=letter(2))
    pipeline.run(quiet)
    assert hook.events() == ["no_letters", "recovery"]


def test_a_clock_that_was_ahead_silences_nothing(chosen: Settings, hook: Webhook) -> None:
    quiet = chosen.model_copy(update={"alert_quiet_days": 7})
    inbox_of(chosen.inbox, b=letter(2))
    pipeline.run(quiet)
    shifted = "first_seen + to_days(CASE source WHEN 'a.txt' THEN 400 ELSE -8 END)"
    edit(chosen.warehouse, f"UPDATE letter SET first_seen = {shifted}")
    pipeline.run(quiet)
    assert hook.events() == ["no_letters"]
    edit(chosen.warehouse, "UPDATE letter SET first_seen = now() + INTERVAL 400 DAY")
    file = store.alerts_file(chosen.warehouse)
    file.write_text(json.dumps({"since": "2090-01-01T00:00:00+00:00", "causes": {}}))
    pipeline.run(quiet)
    assert hook.events() == ["no_letters"]  # unknown since when: the days are counted from this run
    assert json.loads(file.read_text())["since"] < "2090"


def test_damage_goes_on_though_a_night_looks_elsewhere(
    chosen: Settings, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.run(chosen)
    version = chosen.warehouse.resolve()
    whole = version.read_bytes()
    version.chmod(0o644)
    version.write_bytes(whole[:-9] + b"damaged!!")
    with pytest.raises(WarehouseError, match="is damaged"):
        pipeline.run(chosen)
    monkeypatch.setattr(publishing, "SOON_READ", 0)
    monkeypatch.setattr(publishing, "require_in_part", lambda *_: None)
    with pytest.raises(WarehouseError, match="is damaged"):
        pipeline.run(chosen)
    version.write_bytes(whole)
    pipeline.run(chosen)
    assert hook.events() == ["failure", "recovery"]


def test_letters_that_came_by_a_clock_that_was_ahead_are_told_so(chosen: Settings, hook: Webhook) -> None:
    quiet = chosen.model_copy(update={"alert_quiet_days": 7})
    pipeline.run(quiet)
    edit(chosen.warehouse, "UPDATE letter SET first_seen = TIMESTAMP '2090-01-01'")
    file = store.alerts_file(chosen.warehouse)
    file.write_text(json.dumps({"since": "2020-01-01T00:00:00+00:00", "causes": {}}))
    pipeline.run(quiet)
    assert "dated after today, to 2090-01-01, by a clock that was ahead" in hook.told[0]["reason"]


def test_letters_that_never_came_are_told_from_the_first_run_on(chosen: Settings, hook: Webhook) -> None:
    quiet = chosen.model_copy(update={"alert_quiet_days": 7})
    (chosen.inbox / "a.txt").unlink()
    pipeline.run(quiet)
    assert hook.events() == []
    file = store.alerts_file(chosen.warehouse)
    file.write_text(json.dumps({"since": "2020-01-01T00:00:00+00:00", "causes": {}}))
    pipeline.run(quiet)
    assert hook.events() == ["no_letters"]
    assert "none has ever come" in hook.told[0]["reason"]


def test_what_a_receiver_did_not_take_is_told_by_the_next_run(
    chosen: Settings, hook: Webhook, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    hook.status = 503
    lose_inbox(chosen)
    assert len(mailbox.mails) == 1
    assert "no alert could be sent by webhook (the webhook answers 503" in caplog.text
    hook.status = 200
    lose_inbox(chosen)
    assert hook.events() == ["failure"]
    hook.status = 503
    pipeline.run(chosen)
    hook.status = 200
    pipeline.run(chosen)
    assert hook.events() == ["failure", "recovery"]
    assert len(mailbox.mails) == 2


def test_what_was_over_before_a_receiver_took_it_is_told_with_its_end(
    chosen: Settings, hook: Webhook, mailbox: Mailbox
) -> None:
    hook.status = 503
    lose_inbox(chosen)
    pipeline.run(chosen)
    assert (hook.events(), len(mailbox.mails)) == ([], 2)
    hook.status = 200
    pipeline.run(chosen)
    assert hook.events() == ["failure", "recovery"]
    assert len(mailbox.mails) == 2
    lose_inbox(chosen)
    assert hook.events() == ["failure", "recovery", "failure"]


@pytest.mark.parametrize("held", ["", '{"since": "2020-01-01", "causes": {"a": {"alert": {}}}}'])
def test_a_memory_that_no_run_has_written_keeps_nobody_from_being_told(
    chosen: Settings, hook: Webhook, held: str
) -> None:
    store.alerts_file(chosen.warehouse).write_text(held)
    lose_inbox(chosen)
    pipeline.run(chosen)
    assert hook.events() == ["failure", "recovery"]


def test_a_receiver_that_never_answers_holds_nobody_up(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(channels, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        deaf = {"alert_webhook": f"http://127.0.0.1:{port}", "alert_email": f"smtp://127.0.0.1:{port}"}
        lose_inbox(settings(**chosen.model_dump() | deaf))
    assert caplog.text.count("no answer within 0.5 s") == 2


def kill_a_run(warehouse: Path) -> None:
    kill = "import os, sys; from pathlib import Path; from warehouse import store\n"
    kill += "with store.lock(store.Place(Path(sys.argv[1]))): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", kill, warehouse], check=False, env=os.environ)


def test_a_run_that_was_killed_is_told_by_the_next_one(chosen: Settings, hook: Webhook) -> None:
    pipeline.run(chosen)
    kill_a_run(chosen.warehouse)
    pipeline.run(chosen)
    pipeline.run(chosen)
    assert hook.events() == ["failure", "recovery"]
    assert "ended without a word" in hook.told[0]["reason"]


def test_the_command_line_tells_it_too(chosen: Settings, at_once: Run, hook: Webhook) -> None:
    pipeline.run(chosen)
    kill_a_run(chosen.warehouse)
    command = ("nightly", "--inline", "--inbox", chosen.inbox, "--warehouse", chosen.warehouse)
    again = at_once(*command, KAMERCIJFERS_ALERT_WEBHOOK=hook.url)
    assert again.returncode == 0, again.stderr
    assert hook.events() == ["failure", "recovery"]


def test_blocks_saved_in_prefect_are_used(
    tmp_path: Path, kamercijfers: Run, prefect_environment: dict[str, str], hook: Webhook, mailbox: Mailbox
) -> None:
    save = (
        "from prefect.blocks.webhook import Webhook; from prefect_email import EmailServerCredentials\n"
        f"Webhook(url={hook.url!r}, headers={{'X-From': 'us'}}).save('night')\n"
        f"EmailServerCredentials(smtp_server='127.0.0.1', smtp_port={mailbox.port}, "
        "smtp_type='INSECURE').save('night')\n"
    )
    subprocess.run([sys.executable, "-c", save], check=True, env=prefect_environment, timeout=60)
    variables = {
        "PREFECT_API_URL": prefect_environment["PREFECT_API_URL"],
        "KAMERCIJFERS_ALERT_WEBHOOK": "webhook/night",
        "KAMERCIJFERS_ALERT_EMAIL": "email-server-credentials/night",
        "KAMERCIJFERS_ALERT_EMAIL_TO": "night@example.org",
        "KAMERCIJFERS_CORRECTIONS": "corrections.toml",
    }
    (tmp_path / "corrections.toml").touch()
    inbox_of(tmp_path / "inbox", a=letter(1))
    blocked = tmp_path / "w.duckdb"
    blocked.mkdir()
    failed = kamercijfers("nightly", "--warehouse", blocked, **variables)
    assert failed.returncode == 1
    assert hook.events() == ["failure"]
    assert len(mailbox.mails) == 1
    trial = kamercijfers("alert-test", **variables)
    assert (trial.returncode, trial.stdout) == (0, "")
    assert hook.events() == ["failure", "test"]
    missing = kamercijfers("alert-test", **variables | {"KAMERCIJFERS_ALERT_WEBHOOK": "webhook/none"})
    assert missing.returncode == 1
    assert "kamercijfers: email: sent" in missing.stderr
    assert "kamercijfers: webhook: not sent (" in missing.stderr


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("alert_webhook", "hooks.example.org/SECRET", "give https://HOST"),
        ("alert_webhook", "webhook/", "give https://HOST"),
        ("alert_email", "mail://SECRET@example.org", "give smtp://HOST"),
        ("alert_email", "smtp://u:SECRET@example.org:99999", "give smtp://HOST"),
        ("alert_email", "smtp://u:SECRET@example.org", "ALERT_EMAIL_TO"),
    ],
)
def test_a_wrong_address_is_a_wrong_setting_that_shows_no_password(
    name: str, value: str, advice: str
) -> None:
    with pytest.raises(UsageError, match=advice) as error:
        settings(**{name: value})
    assert "SECRET" not in str(error.value)
