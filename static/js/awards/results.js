/** The results: the revealed awards by level, as they are revealed. */
import { announce, hush } from '#hub/web/announce.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { announcement, isNews, isWithdrawal } from '#hub/live/announcing.js';
import { countWords, drawLevels } from '#hub/awards/list.js';
import { followDay } from '#hub/live/follow.js';
import { messageArea } from '#hub/messages/area.js';
import { clock, realNow, serverNow } from '#hub/web/time.js';

const { conf, zone } = pageData();
const drawMessages = messageArea({ audience: 'public', place: need('main'), emergencies: true });

followDay({
  conf,
  stream: 'public',
  zone,
  draw: (store, now) => {
    drawMessages(store, now);
    const ceremony = store.get('ceremony');
    need('#none').hidden = Boolean(ceremony?.revealed);
    setText(need('#count'), ceremony?.revealed ? countWords(ceremony.revealed, ceremony.total) : '');
    drawLevels(need('#levels'), store, { prize: true });
  },
  onEntries: (entries, store) => {
    if (entries.some(isWithdrawal)) hush();
    for (const entry of entries.filter((one) => one.body.award && isNews(one, realNow(), clock))) {
      const words = announcement(entry, store, serverNow(), zone);
      if (words) announce(words);
    }
  },
});
