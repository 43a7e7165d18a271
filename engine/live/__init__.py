"""Live pictures: where they come from, what networks see in them, and how fast. Nothing here imports Qt."""
