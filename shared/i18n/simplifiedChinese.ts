import { namespaces } from './namespaces?language=zh-CN'
import { wordsIn, type Words } from './words'

export const simplifiedChinese: Words = wordsIn(namespaces, 'zh-CN')
