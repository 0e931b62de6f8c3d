"""How fast a piece of text is found: a graph of a million passages (`make bench`), or a small sample of one.

The passages are put together by a fixed seed from the clauses of the letters that travel with the program and of
invented ones, about as long as theirs.  What is asserted is processor time, which a busy machine does not change.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.find import find
from kg.find.index import write
from kg.query.dataset import Dataset
from kg.store.folder import INDEX
from kg.vocabulary import BASE, KG, VOID, dataset_iri

MILLION = 1_000_000
SAMPLE = 10_000
AIM = 0.2  # seconds of processor time
PER_LETTER = 60
# Common words of two characters, rarer and longer ones, single characters, words together, what is nowhere.
COMMON = ("科技", "企业", "创新", "人才", "发展", "推进")
OTHERS = ("科创指数", "高新技术企业", "省级专精特新中小企业", "市科技局", "科", "的", "企业 人才", "AI", "龘", "嵌合体")


def clauses(root: Path) -> list[str]:
    files = [*(root / "seeds" / "letters").glob("*.txt"), *(root / "tests" / "gold" / "letters").glob("*.txt")]
    texts = [path.read_text(encoding="utf-8") for path in sorted(files)]
    found = {piece for text in texts for piece in re.split(r"(?<=[，；。])|\s", text) if len(piece) > 1}
    return sorted(found)


def lines(count: int, root: Path) -> Iterator[str]:
    """N-Triples of so many passages in letters of sixty."""
    chance = random.Random(7)
    pieces = [piece.replace("\\", "").replace('"', "") for piece in clauses(root)]
    for number in range(count):
        letter = f"{BASE}letter/测试〔2024〕{number // PER_LETTER}号"
        passage = f"<{letter}#char={number % PER_LETTER * 100},{number % PER_LETTER * 100 + 99}>"
        text = "".join(chance.choices(pieces, k=3))
        yield f'{passage} <{KG}text> "{text}"@zh .\n'
        yield f"{passage} <{KG}inDocument> <{letter}> .\n"
        yield f'{passage} <{KG}section> "report" .\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path, full: bool) -> tuple[Dataset, Path, int]:
    """A folder with a store and its index."""
    count = MILLION if full else SAMPLE
    out = tmp_path_factory.mktemp("find")
    with (out / "passages.nt").open("w", encoding="utf-8") as target:
        target.writelines(lines(count, root))
    store = Store(str(out / "store"))
    store.bulk_load(path=str(out / "passages.nt"), format=RdfFormat.N_TRIPLES)
    node = NamedNode(dataset_iri(BASE))
    for name, value in ((KG + "buildHash", "0123456789abcdef"), (VOID + "uriSpace", BASE)):
        store.add(Quad(node, NamedNode(name), Literal(value), node))
    start = time.process_time()
    write(store, out / INDEX)
    took, size = time.process_time() - start, (out / INDEX).stat().st_size
    print(f"\nindex of {count} passages: {took:.1f} s ({took / count * 1e6:.0f} µs each), {size / 1e6:.0f} MB")
    return Dataset(store), out, count


def seconds(dataset: Dataset, out: Path, word: str) -> tuple[float, int]:
    """The least processor time of three, and how many passages there are."""
    best, count = float("inf"), 0
    for _ in range(3):
        start = time.process_time()
        count = find(dataset, out, word, limit=20).all_passages
        best = min(best, time.process_time() - start)
    return best, count


def test_finding(built: tuple[Dataset, Path, int]) -> None:
    dataset, out, _ = built
    times = {word: seconds(dataset, out, word) for word in (*COMMON, *OTHERS)}
    for word, (took, count) in times.items():
        print(f"  {word}: {took * 1000:.1f} ms, {count} passages")
    assert all(count for _, count in (times[word] for word in COMMON))
    slow = [word for word in COMMON if times[word][0] > AIM]
    assert slow == []
    assert times["龘"][1] == times["嵌合体"][1] == 0
