import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellWords } from './shellWords'

const textsOf = (text: string) => shellWords(text).words.map((word) => word.text)

/** What /bin/sh makes of each of these texts: words that end with NUL, and texts with a word of their own. */
const wordsOfSh = (texts: readonly string[]): readonly (readonly string[])[] => {
  const script = texts.map((text) => `printf '%s\\0' ${text}\nprintf '\\1\\0'\n`).join('')
  const { stdout, status, stderr } = spawnSync('/bin/sh', ['-f'], { input: script, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
    .split('\u0001\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1))
}

const character = fc.constantFrom(...Array.from('ab /\\"\'$#%~=-;|&<>()*?`ü 溫\t'))
const wanted = fc.string({ unit: character, minLength: 1, maxLength: 8 })
const quotings: readonly ((word: string) => string)[] = [
  (word) => `'${word.replaceAll("'", `'\\''`)}'`,
  (word) => `"${word.replace(/[$`"\\]/g, '\\$&')}"`,
  (word) => word.replace(/[^\w]/g, '\\$&'),
]
const quoted = fc
  .array(fc.record({ word: wanted, quote: fc.constantFrom(...quotings), more: fc.constantFrom(' ', '  ', ' \\\n ') }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => ({
    words: parts.map(({ word }) => word),
    text: parts.map(({ word, quote, more }) => `${quote(word)}${more}`).join(''),
  }))

describe('the words of a command', () => {
  it('are those that were quoted, however they were', () => {
    fc.assert(
      fc.property(quoted, ({ words, text }) => {
        expect(shellWords(text)).toEqual({ words: words.map((one) => ({ text: one, isExpanded: false })), behind: '' })
      }),
    )
  })

  it('are those that the shell itself makes of a text', () => {
    const texts = fc.sample(quoted, 300).map(({ text }) => text)
    const mixed = [`a"b c"'d e'f\\ g`, `'it'\\''s'`, `"a\\nb\\\\c"`, `--x="y z" ''`, `a#b`, `"\\a"`, `a\\\nb`]
    const all = [...texts, ...mixed]
    expect(all.map(textsOf)).toEqual(wordsOfSh(all).map((words) => [...words]))
  })

  it.each([
    ['a b | grep c', ['a', 'b'], '| grep c'],
    ['a b > file', ['a', 'b'], '> file'],
    ['a b && c', ['a', 'b'], '&& c'],
    ['\n  a b\nc d', ['a', 'b'], 'c d'],
    ['a b # said of it', ['a', 'b'], ''],
    ['# said of it\na b # and more\nc d', ['a', 'b'], 'c d'],
    ['a \\\n  b', ['a', 'b'], ''],
    ['a \\\r\n  b', ['a', 'b'], ''],
    [`a 'b c`, ['a', 'b c'], ''],
    [`a "b c`, ['a', 'b c'], ''],
  ])('%j ends where its command does', (text, words, behind) => {
    expect(textsOf(text)).toEqual(words)
    expect(shellWords(text).behind).toBe(behind)
  })

  it('say where a shell would put something else', () => {
    const { words } = shellWords('a $HOME "x$(pwd)" `pwd` ~/ca.pem \'$HOME\' "\\$HOME" a$ ~x 5$ $')
    expect(words.flatMap(({ text, isExpanded }) => (isExpanded ? [text] : []))).toEqual([
      '$HOME',
      'x$(pwd)',
      '`pwd`',
      '~/ca.pem',
    ])
  })

  it('of Windows keep their backslashes', () => {
    const command = '"C:\\Program Files\\mosquitto\\mosquitto_sub.exe" --cafile C:\\ca.pem ^\r\n -P "a \\"b" %PW%'
    expect(textsOf(command)).toEqual([
      'C:\\Program Files\\mosquitto\\mosquitto_sub.exe',
      '--cafile',
      'C:\\ca.pem',
      '-P',
      'a "b',
      '%PW%',
    ])
    expect(shellWords(command).words.at(-1)?.isExpanded).toBe(true)
  })
})
