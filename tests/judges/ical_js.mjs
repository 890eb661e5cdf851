// Reads a calendar on standard input with ical.js in its strict mode and prints its events as JSON.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);

/** @param {InstanceType<typeof ICAL.Component>} component @param {string} name */
const text = (component, name) => String(component.getFirstPropertyValue(name) ?? '');

/** @param {InstanceType<typeof ICAL.Time>} time */
const instant = (time) => new Date(time.toUnixTime() * 1000).toISOString();

const events = calendar.getAllSubcomponents('vevent').map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: text(component, 'sequence'),
    status: text(component, 'status'),
    starts_at: instant(event.startDate),
    ends_at: instant(event.endDate),
    summary: event.summary,
    description: text(component, 'description'),
    location: text(component, 'location'),
    url: text(component, 'url'),
  };
});
console.log(JSON.stringify(events));
