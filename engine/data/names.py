"""Class names in both languages, for the names that common sets use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import resources
from engine.text import Text, same

PARTS = {
    "train": Text("Train", "학습용"),
    "test": Text("Test", "시험용"),
    "val": Text("Validation", "검증"),
    "all": Text("All", "전체"),
}


def part_name(split: str) -> Text:
    """What people call a part of a set; a name of its own stays as it is."""
    return PARTS.get(split, same(split))


COCO = (
    "person 사람|bicycle 자전거|car 자동차|motorcycle 오토바이|airplane 비행기|bus 버스|train 기차|truck 트럭|boat 보트|"
    "traffic light 신호등|fire hydrant 소화전|stop sign 정지 표지판|parking meter 주차 미터기|bench 벤치|bird 새|cat 고양이|"
    "dog 개|horse 말|sheep 양|cow 소|elephant 코끼리|bear 곰|zebra 얼룩말|giraffe 기린|backpack 배낭|umbrella 우산|"
    "handbag 핸드백|tie 넥타이|suitcase 여행 가방|frisbee 원반|skis 스키|snowboard 스노보드|sports ball 공|kite 연|"
    "baseball bat 야구 방망이|baseball glove 야구 글러브|skateboard 스케이트보드|surfboard 서프보드|tennis racket 테니스 라켓|"
    "bottle 병|wine glass 와인 잔|cup 컵|fork 포크|knife 칼|spoon 숟가락|bowl 그릇|banana 바나나|apple 사과|"
    "sandwich 샌드위치|orange 오렌지|broccoli 브로콜리|carrot 당근|hot dog 핫도그|pizza 피자|donut 도넛|cake 케이크|"
    "chair 의자|couch 소파|potted plant 화분|bed 침대|dining table 식탁|toilet 변기|tv 텔레비전|laptop 노트북|"
    "mouse 마우스|remote 리모컨|keyboard 키보드|cell phone 휴대폰|microwave 전자레인지|oven 오븐|toaster 토스터|"
    "sink 싱크대|refrigerator 냉장고|book 책|clock 시계|vase 꽃병|scissors 가위|teddy bear 곰 인형|"
    "hair drier 헤어드라이어|toothbrush 칫솔"
)
VOC = (
    "aeroplane 비행기|bicycle 자전거|bird 새|boat 보트|bottle 병|bus 버스|car 자동차|cat 고양이|chair 의자|cow 소|"
    "diningtable 식탁|dog 개|horse 말|motorbike 오토바이|person 사람|pottedplant 화분|sheep 양|sofa 소파|train 기차|"
    "tvmonitor 텔레비전"
)
_OTHERS = (
    "automobile 자동차|deer 사슴|frog 개구리|ship 배|"  # CIFAR-10
    "sky 하늘|building 건물|pole 기둥|road 도로|pavement 인도|sidewalk 인도|tree 나무|sign 표지판|signsymbol 표지판|"
    "column_pole 기둥|fence 울타리|pedestrian 보행자|bicyclist 자전거 탄 사람|void 빈 영역|"  # CamVid
    "rbc 적혈구|wbc 백혈구|platelet 혈소판|platelets 혈소판|"  # BCCD
    "daisy 데이지|dandelion 민들레|rose 장미|sunflower 해바라기|tulip 튤립|"
    "t-shirt/top 티셔츠|trouser 바지|pullover 풀오버|dress 드레스|coat 코트|sandal 샌들|shirt 셔츠|sneaker 운동화|"
    "bag 가방|ankle boot 앵클부츠|"  # Fashion-MNIST
    "walking 걷기|walking_forward 앞으로 걷기|walking_upstairs 계단 오르기|walking_downstairs 계단 내려가기|"
    "running_forward 앞으로 달리기|jogging 조깅|upstairs 계단 오르기|downstairs 계단 내려가기|sitting 앉아 있기|"
    "standing 서 있기|laying 눕기|seated 앉아 있기|standing_up 일어서기|turning 돌기|sitting_down 앉기|"  # HAR
    "stick figure 막대 사람|head 머리|neck 목|right elbow 오른 팔꿈치|right hand 오른손|left elbow 왼 팔꿈치|"
    "left hand 왼손|hip 골반|right knee 오른 무릎|right foot 오른발|left knee 왼 무릎|left foot 왼발"  # stick figures
)


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in "|".join((COCO, VOC, _OTHERS)).split("|"):
        # the English part is what stands before the first Korean word
        words = entry.split(" ")
        first = next(i for i, word in enumerate(words) if any("가" <= letter <= "힣" for letter in word))
        found[" ".join(words[:first])] = " ".join(words[first:])
    return found


KOREAN = _table()


_SYNSET = re.compile(r"n\d{8}")


@lru_cache(maxsize=1)
def _synsets() -> dict[str, Text]:
    """What the 1,000 classes of ImageNet-1K are called, by their WordNet numbers, whose order is that of the classes."""
    from engine.models.imagenet import names  # imports torchvision

    numbers = resources.path("i18n", "imagenet_synsets.txt").read_text(encoding="utf-8").split()
    return dict(zip(numbers, names(), strict=True))


def named(name: str) -> Text:
    """A class name as its set writes it, with the Korean word where it is a common one.

    A folder of ImageNet is called by WordNet's number (n01440764); it gets the class's name (lecture row 39).
    """
    if _SYNSET.fullmatch(name) and name in _synsets():
        return _synsets()[name]
    korean = KOREAN.get(name.lower().strip())
    return Text(name, korean) if korean else same(name)


def all_named(names: Iterable[str]) -> tuple[Text, ...]:
    return tuple(named(name) for name in names)


def listed(table: str) -> tuple[str, ...]:
    """The English names of one of the tables above, in its order."""
    order = []
    for entry in table.split("|"):
        words = entry.split(" ")
        first = next(i for i, word in enumerate(words) if any("가" <= letter <= "힣" for letter in word))
        order.append(" ".join(words[:first]))
    return tuple(order)
