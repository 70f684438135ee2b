"""Letters in, frames out."""

import re
from itertools import pairwise
from random import Random

import polars as pl
import pytest
from whole_letters import answers, claims_in, claims_of, extracted, files, letter

from transforms import schemas
from transforms.extract import EXTRACTOR_VERSION, extract
from transforms.letters import letter_id

#: Hyphens, page turns and notes between the words that carry figures.
RECEIVED = """ 28 638 Mensenhandel

 Nr. 9075  BRIEF VAN DE MINISTER VAN VEILIGHEID EN JUSTITIE

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal
Den Haag, 3 mei 2013

Volgens CoMensha waren er in 2012 1.7111 slachtoffers van mensen-
handel. Dat is een stijging van 37%. Voor de opvang is in 2012 € 2,8
miljoen uitgetrokken. Het aantal zaken is sinds 2010 verdub-

1  Zie Kamerstuk 28 638, nr. 9072. Daaronder waren 260 min-
derjarigen.
 beld. In de opvang zijn thans vijfen-
veertig plaatsen, 12 meer dan in 2011.

De Minister van Veiligheid en Justitie,
"""
READ = [
    ("1.711", 1711),
    ("37%", 37),
    ("2,8\nmiljoen", 2_800_000),
    ("verdub-\n\n1  Zie Kamerstuk 28 638, nr. 9072. Daaronder waren 260 min-\nderjarigen.\n beld", 100),
    ("vijfen-\nveertig", 45),
    ("12", 12),
    ("260", 260),
]


def undone(quote: str) -> str:
    """A quote as one reads it: notes, line ends and line-end hyphens taken out."""
    without_notes = re.sub(r"\n\n1  .*\n ", "\n", quote, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"-\n+", "", without_notes))


def test_the_frames_have_exactly_their_schemas() -> None:
    found = extracted(RECEIVED, b"")

    assert found.letter.schema == schemas.LETTER
    assert found.claim.schema == schemas.CLAIM
    assert found.letter_reference.schema == schemas.LETTER_REFERENCE
    assert found.rejected_letter.schema == schemas.REJECTED_LETTER
    assert [frame.height for frame in found] == [1, 7, 1, 1, 1]


def test_no_files_give_empty_frames() -> None:
    found = extract(pl.DataFrame(schema=schemas.FILE))

    assert [frame.height for frame in found] == [0] * 5
    assert found.claim.schema == schemas.CLAIM
    assert found.letter.schema == schemas.LETTER


def test_a_frame_of_other_columns_is_refused() -> None:
    with pytest.raises(pl.exceptions.SchemaError):
        extract(pl.DataFrame({"path": ["a.txt"]}))


def test_a_figure_is_found_across_line_ends_and_page_turns() -> None:
    assert [(claim["quote"], claim["value"]) for claim in claims_of(RECEIVED)] == READ


def test_a_quote_stands_in_the_letter_at_its_offsets() -> None:
    for claim in claims_of(RECEIVED):
        assert RECEIVED[claim["char_start"] : claim["char_end"]] == claim["quote"]
        assert claim["quote_prefix"] + claim["quote"] + claim["quote_suffix"] in RECEIVED


def test_a_quote_stands_in_its_sentence_at_its_offsets() -> None:
    for claim in claims_of(RECEIVED):
        in_sentence = claim["sentence"][claim["sentence_quote_start"] : claim["sentence_quote_end"]]
        assert in_sentence == undone(claim["quote"])


def test_keys_are_stable_and_unique() -> None:
    first, second = extracted(RECEIVED, letter("In 2016 waren er 30 zaken.")), extracted(RECEIVED)
    keys = first.claim["claim_id"].to_list()

    assert len(set(keys)) == len(keys) == 8
    assert set(second.claim["claim_id"]) == set(keys[:7])
    assert set(first.letter_reference["reference_id"]) == set(second.letter_reference["reference_id"])


def test_the_same_text_in_another_letter_has_keys_of_its_own() -> None:
    one, other = extracted(RECEIVED), extracted("\ufeff" + RECEIVED)

    assert not set(one.claim["claim_id"]) & set(other.claim["claim_id"])


def test_rows_come_in_the_order_of_files_and_text() -> None:
    first, second = letter("In 2016 waren er 30 zaken en 12 klachten."), letter("In 2015 waren er 20 zaken.")

    found = extracted(first, second)

    assert found.letter["letter_id"].to_list() == [letter_id(first.encode()), letter_id(second.encode())]
    assert found.claim["quote"].to_list() == ["30", "12", "20"]


def test_claims_of_the_body_come_before_those_of_the_notes() -> None:
    starts = [claim["char_start"] for claim in claims_of(RECEIVED) if claim["place"] != "footnote"]

    assert all(first < second for first, second in pairwise(starts))


def test_a_reference_has_its_span_and_identifier() -> None:
    (reference,) = extracted(RECEIVED).letter_reference.to_dicts()

    assert RECEIVED[reference["char_start"] : reference["char_end"]] == reference["quote"]
    assert (reference["dossier"], reference["number"]) == ("28638", "9072")
    assert reference["identifier"] == "kst-28638-9072"


