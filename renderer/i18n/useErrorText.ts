import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError, ErrorCode } from '#shared/result'
import { visibleText } from '#shared/text/visibleText'
import { english as en } from '#shared/i18n/english'

/** What the sentences name. A value that an error does not carry reads as an en dash. */
const placeholders: readonly string[] = [
  ...new Set(
    [
      ...Object.values(en.errors)
        .join('\n')
        .matchAll(/\{\s*(\w+)\s*[,}]/g),
    ].map(([, name = '']) => name),
  ),
]

type FilterProblem = keyof typeof en.filterProblems
type ProfileProblem = keyof typeof en.profile.problems
const isFilterProblem = (text: string): text is FilterProblem => Object.hasOwn(en.filterProblems, text)
export const isProfileProblem = (text: string): text is ProfileProblem => Object.hasOwn(en.profile.problems, text)

const isAboutTopic = ({ code, field }: AppError) =>
  code === 'topicInvalid' || /(^|[.])(topic|filter|responseTopic)$/.test(field ?? '')

/** Other details choose a case of their sentence, or are text. */
const isProblem = ({ code, values }: AppError, name: string) =>
  (name === 'detail' && (code === 'topicInvalid' || isTopicOfScript(code, values))) ||
  (name === 'problem' && code === 'templateUnsendable' && isFilterProblem(String(values?.['problem'])))

/** What a script says of a topic is a code; all else it says is text. */
const isTopicOfScript = (code: ErrorCode, values: AppError['values']) =>
  code === 'scriptFailed' && values?.['problem'] === 'badOutput' && values['field'] === 'topic'

/** The three parts of the catalogue that errors are told from. */
export interface ErrorWords {
  readonly errors: (code: ErrorCode, values: Readonly<Record<string, string>>) => string
  readonly filterProblems: (problem: FilterProblem) => string
  readonly profileProblems: (problem: ProfileProblem) => string
}

/** The main process names a problem of the input by its code; anything else is text to show as it came. */
const problemText = (
  text: string,
  error: AppError,
  { filterProblems: filters, profileProblems }: ErrorWords,
): string => {
  // Some codes are in both lists, and say more where it is known that a topic is meant.
  if (isFilterProblem(text) && (isAboutTopic(error) || !isProfileProblem(text))) return filters(text)
  // Which numbers are allowed is known to the form only.
  if (text === 'numberRange') return profileProblems('other')
  return isProfileProblem(text) ? profileProblems(text) : visibleText(text)
}

/** An error as a sentence in the language of the words. */
export const errorSentence = (error: AppError, words: ErrorWords): string => {
  const values: Record<string, string> = Object.fromEntries(placeholders.map((name) => [name, '–']))
  if (error.reasonCode !== undefined) values['reason'] = `0x${error.reasonCode.toString(16).padStart(2, '0')}`
  for (const [name, value] of Object.entries(error.values ?? {}))
    values[name] = isProblem(error, name) ? problemText(String(value), error, words) : visibleText(String(value))
  const { code, message } = error
  const sentence = words.errors(code, {
    ...values,
    message: code === 'invalidInput' ? problemText(message, error, words) : visibleText(message),
  })
  // A last part that not every case has leaves the space before it.
  return sentence.trimEnd()
}

/** Turns an error into a sentence in the person's language. */
export const useErrorText = (): ((error: AppError) => string) => {
  const sentences = useTranslations('errors')
  const filters = useTranslations('filterProblems')
  const profileProblems = useTranslations('profile.problems')
  return useCallback(
    (error) =>
      errorSentence(error, {
        errors: (code, shown) => sentences(code, shown),
        filterProblems: (problem) => filters(problem),
        profileProblems: (problem) => profileProblems(problem),
      }),
    [sentences, filters, profileProblems],
  )
}
