"""Watches for the defect that bounds PySide6 below 6.12 on Python 3.11."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


def test_two_hundred_repaints_of_a_chart_do_not_abort_the_process(qapp: QApplication, qtbot: QtBot) -> None:
    plot = pg.PlotWidget()
    qtbot.addWidget(plot)
    curve = plot.plot()
    plot.show()
    for number in range(200):  # 6.12.0 died after about 60 ("none_dealloc")
        curve.setData(np.arange(number + 2), np.arange(number + 2) ** 0.5)
        plot.viewport().repaint()
    assert len(curve.getData()[0]) == 201
