"""What a harvest leaves in the inbox, and where the next one goes on."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from harvests import harvest, hasty, landed, outcome
from parliament import Deposited, open_parliament
from published import FIRST_DAY, Published, letters
from repository import Repository, open_repository

from flows import harvest_request, landing
from flows.errors import UsageError
from flows.harvest_settings import Harvest
from flows.landing import Watermarks
from flows.sources import Fetched, Form, Wanted, sru
from flows.sources.markup import parsed
from transforms.sidecars import Dossier
from warehouse.errors import LockedError

LAST = "2020-01-06"  # of the twenty letters, four a day


@pytest.fixture
def repository() -> Iterator[Repository]:
    with open_repository(letters(20)) as one:
        yield one


def mark(inbox: Path) -> list[str]:
    return [one["watermark"] for one in Watermarks(inbox).all()]


def test_letters_come_with_their_metadata_and_the_watermark_follows(
    tmp_path: Path, repository: Repository
) -> None:
    inbox = tmp_path / "inbox"
    repository.documents[6].dossiers = [("28638", "7"), ("36600-VII", "7")]
    done = harvest(hasty(inbox, repository.server.url), dossiers=["28638"])
    assert done._replace(source="sru") == done
    assert (done.listed, done.fetched, done.known, done.failed, done.watermark) == (20, 20, 0, 0, LAST)
    facts = landed(inbox)["kst-28638-7.xml"]
    assert facts.identifier == "kst-28638-7"
    assert facts.dossiers == (Dossier("28638", None, "7"), Dossier("36600", "VII", "7"))
    assert (facts.date, facts.issued) == (repository.documents[6].day, repository.documents[6].day)
    assert (facts.modified, facts.available) == ("2020-01-02", date(2020, 1, 2))
    assert facts.title == repository.documents[6].title
    assert facts.creator == "Tweede Kamer der Staten-Generaal"
    assert (
        facts.source_url
        == f"{repository.server.url}/frbr/officielepublicaties/kst/28638/kst-28638-7/1/xml/kst-28638-7.xml"
    )
    assert (facts.source, facts.licence, facts.withdrawn) == ("sru", "CC0-1.0", False)
    assert 'w.dossiernummer=="28638"' in facts.query
    age = datetime.now(UTC).replace(tzinfo=None) - facts.retrieved_at
    assert -1 < age.total_seconds() < 60
    assert mark(inbox) == [LAST]
    assert {path.name for path in (inbox / ".harvest").iterdir()} == {"lock", "watermarks.json"}


def test_what_is_here_is_not_fetched_again(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    harvest(chosen, dossiers=["28638"])
    repository.server.asked.clear()
    done = harvest(chosen, dossiers=["28638"])
    assert (done.listed, done.fetched, done.known) == (13, 0, 13)  # of the days that overlap
    assert not [one.path for one in repository.server.asked if "/frbr/" in one.path]
    assert "dt.modified%3E%3D2020-01-03" in repository.server.asked[0].path


def test_other_queries_have_watermarks_of_their_own(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    repository.documents[0].dossiers = [("28844", "1")]
    harvest(chosen, dossiers=["28844"])
    assert mark(chosen.inbox) == [f"{FIRST_DAY}"]
    harvest(chosen, dossiers=["28638", "28844"])
    harvest(chosen, query='dt.type=="Kamerstuk"')
    harvest(chosen, query='dt.type=="Kamerstuk"', all_types=True)
    assert mark(chosen.inbox) == [f"{FIRST_DAY}", LAST, LAST, LAST]
    harvest(chosen, dossiers=["28844", "28638"])
    assert len(mark(chosen.inbox)) == 4
    assert len(landed(chosen.inbox)) == 20


def test_a_letter_that_failed_keeps_the_watermark_before_it(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    repository.documents[9].metadata_of = "kst-28638-99"  # modified on 3 January
    done = harvest(chosen, dossiers=["28638"])
    assert (done.fetched, done.failed, done.watermark) == (19, 1, "2020-01-02")
    assert done.fault is not None
    assert done.fault.startswith("harvest of sru, letters: 1 letter could not be fetched (named above); ")
    assert harvest(chosen, dossiers=["28638"]).watermark == "2020-01-02"
    repository.documents[9].metadata_of = None
    done = harvest(chosen, dossiers=["28638"])
    assert (done.fetched, done.failed, done.watermark) == (1, 0, LAST)


def test_a_page_that_failed_keeps_the_watermark_before_it(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    repository.at_most = 8  # pages overlap by a letter
    repository.server.only = "startRecord=8&"
    repository.server.faults = ["refused"]
    done = harvest(chosen, dossiers=["28638"])
    assert (done.fetched, done.watermark) == (8, "2020-01-03")
    assert done.stopped
    assert "answers 403" in done.stopped
    assert harvest(chosen, dossiers=["28638"]).watermark == LAST
    assert len(landed(chosen.inbox)) == 20


def test_a_source_that_is_down_is_not_asked_for_each_letter(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url, attempts=2)
    repository.server.only, repository.server.faults = "/xml/", ["unavailable"] * 100
    done = harvest(chosen, dossiers=["28638"])
    assert (done.fetched, done.failed) == (0, 3)
    assert done.stopped
    assert "3 letters in a row" in done.stopped
    assert mark(chosen.inbox) == ["2019-12-31"]


def test_a_diagnostic_is_said_though_the_server_says_200(tmp_path: Path, repository: Repository) -> None:
    done = harvest(hasty(tmp_path / "inbox", repository.server.url), query="dt.colour==blue")
    assert done.stopped is not None
    assert done.stopped.startswith(f"list: {repository.server.url}/sru: says: Unsupported index: dt.colour; ")
    assert mark(tmp_path / "inbox") == []


def test_a_record_of_the_future_does_not_take_the_watermark_there(
    tmp_path: Path, repository: Repository
) -> None:
    repository.documents[19].modified = date(2999, 1, 1)
    done = harvest(hasty(tmp_path / "inbox", repository.server.url), dossiers=["28638"])
    assert done.watermark == f"{datetime.now(UTC):%Y-%m-%d}"


def test_a_list_out_of_order_moves_the_watermark_at_its_end_alone(
    tmp_path: Path, repository: Repository
) -> None:
    repository.sorts = False
    repository.documents.reverse()
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    assert harvest(chosen, dossiers=["28638"], limit=5).watermark is None
    assert harvest(chosen, dossiers=["28638"]).watermark == LAST


def test_a_failure_without_a_day_or_on_the_first_of_all_days_moves_no_watermark(
    tmp_path: Path, repository: Repository
) -> None:
    repository.documents[0].identifier = ""
    repository.documents[0].modified = date(1, 1, 1)
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    done = harvest(chosen, dossiers=["28638"])
    assert (done.fetched, done.failed, done.watermark) == (19, 1, None)
    repository.documents[0].modified = date(1, 1, 2)
    assert [harvest(chosen, dossiers=["28638"]).watermark for _ in range(2)] == ["0001-01-01"] * 2
    whole = repository.answer
    repository.server.answer = lambda path: whole(path)._replace(
        content=whole(path).content.replace(b"<dcterms:modified>0001-01-02</dcterms:modified>", b"")
    )
    done = harvest(hasty(tmp_path / "other", repository.server.url), dossiers=["28638"])
    assert (done.fetched, done.failed, done.watermark) == (19, 1, None)


def test_limit_and_days_bound_what_is_fetched(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    marks = [harvest(chosen, dossiers=["28638"], limit=7).watermark for _ in range(4)]
    assert marks == ["2020-01-02", "2020-01-04", "2020-01-06", LAST]
    other = hasty(tmp_path / "other", repository.server.url)
    done = harvest(other, dossiers=["28638"], since="2020-01-02", until="2020-01-03")
    assert (done.fetched, done.watermark) == (8, "2020-01-03")
    done = harvest(other, dossiers=["28638"], since="2020-01-06")
    assert (done.fetched, done.watermark) == (1, "2020-01-03")  # the days between weren't asked for
    done = harvest(other, dossiers=["28638"], since="2020-01-01")
    assert (done.fetched, done.watermark) == (11, LAST)


def test_letters_alone_are_fetched_unless_all_types_are_asked_for(
    tmp_path: Path, repository: Repository
) -> None:
    kinds: list[tuple[dict[str, Any], bool]] = [
        ({"headings": ["Brief"], "title": "Iets"}, True),
        ({"headings": [], "types": ["Brief regering"], "title": "Iets"}, True),
        ({"headings": [], "title": "Mensenhandel; Verslag; Brief van de minister"}, True),
        ({"headings": [], "title": "Brief van de minister"}, True),
        ({"headings": ["Motie"], "title": "Mensenhandel; Brief van de minister"}, False),
        ({"headings": [], "title": "Brief van de minister; Motie van het lid Jansen"}, False),
        ({"headings": [], "title": "Mensenhandel; Briefing door de politie"}, False),
    ]
    for one, (facts, _) in zip(repository.documents, kinds, strict=False):
        for name, value in facts.items():
            setattr(one, name, value)
    repository.documents = repository.documents[: len(kinds)]
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    harvest(chosen, dossiers=["28638"])
    wanted = {f"kst-28638-{n}" for n, (_, is_letter) in enumerate(kinds, start=1) if is_letter}
    assert outcome(chosen.inbox).keys() == wanted
    harvest(chosen, dossiers=["28638"], all_types=True)
    assert len(outcome(chosen.inbox)) == len(kinds)


def test_a_letter_issued_again_is_a_second_file_and_the_same_bytes_are_none(
    tmp_path: Path, repository: Repository
) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    harvest(chosen, dossiers=["28638"])
    repository.documents[2].modified = repository.documents[3].modified = date(2020, 2, 1)
    repository.documents[3].version = 2
    done = harvest(chosen, dossiers=["28638"])
    assert (done.fetched, done.known, done.watermark) == (1, 14, "2020-02-01")
    found = landed(chosen.inbox)
    assert {name for name in found if "28638-4." in name} == {
        "kst-28638-4.xml",
        "kst-28638-4.2020-02-01.xml",
    }
    assert found["kst-28638-3.xml"].modified == "2020-02-01"
    assert found["kst-28638-4.xml"].modified == "2020-01-02"
    assert b"vervangt" not in (chosen.inbox / "kst-28638-4.xml").read_bytes()
    assert harvest(chosen, dossiers=["28638"]).fetched == 0


def test_files_that_somebody_else_put_there_stay(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    chosen.inbox.mkdir()
    (chosen.inbox / "kst-28638-1.xml").write_text("mijn eigen brief")
    harvest(chosen, dossiers=["28638"], limit=1)
    assert (chosen.inbox / "kst-28638-1.xml").read_text() == "mijn eigen brief"
    assert (chosen.inbox / "kst-28638-1.2020-01-01.xml").exists()


@pytest.mark.parametrize(
    "identifier",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "",
        "a\x00b",
        "kst 1",
        "KST-é-1",
        "con\\prn",
        "x" * 500,
        ".env",
        "a.b",
    ],
)
def test_no_identifier_is_a_path(identifier: str) -> None:
    name = landing.stem(identifier)
    assert name
    assert len(name) <= 100
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name != landing.stem(identifier + "1")


def test_what_a_record_calls_itself_leaves_the_inbox_nowhere(tmp_path: Path) -> None:
    chosen = hasty(tmp_path / "deep" / "inbox")
    record = sru.record(parsed(b"<record/>"))._replace(
        identifier="../../kst-1", modified="2020-01-01", fault=None
    )
    chosen.inbox.mkdir(parents=True)
    form = Fetched(b"<a/>", Form("xml", "https://example.org/a.xml"), record)
    assert landing.Landed(chosen.inbox).take(form, "sru", "")
    assert [path.parent for path in tmp_path.rglob("*.xml")] == [chosen.inbox]
    assert not landing.Landed(chosen.inbox).take(form, "sru", "")


def test_one_harvest_at_a_time(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    with (
        landing.locked(chosen.inbox),
        pytest.raises(LockedError, match=r"another harvest fills .*process \d+"),
    ):
        harvest(chosen, dossiers=["28638"])
    assert harvest(chosen, dossiers=["28638"]).fetched == 20


def test_what_a_killed_harvest_was_writing_is_cleared_away(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    chosen.inbox.mkdir()
    (chosen.inbox / ".kst-28638-1.xml.writing").write_text("half")
    (chosen.inbox / "kst-28638-2.xml.meta.json").write_text("{}")  # its letter didn't come any more
    harvest(chosen, dossiers=["28638"])
    assert len(landed(chosen.inbox)) == 20
    assert not list(chosen.inbox.glob(".*.writing"))


def test_a_letter_that_the_tweede_kamer_took_back_stays_and_is_marked(tmp_path: Path) -> None:
    deposited = [
        Deposited(letter, datetime(2020, 1, 1 + n, 12, tzinfo=UTC)) for n, letter in enumerate(letters(5))
    ]
    deposited[1].letter.dossiers = [("36600-VII", "2")]
    deposited[2].letter.dossiers.append(("28844", "3"))
    deposited[3].content_type = "application/msword"
    deposited[4].kind = "Motie"
    with open_parliament(deposited) as parliament:
        chosen = hasty(tmp_path / "inbox", odata=parliament.url)
        done = harvest(chosen, source="odata", since="2019-01-01")
        assert (done.listed, done.fetched, done.set_aside) == (4, 3, 1)
        found = landed(chosen.inbox)
        assert {facts.identifier for facts in found.values()} == {
            "kst-28638-1",
            "kst-36600-VII-2",
            deposited[2].row()["DocumentNummer"],
        }
        first = found["kst-28638-1.pdf"]
        assert first.source_url == f"{parliament.url}/Document({deposited[0].guid})/resource"
        assert (first.modified, first.creator) == ("2020-01-01T12:00:00.000000Z", "minister van Justitie")
        assert (first.type, first.date) == ("Brief regering", deposited[0].letter.day)
        assert harvest(chosen, source="odata", since="2019-01-01").fetched == 0

        deposited[0].deleted, deposited[0].changed = True, datetime(2020, 2, 1, tzinfo=UTC)
        done = harvest(chosen, source="odata", since="2019-01-01")
        assert (done.withdrawn, done.fetched, done.watermark) == (1, 0, "2020-02-01")
        gone = landed(chosen.inbox)["kst-28638-1.pdf"]
        assert gone == first._replace(withdrawn=True, retrieved_at=gone.retrieved_at)
        assert gone.retrieved_at >= first.retrieved_at
        assert harvest(chosen, source="odata", since="2019-01-01").withdrawn == 0

        deposited[0].deleted, deposited[0].changed = False, datetime(2020, 2, 2, tzinfo=UTC)
        harvest(chosen, source="odata", since="2019-01-01")
        assert not landed(chosen.inbox)["kst-28638-1.pdf"].withdrawn
        harvest(chosen, source="odata", dossiers=["36600-VII"])
        assert "Verwijderd%20eq" not in parliament.server.asked[-1].path
        harvest(chosen, source="odata", query="startswith(Titel,'Mensen')")
        assert [one["query"] for one in Watermarks(chosen.inbox).all()] == [
            "(Soort eq 'Brief regering' or Verwijderd eq true)",
            "(Soort eq 'Brief regering' and "
            "(Kamerstukdossier/any(d: d/Nummer eq 36600 and d/Toevoeging eq 'VII')) or Verwijderd eq true)",
        ]


def test_pages_of_odata_lead_nowhere_else_and_not_in_a_circle(tmp_path: Path) -> None:
    deposited = [Deposited(one, datetime(2020, 1, 1, tzinfo=UTC)) for one in letters(5)]
    with open_parliament(deposited) as parliament:
        parliament.at_most, parliament.goes_round = 2, True
        done = harvest(hasty(tmp_path / "round", odata=parliament.url), source="odata", dossiers=["28638"])
        assert done.fetched == 5
        assert done.stopped
        assert "one that was there before" in done.stopped
        parliament.leads_to = "http://localhost:9"
        done = harvest(hasty(tmp_path / "far", odata=parliament.url), source="odata", dossiers=["28638"])
        assert (done.fetched, done.watermark) == (2, "2020-01-01")
        assert done.stopped
        assert "a host that isn't one" in done.stopped


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        (Wanted("sru"), sru.ALL),
        (Wanted("sru", ("28638",)), f'{sru.ALL} AND w.dossiernummer=="28638"'),
        (
            Wanted("sru", ("36600-VII", "28638")),
            f'{sru.ALL} AND (w.dossiernummer=="28638" OR w.dossiernummer=="36600-VII")',
        ),
        (
            Wanted("sru", ("28638",), 'dt.title any "sortBy" OR dt.type==x'),
            '(dt.title any "sortBy" OR dt.type==x) AND w.dossiernummer=="28638"',
        ),
    ],
)
def test_what_is_asked_in_cql(asked: Wanted, query: str) -> None:
    assert sru.cql(asked) == query


def test_no_value_ends_its_quotes() -> None:
    assert sru.quoted('28638" OR "\\') == '"28638\\" OR \\"\\\\"'


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"dossiers": ['28638" OR 1']}, "--dossier: '28638\" OR 1' is no dossier"),
        ({"dossiers": ["28638) OR (1"]}, "--dossier: "),
        ({"dossiers": ["kst-28638"]}, "--dossier: "),
        ({"dossiers": [""]}, "--dossier: "),
        ({"dossiers": ["28638"], "since": "1 mei"}, "--since: '1 mei' is no day"),
        ({"dossiers": ["28638"], "until": "2020-13-01"}, "--until: '2020-13-01' is no day"),
        (
            {"dossiers": ["28638"], "since": "2020-02-01", "until": "2020-01-01"},
            "--until: 2020-01-01 is before",
        ),
        ({"query": "dt.type==x sortBy dt.title"}, "--query: leave sortBy out"),
        ({"query": 'dt.type=="x'}, "--query: has a quote"),
        ({"query": " "}, "--query: "),
        ({}, "harvest: say which letters"),
    ],
)
def test_what_can_not_be_asked_is_wrong_use(
    tmp_path: Path, repository: Repository, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as error:
        harvest(hasty(tmp_path / "inbox", repository.server.url), **asked)
    assert str(error.value).startswith(message)
    assert repository.server.asked == []
    assert not (tmp_path / "inbox").exists()


def test_flags_go_before_the_section_and_who_names_letters_means_these_alone() -> None:
    section = Harvest(dossiers=("28638",), since=date(2020, 1, 1), limit=5)
    asked = harvest_request.request(section)
    assert (asked.wanted[0].dossiers, asked.first, asked.since, asked.limit) == (
        ("28638",),
        date(2020, 1, 1),
        None,
        5,
    )
    asked = harvest_request.request(section, query="dt.type==x")
    assert (asked.wanted[0].dossiers, asked.wanted[0].query, asked.first) == ((), "dt.type==x", None)
    asked = harvest_request.request(section, dossiers=["28 844", "36 600 VII", "28844"])
    assert asked.wanted[0].dossiers == ("28844", "36600-VII")
    both = harvest_request.request(Harvest(sources=("sru", "odata"), dossiers=("1",)))
    assert [one.source for one in both.wanted] == ["sru", "odata"]


def test_a_state_that_is_damaged_is_begun_anew(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    harvest(chosen, dossiers=["28638"])
    for content in ("", "{", '{"a": 1}', "[1]", json.dumps([{"source": "sru"}])):
        (chosen.inbox / ".harvest" / "watermarks.json").write_text(content)
        done = harvest(chosen, dossiers=["28638"])
        assert (done.listed, done.fetched, done.watermark) == (20, 0, LAST)
    held = Watermarks(chosen.inbox).all()
    for wrong in ("", "gisteren", "2020-02-30"):
        (chosen.inbox / ".harvest" / "watermarks.json").write_text(
            json.dumps([held[0] | {"watermark": wrong}])
        )
        assert harvest(chosen, dossiers=["28638"]).watermark == LAST


def test_a_letter_that_lost_its_sidecar_is_not_there_twice(tmp_path: Path, repository: Repository) -> None:
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    harvest(chosen, dossiers=["28638"])
    (chosen.inbox / "kst-28638-20.xml.meta.json").write_text("{")
    (chosen.inbox / "kst-28638-19.xml.meta.json").unlink()
    assert harvest(chosen, dossiers=["28638"]).fetched == 0
    assert len(landed(chosen.inbox)) == 20


def test_what_a_record_says_without_end_is_cut_off(tmp_path: Path, repository: Repository) -> None:
    repository.documents[0].title = f"Mensenhandel; Brief {'x' * 3_000_000}"
    repository.documents[1].dossiers *= 1000
    repository.documents[2].identifier = "x" * 3000
    chosen = hasty(tmp_path / "inbox", repository.server.url)
    assert harvest(chosen, dossiers=["28638"]).failed == 1
    assert len(landed(chosen.inbox)) == 19
    assert harvest(chosen, dossiers=["28638"]).fetched == 0


def test_what_is_modified_today_may_be_so_again_today(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    with open_repository([Published("kst-1-1", [("1", "1")], today)]) as repository:
        chosen = hasty(tmp_path / "inbox", repository.server.url)
        assert harvest(chosen, dossiers=["1"]).fetched == 1
        assert harvest(chosen, dossiers=["1"]).fetched == 0
        repository.documents[0].version = 2
        assert harvest(chosen, dossiers=["1"]).fetched == 1
        assert len(landed(chosen.inbox)) == 2
