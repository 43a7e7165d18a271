"""Python source to read and copy: coloured by the theme, never changed."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections import defaultdict

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui import theme

INKS = {"keyword": "you", "string": "slide", "comment": "faint", "number": "net", "name": "info"}
_DEFINE = ("def", "class")


class CodeView(QPlainTextEdit):
    """Shows source in the mono font; tabs and the wheel belong to the reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._colours = _Colours(self.document())
        self._themed()

    def show_source(self, text: str) -> None:
        """Show this, from its first line."""
        self._colours.learn(text)
        self.setPlainText(text)

    def ink_at(self, line: int, column: int) -> str:
        """The colour of a letter, both counted from 0, as #rrggbb."""
        for one in self.document().findBlockByNumber(line).layout().formats():
            if one.start <= column < one.start + one.length:
                return str(one.format.foreground().color().name())
        return str(self.palette().text().color().name())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "_colours"):
            self._themed()

    def _themed(self) -> None:
        self.document().setDefaultFont(theme.font("small", mono=True))
        self._colours.rehighlight()


class _Colours(QSyntaxHighlighter):
    """Colours each line by what Python's own tokenizer finds in the whole text."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._marks: dict[int, list[tuple[int, int, str]]] = {}

    def learn(self, text: str) -> None:
        """Remember what stands where in `text`."""
        self._marks = marks(text)

    def highlightBlock(self, text: str) -> None:
        now = theme.current()
        for start, end, kind in self._marks.get(self.currentBlock().blockNumber(), ()):
            shape = QTextCharFormat()
            shape.setForeground(QColor(getattr(now, INKS[kind])))
            self.setFormat(start, min(end, len(text)) - start, shape)


def marks(text: str) -> dict[int, list[tuple[int, int, str]]]:
    """What to colour: line number to (from, to, kind of `INKS`); nothing for what is no Python."""
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = _kind(token, before)
            before = token.string
            if kind is None:
                continue
            (first, start), (last, end) = token.start, token.end
            for line in range(first, last + 1):
                found[line - 1].append((start if line == first else 0, end if line == last else 10_000, kind))
    except (tokenize.TokenError, IndentationError):
        return {}
    return dict(found)


def _kind(token: tokenize.TokenInfo, before: str) -> str | None:
    if token.type == tokenize.NAME:
        if keyword.iskeyword(token.string):
            return "keyword"
        return "name" if before in _DEFINE else None
    strings = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1)}  # f-strings are one token before Python 3.12
    if token.type in strings:
        return "string"
    return {tokenize.COMMENT: "comment", tokenize.NUMBER: "number"}.get(token.type)
