"""Texts that the fuzzer came upon, each of which takes a way through the grammar that no other takes."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"
CORPUS = CASES / "fuzz.jsonl"
LETTERS = CASES.with_name("letters")
#: Bytes of a text, and of all that are kept.
LONGEST, MOST = 1500, 50_000


def kept() -> list[bytes]:
    """The texts that are kept; JSON has a character for each byte."""
    if not CORPUS.exists():
        return []
    return [json.loads(line).encode("latin-1") for line in CORPUS.read_text("utf-8").splitlines()]


def keep(texts: Iterable[bytes]) -> int:
    """Keep as many of the texts as fit, long and short ones; return how many."""
    lines: list[str] = []
    size = 0
    for text in sorted(set(texts), key=lambda text: sha256(text).digest()):
        line = json.dumps(text.decode("latin-1"))
        size += len(line) + 1
        if size > MOST:
            break
        lines.append(line)
    CORPUS.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return len(lines)


def seeds() -> Iterator[bytes]:
    """Our own texts: those of the cases, and the sample letters in pieces."""
    for path in sorted(CASES.rglob("*.toml")):
        yield from (text.encode()[:LONGEST] for text in _texts(tomllib.loads(path.read_text("utf-8"))))
    for path in sorted(LETTERS.rglob("*.txt")):
        content = path.read_bytes()
        yield from (content[at : at + LONGEST] for at in range(0, len(content), LONGEST))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        found = [value[name] for name in ("text", "received", "letter") if isinstance(value.get(name), str)]
        yield from found or (text for each in value.values() for text in _texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _texts(each))
