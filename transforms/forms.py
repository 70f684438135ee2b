"""A file's bytes to what was received: its form is known by its content, never by its name."""

from transforms.formats import xml
from transforms.letters import decoded
from transforms.received import Received, Refused


def received(content: bytes) -> Received | Refused:
    """The letter in a file, or why there is none."""
    if content.lstrip().startswith(b"<?xml"):
        return xml.received(content)
    letter = decoded(content)
    if letter.text is None:
        return Refused(letter.reason or "undecodable", letter.detail or "")
    return Received(letter.text, "txt", letter.encoding)
