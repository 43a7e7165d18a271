"""Photographs told in words, and text that goes on by itself (lecture rows 96 and 97)."""
