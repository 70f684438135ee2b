"""Verbs in all their forms, from their principal parts.

A verb is a line of a vocabulary's `[verbs]`: infinitive, present, past, its plural and participle, before
them the particle of one that separates (`toe nemen neemt nam namen genomen`), or the words that it goes with
(`in_kaart brengen …`).
"""

from collections.abc import Iterable, Mapping
from itertools import chain, groupby

from transforms.vocabulary.alternation import alternatives


def definitions(verbs: Mapping[str, Iterable[str]]) -> dict[str, str | list[str]]:
    """For each class of verbs: `<name>_forms`, and `<name>_apart` where the particle stands by itself.

    Of these `<name>_finite` and `<name>_separate` are those of a main clause, `<name>_final` those that end a
    clause, `<name>_participles` what stands with `heeft` or `door`, and `<name>_past` what a main clause
    tells that is over.
    """
    found: dict[str, str | list[str]] = {}
    for name, lines in verbs.items():
        parted = [_parted(line) for line in lines]
        found[f"{name}_finite"] = [form for particle, parts in parted if not particle for form in parts[:4]]
        found[f"{name}_final"] = [_joined(particle, form) for particle, parts in parted for form in parts[:4]]
        found[f"{name}_participles"] = [_joined(particle, parts[4]) for particle, parts in parted]
        found[f"{name}_forms"] = [form for particle, parts in parted for form in _forms(particle, parts)]
        apart = [
            _apart(particle, [parts for _, parts in group])
            for particle, group in groupby(sorted(parted), key=lambda verb: verb[0])
            if particle
        ]
        found[f"{name}_past"] = "|".join(
            _past(particle, [parts for _, parts in group])
            for particle, group in groupby(sorted(parted), key=lambda verb: verb[0])
        )
        found[f"{name}_separate"] = "|".join(split for split, _ in apart)
        found[f"{name}_apart"] = "|".join(chain(*apart))
    return found


def _parted(line: str) -> tuple[str, list[str]]:
    """The particle of a verb, which may be none, and its five parts."""
    parts = line.split()
    return ("", parts) if len(parts) == 5 else (parts[0].replace("_", " "), parts[1:])


def _joined(particle: str, form: str) -> str:
    """A form as one word, or behind the words that it goes with."""
    return f"{particle} {form}" if " " in particle else particle + form


def _forms(particle: str, parts: list[str]) -> list[str]:
    """The forms that are one word, and the infinitive with `te`."""
    infinitive, _, _, _, participle = parts
    bent = [f"{participle}e"] if participle.endswith(("t", "d")) else []
    forms = dict.fromkeys([*parts, *bent, f"{infinitive}d", f"{infinitive}de"])
    return [
        *(_joined(particle, form) for form in forms),
        *([f"{particle} te {infinitive}"] if particle else []),
    ]


def _first_person(parts: list[str]) -> str:
    """`neem ik … af`: the present without its ending."""
    infinitive, present = parts[:2]
    return present if infinitive.endswith("ten") else present.removesuffix("t")


def _past(particle: str, verbs: list[list[str]]) -> str:
    past = alternatives(form for parts in verbs for form in parts[2:4])
    return past + (r"\b{particle_gap}\b" + particle + r"\b{particle_end}" if particle else "")


def _apart(particle: str, verbs: list[list[str]]) -> tuple[str, str]:
    """`nam met 5% toe`, and, in a clause that ends in its verbs, `toe zal nemen`."""
    finite = dict.fromkeys(form for parts in verbs for form in (*parts[1:4], parts[0], _first_person(parts)))
    unbound = dict.fromkeys(form for parts in verbs for form in parts)
    return (
        alternatives(finite) + r"\b{particle_gap}\b" + particle + r"\b{particle_end}",
        particle + r" (?:(?:naar|tot) \S+ )?(?:{auxiliary} ){0,3}" + f"(?:{'|'.join(unbound)})",
    )
