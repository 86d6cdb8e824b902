import { expect, test } from 'vitest';
import { readExpiry } from '../../src/analysis/growth/declared-expiry.ts';

test.each([
  ['&create_expire=1.0 day', 'create', 86_400],
  ['&create_expire=1day', 'create', 86_400],
  ['&read_expire = 5.0 mins', 'read', 300],
  ['&write_expire=2.0 hrs 30.0 mins', 'write', 9000],
  ['&default=0 &create_expire=10.0 mins &expire_func=Foo::expired', 'create', 600],
  ['&read_expire=1.0 day &create_expire=1.0 hr', 'create', 3600],
  ['&create_expire=250.0 msecs', 'create', 0.25],
])('%s', (text, kind, seconds) => {
  expect(readExpiry(text)).toMatchObject({ kind, seconds });
});

test.each([
  null,
  '',
  '&redef',
  '&create_expire=Known::host_store_expiry',
  '&create_expire=0 secs',
  '&create_expire=-1min',
])('%s tells nothing', (text) => {
  expect(readExpiry(text)).toBeNull();
});

test('hostile text takes no time', () => {
  const start = performance.now();
  readExpiry(`&create_expire=${'1 '.repeat(50_000)}`);
  readExpiry('&create_expire='.repeat(20_000));
  expect(performance.now() - start).toBeLessThan(500);
});
