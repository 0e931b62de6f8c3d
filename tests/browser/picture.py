"""A screenshot as a small PNG file with a palette of 256 colours, as README.md shows it."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

PIXELS = """async (png) => {
  const image = new Image(); image.src = `data:image/png;base64,${png}`; await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  let text = ""; for (let i = 0; i < pixels.length; i += 8192) text += String.fromCharCode(...pixels.subarray(i, i + 8192));
  return [image.width, image.height, btoa(text)];
}"""


def small_png(page: Page) -> bytes:
    """What a page shows now, as a PNG file of 256 colours."""
    width, height, text = page.evaluate(PIXELS, base64.b64encode(page.screenshot()).decode())
    pixels = np.frombuffer(base64.b64decode(text), dtype=np.uint8).reshape(-1, 4)[:, :3]
    colours, which, counts = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    palette = _palette(colours, counts)
    nearest = np.array(
        [np.abs(palette - colour).sum(axis=1).argmin() for colour in colours.astype(int)], dtype=np.uint8
    )
    rows = nearest[which.reshape(-1)].reshape(height, width)
    lines = b"".join(b"\0" + row.tobytes() for row in rows)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _palette(colours: NDArray[np.uint8], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Up to 256 colours: of each small part of the colour space the most frequent one, of the most frequent parts."""
    order = np.argsort(-counts, kind="stable")
    parts, first, which = np.unique(colours[order] >> 4, axis=0, return_index=True, return_inverse=True)
    weights = np.bincount(which.reshape(-1), weights=counts[order], minlength=len(parts))
    return colours[order][first[np.argsort(-weights, kind="stable")[:256]]].astype(int)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
