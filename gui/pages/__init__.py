"""The tabs, in order."""

from __future__ import annotations

from gui.pages.benchmark import BenchmarkPage
from gui.pages.caption import CaptionPage
from gui.pages.datasets import DatasetsPage
from gui.pages.dqn import DqnPage
from gui.pages.home import HomePage
from gui.pages.latent import LatentPage
from gui.pages.live import LivePage
from gui.pages.page import Page
from gui.pages.style import StylePage
from gui.pages.train import TrainPage

PAGES: tuple[type[Page], ...] = (
    HomePage,
    DatasetsPage,
    TrainPage,
    LivePage,
    CaptionPage,
    StylePage,
    LatentPage,
    DqnPage,
    BenchmarkPage,
)
