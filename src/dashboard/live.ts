/** Follows the server a page came from: shows what is new at once, or says that it is there if somebody is at work. */

import { element } from './elements.ts';

/**
 * @param shown the version of what the page shows
 * @param path where the server tells which there is now
 */
export function follow(place: HTMLElement, shown: string, path: string): void {
  const status = element('p', { class: 'live', role: 'status' });
  const show = element('button', { type: 'button' }, 'Show');
  show.addEventListener('click', () => location.reload());
  place.append(status);
  let source: EventSource | null = null;
  // Browsers open six connections to a server: pages that nobody sees must not keep a further one from loading.
  const listen = () => {
    source?.close();
    source = document.hidden ? null : new EventSource(path);
    source?.addEventListener('message', ({ data }) => {
      if (data === shown) status.replaceChildren('Live: new measurements show by themselves');
      else if (isBusy()) status.replaceChildren('There are new measurements. ', show);
      else location.reload();
    });
    source?.addEventListener('error', () => {
      status.replaceChildren('No connection to my_stats; trying again');
    });
  };
  document.addEventListener('visibilitychange', listen);
  listen();
}

/** Whether a reload would take something away: a filter being typed, text being marked, a group one has gone into. */
function isBusy(): boolean {
  const marked = String(getSelection() ?? '') !== '';
  const typed = [...document.querySelectorAll<HTMLInputElement>('input[type=search], input[type=text]')];
  return (
    marked ||
    document.querySelector('main details[open]') !== null ||
    typed.some(({ value }) => value !== '') ||
    document.activeElement?.closest('main svg, main table') != null
  );
}
