"""Claims of single sentences, as the tests of what sentences leave to each other need them."""

from transforms.claims import claims
from transforms.figures import Claim, Letter
from transforms.sentences import Sentence


def claims_of_sentence(text: str) -> list[Claim]:
    return list(claims([Sentence(text, 0, 1, "body")], Letter(None, ())))


def only_claim(text: str) -> Claim:
    (claim,) = claims_of_sentence(text)
    return claim
