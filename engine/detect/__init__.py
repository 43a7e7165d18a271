"""Detection: boxes, networks that find them, and how well they do."""
