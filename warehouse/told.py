"""What is known of a sidecar; without DuckDB, so that one letter is read at once."""

from datetime import datetime
from typing import NamedTuple


class Told(NamedTuple):
    """The sidecar that a warehouse knows of a file: its id, and when its source issued and told it."""

    sidecar_id: str
    modified: datetime | None
    retrieved_at: datetime

    @property
    def age(self) -> tuple[datetime, datetime]:
        """What sorts the sidecars of a file, the oldest first (transforms.identity.order)."""
        return self.modified or datetime.min, self.retrieved_at  # noqa: DTZ901 - before all, without a zone
