/** The results: the revealed awards by level, as they are revealed. */
import { announce, hush } from '#hub/announce.js';
import { need, pageData, setText } from '#hub/dom.js';
import { announcement } from '#hub/show/announcing.js';
import { countWords, drawLevels } from '#hub/show/award-list.js';
import { followDay } from '#hub/show/page-day.js';
import { serverNow } from '#hub/time.js';

const AWARDS = ['AwardRevealed', 'AwardTakenBack'];

const { conf, zone } = pageData();

followDay({
  conf,
  stream: 'public',
  zone,
  draw: (store) => {
    const ceremony = store.get('ceremony');
    need('#none').hidden = Boolean(ceremony?.revealed);
    setText(need('#count'), ceremony?.revealed ? countWords(ceremony.revealed, ceremony.total) : '');
    drawLevels(need('#levels'), store, { prize: true });
  },
  onEntries: (entries, store) => {
    if (entries.some((entry) => entry.topic === 'AwardTakenBack')) hush();
    for (const entry of entries.filter(({ topic }) => AWARDS.includes(topic))) {
      const words = announcement(entry, store, serverNow());
      if (words) announce(words);
    }
  },
});
