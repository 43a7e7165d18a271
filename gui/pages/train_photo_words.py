"""What the evidence of a training on photographs tells about itself, at three depths."""

from __future__ import annotations

from engine.cards import Explanation
from engine.text import Text, same

EXPLANATIONS: dict[str, Explanation] = {
    "answers": Explanation(
        Text("What it sees", "신경망이 보는 것"),
        Text(
            "The same photographs at every check. Switch to Errors to see what is still wrong.",
            "검증할 때마다 같은 사진이에요. ‘오류’를 누르면 아직 틀린 곳이 보여요.",
        ),
        Text(
            "They were kept out of training. Solid green boxes overlap an object of their class by half or more (TP), "
            "dashed red ones do not (FP), dotted ones were missed (FN); of masks every wrong pixel is red.",
            "학습에 쓰지 않은 사진이에요. 초록 실선은 같은 클래스 물체와 절반 이상 겹친 상자(TP), 빨간 점선은 아닌 상자(FP), "
            "모래색 점선은 놓친 물체(FN)예요. 마스크에서는 틀린 픽셀이 빨개요.",
        ),
        "TP: IoU ≥ 0.5 and the same class,   each object once",
    ),
    "pixels": Explanation(
        Text("Confusion of pixels", "픽셀의 혼동 행렬 (confusion)"),
        Text("Rows are the truth, columns the answer.", "행은 정답, 열은 신경망의 답이에요."),
        Text(
            "Each pixel counts once. Beside the diagonal stand the classes that are taken for each other.",
            "픽셀마다 한 번씩 세요. 대각선 밖은 서로 헷갈린 클래스예요.",
        ),
        "IoUₖ = Cₖₖ / (Σᵢ Cᵢₖ + Σⱼ Cₖⱼ − Cₖₖ)",
    ),
    "pictures": Explanation(
        Text("Confusion of classes", "클래스의 혼동 행렬 (confusion)"),
        Text("Rows are the truth, columns the answer.", "행은 정답, 열은 신경망의 답이에요."),
        Text(
            "Each picture counts once, wherever its box lies. Beside the diagonal stand the classes that are taken for "
            "each other.",
            "상자가 어디 있든 그림마다 한 번씩 세요. 대각선 밖은 서로 헷갈린 클래스예요.",
        ),
        "Cᵢⱼ = #{ n : tₙ = i,  argmax yₙ = j }",
    ),
    "located": Explanation(
        Text("Named and placed", "이름과 자리 모두 맞음 (localisation)"),
        Text(
            "The solid line is measured on pictures kept out of training, the dashed one on the batches it learns from.",
            "실선은 학습에 쓰지 않은 그림으로, 점선은 지금 배우는 배치로 잰 값이에요.",
        ),
        Text(
            "A picture counts when its class is right and its box overlaps the object by half or more: both at once.",
            "클래스가 맞고 상자가 물체와 절반 이상 겹친 그림만 세요. 둘 다 맞아야 해요.",
        ),
        "class = t  and  IoU ≥ 0.5",
    ),
    "pck": Explanation(
        Text("Landmarks in place", "제자리에 든 랜드마크 (PCK)"),
        Text(
            "The solid line is measured on pictures kept out of training, the dashed one on the batches it learns from.",
            "실선은 학습에 쓰지 않은 그림으로, 점선은 지금 배우는 배치로 잰 값이에요.",
        ),
        Text(
            "The share of landmarks that are answered within 5 % of the picture’s side from their true place.",
            "정답에서 그림 한 변의 5 % 안에 답한 랜드마크의 비율이에요.",
        ),
        "PCK = (1/K) · Σₖ [ ‖pₖ − tₖ‖ < 0.05 · side ]",
    ),
    "precision": Explanation(
        Text("Precision over recall", "정밀도와 재현율 (precision, recall)"),
        Text(
            "Across: the share of objects found. Up: the share of boxes that are right. Both in per cent.",
            "가로는 찾은 물체의 비율, 세로는 맞은 상자의 비율이에요. 단위는 %예요.",
        ),
        Text(
            "Boxes are taken in order of their score. The area under a class’s curve is its AP; the mean of all is mAP.",
            "점수가 높은 상자부터 차례로 세요. 클래스마다 곡선 아래 넓이가 AP, 그 평균이 mAP예요.",
        ),
        "AP = ∫₀¹ p(r) dr,   mAP = mean over classes",
    ),
    "classes": Explanation(
        Text("By class", "클래스별 점수"),
        Text(
            "Look for the shortest bar: a rare or a thin class.",
            "가장 짧은 막대를 찾아 보세요. 드물거나 가는 클래스예요.",
        ),
        Text(
            "The mean hides what is hard. Rare classes count as much in it as the road.",
            "평균만 보면 어려운 것이 가려져요. 평균에서는 드문 클래스도 도로만큼 중요해요.",
        ),
        "IoU = |A ∩ B| / |A ∪ B|",
    ),
    "one": Explanation(
        Text("One photograph", "사진 하나"),
        Text("Choose another one under the curves.", "곡선 아래에서 다른 사진을 골라 보세요."),
        Text(
            "What is drawn over it is the network’s answer, the truth, or where they differ, as chosen there.",
            "위에 그린 것은 아래에서 고른 대로 신경망의 답, 정답, 또는 둘의 차이예요.",
        ),
        "",
    ),
    "miou": Explanation(
        same("mIoU"),
        Text(
            "The solid line is measured on photographs kept out of training, the dashed one on the crops it learns from.",
            "실선은 학습에 쓰지 않은 사진으로, 점선은 지금 배우는 조각으로 잰 값이에요.",
        ),
        Text(
            "Of each class: pixels right, over pixels that are it or were called it. Then the mean over the classes.",
            "클래스마다 맞은 픽셀을, 정답이거나 그렇게 답한 픽셀 전체로 나눠요. 그리고 클래스 평균을 내요.",
        ),
        "mIoU = mean_k |Aₖ ∩ Bₖ| / |Aₖ ∪ Bₖ|",
    ),
    "map50": Explanation(
        same("mAP@0.5"),
        Text(
            "Measured on photographs kept out of training. It starts at 0 and jumps when boxes begin to fit.",
            "학습에 쓰지 않은 사진으로 재요. 0에서 시작해, 상자가 맞기 시작하면 뛰어올라요.",
        ),
        Text(
            "A box counts when it overlaps an object of its class by half or more. AP is the area under precision over "
            "recall; the mean over the classes is mAP.",
            "같은 클래스 물체와 절반 이상 겹친 상자만 맞은 것으로 세요. 정밀도와 재현율 곡선 아래 넓이가 AP, 클래스 평균이 mAP예요.",
        ),
        "mAP@0.5 = mean_k ∫ pₖ(r) dr   at IoU ≥ 0.5",
    ),
}
