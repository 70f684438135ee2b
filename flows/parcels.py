"""What a worker sends back of a batch: its frames as Arrow, and no object of Python.

A parcel is the lengths of its parts, eight bytes each, and then an Arrow IPC stream a part, compressed: the
frames of an extraction in their order, and the letters that the worker found to be damaged. Whoever knows
Arrow can read it, and nothing in it is run.
"""

import io
import struct
from typing import NamedTuple

import polars as pl

from transforms.extract import Extraction

DAMAGED = pl.Schema({"letter_id": pl.String})
_PARTS = len(Extraction._fields) + 1
_LENGTHS = struct.Struct(f"<{_PARTS}Q")


class Read(NamedTuple):
    """What became of a batch: its frames, and letters that only their text in the warehouse can give."""

    extraction: Extraction
    damaged: list[str]  # letter_id


def packed(read: Read) -> bytes:
    """A batch that was read, as bytes."""
    damaged = pl.DataFrame({"letter_id": read.damaged}, schema=DAMAGED)
    streams = [_stream(frame) for frame in (*read.extraction, damaged)]
    return b"".join([_LENGTHS.pack(*map(len, streams)), *streams])


def unpacked(parcel: bytes) -> Read:
    """The batch in a parcel.

    Raises ValueError for bytes that are none.
    """
    if len(parcel) < _LENGTHS.size:
        raise ValueError(f"a batch came back as {len(parcel)} bytes, which are no frames")
    lengths = _LENGTHS.unpack_from(parcel)
    if len(parcel) != _LENGTHS.size + sum(lengths):
        raise ValueError(f"a batch came back as {len(parcel)} bytes, cut off or more than its frames")
    frames, at = [], _LENGTHS.size
    for length in lengths:
        frames.append(pl.read_ipc_stream(io.BytesIO(parcel[at : at + length])))
        at += length
    return Read(Extraction(*frames[:-1]), frames[-1]["letter_id"].to_list())


def _stream(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_ipc_stream(out, compression="zstd")
    return out.getvalue()
