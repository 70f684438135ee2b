"""However elements are moved, renamed or copied: a letter is read or refused, and its offsets hold."""

import copy
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from letter_model import Model, composed_letters, model_in, read_back
from lxml import etree
from write_html import as_official_page, as_plain_page
from write_xml import as_kamerstuk, as_kamerwrk

from transforms.forms import received
from transforms.received import Refused
from transforms.vocabulary import words

ATTRIBUTES = ("colspan", "rowspan", "morerows", "namest", "nameend", "class", "id", "href", "style", "start")
VALUES = ("3", "0", "-1", "99999", "col2", "noten", "vraag", "ID-n0", "#ID-n1", "display:none", "")
WORDS = ("310", "  ", "\n", "1 104", "2019", "(12%)")


def names(form: str) -> list[str]:
    """The elements that the vocabulary knows, and one that it doesn't."""
    told = words("forms")[form]
    return [
        "foo",
        *(name for kind in told.values() if isinstance(kind, list) for name in kind if name.isalpha()),
    ]


def changed(root: etree._Element, form: str, draw: Random) -> None:
    """Some of the elements moved, copied, renamed, or given other words and attributes."""
    for _ in range(draw.randint(1, 12)):
        inside = list(root.iter("*"))[1:]
        one, other = draw.choice(inside), draw.choice(inside)
        match draw.randrange(5):
            case 0:
                other.append(copy.deepcopy(one))
            case 1 if other not in one.iter("*"):
                other.insert(0, one)
            case 2:
                one.tag = draw.choice(names(form))
            case 3:
                one.tail = (one.tail or "") + draw.choice(WORDS)
            case _:
                one.set(draw.choice(ATTRIBUTES), draw.choice(VALUES))


@given(
    st.sampled_from(composed_letters()),
    st.sampled_from([as_kamerstuk, as_kamerwrk, as_official_page, as_plain_page]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=40, deadline=None)
def test_changed_letters_are_read_or_refused(
    path: Path, written: Callable[[Model], bytes], draw: Random
) -> None:
    content = written(model_in(path))
    form = "xml" if content.startswith(b"<?xml") else "html"
    parser = etree.XMLParser() if form == "xml" else etree.HTMLParser()
    root = etree.fromstring(content, parser)

    changed(root, form, draw)
    letter = received(etree.tostring(root, method=form, encoding="utf-8"))

    if isinstance(letter, Refused):
        assert letter.detail.isprintable()
        return
    ends = [0, *(block.end for block in letter.blocks)]
    assert all(end <= block.start <= block.end for end, block in zip(ends, letter.blocks, strict=False))
    read_back(etree.tostring(root, method=form, encoding="utf-8"), "brief.form")  # each quote opens
