"""Mobile telephone and identity-card numbers are masked at the same length: 137****8558.

Forms of numbers: a mobile number has 11 digits, the first 1, the second 3 to 9 (numbering plan of YD/T 1999 and after);
an identity card has 18 signs (GB 11643-1999: six for the place, eight for the date of birth, three, and a check
sign that may be X) or, until 2012, 15 digits.  Numbers of fixed lines begin with 0 or are shorter, and stay.
"""

from __future__ import annotations

import re

from kg.model import Reading
from kg.rewrite import rewrite

_HEAD, _TAIL = 3, 4

# All the regular expressions read a text whose digits are plain ones.
_PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)}  # full width: ０ to ９
_PLAIN |= {0x1D7CE + place: str(place % 10) for place in range(50)}  # mathematical
_PLAIN |= {ord(sign): "X" for sign in "xＸｘⅩ×"}

# Between the groups of a number: nothing, or a mark or two (137 5090 8558, 137-5090-8558, 137.5090.8558).
_GAP = r"[\s\u200b-\u200d\ufeff·.．\-‐-―−－]"
_MARKS = f"{_GAP}{{0,2}}"

# Something counted: a figure with a unit is no telephone (15100000000元, 13812345678亩).
_UNIT = r"""\s*(?:[元万亿亩吨户件项辆株％%‰]|[美欧日港]元|人民币|千[元瓦克米]|百[元万]|公[斤里顷]|[立平]方
    |家(?![庭属里长])|个(?!人)|人(?![士员工力民])|次(?!日)|台(?!州|湾)|套(?!餐)|只(?!有|能))"""

_MOBILE = re.compile(
    rf"""(?<!\d)(?<!0[.．])(?<![¥￥$€£])
    (?:[+＋]?(?:00)?86{_MARKS}|0)?                      # the country's code, or the 0 once dialled before
    (?P<number> 1[3-9]\d {_MARKS} \d{{4}} {_MARKS} \d{{4}} )
    (?!\d) (?![.．]\d) (?!{_UNIT})""",
    re.VERBOSE,
)
# Other groupings only where no further column of figures stands beside and a word says so: 手机1375 090 8558.
_MOBILE_IN_OTHER_GROUPS = re.compile(
    rf"""(?<!\d)(?<!\d{_GAP})
    (?P<number> 1[3-9] (?: \d\d{_GAP}\d{{3}}{_GAP}\d{{4}} | \d\d{_GAP}\d{{4}}{_GAP}\d{{3}}
                         | \d{_GAP}\d{{3}}{_GAP}\d{{5}} | \d{{3}}{_GAP}\d{{6}} | \d{{4}}{_GAP}\d{{5}} ) )
    (?!{_GAP}?\d) (?!{_UNIT})""",
    re.VERBOSE,
)
_DAY = rf"(?:0[1-9]|1[0-2]) {_MARKS} (?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(
    rf"""(?<!\d)
    (?P<number> [1-9]\d{{5}} {_MARKS} (?:18|19|20)\d\d {_MARKS} {_DAY} {_MARKS} \d{{3}}{_MARKS}[\dX] ) (?!\d)""",
    re.VERBOSE,
)
_OLD_IDENTITY = re.compile(
    rf"""(?<!\d)(?<!0[.．])
    (?P<number> (?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]) \d{{4}} {_MARKS} \d\d {_DAY} {_MARKS} \d{{3}} )
    (?!\d) (?![.．]\d) (?!{_UNIT})""",
    re.VERBOSE,
)
_FORMS = (_IDENTITY, _OLD_IDENTITY, _MOBILE, _MOBILE_IN_OTHER_GROUPS)
_SAID = re.compile(r"(?:电话|手机|联系|号码|微信|致电|[Tt][Ee][Ll]|☎).{0,12}$", re.DOTALL)
_MANY_DIGITS = re.compile(r"\d[^\d]{0,2}(?:\d[^\d]{0,2}){8}\d")  # beginning with a digit, it is found at once
_CHECKSUM = re.compile(r"[0-9a-f]{64}")


def mask(text: str) -> str:
    """`text` with the middle of every mobile telephone and identity-card number as `*`, at the same length.

    >>> mask("张三，137 5090 8558；0577-88960335；投资13750908558元")
    '张三，137 **** 8558；0577-88960335；投资13750908558元'
    """
    if not _MANY_DIGITS.search(text):
        return text
    plain = text.translate(_PLAIN)
    signs = list(text)
    for form in _FORMS:
        for match in form.finditer(plain):
            if form is _MOBILE_IN_OTHER_GROUPS and not _SAID.search(plain, max(0, match.start() - 16), match.start()):
                continue
            for place in _middle(plain, *match.span("number")):
                signs[place] = "*"
    return "".join(signs)


def _middle(plain: str, start: int, stop: int) -> list[int]:
    """The places of the signs of a number that are hidden: all but the first three and the last four."""
    places = [place for place in range(start, stop) if plain[place].isdigit() or plain[place] == "X"]
    return places[_HEAD:-_TAIL]


def masked(reading: Reading) -> Reading:
    """The reading with such numbers masked in every text, name and key; places stay valid, as lengths are the same."""
    document = reading.letter.document
    if not (_MANY_DIGITS.search(document.text) or _MANY_DIGITS.search(document.name)):
        return reading
    return rewrite(reading, _masked)


def _masked(part: object) -> object:
    return mask(part) if isinstance(part, str) and not _CHECKSUM.fullmatch(part) else part
