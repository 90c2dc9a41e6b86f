import { namespaces } from './namespaces?language=zh-TW'
import { wordsIn, type Words } from './words'

export const traditionalChinese: Words = wordsIn(namespaces, 'zh-TW')
