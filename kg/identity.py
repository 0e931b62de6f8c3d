"""Keys and names of entities: what makes two mentions of one letter the same thing, and what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.extract.form import Link, file_name, proposal_names
from kg.extract.scene import Scene
from kg.extract.sharing import SHARED
from kg.extract.tiers import TIER
from kg.model import Letter, Literal, Mention, Ref
from kg.ontology import Ontology
from kg.registry import Place, Registry
from kg.titles import Told, key_of, printed_before

_MARKS = re.compile(r"[“”\"'‘’「」《》〈〉\s]")
_OUTER = re.compile(r"^[《〈](.*)[》〉]$")
_LEVEL = re.compile(
    r"^(?:国家级?|全国|全省|全市|我[省市县区]|自治区"
    r"|[省市县区](?!级|[内外场民域直属]|[市县区乡镇村]{1,3}[两三四五多]级)(?=[“\u4e00-\u9fff]{3}))"
)
_INSTITUTION = re.compile(r"(?:大学|学院|[\u4e00-\u9fff]{2}(?:大学|学院)|农商|银行|海关|大桥|机场|港|[至到—-])")
_ORDINAL = re.compile(r"^(?:第[一二三四五六七八九十\d]+届|首届|20\d\d年?)")
_ORDINAL_BEGINS, _LEVEL_BEGINS = frozenset("第首2"), frozenset("国全我自省市县区")
_LEVEL_WORD = re.compile(r"我?(?P<level>自治区|[省市县])(?![级内外])(?=[\u4e00-\u9fff]{4})")
_APART = re.compile(r"_[^_]*〔\d{4}〕[^_]*号$")  # kg.judgement.set_apart
_PROVINCIAL = ("省", "自治区")
_TELLING = frozenset({"issuedBy", "documentNumber"})
_TAIL = re.compile(r"[（(](?:20\d\d.*|试行|暂行|征求意见稿)[）)]$|\d(?:\.\d)版$")
_TAILS = ("）", ")", "版")
_PASSED_ON = re.compile(r"关于(?:印发|转发|批转|公布|发布|下发)[〈《]?(?P<title>.{6,60}?)[〉》]?的(?:通知|公告|函)$")
_YEARS = re.compile(r"(?<![\d〔])20\d\d(?=年|[-—－–~～至到)]|$)|(?<=[-—－–~～至到])20\d\d")
_JOINT = re.compile(r"(?<=[\u4e00-\u9fff])[·•・‧](?=[\u4e00-\u9fff])")
_BUNDLE = re.compile(r"[一二三四五六七八九十两百\d]{1,3}个[一百千万]{1,3}批?")
_NOUN = re.compile(r"(?!.*[的了等和与及并将以把对在])[\u4e00-\u9fff]{3,12}")
_TOWNSHIP = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:乡|镇|街道|片区)$")
_SLIPS = {
    "Policy": ((re.compile(r"[一二两三四五]年(?=行动|工作|实施)|\d+条$"), ""),),
    "Project": ((re.compile(r"(?<=[\u4e00-\u9fff]{4})(?:建设)?(?:工程|项目){1,2}$"), ""),),
    "Industry": ((re.compile(r"(?<=[\u4e00-\u9fff]{2})产业(?:集群)?$"), ""),),
    "Group": ((re.compile(r"^(国家|省|市|县)级"), r"\1"), (re.compile(r"^(?:国家|省|市|县)级?(?:及)?以上"), "")),
}
# What may be left out of a name: nothing, the place before it, years or 试行 behind it, a word; a notice around it.
NAME, PLACE, YEARS, SLIP, NOTICE, TOWNSHIP = WAYS = ("name", "place", "years", "slip", "notice", "township")
_LEVELS = {
    "国家": "",
    "国家级": "",
    "全国": "",
    "省": "省",
    "全省": "省",
    "自治区": "自治区",
    "市": "市",
    "全市": "市",
    "县": "县",
    "区": "区",
}


@lru_cache(maxsize=1 << 14)
def bare(name: str) -> str:
    """A name as it is compared within a letter: NFKC, no quotation marks, no white space, an open bracket closed.

    >>> bare("“丰 收”计划")
    '丰收计划'
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", name))
    return plain + ")" if plain.count("(") > plain.count(")") else plain


def jointless(name: str) -> str:
    """A name without the dot between two parts of it, which is printed or not: 百校行·引才 -> 百校行引才."""
    return name if name.isalnum() else _JOINT.sub("", name)  # a dot is neither letter nor digit


