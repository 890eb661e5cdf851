"""What cue sheets call departments."""

from __future__ import annotations

from conference_hub.agenda.department_words import other_words
from conference_hub.core.text import Text


def test_words_of_one_meaning_are_known_in_both_languages() -> None:
    found = other_words([Text(ko="조명", en=""), Text(ko="", en="Sound")], "ko")

    assert set(found["조명"]) == {"조명", "라이트", "라이팅", "Lights", "Light", "Lighting", "LX"}
    assert {"음향", "BGM", "SFX", "Audio"} <= set(found["Sound"])


def test_word_that_is_the_title_of_another_is_that_ones_alone() -> None:
    found = other_words([Text(ko="영상", en=""), Text(ko="화면", en="Screen"), Text(ko="의전", en="")], "ko")

    assert "VTR" in found["영상"]
    assert "Screen" not in found["영상"]
    assert set(found["화면"]) == {"화면", "Screen"}
    assert found["의전"] == ("의전",)
