"""What goes into the executable and what stays out, and how much each part weighs."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import resources

Entry = tuple[str, str, str]  # as PyInstaller lists a file: where it goes, where it comes from, its kind

ASSETS = ("tokens.json", "fonts", "icons", "i18n", "models", "signals", "styles", "agents", "captions", "melodies")
NOT_IMPORTED = (  # by the app, though its libraries would bring them
    *(
        "triton",
        "tkinter",
        "matplotlib",
        "pandas",
        "imageio",
        "imageio_ffmpeg",
        "tensorboard",
        "tensorboardX",
        "pygame",
    ),
    *("openvino_telemetry", "fontTools", "lxml", "pycocotools", "torch.utils.tensorboard", "onnx.backend.test"),
    *(
        "onnxruntime.transformers",
        "onnxruntime.tools",
        "onnxruntime.quantization",
        "wx",
        "PyQt5",
        "PyQt6",
        "stable_baselines3",
    ),
    *(f"PySide6.Qt{name}" for name in ("Qml", "Quick", "QuickWidgets", "WebEngineCore", "Pdf", "Charts", "3DCore")),
)
TOOLS = ("IPython", "jupyter", "pytest", "_pytest", "pytestqt", "mypy", "ruff", "setuptools", "pip", "PyInstaller")
_USELESS = (  # wherever they lie: never read while the app runs
    (r"\.(h|hpp|cuh|cpp|cmake|lib|a|pyi|pxd|pyx|bc)$", "headers and static libraries"),
    (r"(^|/)(tests?|testing/_internal|test_?data)/", "tests"),
    (r"^torch/(include|share|test|_export/db)/", "headers and static libraries"),
    (r"^torch/bin/(?!torch_shm_manager)", "torch's own tests"),
    (r"^(openvino|onnx|cv2)/(include|cmake)/", "headers and static libraries"),
    (r"^onnx/backend/test/", "tests"),
    (r"^triton/", "triton"),
    (r"ffmpeg-(linux|win|mac)|imageio_ffmpeg", "ffmpeg programs"),
    (r"Qt6?(Qml|Quick|Pdf|WebEngine|Virtual|3D|Charts|DataVis|Designer|Bluetooth|Sql)", "unused Qt"),
    (r"^PySide6/(qml|Qt/qml|Qt/translations|translations)/", "unused Qt"),
    (
        r"plugins/(qmltooling|virtualkeyboard|platforminputcontexts/libqtvirtual|sqldrivers|position|webview)",
        "unused Qt",
    ),
    (r"plugins/platforms/libq(eglfs|linuxfb|vnc|vkkhrdisplay|minimalegl|minimal)\.", "unused Qt"),
    (r"^cv2/qt/", "a second copy of Qt"),
    (r"^skimage/data/(?!astronaut|camera|chelsea|coffee|rocket|ihc|motorcycle|_|registry|README)", "sample pictures"),
    (
        r"lib(cusolverMg|nvrtc\.alt|nvrtc-builtins\.alt|nvperf_\w+|nvblas|cufftw|checkpoint|pcsamplingutil)\.",
        "GPU tools",
    ),
)
_ONLY_WITH_A_GPU = (  # opened when a GPU computes; without them torch still starts
    r"nvidia/cudnn/lib/libcudnn_|lib(cusolver|nvrtc-builtins|cufile_rdma|nvtx\w*|torch_cuda_linalg)\.",
    r"nvidia/nvshmem/lib/nvshmem_",
)


@dataclass(frozen=True, slots=True)
class Build:
    """What a build is made of.

    gpu:        with what an NVIDIA GPU needs; without, torch starts on the processor alone.
    atari:      with the separate Atari program, which contains ale-py (GPL-2.0).
    restricted: with the weights whose data has non-commercial or unclear terms.
    """

    gpu: bool = True
    atari: bool = True
    restricted: bool = True

    @classmethod
    def asked(cls) -> Build:
        """As `build` told the spec, through the environment."""
        left_out = os.environ.get("CONVOSCOPE_WITHOUT", "").split()
        return cls("gpu" not in left_out, "atari" not in left_out, "restricted" not in left_out)

    def as_environment(self) -> dict[str, str]:
        """What `asked` reads."""
        names = {"gpu": self.gpu, "atari": self.atari, "restricted": self.restricted}
        return {"CONVOSCOPE_WITHOUT": " ".join(name for name, kept in names.items() if not kept)}


def why_out(place: str, build: Build) -> str:
    """Why the file at `place` of the build stays out; "" when it goes in."""
    path = place.replace("\\", "/")
    for pattern, why in _USELESS:
        if re.search(pattern, path):
            return why
    if not build.gpu and any(re.search(pattern, path) for pattern in _ONLY_WITH_A_GPU):
        return "GPU libraries"
    return ""


def kept(entries: Iterable[Entry], build: Build) -> list[Entry]:
    """The entries that go into the build."""
    return [entry for entry in entries if not why_out(entry[0], build)]


def left_out(entries: Iterable[Entry], build: Build) -> dict[str, int]:
    """Bytes that stay out, by why: packages that are installed here but not imported, and files of the others."""
    found = {name: size for name in NOT_IMPORTED if (size := _size_of(name))}
    for place, source, _ in entries:
        if (why := why_out(place, build)) and os.path.isfile(source):
            found[why] = found.get(why, 0) + os.path.getsize(source)
    return found


def _size_of(package: str) -> int:
    spec = importlib.util.find_spec(package) if "." not in package else None
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return sum(path.stat().st_size for folder in folders for path in Path(folder).rglob("*") if path.is_file())


def assets(build: Build) -> list[tuple[str, str]]:
    """(file, folder in the build) of all that travels with the app."""
    root = resources.path()
    files = [p for name in ASSETS for p in ([root / name] if (root / name).is_file() else (root / name).rglob("*"))]
    files = [p for p in files if p.is_file() and p.suffix not in (".ts", ".py") and p.name != "update"]
    out = set() if build.restricted else restricted_files()
    return [(str(p), str(Path("resources") / p.parent.relative_to(root))) for p in files if p not in out]


def restricted_files() -> set[Path]:
    """Weights of the restricted pack, with their cards."""
    found: set[Path] = set()
    for folder in ("models", "captions", "agents", "melodies"):
        for card in resources.path(folder).glob("*.json"):
            said = json.loads(card.read_text("utf-8"))
            if isinstance(said, dict) and said.get("pack") == "restricted":
                found |= {card, card.with_suffix(".safetensors")}
    return found


def weigh(folder: Path) -> dict[str, int]:
    """Bytes of each component of a finished build, largest first. Links are not counted twice."""
    found: dict[str, int] = {}
    inner = folder / "_internal" if (folder / "_internal").is_dir() else folder
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            name = component(path.relative_to(inner).parts) if path.is_relative_to(inner) else "programs"
            found[name] = found.get(name, 0) + path.stat().st_size
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def component(parts: Sequence[str]) -> str:
    """The part of the build that a file belongs to: its first folder, `numpy.libs` with `numpy`."""
    if len(parts) == 1:
        return "Python and system libraries"
    name = parts[0].removesuffix(".libs").replace("_python", "")
    return {"opencv": "cv2", "Pretendard": "resources"}.get(name, name)
