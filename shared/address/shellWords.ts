/** A word of a command. */
export interface ShellWord {
  readonly text: string
  /** A shell would put something else in its place: a variable, the output of a command, the home folder. */
  readonly isExpanded: boolean
}

export interface ShellCommand {
  readonly words: readonly ShellWord[]
  /** What stands behind the command: a pipe, a redirection, the next command; '' = nothing. */
  readonly behind: string
}

/**
 * The words of the first command of a text, as a POSIX shell would read it (POSIX.1-2017, Shell Command Language, 2.2
 * and 2.3). A quote that does not end reaches to the end. A text that holds a path of Windows is read as its command
 * line would be: a backslash is a backslash, and only " quotes.
 */
export const shellWords = (text: string): ShellCommand => {
  const dialect = isOfWindows(text) ? windows : posix
  const words: ShellWord[] = []
  let at = 0
  while (at < text.length) {
    at += dialect.blank.exec(text.slice(at))?.[0].length ?? 0
    const rest = text.slice(at)
    if (rest === '') break
    if (rest.startsWith('#')) {
      at += /^.*/.exec(rest)?.[0].length ?? 0
      continue
    }
    if (dialect.end.test(rest)) {
      // A line that ends before the command has begun is an empty one.
      if (words.length > 0) return { words, behind: rest.trim() }
      at += 1
      continue
    }
    const { word, length } = readWord(rest, dialect)
    words.push(word)
    at += length
  }
  return { words, behind: '' }
}

interface Piece {
  readonly pattern: RegExp
  /** What the match stands for. */
  readonly read: (match: RegExpExecArray) => string
  readonly expands?: (match: RegExpExecArray) => boolean
}

interface Dialect {
  /** What stands between words, with the ends of lines that do not end the command. */
  readonly blank: RegExp
  /** Ends a word. */
  readonly separator: RegExp
  /** Where a command ends. */
  readonly end: RegExp
  /** Of which words are made, each at the beginning of a text; one of them always matches. */
  readonly pieces: readonly Piece[]
}

const readWord = (text: string, { pieces, end, separator }: Dialect): { word: ShellWord; length: number } => {
  let word = ''
  let isExpanded = /^~(?:\/|\s|$)/.test(text)
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    if (end.test(rest) || separator.test(rest)) break
    for (const { pattern, read, expands } of pieces) {
      const match = pattern.exec(rest)
      if (!match) continue
      word += read(match)
      isExpanded ||= expands?.(match) ?? false
      at += match[0].length
      break
    }
  }
  return { word: { text: word, isExpanded }, length: at }
}

const variable = /\$[\w{(*@#?!$-]|`/
/** In " a backslash only keeps these from their meaning; before a line's end it joins the lines. */
const unescaped = (quoted: string): string => quoted.replace(/\\([$`"\\])|\\\n/g, '$1')
const withoutEscapes = (quoted: string): string => quoted.replace(/\\[^]/g, '')

const posix: Dialect = {
  blank: /^(?:[ \t\r]|\\\r?\n)*/,
  separator: /^[ \t\r]/,
  end: /^[\n|&;<>()]/,
  pieces: [
    { pattern: /^'([^']*)(?:'|$)/, read: ([, quoted = '']) => quoted },
    {
      pattern: /^"((?:\\[^]|[^"\\])*\\?)(?:"|$)/,
      read: ([, quoted = '']) => unescaped(quoted),
      expands: ([, quoted = '']) => variable.test(withoutEscapes(quoted)),
    },
    { pattern: /^\\\r?\n/, read: () => '' },
    { pattern: /^\\([^])/, read: ([, next = '']) => next },
    { pattern: /^(?:\$\([^)]*\)?|`[^`]*`?|\$[\w{*@#?!$-])/, read: ([whole]) => whole, expands: () => true },
    { pattern: /^[^]/, read: ([one]) => one },
  ],
}

const windows: Dialect = {
  blank: /^(?:[ \t\r]|\^\r?\n)*/,
  separator: /^[ \t\r]/,
  end: /^[\n|&<>]/,
  pieces: [
    { pattern: /^"((?:\\"|[^"])*)(?:"|$)/, read: ([, quoted = '']) => quoted.replaceAll('\\"', '"') },
    { pattern: /^%\w+%/, read: ([name]) => name, expands: () => true },
    { pattern: /^\^([^])/, read: ([, next = '']) => next },
    { pattern: /^[^]/, read: ([one]) => one },
  ],
}

const isOfWindows = (text: string): boolean => /(?:^|[\s"'])[a-z]:\\|\.exe\b/i.test(text)
