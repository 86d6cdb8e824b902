/** Making elements: text is only ever set as text. */

type Attributes = Readonly<Record<string, string | number>>;

const SVG = 'http://www.w3.org/2000/svg';

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

export function createSvgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/**
 * Radio buttons, of which one is chosen.
 *
 * @returns besides the buttons, what says which of them is chosen
 */
export function createRadioButtons<Value>(
  name: string,
  legend: string,
  values: readonly (readonly [value: Value, label: string])[],
  choose: (value: Value) => void,
): { readonly fieldset: HTMLElement; readonly check: (value: Value) => void } {
  const inputs = values.map(([value, label]) => {
    const input = element('input', { type: 'radio', name });
    input.addEventListener('change', () => choose(value));
    return { value, input, label: element('label', {}, input, ` ${label}`) };
  });
  const labels = inputs.map(({ label }) => label);
  const fieldset = element('fieldset', { class: 'choice' }, element('legend', {}, legend), ...labels);
  const check = (chosen: Value) => {
    for (const { value, input } of inputs) input.checked = value === chosen;
  };
  return { fieldset, check };
}

/** Runs `draw` with the width of a place, now and whenever it changes. */
export function whenWidthChanges(place: HTMLElement, draw: (width: number) => void): void {
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(place.clientWidth);
    if (width === drawn || width === 0) return;
    drawn = width;
    draw(width);
  }).observe(place);
}

/** The text, or its beginning, in a width; an estimate that needs no layout. */
export function fitted(text: string, width: number, perCharacter = 7): string {
  const room = Math.floor(width / perCharacter);
  if (text.length <= room) return text;
  return room < 3 ? '' : `${text.slice(0, room - 1)}…`;
}
