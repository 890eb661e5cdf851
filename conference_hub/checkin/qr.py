"""Badge tokens as QR codes: SVG paths, error correction M, which makes version 2 of 26 characters."""

from __future__ import annotations

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004 asks for four)."""


def badge_svg(token: str) -> str:
    """Return an `<svg>` element that shows `token`; it scales to the size that its frame gives it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE, image_factory=SvgPathImage)
    code.add_data(token)
    code.make(fit=True)
    return code.make_image().to_string(encoding="unicode")
