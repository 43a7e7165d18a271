"""What was seen, drawn onto a frame."""

from __future__ import annotations

import numpy as np

from engine.live.drawing import _part, draw
from engine.live.overlays import Classified
from engine.text import Text, same

NAMES = (Text("tabby cat", "얼룩고양이"), same("tiger"))


def seen(*shares: float) -> Classified:
    return Classified("classify", (281, 292), NAMES, np.array(shares, np.float32))


def test_names_and_shares_stand_on_the_picture_in_both_languages_and_only_there() -> None:
    grey = np.full((120, 320, 3), 90, np.uint8)
    english, korean = (draw(grey, (seen(0.9, 0.1),), language=language) for language in ("en", "ko"))
    for one in (english, korean):
        assert one.max() == 255 and (one[:60, :160] < 90).any(), "white words on dark plates"
        assert (one[60:] == 90).all() and (one[:, 200:] == 90).all() and (grey == 90).all()
    assert not np.array_equal(english, korean)


def test_no_name_covers_another() -> None:
    """The second one lay over the first in every picture and video that was kept."""
    grey = np.full((120, 320, 3), 90, np.uint8)
    first, second = (draw(grey, (seen(*shares),)) for shares in ((0.8, 0.1), (0.9, 0.2)))
    both = draw(grey, (seen(0.9, 0.1),))
    of_first = np.nonzero((both != first).any((1, 2)))[0]  # rows that another share of the first name changes
    of_second = np.nonzero((both != second).any((1, 2)))[0]
    assert of_first.max() < of_second.min()


def test_another_share_changes_only_the_share() -> None:
    grey = np.full((120, 320, 3), 90, np.uint8)
    one, other = (draw(grey, (seen(share, 0.05),)) for share in (0.42, 0.78))
    rows, columns = np.nonzero((one != other).any(2))
    assert rows.min() >= 6 and rows.max() < 6 + 30, "the line of the first name"
    assert columns.min() > 50, "to the right of the name"


def test_a_name_and_a_share_that_were_seen_apart_are_not_set_again() -> None:
    """Each new pair of them was: a frame of a video seen for the first time took 1 ms to draw, not 0.1."""
    grey = np.full((120, 320, 3), 90, np.uint8)
    for share in (0.33, 0.44):
        draw(grey, (seen(share, 1 - share),))
    before = _part.cache_info().misses
    draw(grey, (seen(0.44, 0.67),))
    draw(grey, (seen(0.56, 0.33),))
    assert _part.cache_info().misses == before


def test_words_at_an_edge_stay_inside_a_small_picture() -> None:
    tiny = draw(np.full((12, 30, 3), 90, np.uint8), (seen(0.9, 0.1),))
    assert tiny.shape == (12, 30, 3) and tiny.max() == 255
