/** Light, dark, or as the system has it. */

import { createRadioButtons } from './elements.ts';

const THEMES = ['system', 'light', 'dark'] as const;
const KEY = 'my_stats-theme';

export function addThemeChoice(place: HTMLElement): void {
  const remembered = recall();
  const themes = THEMES.map((theme) => [theme, theme] as const);
  const { fieldset, check } = createRadioButtons('theme', 'Colours', themes, apply);
  check(remembered);
  fieldset.classList.add('theme');
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
