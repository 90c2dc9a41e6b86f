// Why it is so: build/docs/decisions/53-sentences-are-made-in-the-window.md
import type { Language } from '../model/settings'
import { namespaces } from './namespaces'
import { wordsIn, type Words } from './words'

/** All words on screen, by language. */
export const catalogues: Readonly<Record<Language, Words>> = {
  en: wordsIn(namespaces, 'en'),
  'zh-CN': wordsIn(namespaces, 'zh-CN'),
  'zh-TW': wordsIn(namespaces, 'zh-TW'),
}
