"""A form made from a settings dataclass: one row for each field, errors in words under the field."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from engine.fields import Field, fields_of, problems
from gui.widgets.basics import Toggle, column, label, restyle, row
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

FIELD_WIDTH = 124
_AROUND = 40  # pixels of a choice that its words cannot have: the arrow and both edges


class FieldRow(Retold, QWidget):
    """Name left, control right; plain text instead of the control while the job that uses it runs.

    Signals:
        changed: a person set another value, or wrote something that is none.
    """

    changed = Signal()

    def __init__(self, name: str, field: Field, value: Any) -> None:
        super().__init__()
        self.name, self.field, self._like = name, field, value
        self._title, self._plain, self._problem = label("small"), label(), label("caption", wrap=True, tone="bad")
        self._problem.hide()
        self._plain.hide()
        self._control = self._make_control(value)
        self.setFocusProxy(self._control)
        top = row(self._title, None, self._plain, self._control)
        self.setLayout(column(top, self._problem, gap=3))
        if field.help:
            explain(self, field.help)
        self.set_value(value)
        self.retranslate()

    def _make_control(self, value: Any) -> QWidget:
        if isinstance(value, bool):
            toggle = Toggle()
            toggle.toggled.connect(self.changed)
            return toggle
        if self.field.choices:
            choice = QComboBox()
            for word, _ in self.field.choices:
                choice.addItem("", word)
            choice.currentIndexChanged.connect(self._fit)
            choice.currentIndexChanged.connect(self.changed)
            return choice
        line = QLineEdit()
        line.setFixedWidth(FIELD_WIDTH)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.textEdited.connect(self.changed)
        return line

    @property
    def control(self) -> QWidget:
        """What a person sets the value with."""
        return self._control

    def value(self) -> Any:
        """The value as set; None while what stands in the field is no number."""
        if isinstance(self._control, Toggle):
            return self._control.isChecked()
        if isinstance(self._control, QComboBox):
            return self._control.currentData()
        assert isinstance(self._control, QLineEdit)
        try:
            return type(self._like)(self._control.text().strip().removesuffix(self.field.unit.strip()).strip())
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show `value` without telling anybody."""
        self._control.blockSignals(True)
        if isinstance(self._control, Toggle):
            self._control.setChecked(value)
        elif isinstance(self._control, QComboBox):
            self._control.setCurrentIndex(self._control.findData(value))
        elif isinstance(self._control, QLineEdit):
            self._control.setText(f"{value:g}" if isinstance(value, float) else str(value))
        self._control.blockSignals(False)
        self._fit()
        self._say_plain()

    def set_problem(self, words: str) -> None:
        """A sentence under the field and a red edge; "" when all is well."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        restyle(self._control, bad=bool(words))

    def problem(self) -> str:
        return self._problem.text()

    def _fit(self) -> None:
        """As wide as the others, and wider where the name of what is chosen would be cut off."""
        if isinstance(self._control, QComboBox):
            words = self._control.fontMetrics().horizontalAdvance(self._control.currentText())
            self._control.setFixedWidth(max(FIELD_WIDTH, words + _AROUND))

    def set_locked(self, locked: bool) -> None:
        """Plain text while a job runs, not a grey field."""
        self._say_plain()
        self._control.setVisible(not locked)
        self._plain.setVisible(locked)

    def _say_plain(self) -> None:
        value = self.value()
        if isinstance(value, bool):
            words = self.tr("on") if value else self.tr("off")
        elif isinstance(self._control, QComboBox):
            words = self._control.currentText()
        else:
            words = f"{value:,g}" if isinstance(value, float) else str(value)
            words += self.field.unit
        self._plain.setText(words)

    def retranslate(self) -> None:
        title = say(self.field.label)
        self._title.setText(title)
        self._control.setAccessibleName(title)
        if isinstance(self._control, QComboBox):
            for i, (_, words) in enumerate(self.field.choices):
                self._control.setItemText(i, say(words))
        self._fit()
        self._say_plain()


class Form(QWidget):
    """The fields of a frozen settings value, those in `only` or all.

    Signals:
        changed: (object) the settings as they now stand, when all fields hold values.
    """

    changed = Signal(object)

    def __init__(self, settings: Any, *, only: Collection[str] | None = None) -> None:
        super().__init__()
        self._locked = False
        self.rows: dict[str, FieldRow] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.rebuild(settings, only=only)

    def rebuild(self, settings: Any, *, only: Collection[str] | None = None) -> None:
        """Rows for another kind of settings in place of those there were."""
        self._settings = settings
        for old in self.rows.values():
            self._box.removeWidget(old)
            old.deleteLater()
        self.rows = {}
        for name, field, value in fields_of(settings):
            if only is None or name in only:
                self.rows[name] = FieldRow(name, field, value)
                self.rows[name].changed.connect(self._edited)
                self._box.addWidget(self.rows[name])

    def value(self) -> Any:
        """The settings with every field that holds a value."""
        found = {name: value for name, r in self.rows.items() if (value := r.value()) is not None}
        return dataclasses.replace(self._settings, **found)

    def set_value(self, settings: Any) -> None:
        """Show other settings without telling anybody."""
        self._settings = settings
        for name, r in self.rows.items():
            r.set_value(getattr(settings, name))
        self._check()

    def set_locked(self, locked: bool) -> None:
        """While a job runs the rows are plain text."""
        self._locked = locked
        for r in self.rows.values():
            r.set_locked(locked)

    def problems(self) -> dict[str, str]:
        """What is wrong with which field, in words."""
        wrong = problems(self.value())
        found = {}
        for name, r in self.rows.items():
            if r.value() is None:
                found[name] = self._no_number(r)
            elif name in wrong:
                found[name] = say(wrong[name])
        return found

    def _no_number(self, r: FieldRow) -> str:
        whole = isinstance(getattr(self._settings, r.name), int)
        if whole:
            return self.tr("Write a whole number, for example {n}.").format(n=getattr(self._settings, r.name))
        return self.tr("Write a number with a point, for example 0.5.")

    def go_to_problem(self) -> bool:
        """Put the cursor into the first field with a problem; False when there is none."""
        for name in self._check():
            self.rows[name].control.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _check(self) -> dict[str, str]:
        found = self.problems()
        for name, r in self.rows.items():
            r.set_problem(found.get(name, ""))
        return found

    def _edited(self) -> None:
        if not self._check():
            self._settings = self.value()
            self.changed.emit(self._settings)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._check()
