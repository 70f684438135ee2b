"""What a sum of money is, or is for; a time, too, may be for something."""

from transforms.clause_subjects import clause_start, subject
from transforms.counting import Quantity
from transforms.noun_phrases import ending_at, following
from transforms.nouns import unit_of_any
from transforms.telling import FAR, NEAR, is_other, is_where, says_nothing, told_behind
from transforms.ties import tied_to
from transforms.vocabulary import as_written
from transforms.word_forms import matches, pattern


def sum_of(text: str, quantity: Quantity, phrase: str) -> str:
    """What a sum of money is, or is for."""
    start = quantity.numeral.start
    near = max(0, start - NEAR)
    if said := _is_of(text, quantity) or _told_more_of(text, quantity):
        return said
    if any(pattern("before", name).search(text, near, start) for name in ("known_sum", "part")):
        return spent_on(text, quantity)
    for_whom = text.find(" voor ", near, start) >= 0 and pattern("before", "for_whom").search(
        text, near, start
    )
    if for_whom or _is_fixed_for(text, quantity):
        return subject(text, quantity)
    if tied := tied_to(text, quantity):
        return tied
    if as_written("wording", "limited").search(text, 0, start):
        return ""  # `een budget van € 3 mln., met een maximum van € 50`
    whole = _whole_word(text, phrase)
    if whole and not says_nothing(whole) and not is_where(text, whole, quantity):
        aside = set_aside(text, quantity)
        return aside if aside.endswith(whole) else whole
    return spent_on(text, quantity) or set_aside(text, quantity)


def _is_of(text: str, quantity: Quantity) -> str:
    """What a sum is said to be, or to be for, behind its verb: `de € 5 miljard betreft de schade`."""
    start = quantity.numeral.start
    if not pattern("before", "said_sum").search(text, max(0, start - NEAR), start):
        return ""
    return told_behind(text, pattern("behind", "is_of").match(text, quantity.end))


def _told_more_of(text: str, quantity: Quantity) -> str:
    """The money that a clause tells more of before it says how much that is."""
    told = pattern("before", "relative_sum").search(text, 0, quantity.numeral.start)
    return told["noun"] if told else ""


def _is_fixed_for(text: str, quantity: Quantity) -> bool:
    """Whether a sum is what something is fixed at for people: `zijn vastgesteld op € 550 voor studenten`."""
    whom = pattern("behind", "for_people").match(text, quantity.end)
    if whom is None or unit_of_any(whom["noun"]) != "persons":
        return False
    start = quantity.numeral.start
    return pattern("behind", "settled").search(text, max(0, start - NEAR), start) is not None


def _whole_word(text: str, phrase: str) -> str:
    """The phrase with the other half of a compound that it breaks off in: `dak- en thuislozen`."""
    if not phrase.endswith("-"):
        return phrase
    at = text.find(f"{phrase} ")
    half = phrase.rpartition(" ")[2]
    whole = following(text, at + len(phrase) - len(half), len(text)) if at >= 0 else None
    return f"{phrase.removesuffix(half)}{whole.text}" if whole is not None else ""


def by_noun(text: str, quantity: Quantity) -> str:
    """The last noun of money in the clause before a number."""
    start = quantity.numeral.start
    first = max(0, start - NEAR)
    found = list(pattern("money", "sum").finditer(text, text.find(" ", first) if first else 0, start))
    for match in reversed(found):
        if not says_nothing(match["noun"]) and not is_where(text, match["noun"], quantity):
            return match["noun"]
    return ""


# What money or time is for


def spent_on(text: str, quantity: Quantity) -> str:
    """What a sum is, or is for, by the words behind it."""
    if direct := pattern("behind", "direct").match(text, quantity.end):
        return direct["noun"]
    if part := pattern("behind", "part").match(text, quantity.end):
        phrase = following(text, part.end(), len(text))
        if phrase is not None and not is_other(phrase):
            return phrase.text
    start = quantity.numeral.start
    goes = pattern("before", "goes").search(text, max(0, start - NEAR), start)
    found = pattern("behind", "goes_to").match(text, quantity.end) if goes else None
    found = found or pattern("behind", "purpose").match(text, quantity.end)
    given = found is not None and found.groupdict().get("given")
    if found and (doing := pattern("behind", "doing").match(text, found.end())):
        done = following(text, doing.end(), len(text))
        return f"{doing['verb']} van {done.text}" if done is not None else ""
    if told := told_behind(text, found):
        return f"bijdrage aan {told}" if given else told
    return _done_with(text, quantity) if found is None else ""


def aimed_at(text: str, quantity: Quantity) -> str:
    """What is to be done within a time: `om binnen twee jaar de kade te herstellen`."""
    start = quantity.numeral.start
    if not pattern("before", "aim_within").search(text, max(0, start - NEAR), start):
        return ""
    article = as_written("wording", "article").match(text, quantity.end)
    return _to_do(text, article.end()) if article else ""


def _done_with(text: str, quantity: Quantity) -> str:
    """What money is spent to do: `€ 4 miljoen om de dijken te versterken`."""
    aim = pattern("behind", "aim").match(text, quantity.end)
    return _to_do(text, aim.end()) if aim else ""


def _to_do(text: str, start: int) -> str:
    """What is done by the object and the verb behind it that begin at a place."""
    done = following(text, start, len(text))
    verb = as_written("wording", "to_do").match(text, done.end) if done else None
    if done is None or verb is None:
        return ""
    if verb["light"] is None:
        return f"{verb['particle'] or ''}{verb['verb']} van {done.text}"
    given = following(text, verb.end(), len(text)) if verb["to"] else None  # `een impuls te geven aan`
    return f"{done.text} aan {given.text}" if given is not None else done.text


def set_aside(text: str, quantity: Quantity) -> str:
    """What money is for, where its clause begins with that: `Voor de haven is in de nota € 3 miljoen`."""
    start = quantity.numeral.start
    first = clause_start(text, quantity)
    relative = list(pattern("money", "relative").finditer(text, max(0, start - NEAR), start))
    if relative:
        phrase = ending_at(text, relative[-1].start())
        kept = phrase is not None and phrase.sure and not is_other(phrase._replace(led=""))
        if (
            phrase is not None and phrase.end < relative[-1].start()
        ):  # `met 5 cellen wordt vergroot, waarvoor`
            kept = kept and not (phrase.led.isdigit() or matches("before", "preposition", phrase.led))
        return phrase.text if phrase is not None and kept else ""
    match = pattern("money", "fronted").match(text, first, start)
    if match is None or (match["with"] and "gemoeid" not in text[start : start + FAR]):
        return ""
    return told_behind(text, match, start)
