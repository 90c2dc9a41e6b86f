import { Fragment, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { PayloadRule } from '#shared/model/payloadRule'
import { placedRule, rulesOf } from '#shared/model/ruleOrder'
import { filterMatches, topicFilterProblem } from '#shared/mqtt/topicFilter'
import { visibleName } from '#shared/text/visibleText'
import type { TopicIndex } from '../../model/topicIndex/topicIndex'
import { payloadRulesState } from '../../state/payloadRules'
import { useApp } from '../../state/useApp'
import { useConnectionModel, useConnectionObject } from '../../state/useConnection'
import { VisibleName } from '../../ui/VisibleText'
import { proposedFilters } from './proposedFilters'
import styles from './schemas.module.css'

interface FilterTopicsProps {
  readonly rule: PayloadRule
  readonly beforeId: string | null
  /** A topic that the filter is made for: others are proposed for it. Null = none. */
  readonly like: string | null
  readonly onFilter: (filter: string) => void
}

/** Topics that are looked at, so that typing stays quick. */
const mostTopics = 20_000
const shownTopics = 4

/** Which of the topics that were seen a rule would take, and other filters for the topic it is made for. */
export function FilterTopics({ rule, beforeId, like, onFilter }: FilterTopicsProps) {
  const t = useTranslations('schemas.topics')
  const { tree } = useConnectionModel()
  const earlier = useEarlierFilters(rule, beforeId)
  const count = tree.topicCount()
  const { filter } = rule
  const seen = useMemo(
    () => (topicFilterProblem(filter) === null ? seenUnder(filter, { tree, earlier }) : null),
    [filter, earlier, tree, count], // oxlint-disable-line react-hooks/exhaustive-deps -- the tree tells by its count
  )
  const proposals = useMemo(() => (like === null ? [] : proposedFilters(like, seenBy(tree))), [like, tree])
  return (
    <div className={styles.topics}>
      {proposals.length > 1 ? (
        <div role="group" aria-label={t('proposals')} className={styles.proposals}>
          {proposals.map((one) => (
            <button key={one} type="button" aria-pressed={one === filter} onClick={() => onFilter(one)}>
              <VisibleName text={one} mostPieces={4} />
            </button>
          ))}
        </div>
      ) : null}
      {seen ? (
        <p role="status" data-topics={seen.taken.length} className={styles.hint}>
          {t('taken', { count: seen.taken.length })}
          {seen.taken.slice(0, shownTopics).map((topic) => (
            <Fragment key={topic}>
              {' '}
              <code title={visibleName(topic)}>
                <VisibleName text={topic} limit={60} mostPieces={3} />
              </code>
            </Fragment>
          ))}
          {seen.taken.length > shownTopics ? ' …' : ''}
          {seen.takenEarlier > 0 ? ` ${t('takenEarlier', { count: seen.takenEarlier })}` : ''}
          {seen.isCut ? ` ${t('cut', { count: mostTopics })}` : ''}
        </p>
      ) : null}
    </div>
  )
}

/** What proposals are told by. */
export const seenBy = (tree: Pick<TopicIndex, 'find' | 'firstLevel'>) => ({
  levelsBelow: (topic: string) => {
    const nodes = topic === '' ? tree.firstLevel() : (tree.find(topic)?.children ?? [])
    return nodes.slice(0, mostSiblings).map(({ level }) => level)
  },
})

const mostSiblings = 1_000

/** The filters of the rules that are asked before this one. */
const useEarlierFilters = (rule: PayloadRule, beforeId: string | null): readonly string[] => {
  const { id } = useConnectionObject()
  const rules = useApp(payloadRulesState, (state) => state.rules)
  const { id: ruleId, connectionId } = rule
  return useMemo(() => {
    const isKnown = rules.some((one) => one.id === ruleId && one.connectionId === connectionId)
    const others = rules.filter((one) => one.id !== ruleId)
    const marker = { id: ruleId, connectionId, filter: '#' }
    const placed = isKnown ? rules : placedRule([...others, marker], ruleId, { connectionId, beforeId })
    const here = rulesOf(placed, id)
    return here
      .slice(
        0,
        Math.max(
          0,
          here.findIndex((one) => one.id === ruleId),
        ),
      )
      .map(({ filter }) => filter)
  }, [rules, ruleId, connectionId, beforeId, id])
}

interface SeenUnder {
  readonly taken: readonly string[]
  /** Topics that match, and that rules before this one take. */
  readonly takenEarlier: number
  /** Not all topics were looked at. */
  readonly isCut: boolean
}

interface Around {
  readonly tree: Pick<TopicIndex, 'topics'>
  readonly earlier: readonly string[]
}

const seenUnder = (filter: string, { tree, earlier }: Around): SeenUnder => {
  const all = tree.topics()
  const matching = all
    .slice(0, mostTopics)
    .map(({ topic }) => topic)
    .filter((topic) => filterMatches(filter, topic))
  const taken = matching.filter((topic) => !earlier.some((one) => filterMatches(one, topic)))
  return { taken, takenEarlier: matching.length - taken.length, isCut: all.length > mostTopics }
}
