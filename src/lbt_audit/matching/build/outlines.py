"""Builds ``data/outlines.tsv``: every character's outline as numbers (a developer's tool, never run by users).

An outline is what character recognition goes by: the glyph is drawn, the direction of its edges is counted in
eight directions and 6 × 6 fields, and of these 288 numbers the 48 combinations that differ most between
characters are kept, the more common ones weighed down by the root of their spread. The cosine of two such
vectors says how alike two glyphs are; no glyph can be drawn from them.

Needs Pillow and a font file. Droid Sans Fallback is under the Apache licence (Debian: fonts-droid-fallback).
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import numpy as np

from lbt_audit.matching.characters.script import OUTLINE_ZERO

SIZE: Final = 48  # numbers kept per character
_PIXELS: Final = 48
_EM: Final = 44
_ASCENT: Final = 38.5  # of the em above the base line
_DIRECTIONS: Final = 8
_FIELDS: Final = 6
_STEP: Final = 10  # levels per standard deviation
_MOST: Final = 31  # levels either side of zero
_BATCH: Final = 1000


def outline_letters(chars: list[str], font: Path) -> dict[str, str]:
    """Character → ``SIZE`` letters, one per number, ``OUTLINE_ZERO`` standing for 0; only those in the font."""
    drawn = _Pen(font)
    glyphs = {c: g for c in chars if (g := drawn.glyph(c)) is not None}
    known = list(glyphs)
    parts = [
        _edges(np.stack([glyphs[c] for c in known[start : start + _BATCH]]))
        for start in range(0, len(known), _BATCH)
    ]
    edges = np.concatenate(parts)
    # What is common is learned from the characters of everyday use; rare ones repeat rare radicals.
    usual = [i for i, c in enumerate(known) if len(c.encode("gb2312", "ignore")) == 2]
    edges -= edges[usual].mean(axis=0)
    _, spread, axes = np.linalg.svd(edges[usual], full_matrices=False)
    vectors = edges @ axes[:SIZE].T / np.sqrt(spread[:SIZE] / np.sqrt(len(usual)))
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    levels = np.clip(np.round(vectors * np.sqrt(SIZE) * _STEP), -_MOST, _MOST).astype(int)
    return {
        c: "".join(chr(OUTLINE_ZERO + v) for v in row) for c, row in zip(known, levels.tolist(), strict=True)
    }


class _Pen:
    """Draws characters of a font in white on black."""

    def __init__(self, font: Path) -> None:
        self._image: Any = importlib.import_module("PIL.Image")
        self._draw: Any = importlib.import_module("PIL.ImageDraw")
        fonts: Any = importlib.import_module("PIL.ImageFont")
        self._font = fonts.truetype(str(font), _EM)
        self._lacking = self._raw("\uffff").tobytes()

    def _raw(self, char: str) -> np.ndarray:
        image = self._image.new("L", (_PIXELS, _PIXELS), 0)
        edge = (_PIXELS - _EM) // 2
        self._draw.Draw(image).text((edge, edge + _ASCENT), char, font=self._font, fill=255, anchor="ls")
        return np.asarray(image, np.float32) / 255

    def glyph(self, char: str) -> np.ndarray | None:
        """The glyph in grey (0 to 1), or None if the font lacks it."""
        found = self._raw(char)
        return None if not found.any() or found.tobytes() == self._lacking else found


def _edges(glyphs: np.ndarray) -> np.ndarray:
    """How much edge of each direction there is in each field (float32, one row per glyph)."""
    smooth = _blur(glyphs)
    up, across = np.gradient(smooth, axis=1), np.gradient(smooth, axis=2)
    strength = np.hypot(up, across)
    turn = np.arctan2(up, across) % (2 * np.pi) / (2 * np.pi) * _DIRECTIONS
    below, rest = np.floor(turn).astype(int) % _DIRECTIONS, turn - np.floor(turn)
    wide = _PIXELS / _FIELDS
    centres = (np.arange(_FIELDS) + 0.5) * wide - 0.5
    window = np.exp(-((np.arange(_PIXELS)[:, None] - centres) ** 2) / (2 * (0.7 * wide) ** 2))
    window /= window.sum(axis=0)
    found = np.zeros((len(glyphs), _DIRECTIONS, _FIELDS, _FIELDS), np.float32)
    for d in range(_DIRECTIONS):  # an edge between two directions counts for both, the nearer one more
        share = np.where(below == d, 1 - rest, 0) + np.where((below + 1) % _DIRECTIONS == d, rest, 0)
        found[:, d] = np.einsum("nyx,yi,xj->nij", strength * share, window, window, optimize=True)
    return np.sqrt(found.reshape(len(glyphs), -1))


def _blur(glyphs: np.ndarray) -> np.ndarray:
    """The glyphs softened by a bell of one pixel."""
    bell = np.exp(-(np.arange(-4, 5) ** 2) / 2)
    bell /= bell.sum()
    for axis in (1, 2):
        padded = np.pad(glyphs, [(4, 4) if a == axis else (0, 0) for a in range(3)])
        glyphs = np.sum(
            [w * np.take(padded, np.arange(k, k + _PIXELS), axis=axis) for k, w in enumerate(bell)], axis=0
        )
    return glyphs
