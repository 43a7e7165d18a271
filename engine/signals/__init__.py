"""Numbers over time: Conv1D networks, how they are taught, and what can be asked of them (lecture rows 3, 16–21, 98)."""
