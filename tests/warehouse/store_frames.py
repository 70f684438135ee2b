"""Frames as the flows hand them to the store, made by hand: letters are short, quotes are found in them."""

import hashlib
from datetime import date, datetime
from typing import Any

import polars as pl

from flows.placing import FORM
from transforms import schemas
from transforms.identity import words_of
from transforms.vintages import placed

SEEN = datetime.fromisoformat("2024-05-01T02:00")
GRAMMAR = "2024.1"

UNITS = pl.DataFrame(
    [
        ("persons", "personen", "persons", "PS"),
        ("places", "plaatsen", "places", None),
        ("percent", "procent", "percent", "PT"),
        ("cases", "zaken", "cases", None),
    ],
    schema=schemas.UNIT,
    orient="row",
)
MEASURES = pl.DataFrame(
    [
        (
            "trafficking_victims",
            "victims",
            "slachtoffers van mensenhandel",
            "victims of trafficking",
            "persons",
        ),
        ("shelter_places", "capacity", "opvangplaatsen", "shelter places", "places"),
        ("shelter_shortage", "capacity", "tekort aan opvangplaatsen", "shortage of shelter places", "places"),
        ("shelter_waiting_list", "capacity", "wachtlijst voor opvang", "waiting list for shelter", "persons"),
        (
            "criminal_organisations",
            "enforcement",
            "criminele organisaties",
            "criminal organisations",
            "cases",
        ),
    ],
    schema=schemas.MEASURE,
    orient="row",
)
AGENCIES = pl.DataFrame(
    [("CoMensha", "Coördinatiecentrum Mensenhandel", "Coordination centre", True), ("CBS", None, None, True)],
    schema=schemas.SOURCE_AGENCY,
    orient="row",
)


def hashed(*fields: object) -> str:
    return hashlib.sha256("|".join(map(str, fields)).encode()).hexdigest()


def a_letter(text: str, letter_date: date | None = date(2012, 4, 27), **facts: Any) -> dict[str, Any]:
    return {
        "letter_id": hashed(text),
        "letter_date": letter_date,
        "dossiers": ["28638"],
        "text": text,
        "format": "txt",
        "encoding": "utf-8",
        "source": f"inbox/{hashed(text)[:6]}.txt",
        "warnings": [],
        "extractor_version": GRAMMAR,
        **facts,
    }


def a_claim(letter: dict[str, Any], quote: str, value: float, **facts: Any) -> dict[str, Any]:
    """A count of victims, at the first place of the quote in the letter, unless the facts say otherwise."""
    start = letter["text"].index(quote)
    row = {
        "letter_id": letter["letter_id"],
        "char_start": start,
        "char_end": start + len(quote),
        "quote": quote,
        "value": value,
        "unit": "persons",
        "kind": "count",
        "measure_code": "trafficking_victims",
        "direction": "none",
        "status": "realised",
        "precision": "exact",
        "population": "total",
        "place": "body",
        "sentence": letter["text"],
        "sentence_quote_start": start,
        "sentence_quote_end": start + len(quote),
        "confidence": 0.9,
        "extractor_version": GRAMMAR,
        **facts,
    }
    row.setdefault("measure", row["measure_code"])
    row.setdefault("claim_id", hashed(row["letter_id"], start, row["kind"], value))
    return row


def a_reference(letter: dict[str, Any], quote: str, dossier: str, number: str) -> dict[str, Any]:
    start = letter["text"].index(quote)
    return {
        "reference_id": hashed(letter["letter_id"], start, dossier, number),
        "letter_id": letter["letter_id"],
        "char_start": start,
        "char_end": start + len(quote),
        "quote": quote,
        "dossier": dossier,
        "number": number,
        "identifier": f"kst-{dossier}-{number}",
    }


def a_rejection(source: str) -> dict[str, Any]:
    return {
        "rejected_id": hashed(source),
        "source": source,
        "step": "intake",
        "reason": "empty",
        "detail": "the file is empty",
        "extractor_version": GRAMMAR,
    }


def forms_of(run_id: str, letters: list[dict[str, Any]], known: pl.DataFrame | None = None) -> pl.DataFrame:
    """The forms of these letters, placed among those that are known."""
    rows = [
        {"form_id": letter["letter_id"], "words": words_of(letter["text"]), **letter}
        | {"first_seen": SEEN, "run_id": run_id, "read_run_id": run_id}
        for letter in letters
    ]
    new = pl.DataFrame(rows, schema=FORM).drop("letter_id", "in_use", "vintage")
    others = FORM.to_frame() if known is None else known.cast(FORM)
    forms = pl.concat([others.select(new.columns).join(new, on="form_id", how="anti"), new])
    return forms.join(placed(forms), on="form_id", how="left").select(*FORM)


