/** Light, dark, or as the system has it. */

import { element } from './elements.ts';

const THEMES = ['system', 'light', 'dark'] as const;
const KEY = 'my_stats-theme';

export function addThemeChoice(place: HTMLElement): void {
  const fieldset = element('fieldset', { class: 'choice theme' }, element('legend', {}, 'Colours'));
  const remembered = recall();
  for (const theme of THEMES) {
    const input = element('input', { type: 'radio', name: 'theme', value: theme });
    input.checked = theme === remembered;
    input.addEventListener('change', () => apply(theme));
    fieldset.append(element('label', {}, input, ` ${theme}`));
  }
  place.append(fieldset);
  apply(remembered);
}

function apply(theme: (typeof THEMES)[number]): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // A page opened from disk may have no storage: then the choice lasts as long as the page.
  try {
    localStorage.setItem(KEY, theme);
  } catch {}
}

function recall(): (typeof THEMES)[number] {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';
  } catch {
    return 'system';
  }
}
