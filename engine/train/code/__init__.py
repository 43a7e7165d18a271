"""One short script that repeats a run, in plain PyTorch."""
