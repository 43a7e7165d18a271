"""The right column of Benchmark: the machine in words, what the slides said, how far to trust it, kept results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.bench.catalogue import BenchCard
from engine.bench.charts import Said
from engine.bench.history import Kept
from engine.text import Text, counted
from gui.widgets.basics import Chip, IconButton, StatTile, button, column, label, row, rule
from gui.widgets.bench_parts import SaidRow
from gui.widgets.retold import Retold
from gui.words import say

_TOLD = 1.0  # seconds of waiting that are worth a word


class BenchmarkSide(Retold, QWidget):
    """Signals: open_asked, compare_asked, forget_asked: (Path) of a kept result. import_asked, export_asked, over_time_asked."""

    open_asked = Signal(object)
    compare_asked = Signal(object)
    forget_asked = Signal(object)
    import_asked = Signal()
    export_asked = Signal()
    over_time_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._titles = [label("section") for _ in range(4)]
        self.processor, self.memory = StatTile(spark=False, ground="card"), StatTile(spark=False, ground="card")
        self._why, self._trust = label("small", wrap=True), label("small", wrap=True)
        self._busy = Chip("warn")
        self._said_box = QVBoxLayout()
        self._said_box.setSpacing(10)
        self.kept = QComboBox()
        self.forget = IconButton("trash", compact=True)
        self.open, self.compare = button("folder-open", size="compact"), button("stack", size="compact")
        self.over_time = button("chart-line-up", size="compact")
        self.bring, self.export = button("download-simple", size="compact"), button("export", size="compact")
        self._none = label("caption", wrap=True)
        self._facts: tuple[dict[str, Any], tuple[Text, ...]] | None = None
        self._result: dict[str, Any] | None = None
        self._card: BenchCard | None = None
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        machine, said, trust, kept = self._titles
        self._said_parts = [rule(), said]
        parts = (
            *(machine, row((self.processor, 1), (self.memory, 1)), self._why),
            *(*self._said_parts, self._said_box),
            *(rule(), row(trust, None, self._busy), self._trust),
            *(rule(), kept, row((self.kept, 1), self.forget, gap=4), self._none),
            *(row((self.open, 1), (self.compare, 1), gap=6), self.over_time),
            *(row((self.bring, 1), (self.export, 1), gap=6), None),
        )
        self.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))

    def _connect(self) -> None:
        self.open.clicked.connect(lambda: self.open_asked.emit(self.kept.currentData()))
        self.compare.clicked.connect(lambda: self.compare_asked.emit(self.kept.currentData()))
        self.forget.clicked.connect(lambda: self.forget_asked.emit(self.kept.currentData()))
        self.over_time.clicked.connect(self.over_time_asked)
        self.bring.clicked.connect(self.import_asked)
        self.export.clicked.connect(self.export_asked)

    def show_machine(self, facts: dict[str, Any], why: tuple[Text, ...]) -> None:
        """What this machine is."""
        self._facts = (facts, why)
        sets = facts["instructions"]
        widest = next((w for n, w in (("amx_tile", "AMX"), ("avx512f", "AVX-512"), ("avx2", "AVX2")) if n in sets), "")
        words = ", ".join(part for part in ("bf16" if facts["bf16"] else "", widest) if part)
        unit = self.tr("core") if facts["cores"] == 1 else self.tr("cores")
        self.processor.show_value(f"{facts['cores']}", unit, words)
        free = self.tr("{n:.0f} free").format(n=facts["memory_free_gib"])
        self.memory.show_value(f"{facts['memory_gib']:.0f}", "GB", free)
        self.processor.setToolTip(facts["processor"])
        self._why.setText("\n\n".join(say(one) for one in why))

    def show_card(self, card: BenchCard, result: dict[str, Any] | None, said: Sequence[Said]) -> None:
        """What the slides said of this benchmark, and how a result was taken."""
        self._card, self._result = card, result
        while self._said_box.count():
            if (item := self._said_box.takeAt(0)) and (old := item.widget()):
                old.deleteLater()
        rows = tuple(said) or card.said
        words = (self.tr("slide said"), self.tr("estimate"), self.tr("not run yet"))
        for one in rows:
            self._said_box.addWidget(SaidRow(one, words))
        for part in self._said_parts:
            part.setVisible(bool(rows))
        self._say_trust()
        self.export.setEnabled(result is not None)
        self.compare.setEnabled(result is not None and self.kept.count() > 0)

    def _say_trust(self) -> None:
        method = (self._result or {}).get("method") or {}
        self._busy.setVisible(bool(method.get("busy") or method.get("disturbed_figures")))
        if not self._result:
            self._trust.setText(
                self.tr("Each figure is the middle of its calmest turns; whiskers show all but those far off.")
            )
            return
        if not method:
            self._trust.setText(self._how_often(self._result))
            return
        lines = [
            self.tr("{n} turns after {w} to warm up, taken in turn").format(n=method["repeats"], w=method["warm_up"]),
            self.tr("Widest spread ±{p:.0%}").format(p=method["widest_spread"]),
            self.tr("{k} of {n} readings far from the others").format(k=method["outliers"], n=method["readings"]),
        ]
        if (apart := method.get("widest_calm_spread")) is not None:
            words = self.tr("Figures from the calmest turns, the slowest {x:.2f}× the fastest")
            lines.insert(1, words.format(x=1 + apart))
        if method.get("others_share") is not None:
            lines.append(self.tr("Other programs used {p:.0%} of the processor").format(p=method["others_share"]))
        if (waited := method.get("waited", 0.0)) >= _TOLD:
            lines.append(self.tr("Waited {s:.0f} s for calm moments").format(s=waited))
        if lacking := method.get("disturbed_figures"):
            words = self.tr("No calm moment for {k} of {n} figures: measure again")
            lines.append(words.format(k=lacking, n=method["watched_figures"]))
        lines.append(counted(self.tr("{n} threads, {s:.0f} s").format(n=method["threads"], s=method["seconds"])))
        self._trust.setText("\n".join(lines))

    def _how_often(self, result: dict[str, Any]) -> str:
        """What is known of a result that does not tell its method."""
        count = result.get("count") or result.get("gaps") or "–"
        lines = [self.tr("Readings: {n}").format(n=count)]
        if (load := result.get("machine", {}).get("load")) is not None:
            lines.append(self.tr("Load of the machine when it ended: {x:.1f}").format(x=load))
        return "\n".join(lines)

    def show_kept(self, kept: Sequence[Kept]) -> None:
        """The results on disk of the chosen benchmark, newest first."""
        before: Path | None = self.kept.currentData()
        self.kept.clear()
        for one in kept:
            when = one.date.replace("T", " ")[:16]
            self.kept.addItem(when if one.here else f"{when} · {one.processor}", one.path)
        if before and (at := self.kept.findData(before)) >= 0:
            self.kept.setCurrentIndex(at)
        some = bool(kept)
        self.kept.setVisible(some)
        self.forget.setVisible(some)
        self._none.setVisible(not some)
        for one_button in (self.open, self.compare):
            one_button.setEnabled(some)
        self.compare.setEnabled(some and self._result is not None)
        self.over_time.setEnabled(sum(one.here for one in kept) > 1)

    def retranslate(self) -> None:
        names = (self.tr("This machine"), self.tr("Slide said / here"), self.tr("Trust"), self.tr("Kept results"))
        for title, words in zip(self._titles, names, strict=True):
            title.setText(words)
        self.processor.set_title(self.tr("Processor"))
        self.memory.set_title(self.tr("Memory"))
        self._busy.setText(self.tr("busy"))
        self._busy.setToolTip(self.tr("Other programs ran meanwhile; measure again when they have ended."))
        self.kept.setAccessibleName(self.tr("Kept results"))
        self.forget.set_tip(self.tr("Delete this result"))
        self.open.setText(self.tr("Open"))
        self.compare.setText(self.tr("Compare"))
        self.compare.setToolTip(self.tr("What is on the stage as a part of this kept result (C)"))
        self.over_time.setText(self.tr("Over time"))
        self.bring.setText(self.tr("Import…"))
        self.bring.setToolTip(self.tr("A result from another machine"))
        self.export.setText(self.tr("Export…"))
        self.export.setToolTip(self.tr("This result as JSON, as a report to read, or as a trace (Ctrl+S)"))
        self._none.setText(self.tr("Nothing kept yet. Every measurement is kept here by itself."))
        if self._facts:
            self.show_machine(*self._facts)
        self._say_trust()
