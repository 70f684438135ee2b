"""How a letter was read: every step with its words and its rule."""

from whole_letters import files, letter

from transforms import schemas
from transforms.explain import explained

BODY = (
    "In 2018 registreerde CoMensha 120 slachtoffers van mensenhandel (Kamerstuk 28 638, nr. 75). "
    "Dat is 20% meer dan in 2017."
)


def steps(body: str, step: str) -> list[tuple[str, str, str | None]]:
    """Words, reading and rule of each row of a step."""
    rows = explained(files(letter(body))).filter(step=step)
    return rows.select("words", "reading", "rule").rows()


def test_what_was_masked_read_and_linked_is_told_with_its_rule() -> None:
    assert ("28 638", "no figure", "mask.dossier") in steps(BODY, "masked")
    assert ("2018", "2018 (time)", "period.year") in steps(BODY, "period")
    assert ("120", "120 persons", "numeral.digits+unit.noun") in steps(BODY, "read")
    linked = steps(BODY, "linked")
    assert ("120", "value: 120", "numeral.digits") in linked
    assert ("20%", "unit: percent", "unit.sign") in linked
    assert ("20%", "direction: increase", "change.after") in linked
    assert ("20%", "kind: growth", "kind.change") in linked
    assert ("120", "source: CoMensha", "source.named") in linked
    assert ("20%", "source: CoMensha", "source.carried") in linked


def test_a_figure_said_twice_is_left_out_the_second_time() -> None:
    once = "In 2018 waren er 35 meldingen van huiselijk geweld."

    assert [words for words, *_ in steps(f"{once}\n\n{once}", "left out")] == ["35"]


def test_every_sentence_that_may_hold_a_number_is_told() -> None:
    assert [words for words, *_ in steps("Artikel 12 geldt. Dat blijft zo.", "sentence")] == [
        "Artikel 12 geldt."
    ]


def test_a_row_of_a_table_that_gives_nothing_says_why() -> None:
    heads = "Aantal klachten\nRegio 2020 2021 2022\n"
    rows = "Twente 310 320 290\nVeluwe 12 14\nBetuwe 44 46 51\n"

    assert steps(heads + rows, "left out") == [("Veluwe 12 14", "no cell for each head", "table.cells_apart")]
    assert [rule for *_, rule in steps("Zie hier.\n\nTwente 310 320\nVeluwe 12 14", "left out")] == [
        "table.no_heads"
    ] * 2
    assert [
        rule for *_, rule in steps("Overzicht\n\nRegio 2020 2021\nTwente 3 5\nVeluwe 2 4", "left out")
    ] == ["table.no_unit"] * 2


def test_an_entry_of_a_list_that_gives_nothing_says_why() -> None:
    assert [
        (words, rule)
        for words, _, rule in steps("Het verloop was als volgt.\n2019: 212\n2020: 230", "left out")
    ] == [("2019: 212", "list.no_noun"), ("2020: 230", "list.no_noun")]
    assert steps("Het aantal klachten was als volgt.\n2019: 212\n2020: 230", "left out") == []


def test_words_lie_where_the_offsets_say() -> None:
    text = letter(BODY)

    for _, start, end, step, words, *_ in explained(files(text)).iter_rows():
        assert text[start:end] == words, step


def test_a_file_that_is_no_letter_has_no_steps() -> None:
    rows = explained(files(b"\x00\x01"))

    assert rows.is_empty()
    assert rows.schema == schemas.EXPLANATION
