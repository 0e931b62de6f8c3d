"""The lines below a passage on the page: what was found, in words and with labels, its rule and the rule's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.explain.gather import Sentence
from kg.explain.phrases import REASONS, Names, fact, figure, name, needs, promise
from kg.explain.rules import file_of
from kg.model import Answer, Mention, Ref
from kg.ontology import Ontology
from kg.vocabulary import REQUEST

STATUSES = {"done": "已完成", "ongoing": "进行中", "planned": "计划中"}
OUTCOMES = {"done": "已办", "ongoing": "在办", "planned": "拟办", "declined": "不办"}
REASONS_ZH = {
    "heading": "在复述该建议的标题下",
    "sentence": "同句",
    "paragraph": "在该建议开头的段落中",
    "list": "在其后所列各项中",
    "number": "在标明其序号的标题下",
    "words": "沿用其用词",
    "headline": "所在部分的标题沿用其用词",
    "order": "按其次序",
    "whole": "就全部建议一并答复",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line; `number` counts those of one sort from 0; `kind` with its labels may be empty.

    `word` says the sort in Chinese, `after` what is told beside the rule; `links` are other passages, each with what is
    told of it.
    """

    sort: str
    number: int
    word: str
    text: str
    kind: str = ""
    zh: str = ""
    en: str = ""
    rule: str = ""
    file: str = ""
    after: str = ""
    links: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What the lines are written with: names of entities, the ontology's labels, the files of rules."""

    names: Names
    ontology: Ontology
    files: Mapping[str, str]

    def label(self, kind: str) -> tuple[str, str]:
        """The Chinese and the English label of a kind; of none, that of what was not admitted."""
        known = self.ontology.kinds.get(kind)
        return (known.zh, known.en) if known else ("未采用", "not admitted")

    def relation(self, relation: str) -> str:
        """A relation by its Chinese label and its name."""
        known = self.ontology.relations.get(relation)
        return f"{known.zh} {relation}" if known else relation

    def file(self, rule: str) -> str:
        """The file of a rule; of none, none."""
        return file_of(rule, self.files) if rule else ""


def rows(sentence: Sentence, words: Words) -> Iterator[Row]:
    """All lines of a passage, in the order of a letter's understanding."""
    for number, part in enumerate(sentence.parts):
        yield Row("part", number, "格式", f"{part.role} {part.value}")
    for number, (mention, ref) in enumerate(sentence.mentions):
        yield _named(number, mention, ref, words)
    yield from _facts(sentence, words)
    yield from _figures(sentence, words)
    for number, status in enumerate(sentence.statuses):
        text = f"{name(status.entity, words.names)} {STATUSES[status.status]} {status.status}"
        yield Row("status", number, "状态", text, rule=status.rule, file=words.file(status.rule))
    yield from _requests(sentence, words)
    for number, made in enumerate(sentence.promises):
        text = promise(made, words.names)
        yield Row("promise", number, "承诺", text, rule=made.rule, file=words.file(made.rule))
    for number, one in enumerate(sentence.dropped):
        text = f"{one.surface} ({one.what}): {one.reason}"
        yield Row("dropped", number, "未采用", text, rule=one.rule, file=words.file(one.rule))


def _named(number: int, mention: Mention, ref: Ref, words: Words) -> Row:
    meant = name(ref, words.names)
    text = mention.surface if meant == mention.surface else f"{mention.surface} = {meant}"
    zh, en = words.label(mention.kind)
    return Row("mention", number, "名称", text, mention.kind, zh, en, mention.rule, words.file(mention.rule))


def _facts(sentence: Sentence, words: Words) -> Iterator[Row]:
    for number, said in enumerate(sentence.facts):
        text = fact(said, words.names, words.relation(said.relation))
        yield Row("fact", number, "事实", text, rule=said.rule, file=words.file(said.rule), after=needs(said.read_with))


def _figures(sentence: Sentence, words: Words) -> Iterator[Row]:
    for number, one in enumerate(sentence.measures):
        zh, en = words.label(one.kind)
        text, after = figure(one, words.names), needs(one.read_with)
        yield Row("figure", number, "数字", text, one.kind, zh, en, one.rule, words.file(one.rule), after)


def _requests(sentence: Sentence, words: Words) -> Iterator[Row]:
    zh, en = words.label(REQUEST)
    for number, (request, _, _) in enumerate(sentence.requests):
        links = tuple((answer.passage, _outcomes(answer)) for answer in request.answers)
        after = "answered by" if links else "未见明确回应 no certain answer"
        file = words.file(request.rule)
        yield Row("request", number, "建议", request.text, REQUEST, zh, en, request.rule, file, after, links)
    for number, (request, answer) in enumerate(sentence.answers):
        text, after = f"{_outcomes(answer)} {request.text}".lstrip(), f"{REASONS_ZH[answer.by]} {REASONS[answer.by]}"
        yield Row("answer", number, "回应", text, after=after, links=((request.passage, ""),))


def _outcomes(answer: Answer) -> str:
    """What an answer says became of a request, in both languages."""
    return "、".join(f"{OUTCOMES[status]} {status}" for status in answer.statuses)
