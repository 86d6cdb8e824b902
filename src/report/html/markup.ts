/** HTML that cannot be written without escaping: whatever is put into a template is text unless it is markup. */

/** Text that is HTML already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Markup | null | readonly Value[];

/** `` html`<td>${name}</td>` ``: texts are escaped, null is nothing, lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let text = strings[0]!;
  for (const [i, value] of values.entries()) text += escapeValue(value) + strings[i + 1]!;
  return new Markup(text);
}

function escapeValue(value: Value): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(escapeValue).join('');
  return escapeHtml(String(value));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and in a quoted attribute. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** JSON inside a script element: nothing in it can end the element or begin a comment. */
export function embeddedJson(value: unknown): Markup {
  return new Markup(
    JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
