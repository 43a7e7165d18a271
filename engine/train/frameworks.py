"""What the course said of TensorFlow, PyTorch and Keras, and what has become of it (lecture rows 30 to 33).

TorchServe: its repository was archived by its owner on 7 August 2025 (https://github.com/pytorch/serve).
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.text import Text, same

CHECKED = "2026-11"


@dataclass(frozen=True, slots=True)
class Entry:
    """One tool or statement. said: as the slide has it. now: what holds today. ended: it is no longer developed."""

    name: str
    said: Text
    now: Text
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of the lectures with its entries."""

    row: int
    title: Text
    entries: tuple[Entry, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        30,
        Text("TensorFlow and PyTorch", "TensorFlow와 PyTorch"),
        (
            Entry(
                "Models",
                Text("More to be had for PyTorch.", "PyTorch 쪽이 더 많아요."),
                Text(
                    "Still so: most new papers come with PyTorch code.",
                    "지금도 그래요. 새 논문은 대부분 PyTorch 코드로 나와요.",
                ),
            ),
            Entry(
                "Deployment",
                Text("Easier with TensorFlow.", "TensorFlow가 더 쉬워요."),
                Text(
                    "ONNX runs both worlds’ networks; Export in this tab writes it.",
                    "ONNX로 양쪽 신경망을 다 돌려요. 이 탭의 ‘내보내기’로 쓸 수 있어요.",
                ),
            ),
            Entry("Ecosystem", Text("Equal.", "비슷해요."), Text("See below.", "아래를 보세요.")),
        ),
    ),
    Topic(
        31,
        Text("Tools to deploy", "배포 도구"),
        (
            Entry(
                "TF Serving", Text("A server for TensorFlow.", "TensorFlow 서버."), Text("Goes on.", "계속 개발돼요.")
            ),
            Entry(
                "TFLite",
                Text("TensorFlow on phones.", "휴대폰에서 TensorFlow."),
                Text("Called LiteRT since 2024.", "2024년부터 이름이 LiteRT예요."),
            ),
            Entry(
                "TorchServe",
                Text("A server for PyTorch.", "PyTorch 서버."),
                Text("Archived on 7 August 2025.", "2025년 8월 7일에 보관 처리됐어요."),
                ended=True,
            ),
            Entry(
                "PyTorch Live",
                Text("PyTorch in phone apps.", "휴대폰 앱에서 PyTorch."),
                Text("Stopped; ExecuTorch took over on phones.", "중단됐어요. 휴대폰에서는 ExecuTorch를 써요."),
                ended=True,
            ),
            Entry(
                "TorchScript",
                Text("A network without Python.", "Python 없는 신경망."),
                Text("Deprecated; torch.export took over.", "지원이 끝나 가요. torch.export가 대신해요."),
                ended=True,
            ),
        ),
    ),
    Topic(
        32,
        Text("Ecosystem", "생태계"),
        (
            Entry(
                "TF Hub",
                Text("Trained networks.", "학습된 신경망."),
                Text("Part of Kaggle Models since 2023.", "2023년부터 Kaggle Models의 일부예요."),
            ),
            Entry(
                "Model Garden, TFX",
                Text("Examples; pipelines.", "예제와 파이프라인."),
                Text("For TensorFlow.", "TensorFlow용이에요."),
            ),
            Entry(
                "Vertex AI, TF Cloud, Colab",
                Text("Google’s machines for rent.", "구글의 빌려 쓰는 컴퓨터."),
                Text("Colab runs PyTorch as well.", "Colab에서 PyTorch도 돌아요."),
            ),
            Entry(
                "TF.js",
                Text("In the browser.", "브라우저에서."),
                Text("Beside it: ONNX Runtime Web.", "그 밖에 ONNX Runtime Web도 있어요."),
            ),
            Entry(
                "PyTorch Hub, SpeechBrain",
                Text("Trained networks; speech.", "학습된 신경망과 음성."),
                Text("Beside them: Hugging Face Hub, timm.", "그 밖에 Hugging Face Hub, timm이 있어요."),
            ),
            Entry(
                "TorchElastic, TorchX",
                Text("Training on many machines.", "여러 컴퓨터로 학습."),
                Text(
                    "TorchElastic is torchrun, a part of PyTorch since 1.10.",
                    "TorchElastic은 1.10부터 PyTorch의 torchrun이에요.",
                ),
            ),
            Entry(
                "Lightning",
                Text("Training without the loop.", "학습 루프 없이 학습."),
                Text("Goes on.", "계속 개발돼요."),
            ),
        ),
    ),
    Topic(
        33,
        same("Keras"),
        (
            Entry(
                "Python 2.7–3.6",
                Text("What it runs on.", "돌아가는 Python 버전."),
                Text("Keras 3 (2023) needs a current Python 3.", "Keras 3(2023)은 최신 Python 3이 필요해요."),
                ended=True,
            ),
            Entry(
                "CPU, GPU",
                Text("The same code for both.", "같은 코드로 둘 다."),
                Text(
                    "So do the recipes here: set Device on the left.", "여기 레시피도 그래요. 왼쪽에서 장치를 고르세요."
                ),
            ),
            Entry(
                "MIT",
                Text("Its licence; CNN and RNN can be combined.", "라이선스. CNN과 RNN을 섞을 수 있어요."),
                Text(
                    "Apache 2.0 now; runs on TensorFlow, JAX and PyTorch. Code in this tab shows a run in Keras too.",
                    "지금은 Apache 2.0이고 TensorFlow, JAX, PyTorch 위에서 돌아요. 이 탭의 ‘코드’에서 Keras로도 볼 수 있어요.",
                ),
            ),
        ),
    ),
)
