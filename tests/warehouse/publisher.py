"""A process of its own that publishes one letter after another: `publisher.py WAREHOUSE TIMES`.

Prints a line when it holds the lock, and one after each publish. After `TIMES+` it waits for what standard
input says, and publishes as often again.
"""

import sys
from pathlib import Path

from store_frames import a_letter, tables

from warehouse import store

warehouse, times = Path(sys.argv[1]), sys.argv[2]


def publish(times: int) -> None:
    for _ in range(times):
        number = len(store.known_letters(warehouse))
        store.publish(warehouse, tables(f"run {number}", [a_letter(f"Brief {number}.")]), keep=1)
        print(number, flush=True)


with store.lock(store.Place(warehouse)):
    print("locked", flush=True)
    publish(int(times.removesuffix("+")))
    if times.endswith("+"):
        publish(int(sys.stdin.read()))
