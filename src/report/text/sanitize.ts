/**
 * The one gate for text that comes from logs, file names and users: what passes it cannot move the cursor, colour the
 * screen, reorder or hide what stands beside it, or start a new line.
 */

/**
 * Control characters (C0, C1, DEL), everything Unicode calls format or default-ignorable (bidi overrides, zero-width
 * characters, tags, variation selectors), line and paragraph separators, combining marks, spaces other than U+0020,
 * lone surrogates, private use and noncharacters.
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Mn}\p{Me}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|(?! )\p{Zs}/gu;

/** Most names are ASCII, and this is asked once per cell: only what fails it is searched with `UNSAFE`. */
const PLAIN = /^[ -~]*$/;

/** The text with everything unsafe shown as `\xNN` or `\u{…}`; safe on a terminal, in one line. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0)!;
    const digits = code.toString(16);
    return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
  });
}

/** The same for a name, which is never shown as nothing. */
export function visibleName(text: string): string {
  return text === '' ? '(empty)' : visible(text);
}

/** JSON in which every unsafe character is an escape: the value is the same, and the text is safe on a terminal. */
export function writeSafeJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  return json.replace(UNSAFE, (character) => {
    if (character === '\n') return character;
    let escaped = '';
    for (let i = 0; i < character.length; i++) {
      escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
    }
    return escaped;
  });
}

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
