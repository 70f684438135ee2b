"""Letters printed in every way that we set them: what they state is read back."""

from functools import partial

import pytest
from letter_model import agreement, composed_letters
from scenes import Count
from write_pdf import LAYOUTS, as_pdf

pytestmark = pytest.mark.long_form
#: Three columns on a page of landscape, with tables and notes within them.
HARD = {"three columns": 0.93}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_claims_in_print_agree_in_all_fields(layout: str, count: Count) -> None:
    assert agreement(partial(as_pdf, layout=LAYOUTS[layout]), ".pdf") >= HARD.get(layout, 0.97)

    count("letters printed and read back", len(composed_letters()))
