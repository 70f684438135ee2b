"""The command line as it runs where the clock is ahead or behind: `another_time.py DAYS ARGUMENTS…`."""

import datetime
import sys
import time

DAYS = float(sys.argv[1])
SHIFT = datetime.timedelta(days=DAYS)
real_time, real_time_ns, real_datetime = time.time, time.time_ns, datetime.datetime


class Shifted(real_datetime):
    """A datetime that is what this clock shows."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "Shifted":
        return cls.fromtimestamp(real_time() + SHIFT.total_seconds(), tz)


time.time = lambda: real_time() + SHIFT.total_seconds()
time.time_ns = lambda: real_time_ns() + int(SHIFT.total_seconds()) * 10**9
datetime.datetime = Shifted  # type: ignore[misc]

from flows.command import main  # noqa: E402 after the clock is set

if __name__ == "__main__":
    sys.argv[:2] = ["kamercijfers"]
    sys.exit(main())
