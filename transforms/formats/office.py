"""Files of office programs by their content: a zip that is a DOCX or ODT, or neither."""

import io
import zipfile

from transforms.formats import docx, odt, others
from transforms.formats.packages import BROKEN, RefusedError, opened
from transforms.received import Received, Refused


def received(content: bytes) -> Received | Refused:
    """The letter in a DOCX or an ODT, or why there is none."""
    try:
        zipfile.ZipFile(io.BytesIO(content)).close()
    except BROKEN:
        return others.of_zip(content)
    try:
        with opened(content) as package:
            if docx.is_docx(package):
                return docx.received(package)
            if odt.is_odt(package):
                return odt.received(package)
            if what := others.other_document(package):
                return Refused("not_a_letter", f"is {what}, no letter; {others.TAKE_OUT}")
    except RefusedError as error:
        return error.refused
    return Refused("binary", "is a zip file within others, or of no letters; unpack it")
