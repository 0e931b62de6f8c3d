"""The one place where the stages meet: files -> documents -> letters -> readings -> quads -> the folder `out/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store

from kg import __version__, ontology, registry, resolve
from kg import decisions as judgements
from kg.collecting import put_off
from kg.errors import InputError
from kg.export.trig import write_both
from kg.graph import World, letter_rows
from kg.graph.table import Table, default_graph, merge
from kg.letter import read_letter
from kg.masking import mask, masked
from kg.model import Document, Reading, Ref
from kg.read import read, sources
from kg.report import Skipped, reasons, report
from kg.rewrite import rewrite
from kg.score import Gold, Scheme, Score, gold_files, letter_file, read_gold, score
from kg.store import Build, building
from kg.store.contents import complete, mark_quad
from kg.store.folder import INDEX
from kg.store.table import lines_of, put, save, stored
from kg.vocabulary import BASE, checked_base

TITLE = "政策答复知识图谱"
Progress = Callable[[int, int, str], None]
"""Called before each file is read and once at the end: how many are done, how many there are, the file's name."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build has read and found, for the closing lines; things, facts and so on are counted once.

    `dropped_as` divides what was seen and not admitted by what it looked like.
    """

    out: Path
    hash: str
    documents: int
    letters: int
    passages: int
    entities: int
    facts: int
    measures: int
    statuses: int
    requests: int
    promises: int
    dropped: int
    dropped_as: tuple[tuple[str, int], ...]
    triples: int
    skipped: tuple[Skipped, ...]
    files: tuple[str, ...]


def read_all(
    paths: Iterable[Path], decisions: Path | None = None, *, progress: Progress | None = None
) -> tuple[list[Reading], list[Skipped]]:
    """What the documents of files and folders say, in the order of their names, and the files that were not read.

    Raises InputError for a path that is missing or holds nothing to read, and for a named file that is no document.
    """
    known, names = ontology.load(), registry.load()
    held = judgements.load(decisions)
    found, skipped = _documents(list(paths), progress)
    readings = [resolve.read(read_letter(document, names), known, names, held) for document in found]
    return _apart(readings), skipped


@put_off()
def build(
    paths: Iterable[Path],
    out: Path,
    *,
    base: str = BASE,
    decisions: Path | None = None,
    keep_personal_numbers: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Build the graph of files and folders into a folder; what was there before stays until all is ready.

    Raises InputError for what cannot be read, UsageError for a bad base, OutputError for a folder that is not writable.
    """
    world = World(ontology.load(), registry.load(), checked_base(base), __version__)
    readings, skipped = read_all(paths, decisions, progress=progress)
    if not keep_personal_numbers:
        readings = [masked(reading) for reading in readings]
        skipped = [Skipped(mask(file.source), mask(file.reason)) for file in skipped]
    table = table_of_all(readings, world)
    with building(out) as work:
        made, files = _write(table, world, work)
        text = report(readings, skipped, made, masked=not keep_personal_numbers)
        (work / "report.json").write_text(text, encoding="utf-8", newline="\n")
    return _summary(out, readings, skipped, made.hash, table, (*files, "report.json"))


def graph_of(readings: Iterable[Reading], world: World) -> Store:
    """The graph of readings, sealed, in a store in memory."""
    lines = lines_of(table_of_all(readings, world))
    return stored(lines, [mark_quad(lines.hash, world.base)])


def score_all(
    paths: Iterable[Path],
    scheme: Scheme,
    folders: Sequence[Path] = (),
    *,
    decisions: Path | None = None,
    progress: Progress | None = None,
) -> list[Score]:
    """The letters of gold files (or folders of them), each read on its own as a build reads it, compared with the gold.

    `folders` are where letters may lie (kg.score.letter_file).  Raises InputError for a gold file that does not hold
    together or has no letter; all are looked at before the first letter is read.
    """
    golds = [read_gold(path, scheme) for path in gold_files(paths)]
    files = [letter_file(gold, folders) for gold in golds]
    scores = []
    for done, (gold, file) in enumerate(zip(golds, files, strict=True)):
        if progress is not None:
            progress(done, len(files), file.name)
        (reading,), _ = read_all((file,), decisions)
        scores.append(score(masked(reading), gold, scheme, _shown(gold, golds)))
    if progress is not None:
        progress(len(files), len(files), "")
    return scores


def _shown(gold: Gold, golds: Sequence[Gold]) -> str:
    """What a letter is called in scores: its gold file's name, with the folder where two are called alike."""
    alike = sum(other.file.stem == gold.file.stem for other in golds)
    return gold.file.stem if alike == 1 else gold.file.with_suffix("").as_posix()


