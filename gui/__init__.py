"""The window: pages, widgets, look and words. Knows the engine; the engine does not know it."""

from gui import overrides

overrides.guard()  # before any class of ours is derived from one of Qt
