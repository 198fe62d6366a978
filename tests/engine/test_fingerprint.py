"""Identities: stable, salted, unique."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.engine.identity import fingerprint as fp


def test_salt_changes_every_hash() -> None:
    texts = ["529901201503120010", "杨晓峰|2015-03-12"]
    assert not set(fp.hash_texts(texts, "a")) & set(fp.hash_texts(texts, "b"))
    assert fp.hash_texts(texts, "a").tolist() == fp.hash_texts(texts, "a").tolist()


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60))
def test_equal_fingerprints_are_told_apart_by_order(labels: list[int]) -> None:
    values = fp.mix(np.array(labels, np.uint64))
    numbered = fp.numbered(values)
    assert len(set(numbered.tolist())) == len(labels)
    first = [labels.index(x) for x in labels]
    for i, at in enumerate(first):
        if at == i:
            assert numbered[i] == values[i]


@given(st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_hexadecimal_is_sixteen_digits(values: list[int]) -> None:
    texts = fp.hexadecimal(np.array(values, np.uint64))
    assert [int(t, 16) for t in texts] == values
    assert all(len(t) == 16 for t in texts)
