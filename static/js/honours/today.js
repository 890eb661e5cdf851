/** Who of the guests of honour is here, said with one press by those who greet them. */
import { followDay } from '#hub/live/follow.js';
import { honoursMarking } from '#hub/honours/marking.js';
import { messageArea } from '#hub/messages/area.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @type {{conf: string, zone: string, stream: string, arrived: string[]}} */
const page = pageData();
const inside = new Set(page.arrived);
const draw = honoursMarking({ conf: page.conf, place: need('#honours'), inside });
const drawMessages = messageArea({ audience: page.stream === 'staff' ? 'staff' : 'emcee', place: need('main') });

followDay({
  ...page,
  draw: (store, now) => {
    drawMessages(store, now);
    const { all, present } = draw(store);
    setText(need('#count'), all > 0 ? t('{all}명 중 {n}명 와 있음', { all, n: present }) : '');
    need('#nobody').hidden = all > 0;
  },
  onEntries: (entries) => {
    for (const { topic, body } of entries) follow(topic, String(body.guest ?? ''));
  },
});

/**
 * Follow who comes and goes by the facts of check-in: the stream of gate staff has no documents of guests.
 * @param {string} topic
 * @param {string} guest
 */
function follow(topic, guest) {
  if (topic === 'GuestAdmitted') inside.add(guest);
  if (topic === 'GuestLeft' || topic === 'AdmissionUndone') inside.delete(guest);
}