def test_a_letter_does_not_cite_itself() -> None:
    own = "Kamerstukken II 2012/13, 28 638, nr. 9075"
    text = RECEIVED.replace(" 28 638 Mensenhandel\n\n Nr. 9075  BRIEF", f"{own}\n\n BRIEF")
    cited = extracted(text).letter_reference["identifier"].to_list()
    within_its_dossier = extracted(RECEIVED.replace("nr. 9072", "nr. 9075")).letter_reference

    assert own in text
    assert (cited, within_its_dossier.height) == (["kst-28638-9072"], 0)


def test_a_letter_keeps_text_source_and_version() -> None:
    (row,) = extracted(RECEIVED, source="2013/kst-28638-9075.txt").letter.to_dicts()

    assert row["text"] == RECEIVED
    assert (row["source"], row["format"], row["encoding"]) == ("2013/kst-28638-9075.txt", "txt", "utf-8")
    assert (row["identifier"], row["dossiers"]) == ("kst-28638-9075", ["28638"])
    assert row["extractor_version"] == EXTRACTOR_VERSION


def test_a_rejected_letter_stands_beside_good_ones() -> None:
    found = extracted(RECEIVED, b"\x00\x01", "\n\n", "Geen kop, geen cijfers.")

    assert found.letter.height == 2
    assert found.rejected_letter["reason"].to_list() == ["binary", "empty"]
    assert found.rejected_letter["letter_id"].to_list() == [letter_id(b"\x00\x01"), letter_id(b"\n\n")]
    assert found.rejected_letter["step"].unique().to_list() == ["letters"]


def test_a_letter_without_heading_and_claims_is_a_letter() -> None:
    found = extracted("Geen kop, geen cijfers.")

    assert (found.letter.height, found.claim.height) == (1, 0)
    assert found.letter["letter_date"].to_list() == [None]
    assert found.letter["warnings"].list.len().item() > 0


def test_a_claim_repeated_in_another_place_has_another_key() -> None:
    found = claims_of(letter("In 2016 waren er 30 zaken.\n\nIn 2015 waren er ook 30 zaken."))

    assert len({claim["claim_id"] for claim in found}) == len(found) == 2


def test_a_figure_whose_last_digit_may_be_a_marker_is_left_out() -> None:
    body = "Er waren 1.450 en 1.600 zaken in 2015, en 9721 en 8131 klachten in 2016."
    body += "\n\n1  Voorlopig.\n De brief gaat verder."

    assert [claim["quote"] for claim in claims_of(letter(body))] == ["1.450", "1.600"]


def test_the_input_may_hold_its_columns_in_any_order() -> None:
    frame = files(RECEIVED)

    assert extract(frame.select("content", "source", "letter_id")).claim.equals(extract(frame).claim)


def test_a_level_said_again_without_the_way_to_it_counts_once() -> None:
    body = (
        "Het aantal aangiften daalde in 2018 naar 668.\n\n"
        "Volgens de politie waren er in 2018 ongeveer 668 aangiften, van wie 12 uit het buitenland."
    )

    assert extracted(letter(body)).claim["quote"].to_list() == ["668", "12"]


def test_a_list_of_numbers_says_of_none_what_it_counts() -> None:
    few, many = (f"Er waren {'12, 13 en 14 personen, ' * times}meldden zij." for times in (3, 20))

    assert claims_of(letter(few))
    assert not claims_of(letter(many))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("In 2019 waren er 99.999.999.999 slachtoffers en 12 plaatsen.", [12]),
        ("In 2019 kostte dit € 666.000 miljard en € 12 miljoen.", [12_000_000]),
        ("In 2019 waren er \u202e666\u202c slachtoffers en 12 plaatsen.", [12]),
        ("In 2019 waren er 6\x1b[1D66 slachtoffers en 12 plaatsen.", [12]),
        ("In 2019 waren er 1\u200b2 slachtoffers.", [12]),
        (f"In 2019 waren er {'(' * 2000}66613 slachtoffers. Er waren 12 plaatsen.", [12]),
    ],
    ids=[
        "more than mankind",
        "more than there is",
        "turned round",
        "steered",
        "no width",
        "a word without end",
    ],
)
def test_what_nobody_reads_is_no_figure(text: str, figures: list[int]) -> None:
    assert [claim["value"] for claim in claims_in(text)] == figures


@pytest.mark.parametrize("digits", ["0123456789", "0123456789abcdef", "01234!@#$%^&*()abcdeXYZ"])
def test_noise_holds_no_figures(digits: str) -> None:
    noise = "".join(Random(7).choices(digits + "ghijklmnopq    ", k=4000))
    assert [claim["value"] for claim in claims_in(f"In 2019 waren er 12 slachtoffers.\n\n{noise}")] == [12]


def test_what_an_answer_denies_isnt_so_in_an_earlier_question_either() -> None:
    body = """Vraag 1
Kent u het bericht «Opvang vol: 430 vrouwen op de wachtlijst»?
Antwoord 1
Ja.
Vraag 2
Klopt het dat 430 vrouwen op de wachtlijst voor de vrouwenopvang staan?
Antwoord 2
Nee, dat beeld herken ik niet. Er stonden 290 vrouwen op de wachtlijst.
Vraag 3
Klopt het dat er in Ede 20 vrouwen op de wachtlijst staan?
Antwoord 3
Ja, dat klopt.
"""
    claims = claims_of(answers(body, "3 maart 2019", "2 april 2019"))
    assert [(claim["value"], claim["status"]) for claim in claims] == [
        (430, "negated"),
        (430, "negated"),
        (290, "realised"),
        (20, "realised"),
    ]
