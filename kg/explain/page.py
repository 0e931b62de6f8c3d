"""The explanation as one HTML file that asks for nothing outside itself and needs no JavaScript.

The text stands as it was read, with marks; each says its kind in words beside it, and what it means and the rule when
it is pointed at or in focus.  All that was found stands below its passage.  Boxes in the legend take marks away.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from importlib.resources import files
from string import Template

from kg.explain.gather import Explanation, Sentence
from kg.explain.marks import Mark, marks, pieces
from kg.explain.phrases import name
from kg.explain.rows import Row, Words, rows
from kg.explain.rules import known
from kg.ontology import Ontology
from kg.query.columns import visible
from kg.vocabulary import REQUEST

SECTIONS = {"form": "函件格式", "report": "工作情况", "plan": "下一步"}
_DROPPED = "dropped"
_SORTS = ("mention", "figure", "request", _DROPPED)  # as the legend lists them


def page(explanation: Explanation, ontology: Ontology) -> str:
    """The page as the text of one file; the caller writes it as UTF-8."""
    letter, words = explanation.letter, Words(explanation.names(), ontology, known(ontology))
    kinds = _kinds(explanation)
    style = _own("style.css") + "\n".join(_styles(kinds, ontology))
    title = letter.first("title") or letter.document.name
    return Template(_own("page.html")).substitute(
        policy=policy(style),
        style=style,
        title=escape(visible(title)),
        about=escape(visible(_about(explanation, words))),
        legend="\n".join(_legend(kinds, words)),
        sentences="\n".join(_sentence(sentence, words) for sentence in explanation.sentences),
    )


def policy(style: str) -> str:
    """The Content-Security-Policy (level 3, W3C) for a file with this inline style and nothing else."""
    checksum = base64.b64encode(hashlib.sha256(style.encode("utf-8", "replace")).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{checksum}'; img-src data:; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=4)
def _own(name: str) -> str:
    return files("kg.explain").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _about(explanation: Explanation, words: Words) -> str:
    """The file, the letter, and how much was found."""
    shown, of = len(explanation.sentences), len(explanation.letter.passages)
    sentences = str(of) if shown == of else f"{shown}/{of}"
    facts = sum(len(sentence.facts) for sentence in explanation.sentences)
    source, letter = explanation.letter.document.name, name(explanation.ref, words.names)
    return f"{source} · {letter} · {sentences} 句 passages · {len(explanation.entities)} 个实体 things · {facts} 条事实 facts"


# --- kinds


def _kinds(explanation: Explanation) -> Counter[str]:
    """How often each kind is marked; what was dropped counts as one kind."""
    return Counter(_class(mark) for sentence in explanation.sentences for mark in marks(sentence))


def _class(mark: Mark) -> str:
    return _DROPPED if mark.sort == "dropped" else mark.kind


def _styles(kinds: Mapping[str, int], ontology: Ontology) -> Iterator[str]:
    """The colour of each kind, and that a box in the legend takes its marks away."""
    for kind in sorted(kinds):
        if kind in ontology.kinds:
            yield f".k-{kind} {{ --k: {ontology.kinds[kind].colour}; }}"
        off = f"body:has(#show-{kind}:not(:checked)) main mark.k-{kind}"
        yield f"{off} {{ background: none; border: 0; padding: 0; text-decoration: none; }}"
        yield f"{off}::after {{ content: none; }}"


def _legend(kinds: Mapping[str, int], words: Words) -> Iterator[str]:
    """A box for each kind that occurs, in the ontology's order, figures after names, what was dropped last."""
    order = [*words.ontology.kinds, _DROPPED]
    for kind in sorted(kinds, key=lambda kind: (_SORTS.index(_sort(kind, words.ontology)), order.index(kind))):
        zh, en = words.label(kind)
        mark = f'<mark class="{_sort(kind, words.ontology)} k-{kind}">{escape(zh)}</mark>'
        box = f'<input type="checkbox" id="show-{kind}" checked>'
        yield f'<label>{box} {mark} <span lang="en">{escape(en)}</span> {kinds[kind]}</label>'


def _sort(kind: str, ontology: Ontology) -> str:
    """The sort of the marks of a kind."""
    if kind not in ontology.kinds:
        return _DROPPED
    if kind == REQUEST:
        return "request"
    return "figure" if "Measure" in ontology.above(kind) else "mention"


# --- passages


def _sentence(sentence: Sentence, words: Words) -> str:
    passage = sentence.passage
    found = list(rows(sentence, words))
    where = [
        f'<a href="#p{passage.index}">#{passage.index}</a>',
        f'{SECTIONS[passage.section]} <span lang="en">{passage.section}</span>',
        f"{passage.span.start}–{passage.span.stop}",
        escape(passage.heading),
    ]
    head = "".join(f"<span>{part}</span>" for part in where if part)
    lines = [
        f'<section class="passage" id="p{passage.index}">',
        f'<p class="where">{head}</p>',
        f'<p class="text">{_marked(sentence, found, words)}</p>',
    ]
    if found:
        lines += ['<ul class="found">', *(_row(sentence, row) for row in found), "</ul>"]
    return "\n".join([*lines, "</section>"])


def _marked(sentence: Sentence, found: list[Row], words: Words) -> str:
    tips = {(row.sort, row.number): row for row in found}
    shown = []
    for piece in pieces(sentence.passage.text, marks(sentence)):
        if piece.mark is None:
            shown.append(escape(piece.text))
        elif piece.what == "close":
            shown.append("</mark>")
        else:
            shown.append(_opened(sentence, piece.mark, tips[piece.mark.sort, piece.mark.number], piece.whole, words))
    return "".join(shown)


def _opened(sentence: Sentence, mark: Mark, row: Row, whole: bool, words: Words) -> str:
    """The beginning of a mark; only where it begins first it can be moved to and says what it is."""
    head = f'<mark class="{mark.sort} k-{_class(mark)}"'
    if not whole:
        return f"{head}>"
    zh, en = words.label(_class(mark))
    tip = "\n".join(part for part in (f"{zh} {en}", row.text, row.after, row.rule) if part)
    return (
        f'{head} tabindex="0" data-kind="{escape(zh)}" data-tip="{escape(tip)}"'
        f' aria-describedby="{_anchor(sentence, row)}">'
    )


def _anchor(sentence: Sentence, row: Row) -> str:
    return f"p{sentence.passage.index}-{row.sort}-{row.number}"


def _row(sentence: Sentence, row: Row) -> str:
    """A line below a passage."""
    kind = (
        f'<span class="kind k-{row.kind}">{escape(row.zh)} <small lang="en">{escape(row.en)}</small></span>'
        if row.kind
        else ""
    )
    rule = f' <code title="{escape(row.file)}">{escape(row.rule)}</code>' if row.rule else ""
    needed = f' <small lang="en">{escape(row.after)}</small>' if row.after else ""
    needed += "".join(f' <a href="#p{passage}">#{passage}</a> {escape(told)}' for passage, told in row.links)
    return (
        f'<li id="{_anchor(sentence, row)}" class="{row.sort}-row">'
        f'<span class="sort">{escape(row.word)}</span>{kind}{escape(row.text)}{rule}{needed}</li>'
    )
