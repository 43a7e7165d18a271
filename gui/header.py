"""The head of the window: mark, tabs, find, models, language, theme, help, settings."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QTabBar, QWidget

from gui import theme, words
from gui.pages.page import Page
from gui.widgets.controls import LOOK_CHANGED, IconButton, Segmented
from gui.widgets.layout import label, row
from gui.widgets.logo import Logo

LANGUAGES = ("en", "ko")


class Header(QWidget):
    """One row of 52 px; what it offers works.

    Signals:
        page_chosen: (int) a tab was chosen.
        language_chosen: (str) "en" or "ko".
        find_asked, models_asked, theme_asked, help_asked, settings_asked: the button was pressed.
    """

    page_chosen = Signal(int)
    language_chosen = Signal(str)
    find_asked = Signal()
    models_asked = Signal()
    theme_asked = Signal()
    help_asked = Signal()
    settings_asked = Signal()

    def __init__(self, pages: tuple[type[Page], ...]) -> None:
        super().__init__()
        self._pages = pages
        self.setFixedHeight(theme.TOKENS["control"]["header"])
        self._name = label("lead")
        self._name.setText("Convoscope")
        self.tabs = self._make_tabs()
        self._language = Segmented(2)
        self._language.setTexts(["EN", "한국어"])
        self._language.chosen.connect(lambda i: self.language_chosen.emit(LANGUAGES[i]))
        self._find, self._theme = IconButton("magnifying-glass"), IconButton("sun")
        self.help_button, self._settings = IconButton("question"), IconButton("gear")
        self.models_button = IconButton("stack")
        for part, asked in (
            (self._find, self.find_asked),
            (self.models_button, self.models_asked),
            (self._theme, self.theme_asked),
            (self.help_button, self.help_asked),
            (self._settings, self.settings_asked),
        ):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # F1 by the mouse is about what had the focus
            part.clicked.connect(asked)
        end = (self._find, self._language, self._theme, self.models_button, self.help_button, self._settings)
        self.setLayout(row(Logo(), self._name, 14, self.tabs, None, *end, gap=8, margins=(16, 0, 12, 0)))
        self.retranslate()

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        tabs.setIconSize(QSize(18, 18))
        tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # else it takes the first focus
        for page in self._pages:
            tabs.addTab(page.title())
        tabs.currentChanged.connect(self.page_chosen)
        tabs.currentChanged.connect(self._name_tabs)
        tabs.currentChanged.connect(self._tint)
        return tabs

    def retranslate(self) -> None:
        self._name_tabs()
        self.tabs.setAccessibleName(self.tr("Tabs"))
        self._language.choose(LANGUAGES.index(words.language()))
        self._language.setAccessibleName(self.tr("Language"))
        self._find.set_tip(self.tr("Find anything (Ctrl+K)"))
        self.models_button.set_tip(self.tr("Models: what is here, what can be downloaded"))
        self.help_button.set_tip(self.tr("What is this? (F1)"))
        self._settings.set_tip(self.tr("Settings"))
        self._tint()

    def _tint(self, _index: int = 0) -> None:
        now = theme.current()
        for i, page in enumerate(self._pages):
            colour = now.net if i == self.tabs.currentIndex() else now.dim
            self.tabs.setTabIcon(i, theme.icon(page.icon, colour, size=18))
        dark = now.name == "dark"
        self._theme.show_icon("sun" if dark else "moon")
        self._theme.set_tip(self.tr("Light theme") if dark else self.tr("Dark theme"))

    def _name_tabs(self, _index: int = 0) -> None:
        """Every tab by its name; where the row is too narrow for that, the others than the one in front by icon."""
        for i, page in enumerate(self._pages):
            self.tabs.setTabText(i, page.title())
            self.tabs.setTabToolTip(i, f"{page.title()} (Ctrl+{i + 1})")
            self.tabs.setAccessibleTabName(i, page.title())
        layout = self.layout()
        if layout is not None and self.isVisible() and layout.sizeHint().width() > self.width():
            for i in range(len(self._pages)):
                if i != self.tabs.currentIndex():
                    self.tabs.setTabText(i, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_tabs()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._name_tabs()

    def room_changed(self, small: bool) -> None:
        """The mark without its name in a small window."""
        self._name.setVisible(not small)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in LOOK_CHANGED:
            self._tint()
