"""Theme and language of the whole window: what the settings say, and the system where they leave it open."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from engine.settings import Settings
from engine.text import Language
from gui import theme, words
from gui.context import Context


def theme_of(app: QApplication, settings: Settings) -> str:
    """The theme to wear: the chosen one, or the system's."""
    if settings.theme in ("light", "dark"):
        return settings.theme
    return "light" if app.styleHints().colorScheme() == Qt.ColorScheme.Light else "dark"


def language_of(settings: Settings) -> Language:
    """The language to speak: the chosen one, or the system's where we know it."""
    if settings.language == "ko" or (not settings.language and QLocale.system().language() == QLocale.Language.Korean):
        return "ko"
    return "en"


class Appearance(QObject):
    """Keeps the application dressed as the settings and the system say.

    Signals:
        changed: theme, size or language changed.
    """

    changed = Signal()

    def __init__(self, app: QApplication, context: Context, *, language: Language | None = None) -> None:
        super().__init__(context)
        self._app, self._context = app, context
        self._asked_language = language  # by --lang: for this start only
        app.styleHints().colorSchemeChanged.connect(self.follow)
        context.settings_changed.connect(self.follow)

    def follow(self) -> None:
        """Wear what the settings and the system say now."""
        settings = self._context.settings
        if (language := self._asked_language or language_of(settings)) != words.language():
            words.set_language(self._app, language)
        if (name := theme_of(self._app, settings)) != theme.current().name:
            theme.apply(self._app, name)
        self.changed.emit()

    def switch_theme(self) -> None:
        """From dark to light and back; the choice is kept."""
        self._context.change(theme="light" if theme.current().name == "dark" else "dark")

    def speak(self, language: str) -> None:
        """Another language; the choice is kept."""
        self._asked_language = None
        self._context.change(language=language)
        self.follow()

    def set_projector(self, on: bool) -> None:
        """Everything larger, for people far from the screen."""
        theme.apply(self._app, theme.current().name, scale=theme.LARGE_TYPE if on else 1.0)
        self.changed.emit()
