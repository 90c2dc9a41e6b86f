import { namespaces } from './namespaces?language=en'
import { wordsIn, type Words } from './words'

/** All words on screen in English: the page has them whatever its language. */
export const english: Words = wordsIn(namespaces, 'en')
