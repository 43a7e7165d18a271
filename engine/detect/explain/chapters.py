"""The chapters of "How it sees": what each is called, what to look at, which network it needs, and its job.

This file is light: what a chapter computes with is imported when it is played.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from engine.cards import Explanation, unknown
from engine.jobs import Job
from engine.text import Text, same

if TYPE_CHECKING:
    from engine.detect.explain.films import Ask


@dataclass(frozen=True, slots=True)
class Chapter:
    """One way to find objects or to colour pixels, told on a picture.

    id:    the word on the command line. name: a word or two for a button; year: of the paper.
    first: what will be seen, before it is started.
    needs: value of a `networks.Need`, "" = nothing but what comes with the app. must: False = it also does without.
    play:  "module:function" of this package that takes an `Ask` and is a job of `Stage` and `Moving` events.
    knobs: which of `Ask`'s values a person may choose.
    start: the packaged photograph that shows it best.
    """

    id: str
    name: Text
    year: int
    first: Text
    explanation: Explanation
    rows: tuple[int, ...]
    play: str
    needs: str = ""
    must: bool = True
    knobs: tuple[str, ...] = ()
    start: str = "astronaut.png"


def played(chapter: Chapter, ask: Ask) -> Job:
    """The chapter's job. Raises `LabError` (at its first event) when a network it needs is not on this machine."""
    module, _, name = chapter.play.partition(":")
    job: Job = getattr(import_module(f"engine.detect.explain.{module}"), name)(ask)
    return (yield from job)


def chapter(id: str) -> Chapter:
    """The chapter with this id. Raises `LabError` naming those that exist."""
    for one in CHAPTERS:
        if one.id == id:
            return one
    raise unknown(Text("chapter", "장"), id, [one.id for one in CHAPTERS])


