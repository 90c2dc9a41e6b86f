import { useTranslations } from 'use-intl'
import type { TopicProblem } from '#shared/mqtt/topicFilter'

/** Why a topic cannot be published to, as a sentence; levels and columns counted from one. */
export const useTopicProblemText = (): ((problem: TopicProblem) => string) => {
  const t = useTranslations('filterProblems')
  return ({ code, level, column }) => t(code, { level: level + 1, column: column + 1 })
}
