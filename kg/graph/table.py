"""A dataset as a table of text: what is said of each subject, and in which graphs; terms as N-Triples writes them.

Letters fill it, files are written from it, stores are loaded from it and a store gives it back.  A whole dataset
passes through here several times, and text is what each of these ways begins or ends with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Row = tuple[str, str, str]
"""Subject, predicate, object."""
Said = dict[tuple[str, str], list[str]]
"""What is said of a subject: predicate and object -> names of graphs, DEFAULT first; a name may come twice."""
Table = dict[str, Said]

DEFAULT = ""
"""The name of the default graph."""


def add(table: Table, graph: str, rows: Iterable[Row]) -> None:
    """Put the rows of one graph in."""
    for subject, predicate, value in rows:
        graphs = table.setdefault(subject, {}).setdefault((predicate, value), [])
        graphs.insert(0 if graph == DEFAULT else len(graphs), graph)


def merge(table: Table, graph: str, rows: Iterable[Row]) -> None:
    """Put the rows of one graph in, and into the default graph, which a table of letters has all rows of."""
    for subject, predicate, value in rows:
        said = table.get(subject)
        if said is None:
            said = table[subject] = {}
        graphs = said.get(key := (predicate, value))
        if graphs is None:
            said[key] = [DEFAULT, graph]
        else:
            graphs.append(graph)


def default_graph(table: Table) -> dict[str, list[tuple[str, str]]]:
    """The default graph: predicates and objects by subject."""
    found = {s: [pair for pair, graphs in said.items() if not graphs[0]] for s, said in table.items()}
    return {subject: pairs for subject, pairs in found.items() if pairs}


def named_graphs(table: Table) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """The other graphs by name: predicates and objects by subject, in the order in which the default graph has them."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for subject, said in table.items():
        for pair, graphs in said.items():
            for graph in graphs if len(graphs) < 3 else dict.fromkeys(graphs):
                if graph:
                    rows = found.get(graph)
                    if rows is None:
                        rows = found[graph] = {}
                    rows.setdefault(subject, []).append(pair)
    return found


def lines(table: Table, subjects: Iterable[str]) -> Iterator[str]:
    """N-Quads of each of the subjects; where those are sorted, all lines are, by code points.

    No line has to be looked at for that: of two IRIs neither begins with the other, and white space, which ends a
    literal, comes before all that could go on with it.
    """
    for subject in subjects:
        said, found = table[subject], []
        for pair in sorted(said):
            start, graphs = f"{subject} {pair[0]} {pair[1]}", said[pair]
            if len(graphs) == 2 and not graphs[0]:  # nearly all
                found.append(f"{start} .\n{start} {graphs[1]} .\n")
            else:
                found += [f"{start} {graph} .\n" if graph else f"{start} .\n" for graph in sorted({*graphs})]
        yield "".join(found)


def nameless(lines: str) -> bool:
    """Whether lines may speak of a node without a name."""
    return lines.startswith("_:") or " _:" in lines
