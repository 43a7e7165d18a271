"""The style sheet for the whole application. Widgets choose with properties: `role`, `kind`, `size`, `tone`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resources import path

if TYPE_CHECKING:
    from gui.theme import Theme

TONES = ("text", "dim", "faint", "you", "net", "slide", "good", "warn", "bad", "info")


def style_sheet(theme: Theme, tokens: dict[str, Any], sizes: dict[str, int], *, capitals: bool) -> str:
    """QSS from the tokens; `sizes` in logical pixels; `capitals` sets section names in capitals (English)."""
    radius, control = tokens["radius"], tokens["control"]
    return "".join(
        (
            _frames(theme, radius),
            _labels(theme, sizes, "uppercase" if capitals else "none"),
            _mono(tokens["mono"]),
            _buttons(theme, radius, control, sizes),
            _small_buttons(theme, radius, control, sizes),
            _fields(theme, radius, control),
            _sliders(theme),
            _tabs_and_scrolls(theme, radius),
            _floating(theme, radius, sizes),
        )
    )


def _frames(t: Theme, radius: dict[str, int]) -> str:
    return f"""
* {{ outline: 0; }}
QWidget {{ color: {t.text}; }}
QMainWindow, #window {{ background: {t.ink}; }}
QFrame[role=panel] {{ background: {t.panel}; border-radius: {radius["panel"]}px; }}
QFrame[role=card] {{ background: {t.raised}; border-radius: {radius["card"]}px; }}
QFrame[role=card][on=true] {{ background: {t.you_soft}; }}
QFrame[role=well] {{ background: {t.well}; border-radius: {radius["card"]}px; }}
QFrame[role=rule] {{ background: {t.line}; max-height: 1px; min-height: 1px; }}
QFrame[role=note] {{ background: {t.well}; border-radius: {radius["card"]}px; border-left: 3px solid {t.net}; }}
QFrame[role=notice] {{ background: {t.bad_soft}; border-radius: {radius["panel"]}px; }}
QFrame[role=clickable] {{ background: transparent; border: 2px solid transparent; border-radius: {radius["control"]}px; }}
QFrame[role=clickable]:hover {{ background: {t.hover}; border-color: {t.hover}; }}
QFrame[role=clickable][on=true] {{ background: {t.you_soft}; border-color: {t.you_soft}; }}
QFrame[role=clickable]:focus {{ border-color: {t.you}; }}
QFrame[role=door] {{ background: {t.panel}; border: 2px solid {t.panel}; border-radius: {radius["panel"]}px; }}
QFrame[role=door]:hover {{ background: {t.raised}; border-color: {t.raised}; }}
QFrame[role=door]:focus {{ border-color: {t.you}; }}
QSplitter::handle {{ background: transparent; }}
"""


def _labels(t: Theme, c: dict[str, int], transform: str) -> str:
    tones = "".join(f"QLabel[tone={tone}] {{ color: {getattr(t, tone)}; }}\n" for tone in TONES)
    return f"""
QLabel {{ background: transparent; }}
QLabel[role=caption] {{ color: {t.faint}; font-size: {c["caption"]}px; }}
QLabel[role=section] {{ color: {t.faint}; font-size: {c["caption"]}px; font-weight: 600;
  text-transform: {transform}; }}
QLabel[role=small] {{ color: {t.dim}; font-size: {c["small"]}px; }}
QLabel[role=dim] {{ color: {t.dim}; }}
QLabel[role=strong] {{ font-weight: 600; }}
QLabel[role=lead] {{ font-size: {c["lead"]}px; font-weight: 600; }}
QLabel[role=title] {{ font-size: {c["title"]}px; font-weight: 600; }}
QLabel[role=display] {{ font-size: {c["display"]}px; font-weight: 600; }}
QLabel[role=figure] {{ font-size: {c["figure"]}px; font-weight: 500; }}
{tones}"""


def _mono(families: list[str]) -> str:
    names = ", ".join(f'"{name}"' for name in families)
    return f"QLabel[mono=true] {{ font-family: {names}; }}\n"


def _buttons(t: Theme, radius: dict[str, int], k: dict[str, int], c: dict[str, int]) -> str:
    return f"""
