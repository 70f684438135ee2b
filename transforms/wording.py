"""What a figure without a code is said to measure: never its unit, nor a word like `bedrag`."""

from transforms.clause_subjects import clause_start, subject, told_more
from transforms.counting import Quantity
from transforms.nouns import PERCENT, UNCARRIED, is_adjective, is_participle, is_plural, is_verb
from transforms.share_words import share_of
from transforms.sum_words import by_noun, sum_of
from transforms.telling import (
    NAME_ALONE,
    NEAR,
    SAID,
    is_money,
    is_when,
    is_where,
    says_nothing,
    told_behind,
)
from transforms.ties import tied_to
from transforms.unit_words import contents, lasting, time_named, unit_of_measure
from transforms.vocabulary import as_written
from transforms.word_forms import is_bare, is_noun, matches, pattern


def worded(text: str, quantity: Quantity, phrase: str) -> str:
    """The noun that a unit of measure or a sum of money measures; the noun phrase of any other figure.

    What stands right behind it (`20 hectare heide`, `€ 3 miljoen aan boetes`) goes before what it is the size
    of (`een budget van`, `het verbruik bedroeg`); none where neither is said.
    """
    measured = is_money(quantity) or quantity.unit in PERCENT or is_bare(phrase)
    if measured and (whose := told_more(text, quantity)):
        return whose
    if is_money(quantity):
        return sum_of(text, quantity, phrase)
    if quantity.unit in PERCENT:
        return share_of(text, quantity, phrase)
    if quantity.unit in UNCARRIED and (named := time_named(text, quantity)):
        return named
    if quantity.unit == "ratio" and phrase.startswith("per "):
        rated = subject(text, quantity)
        return f"{rated} {phrase}" if rated else "" if phrase[-1].isdigit() else phrase
    return unit_of_measure(text, quantity, phrase) if is_bare(phrase) else _of_noun(text, quantity, phrase)


def _of_noun(text: str, quantity: Quantity, phrase: str) -> str:
    """What a number with a noun of its own counts, in full."""
    lacking = tied_to(text, quantity) if matches("noun", "plain", phrase) else ""
    if matches("noun", "lacking", lacking):
        return lacking
    posts = as_written("wording", "posts").match(text, quantity.numeral.end + 1 + len(phrase))
    if posts and (told := told_behind(text, posts)):
        return told  # `40 fte aan vacatures`
    if (held := contents(text, quantity)) != "":
        return f"{phrase} {held}"
    at = quantity.numeral.end + 1 + len(phrase)
    rest = pattern("behind", "rest").match(text, at) if text.startswith(phrase, at - len(phrase)) else None
    return f"{phrase}{rest[0]}" if rest else _with_others(text, quantity, phrase)


def _with_others(text: str, quantity: Quantity, phrase: str) -> str:
    """The noun of a number with the one that the number counts too: `40 scholen en buurthuizen`."""
    at = quantity.numeral.end + 1 + len(phrase)
    if not text.startswith(phrase, at - len(phrase)):
        return phrase
    other = pattern("behind", "and_others").match(text, at)
    if other is None or not is_plural(other["noun"]) or is_verb(other["noun"]):
        return phrase
    if other["adjective"] and not is_adjective(other["adjective"]):
        return phrase  # `vier personen en twee bedrijven`
    after = other["after"] or ""
    return phrase + other["others"] if is_participle(after) or not is_verb(after) else phrase


def guessed(text: str, quantity: Quantity, phrase: str, *, growth: bool) -> str:
    """What a figure that nothing is tied to measures by the subject of its clause."""
    if is_money(quantity):
        amount = pattern("money", "amount").search(text, 0, quantity.numeral.start)
        return amount["noun"] if amount else subject(text, quantity) or by_noun(text, quantity)
    if quantity.unit in PERCENT:
        before = text[clause_start(text, quantity) : quantity.numeral.start]
        level = not phrase and pattern("before", "measures").search(before) is not None
        found = subject(text, quantity) if growth or level else ""
        named = phrase and is_noun(phrase.rsplit(maxsplit=1)[-1]) and not is_where(text, phrase, quantity)
        named = named and not (as_written("wording", "where").search(phrase) and says_nothing(phrase))
        changed = text.startswith(f" {phrase}", quantity.end) and matches("noun", "change", phrase)
        named = named and not changed and not matches("noun", "collective", phrase)  # `40% reductie`
        named = named and not _is_numbered(text, quantity, phrase)
        named = named and not NAME_ALONE.fullmatch(phrase) and not is_when(text, phrase, quantity)
        return found or (phrase if named else "")
    if quantity.unit == "ratio" and phrase.startswith("per "):
        return ""  # of which nothing is told
    return lasting(text, quantity) if is_bare(phrase) else phrase


def _is_numbered(text: str, quantity: Quantity, phrase: str) -> bool:
    """Whether a number says which one of several is meant: `22% van niveau 1`."""
    at = text.find(f" {phrase}", quantity.end)
    return at >= 0 and as_written("wording", "numbered").match(text, at + 1 + len(phrase)) is not None


def goes_on(text: str, quantity: Quantity) -> bool:
    """Whether a figure without words of its own is of what the one before it told: `dat was 30%`."""
    first, start = clause_start(text, quantity), quantity.numeral.start
    if pattern("before", "same").search(text, first, quantity.end + SAID):
        return True
    return pattern("before", "was_that").search(text, max(0, start - NEAR), start) is not None


def is_apart(text: str, quantity: Quantity, since: int) -> bool:
    """Whether a figure has words of its own, be they unknown, and isn't of what the one at `since` is.

    It stands in brackets behind them (`hout (9%) en overige (23%)`), or is the most that one may get.
    """
    names = ("bracketed", "limited")
    return any(as_written("wording", name).search(text, since, quantity.numeral.start) for name in names)


def says_again(text: str, quantity: Quantity, since: int) -> bool:
    """Whether a figure is the one that ends at `since` in another unit: `een derde, oftewel 4 kWh`."""
    start = quantity.numeral.start
    within = quantity.unit == "other" and text.find("(", since, start) > text.rfind(")", since, start)
    if within and is_bare(quantity.phrase):
        return True
    return pattern("before", "again").search(text, max(0, start - SAID), start) is not None
