"""Guardians written down as the village calls them: 奶奶, 张老奶, 石氏. No name, at best a surname."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_RANK: Final = "[大二三四五六七八九幺满小老]"
_KIN: Final = (
    "(?:外?曾?祖父母|外?曾?祖[父母]|爷爷奶奶|爷爷|奶奶|外公外婆|外[公婆爷奶]|姥[姥爷]|老?公公|老?婆婆|[家嘎阿][公婆爷奶]|"
    "太[公婆太爷奶]|老[者人汉太]|老[公婆]婆?|老大[爷娘]|伯[伯父母娘]|叔[叔父]|婶[婶娘子]|姑[姑妈父爹婆娘]|舅[舅妈父母公婆]|"
    "姨[妈父娘婆爹]|父母|父亲|母亲|爸爸?|妈妈?|哥哥|姐姐|嫂嫂|嫂子)"
)
_CALLED: Final = (
    rf"^(?P<surname>\p{{Han}}{{1,2}}?)??家?(?:{_RANK}?{_KIN}|{_RANK}?[爷奶婆]|{_RANK}[叔伯婶舅姑姨妈爹娘]|(?:大爷|大娘|大妈))$"
    r"|^(?P<born>\p{Han}{1,2})氏$|^老(?P<old>\p{Han})$"
)


def surname_points(surnames: pa.Array) -> np.ndarray:
    """Code points (int32) of one-character texts; -1 for "", 0 for null."""
    encoded = pc.dictionary_encode(surnames)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    points = [ord(text) if text else -1 for text in encoded.dictionary.to_pylist()]
    index = pc.fill_null(encoded.indices, len(points)).to_numpy(zero_copy_only=False)
    result: np.ndarray = np.array([*points, 0], np.int32)[index]
    return result


def called(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """(the names without those that are none, null instead; the surname of one character such a one gives, ""
    where it gives none, null beside a name), both as long as ``texts``."""
    encoded = pc.dictionary_encode(texts)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    distinct = pc.replace_substring_regex(encoded.dictionary, r"[\s\x{3000}（）()]+", "")
    found = pc.extract_regex(distinct, _CALLED)
    hit = pc.is_valid(found)
    if not pc.any(hit).as_py():
        return texts, pa.nulls(len(texts), pa.string())
    parts = [pc.fill_null(pc.struct_field(found, part), "") for part in ("surname", "born", "old")]
    surname = pc.binary_join_element_wise(*parts, "")
    # 张王氏 was born 王 and married 张; 小明妈 says nothing of either.
    surname = pc.if_else(pc.equal(pc.utf8_length(surname), 1), surname, "")
    names = pc.if_else(hit, pa.scalar(None, pa.string()), encoded.dictionary)
    indices = encoded.indices
    return names.take(indices), pc.if_else(hit, surname, pa.scalar(None, pa.string())).take(indices)
