"""Runs first in a build without GPU libraries: no GPU is looked for, since what computes on one was left out."""

import os

os.environ["CUDA_VISIBLE_DEVICES"] = ""
