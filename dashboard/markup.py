"""HTML of what the dashboard shows. Letters are hostile text: whatever comes of them is escaped here."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup, escape

#: What isn't shown: control characters, what turns the direction of writing, and what has no width.
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\U000e0000-\U000e007f]"
)


def text(value: object) -> Markup:
    """Any value as text; what is Markup already stays. As long as it was, but for the escapes."""
    if isinstance(value, Markup):
        return value
    return escape(_STEERING.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def element(name: str, *content: object, **attributes: object) -> Markup:
    """An element; an attribute that is None isn't there. `class_` is class, `aria_label` is aria-label."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    # Names are our own, the rest is escaped: a page has thousands of elements, and Markup.format takes long.
    return Markup(f"<{name}{told}>{''.join(map(text, content))}</{name}>")  # noqa: S704


def link(address: str | None, *content: object, **attributes: object) -> Markup:
    """A link, or the content alone where there is no address."""
    if address is None:
        return element("span", *content, **attributes)
    # In the same window: an address of the dashboard is a page of it.
    return element("a", *content, href=address, target="_self", **attributes)


def outside(address: str | None, *content: object) -> Markup:
    """A link to where the source has a letter; an address of another scheme (javascript:) is text."""
    try:
        scheme, host = urlsplit(address or "")[:2]
    except ValueError:
        scheme, host = "", ""
    if scheme not in ("http", "https") or not host:
        return element("span", *content)
    return element("a", *content, href=address, target="_blank", rel="noopener noreferrer nofollow")


def joined(parts: Iterable[object], between: str = " ") -> Markup:
    """Parts with something between them."""
    return text(between).join(map(text, parts))


def described(pairs: Iterable[tuple[str, object]]) -> Markup:
    """Terms with what is told of them; those of which nothing is told are left out."""
    return element(
        "dl",
        *(
            element("div", element("dt", term), element("dd", told))
            for term, told in pairs
            if told not in (None, "")
        ),
    )


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], caption: str, numeric: Sequence[int] = ()
) -> Markup:
    """A table that can be scrolled by keyboard; `numeric` are places of columns that are set to the right.

    Each cell bears the name of its column, as on a phone cells stand below each other.
    """
    head = [element("th", name, scope="col", class_=_aligned(at, numeric)) for at, name in enumerate(columns)]
    body = [
        element(
            "tr",
            *(
                element("td", cell, class_=_aligned(at, numeric), data_label=columns[at])
                for at, cell in enumerate(row)
            ),
        )
        for row in rows
    ]
    inner = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", element("tr", *head)),
        element("tbody", *body),
    )
    return element("div", inner, class_="scroll", tabindex="0", role="region", aria_label=caption)


def _aligned(at: int, numeric: Sequence[int]) -> str | None:
    return "number" if at in numeric else None


def marked(sentence: str, start: int | None, end: int | None) -> Markup:
    """A sentence with the words of a figure marked; offsets in code points."""
    if start is None or end is None:
        return text(sentence)
    return joined(
        (sentence[:start], element("mark", sentence[start:end], class_="selected"), sentence[end:]), ""
    )
