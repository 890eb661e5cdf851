"""What cue sheets call departments: `조명` is `Lights`, `Lighting` or `LX`, whatever the conference calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conference_hub.core.text import Text
from conference_hub.exchange.columns import plain_heading

CALLED: tuple[tuple[str, ...], ...] = (
    (
        "MC 멘트", "MC", "멘트", "사회", "사회자", "사회자 멘트", "진행 멘트", "아나운서", "대본",
        "Emcee", "Host", "Script", "MC script", "Emcee script", "Announcer", "VO", "Voice over",
    ),
    (
        "영상", "화면", "스크린", "VTR", "VCR",
        "Video", "Videos", "Screen", "Visuals", "Graphics", "Playback", "PPT", "Slides",
    ),
    ("음향", "음악", "사운드", "오디오", "BGM", "Sound", "SFX", "Audio", "Music", "Sound effects"),
    ("조명", "라이트", "라이팅", "Lights", "Light", "Lighting", "LX"),
    ("특수효과", "특효", "무대효과", "Effects", "Special effects", "FX", "Pyro"),
    ("무대", "무대 진행", "무대감독", "Stage", "Stage management", "Stage manager"),
    ("카메라", "중계", "Camera", "Cameras", "Cam", "Broadcast"),
    ("통역", "동시통역", "수어", "수어 통역", "Interpreting", "Interpretation", "Sign language"),
    (
        "비고", "메모", "참고", "참고 사항", "특이 사항", "기타",
        "Remarks", "Remark", "Notes", "Note", "Comments", "Comment", "Memo",
    ),
)  # fmt: skip
"""Words of one meaning."""


def other_words(titles: Sequence[Text], main: str) -> Mapping[str, tuple[str, ...]]:
    """Return by the title in the main language what else a file may call each department.

    A word that is the title of another department is that one's alone, and one that could mean two is the first one's.
    """
    own = {plain_heading(word) for title in titles for word in (title.ko, title.en) if word}
    found: dict[str, tuple[str, ...]] = {}
    taken = set(own)
    for title in titles:
        names = [word for word in (title.ko, title.en) if word]
        words = [word for word in _alike(names) if plain_heading(word) not in taken]
        taken |= {plain_heading(word) for word in words}
        found[title.in_language(main)] = (*names, *words)
    return found


def _alike(names: Sequence[str]) -> list[str]:
    plain = {plain_heading(name) for name in names}
    return [word for group in CALLED if plain & {plain_heading(one) for one in group} for word in group]
