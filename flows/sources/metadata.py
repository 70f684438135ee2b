"""Metadata of a document on their own, in either form: a list of names, or OWMS."""

import re
from typing import NamedTuple

from flows.harvest_settings import DOSSIER, tidy_dossier
from flows.sources import markup
from flows.sources.markup import Element
from transforms.sidecars import Day, Dossier


class Facts(NamedTuple):
    """What metadata say of a document; None is what they don't say."""

    identifier: str  # "" is not said
    dossiers: tuple[Dossier, ...]
    date: Day | None
    issued: Day | None
    available: Day | None
    modified: str
    title: str | None
    creator: str | None
    type: str | None


def facts(content: bytes) -> Facts:
    """What these bytes say; raises ValueError for what is no XML to its end."""
    root = markup.parsed(content)
    held = _listed(root) if root.tag == "metadata_gegevens" else _owms(root)
    first = {name: values[0] for name, values in held.items()}
    return Facts(
        identifier=first.get("identifier", ""),
        dossiers=dossiers(held.get("dossiernummer", []), held.get("ondernummer", [])),
        date=day(first.get("date")),
        issued=day(first.get("issued")),
        available=day(first.get("available")),
        modified=str(day(first.get("modified")) or ""),
        title=first.get("title"),
        creator="; ".join(held.get("creator", [])) or None,
        type=held["type"][-1] if "type" in held else None,
    )


def _listed(root: Element) -> dict[str, list[str]]:
    """Contents of `metadata name="DC.title" content="…"`, by the last part of the name."""
    held: dict[str, list[str]] = {}
    for one in root.iterfind("metadata"):
        content = " ".join(one.get("content", "").split())
        if content:
            held.setdefault(one.get("name", "").rpartition(".")[2], []).append(content)
    return held


def _owms(root: Element) -> dict[str, list[str]]:
    """Contents of the elements of each group, whatever their namespace: one name stands in one group."""
    held: dict[str, list[str]] = {}
    for group in root:
        for one in group:
            if isinstance(one.tag, str) and (content := markup.text(one)):
                # Some have a dot where a colon belongs: dcterms.modified.
                name = one.tag.rpartition("}")[2].rpartition(".")[2]
                held.setdefault(name, []).append(content)
    return held


def dossiers(names: list[str], numbers: list[str]) -> tuple[Dossier, ...]:
    """Dossiers with the letter's number in each; a single number is that in all of them."""
    apart = list(dict.fromkeys(part.strip() for name in names for part in re.split("[;,]", name)))
    if len(numbers) != len(apart):
        numbers = [*numbers[:1], ""][:1] * len(apart)
    return tuple(_dossier(name, number) for name, number in zip(apart, numbers, strict=True) if name)


def _dossier(name: str, number: str) -> Dossier:
    found = DOSSIER.fullmatch(tidy_dossier(name))
    return Dossier(found["dossier"], found["chapter"], number) if found else Dossier(name, None, number)


def day(value: object) -> Day | None:
    """The day of a date or a time; None for what is neither."""
    try:
        return Day.fromisoformat(str(value)[:10])
    except ValueError:
        return None
