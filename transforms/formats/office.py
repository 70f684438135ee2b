"""Files of office programs by their content: a zip that is a DOCX or ODT, an older file that is neither."""

from transforms.formats import docx, odt
from transforms.formats.packages import RefusedError, opened
from transforms.received import Received, Refused

#: How a compound file begins: Word before 2007, and any DOCX that has a password.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")


def received(content: bytes) -> Received | Refused:
    """The letter in a DOCX or an ODT, or why there is none."""
    if content.startswith(_COMPOUND):
        if _WITH_PASSWORD in content:
            return Refused("encrypted", "is protected with a password; save it without one")
        return Refused("binary", "is a file of an older Word or another program; save it as DOCX")
    try:
        with opened(content) as package:
            if docx.is_docx(package):
                return docx.received(package)
            if odt.is_odt(package):
                return odt.received(package)
    except RefusedError as error:
        return error.refused
    return Refused("binary", "is a zip file within others, or of no letters; unpack it")
