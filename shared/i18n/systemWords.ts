import type { Language } from '../model/settings'
import menu from './menu.json'
import questions from './questions.json'
import { wordsIn, type InOneLanguage } from './words'

const parts = { menu, questions }

/** The words that stand in the system's own menus and dialogs: all the main process needs of the catalogues. */
export type SystemWords = InOneLanguage<typeof parts>

export const systemWords: Readonly<Record<Language, SystemWords>> = {
  en: wordsIn(parts, 'en'),
  'zh-CN': wordsIn(parts, 'zh-CN'),
  'zh-TW': wordsIn(parts, 'zh-TW'),
}