DETECTING = (
    Chapter(
        id="window",
        name=Text("Window", "윈도우"),
        year=2001,
        first=Text(
            "A window moves over the picture and a classifier looks through it, then again on smaller copies.",
            "창이 사진 위를 움직이고 분류기가 들여다봐요. 그다음 더 작은 사본에서 다시 해요.",
        ),
        explanation=Explanation(
            Text("Sliding window", "슬라이딩 윈도우 (sliding window)"),
            Text("Watch the count of windows, and what size is found.", "창의 개수와, 어떤 크기가 찾아지는지 보세요."),
            Text(
                "One window finds only things of its own size. On a pyramid of smaller copies the same window finds larger ones, at the price of more looks.",
                "창 하나는 자기 크기의 물체만 찾아요. 더 작은 사본에서는 같은 창이 큰 물체도 찾지만, 그만큼 더 봐야 해요.",
            ),
            "n = (⌊(W − w) / s⌋ + 1) · (⌊(H − w) / s⌋ + 1)",
        ),
        rows=(69, 70),
        play="films:window",
        start="chelsea.png",
        knobs=("window", "step"),
    ),
    Chapter(
        id="rcnn",
        name=same("R-CNN"),
        year=2014,
        first=Text(
            "Regions grow together into proposals; each is cut out, described by a CNN and judged by a linear SVM.",
            "영역을 합쳐 후보를 만들고, 하나하나 잘라 CNN으로 설명한 다음 선형 SVM이 판단해요.",
        ),
        explanation=Explanation(
            same("R-CNN"),
            Text("Most of the time goes into the CNN.", "시간은 대부분 CNN에 들어요."),
            Text(
                "Selective search proposes where something may be. The CNN runs once for each proposal; that is why it is slow.",
                "선택적 탐색 (selective search)이 있을 만한 자리를 제안해요. CNN을 후보마다 돌려서 느려요.",
            ),
            "margin = w · φ(cut) + b",
        ),
        rows=(73, 79, 80),
        play="films:slow_rcnn",
        knobs=("taught", "top", "margin"),
    ),
    Chapter(
        id="fast",
        name=same("Fast R-CNN"),
        year=2015,
        first=Text(
            "The same proposals, but the CNN runs once; each proposal is pooled out of its map.",
            "후보는 같지만 CNN은 한 번만 돌아요. 후보마다 지도에서 풀링해 읽어요.",
        ),
        explanation=Explanation(
            same("Fast R-CNN"),
            Text("Compare its milliseconds with R-CNN’s.", "R-CNN의 시간과 견주어 보세요."),
            Text(
                "One pass makes a map of the whole picture. RoI pooling reads each proposal from it as 7 × 7 cells. Now the proposals are the bottleneck.",
                "한 번에 사진 전체의 지도를 만들고, RoI 풀링이 후보를 7 × 7칸으로 읽어요. 이제 후보 제안이 병목이에요.",
            ),
            "yᵢⱼ = max over cell (i, j)",
        ),
        rows=(74,),
        play="films:fast_rcnn",
        knobs=("taught", "top", "margin"),
    ),
    Chapter(
        id="faster",
        name=same("Faster R-CNN"),
        year=2015,
        first=Text(
            "The network proposes by itself: anchors at every cell, judged and moved.",
            "신경망이 스스로 제안해요. 칸마다 앵커를 놓고, 판단하고, 옮겨요.",
        ),
        explanation=Explanation(
            same("Faster R-CNN"),
            Text("Click the picture to see the anchors there.", "사진을 누르면 그 자리의 앵커가 보여요."),
            Text(
                "At every cell of the map anchors of three shapes are asked: is this an object, and how must the box move? The best go to the second stage.",
                "지도의 칸마다 세 가지 모양의 앵커에 물어요. 물체인가요? 상자를 어떻게 옮길까요? 가장 좋은 것이 둘째 단계로 가요.",
            ),
            "anchors: 2:1, 1:1, 1:2",
        ),
        rows=(75,),
        play="films:faster_rcnn",
        needs="two_stage",
        knobs=("network", "cell"),
    ),
    Chapter(
        id="align",
        name=same("RoIAlign"),
        year=2017,
        first=Text(
            "Drag the box: RoIPool jumps from cell to cell, RoIAlign follows.",
            "상자를 끌어 보세요. RoIPool은 칸에서 칸으로 뛰고, RoIAlign은 따라와요.",
        ),
        explanation=Explanation(
            Text("RoIAlign and RoIPool", "RoIAlign과 RoIPool"),
            Text("Drag the box by a few pixels.", "상자를 몇 픽셀만 끌어 보세요."),
            Text(
                "RoIPool rounds the box to whole cells, so a small move changes nothing and the next one everything. RoIAlign reads between cells.",
                "RoIPool은 상자를 칸에 맞춰 반올림해서, 조금 옮기면 그대로다가 갑자기 바뀌어요. RoIAlign은 칸 사이를 읽어요.",
            ),
            "f(x, y) = Σ f(i, j) · (1 − |x − i|)(1 − |y − j|)",
        ),
        rows=(77,),
        play="films:aligned",
    ),
    Chapter(
        id="refine",
        name=Text("Refining", "다듬기"),
        year=2018,
        first=Text(
            "The second stage gets its own boxes back, again and again, and they settle.",
            "둘째 단계에 자기 상자를 되돌려 줘요. 되풀이할수록 상자가 자리를 잡아요.",
        ),
        explanation=Explanation(
            Text("Box refinement", "상자 다듬기 (refinement)"),
            Text("Watch how far the corners move each time.", "모서리가 매번 얼마나 움직이는지 보세요."),
            Text(
                "A box that fits better is pooled better and is corrected again: the repeated section of Kakao’s RF-R-CNN.",
                "더 잘 맞는 상자는 더 잘 읽히고 다시 고쳐져요. 카카오 RF-R-CNN의 되풀이하는 부분이에요.",
            ),
            "bₖ₊₁ = head(pool(F, bₖ))",
        ),
        rows=(78,),
        play="films:refined",
        needs="two_stage",
        knobs=("network", "rounds", "least"),
    ),
    Chapter(
        id="mask",
        name=same("Mask R-CNN"),
        year=2017,
        first=Text(
            "Each box also gets 28 × 28 pixels: object or not.", "상자마다 28 × 28 픽셀로 물체인지 아닌지도 답해요."
        ),
        explanation=Explanation(
            same("Mask R-CNN"),
            Text("The tiles are the masks, one for each box.", "작은 그림이 상자마다의 마스크예요."),
            Text(
                "A third branch beside class and box answers for every pixel of the box. RoIAlign makes its edges sharp.",
                "클래스와 상자 옆의 셋째 가지가 상자 안의 픽셀마다 답해요. RoIAlign 덕분에 경계가 또렷해요.",
            ),
            "L = L_class + L_box + L_mask",
        ),
        rows=(76,),
        play="films:mask_rcnn",
        needs="mask",
        knobs=("network", "cell"),
    ),
    Chapter(
        id="yolo",
        name=same("YOLO"),
        year=2016,
        first=Text(
            "7 × 7 cells, two boxes each: 98 boxes and, with 20 classes, 1,470 numbers. Counted here.",
            "7 × 7칸에 상자 두 개씩: 상자 98개, 20클래스면 숫자 1,470개. 여기서 세어 봐요.",
        ),
        explanation=Explanation(
            same("YOLO"),
            Text("Count: 7 · 7 · 2 = 98 boxes.", "세어 보세요. 7 · 7 · 2 = 상자 98개."),
            Text(
                "The cell that holds an object’s centre answers for its box and class, all in one pass. Confidence × class decides which boxes stay.",
                "물체의 중심이 든 칸이 상자와 클래스를 한 번에 답해요. 신뢰도 × 클래스 확률로 남길 상자를 정해요.",
            ),
            "7 · 7 · (2 · 5 + 20) = 1470",
        ),
        rows=(90,),
        play="films:yolo",
        needs="grid",
        must=False,
        knobs=("network", "least"),
    ),
)

