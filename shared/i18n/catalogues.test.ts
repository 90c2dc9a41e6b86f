import { describe, expect, it } from 'vitest'
import { languages, type Language } from '#shared/model/settings'
import { catalogues } from './catalogues'
import { namespaces } from './namespaces'

type Messages = { readonly [key: string]: string | Messages }

/** Every message by its dotted key. */
const flat = (messages: Messages, prefix = ''): [key: string, message: unknown][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'object' ? flat(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value] as [string, unknown]],
  )

const messagesOf = (language: Language, namespace: string) =>
  new Map(flat((catalogues[language] as Messages)[namespace] as Messages))

/** Names of the values a message takes; `shown` are those that do not only choose a case of the text. */
interface Taken {
  readonly all: Set<string>
  readonly shown: Set<string>
}

/** Past the brace that closes the argument whose inside starts at `start`. */
const argumentEnd = (message: string, start: number, taken: Taken): number => {
  const [, name = '', chooses] = /^\s*(\w+)\s*(,\s*(?:plural|selectordinal|select)\b)?/.exec(message.slice(start)) ?? []
  taken.all.add(name)
  if (chooses === undefined) taken.shown.add(name)
  let index = start
  while (index < message.length && message.charAt(index) !== '}') {
    // A brace inside an argument opens the message of one of its cases: `{count, plural, one {# topic} …}`.
    index = message.charAt(index) === '{' ? messageEnd(message, index + 1, taken) : index + 1
  }
  return index + 1
}

/** Past the brace that closes the message that starts at `start`, or its end. */
const messageEnd = (message: string, start: number, taken: Taken): number => {
  let index = start
  while (index < message.length && message.charAt(index) !== '}') {
    index = message.charAt(index) === '{' ? argumentEnd(message, index + 1, taken) : index + 1
  }
  return index + 1
}

const takenBy = (message: string): Taken => {
  const taken: Taken = { all: new Set(), shown: new Set() }
  messageEnd(message, 0, taken)
  return taken
}

/** Tags of rich text, e.g. `<b>`. */
const tagsOf = (message: string): string[] =>
  [...new Set([...message.matchAll(/<(\w+)>/g)].map((match) => match[1] ?? ''))].toSorted()

/** Another word is used for the same thing: a broker is no proxy, and each term of MQTT has one translation. */
const unwanted: Readonly<Record<string, readonly string[]>> = { 'zh-CN': ['代理'], 'zh-TW': ['代理', '發布', '授予'] }

/**
 * A redelivery, a repeat and a copy are three things with a word each: 重发/重送, 重复/重複, 副本. The word of the repeat is
 * used where a repeat is meant (or that a name is there twice) and nowhere else.
 */
const repeatWord = /重复|重複/
const aboutRepeats = /repeat|marks$|twin|duplicate/i

const inEnglish = Object.keys(namespaces)
const translations = languages.filter((language) => language !== 'en')
const pairs = translations.flatMap((language) => inEnglish.map((file) => [language, file] as const))

describe('the catalogues', () => {
  it.each(pairs)('have the same keys in %s as in English: %s', (language, file) => {
    expect([...messagesOf(language, file).keys()].toSorted()).toEqual([...messagesOf('en', file).keys()].toSorted())
  })

  it.each(pairs)('show the same values in %s as in English, and take no others: %s', (language, file) => {
    const english = messagesOf('en', file)
    for (const [key, message] of messagesOf(language, file)) {
      const original = takenBy(String(english.get(key)))
      const translated = takenBy(String(message))
      // A language without plural forms need not ask for the number that chooses between them.
      const missing = [...original.shown].filter((name) => !translated.all.has(name))
      const unknown = [...translated.all].filter((name) => !original.all.has(name))
      const deaf = original.all.size > 0 && translated.all.size === 0
      expect({ key, missing, unknown, deaf }).toEqual({ key, missing: [], unknown: [], deaf: false })
      expect({ key, tags: tagsOf(String(message)) }).toEqual({ key, tags: tagsOf(String(english.get(key))) })
    }
  })

  it.each(pairs)('use one word for one thing in %s: %s', (language, file) => {
    const found = [...messagesOf(language, file)].filter(([, message]) =>
      unwanted[language]?.some((word) => String(message).includes(word)),
    )
    expect(found).toEqual([])
  })

  it.each(pairs)('have a word for a repeat that means nothing else in %s: %s', (language, file) => {
    const found = [...messagesOf(language, file)].filter(
      ([key, message]) => repeatWord.test(String(message)) && !aboutRepeats.test(key),
    )
    expect(found).toEqual([])
  })

  it.each(languages.flatMap((language) => inEnglish.map((file) => [language, file] as const)))(
    'leave no message empty in %s: %s',
    (language, file) => {
      for (const [key, message] of messagesOf(language, file)) {
        expect({ key, type: typeof message, empty: String(message).trim() === '' }).toEqual({
          key,
          type: 'string',
          empty: false,
        })
      }
    },
  )
})
