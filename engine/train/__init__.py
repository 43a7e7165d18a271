"""Training: recipes, their settings, the loop, what it says, and runs on disk."""
