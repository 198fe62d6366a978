"""Every key of the county file is documented and shown in the example."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from lbt_audit.config.example import example
from lbt_audit.config.schema import CountyFile

_DOCUMENT = Path(__file__).parents[2] / "docs" / "county-file.md"


def models(kind: object) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for part in get_args(kind):
        yield from models(part)


KEYS = sorted({key for model in models(CountyFile) for key in model.model_fields})


def test_every_key_is_described() -> None:
    for model in models(CountyFile):
        for key, field in model.model_fields.items():
            assert " / " in (field.description or ""), (
                f"{model.__name__}.{key} lacks a description in both languages"
            )


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_documented(key: str) -> None:
    assert key in _DOCUMENT.read_text(encoding="utf-8")
    for text in (example("zh"), example("en")):
        assert key in text
