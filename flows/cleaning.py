"""Letters and file names are hostile text: what could steer a terminal or forge a line is taken out here."""

import re

#: Tests of a character alone are slow on long texts: most hold none of these. Control characters, what turns
#: the direction of writing, what has no width, and halves of surrogate pairs.
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
    "|[\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """Text with a space for each character that is not printed; as long as it was."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def escaped(text: str) -> str:
    """Text with an escape, as Python writes it, for each of these characters."""
    return _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def escaped_json(json: str) -> str:
    """JSON that says the same, with an escape for each of these characters."""
    return _STEERING.sub(lambda match: "".join(f"\\u{unit:04x}" for unit in _units(match[0])), json)


def _units(char: str) -> list[int]:
    encoded = char.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(encoded[at : at + 2], "big") for at in range(0, len(encoded), 2)]
