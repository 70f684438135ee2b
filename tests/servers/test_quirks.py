"""Each quirk of the sources: a naive client goes wrong on it, the harvest does not."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import naive
import pytest
from harvests import Outcome, dossiers, harvest, hasty, landed, outcome
from parliament import Deposited, Parliament, open_parliament
from published import letters
from repository import Repository, open_repository

LATER = date(2021, 5, 5)


class Quirk(NamedTuple):
    """What a source does before the first harvest and before a second one, and which letters are to come."""

    begin: Callable[[Repository], None]
    later: Callable[[Repository], None] | None = None
    expected: Callable[[Repository], Outcome] | None = None
    letters: int = 6
    asked: tuple[str, ...] = ("28638",)


def all_of(repository: Repository) -> Outcome:
    """Every letter once, in its best form."""
    return {
        one.identifier: ([one.content(one.offered[0])], dossiers(one.dossiers))
        for one in repository.documents
    }


def of_naive(folder: Path) -> Outcome:
    held: Outcome = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".json":
            contents, _ = held.setdefault(path.stem, ([], []))
            contents.append(path.read_bytes())
            held[path.stem] = (contents, json.loads(path.with_suffix(".json").read_text()))
    return held


def lenient(repository: Repository) -> None:
    repository.forgives_nought = True


def set_(**facts: object) -> Callable[[Repository], None]:
    """Let the server be like this."""

    def begin(repository: Repository) -> None:
        lenient(repository)
        for name, value in facts.items():
            setattr(repository, name, value)

    return begin


def befalls(*faults: str, only: str = "", wait: float = 0) -> Callable[[Repository], None]:
    """Let these faults befall the first requests."""

    def begin(repository: Repository) -> None:
        lenient(repository)
        repository.server.faults, repository.server.only = list(faults), only
        repository.server.wait, repository.server.stall = wait, 1.5

    return begin


def document(n: int, **facts: object) -> Callable[[Repository], None]:
    """Let a document be like this."""

    def begin(repository: Repository) -> None:
        lenient(repository)
        for name, value in facts.items():
            setattr(repository.documents[n], name, value)

    return begin


def nothing(_repository: Repository) -> None:
    """Do nothing more."""


def both(repository: Repository) -> Outcome:
    """All letters, the second of them as it was and as it is."""
    expected = all_of(repository)
    again = repository.documents[1]
    again.version = 1
    old = again.content("xml")
    again.version = 2
    expected[again.identifier] = ([old, again.content("xml")], dossiers(again.dossiers))
    return expected


def as_pdf(repository: Repository) -> Outcome:
    third = repository.documents[2]
    return all_of(repository) | {third.identifier: ([third.content("pdf")], dossiers(third.dossiers))}


def a_page_for_html(repository: Repository) -> None:
    document(2, missing={"xml"})(repository)
    befalls("a page", only="/html/")(repository)


def as_html(repository: Repository) -> Outcome:
    third = repository.documents[2]
    return all_of(repository) | {third.identifier: ([third.content("html")], dossiers(third.dossiers))}


def without_fourth(repository: Repository) -> Outcome:
    return {name: held for name, held in all_of(repository).items() if name != "kst-28638-4"}


def moves_on(repository: Repository) -> None:
    """While the first page is read, letters of it are modified: all that follow move up."""
    lenient(repository)

    def modify() -> None:
        for n in (2, 3, 4):
            repository.documents[n].modified = LATER

    repository.after_page = [modify]


QUIRKS = {
    "pages begin at 1": Quirk(set_(forgives_nought=False)),
    "the count is too low": Quirk(set_(count="low"), letters=130),
    "the count is too high, and the last page empty": Quirk(set_(count="high"), letters=90),
    "pages are shorter than asked for": Quirk(set_(at_most=40), letters=130),
    "records move up while pages are read": Quirk(moves_on, letters=130),
    "namespaces by default": Quirk(set_(namespaces="default")),
    "prefixes of another's choice": Quirk(set_(namespaces="other")),
    "elements are repeated": Quirk(document(1, dossiers=[("28638", "2"), ("36600-VII", "2")])),
    "a type among others": Quirk(document(1, headings=["Bijlage", "Brief"])),
    "a letter by its type alone": Quirk(
        document(1, headings=["Overig"], types=["Kamerstuk", "Brief regering"])
    ),
    "503 with a page": Quirk(befalls("unavailable")),
    "500 with a page": Quirk(befalls("broken", only="/frbr/")),
    "429 without Retry-After": Quirk(befalls("busy")),
    "429 with Retry-After": Quirk(befalls("busy for a while", wait=1)),
    "503 until a time": Quirk(befalls("busy until", only="/frbr/")),
    "a slow body": Quirk(befalls("slow", only="/xml/")),
    "a body that is cut off": Quirk(befalls("cut", only="/xml/"), nothing),
    "a body that ends early, unannounced": Quirk(befalls("cut unannounced", only="/xml/"), nothing),
    "a page that says 200": Quirk(befalls("a page", only="/xml/"), nothing),
    "another page that says 200": Quirk(
        a_page_for_html,
        nothing,
        as_html,
    ),
    "issued again": Quirk(lenient, document(1, version=2, modified=LATER), both),
    "XML is missing, PDF is there": Quirk(document(2, missing={"xml", "html", "odt"}), expected=as_pdf),
    "metadata name another letter": Quirk(document(3, metadata_of="kst-28638-40"), expected=without_fourth),
    "a letter names another letter": Quirk(document(3, written_for="kst-28638-40"), expected=without_fourth),
    "a letter in two dossiers": Quirk(
        document(1, dossiers=[("28638", "2"), ("36600-VII", "2")]), asked=("28638", "36600-VII")
    ),
    "forms lie on another host": Quirk(
        lambda repository: document(3, elsewhere=repository.server.url.replace("127.0.0.1", "localhost"))(
            repository
        ),
        expected=without_fourth,
    ),
}  # fmt: skip


def naively(repository: Repository, quirk: Quirk, folder: Path) -> Outcome:
    """What the naive client makes of it."""
    try:
        for _ in range(1 + bool(quirk.later)):
            for dossier in quirk.asked:
                naive.harvest_repository(repository.server.url, dossier, folder)
            if quirk.later:
                quirk.later(repository)
    except Exception as error:
        return {f"{error!r}": ([], [])}
    return of_naive(folder)


def ours(repository: Repository, quirk: Quirk, inbox: Path) -> Outcome:
    """What the harvest makes of it."""
    chosen = hasty(inbox, repository.server.url)
    for dossier in quirk.asked:
        harvest(chosen, dossiers=[dossier])
    if quirk.later:
        quirk.later(repository)
        harvest(chosen, dossiers=[*quirk.asked])
    return outcome(inbox)


def test_on_a_plain_server_the_naive_client_gets_everything_right(tmp_path: Path) -> None:
    with open_repository(letters(130)) as repository:
        plain = Quirk(lenient)
        plain.begin(repository)
        assert naively(repository, plain, tmp_path / "naive") == all_of(repository)
        assert ours(repository, plain, tmp_path / "inbox") == all_of(repository)


@pytest.mark.parametrize("name", QUIRKS)
def test_a_quirk_of_sru_leads_the_naive_client_astray_and_not_the_harvest(tmp_path: Path, name: str) -> None:
    quirk = QUIRKS[name]
    for who in (naively, ours):
        with open_repository(letters(quirk.letters)) as repository:
            quirk.begin(repository)
            found = who(repository, quirk, tmp_path / who.__name__)
            expected = (quirk.expected or all_of)(repository)
            assert (found == expected) == (who is ours), who.__name__


def test_a_diagnostic_is_an_empty_list_to_the_naive_client_and_an_error_to_us(
    tmp_path: Path,
) -> None:
    with open_repository(letters(3)) as repository:
        naive.harvest_repository(repository.server.url, '28638" AND dt.colour=="blue', tmp_path / "naive")
        assert of_naive(tmp_path / "naive") == {}
        done = harvest(hasty(tmp_path / "inbox", repository.server.url), query='dt.colour=="blue"')
        said = f"list: {repository.server.url}/sru: says: Unsupported index: dt.colour; "
        assert done.stopped == said + "mend what it is asked (--query, or query of [harvest])"


def deposited(number: int) -> list[Deposited]:
    """Letters as the Tweede Kamer has them, one changed a day."""
    return [
        Deposited(letter, datetime(2020, 1 + n // 28, 1 + n % 28, 3, n % 60, 7, 123456, tzinfo=UTC))
        for n, letter in enumerate(letters(number))
    ]


def in_pdf(parliament: Parliament) -> Outcome:
    return {
        one.letter.identifier: ([one.letter.content("pdf")], dossiers(one.letter.dossiers))
        for one in parliament.documents
    }


def pages_of_two(parliament: Parliament) -> None:
    parliament.at_most = 2


def moves_up(parliament: Parliament) -> None:
    """While the first page is read, a document of it changes."""
    parliament.at_most = 2

    def change() -> None:
        min(parliament.documents, key=lambda one: one.changed).changed = datetime.now(UTC)

    parliament.after_page = [change]


def wrong_size(parliament: Parliament) -> None:
    parliament.documents[1].size = 99


def in_docx(parliament: Parliament) -> None:
    parliament.documents[1].form = "docx"


def take_back(parliament: Parliament) -> None:
    parliament.documents[1].deleted = True
    parliament.documents[1].changed = datetime(2020, 6, 1, tzinfo=UTC)


def test_what_was_taken_back_is_known_to_the_harvest_alone(tmp_path: Path) -> None:
    with open_parliament(deposited(3)) as parliament:
        chosen = hasty(tmp_path / "inbox", odata=parliament.url)
        for _ in range(2):
            naive.harvest_parliament(parliament.url, tmp_path / "naive")
            harvest(chosen, source="odata", dossiers=["28638"])
            take_back(parliament)
        assert [facts.withdrawn for facts in landed(chosen.inbox).values()] == [False, True, False]
        assert outcome(chosen.inbox).keys() == of_naive(tmp_path / "naive").keys()
        assert "withdrawn" not in (tmp_path / "naive" / "kst-28638-2.json").read_text()


ODATA: dict[str, tuple[Callable[[Parliament], None], Callable[[Parliament], Outcome]]] = {
    "each page leads to the next": (pages_of_two, in_pdf),
    "documents move up while pages are read": (moves_up, in_pdf),
    "a file that isn't as large as announced": (
        wrong_size,
        lambda parliament: {k: v for k, v in in_pdf(parliament).items() if k != "kst-28638-2"},
    ),
    "a file of another form": (
        in_docx,
        lambda parliament: (
            in_pdf(parliament)
            | {"kst-28638-2": ([parliament.documents[1].letter.content("docx")], ["28638"])}
        ),
    ),
}


@pytest.mark.parametrize("name", [None, *ODATA])
def test_a_quirk_of_odata_leads_the_naive_client_astray_and_not_the_harvest(
    tmp_path: Path, name: str | None
) -> None:
    begin, expected = ODATA[name] if name else (lambda _: None, in_pdf)
    with open_parliament(deposited(5)) as parliament:
        begin(parliament)
        naive.harvest_parliament(parliament.url, tmp_path / "naive")
        begin(parliament)
        harvest(hasty(tmp_path / "inbox", odata=parliament.url), source="odata", dossiers=["28638"])
        found, naively_found = outcome(tmp_path / "inbox"), of_naive(tmp_path / "naive")
        if name == "a file of another form":  # the naive client calls it a PDF
            assert (tmp_path / "inbox" / "kst-28638-2.docx").exists()
            assert (tmp_path / "naive" / "kst-28638-2.pdf").read_bytes().startswith(b"PK")
            naively_found = {}
    assert found == expected(parliament)
    assert (naively_found == found) == (name is None)
