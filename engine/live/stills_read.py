"""Pictures, folders of pictures and the tour as frame sources: still pictures that come as if they were live."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Generator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_folder
from engine.errors import LabError, cannot_read
from engine.live.frames import Frame
from engine.live.sources import Folder, Picture, Tour
from engine.text import Text, same

LARGEST = 1920  # pixels of the longer side that are shown live; a larger picture is reduced, more cannot be seen
SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff"))
_TOUR = ("chelsea.png", "coffee.png", "rocket.jpg", "astronaut.png", "motorcycle_left.png", "page.png")
_LATE = 1.0  # seconds behind their time from which pictures go on from where they are
_TOUR_SIZE = (480, 640)  # height, width
_TOUR_SECONDS = 6.0  # at each photograph
_NONE_THERE = Text(
    "There is no picture in {path}. Choose a folder with JPG, PNG, WebP, BMP, GIF or TIFF files.",
    "{path} 폴더에 그림이 없어요. JPG, PNG, WebP, BMP, GIF, TIFF 파일이 있는 폴더를 골라 주세요.",
)
_NO_TOUR = Text(
    "The tour needs the photographs of the package scikit-image, which are missing. Install it again.",
    "사진 둘러보기에 필요한 scikit-image 패키지의 사진이 없어요. 다시 설치해 주세요.",
)


class StillSource:
    """Pictures as frames. live: they come at their pace, for ever; else each once, as fast as it is asked for."""

    def __init__(self, source: Picture | Folder | Tour, *, live: bool) -> None:
        self.live = live
        self._stopped = threading.Event()
        self._pictures = _pictures(source, live=live)
        self._number, self._began, self._due = 0, 0.0, 0.0

    def read(self) -> Frame | None:
        """See `FrameSource.read`."""
        began = time.perf_counter()
        found = next(self._pictures, None)
        if found is None or self._stopped.is_set():
            return None
        image, seconds, count, name = found
        milliseconds = 1000 * (time.perf_counter() - began)
        if not self._number:
            self._began = time.monotonic()
        at = self._due
        if self.live:
            early = self._began + at - time.monotonic()
            if early < -_LATE:  # the computer slept: it goes on from here and does not rush after
                self._began -= early
            self._stopped.wait(max(0.0, early))
        self._due += seconds
        frame = Frame(image, self._number, at, time.monotonic(), milliseconds, count, 1 / seconds, same(name))
        self._number += 1
        return frame

    def stop(self) -> None:
        """See `FrameSource.stop`."""
        self._stopped.set()

    def close(self) -> None:
        """See `FrameSource.close`."""
        self._pictures.close()


_Stills = Generator[
    tuple[np.ndarray, float, int, str], None, None
]  # picture, seconds it stays, how many there are, its name


def _pictures(source: Picture | Folder | Tour, *, live: bool) -> _Stills:
    if isinstance(source, Picture):
        return _of_file(source, live=live)
    if isinstance(source, Folder):
        return _of_folder(source, live=live)
    return _tour(source, live=live)


def _of_file(source: Picture, *, live: bool) -> _Stills:
    frames = animation(source.path, live=live)
    if frames is None:
        image = _reduced(read_rgb(source.path)) if live else read_rgb(source.path)
        yield image, 1 / source.rate, 1, source.path.name
        while live:
            yield image, 1 / source.rate, 1, source.path.name
        return
    while frames:
        for image, seconds in frames:
            yield image, seconds, len(frames), source.path.name
        if not live:
            return


def animation(path: Path, *, live: bool = True) -> list[tuple[np.ndarray, float]] | None:
    """The frames of an animated picture with the seconds each stays, at most 300; None of a still one."""
    try:
        with Image.open(path) as image:
            count = getattr(image, "n_frames", 1)
            if count < 2 or image.format not in ("GIF", "PNG", "WEBP"):
                return None
            found = []
            for number in range(min(count, 300)):
                image.seek(number)
                seconds = max(0.02, image.info.get("duration", 100) / 1000)
                rgb = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
                found.append((_reduced(rgb) if live else rgb, seconds))
            return found
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError, EOFError):
        return None  # `read_rgb` says what is wrong
    except OSError as error:
        if error.errno is not None:
            raise cannot_read(path, error) from error
        return None


def pictures_in(folder: Path) -> list[Path]:
    """The picture files of a folder by name. Raises `LabError` when there is none or it cannot be read."""
    try:
        found = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
    except OSError as error:
        raise cannot_read(folder, error) from error
    if not found:
        raise LabError(_NONE_THERE(path=folder))
    return found


def _of_folder(source: Folder, *, live: bool) -> _Stills:
    """A file that is no picture is passed over, as long as one is; the folder is looked at again in every round."""
    while True:
        paths, shown = pictures_in(source.path), 0
        problem: LabError | None = None
        for path in paths:
            try:
                image = read_rgb(path)
            except LabError as error:
                problem = error
                continue
            image, steps = (_reduced(image), max(1, round(source.seconds * 10))) if live else (image, 1)
            shown += 1
            for _ in range(steps):  # often enough for a slider to act at once
                yield image, source.seconds / steps, len(paths), path.name
        if not shown:
            assert problem is not None
            raise problem
        if not (live and source.loop):
            return


def _reduced(image: np.ndarray) -> np.ndarray:
    scale = LARGEST / max(image.shape[:2])
    if scale >= 1:
        return image
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def _tour(source: Tour, *, live: bool) -> _Stills:
    folder = sample_folder()
    if folder is None:
        raise LabError(_NO_TOUR)
    names = [name for name in _TOUR if (folder / name).is_file()]
    steps = round(_TOUR_SECONDS * source.rate)
    while True:
        for turn, name in enumerate(names):
            photo = read_rgb(folder / name)
            for step in range(steps):
                yield _view(photo, step / steps, turn), 1 / source.rate, len(names) * steps, name
        if not live:
            return


def _view(photo: np.ndarray, part: float, turn: int) -> np.ndarray:
    """What a camera sees that wanders slowly over a photograph and comes nearer: (480, 640, 3) uint8."""
    height, width = _TOUR_SIZE
    widest = min(photo.shape[1] / width, photo.shape[0] / height)
    scale = widest * (1 - 0.35 * 0.5 * (1 - math.cos(2 * math.pi * part)))  # pixels of the photograph per pixel shown
    free_x, free_y = photo.shape[1] - width * scale, photo.shape[0] - height * scale
    angle = 2 * math.pi * part + turn
    left = free_x * (0.5 + 0.45 * math.cos(angle))
    top = free_y * (0.5 + 0.45 * math.sin(angle))
    place = np.array([[scale, 0, left], [0, scale, top]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(photo, place, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
