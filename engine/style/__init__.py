"""Painting a photograph in the style of a picture (lecture rows 99–100). Nothing here imports Qt."""
