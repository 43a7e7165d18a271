"""Beside the picture to annotate: the classes, the objects in it, its own class, its sentences."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QSizePolicy

from engine.data.edits import Mark, Marks
from engine.data.photoset import PhotoSet
from engine.text import Text
from gui.widgets.annotate_lists import MarkList, Row
from gui.widgets.basics import column, label, role
from gui.widgets.photo_marks import class_colour
from gui.widgets.retold import Retold
from gui.widgets.room import is_small
from gui.words import say

WIDTH, NARROW = 208, 176


class Sentences(QPlainTextEdit):
    """One sentence a line.

    Signals:
        written: (tuple of str) they were changed, and the hand is done here.
    """

    written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self.setTabChangesFocus(True)
        self.setMinimumHeight(84)

    def show_sentences(self, sentences: tuple[str, ...]) -> None:
        """Show these, without telling anybody."""
        if sentences != self._shown:
            self._shown = sentences
            self.setPlainText("\n".join(sentences))

    def tell(self) -> None:
        """Say it if something else is written now."""
        now = tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())
        if now != self._shown:
            self._shown = now
            self.written.emit(now)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.tell()


class Side(Retold, QFrame):
    """What there is to choose from, and what is marked already.

    Signals:
        class_chosen: (int). class_added: (str) a new name. object_chosen: (int). object_taken: (int) to be removed.
        picture_class_chosen: (int) −1 = none. captions_written: (tuple of str).
    """

    class_chosen = Signal(int)
    class_added = Signal(str)
    object_chosen = Signal(int)
    object_taken = Signal(int)
    picture_class_chosen = Signal(int)
    captions_written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        role(self, "plain")
        self._photos: PhotoSet | None = None
        self._classes: tuple[Text, ...] = ()
        self._marks = Marks((0, 0))
        self._found: list[int] = []
        self._chosen = self._object = -1
        self._titles = {name: label("section") for name in ("classes", "objects", "picture", "captions")}
        self.field, self.classes, self.objects = QLineEdit(), MarkList(), MarkList()
        self._none = label("caption", wrap=True)
        self.picture_class, self.captions = QComboBox(), Sentences()
        self.picture_class.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._connect()
        self.setFixedWidth(NARROW)
        self.retranslate()

    def _lay_out(self) -> None:
        t = self._titles
        self.setLayout(
            column(
                t["classes"],
                self.field,
                (self.classes, 3),
                4,
                t["objects"],
                self._none,
                (self.objects, 2),
                None,
                t["picture"],
                self.picture_class,
                t["captions"],
                self.captions,
                gap=6,
            )
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._fill_classes)
        self.field.returnPressed.connect(self._entered)
        self.classes.picked.connect(lambda row: self.class_chosen.emit(self._found[row]))
        self.objects.picked.connect(self.object_chosen)
        self.objects.taken_away.connect(self.object_taken)
        self.picture_class.activated.connect(lambda i: self.picture_class_chosen.emit(i - 1))
        self.captions.written.connect(self.captions_written)

    def retranslate(self) -> None:
        self._titles["classes"].setText(self.tr("Classes"))
        self._titles["picture"].setText(self.tr("Class of the picture"))
        self._titles["captions"].setText(self.tr("Sentences, one a line"))
        self.field.setPlaceholderText(self.tr("Find or add a class"))
        self.field.setAccessibleName(self.tr("Find or add a class"))
        self.field.setToolTip(self.tr("Enter chooses the class with this name, or adds it."))
        self.classes.setAccessibleName(self.tr("Classes; keys 1 to 9 choose"))
        self.objects.setAccessibleName(self.tr("Objects in this picture; Delete removes one"))
        self.picture_class.setAccessibleName(self.tr("Class of the picture"))
        self.captions.setAccessibleName(self.tr("Sentences, one a line"))
        self._none.setText(self.tr("Nothing is marked here yet."))
        self._fill_picture_classes()
        self._fill_classes()
        self._fill_objects()

    def room_changed(self, small: bool) -> None:
        """Narrower in a small window."""
        self.setFixedWidth(NARROW if small else WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.room_changed(is_small(self))

    # What is shown

    def show_set(self, photos: PhotoSet, classes: tuple[Text, ...]) -> None:
        """The set and its classes by now."""
        self._photos, self._classes = photos, classes
        only_pictures = photos.objects is None and photos.masks is None and photos.captions is None
        for name, shown in (
            ("picture", photos.labels is not None or only_pictures),
            ("captions", photos.captions is not None),
        ):
            self._titles[name].setVisible(shown)
            (self.picture_class if name == "picture" else self.captions).setVisible(shown)
        self._fill_picture_classes()
        self._fill_classes()
        self._fill_objects()

    def show_marks(self, marks: Marks, chosen: int) -> None:
        """What is marked in the picture, and which object is chosen."""
        self._marks, self._object = marks, chosen
        self.picture_class.setCurrentIndex(marks.label + 1)
        self.captions.show_sentences(marks.captions)
        self._fill_objects()
        self._fill_classes()

    def show_class(self, index: int) -> None:
        """The class of what comes next."""
        self._chosen = index
        self._fill_classes()

    def show_object(self, index: int) -> None:
        """The chosen object, −1 = none."""
        self._object = index
        self.objects.choose(index)

    # Filling

    def _fill_classes(self) -> None:
        wanted = self.field.text().strip().casefold()
        names = [say(text) for text in self._classes]
        self._found = [i for i, name in enumerate(names) if wanted in name.casefold()]
        notes = _notes(self._marks, len(names))
        rows = [Row(self._colour(i), names[i], notes[i], str(i + 1) if i < 9 else " ") for i in self._found]
        self.classes.show_rows(rows, self._found.index(self._chosen) if self._chosen in self._found else -1)
        self.classes.setMaximumHeight(self.classes.sizeHint().height())  # the rest of the room is for the objects

    def _fill_objects(self) -> None:
        marks = self._marks.objects
        self._titles["objects"].setText(self.tr("Objects ({n})").format(n=len(marks)))
        names = [say(text) for text in self._classes]
        rows = [
            Row(self._colour(mark.label), names[mark.label] if mark.label < len(names) else "?", _size(mark))
            for mark in marks
        ]
        self.objects.show_rows(rows, self._object)
        painted = self._marks.mask is not None and not marks
        self._titles["objects"].setVisible(not painted)
        self._none.setVisible(not marks and not painted)
        self.objects.setVisible(bool(marks))

    def _fill_picture_classes(self) -> None:
        self.picture_class.clear()
        self.picture_class.addItems([self.tr("none"), *(say(text) for text in self._classes)])
        self.picture_class.setCurrentIndex(self._marks.label + 1)

    def _colour(self, index: int) -> QColor:
        return class_colour(index, self._photos)

    def _entered(self) -> None:
        """Enter in the field: the class called so, the only one found, or a new one."""
        text = self.field.text().strip()
        names = [(name.en.casefold(), name.ko.casefold()) for name in self._classes]
        exact = [i for i, name in enumerate(names) if text.casefold() in name]
        self.field.clear()
        if exact:
            self.class_chosen.emit(exact[0])
        elif text:
            self.class_added.emit(text)


def _notes(marks: Marks, classes: int) -> list[str]:
    """For each class how many objects it has in the picture, or how much of it is painted."""
    counts = [0] * max(classes, 1)
    for mark in marks.objects:
        if 0 <= mark.label < len(counts):
            counts[mark.label] += 1
    if marks.mask is None or any(counts):
        return [f"{n:,}" if n else "" for n in counts]
    step = max(1, max(marks.mask.shape) // 600)  # a large mask is counted on a grid of points
    some = marks.mask[::step, ::step]
    shares = np.bincount(some.ravel(), minlength=256)[: len(counts)] / some.size * 100
    return [f"{share:.0f}\u2009%" if share >= 0.5 else ("<1\u2009%" if share else "") for share in shares]


def _size(mark: Mark) -> str:
    x1, y1, x2, y2 = mark.box
    return f"{x2 - x1:.0f}×{y2 - y1:.0f}"
