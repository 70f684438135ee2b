"""The store as the flows see it: one door to the rooms behind it.

Exports have a door of their own (`warehouse.exporting`): they load libraries that nothing else needs.
"""

from warehouse.comparing import Change, Comparison, Count, compared, difference
from warehouse.definitions import examples
from warehouse.files import Version, alerts_file, index_file, versions
from warehouse.history import RolledBack, history, roll_back
from warehouse.keeping import keep_letters, kept_letter
from warehouse.loading import Tables
from warehouse.locking import Holder, holder, lock, taker
from warehouse.noting import keep_index, kept_index
from warehouse.publishing import (
    Candidate,
    Published,
    check_room,
    compared_with_current,
    publish,
    put_in_place,
    rebuilt,
)
from warehouse.reading import (
    SetAside,
    connect,
    contents,
    known_corrections,
    known_letters,
    known_rejections,
    newest_letter,
)
from warehouse.rereading import Known, Reread, letters_to_read_again, reread

__all__ = [
    "Candidate",
    "Change",
    "Comparison",
    "Count",
    "Holder",
    "Known",
    "Published",
    "Reread",
    "RolledBack",
    "SetAside",
    "Tables",
    "Version",
    "alerts_file",
    "check_room",
    "compared",
    "compared_with_current",
    "connect",
    "contents",
    "difference",
    "examples",
    "history",
    "holder",
    "index_file",
    "keep_index",
    "keep_letters",
    "kept_index",
    "kept_letter",
    "known_corrections",
    "known_letters",
    "known_rejections",
    "letters_to_read_again",
    "lock",
    "newest_letter",
    "publish",
    "put_in_place",
    "rebuilt",
    "reread",
    "roll_back",
    "taker",
    "versions",
]
