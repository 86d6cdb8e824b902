/** What open pages hear of newer versions. */

import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Feed } from '../../src/server/feed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function page(feed: Feed) {
  const heard: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    writeHead: () => {},
    end: () => {},
    write: (text: string) => text.startsWith('data: ') && heard.push(text.slice('data: '.length).trim()),
  });
  feed.add(response as unknown as ServerResponse);
  return { heard, leave: () => response.emit('close') };
}

test('a page that comes long after the last one was told hears of no version older than its own', async () => {
  let version = 'old';
  const feed = new Feed(
    async () => version,
    () => 1000,
  );
  const first = page(feed);
  await vi.advanceTimersByTimeAsync(10);
  expect(first.heard).toEqual(['old']);
  first.leave();
  // While nobody listened, somebody asked for the page.
  version = 'new';
  feed.tell('new');
  const second = page(feed);
  await vi.advanceTimersByTimeAsync(10);
  expect(second.heard).toEqual(['new']);
  feed.close();
});

test('pages that come and go while the version is asked do not make it be asked more often', async () => {
  let asked = 0;
  const feed = new Feed(
    async () => {
      asked++;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return 'one';
    },
    () => 1000,
  );
  for (let i = 0; i < 3; i++) {
    const visitor = page(feed);
    await vi.advanceTimersByTimeAsync(20);
    visitor.leave();
  }
  const stays = page(feed);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(stays.heard).toEqual(['one']);
  expect(asked).toBeLessThanOrEqual(11);
  feed.close();
  const before = asked;
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toBe(before);
});
