"""The metrics bench: boxes to drag, scores to set, every figure of detection with this moment's numbers in it."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QWidget

from engine.cards import Explanation
from engine.detect.explain.bench import Judged, judge
from engine.text import Text
from gui.widgets.basics import SliderRow, button, column, frame, label, row
from gui.widgets.explain_boxes import BoardBox, BoxBoard
from gui.widgets.explain_plots import PrecisionRecall
from gui.widgets.lens import explain
from gui.widgets.retold import Retold

SIDE = 252
TRUTH = ((0.08, 0.18, 0.36, 0.74), (0.42, 0.28, 0.68, 0.86), (0.74, 0.12, 0.95, 0.55))  # shares of width and height
FOUND = (
    ((0.10, 0.20, 0.40, 0.72), 0.92),
    ((0.46, 0.34, 0.70, 0.90), 0.81),
    ((0.52, 0.06, 0.72, 0.30), 0.64),
    ((0.80, 0.20, 0.99, 0.62), 0.47),
)
MOST = 12  # boxes of a kind
OVERLAP = Explanation(
    Text("IoU, precision, recall", "IoU, 정밀도, 재현율"),
    Text("Drag a mint box onto a sand one.", "민트색 상자를 모래색 상자 위로 끌어 보세요."),
    Text(
        "Sand is what is there, mint what was found. Precision asks how much of the found box is right, recall how much of the object was found; IoU asks both.",
        "모래색은 실제 물체, 민트색은 찾은 상자예요. 정밀도는 찾은 상자가 얼마나 맞는지, 재현율은 물체를 얼마나 찾았는지, IoU는 둘 다 물어요.",
    ),
    "IoU = ∩ / ∪",
)
AVERAGE = Explanation(
    Text("Average precision", "평균 정밀도 (AP)"),
    Text("Move a score and watch the curve.", "점수를 옮기며 곡선을 보세요."),
    Text(
        "From the surest box to the least sure, precision is plotted against recall; the area under its envelope is AP. mAP is its mean over classes.",
        "가장 확실한 상자부터 차례로 재현율에 대한 정밀도를 그려요. 감싸는 선 아래의 넓이가 AP이고, 클래스마다의 평균이 mAP예요.",
    ),
    "AP = 1/101 · Σᵣ max(p(r′), r′ ≥ r)",
)


class BenchRoom(Retold, QWidget):
    """Left the boxes, right the chosen one in formulas, below the curve."""

    def __init__(self) -> None:
        super().__init__()
        self.board, self.plot = BoxBoard(), PrecisionRecall()
        self._truth = 0  # so many of the board's boxes are true; they come first
        self._scores: list[float] = []
        self.judged: Judged | None = None
        self._title, self._sentence = label("lead"), label("small", wrap=True)
        self._formula = label("small", wrap=True, tone="net")
        self._counts, self._averages = label("small", wrap=True), label("small", wrap=True)
        self.score = SliderRow(0.01, 0.99, 0.5, step=0.01)
        self.iou = SliderRow(0.05, 0.95, 0.5, step=0.05)
        self.least = SliderRow(0.0, 0.95, 0.0, step=0.05)
        self.add_true, self.add_found = button("plus", "secondary", "compact"), button("plus", "secondary", "compact")
        self.remove = button("trash", "quiet", "compact")
        self._lay_out()
        self._connect()
        explain(self.board, OVERLAP)
        explain(self.plot, AVERAGE)
        self.retranslate()

    def _lay_out(self) -> None:
        tools = row(self.add_true, self.add_found, self.remove, None, gap=4)
        picture = frame("panel", column((self.board, 1), tools, gap=8, margins=(8, 8, 8, 8)))
        told = column(
            *(self._title, self._sentence, self._formula, 4, self.score, 4, self.iou, self.least, None),
            gap=8,
            margins=(14, 12, 14, 12),
        )
        side = frame("panel", told)
        side.setFixedWidth(SIDE)
        figures = column(self._counts, self._averages, None, gap=8)
        foot = frame("panel", row((self.plot, 3), (figures, 2), gap=14, margins=(12, 10, 14, 8)))
        foot.setFixedHeight(188)
        self.setLayout(column((row((picture, 1), side, gap=8), 1), foot, gap=8))

    def _connect(self) -> None:
        self.board.moved.connect(lambda _: self._judge())
        self.board.chosen.connect(lambda _: self._chosen())
        self.score.changed.connect(self._set_score)
        self.iou.changed.connect(lambda _: self._judge())
        self.least.changed.connect(lambda _: self._judge())
        self.add_true.clicked.connect(lambda: self._add(true=True))
        self.add_found.clicked.connect(lambda: self._add(true=False))
        self.remove.clicked.connect(self._remove)

    def use_picture(self, picture: np.ndarray) -> None:
        """Lay the boxes out on another picture."""
        self.board.show_picture(picture)
        width, height = self.board.picture_size
        size = np.array([width, height, width, height], np.float32)
        true = [BoardBox(size * np.array(box, np.float32), "slide", low=True) for box in TRUTH]
        found = [BoardBox(size * np.array(box, np.float32), "net") for box, _ in FOUND]
        self.board.boxes = [*true, *found]
        self._truth, self._scores = len(true), [score for _, score in FOUND]
        self.board.choose(self._truth)
        self._chosen()

    # Boxes

    def _chosen(self) -> None:
        at = self.board.at - self._truth
        if at >= 0:
            self.score.set_value(self._scores[at])
        self._judge()

    def _set_score(self, value: float) -> None:
        at = self.board.at - self._truth
        if at >= 0:
            self._scores[at] = value
            self._judge()

    def _add(self, *, true: bool) -> None:
        """A box in the middle, chosen, to be dragged where it belongs."""
        width, height = self.board.picture_size
        box = np.array([0.4 * width, 0.4 * height, 0.6 * width, 0.6 * height], np.float32)
        if true:
            self.board.boxes.insert(self._truth, BoardBox(box, "slide", low=True))
            self._truth += 1
            self.board.choose(self._truth - 1)
        else:
            self.board.boxes.append(BoardBox(box, "net"))
            self._scores.append(0.5)
            self.board.choose(len(self.board.boxes) - 1)
        self._chosen()

    def _remove(self) -> None:
        at = self.board.at
        if at < 0:
            return
        del self.board.boxes[at]
        if at < self._truth:
            self._truth -= 1
        else:
            del self._scores[at - self._truth]
        self.board.choose(min(at, len(self.board.boxes) - 1))
        self._chosen()

    def _judge(self) -> None:
        """Every figure anew; a few boxes take less than a frame of the screen."""
        boxes = np.array([b.box for b in self.board.boxes], np.float32).reshape(-1, 4)
        scores = np.array(self._scores, np.float32)
        self.judged = judge(
            boxes[: self._truth], boxes[self._truth :], scores, iou=self.iou.value(), least=self.least.value()
        )
        now = (self.judged.recall, self.judged.precision)
        curve = self.judged.curve
        self.plot.show_curve(curve.recall, curve.precision, curve.envelope, now)
        self._say()

    # Words

    def _say(self) -> None:
        judged = self.judged
        if judged is None:
            return
        for i, box in enumerate(self.board.boxes[: self._truth]):
            box.words = self.tr("object {n}").format(n=i + 1)
            box.faded = False
        for i, box in enumerate(self.board.boxes[self._truth :]):
            box.words = self._verdict(int(judged.partner[i]), self._scores[i])
            box.faded = int(judged.partner[i]) == -2
        self.board.update()
        self._say_chosen(judged)
        counts = self.tr("TP {tp} · FP {fp} · FN {fn}").format(tp=judged.right, fp=judged.wrong, fn=judged.missed)
        both = self.tr("precision {tp} / {tpfp} = {p}\nrecall {tp} / {tpfn} = {r}").format(
            tp=judged.right,
            tpfp=judged.right + judged.wrong,
            tpfn=judged.right + judged.missed,
            p=_share(judged.precision),
            r=_share(judged.recall),
        )
        self._counts.setText(f"{counts}\n{both}")
        averages = self.tr("AP at IoU {iou:.2f}: {ap}\nAP@[.5:.95]: {mean}")
        self._averages.setText(averages.format(iou=self.iou.value(), ap=_share(judged.ap), mean=_share(judged.ap_mean)))
        self.plot.setAccessibleDescription(self._averages.text())
        self.add_true.setEnabled(self._truth < MOST)
        self.add_found.setEnabled(len(self._scores) < MOST)
        self.remove.setEnabled(self.board.at >= 0)

    def _verdict(self, partner: int, score: float) -> str:
        words = {-2: self.tr("not counted"), -1: "FP"}.get(partner, "TP")
        return f"{score:.2f} {words}"

    def _say_chosen(self, judged: Judged) -> None:
        at = self.board.at - self._truth
        self.score.setVisible(at >= 0)
        if at < 0:
            self._title.setText(self.tr("Choose a mint box"))
            self._sentence.setText(self.tr("Sand boxes are the truth, mint boxes were found. Drag any of them."))
            self._formula.setText("")
            return
        partner, shares = judged.best[at]
        box = self.board.boxes[self._truth + at].box
        found = float((box[2] - box[0]) * (box[3] - box[1]))
        self._title.setText(self.tr("Found box {n}").format(n=at + 1))
        if partner < 0 or shares.shared <= 0:
            self._sentence.setText(self.tr("It touches no object: every share is 0."))
            self._formula.setText("∩ = 0")
            return
        true = self.board.boxes[partner].box
        object_ = float((true[2] - true[0]) * (true[3] - true[1]))
        self._sentence.setText(self.tr("Against object {n}, in pixels²:").format(n=partner + 1))
        both = found + object_ - shares.shared
        rows = (
            (self.tr("precision"), found, shares.precision),
            (self.tr("recall"), object_, shares.recall),
            ("IoU", both, shares.iou),
        )
        self._formula.setText(
            "\n".join(f"{name}  {shares.shared:,.0f} / {by:,.0f} = {value:.3f}" for name, by, value in rows)
        )

    def retranslate(self) -> None:
        self.score.set_name(self.tr("Score of this box"))
        self.iou.set_name(self.tr("IoU that counts as found"))
        self.least.set_name(self.tr("Least score"))
        self.add_true.setText(self.tr("Object"))
        self.add_true.setToolTip(self.tr("One more true box"))
        self.add_found.setText(self.tr("Found box"))
        self.add_found.setToolTip(self.tr("One more found box"))
        self.remove.setText(self.tr("Remove"))
        self.board.setAccessibleName(self.tr("True and found boxes"))
        self.plot.setAccessibleName(self.tr("Precision against recall"))
        self.plot.set_axes(self.tr("recall"), self.tr("precision"))
        self._say()


def _share(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f}"
