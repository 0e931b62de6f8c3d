"""Invented reply letters in any number, varied in bodies, names, figures and years, for measuring at size.

The same number and seed give the same letters.  Cities come from the registry; all other names are put together
here from syllables and belong to nobody.  `python -m tests.benchmarks.generator COUNT FOLDER` writes them as files.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import registry

BUREAUS = {
    "科学技术局": ("市科技局", "科", "科技创新"),
    "农业农村局": ("市农业农村局", "农", "现代农业"),
    "教育局": ("市教育局", "教", "教育"),
    "民政局": ("市民政局", "民", "养老服务"),
    "交通运输局": ("市交通运输局", "交", "交通运输"),
    "商务局": ("市商务局", "商", "商贸流通"),
    "卫生健康委员会": ("市卫生健康委", "卫", "卫生健康"),
    "人力资源和社会保障局": ("市人力社保局", "人社", "人才"),
    "文化和旅游局": ("市文化和旅游局", "文旅", "文旅产业"),
    "生态环境局": ("市生态环境局", "环", "生态环境"),
}
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "晓文志建国明海春秋冬雪梅兰竹菊松柏杨柳云雨风雷山川江河石玉金银宝珍珠琴棋书画德仁义礼智信勇毅刚强"
FIRST = "千百万双三新春金银青蓝红绿云星海山江湖河溪龙凤鹰雁鹏麒麟珠玉锦绣航帆桥虹霞晨曙旭"
SECOND = "企园村社校院馆站点星火种苗林田谷川港湾桥塔灯炬舟帆轮翼羽叶枝根芽穗禾麦稻豆"
THIRD = "培育提升振兴领航登高腾飞焕新共富兴业强基赋能筑巢聚力展翅扬帆逐浪攀峰拓展"
FIELDS = (
    "智能装备 生物医药 新材料 数字经济 绿色食品 高端纺织 海洋装备 新能源 现代种业 电子信息 轨道交通 文化创意".split()
)
GROUPS = "高新技术企业 科技型中小企业 家庭农场 专精特新企业 小微企业 高校毕业生 技能人才 种粮大户 养老机构 农民合作社 老年人 规上工业企业".split()
PLATFORMS = "实验室 技术创新中心 产业研究院 工程研究中心 孵化器 产业园 创新服务综合体 检测中心".split()
COUNTED = {
    "高新技术企业": "家",
    "家庭农场": "家",
    "养老机构": "家",
    "技能人才": "人",
    "种粮大户": "户",
    "专精特新企业": "家",
}
MANY = 18  # names of a sort that a city has
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class City:
    """A city with the abbreviation of its documents' numbers."""

    name: str
    short: str


def cities() -> list[City]:
    """The prefecture-level cities of the registry."""
    found = [
        place
        for place in registry.load().gazetteer.by_code.values()
        if place.level == "prefecture" and place.name.endswith("市")
    ]
    return [City(place.name, place.short) for place in found]


