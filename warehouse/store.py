"""The store as the flows see it: one door to the rooms behind it.

Exports have a door of their own (`warehouse.exporting`): they load libraries that nothing else needs.
"""

from warehouse.comparing import Change, Comparison, Count, compared, difference
from warehouse.definitions import NEWEST_FIRST, examples
from warehouse.errors import is_damage
from warehouse.files import (
    REPAIR,
    Version,
    alerts_file,
    batches_folder,
    damaged_folder,
    index_file,
    versions,
)
from warehouse.history import RolledBack, history, roll_back
from warehouse.keeping import is_kept, keep_letters, keep_sidecars, kept_letter, kept_sidecars, letter_path
from warehouse.loading import Tables
from warehouse.locking import Holder, holder, left_over, lock, taker
from warehouse.noting import keep_index, kept_index
from warehouse.publishing import (
    Candidate,
    Published,
    check_before,
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
    known_forms,
    known_letters,
    known_rejections,
    known_sidecars,
    newest_letter,
)
from warehouse.repairing import (
    current_fault,
    kept_ids,
    kept_since,
    known_to,
    letter_faults,
    make_current,
    newest_whole,
    set_letter_aside,
    set_version_aside,
    sidecar_faults,
    texts_in_versions,
    version_faults,
)
from warehouse.rereading import Known, Reread, letters_to_read_again, reread

__all__ = [
    "NEWEST_FIRST",
    "REPAIR",
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
    "batches_folder",
    "check_before",
    "compared",
    "compared_with_current",
    "connect",
    "contents",
    "current_fault",
    "damaged_folder",
    "difference",
    "examples",
    "history",
    "holder",
    "index_file",
    "is_damage",
    "is_kept",
    "keep_index",
    "keep_letters",
    "keep_sidecars",
    "kept_ids",
    "kept_index",
    "kept_letter",
    "kept_sidecars",
    "kept_since",
    "known_corrections",
    "known_forms",
    "known_letters",
    "known_rejections",
    "known_sidecars",
    "known_to",
    "left_over",
    "letter_faults",
    "letter_path",
    "letters_to_read_again",
    "lock",
    "make_current",
    "newest_letter",
    "newest_whole",
    "publish",
    "put_in_place",
    "rebuilt",
    "reread",
    "roll_back",
    "set_letter_aside",
    "set_version_aside",
    "sidecar_faults",
    "taker",
    "texts_in_versions",
    "version_faults",
    "versions",
]
