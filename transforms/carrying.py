"""What a sentence says that tells whether whoever was credited before it has its figures too."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from transforms.bodies import is_bare
from transforms.constructions import begun_with, named_last, once_more, without_names, words_of
from transforms.nouns import is_plural
from transforms.vocabulary import as_written, compiled, occurs, words


def mentions(text: str, body: str | None) -> bool:
    """Whether a sentence names the body named last once more."""
    makers = (each.name for each in without_names(text).names.values() if not is_bare(each.name))
    return body is not None and any(once_more(name, body) in body.split(";") for name in makers)


@cache
def _carry(name: str) -> re.Pattern[str]:
    return compiled("sources", words("sources")["carry"][name], flags=re.NOFLAG)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def goes_on(text: str) -> bool:
    """Whether a sentence says of itself that it goes on about the data of the sentence before."""
    return _carry("opening").match(text) is not None or occurs(_carry("within"), text)


def is_mean(text: str) -> bool:
    """Whether a sentence tells the mean of something (`De gemiddelde wachttijd bedroeg …`)."""
    return _carry("mean").match(text) is not None


def finds(text: str) -> bool:
    """Whether a sentence speaks of what was found (`hieruit blijkt`, `het rapport noemt`)."""
    return occurs(_carry("finding"), text)


def meets(text: str) -> bool:
    """Whether a sentence tells what a body came upon (`De inspectie trof er 30 aan`)."""
    return occurs(words_of("meets", table="carry"), text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def acts(text: str) -> bool:
    """Whether a sentence tells what is done to people, or by those who work for a body."""
    return occurs(words_of("acts", table="carry"), text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def foresees(text: str) -> bool:
    """Whether a sentence tells what will come of itself or of something, not what somebody plans."""
    return occurs(words_of("foresees", table="carry"), text) and not will_be_done(text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def will_be_done(text: str) -> bool:
    """Whether a sentence tells what will be done (`zullen er 12 worden gebouwd`)."""
    return occurs(words_of("planned_to", table="carry"), text)


def deals(text: str) -> bool:
    """Whether a sentence tells what a body does with what was counted (`X heeft er 12 gecontroleerd`)."""
    return occurs(words_of("deals", table="carry"), text)


def leaves_out(text: str) -> bool:
    """Whether a sentence tells of what the data before it leave out (`hierin niet begrepen`)."""
    return occurs(words_of("leaves_out", table="carry"), text)


def infers(text: str) -> bool:
    """Whether a sentence says what would follow from the data before it (`Dat zou betekenen dat …`)."""
    return occurs(words_of("infers", table="carry"), text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def is_of_new_study(text: str) -> bool:
    """Whether a sentence tells of a study that was not told of before, and not who made it."""
    return occurs(words_of("new_study", table="carry"), text)


def turns_to_other(text: str, before: str, body: str) -> bool:
    """Whether a sentence is about what another body does, named before it (`Zij heeft er 40`)."""
    if not text.startswith(("Zij ", "Hij ", "Ze ")):
        return False
    named = named_last(before)
    return named is not None and once_more(named, body) not in body.split(";")


def is_of_other_study(text: str, before: Iterable[str]) -> bool:
    """Whether a sentence is from a study with a subject that those `before` don't speak of."""
    match = as_written("sources", "studied").search(text)
    return match is not None and not any(match[1].lower()[:_TOPIC_STEM] in said.lower() for said in before)


#: Letters by which a study's subject is known again (`gebruikers` in `gebruikersonderzoek`).
_TOPIC_STEM = 6


def shares_topic(text: str, before: str) -> bool:
    """Whether a sentence begins with a word that the one before it has too, and not every sentence."""
    common = _common()
    topics = (
        *_TOPIC.findall(text, 0, _OPENING),
        *as_written("sources", "pointed").findall(text, 0, _OPENING),
    )
    return any(word not in common and word in before for word in topics)


#: Nouns are long or abbreviations; a sentence's topic stands at its beginning.
_TOPIC = re.compile(r"\b(?:[a-zë]{6,}|[A-Z]{2,})\b")


_OPENING = 60


@cache
def _common() -> frozenset[str]:
    return frozenset(words("sources")["carry"]["common"])