SEGMENTING = (
    Chapter(
        id="enlarge",
        name=Text("Growing again", "다시 키우기"),
        year=2016,
        first=Text(
            "A real map is pooled and enlarged again in five ways. The small picture is its middle, cell by cell.",
            "실제 지도를 풀링하고 다섯 가지로 다시 키워요. 작은 그림은 가운데를 칸마다 보여 줘요.",
        ),
        explanation=Explanation(
            Text("Up-sampling", "업샘플링 (up-sampling)"),
            Text("Look for the checkerboard of the 3 × 3 kernel.", "3 × 3 커널의 바둑판 무늬를 찾아보세요."),
            Text(
                "A decoder must enlarge maps. Transposed convolutions whose kernel does not divide by the stride cover cells unequally.",
                "디코더는 지도를 키워야 해요. 커널이 보폭으로 나누어떨어지지 않는 전치 합성곱은 칸을 고르게 덮지 못해요.",
            ),
            "H′ = (H − 1) · s − 2p + k",
        ),
        rows=(85,),
        play="upsampling:enlarging",
        start="chelsea.png",
    ),
    Chapter(
        id="unpool",
        name=same("SegNet"),
        year=2017,
        first=Text(
            "Where was each maximum? Pooling remembers the place, unpooling puts the value back there.",
            "최댓값이 어디 있었을까요? 풀링이 자리를 기억하고 언풀링이 값을 그 자리에 돌려놓아요.",
        ),
        explanation=Explanation(
            Text("Pooling indices", "풀링 인덱스 (pooling indices)"),
            Text("Bright cells were the largest of four.", "밝은 칸이 네 칸 중 가장 컸던 칸이에요."),
            Text(
                "SegNet stores which of four cells was largest. The way back needs no learnt up-sampling and keeps edges where they were.",
                "SegNet은 네 칸 중 어디가 가장 컸는지 저장해요. 돌아올 때 배운 업샘플링 없이도 경계가 제자리에 남아요.",
            ),
            "unpool(y)ᵢ = y if i = argmax else 0",
        ),
        rows=(88,),
        play="upsampling:unpooling",
    ),
    Chapter(
        id="naive",
        name=Text("Naive or FCN", "픽셀마다 또는 FCN"),
        year=2015,
        first=Text(
            "A forward pass for every pixel, timed against one for the whole picture.",
            "픽셀마다 한 번씩 계산하기와, 사진 전체를 한 번에 계산하기의 시간을 재요.",
        ),
        explanation=Explanation(
            Text("Pixel-wise classification", "픽셀별 분류 (pixel-wise classification)"),
            Text("Compare seconds for all pixels with one pass.", "모든 픽셀의 시간과 한 번의 시간을 견주어 보세요."),
            Text(
                "Patches of neighbouring pixels are nearly the same; computing each anew is waste. Written as convolutions, one pass answers for all.",
                "이웃한 픽셀의 조각은 거의 같아서, 매번 새로 계산하면 낭비예요. 합성곱으로 쓰면 한 번에 모두 답해요.",
            ),
            "t_naive = H · W · t_patch",
        ),
        rows=(81, 82),
        play="upsampling:naive",
    ),
    Chapter(
        id="shapes",
        name=Text("Encoder, decoder", "인코더, 디코더"),
        year=2017,
        first=Text(
            "From the picture down to 1/32 and up again: what every level holds.",
            "사진에서 1/32까지 내려갔다가 다시 올라와요. 단계마다 무엇이 들었는지 보여 줘요.",
        ),
        explanation=Explanation(
            Text("Encoder and decoder", "인코더와 디코더 (encoder, decoder)"),
            Text("Fewer cells, more channels; then back.", "칸은 줄고 채널은 늘었다가, 다시 돌아와요."),
            Text(
                "Coarse maps know what is there, fine maps know where. The decoder adds them level by level.",
                "거친 지도는 무엇인지, 고운 지도는 어디인지 알아요. 디코더가 단계마다 더해요.",
            ),
            "Pₗ = conv(Cₗ) + up(Pₗ₊₁)",
        ),
        rows=(57, 82, 85),
        play="upsampling:shapes",
    ),
)

CHAPTERS = (*DETECTING, *SEGMENTING)
