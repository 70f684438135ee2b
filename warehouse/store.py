"""The store as the flows see it: one door to the rooms behind it."""

from warehouse.definitions import examples
from warehouse.files import Version, versions
from warehouse.loading import Tables
from warehouse.locking import lock
from warehouse.publishing import Published, publish
from warehouse.reading import connect, known_letters, known_rejections

__all__ = [
    "Published",
    "Tables",
    "Version",
    "connect",
    "examples",
    "known_letters",
    "known_rejections",
    "lock",
    "publish",
    "versions",
]
