"""The store as the flows see it: one door to the rooms behind it.

Exports have a door of their own (`warehouse.exporting`): they load libraries that nothing else needs.
"""

from warehouse.comparing import Change, Comparison, compared, difference
from warehouse.definitions import examples
from warehouse.files import Version, versions
from warehouse.history import RolledBack, history, roll_back
from warehouse.keeping import keep_letters, kept_letter
from warehouse.loading import Tables
from warehouse.locking import lock
from warehouse.publishing import Published, publish
from warehouse.reading import connect, known_letters, known_rejections

__all__ = [
    "Change",
    "Comparison",
    "Published",
    "RolledBack",
    "Tables",
    "Version",
    "compared",
    "connect",
    "difference",
    "examples",
    "history",
    "keep_letters",
    "kept_letter",
    "known_letters",
    "known_rejections",
    "lock",
    "publish",
    "roll_back",
    "versions",
]
