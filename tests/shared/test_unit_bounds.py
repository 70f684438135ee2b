"""The most that there can be of a unit stands with the units, and in a check of the warehouse."""

import re
from pathlib import Path

from transforms.vocabulary import words

CHECK = Path(__file__).parents[2] / "sql" / "checks" / "values_plausible.sql"


def test_a_check_and_the_units_have_the_same_bounds() -> None:
    checked = re.findall(r"\('(\w+)', ([\de.]+), (?:true|false)\)", CHECK.read_text("utf-8"))
    known = {unit["unit"]: unit["most"] for unit in words("units")["unit"] if "most" in unit}

    assert {unit: float(most) for unit, most in checked} == known
