"""`kamercijfers repair`: what is damaged is named and put right from what is kept, versions and letters.

Nothing is thrown away: what was damaged lies in a folder of its own afterwards.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from flows import batching, intake, outcomes, pipeline, placing, publishing, watching
from flows.archives import Archives
from flows.cleaning import escaped
from flows.corrections import corrections
from flows.errors import UserError
from flows.saying import counted
from flows.settings import Settings
from flows.spooling import spooling
from transforms.identity import order
from transforms.sidecars import Sidecar, sidecar
from warehouse import store

Tell = Callable[[str], None]


def repaired(settings: Settings, tell: Tell) -> None:
    """Find what is damaged and mend it, with a line for each; the lock is held meanwhile.

    Raises UserError where something can't be mended, NotAWarehouseError where no warehouse is there.
    """
    warehouse, place, told = settings.warehouse, settings.place, list[str]()

    def say(line: str) -> None:
        told.append(line)
        tell(line)

    left = store.left_over(place)
    store.require_free(warehouse)  # a first run has no warehouse to show yet
    store.current_fault(place, [])
    with pipeline.locked(settings, to_repair=True):
        for path in left:
            say(f"{path}, which no run has published: cleared away")
        for name in store.note_sums(warehouse):
            say(f"{name} had lost its sum: it can be read whole, and is noted as it is now")
        damaged = store.version_faults(warehouse)
        for fault in damaged.values():
            say(fault)
        inbox = Inbox(settings)
        faults = store.letter_faults(place)
        has_damaged = bool(damaged) or bool(faults.keys() & store.kept_ids(place))
        lost = mend_letters(settings, faults, inbox, say)
        mend_sidecars(settings, inbox, say)
        mend_versions(settings, damaged, inbox, say)
        if has_damaged:
            tell(f"what was damaged lies in {store.damaged_folder(warehouse)}")
        if not told:
            say(f"nothing is damaged: {_held(settings)}")
    _require_none(lost)


def _require_none(lost: list[str]) -> None:
    if lost:
        some = f"{len(lost)} letters are" if len(lost) > 1 else "one letter is"
        raise UserError(
            f"{some} in no version and nowhere else: put their files into the inbox ({', '.join(lost)})"
        )


def _held(settings: Settings) -> str:
    versions = counted(len(store.versions(settings.warehouse)), "version")
    return f"{versions}, {counted(len(store.kept_ids(settings.place)), 'kept letter')}"


class Inbox:
    """Files of the inbox by the letter_id of their bytes, looked for when they are first wanted."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._files: dict[str, intake.Found] | None = None

    @property
    def files(self) -> dict[str, intake.Found]:
        """Files by letter_id; none where the inbox can't be read."""
        if self._files is None:
            try:
                found = intake.intake(
                    self._settings.inbox,
                    self._settings.max_letter_bytes,
                    warehouse=self._settings.warehouse,
                ).found
            except (OSError, UserError):
                found = []
            self._files = {file.letter_id: file for file in found}
        return self._files

    def contents(self, letter_ids: Iterable[str]) -> dict[str, bytes]:
        """Bytes of those letters that lie in the inbox."""
        files, _ = intake.contents(self.files[one] for one in letter_ids if one in self.files)
        return dict(files.select("letter_id", "content").iter_rows())


def mend_letters(settings: Settings, faults: dict[str, str], inbox: Inbox, say: Tell) -> list[str]:
    """Keep anew the letters that aren't kept whole, from the versions or the inbox; return those left."""
    if not faults:
        return []
    from_versions = store.texts_in_versions(settings.warehouse, faults)
    from_inbox = inbox.contents(faults.keys() - from_versions.keys())
    made = from_versions | from_inbox
    for letter_id, fault in faults.items():
        store.set_letter_aside(settings.place, letter_id)
        made_from = "its text in a version" if letter_id in from_versions else "the inbox"
        end = f"made anew from {made_from}" if letter_id in made else "nothing that is kept gives it"
        say(f"{fault}: {end}")
    store.keep_letters(settings.place, made.items())
    return [letter_id for letter_id in faults if letter_id not in made]


