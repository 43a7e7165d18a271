"""The networks, one family per file, and the weights that ship with them."""
