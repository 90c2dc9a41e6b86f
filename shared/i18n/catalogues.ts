import type { Language } from '../model/settings'
import { en } from './en'
import type { Words } from './words'
import { zhCN } from './zhCN'
import { zhTW } from './zhTW'

/** All words on screen, by language. */
export const catalogues: Readonly<Record<Language, Words>> = { en, 'zh-CN': zhCN, 'zh-TW': zhTW }
