"""Which language a person reads, and switching it while the window is open."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication

from engine.text import Language, Text
from gui import theme
from resources import path

_language: Language = "en"
_translator: QTranslator | None = None


def language() -> Language:
    """The language in force: "en" or "ko"."""
    return _language


def say(text: Text) -> str:
    """An engine sentence in the language in force."""
    return text.render(_language)


def set_language(app: QApplication, to: Language) -> None:
    """Speak another language; every widget gets a LanguageChange event and says its words again."""
    global _language, _translator
    _language = to
    if _translator:
        app.removeTranslator(_translator)
        _translator = None
    if to == "ko":
        _translator = QTranslator(app)
        if _translator.load(str(path("i18n", "convoscope_ko.qm"))):
            app.installTranslator(_translator)
    theme.remember_hangul(to == "ko")
    if app.styleSheet():  # dressed already: captions change their size
        theme.apply(app, theme.current().name)
    with theme.nothing_collected():  # Qt walks through all widgets, those that are garbage among them
        QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))  # Qt merges it with the translator's own
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)  # now, not when it is not watched
