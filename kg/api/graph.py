"""A built graph in the hands of a Python user; the commands of the program use it too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.query.dataset import Dataset, open_dataset
from kg.query.entities import ANY, entity

if TYPE_CHECKING:
    import rdflib
    from networkx import MultiDiGraph

    from kg.analysis import Communities, Paths, Ranking, Repeats
    from kg.api.rows import Rows, Triples
    from kg.evidence import Thing
    from kg.find import Found
    from kg.query.answer import Answer
    from kg.query.question import Question
    from kg.show import Portrait


@dataclass(frozen=True, slots=True, repr=False)
class Graph:
    """A graph that `kg build` wrote into a folder, open for questions (kg.open).

    Names are taken as people write them (市科技局); an unknown or ambiguous one raises UsageError, a KgError, with the
    nearest names and their kinds.
    """

    folder: Path
    dataset: Dataset

    def query(
        self,
        question: str | PathLike[str],
        *,
        limit: int | None = None,
        timeout: float | None = None,
        **parameters: object,
    ) -> Rows | Triples | bool:
        """The answer to a prepared question by its name, to SPARQL, or to a file of it (a Path, or a name in .rq).

        Parameters are given as they are set on the command line: `year=2023`, `agency="市科技局"`; a thing that another
        answer gave may be one as well, and None leaves a parameter out.  At most `limit` rows or triples are given.
        SELECT gives Rows, CONSTRUCT and DESCRIBE give Triples, ASK gives True or False.  Raises UsageError for a wrong
        name or parameter, QueryError for what is no SPARQL, cannot be right, or takes more than `timeout` seconds.
        """
        from kg.api.rows import answer
        from kg.query.deadline import within
        from kg.query.run import ask

        values = {name: _written(value) for name, value in parameters.items() if value is not None}
        asked = _question(question)

        def work() -> Answer:
            return ask(self.dataset, asked, values, limit=limit)

        return answer(work() if timeout is None else within(timeout, work), self.dataset.look())

    def find(self, text: str, *, kinds: Sequence[str] = (), letter: str | None = None, limit: int = 20) -> Found:
        """Names and passages that have a piece of text, best first (kg.find)."""
        from kg.find import find

        return find(self.dataset, self.folder, text, kinds=kinds, letter=letter, limit=limit)

    def show(self, name: str | Thing) -> Portrait:
        """Everything that is known of a thing, with the sentences (kg.show)."""
        from kg.show import portrait

        return portrait(self.dataset, self.entity(name))

    def path(self, start: str | Thing, stop: str | Thing, *, avoid: Collection[str] = (), limit: int = 10) -> Paths:
        """The shortest paths between two things over facts, not over things of the kinds `avoid` (kg.analysis)."""
        from kg.analysis import paths

        return paths(self.dataset, self.entity(start), self.entity(stop), without=avoid, limit=limit)

    def top(
        self,
        kind: str | None = None,
        *,
        by: str = "degree",
        avoid: Collection[str] = (),
        communities: bool = False,
        limit: int = 20,
        letterhead: bool | None = None,
    ) -> Ranking:
        """The most central things, of one kind or all, by degree, pagerank or betweenness (kg.analysis).

        `letterhead` says whether facts that only the form of letters states count (who writes, is answered, gets a
        copy); None: not for bodies, which are ranked by what they do together.
        """
        from kg.analysis import central

        return central(
            self.dataset,
            by=by,
            kind=kind,
            without=avoid,
            with_communities=communities,
            limit=limit,
            letterhead=letterhead,
        )

    def communities(
        self, *, avoid: Collection[str] = (), limit: int = 20, members: int = 10, letterhead: bool = False
    ) -> Communities:
        """Things that belong together, the largest communities first; `letterhead` as for `top` (kg.analysis)."""
        from kg.analysis import communities

        return communities(self.dataset, without=avoid, limit=limit, members=members, letterhead=letterhead)

    def repeats(self, *, share: float = 0.7, longer: int = 16, limit: int | None = 20) -> Repeats:
        """Sentences that recur, whole or nearly, in replies to different proposers or in different years (kg.analysis).

        `share` is how much they must have in common, `longer` the fewest signs of a sentence.
        """
        from kg.analysis import repeats

        return repeats(self.dataset, share=share, longer=longer, limit=limit)

    def entity(self, name: str | Thing, kind: str = ANY) -> NamedNode:
        """The IRI of the thing that a name means: a name as people write it, an IRI from the base on, or a Thing."""
        return entity(self.dataset, kind, name if isinstance(name, str) else f"<{name.iri}>")

    def to_rdflib(self) -> rdflib.Graph:
        """All that the letters say, each triple once, as a graph of rdflib (in memory)."""
        from io import BytesIO

        from pyoxigraph import DefaultGraph, RdfFormat
        from rdflib import Graph as RdflibGraph

        target = BytesIO()
        self.dataset.store.dump(target, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        target.seek(0)
        graph = RdflibGraph(base=self.dataset.base)
        return graph.parse(target, format="nt")

    def to_networkx(self) -> MultiDiGraph:
        """Things and the facts between them as a networkx.MultiDiGraph, as in the GraphML that `kg export` writes.

        Nodes are IRIs with kind and label, edges have relation, label and sentences.
        """
        from kg.export.graphml import projection

        return projection(self.dataset.store)

    def __repr__(self) -> str:
        return f"<kg.Graph of {self.folder}>"


def open_graph(folder: str | PathLike[str] = "out") -> Graph:
    """The graph that `kg build` wrote into a folder.  Raises StoreError, a KgError, where there is none."""
    path = Path(folder)
    return Graph(path, open_dataset(path))


def _question(given: str | PathLike[str]) -> Question:
    from kg.query.question import asked, question_file

    return asked(given) if isinstance(given, str) else question_file(Path(given))


def _written(value: object) -> str:
    """A parameter as it is written on the command line."""
    iri = getattr(value, "iri", None)
    if isinstance(iri, str):
        return f"<{iri}>"
    return str(value).lower() if isinstance(value, bool) else str(value)
