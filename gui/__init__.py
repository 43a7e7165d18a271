"""The window: pages, widgets, look and words. Knows the engine; the engine does not know it."""