def tables(
    run_id: str,
    letters: list[dict[str, Any]] = [],  # noqa: B006 - never changed
    claims: list[dict[str, Any]] = [],  # noqa: B006
    references: list[dict[str, Any]] = [],  # noqa: B006
    rejections: list[dict[str, Any]] = [],  # noqa: B006
    known: pl.DataFrame | None = None,
    **run: Any,
) -> dict[str, pl.DataFrame]:
    """All that one run hands over, where the warehouse holds the forms that are `known`."""
    forms = forms_of(run_id, letters, known)
    unused = set(forms.filter(~pl.col("in_use"))["form_id"])
    letters, claims, references = (
        [row for row in rows if row["letter_id"] not in unused] for rows in (letters, claims, references)
    )
    seen = [pl.lit(SEEN).alias("first_seen"), pl.lit(run_id).alias("run_id")]
    run_row = {
        "run_id": run_id,
        "started_at": datetime.now(),  # noqa: DTZ005 - any time will do, later runs later
        "engine": "inline",
        "letters_seen": forms.filter(read_run_id=run_id).height + len(rejections),
        "letters_known": 0,
        "letters_read": forms.filter(read_run_id=run_id).height,
        "letters_rejected": len(rejections),
        "claims": len(claims),
        "extractor_version": GRAMMAR,
    }
    return {
        "unit": UNITS,
        "measure": MEASURES,
        "source_agency": AGENCIES,
        "run": pl.DataFrame([run_row | run]),
        "letter": pl.DataFrame(letters, schema=schemas.LETTER).with_columns(seen),
        "letter_form": forms,
        "claim": pl.DataFrame(claims, schema=schemas.CLAIM),
        "letter_reference": pl.DataFrame(references, schema=schemas.LETTER_REFERENCE),
        "rejected_letter": pl.DataFrame(rejections, schema=schemas.REJECTED_LETTER).with_columns(seen),
    }


def full_letter() -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """A letter with a figure for each mart, its claims and its citations."""
    letter = a_letter(
        "In 2011 telde CoMensha 1222 slachtoffers, 23% boven 2010. "
        "Eind 2014 is het aantal groepen verdubbeld. Er was in 2010 geen tekort. "
        "Gemiddeld wachtten 13 personen per maand. Er zijn 50 plaatsen, medio 2012 worden dat er 70. "
        "Zie Kamerstuk 28 638, nr. 57. 😀 En 𝟗 maal é.",
        identifier="kst-28638-75",
    )
    organisations = {"measure_code": "criminal_organisations", "unit": "percent", "kind": "growth"}
    places = {"measure_code": "shelter_places", "unit": "places", "kind": "capacity"}
    shortage = places | {"measure_code": "shelter_shortage"}
    waiting = {
        "measure_code": "shelter_waiting_list",
        "kind": "capacity",
        "statistic": "mean",
        "per": "month",
    }
    claims = [
        a_claim(letter, "1222", 1222, period="2011", source="CoMensha"),
        a_claim(
            letter, "23%", 23, kind="growth", unit="percent", direction="increase",
            period="2011", base_period="2010", source="CoMensha",
        ),
        a_claim(
            letter, "verdubbeld", 100, **organisations,
            direction="increase", status="target", period="2014-12",
        ),
        a_claim(
            letter, "geen", 0, **shortage, status="negated", period="2010"
        ),
        a_claim(letter, "13", 13, **waiting, period="2011"),
        a_claim(letter, "50", 50, **places),
        a_claim(letter, "70", 70, **places, status="expected", direction="increase", period="2012-07/"),
        a_claim(letter, "𝟗", 9, unit="cases", measure_code=None, measure="herhaling", kind="other"),
    ]  # fmt: skip
    references = [a_reference(letter, "28 638, nr. 57", "28638", "57")]
    return letter, claims, references


def thorny() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Letters with what files of text stumble over; every form of period, source and population."""
    letter = a_letter(
        '="A1" telde 10, +11, -12, @13, \'=14 en "15" één; coëfficiënt\r\n16 à 17 en \x0c18, of\t19.',
        sender='=HYPERLINK("kwaad")', subject="-1+1|' /C calc'!A0", place="'s-Gravenhage", signatory="'=Ö, É",
        dossiers=["28638", '=1,"2"'], identifier="@SUM(1)",
    )  # fmt: skip
    undated = a_letter("Zonder datum 20.", letter_date=None)
    claims = [
        a_claim(letter, "10", 10.5, period="2012-S1", source="CoMensha;CBS"),
        a_claim(letter, "+11", 11, period="2016/2020", source="Bureau Ö/É"),
        a_claim(letter, "-12", 12, period="2014/", population="part", source="Bureau O-E"),
        a_claim(letter, "@13", 13, population="unspecified", precision="approx"),
        a_claim(letter, "'=14", 14.25, period="2012-12/2013-01", population="age_group=minor;sex=F"),
        a_claim(letter, '"15"', 1e20, period="2022-W01", population="nationality=BG"),
        a_claim(letter, "16", 1 / 3, period="2022-Q2", status="expected"),
        a_claim(letter, "16 à 17", 16, value_high=17, precision="range", period="2012-01-05/2012-02-03"),
        a_claim(letter, "\x0c18", 18, period="/2024", status="target"),
        a_claim(letter, "\t19", 19, period="2011-01/2011-12", kind="growth", unit="percent"),
        a_claim(undated, "20", 20, period="2024-10"),
    ]
    return [letter, undated], claims


def thorny_tables(**run: Any) -> dict[str, pl.DataFrame]:
    """All that a run hands over of the full letter and the thorny ones."""
    letter, claims, references = full_letter()
    letters, more = thorny()
    frames = tables("first", [letter, *letters], [*claims, *more], references, **run)
    bodies = pl.DataFrame({"source_agency": ["Bureau Ö/É", "Bureau O-E"], "in_vocabulary": [False, False]})
    return frames | {"source_agency": pl.concat([frames["source_agency"], bodies], how="diagonal")}
