"""The picture with its marks, its painted regions and what a hand is about to do, painted in one widget."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from engine.data import shapes
from engine.data.edits import Marks
from engine.data.photoset import PhotoSet
from engine.data.shapes import Region
from gui import theme
from gui.widgets import annotate_paint as paint
from gui.widgets.annotate_desk import Desk
from gui.widgets.annotate_sheet import Sheet
from gui.widgets.annotate_tools import BoxTool, BrushTool, PolygonTool, SelectTool, Tool
from gui.widgets.photo_marks import class_colour

TOOLS = ("select", "box", "polygon", "brush", "erase")


class Board(Sheet):
    """What is shown of one picture; `Canvas` adds the hands."""

    def __init__(self) -> None:
        super().__init__()
        self._tools: dict[str, Tool] = {
            "select": SelectTool(),
            "box": BoxTool(),
            "polygon": PolygonTool(),
            "brush": BrushTool(erases=False),
            "erase": BrushTool(erases=True),
        }
        self._tool = "select"
        self._marks = Marks((0, 0))
        self._names: tuple[str, ...] = ()
        self._photos: PhotoSet | None = None
        self._selected = self._label = -1
        self._brush, self._fills = 12, False
        self._cross: shapes.Point | None = None
        self._by_keys = False  # the cross is where arrows put it, not the pointer
        self._hand_hidden = self._locked = False
        self._overlay = paint.Overlay()

    # What is shown

    def show_classes(self, photos: PhotoSet, names: tuple[str, ...]) -> None:
        """The classes by name, as many as there are by now, in the colours of the set."""
        before = self._overlay.table
        self._photos, self._names = photos, names
        self._overlay.set_classes(photos, len(names))
        known = before.any(axis=1)  # a class that was added has no pixel yet
        if not np.array_equal(before[known], self._overlay.table[known]):
            self._overlay.show_mask(self._marks.mask)
        self.update()

    @property
    def tints(self) -> np.ndarray:
        """(256, 2) uint32 pixels of each class, for `engine.data.tint`."""
        return self._overlay.table

    def _name(self, label: int) -> str:
        return self._names[label] if 0 <= label < len(self._names) else "?"

    def _colour(self, label: int) -> QColor:
        return class_colour(max(label, 0), self._photos)

    def show_marks(
        self,
        marks: Marks,
        *,
        selected: int | None = None,
        region: Region | None = None,
        tint: np.ndarray | None = None,
    ) -> None:
        """The marks of the picture in view.

        selected: which object is chosen; None: the same as before. region: the only part of the mask that changed.
        tint: the mask as `tinted` pixels, if they are known.
        """
        before, self._marks = self._marks, marks
        if selected is not None:
            self._selected = selected
        if self._selected >= len(marks.objects):
            self._selected = -1
        if region is not None and marks.mask is not None:
            self._overlay.refresh(marks.mask, region)
        elif marks.mask is not before.mask:
            self._overlay.show_mask(marks.mask, tint)
        self.update()

    @property
    def marks(self) -> Marks:
        """What is marked in the picture in view."""
        return self._marks

    @property
    def selected(self) -> int:
        """Position of the chosen object, −1 = none."""
        return self._selected

    def select(self, index: int) -> None:
        """Choose an object without telling anybody; its middle comes into view."""
        self._selected = index if 0 <= index < len(self._marks.objects) else -1
        if self._selected >= 0:
            x1, y1, x2, y2 = self._marks.objects[self._selected].box
            self.show_point((x1 + x2) / 2, (y1 + y2) / 2)
        self.update()

    @property
    def tool(self) -> str:
        """One of `TOOLS`."""
        return self._tool

    @property
    def hand(self) -> Tool:
        """The tool in use."""
        return self._tools[self._tool]

    def use_class(self, label: int) -> None:
        """The class of what comes next."""
        self._label = label

    def use_width(self, width: int) -> None:
        """The brush, in pixels of the picture."""
        self._brush = width
        self.update()

    def set_fills(self, fills: bool) -> None:
        """Outlines fill the mask instead of making objects."""
        self._fills = fills

    def desk(self) -> Desk:
        """What a tool works on now."""
        return Desk(
            marks=self._marks,
            selected=self._selected,
            label=self._label if self._label < len(self._names) else -1,
            width=self._brush,
            reach=paint.HANDLE / self.scale,
            fills=self._fills,
        )

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        self.paint_picture(p)
        if self.picture_size[0]:
            if not self._overlay.image.isNull():
                p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
                p.drawImage(self.target(), self._overlay.image)
            p.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_objects(p)
            self._paint_hand(p)
        if self.hasFocus():
            p.setPen(QPen(QColor(theme.current().you), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_objects(self, p: QPainter) -> None:
        tool = self.hand
        shown = list(self._marks.objects)
        if tool.preview is not None and 0 <= tool.hides < len(shown):
            shown[tool.hides] = tool.preview
        elif tool.preview is not None:
            shown.append(tool.preview)
        for i, mark in enumerate(shown):
            colour = self._colour(mark.label)
            paint.paint_mark(p, self, mark, colour, chosen=i == self._selected)
        tags = [(mark, self._name(mark.label), self._colour(mark.label)) for mark in shown]
        paint.paint_tags(p, self, tags, self._selected)
        if 0 <= self._selected < len(shown):
            paint.paint_handles(p, self, shown[self._selected])

    def _paint_hand(self, p: QPainter) -> None:
        """The outline that is not closed yet, the rim of the brush, the cross."""
        tool = self.hand
        if tool.ring:
            ring = [*tool.ring, *([self._cross] if self._cross else [])]
            p.setPen(QPen(self._colour(self._label), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawPolyline(paint.polygon(self, ring))
            p.setBrush(QColor(theme.Theme("dark").you))
            p.setPen(QPen(QColor(theme.Theme("dark").ink), 1))
            for x, y in tool.ring:
                p.drawEllipse(self.to_widget(x, y), paint.HANDLE / 2, paint.HANDLE / 2)
        if self._cross is None or self._hand_hidden or self._locked:
            return
        if self._tool in ("brush", "erase"):
            paint.paint_brush(p, self, self._cross, self._brush)
        elif self._tool != "select" or self._by_keys:
            paint.paint_cross(p, self, self._cross)
