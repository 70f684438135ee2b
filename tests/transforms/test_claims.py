"""How the sentences of a letter work together."""

from whole_letters import claims_in

from transforms.claims import claims
from transforms.figures import Claim, Letter
from transforms.sentences import Sentence


def stated(*texts: str) -> list[Claim]:
    """The claims of the sentences of one paragraph."""
    starts = [sum(len(text) + 1 for text in texts[:index]) for index in range(len(texts))]
    paragraph = [Sentence(text, start, 1, "body") for text, start in zip(texts, starts, strict=True)]
    return list(claims(paragraph, Letter(None, ())))


def test_no_sentences_give_no_claims() -> None:
    assert stated() == []


def test_offsets_are_those_of_the_reading_text() -> None:
    texts = ("De cijfers zijn bekend.", "In 2011 waren er 30 zaken.")

    (claim,) = stated(*texts)

    assert " ".join(texts)[claim.start : claim.end] == "30"


def test_a_noun_carries_on_to_the_next_sentence() -> None:
    first, second = stated("In 2011 waren er 30 zaken.", "In 2012 waren dat er 40.")

    assert (first.unit, first.timing.period) == ("cases", "2011")
    assert (second.unit, second.timing.period) == ("cases", "2012")


def test_a_change_inherits_period_and_measure() -> None:
    _, growth = stated("In 2011 waren er 30 slachtoffers van mensenhandel.", "Dit is een stijging van 20%.")

    assert (growth.kind, growth.timing.period, growth.measure_code) == (
        "growth",
        "2011",
        "trafficking_victims",
    )


def test_a_change_between_two_levels_has_both_as_its_period() -> None:
    *_, growth = stated(
        "In 2012 waren er 40 zaken.", "Een jaar eerder waren dat er 30.", "Dit is een stijging van 33%."
    )

    assert (growth.timing.period, growth.timing.base_period, growth.direction) == ("2012", "2011", "increase")


def test_a_source_that_a_paragraph_introduced_holds_for_the_next() -> None:
    introduced = "Hieronder volgen de cijfers van CoMensha."
    figures = "In 2017 waren er 30 slachtoffers van mensenhandel."

    (claim,) = claims_in(f"{introduced}\n\n{figures}")
    (alone,) = claims_in(figures)

    assert (claim["source"], alone["source"]) == ("CoMensha", None)


def test_nothing_carries_over_to_another_paragraph() -> None:
    found = claims_in("In 2016 waren er 30 zaken volgens het CBS.\n\nEr zijn 12 gemeenten bij aangesloten.")

    assert [(claim["quote"], claim["period"], claim["source"]) for claim in found] == [
        ("30", "2016", "CBS"),
        ("12", None, None),
    ]


def test_a_figure_of_a_note_is_a_claim_of_its_own() -> None:
    found = claims_in("In 2016 waren er 30 zaken1 in het land.\n\n1  In 2015 waren er 25 zaken.\n")

    assert [(claim["quote"], claim["period"], claim["place"]) for claim in found] == [
        ("30", "2016", "body"),
        ("25", "2015", "footnote"),
    ]


def test_a_sentence_behind_says_whose_and_of_when_a_figure_is() -> None:
    (credited,) = stated("Er zijn 30 bruggen.", "Dit blijkt uit cijfers van het CBS.")
    (dated,) = stated("Er waren 30 zaken.", "Deze cijfers zijn van 2016.")

    assert credited.source == "CBS"
    assert dated.timing.period == "2016"


def test_a_sentence_behind_takes_a_figure_back() -> None:
    (denied,) = stated("Er zouden 30 zaken zijn.", "Dat klopt niet.")

    assert denied.status == "negated"
