import { useTranslations } from 'use-intl'
import { formatCount } from '../../../../ui/format'
import type { FieldProblem } from '../plan/readPlan'

/** What is wrong with a field, in words; what is only missing is not wrong while nobody has tried. */
export const useProblemText = (tried: boolean) => {
  const t = useTranslations('senders')
  return (problem: FieldProblem | undefined): string | null => {
    if (!problem) return null
    const isRange = problem.code === 'wholeRange' || problem.code === 'numberRange'
    if (!tried && !isRange && problem.code !== 'tooManyClients') return null
    return t(`problems.${problem.code}`, {
      least: numberText(problem.least),
      most: numberText(problem.most),
    })
  }
}

const numberText = (value: number | undefined) =>
  value === undefined ? '' : value < 1 ? String(value) : formatCount(value)
