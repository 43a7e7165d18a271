"""Charts as a drawing that stays sharp at any size: SVG of a widget as it stands."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget


def as_svg(widget: QWidget, title: str) -> bytes:
    """`widget` as SVG. Curves and words are shapes and text; the field of faded runs is a picture in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(QSize(widget.width(), widget.height()))
    drawing.setViewBox(widget.rect())
    drawing.setResolution(96)  # logical pixels are what the layout was made in
    drawing.setTitle(title)
    painter = QPainter(drawing)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return bytes(buffer.data().data())