def mend_sidecars(settings: Settings, inbox: Inbox, say: Tell) -> None:
    """Keep anew the sidecars that aren't kept whole, from the inbox."""
    for (letter_id, sidecar_id), fault in store.sidecar_faults(settings.place).items():
        beside = inbox.files[letter_id].sidecars if letter_id in inbox.files else ()
        with closing(Archives()) as opened:
            contents = [intake.sidecar_content(one, opened) for one in beside if one.sidecar_id == sidecar_id]
        store.keep_sidecars(settings.place, [(letter_id, content) for content in contents])
        end = (
            "kept anew from the inbox" if contents else "put it into the inbox, or the letter is read without"
        )
        say(f"{fault}: {end}")


def mend_versions(settings: Settings, damaged: dict[str, str], inbox: Inbox, say: Tell) -> None:
    """Make the current version whole, and move those that are damaged out of the way."""
    was = _current_name(settings.warehouse)
    mend_current(settings, damaged, inbox, say)
    for name in damaged:
        store.set_version_aside(settings.warehouse, name)
        if name != was:
            say(f"{name} is no version any more: only what the current one held is made anew")


def _current_name(warehouse: Path) -> str | None:
    """Name of the version that the warehouse's name leads to, which need not be there."""
    return warehouse.readlink().name if warehouse.is_symlink() else None


def mend_current(settings: Settings, damaged: dict[str, str], inbox: Inbox, say: Tell) -> None:
    """Let the warehouse's name lead to a whole version that holds all letters that are kept.

    That is at once an earlier version, where one is whole, and then one with the letters which that lacks.
    """
    warehouse = settings.warehouse
    fault = store.current_fault(settings.place, damaged)
    if fault is None:
        return
    say(fault)
    was = _current_name(warehouse)
    known = store.known_to(warehouse, was) if was else {}
    base = store.newest_whole(warehouse, damaged)
    if base:
        store.make_current(warehouse, base)
        say(f"{base.name} is the current version again")
    there = store.known_to(warehouse) if base else {}
    wanted = store.kept_ids(settings.place) - there.keys()
    letters = [_known(settings, one, known, inbox) for one in sorted(wanted)]
    if letters or not base:
        outcome = read_again(settings, letters, from_nothing=base is None)
        for line in outcomes.summary(outcome)[-1:]:
            say(f"{counted(len(letters), 'kept letter')} read again, {line}")


def _known(settings: Settings, letter_id: str, known: dict[str, store.Known], inbox: Inbox) -> store.Known:
    """A kept letter, by the name it has in the damaged version, in the inbox or else beside the warehouse."""
    if letter_id in known:
        return known[letter_id]
    if letter_id in inbox.files:
        name = inbox.files[letter_id].source
    else:
        name = escaped(store.kept_name(settings.place, letter_id))
    since = store.kept_since(settings.place, letter_id)
    return store.Known(letter_id, name, 0, since, "", newest_sidecar(settings, letter_id))


def newest_sidecar(settings: Settings, letter_id: str) -> str | None:
    """The sidecar_id of the newest sidecar that is kept of a letter; None where none is."""
    kept = store.kept_sidecars(settings.place, letter_id)
    read = {one: sidecar(content) for one, content in kept.items()}
    orders = [(order(told), one) for one, told in read.items() if isinstance(told, Sidecar)]
    return max(orders)[1] if orders else None


def read_again(settings: Settings, letters: list[store.Known], *, from_nothing: bool) -> outcomes.Outcome:
    """Read kept letters and publish what they say, as a run of its own."""
    run = watching.new_run("nightly", "inline")  # as one that found them in the inbox
    with spooling(settings, run) as where:
        read = batching.read_all_kept(settings, where, letters)
        came = placing.arrivals([letter._replace(run_id="") for letter in letters])  # that run may be lost
        placed = publishing.in_use(settings, read, run, came, from_nothing=from_nothing)
        again = placed.read.letter_form.height - read.letter_form.height
        rejected = placed.read.rejected_letter
        outcome = outcomes.outcome(placed, rejected, run, seen=len(letters) + again)
        entries = corrections(settings.corrections)
        tables = publishing.tables(placed, rejected, entries, outcome, run)
        published = store.publish(
            settings.warehouse,
            tables,
            placing.lots(placed),
            # Versions that are damaged still lie among the others.
            keep=settings.keep_versions + len(store.versions(settings.warehouse)),
            max_drop_percent=settings.max_drop_percent,
            max_bytes=settings.max_run_bytes,
            max_memory=settings.max_build_memory,
            from_nothing=from_nothing,
        )
    return outcomes.as_published(outcome, published)
