"""What Convoscope can do, without a window: networks, data, training, measuring."""

__version__ = "0.1.0"
