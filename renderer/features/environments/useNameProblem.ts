import { useTranslations } from 'use-intl'
import type { NameProblem } from './environmentsForm'

/** What is wrong with a name, in words. */
export const useNameProblem = (): ((problem: NameProblem | undefined) => string | null) => {
  const t = useTranslations('environments')
  return (problem) => (problem ? t(`problems.${problem}`) : null)
}
