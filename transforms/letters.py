"""Bytes to a letter's text, or the reason why there is none."""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from transforms import schemas

#: Windows-1252 leaves five bytes undefined; text holds none of them, nor C0 controls but white space.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.001


class Decoded(NamedTuple):
    """A letter's text and the encoding it came in; text is None where `reason` says why."""

    text: str | None
    encoding: str | None = None
    reason: str | None = None
    detail: str | None = None


def letter_id(content: bytes) -> str:
    """The letter's identity: sha256 of its bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def short_hash(*parts: object) -> str:
    """A stable 128-bit key in hex over the parts, in their order."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


def decoded(content: bytes) -> Decoded:
    """UTF-8, its byte order mark left out of the text, else Windows-1252; line ends stay as they are."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(None, reason="binary", detail="is a text in UTF-16; save it as UTF-8")
    if b"\x00" in content[:1_000_000]:
        told = "is no text, and in no form that is read; save it as PDF, DOCX, ODT or text"
        return Decoded(None, reason="binary", detail=told)
    has_mark = content.startswith(b"\xef\xbb\xbf")
    try:
        text, encoding = content.decode("utf-8-sig"), "utf-8-sig" if has_mark else "utf-8"
    except UnicodeDecodeError as error:
        try:
            text, encoding = content.decode("cp1252"), "windows-1252"
        except UnicodeDecodeError:
            return Decoded(
                None,
                reason="undecodable",
                detail=f"neither UTF-8 nor Windows-1252 ({error.reason}); save it as UTF-8",
            )
    return _judged(text, encoding)


def _judged(text: str, encoding: str) -> Decoded:
    if not text.strip():
        return Decoded(None, reason="empty", detail="holds no text; get it anew, or take it out of the inbox")
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > _MAX_CONTROL_SHARE * len(text) + 1:
        return Decoded(
            None, reason="binary", detail=f"holds {controls} control characters, no text file; get it anew"
        )
    return Decoded(text, encoding)


def rejected(
    rows: Iterable[tuple[str, str | None, str, str, str | None]], extractor_version: str
) -> pl.DataFrame:
    """The REJECTED_LETTER frame of rows (source, letter_id, step, reason, detail)."""
    return pl.DataFrame(
        [
            (
                short_hash(source, identity or "unreadable"),
                identity,
                source,
                step,
                reason,
                detail,
                extractor_version,
            )
            for source, identity, step, reason, detail in rows
        ],
        schema=schemas.REJECTED_LETTER,
        orient="row",
    )
