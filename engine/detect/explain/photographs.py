"""Photographs that come with scikit-image, so that there is something to look at before anything was opened."""

from __future__ import annotations

from engine.text import Text

PHOTOGRAPHS = {
    "astronaut.png": Text("Astronaut", "우주비행사"),
    "chelsea.png": Text("Cat", "고양이"),
    "coffee.png": Text("Coffee", "커피"),
    "motorcycle_left.png": Text("Motorcycle", "오토바이"),
    "rocket.jpg": Text("Rocket", "로켓"),
}
