// What a screen shows, by its kind, in the shapes that `faces.py` makes of what the server says.
(kind) => {
  const bare = (words) => (words ?? '').replace(/\s+/g, ' ').trim();
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const wordsOf = (root, selector) => all(selector, root).map((part) => bare(part.textContent)).filter(Boolean);
  const begins = (selector, root) => bare(one(selector, root).textContent).split(' · ')[0];
  const shownOf = (selector) => [one(selector)].filter((part) => !part.hidden);

  const LINES = '.award-level, .award-name, .award-from, .cue-title, .roll-name, .group-roll li, .layer-words';
  const pictureOf = (root) => {
    const picture = one('.picture:not([data-leaving])', root);
    const name = [...(picture?.classList ?? [])].find((part) => part.startsWith('picture-'));
    return { picture: name?.slice('picture-'.length) ?? '', words: picture ? wordsOf(picture, LINES) : [] };
  };

  const cardOf = (card, lane) => {
    if (!card) return null;
    if (!card.classList.contains('group-card')) return [card.dataset.state, bare(one('.card-name', card).textContent)];
    return wordsOf(lane, '.group-list :is([data-state="out"], [data-state="now"]) > :first-child');
  };
  const laneOf = (lane) => {
    const card = all('.awards > .card', lane).find((part) => !part.hidden);
    const grouped = card?.classList.contains('group-card');
    const onAir = ['running', 'held'].includes(lane.dataset.status);
    return {
      status: lane.dataset.status,
      cue: onAir ? bare(one('.on-air-title', lane).textContent) : '',
      up: cardOf(card, lane),
      next: grouped ? [] : wordsOf(lane, '.awards-queue:not([hidden]) .card-following .following-who'),
      stage: pictureOf(one('.small-stage', lane)),
    };
  };

  const emcee = () => ({
    cue: one('#cue-left').hidden ? '' : begins('#cue-now'),
    up: shownOf('#up').map((card) => ({
      call: card.dataset.call,
      group: /\d+ \/ \d+/.exec(one('#up-order').textContent)?.[0] ?? '',
      who: wordsOf(card, '#up-level, #up-from, #up-name'),
    }))[0] ?? null,
    next: shownOf('#following-part').flatMap((part) => wordsOf(part, '.following-name')),
  });

  const live = () => {
    const closed = one('#live').dataset.closing;
    if (closed) return { closed };
    const lanes = all('#lanes .lane-card').filter((card) => !one('.lane-time', card).hidden);
    const STAGE = '.stage-round, .stage-level, .stage-name, .stage-from, .stage-roll:not([hidden]) li';
    return {
      lanes: lanes.map((card) => bare(one('.lane-title', card).textContent)),
      stages: shownOf('#ceremony').flatMap((part) => all('.stage-card', part)).map((card) => wordsOf(card, STAGE)),
    };
  };

  const strap = () => {
    const gone = one('#strap').hidden || 'leaving' in one('#strap').dataset;
    return { strap: gone ? [] : wordsOf(one('#strap'), '#strap-above, #strap-name, #strap-below') };
  };

  // the digits of the timer keep away from the title above and the words below, and stay on the screen
  const hasRoom = () => {
    const [cue, left, state] = ['#timer-cue', '#timer-left', '#timer-state'].map((part) => one(part).getBoundingClientRect());
    return cue.bottom <= left.top && left.bottom <= state.top && left.left >= 0 && left.right <= innerWidth;
  };

  switch (kind) {
    case 'stage':
      return pictureOf(one('#scene'));
    case 'lower-third':
      return strap();
    case 'timer':
      return { cue: bare(one('#timer-cue').textContent), next: bare(one('#timer-next').textContent), held: one('#timer').dataset.phase === 'held', room: hasRoom() };
    case 'emcee':
      return emcee();
    case 'backstage':
      return {
        cue: /\d\d:\d\d/.test(begins('#now')) ? '' : begins('#now'), // before the start it says when that is
        deck: wordsOf(one('#deck'), '.person-name'),
        later: shownOf('#later').flatMap((part) => wordsOf(part, '.person-name')),
      };
    case 'live':
      return live();
    case 'cue-sheet':
      return Object.fromEntries(all('.follow-row').map((row) => [bare(one('.follow-title', row).textContent), row.dataset.standing]));
    case 'console':
      return Object.fromEntries(all('.lane').map((lane) => [begins('.lane-name', lane), laneOf(lane)]));
  }
}
