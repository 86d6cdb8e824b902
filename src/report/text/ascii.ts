/** Text for terminals that show nothing but ASCII, as wide as it was. */

const SIGNS: Readonly<Record<string, string>> = {
  '≈': '~',
  '…': '.',
  '–': '-',
  '“': '"',
  '”': '"',
  '×': 'x',
  '→': '>',
  '›': '>',
  µ: 'u',
  '▁': '_',
  '▂': '.',
  '▃': ':',
  '▄': '-',
  '▅': '=',
  '▆': '+',
  '▇': '*',
  '█': '#',
};

/** Signs of ours become their likes, letters of names `?`. */
export function toAscii(text: string): string {
  return text.replace(/[\u{80}-\u{10ffff}]/gu, (character) => SIGNS[character] ?? '?');
}