def letters(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """(file name, text) of so many letters."""
    chance = random.Random(seed)
    places = cities()
    for number in range(count):
        yield f"{number:06d}.txt", letter(chance, chance.choice(places), number)


def write(count: int, folder: Path, seed: int = 1) -> list[Path]:
    """Writes so many letters into a folder; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in letters(count, seed):
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return paths


def letter(chance: random.Random, city: City, number: int) -> str:
    """One letter: head, salutation, a report and a plan in varied sentences, and what stands at the end."""
    bureau = chance.choice(sorted(BUREAUS))
    short, sign, topic = BUREAUS[bureau]
    year, case, session = chance.randint(2018, 2025), chance.randint(1, 600), chance.randint(1, 5)
    who, title = (
        person(own(chance, city, "member")),
        f"关于加快{chance.choice(FIELDS)}发展 助力{topic}的提案".replace(" ", ""),
    )
    report = [sentence(chance, city, bureau, year) for _ in range(chance.randint(4, 7))]
    plan = [promise(chance, city, year) for _ in range(chance.randint(2, 4))]
    day = f"{year}年{chance.randint(4, 9)}月{chance.randint(1, 28)}日"
    meeting = f"市政协{NUMERALS[chance.randint(0, 8)]}届{NUMERALS[session - 1]}次会议"
    lines = [
        f"{city.name}{bureau}文件", f"{city.short[0]}{sign}提复〔{year}〕{number}号", f"关于{meeting}第{case}号提案的答复函",
        f"{who}委员：", f"您在{meeting}期间所提的《{title}》（政协提案{case}号）收悉，经会同会办单位研究，现答复如下：",
        "一、主要工作", "".join(report), "二、下一步打算", "下一步，我局将重点做好以下工作。" + "".join(plan),
        "感谢您对我市工作的关心和支持。", f"联系人：{person(own(chance, city, bureau))}，联系电话：8{chance.randint(1000000, 9999999)}",
        f"{city.name}{bureau}", day, "抄送：市府办，市政协提案委",
    ]  # fmt: skip
    return "\n\n".join(lines) + "\n"


def person(chance: random.Random) -> str:
    """A name of three characters."""
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))


def own(chance: random.Random, city: City, what: str) -> random.Random:
    """Chance that draws one of a city's few names of a sort, so that its letters speak of the same things again."""
    return random.Random(f"{city.name}{what}{chance.randrange(MANY)}")


def programme(chance: random.Random, city: City) -> str:
    """One of the city's programmes, in quotation marks."""
    chance = own(chance, city, "programme")
    core = chance.choice(FIRST) + chance.choice(SECOND) + THIRD[(at := 2 * chance.randrange(len(THIRD) // 2)) : at + 2]
    return f"“{core}”{chance.choice(['行动', '计划', '工程'])}"


def platform(chance: random.Random, city: City) -> str:
    """One of the city's platforms: field and head noun."""
    chance = own(chance, city, "platform")
    return f"{city.short}{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(FIELDS)}{chance.choice(PLATFORMS)}"


def policy(chance: random.Random, city: City) -> str:
    """The title of one of the city's policies, with a validity."""
    chance = own(chance, city, "policy")
    year = chance.randint(2015, 2025)
    return f"《{city.name}{chance.choice(FIELDS)}{chance.choice(FIRST)}{chance.choice(SECOND)}行动方案（{year}-{year + 3}年）》"


def contest(chance: random.Random, city: City) -> str:
    """One of the city's contests."""
    chance = own(chance, city, "contest")
    return f"“{chance.choice(FIRST)}{chance.choice(SECOND)}杯”{chance.choice(FIELDS)}创新创业大赛"


def sentence(chance: random.Random, city: City, bureau: str, year: int) -> str:
    """Something that was done."""
    group, counted = chance.choice(GROUPS), chance.choice(sorted(COUNTED))
    other = BUREAUS[chance.choice([name for name in sorted(BUREAUS) if name != bureau])][0]
    amount = chance.randint(3, 900)
    said = [
        f"{year - 1}年新认定{counted}{amount}{COUNTED[counted]}、累计超{amount * chance.randint(3, 9)}{COUNTED[counted]}。",
        f"我局会同{other}实施{programme(chance, city)}，支持{group}发展。",
        f"{platform(chance, city)}获批建设，总投资{chance.randint(1, 60)}亿元。",
        f"我局与{other}联合印发{policy(chance, city)}，对{group}给予最高{chance.randint(1, 50) * 10}万元奖励。",
        f"{platform(chance, city)}由{other}牵头建设，入驻{counted}{amount}{COUNTED[counted]}。",
        f"举办首届{contest(chance, city)}，吸引项目{amount}个。",
        f"{programme(chance, city)}已纳入{programme(chance, city)}，惠及{group}{amount}{'人' if group.endswith(('人', '生', '户', '才')) else '家'}。",
    ]
    return chance.choice(said)


def promise(chance: random.Random, city: City, year: int) -> str:
    """Something that is to be done."""
    counted = chance.choice(sorted(COUNTED))
    said = [
        f"持续推进{programme(chance, city)}，到{year + 2}年培育{counted}{chance.randint(10, 2000)}{COUNTED[counted]}以上。",
        f"依托{platform(chance, city)}，深入实施{programme(chance, city)}。",
        f"制定出台{policy(chance, city)}，对新认定的{counted}每{COUNTED[counted]}奖励{chance.randint(1, 40)}万元。",
        f"力争{year + 1}年启动{platform(chance, city)}建设。",
    ]
    return chance.choice(said)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
