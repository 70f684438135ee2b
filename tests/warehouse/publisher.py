"""A process of its own that publishes one letter after another: `publisher.py WAREHOUSE TIMES`.

Prints a line when it holds the lock, and one after each publish.
"""

import sys
from pathlib import Path

from store_frames import a_letter, tables

from warehouse import store

warehouse, times = Path(sys.argv[1]), int(sys.argv[2])
with store.lock(warehouse):
    print("locked", flush=True)
    for _ in range(times):
        number = len(store.known_letters(warehouse))
        store.publish(warehouse, tables(f"run {number}", [a_letter(f"Brief {number}.")]), keep=1)
        print(number, flush=True)
