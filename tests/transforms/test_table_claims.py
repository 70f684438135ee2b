"""What the row of a table says, by itself and by what stands around the table."""

from transforms.figures import Letter, Memory
from transforms.sentence_claims import Reading
from transforms.sentences import Sentence
from transforms.table_claims import NO_TABLE, caption_of, row_of, source_of_table, table_at


def rows(caption: str, *lines: tuple[str, str]) -> list[Reading]:
    """The rows of a table of these lines, each with the part that it plays."""
    sentences = [Sentence(text, 0, at, "table", role) for at, (text, role) in enumerate(lines)]
    table, found = NO_TABLE, []
    for index, sentence in enumerate(sentences):
        table = table_at(sentences, index, table, caption)
        found.append(row_of(sentence, table, Letter(None, ()), Memory()))
    return found


HEADS = ("Regio 2015 2016", "head")


def test_a_cell_has_its_column_s_time_and_its_caption_s_noun() -> None:
    _, row = rows("Aantal meldingen per regio", HEADS, ("Utrecht 310 280", "row"))

    assert [(claim.numeral.value, claim.unit, claim.timing.period) for claim in row.claims] == [
        (310, "cases", "2015"),
        (280, "cases", "2016"),
    ]


def test_a_line_between_rows_tells_of_those_below_it() -> None:
    *_, row = rows("Aantal meldingen", HEADS, ("Noorden", "section"), ("Mannen 310 280", "row"))

    assert [claim.phrase for claim in row.claims] == ["meldingen Noorden Mannen"] * 2


def test_a_row_that_is_not_read_says_why() -> None:
    *_, few = rows("Aantal meldingen", HEADS, ("Drenthe 40 50", "row"), ("Utrecht 310", "row"))

    assert (few.claims, few.unread) == ([], "table.cells_apart")


def test_the_head_of_the_labels_stands_behind_the_caption() -> None:
    assert caption_of("Regio", "Aantal meldingen per jaar") == "Aantal meldingen per jaar\nRegio"
    assert caption_of("Hieronder staan de aantallen.", "Een zin.") == "Hieronder staan de aantallen."


def test_a_title_s_source_goes_before_that_of_a_line_beneath() -> None:
    assert source_of_table(Memory(), "Tabel 1. Meldingen", "DUO").source == "DUO"
    assert source_of_table(Memory(), "Tabel 1. Meldingen (bron: CBS)", "DUO").source == "CBS"
    assert source_of_table(Memory(source="UWV", introduced=True), "Tabel 1. Meldingen", "DUO").source == "UWV"
