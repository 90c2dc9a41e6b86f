import { createTranslator } from 'use-intl'
import type { ConnectionFailure, Remedy } from '#shared/model/failure'
import { languages, type Language } from '#shared/model/settings'
import type { AppError } from '#shared/result'
import { catalogues } from '#shared/i18n/catalogues'
import { errorSentence } from '../../renderer/i18n/useErrorText'

type Told = 'errors' | 'filterProblems' | 'profile.problems' | 'remedies'

const translator = (language: Language, namespace: Told) => {
  const translate = createTranslator({
    locale: language,
    messages: catalogues[language],
    namespace,
    onError: (error) => {
      throw error
    },
  })
  return translate as (key: string, values?: Readonly<Record<string, string>>) => string
}

/** What a person reads of an error. Throws where the catalogue has no words for it. */
export const sentenceOf = (error: AppError, language: Language = 'en'): string =>
  errorSentence(error, {
    errors: translator(language, 'errors'),
    filterProblems: translator(language, 'filterProblems'),
    profileProblems: translator(language, 'profile.problems'),
  })

/** What a remedy's reason and button say. */
const remedyWords = ({ id, values: shown = {} }: Remedy, language: Language = 'en'): string => {
  const words = translator(language, 'remedies')
  const values = Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, String(value)]))
  return `${words(`${id}.why`, values)} [${words(`${id}.action`, values)}]`
}

/** A failure crosses to the window, so it holds texts and numbers for its words, and nothing of keys and sockets. */
const checkValues = ({ values = {} }: AppError) => {
  for (const [name, value] of Object.entries(values))
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`${name} is no text or number`)
}

/**
 * Everything a person reads of a failed connection, in English; throws where any language lacks a word of it, and where
 * it holds more than words need.
 */
export const wordsOf = (failure: ConnectionFailure): readonly string[] => {
  checkValues(failure)
  const inLanguage = (language: Language) => [
    sentenceOf(failure, language),
    ...failure.remedies.map((remedy) => remedyWords(remedy, language)),
  ]
  const [english = []] = languages.map(inLanguage)
  return english
}
