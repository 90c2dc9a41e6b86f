import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { printTerm } from '../../../model/query/printQuery'
import type { QueryTerm } from '../../../model/query/queryTerm'
import { momentOf } from '../../../model/query/readTimes'
import { logViewState } from '../../../state/logView'
import { useConnection } from '../../../state/useConnection'
import { formatIso } from '../../../ui/format'

const shownValue = 200

/** What a term asks of messages, as a sentence. */
export const useExplanation = (term: QueryTerm): string => {
  const t = useTranslations('query')
  const now = useConnection(logViewState, (state) => state.askedAt)
  const sentence = t(`explained.${kindOf(term)}`, { value: visibleName(valueOf(term, now), shownValue) })
  return term.not ? t('explainedNot', { sentence }) : sentence
}

const kindOf = ({ test }: QueryTerm) => {
  switch (test.kind) {
    case 'direction':
      return test.direction
    case 'mark':
      return test.mark
    case 'field':
      return test.field.source
    case 'schema':
      return test.state
    default:
      return test.kind
  }
}

const valueOf = (term: QueryTerm, now: number): string => {
  const { test } = term
  switch (test.kind) {
    case 'text':
      return test.text
    case 'topic':
      return test.filter
    case 'below':
      return test.topic
    case 'sub':
      return test.name
    case 'schema':
      return test.state
    case 'after':
    case 'before':
      return formatIso(momentOf(test.moment, { key: test.kind, now }) ?? now)
    default:
      return printTerm({ ...term, not: false }).replace(/^(?:size|qos|last):/, '')
  }
}
