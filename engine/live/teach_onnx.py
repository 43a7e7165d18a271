"""Network and taught head as one ONNX file, node by node.

EfficientNet-Lite0 is a chain of seven kinds of nodes, so the graph is written directly: torch's own exporter
traces it for half a minute and holds the interpreter meanwhile. The file is compared with torch before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.errors import LabError
from engine.files import write_bytes
from engine.jobs import Job, Progress
from engine.live.teach import EXAMPLE_SHAPE, Taught, whole_network
from engine.text import Text
from engine.zoo.efficientnet_lite import MEAN, STD, EfficientNetLite0, InvertedBottleneck, SameConv

CLOSE = 1e-4  # largest difference to torch that is let through, as a share of its largest answer where above 1
OPSET, IR = 17, 8
_STEPS = 3


class _Graph:
    """Nodes and numbers, in the order in which they are said."""

    def __init__(self, onnx: Any) -> None:
        self.onnx = onnx
        self.nodes: list[Any] = []
        self.numbers: list[Any] = []

    def node(self, kind: str, *inputs: str, **how: Any) -> str:
        """Add a node; returns the name of what comes out."""
        out = f"{kind}_{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(kind, list(inputs), [out], **how))
        return out

    def number(self, value: Tensor | float) -> str:
        """Add a constant; returns its name."""
        name = f"w{len(self.numbers)}"
        array = np.asarray(value.detach().numpy() if isinstance(value, Tensor) else value, np.float32)
        self.numbers.append(self.onnx.numpy_helper.from_array(array, name))
        return name

    def chain(self, layers: Iterable[nn.Module], x: str) -> str:
        """Convolutions, batch norms and ReLU6, one behind the other."""
        for layer in layers:
            if isinstance(layer, SameConv):
                how = {"strides": list(layer.stride), "group": layer.groups, "kernel_shape": list(layer.kernel_size)}
                x = self.node("Conv", x, self.number(layer.weight), auto_pad="SAME_UPPER", **how)
            elif isinstance(layer, nn.BatchNorm2d):
                assert layer.running_mean is not None and layer.running_var is not None
                own = (layer.weight, layer.bias, layer.running_mean, layer.running_var)
                x = self.node("BatchNormalization", x, *(self.number(t) for t in own), epsilon=layer.eps)
            else:
                assert isinstance(layer, nn.ReLU6)
                x = self.node("Clip", x, self.number(0.0), self.number(6.0))
        return x


def onnx_of(network: EfficientNetLite0, classes: tuple[str, ...]) -> bytes:
    """The network as an ONNX file: "pictures" (B, 3, H, W) float32 RGB in [0, 1] to "logits" (B, K)."""
    import onnx

    graph = _Graph(onnx)
    x = graph.node("Div", graph.node("Sub", "pictures", graph.number(MEAN)), graph.number(STD))
    x = graph.chain(network.stem, x)
    for stage in network.stages:
        assert isinstance(stage, nn.Sequential)
        for block in stage:
            assert isinstance(block, InvertedBottleneck)
            y = graph.chain(block.layers, x)
            x = graph.node("Add", x, y) if block.skips else y
    x = graph.node("Flatten", graph.node("GlobalAveragePool", graph.chain(network.head, x)))
    head = network.classifier
    x = graph.node("Gemm", x, graph.number(head.weight), graph.number(head.bias), transB=1)
    graph.nodes[-1].output[0] = "logits"
    kind, value = onnx.TensorProto.FLOAT, onnx.helper.make_tensor_value_info
    ends = value("pictures", kind, ["batch", 3, "height", "width"]), value("logits", kind, ["batch", len(classes)])
    whole = onnx.helper.make_graph(graph.nodes, "taught", [ends[0]], [ends[1]], graph.numbers)
    model = onnx.helper.make_model(whole, opset_imports=[onnx.helper.make_opsetid("", OPSET)], ir_version=IR)
    onnx.helper.set_model_props(model, {"classes": "\n".join(classes)})
    content: bytes = model.SerializeToString()
    return content


def export_onnx(taught: Taught, path: Path) -> Job:
    """Write network and head as one ONNX file for other programs; a job, returns the path.

    The names of the classes are in the file's metadata, one a line.
    Raises: `LabError` when ONNX is not installed, its answers differ from torch's, or the file cannot be written.
    """
    yield Progress(0, _STEPS, Text("Putting network and head together", "신경망과 헤드를 합치는 중"))
    try:
        import onnx  # noqa: F401
        import onnxruntime
    except ImportError as error:
        text = Text(
            "ONNX needs one more package: pip install onnx onnxruntime. Missing is {name}.",
            "ONNX로 내보내려면 패키지가 더 필요해요: pip install onnx onnxruntime. 없는 것: {name}.",
        )
        raise LabError(text(name=error.name)) from error
    network = whole_network(taught)
    content = onnx_of(network, taught.classes)
    yield Progress(1, _STEPS, Text("Comparing its answers with torch", "torch의 답과 견주는 중"))
    x = torch.rand(2, *EXAMPLE_SHAPE[1:], generator=torch.Generator().manual_seed(0))
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    with torch.inference_mode():
        wanted = network(x).numpy()
    difference = float(np.abs(session.run(None, {"pictures": x.numpy()})[0] - wanted).max())
    if difference > CLOSE * max(1.0, float(np.abs(wanted).max())):
        text = Text(
            "The ONNX file would answer differently (by {difference:.2g}), so it was not written.",
            "ONNX 파일의 답이 달라서({difference:.2g}) 쓰지 않았어요.",
        )
        raise LabError(text(difference=difference))
    yield Progress(2, _STEPS, Text("Writing {name}", "{name} 쓰는 중")(name=path.name))
    write_bytes(path, content)
    return path
