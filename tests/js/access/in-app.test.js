import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wayOut } from '#hub/access/in-app.js';

const HREF = 'https://hub.example.com/link?lang=ko#secret-1_A';

test('KakaoTalk opens the whole address, with its secret, in the default browser', () => {
  const out = 'kakaotalk://web/openExternal?url=https%3A%2F%2Fhub.example.com%2Flink%3Flang%3Dko%23secret-1_A';
  assert.deepEqual([wayOut('kakaotalk', 'ios', HREF), wayOut('kakaotalk', 'android', HREF)], [out, out]);
});

test('other apps on Android hand an intent on, whose last # ends the address', () => {
  const out = wayOut('instagram', 'android', HREF);
  assert.equal(out, 'intent://hub.example.com/link?lang=ko#secret-1_A#Intent;scheme=https;action=android.intent.action.VIEW;end');
  assert.equal(out?.slice(0, out.lastIndexOf('#')).replace('intent:', 'https:'), HREF);
});

test('other apps on an iPhone open Safari, only over HTTPS', () => {
  assert.equal(wayOut('naver', 'ios', HREF), `x-safari-${HREF}`);
  assert.equal(wayOut('naver', 'ios', 'http://127.0.0.1:8000/link#s'), null);
});

test('LINE is asked to leave by the address, and the secret stays behind it', () => {
  assert.equal(wayOut('line', 'ios', HREF), 'https://hub.example.com/link?lang=ko&openExternalBrowser=1#secret-1_A');
});

test('an app on an unknown system has its own menu only', () => {
  assert.equal(wayOut('facebook', '', HREF), null);
});