# --- Reading


def _documents(paths: Sequence[Path], progress: Progress | None) -> tuple[list[Document], list[Skipped]]:
    """The documents, the same bytes once, and what was not read: unreadable files of folders, copies, other formats."""
    found, given = sources(paths), set(paths)
    by_sum: dict[str, Document] = {}
    skipped = [Skipped(path.name, "no format reads it") for path in found.skipped]
    for done, path in enumerate(found.files):
        if progress is not None:
            progress(done, len(found.files), path.name)
        document = _read(path, named=path in given, skipped=skipped)
        if document is not None and document.sha256 in by_sum:
            skipped.append(Skipped(document.name, f"the same bytes as {by_sum[document.sha256].name}"))
        elif document is not None:
            by_sum[document.sha256] = document
    if not by_sum:
        raise InputError("none of the files can be read", place=str(paths[0]), remedy=skipped[0].reason)
    if progress is not None:
        progress(len(found.files), len(found.files), "")
    return sorted(by_sum.values(), key=lambda document: (document.name, document.sha256)), sorted(skipped)


def _read(path: Path, named: bool, skipped: list[Skipped]) -> Document | None:
    """The document of a file; one that was found in a folder and cannot be read is noted, and the others go on."""
    try:
        return read(path)
    except InputError as error:
        if named:
            raise
        skipped.append(Skipped(path.name, error.message))
        return None


def _apart(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, where several documents have one number each under an IRI of its own (`~` and eight digits)."""
    count = Counter(reading.ref for reading in readings)
    return [_twin(reading) if count[reading.ref] > 1 else reading for reading in readings]


def _twin(reading: Reading) -> Reading:
    own = reading.ref
    new = replace(own, key=f"{own.key}~{reading.letter.document.sha256[:8]}")
    return rewrite(reading, lambda part: new if part == own and isinstance(part, Ref) else part)


# --- Making and writing


def table_of_all(readings: Iterable[Reading], world: World) -> Table:
    """All that is in a graph but its hash."""
    table: Table = {}
    for reading in readings:
        for graph, rows in letter_rows(reading, world.ontology, world.base):
            merge(table, graph, rows)
    complete(table, world)
    return table


def _write(table: Table, world: World, work: Path) -> tuple[Build, tuple[str, ...]]:
    """Write the files that are made from a graph into a folder; what build that is, and their names."""
    from kg.find.index import write as write_index
    from kg.view import page  # heavy, and needed by builds alone

    lines = lines_of(table)
    build = Build(lines.hash, world.base, world.program, world.ontology.version)
    mark = [mark_quad(build.hash, build.base)]
    put(table, mark)
    with ThreadPoolExecutor(1) as beside:  # the store on disk is made while these files are
        saved = beside.submit(save, lines, mark, work / f"store-{build.hash}")
        with (work / "kg.ttl").open("wb") as turtle, (work / "kg.trig").open("wb") as trig:
            write_both(table, build, turtle, trig)
        saved.result()
    store = stored(lines, mark)  # by now, as loading takes much memory
    del lines
    text = page(store, TITLE, build.base)
    (work / "graph.html").write_text(text, encoding="utf-8", newline="\n")
    write_index(store, work / INDEX)
    return build, ("store", "kg.ttl", "kg.trig", INDEX, "graph.html")


def _summary(
    out: Path, readings: Sequence[Reading], skipped: Sequence[Skipped], mark: str, table: Table, files: tuple[str, ...]
) -> Summary:
    return Summary(
        out=out,
        hash=mark,
        documents=len(readings),
        letters=sum(reading.letter.form == "Letter" for reading in readings),
        passages=sum(len(reading.letter.passages) for reading in readings),
        entities=len({entity.ref for reading in readings for entity in reading.entities}),
        facts=len({(f.subject, f.relation, f.object) for reading in readings for f in reading.facts}),
        measures=sum(len(reading.measures) for reading in readings),
        statuses=len({(s.entity, s.status) for reading in readings for s in reading.statuses}),
        requests=sum(len(reading.requests) for reading in readings),
        promises=sum(len(reading.promises) for reading in readings),
        dropped=sum(len(reading.dropped) for reading in readings),
        dropped_as=tuple((what, sum(each.values())) for what, each in reasons(readings).items()),
        triples=sum(map(len, default_graph(table).values())),
        skipped=tuple(skipped),
        files=files,
    )
