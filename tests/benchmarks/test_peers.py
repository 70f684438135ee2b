"""What peers find, in our terms: the regular expression, the help, and answers as the libraries give them.

The libraries themselves are installed by make bench alone.
"""

from types import SimpleNamespace

import pytest

from benchmarks import peers
from benchmarks.peers import Figure, helped

Told = tuple[str, float, float | None, str | None]


def told(text: str, figures: list[Figure]) -> list[Told]:
    return [(text[each.start : each.end], each.value, each.value_high, each.unit) for each in figures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("er waren 1.204 slachtoffers", [("1.204 slachtoffers", 1204, None, "persons")]),
        (
            "12,5% en 3 procentpunt",
            [("12,5%", 12.5, None, "percent"), ("3 procentpunt", 3, None, "percentage_points")],
        ),
        ("€ 2,5 miljoen", [("€ 2,5 miljoen", 2_500_000, None, "euro")]),
        ("3 mln. euro", [("3 mln. euro", 3_000_000, None, "euro")]),
        ("5 \nmiljoen euro", [("5 \nmiljoen euro", 5_000_000, None, "euro")]),
        ("1,5 mld.", [("1,5 mld.", 1.5e9, None, None)]),
        ("19,3 fte, 24 maanden", [("19,3 fte", 19.3, None, "fte"), ("24 maanden", 24, None, "months")]),
        ("in 2019.", [("2019", 2019, None, None)]),  # it knows no years
        ("kst-28638-75, 2019/20, artikel 3a", []),
        ("twaalf personen", []),
    ],
)
def test_the_regular_expression(text: str, figures: list[Told]) -> None:
    assert told(text, peers.expression()(text)) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("in 2019 en 2020", []),
        ("op 12 maart waren er 9 zaken", [("9 zaken", 9, None, "cases")]),
        ("Kamerstuk 28638, nr. 75 en artikel 273", []),
        ("1. Eerst dit.\n2) dan dat [3]", []),
        ("met 20 à 30 plaatsen", [("20 à 30 plaatsen", 20, 30, "places")]),
        ("tussen de 20 en 30 plaatsen", [("20 en 30 plaatsen", 20, 30, "places")]),
        ("in Zwolle 20 en 30 in Assen", [("20", 20, None, None), ("30", 30, None, None)]),
        ("van 30 naar 20", [("30", 30, None, None), ("20", 20, None, None)]),
        ("€ 20 tot € 30", [("€ 20 tot € 30", 20, 30, "euro")]),
    ],
)
def test_the_help_that_all_peers_get(text: str, figures: list[Told]) -> None:
    assert told(text, helped(text, peers.expression()(text))) == figures


@pytest.mark.parametrize(
    ("text", "figure", "after"),
    [
        ("een derde slaagt", Figure(0, 9, 0.333), ("een derde", 33.3, None, "percent")),
        ("een dag", Figure(0, 3, 1), None),
        ("tien procent", Figure(0, 4, 10), ("tien procent", 10, None, "percent")),
        ("3 mln.", Figure(0, 1, 3), ("3 mln.", 3_000_000, None, None)),
    ],
)
def test_the_help_for_what_is_in_words(text: str, figure: Figure, after: Told | None) -> None:
    assert told(text, helped(text, [figure])) == ([] if after is None else [pytest.approx(after)])


def test_answers_of_microsofts_recognisers() -> None:
    text = "10% van € 12,5 miljoen, 4 cent, euro"
    results = [
        SimpleNamespace(start=0, end=2, resolution={"value": "10%"}),
        SimpleNamespace(start=8, end=21, resolution={"value": "12500000", "unit": "Euro"}),
        SimpleNamespace(start=24, end=29, resolution={"value": "4", "unit": "Cent"}),
        SimpleNamespace(start=32, end=35, resolution={"value": None, "unit": "Euro"}),
        SimpleNamespace(start=0, end=1, resolution={"value": "10"}),
    ]

    figures = peers.apart(peers._read_microsoft(results))

    assert told(text, figures) == [
        ("10%", 10, None, "percent"),
        ("€ 12,5 miljoen", 12_500_000, None, "euro"),
        ("4 cent", 0.04, None, "euro"),
    ]


def test_answers_of_duckling() -> None:
    text = "Er: tussen 20 en 30 euro, vanaf 5 km, 2 jaar"
    results = [
        {"dim": "number", "start": 7, "end": 9, "value": {"type": "value", "value": 20}},
        {
            "dim": "amount-of-money",
            "start": 0,
            "end": 20,
            "value": {
                "type": "interval",
                "from": {"value": 20, "unit": "EUR"},
                "to": {"value": 30, "unit": "EUR"},
            },
        },
        {
            "dim": "distance",
            "start": 22,
            "end": 32,
            "value": {"type": "interval", "from": {"value": 5, "unit": "kilometre"}},
        },
        {"dim": "duration", "start": 34, "end": 40, "value": {"type": "value", "value": 2, "unit": "year"}},
    ]

    assert told(text, peers._read_duckling(results, 4)) == [
        ("tussen 20 en 30 euro", 20, 30, "euro"),
        ("vanaf 5 km", 5, None, "other"),
        ("2 jaar", 2, None, "years"),
    ]


def test_every_peer_has_what_starts_it_up_and_says_how_it_is_run() -> None:
    known = peers.peers()

    assert {peer.peer for peer in known} == set(peers.LOADERS)
    for peer in known:
        assert peer.how
        assert set(peer.gives) <= {"unit", "percent"}
        assert peer.installed or peer.packages
