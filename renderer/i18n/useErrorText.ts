import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { AppError } from '#shared/result'
import { visibleText } from '#shared/text/visibleText'
import filterProblems from './en/filterProblems.json'
import profile from './en/profile.json'

/** What the sentences may name. A value that an error does not carry reads as an en dash. */
const placeholders = [
  'host',
  'port',
  'detail',
  'name',
  'names',
  'expired',
  'seconds',
  'limit',
  'size',
  'file',
  'reason',
  'method',
  'stage',
  'scheme',
  'version',
  'spoken',
  'clientId',
  'topic',
  'filter',
  'qos',
  'packet',
  'packetId',
  'expected',
  'clause',
  'how',
  'next',
  'again',
  'others',
  'kind',
  'location',
  'subprotocol',
]

type FilterProblem = keyof typeof filterProblems
type ProfileProblem = keyof typeof profile.problems
const isFilterProblem = (text: string): text is FilterProblem => Object.hasOwn(filterProblems, text)
const isProfileProblem = (text: string): text is ProfileProblem => Object.hasOwn(profile.problems, text)

const isAboutTopic = ({ code, field }: AppError) =>
  code === 'topicInvalid' || /(^|[.])(topic|filter|responseTopic)$/.test(field ?? '')

/** Other details choose a case of their sentence, or are text. */
const isProblem = ({ code }: AppError, name: string) => name === 'detail' && code === 'topicInvalid'

/** The main process names a problem of the input by its code; anything else is text to show as it came. */
const useProblemText = () => {
  const filterText = useTranslations('filterProblems')
  const profileText = useTranslations('profile.problems')
  return useCallback(
    (text: string, error: AppError): string => {
      // Some codes are in both lists, and say more where it is known that a topic is meant.
      if (isFilterProblem(text) && (isAboutTopic(error) || !isProfileProblem(text))) return filterText(text)
      // Which numbers are allowed is known to the form only.
      if (text === 'numberRange') return profileText('other')
      return isProfileProblem(text) ? profileText(text) : visibleText(text)
    },
    [filterText, profileText],
  )
}

/** Turns an error into a sentence in the person's language. */
export const useErrorText = (): ((error: AppError) => string) => {
  const t = useTranslations('errors')
  const problemText = useProblemText()
  return useCallback(
    (error) => {
      const values: Record<string, string> = Object.fromEntries(placeholders.map((name) => [name, '–']))
      if (error.reasonCode !== undefined) values['reason'] = `0x${error.reasonCode.toString(16).padStart(2, '0')}`
      for (const [name, value] of Object.entries(error.values ?? {}))
        values[name] = isProblem(error, name) ? problemText(String(value), error) : visibleText(String(value))
      const message = error.code === 'invalidInput' ? problemText(error.message, error) : visibleText(error.message)
      return t(error.code, { ...values, message })
    },
    [t, problemText],
  )
}