QPushButton, QToolButton {{ background: {t.raised}; border: 0; border-radius: {radius["control"]}px;
  padding: 0 12px; min-height: {k["height"]}px; font-weight: 500; }}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.line}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.you}; padding: 0 10px; min-height: {k["height"] - 4}px; }}
QPushButton:disabled {{ color: {t.faint}; background: {t.well}; }}
QPushButton[kind=primary] {{ background: {t.you_fill}; color: {t.on_fill}; font-weight: 600; }}
QPushButton[kind=primary]:hover {{ background: {t.you_hover}; }}
QPushButton[kind=primary]:disabled {{ background: {t.hover}; color: {t.faint}; }}
QPushButton[kind=primary]:focus {{ border-color: {t.text}; }}
QPushButton[kind=quiet], QToolButton[kind=quiet] {{ background: transparent; color: {t.dim}; padding: 0 8px; }}
QPushButton[kind=quiet]:hover, QToolButton[kind=quiet]:hover {{ background: {t.hover}; color: {t.text}; }}
QPushButton[kind=quiet]:focus, QToolButton[kind=quiet]:focus {{ padding: 0 6px; }}
QPushButton[kind=stop] {{ background: {t.bad_soft}; color: {t.bad}; }}
QPushButton[kind=stop]:disabled {{ background: {t.well}; color: {t.faint}; }}
QPushButton[size=large] {{ min-height: {k["large"]}px; padding: 0 16px; }}
QPushButton[size=large]:focus {{ min-height: {k["large"] - 4}px; padding: 0 14px; }}
QPushButton[size=compact], QToolButton[size=compact] {{ min-height: {k["compact"]}px; padding: 0 8px;
  font-size: {c["small"]}px; }}
QPushButton[size=compact]:focus, QToolButton[size=compact]:focus {{ min-height: {k["compact"] - 4}px; padding: 0 6px; }}
"""


def _small_buttons(t: Theme, radius: dict[str, int], k: dict[str, int], c: dict[str, int]) -> str:
    chosen = t.hover if t.name == "dark" else t.panel
    return f"""
QToolButton[kind=icon] {{ background: transparent; padding: 0;
  min-width: {k["height"]}px; max-width: {k["height"]}px; }}
QToolButton[kind=icon]:focus {{ padding: 0; min-width: {k["height"] - 4}px; max-width: {k["height"] - 4}px; }}
QToolButton[kind=icon]:hover {{ background: {t.hover}; }}
QToolButton[kind=icon][size=compact] {{ padding: 0; min-height: 24px; max-height: 24px;
  min-width: 26px; max-width: 26px; }}
QToolButton[kind=icon][size=compact]:focus {{ min-height: 20px; max-height: 20px;
  min-width: 22px; max-width: 22px; }}

QFrame[role=segments] {{ background: {t.well}; border-radius: {radius["control"] + 2}px; }}
QToolButton[kind=segment] {{ background: transparent; color: {t.dim}; min-height: {k["compact"] - 2}px;
  padding: 0 10px; font-size: {c["small"]}px; border-radius: {radius["control"]}px; }}
QToolButton[kind=segment][wide=true] {{ padding: 0 4px; }}
QToolButton[kind=segment]:hover {{ color: {t.text}; }}
QToolButton[kind=segment]:disabled {{ color: {t.edge}; }}
QToolButton[kind=segment]:checked {{ background: {chosen}; color: {t.text}; font-weight: 600; }}
QToolButton[kind=segment]:focus {{ min-height: {k["compact"] - 6}px; padding: 0 8px; }}
QToolButton[kind=segment][wide=true]:focus {{ padding: 0 2px; }}
"""


def _fields(t: Theme, radius: dict[str, int], k: dict[str, int]) -> str:
    arrow = path("icons", f"caret-down-{t.name}.svg").as_posix()
    return f"""
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {t.well}; border: 1px solid {t.line};
  border-radius: {radius["control"]}px; padding: 0 10px; min-height: {k["height"] - 2}px;
  selection-background-color: {t.you_fill}; selection-color: {t.on_fill}; }}
