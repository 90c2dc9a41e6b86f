/** For tests: texts as a stranger may send them, each as long as MQTT lets a text be (65,535 bytes of UTF-8). */
const longest = 65_535

const filled = (part: string, bytesEach: number): string => part.repeat(Math.floor(longest / bytesEach))

export const hostileTexts: Readonly<Record<string, string>> = {
  overrides: filled('\u202e', 3),
  controls: filled('\u0001', 1),
  alternating: filled('a\u202e', 4),
  alternatingControls: filled('\u0001b', 2),
  levels: filled('/', 1),
  levelsWithSpaces: filled(' /', 2),
  marks: `a${filled('\u0301', 2).slice(1)}`,
  oneWord: filled('W', 1),
  rightToLeft: filled('\u0627\u0644', 4),
  joiners: filled('\u200d', 3),
  emoji: filled('👩\u200d', 7),
  emojiBetweenLetters: filled('a👩', 5),
  tags: filled('\u{e0061}', 4),
  spaces: filled(' ', 1),
  lineBreaks: filled('\n', 1),
  replacements: filled('\ufffd', 3),
  quotes: filled('"{[', 3),
  mixed: filled('a\u0000\u0301 \u202eب\u200c/\u2028🌡', 22),
}
