"""Names that are hard to fit, on the screens of the hall: nothing leaves them, and Arabic reads from the right."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.hard_names import NAMES
from tests.e2e.modules import serve_modules

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

ARABIC = NAMES[2][0]
PAINT = """async (names) => {
  const { follow, paint } = await import('/modules-for-tests/live/stage-pictures.js');
  const level = { ko: '대상', en: 'Grand Prize' };
  const awards = names.map(([name, , organisation], index) => ({
    id: `award-${index}`, number: index, level, kind: 'person', recipient: name, organisation, state: 'revealed',
  }));
  const line = (award) => ({ id: award.id, award, level, newest: false });
  const scenes = [
    ...awards.map((award) => ({ kind: 'award', key: award.id, award })),
    { kind: 'roll', key: 'roll', level, lines: awards.map(line) },
  ];
  return scenes.flatMap((scene) => {
    const picture = paint(scene, { title: level, host: level, zone: 'Asia/Seoul' });
    picture.style.animation = 'none';
    document.querySelector('.scene').append(picture);
    follow(picture, scene, Date.now(), 'Asia/Seoul');
    const beyond = [...picture.querySelectorAll('*')].filter(leaves).map((one) => `${scene.key}: ${one.textContent}`);
    picture.remove();
    return beyond;
  });

  function leaves(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
  }
}"""
WORDS_FROM_LEFT = """async (name) => {
  const { setWords } = await import('/modules-for-tests/web/whole-words.js');
  const line = document.createElement('p');
  line.style.inlineSize = 'max-content';
  document.body.append(line);
  setWords(line, name);
  const left = (word) => word.getBoundingClientRect().left;
  return [...line.children].sort((one, other) => left(one) - left(other)).map((word) => word.textContent);
}"""


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1024, 768)])
def test_stage_shows_whole_names(model_day: ModelDay, visit: Visit, width: int, height: int) -> None:
    stage = serve_modules(visit(model_day.page("screen/stage?lane=hall"), width, height))

    assert stage.evaluate(PAINT, NAMES) == []


def test_words_of_an_arabic_name_stand_from_right_to_left(model_day: ModelDay, visit: Visit) -> None:
    stage = serve_modules(visit(model_day.page("screen/stage?lane=hall")))

    assert stage.evaluate(WORDS_FROM_LEFT, ARABIC) == ARABIC.split()[::-1]


@pytest.mark.parametrize("name", NAMES)
def test_lower_third_stays_inside_the_safe_area(
    model_day: ModelDay, visit: Visit, name: tuple[str, str | None, str]
) -> None:
    """A mixer may cut off a tenth at each edge."""
    page = serve_modules(visit(model_day.page("screen/lower-third?lane=hall"), 1920, 1080))
    room = page.evaluate(
        """async ([name, , organisation]) => {
          const { setName } = await import('/modules-for-tests/web/dom.js');
          const strap = document.querySelector('#strap');
          strap.hidden = false;
          delete strap.dataset.leaving;  // nothing is on the stage: the page has taken it away, or will
          strap.style.animation = 'none';
          setName(document.querySelector('#strap-name'), name);
          setName(document.querySelector('#strap-below'), organisation);
          const { left, right, top, bottom } = strap.getBoundingClientRect();
          return [left, innerWidth - right, top, innerHeight - bottom];
        }""",
        name,
    )

    assert min(room) >= 0.1 * 1080
