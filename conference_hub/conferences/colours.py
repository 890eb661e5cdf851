"""Whether white text can be read on a conference's accent colour (WCAG 2.2, relative luminance and contrast ratio)."""

from __future__ import annotations

READABLE = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""
_DARK, _LINEAR, _OFFSET, _GAMMA = 0.04045, 12.92, 0.055, 2.4
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_FLARE = 0.05


def contrast_with_white(accent: str) -> float:
    """Return the contrast of white with a colour `#rrggbb`, from 1 to 21."""
    channels = (int(accent[start : start + 2], 16) / 255 for start in (1, 3, 5))
    luminance = sum(weight * _linear(value) for weight, value in zip(_WEIGHTS, channels, strict=True))
    return (1 + _FLARE) / (luminance + _FLARE)


def _linear(value: float) -> float:
    return value / _LINEAR if value <= _DARK else float(((value + _OFFSET) / (1 + _OFFSET)) ** _GAMMA)
