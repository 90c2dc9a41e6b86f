import { systemWords } from '#shared/i18n/systemWords'
import type { Language } from '#shared/model/settings'
import type { Question } from '../../core/files/dialogs'

/** What the system's dialog says. */
export interface QuestionWords {
  readonly message: string
  readonly detail: string
  readonly no: string
  readonly yes: string
}

export const questionWords = (question: Question, language: Language): QuestionWords => {
  const words = systemWords[language].questions[question.kind]
  if (question.kind !== 'readTypedFiles') return words
  return { ...words, detail: words.detail.replace('{paths}', () => question.paths.map(shownPath).join('\n')) }
}

const longestPath = 200

/** A path as it can be trusted on screen: nothing in it is invisible or turns the text around, and both ends are seen. */
const shownPath = (path: string): string => {
  const visible = path.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`)
  if (visible.length <= longestPath) return visible
  return `${visible.slice(0, longestPath / 2)}…${visible.slice(-longestPath / 2)}`
}
