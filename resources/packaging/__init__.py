"""How the executable is built and tried; nothing of it is imported by the app."""