def place_key(place: Place, registry: Registry) -> str:
    """The key of an administrative division, with those it lies in: 永嘉县_浙江省温州市."""
    above = "".join(other.name for other in registry.chain(place)[:-1])
    return f"{place.name}_{above}".rstrip("_")


class Namer:
    """Makes keys and labels for the entities of one letter."""

    def __init__(
        self, letter: Letter, where: Scene, registry: Registry, ontology: Ontology, links: Iterable[Link] = ()
    ) -> None:
        self._letter = letter
        self._where = where
        self._registry = registry
        self._ontology = ontology
        self._prefixes = tuple([name for place in where.places for name in (place.name, place.short)])
        self._own = _own(letter)
        self._told = _told(links)
        self._variants: dict[tuple[str, str, tuple[str, ...]], frozenset[str]] = {}

    # -- the letter itself

    @property
    def checksum(self) -> str:
        """The checksum of the letter's bytes."""
        return self._letter.document.sha256

    def letter(self) -> Ref:
        """The letter's own reference: by number, else issuer, title and date with eight digits of the checksum."""
        return self._own

    def letter_names(self) -> Iterator[str]:
        """The names of the letter: number and title; that of its file if it has neither."""
        names = [self._letter.first("number"), self._letter.first("title")]
        yield from [name for name in names if name] or [file_name(self._letter)]

    # -- keys

    def key(self, group: Sequence[Mention], way: str) -> str:
        """The key of what a group of mentions names; `way` is the `key` of the kind's file."""
        if way == "number":
            return self.letter().key
        if way == "proposal":
            return self._proposal(group)
        if way == "level":
            return self._agency(group[0])
        if way == "setting":
            return self._in_setting(group)
        if way == "division":
            return self._division(group)
        if way == "title":
            return self._titled(group)
        name = self._canonical(group)
        return bare(self._of_level(name) if self._ontology.covers(("Body",), group[0].kind) else name)

    def _in_setting(self, group: Sequence[Mention]) -> str:
        """A name in its setting; a bundle (“六个一”) by what it is said of, and without that as the letter's own."""
        core = self._core(group).replace("_", "-")
        if group[0].kind != "Person":
            core = jointless(core)
        if not _BUNDLE.fullmatch(core) or any(m.rule.startswith("registry:") for m in group):
            return f"{core}_{self._setting(group)}".rstrip("_")
        of = next(filter(None, map(self._said_of, group)), "")
        return f"{of}{core}_{self._setting(group) if of else self.letter().key}"

    def _said_of(self, mention: Mention) -> str:
        """What a quoted bundle is said of: the words before it, from the verb on (推进|质量管理“六个一”机制)."""
        text = self._letter.passages[mention.passage].text
        quote = text.find("“", mention.start, mention.stop)
        clause = re.split(r"[，。；：、（《“”》]", text[: max(quote, mention.start)])[-1]
        verbs = "|".join(sorted(map(re.escape, self._ontology.words["governors"]), key=lambda verb: (-len(verb), verb)))
        said = re.search(rf"(?:{verbs})(?!设)", clause)  # 构建 is no verb in 机构建设
        noun = _NOUN.fullmatch(self._stripped(clause[said.end() if said else 0 :]))
        return noun[0] if noun else ""

    def _proposal(self, group: Sequence[Mention]) -> str:
        number = self._letter.first("proposal_number")
        session = self._letter.first("session")
        if not number or not session:
            return "_".join(bare(name) for name in (*proposal_names(self._letter)[:1], self._body()) if name) or bare(
                group[0].surface
            )
        body = self._body()
        kind = "政协" if "政协" in session + body else "人大"
        return (
            f"{body}{re.sub('政协|人大|全国|会议|第|委员会', '', session)}{number}号"
            if body
            else f"{kind}{bare(session)}{number}号"
        )

    def _body(self) -> str:
        """The full name of the congress or conference that the proposal was made to: 温州市政协."""
        body = self._letter.first("proposal_body") or self._letter.first("session")
        kind = "政协" if "政协" in body else "人大" if "人大" in body else ""
        if "全国" in body or not self._where.places:
            return f"全国{kind}" if "全国" in body else kind
        level = next((word for word in ("自治区", "自治州", "省", "市", "县", "区", "州", "旗") if word in body), "")
        place = self._where.place_of(level) if level else self._where.places[-1]
        return f"{place.name if place else ''}{kind}"

    def _agency(self, mention: Mention) -> str:
        return bare(mention.names[0] if mention.names else mention.surface)

    def _setting(self, group: Sequence[Mention]) -> str:
        """The jurisdiction a name lives in: the level printed before it, else the issuer's place."""
        if any(m.rule.startswith("registry:") for m in group):
            return ""
        if group[0].kind == "Person":
            roles = {m.rule for m in group}
            asked = roles & {"form.addressee", "form.proposer", "form.first_proposer", "form.cosigner"}
            return (self._body() if asked else "") or bare(self._where.issuer) or self.letter().key
        for mention in group:
            level = _LEVEL.match(mention.surface)
            if level and level.group() in _LEVELS:
                return self._of_word(_LEVELS[level.group()])
        places = self._where.places
        if places:
            return places[-1].name
        return "全国" if self._where.issuer else self.letter().key

    def _of_word(self, word: str) -> str:
        """The jurisdiction that a level word before a name means in this letter; the letter where that is unknown."""
        place = self._where.place_of(word) if word else None
        if place is None and word in _PROVINCIAL:
            place = next((one for one in self._where.places if one.level == "province"), None)
        return "全国" if not word else place.name if place else self.letter().key

    def _core(self, group: Sequence[Mention]) -> str:
        cores = [bare(n) for n in dict.fromkeys(n for m in group for n in _own_names(m)) if n]
        words = [core for core in cores if not core.isdigit()] or cores
        return min((self._stripped(core) for core in words), key=lambda core: (len(core), core))

    def _division(self, group: Sequence[Mention]) -> str:
        """A place with the province and the city it lies in, where that is certain."""
        codes = {m.rule.partition(":")[2] for m in group if m.rule.startswith("registry:")}
        place = self._registry.place_of(min(codes)) if len(codes) == 1 else None
        if place is None:
            return bare(self._canonical(group))
        return place_key(place, self._registry)

    def _titled(self, group: Sequence[Mention]) -> str:
        """The key of a document that is cited: its longest title, with whose it is by what the letter tells of it."""
        title = bare(_longest(self._titles(group))).replace("_", "-")
        if any(m.rule.startswith("registry:") for m in group):
            return title
        linked = [link for mention in group for link in self._told.get(mention, ())]
        named = [m for m in group if not m.nested]
        told = Told(
            tuple(self._agency(one.object) for one in linked if isinstance(one.object, Mention)),
            tuple(one.object.value for one in linked if isinstance(one.object, Literal)),
            printed_before((self._letter.passages[m.passage].text, m.start) for m in named),
        )
        return key_of(title, told, self._where, self._registry, self.letter().key)

    def _of_level(self, name: str) -> str:
        """A name with the place that the level word before it means: 市交投集团 -> 丽水市交投集团."""
        level = _LEVEL_WORD.match(name)
        place = self._where.place_of(level["level"]) if level else None
        return place.name + name[level.end() :] if level and place else name

    def _titles(self, group: Sequence[Mention]) -> list[str]:
        return [self.clean(m.surface, "Policy") for m in group if "《" in m.surface] or [m.surface for m in group]

    def _canonical(self, group: Sequence[Mention]) -> str:
        first = group[0]
        given = first.rule.startswith(("registry:", TIER))
        return first.names[0] if given and first.names else first.surface

    # -- variants

    def variants(self, mention: Mention) -> frozenset[str]:
        """The forms under which a mention may meet another one of the same thing."""
        said = (mention.kind, _own_names(mention)[-1], mention.names)
        if said not in self._variants:
            self._variants[said] = frozenset([form for form, _ in self._forms(*said)])
        return self._variants[said]

    def _forms(self, kind: str, surface: str, names: Iterable[str]) -> list[tuple[str, str]]:
        """The names, with and without what is printed before and behind them, of two signs at least, and what went."""
        found, slips = [], _SLIPS.get(kind, ())
        if kind == "Place" and not names:
            found.append(("乡镇" + _TOWNSHIP.sub("", surface), TOWNSHIP))
        for name in (surface, *names):
            whole = bare(_OUTER.sub(r"\1", name) if name[:1] in "《〈" else name)
            whole = whole if kind == "Person" else jointless(whole)
            short = _TAIL.sub("", whole) if whole[-1:] in _TAILS else whole
            plain = self._stripped(short)
            found.append((whole, NAME))
            if plain != whole:
                found.append((plain, PLACE if short == whole else YEARS))
            for slip, put in slips:
                found.append((slip.sub(put, plain), SLIP))
            if short != whole:
                found += [(short, YEARS), (self._stripped(whole), PLACE)]
            if kind == "Policy" and (passed := _PASSED_ON.search(whole)):
                found.append((passed["title"], NOTICE))
        return [form for form in found if len(form[0]) >= 2]

    def meeting(self, one: Mention, other: Mention) -> str:
        """By which form of their names two mentions meet: NAME, PLACE ...; the empty string where they do not."""
        forms = [self._forms(m.kind, _own_names(m)[-1], m.names) for m in (one, other)]
        met = [
            max(ours, theirs, key=WAYS.index) for form, ours in forms[0] for same, theirs in forms[1] if form == same
        ]
        return min(met, key=WAYS.index, default="")

    def _stripped(self, name: str) -> str:
        """A name without the place, level or ordinal printed before it, if enough is left."""
        ordinal = _ORDINAL.match(name) if name[:1] in _ORDINAL_BEGINS else None
        short = name[ordinal.end() :] if ordinal else name
        for prefix in self._prefixes if short.startswith(self._prefixes) else ():
            if short.startswith(prefix) and len(short) - len(prefix) >= 4:
                rest = short[len(prefix) :]
                short = short if _INSTITUTION.match(rest) else rest
        level = _LEVEL.match(short) if short[:1] in _LEVEL_BEGINS else None
        return short[level.end() :] if level and len(short) - level.end() >= 3 else short

    def level_of(self, mention: Mention) -> str:
        """The level word that a mention begins with, or the empty string."""
        return _level(mention.surface)

    def years_of(self, mention: Mention) -> str:
        """The years that a title prints, in one spelling (2022-2024); the empty string for none."""
        return next(filter(None, ("-".join(_YEARS.findall(bare(n))) for n in _own_names(mention)[::-1])), "")

    def place_of(self, mention: Mention) -> str:
        """The full name of the place of the letter that a title begins with, or the empty string."""
        title = bare(mention.surface)
        fitting = [place for place in self._where.places if title.startswith((place.name, place.short))]
        return max((place.name for place in fitting), key=len, default="")

    def numbers_of(self, mention: Mention) -> frozenset[str]:
        """The document numbers that a mention is cited with."""
        linked = self._told.get(mention, ())
        return frozenset(link.object.value for link in linked if isinstance(link.object, Literal))

    # -- names

    def clean(self, name: str, kind: str) -> str:
        """A printed form as a label: the outer 《》 of a policy go."""
        shown = "".join(name.split())
        return _OUTER.sub(r"\1", shown) if kind in ("Policy", "Proposal") and shown[:1] in ("《", "〈") else shown

    def label(self, ref: Ref, names: Sequence[str]) -> str:
        """The preferred name: for what is keyed in a setting the key without the setting, else the longest title."""
        if ref == self.letter():
            return self._letter.first("number") or self._letter.first("title") or file_name(self._letter)
        if ref.kind == "Proposal":
            return self._letter.first("proposal_title") or (names[0] if names else ref.key)
        if self._ontology.kinds[ref.kind].key in ("setting", "division", "title"):
            return ref.key.split("_", 1)[0]
        return _APART.sub("", ref.key) if "〔" in ref.key else ref.key

    def issuer(self, refs: Mapping[Mention, Ref]) -> Ref | None:
        """The issuing agency among the resolved mentions, or by its name alone."""
        issuer = bare(self._where.issuer)
        for mention, ref in refs.items():
            if ref.kind == "Agency" and issuer and issuer in {bare(n) for n in (mention.surface, *mention.names)}:
                return ref
        return Ref("Agency", issuer) if issuer else None


@lru_cache(maxsize=1 << 14)
def _level(name: str) -> str:
    match = _LEVEL.match(name)
    return _LEVELS.get(match.group(), "") or match.group()[:2] if match else ""


def _own(letter: Letter) -> Ref:
    number = bare(letter.first("number"))
    if number:
        return Ref(letter.form, number)
    known = [letter.first(role) for role in ("issuer", "title", "date")]
    parts = [bare(part) for part in known if part]
    return Ref(letter.form, "_".join([*parts, letter.document.sha256[:8]]))


def _told(links: Iterable[Link]) -> Mapping[Mention, list[Link]]:
    """What a letter says of who issued a document, and under which number."""
    found: dict[Mention, list[Link]] = {}
    for link in links:
        if link.relation in _TELLING:
            found.setdefault(link.subject, []).append(link)
    return found


def _own_names(mention: Mention) -> tuple[str, ...]:
    """The names of a mention; what is printed is none where the rest of the name stands only once, behind others."""
    return mention.names if mention.rule == SHARED else (*mention.names, mention.surface)


def _longest(names: Iterable[str]) -> str:
    return max(names, key=lambda name: (len(name), name))