def begins_with_other(text: str, body: str | None) -> bool:
    """Whether a sentence is about another body than the one named last: by its first word, or its subject."""
    named = without_names(text)
    opening = (
        as_written("sources", "of_body").match(named.text)
        or as_written("sources", "inverted").match(named.text)
        or as_written("sources", "at_body").match(named.text)
    )
    first = named.names.get(opening[1]) if opening else None
    if first is None or _is_group(first.name, text):
        return False
    return first.name not in (body or "").split(";")


def sets_off(text: str, body: str) -> bool:
    """Whether a sentence sets a body that it begins with off against the last one (`X telt echter 9`)."""
    if as_written("sources", "set_off").search(text) is None:
        return False
    begun = begun_with(text)
    return begun is not None and begun not in body.split(";")


def _is_group(name: str, text: str) -> bool:
    """Whether a sentence begins with those of whom it tells something (`Van de scholen geeft 12% aan …`)."""
    return (
        name.islower() and name.isalpha() and is_plural(name) and text.startswith(("Van ", "Onder ", "Bij "))
    )


def is_of_each(body: str) -> bool:
    """Whether those credited are many that tell each of themselves (`instellingen`, `scholen`)."""
    return body.islower() and body.isalpha() and is_plural(body)


def begins_with(text: str, body: str | None) -> bool:
    """Whether a sentence is about what the body named last does: its subject is that body."""
    named = without_names(text)
    inverted = as_written("sources", "inverted").match(named.text)
    first = named.names.get(inverted[1] if inverted else named.text[:1])
    if first is None or first.report or body is None:
        return False
    return once_more(first.name, body) in body.split(";")


def is_of_other(text: str, body: str) -> bool:
    """Whether a sentence says what another body does: `door ▢`, or as its subject."""
    named = without_names(text)
    agents = (
        named.names.get(match[match.lastindex or 0])
        for match in as_written("sources", "agent").finditer(named.text)
    )
    others = (agent.name for agent in agents if agent is not None and not _is_group(agent.name, text))
    return any(name not in body.split(";") for name in others)


def decides(text: str) -> bool:
    """Whether a sentence tells what the government does or decides."""
    return occurs(words_of("decides", table="carry"), text)


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def is_policy(text: str) -> bool:
    """Whether a sentence tells of measures, money, plans or agreements, or of the day it is written."""
    return occurs(words_of("policy", table="carry"), words_of("remark", table="carry").sub("", text))


def announces(text: str) -> bool:
    """Whether a sentence goes before a table (`In de onderstaande tabel staan …`)."""
    return as_written("sources", "table").search(text) is not None


def is_about_letter(text: str) -> bool:
    """Whether a sentence tells what the letter does (`Ik informeer u over …`)."""
    return occurs(words_of("letter", table="carry"), text)


def takes_back(text: str) -> bool:
    """Whether a sentence denies the figures before it (`Dat beeld herken ik niet`)."""
    return occurs(words_of("denied", table="carry"), text)


def tells_of_figures(text: str) -> bool:
    """Whether a sentence without figures tells how much or how many there are, as the next ones then do."""
    return occurs(words_of("tells", table="carry"), text)


def has_inquired(text: str) -> bool:
    """Whether a sentence tells of an inquiry that somebody made, of which the results follow."""
    return occurs(words_of("inquired", table="carry"), text)


def is_report(noun: str) -> bool:
    """Whether a noun is one for an inquiry or a report."""
    return words_of("report", table="carry").fullmatch(noun) is not None


def foretold(text: str) -> bool:
    """Whether a sentence tells what somebody had expected, so that what came of it is not his."""
    return occurs(words_of("foretold", table="carry"), text)


def is_outcome(text: str) -> bool:
    """Whether a sentence tells what came of a forecast (`Uiteindelijk werden het er 310`)."""
    return occurs(words_of("outcome", table="carry"), text)


def names_nobody(text: str) -> bool:
    """Whether a sentence has no body's name."""
    return not without_names(text).names


def rivals(text: str) -> bool:
    """Whether a sentence has another number for what was counted before (`X houdt het op 1.400`)."""
    return occurs(_carry("rivals"), text)


def divides(text: str) -> bool:
    """Whether a sentence divides up what was counted before it (`Naar leeftijd …`)."""
    return occurs(_carry("divides"), text)


def is_norm(text: str) -> bool:
    """Whether a clause says what is asked for (`terwijl de norm 55% is`)."""
    return occurs(words_of("norm", table="carry"), text)


def is_own(text: str) -> bool:
    """Whether a sentence speaks in its writer's own name (`ik verwacht`)."""
    return occurs(words_of("own", table="carry"), text)
