"""Reading and writing other programs’ ways to store a data set, one form per file."""
