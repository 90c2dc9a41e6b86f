import { createTranslator } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { languages } from '#shared/model/settings'
import { catalogues } from '../../i18n/catalogues'

type Messages = Readonly<Record<string, unknown>>

const leavesOf = (messages: Messages, path = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leavesOf(value as Messages, `${path}${key}.`),
  )
const placeholdersOf = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort()

describe.each(['connections', 'profile', 'settings'])('catalogue %s', (namespace) => {
  const english = leavesOf(catalogues.en[namespace] as Messages)

  it.each(languages)('says the same things in %s, with the same values', (language) => {
    const texts = new Map(leavesOf(catalogues[language][namespace] as Messages))
    expect([...texts.keys()]).toEqual(english.map(([key]) => key))
    for (const [key, text] of english) {
      expect(placeholdersOf(texts.get(key) ?? ''), key).toEqual(placeholdersOf(text))
    }
  })

  it.each(languages)('can be read by the translator in %s', (language) => {
    const failures: string[] = []
    const translate = createTranslator({
      locale: language,
      messages: catalogues[language],
      namespace,
      onError: (error) => failures.push(error.message),
    })
    const values = { count: 2, lowest: 1, highest: 2, seconds: 1, attempt: 1, port: '1', place: 1, name: 'n' }
    const more = { username: 'u', scheme: 'mqtt', field: 'f', language: 'l' }
    for (const [key] of english) translate(key, { ...values, ...more })
    expect(failures).toEqual([])
  })
})
