import type { Language } from '../model/settings'
import enMenu from './en/menu.json'
import enQuestions from './en/questions.json'
import zhCNMenu from './zh-CN/menu.json'
import zhCNQuestions from './zh-CN/questions.json'
import zhTWMenu from './zh-TW/menu.json'
import zhTWQuestions from './zh-TW/questions.json'

/** The words that stand in the system's own menus and dialogs: all the main process needs of the catalogues. */
export interface SystemWords {
  readonly menu: typeof enMenu
  readonly questions: typeof enQuestions
}

export const systemWords: Readonly<Record<Language, SystemWords>> = {
  en: { menu: enMenu, questions: enQuestions },
  'zh-CN': { menu: zhCNMenu, questions: zhCNQuestions },
  'zh-TW': { menu: zhTWMenu, questions: zhTWQuestions },
}
