"""The tabs, in order."""

from __future__ import annotations

from gui.pages.datasets import DatasetsPage
from gui.pages.home import HomePage
from gui.pages.page import Page
from gui.pages.train import TrainPage

PAGES: tuple[type[Page], ...] = (HomePage, DatasetsPage, TrainPage)
