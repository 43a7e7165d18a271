"""The pad gives ink for what a hand draws."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.widgets.draw_pad import INK, DrawPad


def make(qtbot: QtBot) -> tuple[DrawPad, list[np.ndarray]]:
    pad, inks = DrawPad(), []
    qtbot.addWidget(pad)
    pad.resize(280, 280)
    pad.drawn.connect(inks.append)
    pad.show()
    return pad, inks


def drag(pad: DrawPad, *points: tuple[int, int]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for x, y in points[1:]:
        QTest.mouseMove(pad, QPoint(x, y))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def test_a_stroke_of_the_mouse_becomes_ink_where_it_went(qtbot: QtBot) -> None:
    pad, inks = make(qtbot)
    drag(pad, (60, 140), (140, 140), (220, 140))
    ink = inks[-1]
    assert ink.shape == (INK, INK)
    assert ink.dtype == np.uint8
    assert ink[140, 60:220].min() == 255
    assert ink[:100].max() == 0
    assert 20 <= int((ink[:, 140] > 127).sum()) <= 24  # the pen is 22 wide


def test_ink_comes_with_every_move_and_at_the_end(qtbot: QtBot) -> None:
    pad, inks = make(qtbot)
    drag(pad, (60, 60), (120, 60), (180, 60))
    assert len(inks) == 4
    assert [int(i.sum()) for i in inks[:3]] == sorted(int(i.sum()) for i in inks[:3])


def test_a_touch_leaves_a_dot(qtbot: QtBot) -> None:
    pad, inks = make(qtbot)
    drag(pad, (140, 140))
    assert 300 < int((inks[-1] > 127).sum()) < 460  # a disc of 22 across


def test_drawing_outside_stays_inside(qtbot: QtBot) -> None:
    pad, inks = make(qtbot)
    drag(pad, (140, 140), (900, 140))
    assert pad.strokes()[0][-1] == (1.0, 140 / 280)
    assert inks[-1][140, -1] == 255


def test_delete_clears_it(qtbot: QtBot) -> None:
    pad, _ = make(qtbot)
    pad.draw([[(0.2, 0.2), (0.8, 0.8)]])
    assert not pad.empty
    with qtbot.waitSignal(pad.cleared):
        QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.empty
    assert pad.ink().max() == 0


def test_earlier_ink_is_never_written_again(qtbot: QtBot) -> None:
    pad, inks = make(qtbot)
    pad.draw([[(0.2, 0.2), (0.8, 0.2)]])
    kept = inks[-1].copy()
    pad.draw([[(0.2, 0.8), (0.8, 0.8)]])
    assert (inks[0] == kept).all()


def test_the_drawing_keeps_its_place_when_the_pad_grows(qtbot: QtBot) -> None:
    pad, _ = make(qtbot)
    pad.draw([[(0.5, 0.1), (0.5, 0.9)]])
    before = pad.ink()
    pad.resize(500, 500)
    image = pad.grab().toImage()
    from gui import theme

    assert image.pixelColor(image.width() // 2, image.height() // 3).name() == theme.current().you.lower()
    assert (pad.ink() == before).all()


def test_the_pad_has_a_name_for_a_screen_reader(qtbot: QtBot) -> None:
    pad, _ = make(qtbot)
    assert pad.accessibleName()
