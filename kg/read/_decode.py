"""Bytes to text: UTF-8 with or without a byte order mark, else GB18030 (which holds GBK and GB2312)."""

from __future__ import annotations

import re
import unicodedata

from kg.errors import InputError

_SAVE = "save it as a text file in UTF-8"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b\x1c-\x1f]")
_CHINESE = re.compile("[\u2e80-\u9fff]")
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a packed file (.docx, .xlsx, .zip ...)",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls, .wps)",
    b"{\\rtf": "a rich text file",
}
_MOSTLY = 0.1
"""A file of which at most this share of the signs beyond ASCII is broken is a damaged UTF-8 file, and no GB18030."""


def decode(data: bytes) -> str:
    """The text of the bytes of a text file.

    Raises InputError, with the byte offset where there is one, for what is empty, binary or in neither encoding.

    >>> decode("提案".encode("gb18030")), decode("提案".encode("utf-8-sig"))
    ('提案', '提案')
    """
    _refuse_binary(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _gb18030(data, error)
    return text if text.isascii() or _CHINESE.search(text) else _rather_gb18030(data, text)


def _refuse_binary(data: bytes) -> None:
    if not data:
        raise InputError("the file is empty", remedy="put the text of a letter in it")
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"the file is {what}, not text", remedy=_SAVE)
    if data.startswith(_UTF16):
        raise InputError("the file is in UTF-16", remedy=_SAVE)
    if match := _CONTROL.search(data):
        raise InputError(f"the file is binary (byte 0x{match.group()[0]:02X} at offset {match.start()})", remedy=_SAVE)


def _gb18030(data: bytes, error: UnicodeDecodeError) -> str:
    if _damaged_utf8(data):
        raise _undecodable("UTF-8", error) from error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as other:
        raise _undecodable("UTF-8 or GB18030", other) from other
    if not _readable(text):
        raise _undecodable("UTF-8 or GB18030", error) from error
    return text


def _rather_gb18030(data: bytes, text: str) -> str:
    """Short GB texts may be good UTF-8 by chance; what is mostly Chinese only as GB18030 is that."""
    try:
        other = data.decode("gb18030")
    except UnicodeDecodeError:
        return text
    return other if 2 * len(_CHINESE.findall(other)) > len("".join(other.split())) else text


def _damaged_utf8(data: bytes) -> bool:
    """Whether nearly all signs beyond ASCII are good UTF-8."""
    text = data.decode("utf-8", errors="replace")
    beyond = sum(sign > "\x7f" for sign in text)
    return text.count("\ufffd") <= max(beyond * _MOSTLY, 0)


def _readable(text: str) -> bool:
    """Whether the text is made of signs that Chinese documents use: few that are private or not assigned."""
    strange = sum(
        unicodedata.category(sign) in ("Co", "Cn", "Cc") and sign not in "\n\r\t\x0b\x0c\x1a" for sign in text
    )
    return strange * 20 <= len(text)


def _undecodable(encoding: str, error: UnicodeDecodeError) -> InputError:
    return InputError(
        f"the file is no {encoding} text (byte 0x{error.object[error.start]:02X} at offset {error.start})", remedy=_SAVE
    )
