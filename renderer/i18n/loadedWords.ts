import { english } from '#shared/i18n/english'
import type { Words } from '#shared/i18n/words'
import type { Language } from '#shared/model/settings'

/** Words and the language they are in. */
export interface LoadedWords {
  readonly language: Language
  readonly words: Words
}

const loaders: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => Promise.resolve(english),
  'zh-CN': async () => (await import('#shared/i18n/simplifiedChinese')).simplifiedChinese,
  'zh-TW': async () => (await import('#shared/i18n/traditionalChinese')).traditionalChinese,
}

const loaded = new Map<Language, Words>()

/** Loads the words of a language, once. */
export const loadWords = async (language: Language): Promise<LoadedWords> => {
  const words = loaded.get(language) ?? (await loaders[language]())
  loaded.set(language, words)
  return { language, words }
}

/** The words of a language, or English where they were not loaded. */
export const loadedWords = (language: Language): LoadedWords => {
  const words = loaded.get(language)
  return words ? { language, words } : { language: 'en', words: english }
}
