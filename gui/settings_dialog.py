"""What is kept between starts, and where things lie on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QWidget

from engine import places
from gui.context import Context
from gui.widgets.controls import IconButton, Segmented, button
from gui.widgets.dialog import Dialog
from gui.widgets.layout import column, label, row, rule

_THEMES = ("system", "light", "dark")
_LANGUAGES = ("", "en", "ko")


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file browser, or the nearest one that exists."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def choose_data_folder(parent: QWidget, context: Context) -> bool:
    """Ask for the folder of data sets and keep it; False when none was chosen."""
    words = QCoreApplication.translate("SettingsDialog", "Folder with data sets (MNIST lies in it or in mnist/)")
    chosen = QFileDialog.getExistingDirectory(parent, words, str(context.settings.data() or Path.home()))
    if chosen:
        context.change(data_folder=chosen)
    return bool(chosen)


class SettingsDialog(Dialog):
    """Language, theme, folders, device. Everything acts at once; there is nothing to confirm."""

    def __init__(self, parent: QWidget, context: Context, device: str, why: str) -> None:
        super().__init__(parent)
        self._context = context
        self._device, self._why = label(wrap=True), label("caption", wrap=True)
        self._device.setText(device)
        self._why.setText(why)
        self._language, self._theme = QComboBox(), Segmented(3, wide=True)
        self._language.addItems(["", "English", "한국어"])
        self._language.setCurrentIndex(_LANGUAGES.index(context.settings.language))
        self._theme.choose(_THEMES.index(context.settings.theme))
        self._language.activated.connect(lambda i: context.change(language=_LANGUAGES[i]))
        self._theme.chosen.connect(lambda i: context.change(theme=_THEMES[i]))
        self._names: dict[str, QLabel] = {}
        self._places: dict[str, QLabel] = {}
        self._openers: list[IconButton] = []
        self._choose = button("folder-open", size="compact")
        self._choose.clicked.connect(lambda: choose_data_folder(self, context))
        self._close = button(kind="primary")
        self._close.clicked.connect(self.accept)
        self._lay_out()
        context.settings_changed.connect(self._show_places)
        self.retranslate()

    def _lay_out(self) -> None:
        box = column(
            row(self._name("language"), None, self._language),
            row(self._name("theme"), None, self._theme),
            rule(),
            self._place("data", lambda: self._context.settings.data() or Path.home()),
            row(None, self._choose),
            self._place("runs", places.runs),
            self._place("cache", places.cache),
            self._place("log", places.log_folder),
            rule(),
            self._name("device"),
            self._device,
            self._why,
            None,
            row(None, self._close),
            gap=10,
            margins=(20, 18, 20, 18),
        )
        self.setLayout(box)
        self.setMinimumWidth(560)
        self._language.setMinimumWidth(200)
        self._theme.setMinimumWidth(280)

    def _name(self, key: str) -> QLabel:
        self._names[key] = label("strong")
        return self._names[key]

    def _place(self, key: str, folder: Callable[[], Path]) -> QWidget:
        self._places[key] = label("small", wrap=True)
        opener = IconButton("arrow-right", compact=True)
        opener.clicked.connect(lambda: open_folder(folder()))
        self._openers.append(opener)
        line = QWidget()
        line.setLayout(row((column(self._name(key), self._places[key], gap=2), 1), opener))
        return line

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        for key, words in (
            ("language", self.tr("Language")),
            ("theme", self.tr("Theme")),
            ("data", self.tr("Data sets")),
            ("runs", self.tr("Training runs")),
            ("cache", self.tr("What can be made again")),
            ("log", self.tr("Log folder")),
            ("device", self.tr("What computes here")),
        ):
            self._names[key].setText(words)
        self._language.setItemText(0, self.tr("As the system"))
        self._language.setAccessibleName(self.tr("Language"))
        self._theme.setTexts([self.tr("As the system"), self.tr("Light"), self.tr("Dark")])
        self._theme.setAccessibleName(self.tr("Theme"))
        for opener in self._openers:
            opener.set_tip(self.tr("Show the folder"))
        self._choose.setText(self.tr("Choose another folder"))
        self._close.setText(self.tr("Close"))
        self._show_places()

    def _show_places(self) -> None:
        data = self._context.settings.data()
        self._places["data"].setText(str(data) if data else self.tr("None chosen; the 5,000 bundled digits need none."))
        self._places["runs"].setText(str(places.runs()))
        self._places["cache"].setText(str(places.cache()))
        self._places["log"].setText(str(places.log_folder()))
