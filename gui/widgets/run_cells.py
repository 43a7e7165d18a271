"""How cells of the run table are painted: tags as chips."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from gui import theme

_HIGH, _PAD, _GAP = 18, 7, 4
_SIDE = 8


class TagCells(QStyledItemDelegate):
    """Words that begin with # stand on soft grounds of their own."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        words = str(index.data() or "").split("#")[1:]
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        now, font = theme.current(), theme.font("caption", 500)
        measure = QFontMetricsF(font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        left, middle = float(option.rect.left() + _SIDE), option.rect.center().y() + 0.5
        for word in (word.strip() for word in words):
            wide = measure.horizontalAdvance(word) + 2 * _PAD
            if left + wide > option.rect.right():
                break
            ground = QRectF(left, middle - _HIGH / 2, wide, _HIGH)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.you_soft))
            painter.drawRoundedRect(ground, 5, 5)
            painter.setPen(QColor(now.you))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, word)
            left += wide + _GAP
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        words = str(index.data() or "").split("#")[1:]
        measure = QFontMetricsF(theme.font("caption", 500))
        wide = sum(measure.horizontalAdvance(word.strip()) + 2 * _PAD + _GAP for word in words)
        return QSize(max(70, round(wide) + 2 * _SIDE), 34)
