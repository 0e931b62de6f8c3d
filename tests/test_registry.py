"""The registry: lookups, names found in text, composition of names, document numbers, and strict tables."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.registry import Registry, load
from kg.resources import ontology_dir

TABLES = ontology_dir() / "registry"
KEYS = {"general.csv": 2}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load()


PLACES = [
    ("温州市", "", "温州市"),
    ("温州", "", "温州市"),
    ("广西", "", "广西壮族自治区"),
    ("吉林", "", "吉林省"),
    ("海南", "", "海南省"),
    ("朝阳", "北京市", "朝阳区"),
    ("朝阳", "", "朝阳市"),
    ("鼓楼区", "", ""),
    ("鼓楼区", "福州市", "鼓楼区"),
    ("福州市鼓楼区", "", "鼓楼区"),
    ("浙江温州", "", "温州市"),
    ("景宁县", "", "景宁畲族自治县"),
    ("文山州", "", "文山壮族苗族自治州"),
    ("浦东", "", "浦东新区"),
    ("无此市", "", ""),
]


@pytest.mark.parametrize(("name", "within", "expected"), PLACES)
def test_place(registry: Registry, name: str, within: str, expected: str) -> None:
    found = registry.place(name, registry.place(within) if within else None)
    assert (found.name if found else "") == expected


CHAINS = [
    ("鼓楼区", "福州市", "福建省 福州市 鼓楼区"),
    ("海淀区", "", "北京市 海淀区"),
    ("济源市", "", "河南省 济源市"),
    ("香港", "", "香港特别行政区"),
]


@pytest.mark.parametrize(("name", "within", "expected"), CHAINS)
def test_chain(registry: Registry, name: str, within: str, expected: str) -> None:
    place = registry.place(name, registry.place(within) if within else None)
    assert place is not None
    assert " ".join(part.name for part in registry.chain(place)) == expected


FOUND_PLACES = [
    ("烟台市芝罘区和广西壮族自治区", "烟台市 芝罘区 广西壮族自治区"),
    ("福州市鼓楼区，以及鼓楼区", "福州市 鼓楼区 鼓楼区"),
    ("上海南京路", "上海市 南京市"),
    ("落实西安区域科技创新中心", "西安市"),
    ("主动适应城市发展，美丽江苏建设", "江苏省"),
    ("隆重庆祝，确保定期检查，乡镇安全，适宜城市", ""),
    ("资源、公安、和平、会同县财政局", ""),
    ("义乌、瑞安、乐清等地", "义乌市 瑞安市 乐清市"),
    ("嘉兴市海盐县、平湖市", "嘉兴市 海盐县 平湖市"),
    ("中山大学与中山市、珠海、中山等市", "中山市 珠海市 中山市"),
    ("长三角和黄河流域", "长三角 黄河流域"),
    ("管理县级、示范县、建成县城", ""),
    ("湖南通道侗族自治县", "湖南省 通道侗族自治县"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND_PLACES)
def test_find_places(registry: Registry, text: str, expected: str) -> None:
    assert " ".join(hit.name for hit in registry.find(text) if hit.kind == "Place") == expected


FOUND_NAMES = [
    ("科技部、民政部门和农业部署", "Agency:科学技术部"),
    ("经商国家发改委、国家林草局", "Agency:国家发展和改革委员会 Agency:国家林业和草原局"),
    ("中国残联和国家开发银行", "Agency:中国残疾人联合会 Organisation:国家开发银行"),
    ('专精特新"小巨人"企业、高新技术企业', "Group:专精特新“小巨人”企业 Group:高新技术企业"),
    ("提高企业效益，发扬钉钉子精神", ""),
    ("发展新能源、海上风电", "Industry:新能源产业 Industry:海上风电"),
    ("国家自然科学基金和微信", "Programme:国家自然科学基金 Platform:微信"),
    ("全国人大常委会法工委", "Agency:全国人民代表大会常务委员会法制工作委员会"),
    ("农民建房，人民建议", ""),
]


@pytest.mark.parametrize(("text", "expected"), FOUND_NAMES)
def test_find_names(registry: Registry, text: str, expected: str) -> None:
    assert " ".join(f"{hit.kind}:{hit.name}" for hit in registry.find(text) if hit.kind != "Place") == expected


BUREAUS = [
    ("市科技局、省科学技术厅、市科委", "科技局=科学技术局 科学技术厅=科学技术厅 科委=科学技术委员会"),
    ("市府办，市政协提案委", "府办=人民政府办公室 政协提案委=政协提案委员会"),
    ("市人大常委会代表工委", "人大常委会代表工委=人大常委会代表工作委员会"),
    ("市委人才办、市委、市政府", "委人才办=中共委人才工作领导小组办公室 委=中国共产党委员会 政府=人民政府"),
    ("团市委和共青团宁波市委", "团市委=共青团委员会 共青团宁波市委=共青团委员会"),
    ("民建台州市委会、九三学社市委会", "民建台州市委会=中国民主建国会委员会 九三学社市委会=九三学社委员会"),
    ("县发改局、市发改委、省发展改革委", "发改局=发展和改革局 发改委=发展和改革委员会 发展改革委=发展和改革委员会"),
    ("区教体局、市文广旅局", "教体局=教育和体育局 文广旅局=文化广电和旅游局"),
    ("市中院与台州海关", "中院=中级人民法院 海关=海关"),
    ("工作协调、平台联合、市政府采购、人大代表、政协委员、市委委员、消防指战员", "委=中国共产党委员会"),
    ("市委办理、市编办理清", "委=中国共产党委员会"),
    ("宁波银保监分局", "银保监分局=中国银行保险监督管理委员会监管分局"),
]


@pytest.mark.parametrize(("text", "expected"), BUREAUS)
def test_bureaus(registry: Registry, text: str, expected: str) -> None:
    assert " ".join(f"{text[hit.start : hit.stop]}={hit.name}" for hit in registry.bureaus(text)) == expected


def test_a_bureau_tells_the_place_inside(registry: Registry) -> None:
    (hit,) = registry.bureaus("民建台州市委会")
    place = registry.place_of(hit.place)
    assert place is not None
    assert place.name == "台州市"
    assert hit.row == "民建委员会"


COMPOSED = [
    ("温州市", "科技局", "温州市科学技术局 温州市科技局"),
    ("浙江省", "科学技术厅", "浙江省科学技术厅 浙江省科技厅"),
    ("广西", "教育厅", "广西壮族自治区教育厅 广西教育厅"),
    ("台州市", "府办", "台州市人民政府办公室 台州市政府办公室 台州市政府办 台州市府办"),
    ("杭州市", "府办", "杭州市人民政府办公厅 杭州市政府办公厅 杭州市政府办 杭州市府办"),
    ("安徽省", "人社厅", "安徽省人力资源和社会保障厅 安徽省人力资源社会保障厅 安徽省人社厅 安徽省人力社保厅"),
    ("桐庐县", "财政局", "桐庐县财政局 杭州市桐庐县财政局"),
    ("海淀区", "财政局", "北京市海淀区财政局 海淀区财政局"),
    ("台州市", "法院", "台州市中级人民法院 台州市法院"),
    ("台州市", "委人才办", "中共台州市委人才工作领导小组办公室 台州市委人才工作领导小组办公室 台州市委人才办"),
    ("台州市", "团委", "共青团台州市委员会 中国共产主义青年团台州市委员会 共青团台州市委 团台州市委 台州市团委"),
    ("台州市", "委", "中国共产党台州市委员会 中共台州市委员会 台州市委 中共台州市委"),
    ("台州市", "银保监分局", "中国银行保险监督管理委员会台州监管分局"),
    ("台州市", "无此局", "台州市无此局"),
    ("", "科技局", "科学技术局 科技局"),
]


@pytest.mark.parametrize(("place", "bureau", "expected"), COMPOSED)
def test_compose(registry: Registry, place: str, bureau: str, expected: str) -> None:
    names = registry.compose(registry.place(place) if place else None, bureau)
    wanted = tuple(expected.split())
    assert names[: len(wanted)] == wanted
    assert len(set(names)) == len(names)


def test_composing_a_composed_name_gives_the_same(registry: Registry) -> None:
    place = registry.place("台州市")
    for bureau in ("科技局", "府办", "卫健委", "委组织部", "人大常委会办公室", "民建委会", "供电公司"):
        for hit in registry.bureaus("台州市" + bureau):
            assert registry.compose(place, hit.name)[0] == registry.compose(place, bureau)[0]


ISSUERS = [
    ("温科提复", "", None, "温州市科学技术局"),
    ("温科提复〔2023〕", "", None, "温州市科学技术局"),
    ("蓉农函", "", None, "成都市农业农村局"),
    ("蓉农函", "", 2015, "成都市农业局"),
    ("甬教提", "", None, "宁波市教育局"),
    ("浙政办发", "", None, "浙江省人民政府办公厅"),
    ("嘉政办发", "嘉兴市", None, "嘉兴市人民政府办公室"),
    ("沪教委建", "", None, "上海市教育委员会"),
    ("京科函", "", None, "北京市科学技术委员会"),
    ("国卫提函", "", None, "国家卫生健康委员会"),
    ("国卫办函", "", 2015, "国家卫生和计划生育委员会"),
    ("国办发", "", None, "国务院办公厅"),
    ("宁财函", "", None, ""),
    ("宁财函", "南京市", None, "南京市财政局"),
    ("连公函", "大连市", None, "大连市公安局"),
    ("安交函", "安吉县", None, "安吉县交通运输局"),
    ("安交函", "", None, ""),
    ("杭萧财函", "", None, "杭州市萧山区财政局"),
    ("温发改提", "", None, ""),
    ("深科函", "", None, ""),
    ("温制高办", "", None, ""),
    ("", "", None, ""),
]


@pytest.mark.parametrize(("words", "hint", "year", "expected"), ISSUERS)
def test_issuer(registry: Registry, words: str, hint: str, year: int | None, expected: str) -> None:
    assert (registry.issuer(words, [hint] if hint else [], year) or "") == expected


def test_rows(registry: Registry) -> None:
    row = registry.bureau_row("农业局")
    assert row is not None
    assert (row.key, row.valid_until, row.succeeded_by) == ("农业", "2018", ("农业农村",))
    assert [each.key for each in registry.bureau_rows("文广旅局")] == ["文化广电和旅游", "文化广电旅游"]
    assert registry.bureau_row("无此局") is None
    ministry = registry.known_row("建设部")
    assert ministry is not None
    assert ministry.succeeded_by == ("住房和城乡建设部",)


KINDS = [
    ("330300", "Place"),
    ("科学技术", "Agency"),
    ("供电公司", "Organisation"),
    ("高新技术企业", "Group"),
    ("无", None),
]


@pytest.mark.parametrize(("row", "kind"), KINDS)
def test_kind_of_row(registry: Registry, row: str, kind: str | None) -> None:
    assert registry.kind_of_row(row) == kind


def test_a_renamed_body_has_the_key_of_today(registry: Registry) -> None:
    (hit,) = registry.bureaus("地方金融监督管理局")
    assert hit.name == "地方金融管理局"
    (national,) = registry.find("国家测绘局")
    assert national.name == "国家测绘地理信息局"
    assert registry.aliases["国家测绘局"].valid_until == "2011"


def test_surnames(registry: Registry) -> None:
    assert {"王", "冼", "欧阳", "司徒", "尉迟"} <= registry.surnames
    assert len(registry.surnames) > 500


def test_every_place_is_found_by_its_chain(registry: Registry) -> None:
    for place in registry.gazetteer.by_code.values():
        name = "".join(part.name for part in registry.chain(place))
        assert registry.place(name) == place, name


def test_every_form_of_a_bureau_has_a_name_with_its_place(registry: Registry) -> None:
    place = registry.place("台州市")
    for form in registry.bodies.forms:
        names = registry.compose(place, form)
        assert names, form
        assert all("台州" in name and "{" not in name and "<" not in name for name in names), names


@given(st.text(alphabet="市委省厅局温州科技教育民建团国家发改政协人大办法院区县、中山 农业部的A“”企业", max_size=60))
def test_hits_lie_in_the_text_and_in_order(text: str) -> None:
    registry = load()
    for hits in (registry.find(text), registry.bureaus(text)):
        assert all(0 <= hit.start < hit.stop <= len(text) for hit in hits)
        assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    bureaus = registry.bureaus(text)
    assert all(first.stop <= second.start for first, second in zip(bureaus, bureaus[1:], strict=False))


def written(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def files() -> list[Path]:
    return sorted(TABLES.glob("*.csv"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_tables_are_sorted_and_written_as_csv_writes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    keys = [row[: KEYS.get(path.name, 1)] for row in rows[1:]]
    assert keys == sorted(keys)
    assert text == written(rows)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_source_is_explained(path: Path) -> None:
    explained = (TABLES / "README.md").read_text(encoding="utf-8")
    with path.open(encoding="utf-8", newline="") as file:
        assert all(f"`{row['source']}`" in explained for row in csv.DictReader(file))


WRONG = [
    ("surnames.csv", "surname,from\n王,bjx\n", ":1: columns"),
    ("surnames.csv", "surname,source\n王,bjx\n王,bjx\n", ":3: 王 is already in line 2"),
    ("surnames.csv", "surname,source\n王,\n", ":2: no source"),
    ("surnames.csv", "surname,source\n,bjx\n", ":2: empty surname"),
    ("surnames.csv", "surname,source\n王\n", ":2: 1 cells"),
    ("surnames.csv", 'surname,source\n"王,bjx\n', "is no CSV"),
    ("surnames.csv", None, "cannot be read"),
    ("general.csv", "kind,name,names,source\nThing,某,,web\n", "unknown kind Thing"),
    ("renamings.csv", "former,name,valid_until,source\n甲局,乙局,2010,gov\n", "乙局 is in no table"),
    ("blockers.csv", "word,instead_of,family,source\n甲乙,甲,thing,reading\n", "family is none of"),
]


@pytest.mark.parametrize(("name", "content", "message"), WRONG)
def test_a_wrong_table_is_refused(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(TABLES, folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(OntologyError, match=name) as error:
        load(folder)
    assert message in str(error.value)


CELLS = [
    ("bureaus.csv", "*=局 province=厅 municipality=局", "局", "heads"),
    ("bureaus.csv", ",2018,农业农村,", ",2018,无此行,", "unknown successors"),
    ("bureaus.csv", "中医药管理,Agency", "中医药管理,Place", "kind Place"),
    ("national.csv", ",2008,住房和城乡建设部,", ",2008,无此部,", "unknown successors"),
    ("places.csv", "浙江省,浙江,province", "浙江省,浙江,land", "level"),
    ("places.csv", "温州市,温州,prefecture,330000", "温州市,温州,prefecture,999999", "parent"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), CELLS)
def test_a_wrong_cell_is_refused(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(TABLES, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        load(folder)