QLineEdit:hover, QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover {{ border-color: {t.edge}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {{ border: 2px solid {t.you};
  padding: 0 9px; min-height: {k["height"] - 4}px; }}
QLineEdit[bad=true], QSpinBox[bad=true], QDoubleSpinBox[bad=true], QComboBox[bad=true] {{
  border: 2px solid {t.bad}; padding: 0 9px; min-height: {k["height"] - 4}px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
  width: 0; border: 0; }}
QLineEdit[size=compact] {{ min-height: {k["compact"] - 4}px; padding: 0 6px; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.line};
  border-radius: {radius["control"]}px; padding: 4px; selection-background-color: {t.you_soft};
  selection-color: {t.text}; }}
QPlainTextEdit, QTextEdit {{ background: {t.well}; border: 1px solid {t.line};
  border-radius: {radius["control"]}px; padding: 6px; selection-background-color: {t.you_fill};
  selection-color: {t.on_fill}; }}
"""


def _sliders(t: Theme) -> str:
    handle = t.text if t.name == "dark" else t.panel
    ring = t.text if t.name == "dark" else t.you
    return f"""
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.hover}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.you}; }}
QSlider::handle:horizontal {{ width: 10px; height: 10px; margin: -5px 0; border-radius: 7px;
  background: {handle}; border: 2px solid {ring}; }}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ background: {t.you}; }}
QSlider::sub-page:horizontal:disabled {{ background: {t.edge}; }}

QProgressBar {{ background: {t.hover}; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {t.net}; border-radius: 3px; }}
"""


def _tabs_and_scrolls(t: Theme, radius: dict[str, int]) -> str:
    chosen = t.hover if t.name == "dark" else t.panel
    return f"""
QTabBar {{ background: transparent; }}
QTabBar::tab {{ color: {t.dim}; padding: 0 11px; margin: 0 1px; height: 32px;
  border-radius: {radius["control"] + 2}px; font-weight: 500; }}
QTabBar::tab:hover {{ color: {t.text}; background: {t.panel}; }}
QTabBar::tab:selected {{ color: {t.text}; background: {chosen}; font-weight: 600; }}
QTabBar::tab:selected:focus {{ border: 2px solid {t.you}; padding: 0 9px; height: 28px; }}

QScrollBar:vertical {{ width: 10px; background: transparent; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {t.hover}; border-radius: 3px; min-height: 32px; }}
QScrollBar::handle:vertical:hover {{ background: {t.edge}; }}
QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {t.hover}; border-radius: 3px; min-width: 32px; }}
QScrollBar::handle:horizontal:hover {{ background: {t.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; background: transparent; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollArea > QWidget > QFrame[role=panel] {{ background: {t.panel}; }}

QListView {{ background: transparent; border: 0; }}
QListView::item {{ min-height: 34px; padding: 0 8px; border-radius: {radius["control"]}px; }}
QListView::item:hover {{ background: {t.hover}; }}
QListView::item:selected {{ background: {t.you_soft}; color: {t.text}; }}
QTableView {{ background: transparent; border: 0; gridline-color: {t.line};
  selection-background-color: {t.you_soft}; selection-color: {t.text}; }}
QHeaderView::section {{ background: transparent; color: {t.faint}; border: 0; padding: 4px 8px; }}
"""


def _floating(t: Theme, radius: dict[str, int], c: dict[str, int]) -> str:
    return f"""
QDialog {{ background: {t.panel}; border: 1px solid {t.line}; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line};
  border-radius: {radius["control"]}px; padding: 6px 8px; font-size: {c["small"]}px; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: {radius["card"]}px; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: {radius["control"]}px; }}
QMenu::item:selected {{ background: {t.you_soft}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
"""
