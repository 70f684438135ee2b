"""A Prefect server that ends with whoever started it: it takes the options of `prefect server start`."""

import os
import runpy
import signal
import sys
import time
from threading import Thread

STOP_SECONDS = 10


def _end_with_starter() -> None:
    """Wait until nobody holds the other end of stdin any more, then end this process."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    Thread(target=_end_with_starter, daemon=True).start()
    sys.argv[1:1] = ["server", "start"]
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)
