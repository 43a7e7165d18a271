"""Annotating on the Datasets stage: boxes, outlines and painted regions, with every step back (lecture row 65)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from engine.data.annotation_open import Opened
from engine.data.draft import Found
from engine.data.edits import Edit, Marks, Paint, SetCaptions, SetClass
from engine.data.photoset import PhotoSet
from engine.host import EngineHost
from engine.text import Text
from gui.context import Context
from gui.pages.datasets_annotate_save import SaveDialog
from gui.pages.datasets_annotate_side import Side
from gui.pages.datasets_annotate_work import Work
from gui.widgets.annotate_bar import KEYS, AnnotateBar
from gui.widgets.annotate_canvas import Canvas
from gui.widgets.annotate_foot import AnnotateFoot
from gui.widgets.basics import State, button, column, frame, label, role, row
from gui.widgets.retold import Retold
from gui.words import say

Point = tuple[float, float]
_READABLE = 440  # logical pixels a message is wide


class AnnotateView(Retold, QFrame):
    """One picture large, the tools above it, classes and objects beside it.

    Signals:
        saved: (PhotoSet) the set as it was written.
        dirty_changed: (bool) there is now, or no longer, something unsaved.
    """

    saved = Signal(object)
    dirty_changed = Signal(bool)

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        role(self, "plain")
        self._context = context
        self.work = Work(host, self)
        self.bar, self.canvas, self.side, self.foot = AnnotateBar(), Canvas(), Side(), AnnotateFoot()
        self._label = -1
        self._dirty = False
        self._found: Found | None = None
        self._problem: Text | None = None
        self._make_rest()
        self._lay_out()
        self._connect()
        self._add_keys()
        self.bar.show_tool("select")
        self.retranslate()

    def _make_rest(self) -> None:
        self._offer_words, self._take, self._drop = label(wrap=True), button("check"), button("trash", "quiet")
        self._offer = frame("card", row((self._offer_words, 1), self._take, self._drop, margins=(12, 8, 8, 8)))
        self._nothing, self._failed = State("bounding-box"), State("warning", tone="bad")
        self._stage = QStackedWidget()
        for page in (_centred(self._nothing), self.canvas, _centred(self._failed)):
            self._stage.addWidget(page)
        self._offer.hide()

    def _lay_out(self) -> None:
        body = row((self._stage, 1), self.side, gap=12)
        self.setLayout(column(self.bar, self._offer, (body, 1), self.foot, gap=8, margins=(0, 0, 12, 0)))

    def _connect(self) -> None:
        bar, canvas, side, work = self.bar, self.canvas, self.side, self.work
        bar.tool_chosen.connect(self.use_tool)
        bar.stepped.connect(self.step)
        bar.widened.connect(canvas.step_width)
        bar.undo_asked.connect(self.undo)
        bar.redo_asked.connect(self.redo)
        bar.fit_asked.connect(canvas.fit)
        bar.save_asked.connect(self.save)
        bar.save_elsewhere_asked.connect(self.ask_where)
        canvas.edited.connect(work.do)
        canvas.chosen.connect(side.show_object)
        canvas.pointed.connect(self._pointed)
        canvas.refused.connect(self.foot.tell)
        canvas.width_changed.connect(bar.show_width)
        canvas.zoomed.connect(lambda: bar.show_zoom(canvas.scale))
        side.class_chosen.connect(self.choose_class)
        side.class_added.connect(self._add_class)
        side.object_chosen.connect(canvas.select)
        side.object_taken.connect(self._take_away)
        side.picture_class_chosen.connect(self._name_picture)
        side.captions_written.connect(self._write_captions)
        work.opened.connect(self._show_opened)
        work.unreadable.connect(self._show_unreadable)
        work.changed.connect(self._show_changed)
        work.state_changed.connect(self._show_state)
        work.found.connect(self._show_offer)
        work.progressed.connect(self.foot.show_progress)
        work.saved.connect(self._was_saved)
        work.failed.connect(self.foot.tell)
        self._take.clicked.connect(lambda: self._answer(work.take))
        self._drop.clicked.connect(lambda: self._answer(work.discard))
        self.foot.stop_asked.connect(work.cancel_save)

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {key: partial(self.use_tool, tool) for tool, key in KEYS.items()}
        keys |= {str(n + 1): partial(self.choose_class, n) for n in range(9)}
        keys |= {
            "[": partial(self.canvas.step_width, -1),
            "]": partial(self.canvas.step_width, 1),
            "N": partial(self.step, 1),
            "Shift+N": partial(self.step, -1),
            "PgDown": partial(self.step, 1),
            "PgUp": partial(self.step, -1),
            "Ctrl+Z": self.undo,
            "Ctrl+Shift+Z": self.redo,
            "Ctrl+Y": self.redo,
            "Ctrl+S": self.save,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Annotate"))
        self.canvas.setAccessibleName(self.tr("Picture to annotate"))
        self.canvas.setAccessibleDescription(
            self.tr("Arrows move the cross or the chosen object, Enter is the button of the cross.")
        )
        self._take.setText(self.tr("Take them up"))
        self._drop.setText(self.tr("Throw away"))
        self._nothing.set_words(
            self.tr("No photographs to annotate"),
            self.tr("Open a folder of photographs, then mark boxes and regions in them here."),
        )
        self._failed.set_words(self.tr("This picture could not be opened"), say(self._problem) if self._problem else "")
        if self._found:
            self._show_offer(self._found)
        self._show_state()

    # Which picture

    def edit(self, set_: PhotoSet, index: int) -> None:
        """Annotate picture `index` of this set; unsaved changes of every set stay until they are saved."""
        self._offer.hide()
        self._found = None
        session = self.work.use(set_)
        classes = session.annotation.classes
        self.canvas.set_fills(set_.masks is not None and set_.objects is None)
        self._label = self._label if 0 <= self._label < len(classes) else (0 if classes else -1)
        self._show_classes()
        self.work.open(index)

    @property
    def index(self) -> int:
        """The picture being annotated, −1 = none."""
        return self.work.session.index if self.work.session else -1

    def step(self, by: int) -> None:
        """The next picture (+1) or the one before (−1); what was done stays."""
        session = self.work.session
        if session and 0 <= session.index + by < len(session.annotation.base):
            self.side.captions.tell()
            self.canvas.stop()
            self.work.open(session.index + by)

    def _show_opened(self, opened: Opened) -> None:
        self._problem = None
        self._stage.setCurrentWidget(self.canvas)
        self.canvas.show_picture(opened.image, opened.preview)
        self.canvas.show_marks(opened.marks, selected=-1, tint=opened.tint)
        self.side.show_marks(opened.marks, -1)
        self._show_classes()
        self._show_state()
        self.foot.tell(None)
        self._pointed(None)

    def _show_unreadable(self, index: int, why: Text) -> None:
        self._problem = why
        self.retranslate()
        self._stage.setCurrentIndex(2)
        self._show_state()

    def _show_classes(self) -> None:
        session = self.work.session
        if session is None:
            return
        base, classes = session.annotation.base, session.annotation.classes
        self.canvas.show_classes(base, tuple(say(text) for text in classes))
        self.work.tints = self.canvas.tints
        self.canvas.use_class(self._label)
        self.side.show_set(base, classes)
        self.side.show_class(self._label)

    # Doing

    def use_tool(self, tool: str) -> None:
        """One of the five tools."""
        self.canvas.use_tool(tool)
        self.bar.show_tool(tool)
        self.foot.show_tool(tool)

    def choose_class(self, index: int) -> None:
        """The class of what comes next; with the Select tool also of the chosen object."""
        session = self.work.session
        if session is None or not 0 <= index < len(session.annotation.classes):
            return
        self._label = index
        self.canvas.use_class(index)
        self.side.show_class(index)
        if self.canvas.tool == "select":
            self.canvas.relabel(index)

    def _add_class(self, name: str) -> None:
        index = self.work.add_class(name)
        if index >= 0:
            self._label = index
            self._show_classes()
            self.canvas.setFocus()

    def undo(self) -> None:
        """One step back in this picture."""
        if not self.canvas.stop():
            self.work.undo()

    def redo(self) -> None:
        """The step that was taken back, again."""
        self.canvas.stop()
        self.work.redo()

    def _take_away(self, index: int) -> None:
        self.canvas.select(index)
        self.canvas.delete()

    def _name_picture(self, label: int) -> None:
        if self.work.marks and label != self.work.marks.label:
            self.work.do(SetClass(self.work.marks.label, label))

    def _write_captions(self, sentences: tuple[str, ...]) -> None:
        if self.work.marks and sentences != self.work.marks.captions:
            self.work.do(SetCaptions(self.work.marks.captions, sentences))

    def _show_changed(self, marks: Marks, edit: Edit, new: bool) -> None:
        same = new or len(marks.objects) == len(self.canvas.marks.objects)
        region = (edit.x, edit.y, edit.x + edit.width, edit.y + edit.height) if isinstance(edit, Paint) else None
        self.canvas.show_marks(marks, selected=None if same else -1, region=region)
        self.side.show_marks(marks, self.canvas.selected)
        self._offer.hide()
        self.foot.tell(None)

    # Saving

    def save(self) -> None:
        """Save where it was saved last; the first time ask where."""
        session = self.work.session
        if session is None or self.work.writing:
            return
        self.side.captions.tell()
        if session.chosen:
            self.work.save(session.folder)
        else:
            self.ask_where()

    def ask_where(self) -> None:
        """Choose where to save."""
        session = self.work.session
        if session is not None and not self.work.writing:
            dialog = SaveDialog(self, session.annotation.base, self.work.unsaved)
            dialog.asked.connect(self.work.save)
            dialog.open()

    def _was_saved(self, photos: PhotoSet, place: Path) -> None:
        self.foot.tell(Text("Saved: {place}", "저장했어요: {place}")(place=place))
        self._show_classes()
        self.saved.emit(photos)

    # Changes of an earlier time

    def _show_offer(self, found: Found) -> None:
        self._found = found
        words = self.tr("Work from {when} was never saved. Changes: {n:,}, pictures: {pictures:,}.")
        when = found.when.strftime("%Y-%m-%d %H:%M")
        count, pictures = found.annotation.unsaved, len(found.annotation.touched)
        self._offer_words.setText(words.format(n=count, pictures=pictures, when=when))
        self._offer.show()

    def _answer(self, act: Callable[[Found], None]) -> None:
        self._offer.hide()
        if self._found:
            act(self._found)
            self._found = None

    # What is unsaved

    def _show_state(self) -> None:
        work, session = self.work, self.work.session
        count = len(session.annotation.base) if session else 0
        self.bar.show_place(session.index + 1 if session else 0, count)
        self.bar.undo.setEnabled(work.can(back=True) and not work.writing)
        self.bar.redo.setEnabled(work.can(back=False) and not work.writing)
        self.bar.show_busy(work.writing or session is None)
        self.canvas.set_locked(work.writing or work.marks is None)
        self.side.setEnabled(not work.writing)
        for part in (self.side, self.foot, self.bar):
            part.setVisible(session is not None)
        self.foot.show_state(work.unsaved, writing=work.writing, saved=session is not None and session.chosen)
        if bool(work.unsaved) != self._dirty:
            self._dirty = bool(work.unsaved)
            self.dirty_changed.emit(self._dirty)

    def _pointed(self, at: Point | None) -> None:
        """Where the pointer is, and the class of what is painted there."""
        name, mask, session = "", self.canvas.marks.mask, self.work.session
        if session and at is not None and mask is not None:
            x, y = int(at[0] // 1), int(at[1] // 1)
            inside = 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]
            classes = session.annotation.classes
            if inside and mask[y, x] < len(classes):
                name = say(classes[int(mask[y, x])])
        self.foot.show_point(at, self.canvas.picture_size, name)

    # Window

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.canvas.stop()
        self.side.captions.tell()
        if self.window().isVisible():
            self.work.keep()
        else:
            self.work.keep_now()


def _centred(state: State) -> QWidget:
    outer = QWidget()
    state.setFixedWidth(_READABLE)
    outer.setLayout(column(None, row(None, state, None), None, None))
    return outer


def _fit(state: State) -> None:
    """As high as its words need at its width: a layout would ask for one line of them."""
    layout = state.layout()
    if layout is not None:
        state.setMinimumHeight(max(0, layout.heightForWidth(_READABLE)))
