"""The window: head, notices, the tabs' pages, foot. Pages are built when first needed."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.devices import get_ready
from engine.errors import LabError
from engine.host import EngineHost
from engine.settings import save
from engine.text import Text
from gui.appearance import Appearance
from gui.context import Context
from gui.find import Find, Target, card_target
from gui.first_steps import SEEN, first_steps
from gui.header import Header
from gui.keys_dialog import KeysDialog
from gui.notices import Notices
from gui.pages import PAGES
from gui.pages.page import Page
from gui.settings_dialog import SettingsDialog
from gui.status_bar import StatusBar
from gui.widgets.columns import Columns
from gui.widgets.job_bar import JobBar
from gui.widgets.layout import column
from gui.widgets.lens import explain_now
from gui.widgets.logo import logo_icon
from gui.widgets.room import is_small, tell_room

if TYPE_CHECKING:
    from gui.models_dialog import ModelsDialog

SMALLEST = (1024, 640)  # below 1280 × 800 columns scroll; below this the window does not go
_GETTING_READY = Text("Getting ready to train", "학습 준비")
IDLE_MS = 900  # after the first paint, before the other pages are built
AT_WORK_SECONDS = 4.0  # after a person has come to a tab, in which no other page is built


class MainWindow(QWidget):
    """One window with a tab for each of `PAGES`.

    Signals:
        painted: the first page was painted for the first time and can be used.
    """

    painted = Signal()

    def __init__(self, host: EngineHost, context: Context, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Convoscope")
        self.setWindowIcon(logo_icon())
        self.setMinimumSize(*SMALLEST)
        self.host, self._context, self._appearance = host, context, appearance
        self._built: dict[int, Page] = {}
        self._small: bool | None = None
        self._models: ModelsDialog | None = None
        self._projector = self._was_painted = self._closed = False
        self._came_at = -AT_WORK_SECONDS
        self.header, self.notices, self.status = Header(PAGES), Notices(host), StatusBar(host)
        self._stack = QStackedWidget()
        for _ in PAGES:
            self._stack.addWidget(QWidget())
        self.tour = first_steps(self)
        middle = column(self.notices, self.tour, (self._stack, 1), gap=8, margins=(8, 0, 8, 0))
        self.setLayout(column(self.header, (middle, 1), self.status, gap=0))
        self._connect()
        self._add_shortcuts()
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))
        if geometry := context.settings.window.get("geometry"):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self._show_index(0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()  # keys go to the window until something is touched

    def _connect(self) -> None:
        head = self.header
        head.page_chosen.connect(self._show_index)
        head.language_chosen.connect(self._appearance.speak)
        head.theme_asked.connect(self._appearance.switch_theme)
        head.find_asked.connect(self.find_anything)
        head.help_asked.connect(lambda: self.help(pointer=False))
        head.settings_asked.connect(self.open_settings)
        head.models_asked.connect(lambda: self.open_models())
        self.status.job_clicked.connect(lambda: self.go("train"))
        self._context.open_page.connect(self.go)
        self._context.open_models.connect(self.open_models)

    def _add_shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self.find_anything,
            "F1": self.help,
            "F6": self._next_column,
            "F11": self.toggle_projector,
        }
        keys |= {f"Ctrl+{i + 1}": partial(self.header.tabs.setCurrentIndex, i) for i in range(len(PAGES))}
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    @property
    def tabs(self) -> tuple[str, ...]:
        """The ids of all pages, in their order."""
        return tuple(page.id for page in PAGES)

    @property
    def current_page(self) -> Page:
        """The page in front."""
        return self.page(PAGES[self._stack.currentIndex()].id)

    def page(self, id: str) -> Page:
        """The page with this id, built if it has not been."""
        index = [page.id for page in PAGES].index(id)
        if index not in self._built:
            self._build(index)
        return self._built[index]

    def go(self, id: str, argument: dict[str, Any] | None = None) -> None:
        """Bring a tab to the front, with a wish for it."""
        page = self.page(id)
        self.header.tabs.setCurrentIndex([p.id for p in PAGES].index(id))
        if argument:
            page.open(argument)

    def _build(self, index: int) -> None:
        page = PAGES[index](self.host, self._context)
        self._built[index] = page
        self._stack.insertWidget(index, page)
        if empty := self._stack.widget(index + 1):
            self._stack.removeWidget(empty)
            empty.deleteLater()
        for columns in page.findChildren(Columns):
            columns.restore(self._context.settings.window.get(f"columns.{page.id}", ""))
            columns.set_projector(self._projector)
        for bar in page.findChildren(JobBar):
            bar.progressed.connect(self.status.show_progress)
        tell_room(page, is_small(self))

    def _show_index(self, index: int) -> None:
        before = self._built.get(self._stack.currentIndex())
        page = self.page(PAGES[index].id)
        self._stack.setCurrentIndex(index)
        self._came_at = time.monotonic()
        if before is not None and before is not page:
            before.hidden()
        if self._was_painted:
            page.shown()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._was_painted:  # it has just painted all
            self._was_painted = True
            QTimer.singleShot(0, self._after_first_paint)
        return done

    def _after_first_paint(self) -> None:
        self.painted.emit()
        self.status.look()
        self.current_page.shown()
        QTimer.singleShot(IDLE_MS, self._build_next)

    def _build_next(self) -> None:
        """Build one page that nobody asked for yet, in a quiet moment."""
        if self._closed:
            return
        if len(self._built) == len(PAGES):
            self.host.start(_GETTING_READY, get_ready(), lane="io", owner=self)
            return
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton and not self._at_work():
            self.page(next(page.id for i, page in enumerate(PAGES) if i not in self._built))
        QTimer.singleShot(IDLE_MS, self._build_next)

    def _at_work(self) -> bool:
        """Whether a person has just come to a tab, or something runs that they started: a page takes up to a second."""
        just_come = time.monotonic() - self._came_at < AT_WORK_SECONDS
        return just_come or any(bar.busy for bar in self.findChildren(JobBar))

    def find_anything(self) -> None:
        """Ctrl+K."""
        Find(self, self._targets()).open()

    def _targets(self) -> list[Target]:
        from engine.data import DATASETS  # here: the first paint does not wait for them
        from gui.pages.train_recipes import SHOWN

        found = [Target(p.icon, p.title(), "", p.id, partial(self.go, p.id)) for p in PAGES]
        note, also = self.tr("What is here, what can be downloaded"), "models weights download import 모델 가중치"
        found.append(Target("stack", self.tr("Models"), note, also, self.open_models))
        note = self.tr("Four sentences on where everything is")
        found.append(
            Target("hand-pointing", self.tr("A short tour"), note, "tour help 둘러보기 도움말", self.begin_tour)
        )
        for recipe in SHOWN:
            go = partial(self.go, "train", {"recipe": recipe.card.id})
            found.append(card_target(recipe.card, "chart-line-up", go))
        for dataset in DATASETS:
            go = partial(self.go, "datasets", {"dataset": dataset.card.id})
            found.append(card_target(dataset.card, "database", go))
        return found

    def help(self, *, pointer: bool = True) -> None:
        """F1: what is this? Where nothing is explained, the keys."""
        if not explain_now(self, pointer=pointer):
            KeysDialog(self).open()

    def begin_tour(self) -> None:
        """The short tour, from Home; the first start shows it by itself, and none after that."""
        self.go("home")
        self.tour.begin()
        self._context.change(window={**self._context.settings.window, SEEN: "seen"})

    def open_settings(self) -> None:
        """The settings dialog."""
        SettingsDialog(self, self._context, self.status.device, self.status.device_why).open()

    def open_models(self, id: str = "") -> None:
        """The list of models, or of one; the same dialog all the time, so that its downloads go on while it is closed."""
        from gui.models_dialog import ModelsDialog  # here: the first paint does not wait for it

        self._models = self._models or ModelsDialog(self, self.host)
        self._models.search.setText(id)
        self._models.show()
        self._models.raise_()

    def toggle_projector(self) -> None:
        """F11: larger, and only the stage."""
        self._projector = not self._projector
        self._appearance.set_projector(self._projector)
        for columns in self.findChildren(Columns):
            columns.set_projector(self._projector)

    def _next_column(self) -> None:
        for columns in self.current_page.findChildren(Columns):
            columns.focus_next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_page.toggle_pause():
            return
        if event.key() == Qt.Key.Key_Escape and self._projector:
            self.toggle_projector()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (small := is_small(self)) != self._small:
            self._small = small
            tell_room(self, small)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closed:
            self._closed = True
            self.hide()  # gone at once; what trains saves its checkpoint meanwhile
            self._keep_places()
            self.host.shutdown()
        super().closeEvent(event)

    def _keep_places(self) -> None:
        kept = {**self._context.settings.window, "geometry": bytes(self.saveGeometry().toBase64().data()).decode()}
        for page in self._built.values():
            for columns in page.findChildren(Columns):
                kept[f"columns.{page.id}"] = columns.state()
        try:
            save(dataclasses.replace(self._context.settings, window=kept))
        except LabError:
            return  # the window is closing: the next start has the usual places
