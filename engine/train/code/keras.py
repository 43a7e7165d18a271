"""A network whose layers stand in one row, written as the course writes it: Keras, Sequential, compile, fit (row 33).

For reading beside the PyTorch script. It has the same layers, batch and loss; the order of the pictures, the random
changes and the schedule of the learning rate are the script's alone. Keras keeps the channels last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from engine.train.settings import TrainSettings
from engine.zoo.dropout import Dropout

_SCRIPT = '''"""The network of this run as Keras 3 writes it: pip install keras, and TensorFlow, JAX or PyTorch under it.

It has the run's layers, batch size and loss. How pictures are changed, how the learning rate moves and what is averaged
stands in the PyTorch script alone.
"""

import keras
from keras import layers

{data}{whole}
model = keras.Sequential([
    keras.Input(shape=({side}, {side}, {channels})),
    layers.Rescaling(1 / 255),
{layers}
    layers.Softmax(),
])
model.summary()
model.compile(
    optimizer={optimizer},
    loss={loss},
    metrics=["accuracy"],
)
model.fit(x_train, y_train, batch_size={batch}, epochs={epochs}, validation_split=0.1)
print(model.evaluate(x_test, y_test))
'''
_DATA = {
    "mnist": "(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()\n",
    "cifar10": "(x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()\n",
}
_WHOLE = "y_train, y_test = keras.utils.to_categorical(y_train), keras.utils.to_categorical(y_test)\n"
_OWN = "# x_train, y_train, x_test, y_test: pictures (N, {side}, {side}, {channels}) and their labels, from {dataset}\n"


def source_of(network: nn.Module, settings: TrainSettings, *, dataset: str, shape: tuple[int, int, int]) -> str:
    """The script; "" for a network that is no row of layers, or has one that Keras does not.

    shape: channels, height and width of a picture.
    """
    layers = getattr(network, "layers", None)
    if not isinstance(layers, nn.Sequential) or getattr(network, "grey", False):  # colour goes before the first layer
        return ""
    lines = [_line(layer) for layer in layers.children()]
    if not all(lines):
        return ""
    values, smoothing = {"side": shape[1], "channels": shape[0]}, getattr(settings, "smoothing", 0.0)
    smooth = f"keras.losses.CategoricalCrossentropy(label_smoothing={smoothing:g})"
    return _SCRIPT.format(
        **values,
        data=_DATA.get(dataset, _OWN.format(**values, dataset=dataset)),
        layers="\n".join(f"    {line}," for line in lines if line),
        whole=_WHOLE if smoothing else "",  # smoothed answers are shares of all classes
        loss=smooth if smoothing else '"sparse_categorical_crossentropy"',
        optimizer=_optimizer(settings),
        batch=settings.batch_size,
        epochs=max(1, round(settings.epochs)),
    )


def _optimizer(settings: TrainSettings) -> str:
    rate, decay = settings.learning_rate, settings.weight_decay
    if getattr(settings, "optimizer", "adam") == "sgd":
        return f"keras.optimizers.SGD({rate:g}, momentum=0.9, nesterov=True, weight_decay={decay:g})"
    return f"keras.optimizers.AdamW({rate:g}, weight_decay={decay:g})"


def _conv(layer: Any) -> str:
    size, pad = layer.kernel_size[0], layer.padding[0]
    how = ', padding="same"' if pad == size // 2 and pad else ""
    stride = f", strides={layer.stride[0]}" if layer.stride[0] > 1 else ""
    bias = "" if layer.bias is not None else ", use_bias=False"
    return f"layers.Conv2D({layer.out_channels}, {size}{stride}{how}{bias})"


def _dense(layer: Any) -> str:
    return f"layers.Dense({layer.out_features}{'' if layer.bias is not None else ', use_bias=False'})"


def _edge(layer: Any) -> str:
    left, right, top, bottom = layer.padding
    return f"layers.ZeroPadding2D({((top, bottom), (left, right)) if len({*layer.padding}) > 1 else left})"


_KINDS: dict[type[nn.Module], Callable[[Any], str]] = {
    nn.Conv2d: _conv,
    nn.Linear: _dense,
    nn.BatchNorm2d: lambda layer: "layers.BatchNormalization()",
    nn.BatchNorm1d: lambda layer: "layers.BatchNormalization()",
    nn.ReLU: lambda layer: "layers.ReLU()",
    nn.Tanh: lambda layer: 'layers.Activation("tanh")',
    nn.Hardswish: lambda layer: 'layers.Activation("hard_silu")',
    nn.GELU: lambda layer: 'layers.Activation("gelu")',
    nn.MaxPool2d: lambda layer: f"layers.MaxPooling2D({layer.kernel_size})",
    nn.AvgPool2d: lambda layer: f"layers.AveragePooling2D({layer.kernel_size})",
    nn.ZeroPad2d: _edge,
    nn.Flatten: lambda layer: "layers.Flatten()",
    Dropout: lambda layer: f"layers.Dropout({layer.p:g})",
}


def _line(layer: nn.Module) -> str:
    """One layer as Keras calls it; "" where it has none."""
    make = _KINDS.get(type(layer))
    return make(layer) if make else ""
