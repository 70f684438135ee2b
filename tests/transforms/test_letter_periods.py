"""When the figures of whole letters hold."""

import pytest
from case_files import CASES, Case, entries
from whole_letters import answers, claims_in, claims_of


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["why"]) for case in entries(CASES / "letter_periods.toml", "letter")]
)
def test_the_figures_of_a_letter_have_their_periods(case: Case) -> None:
    body, asked = case["body"].strip(), case.get("asked")
    found = claims_of(answers(body, asked, case["date"])) if asked else claims_in(body, case["date"])
    stated = [(claim["quote"], claim["period"] or "", claim["base_period"] or "") for claim in found]

    assert stated == [_wanted(claim) for claim in case["claims"]]


def _wanted(claim: str) -> tuple[str, str, str]:
    """`3,4% 2017|2016`: the quote, the period and the base period."""
    stated, _, base = claim.partition("|")
    quote, _, period = stated.rpartition(" ")
    if not quote or not (period == "" or "0" <= period[0] <= "9" or period[0] == "/"):
        return stated, "", base
    return quote, period, base
