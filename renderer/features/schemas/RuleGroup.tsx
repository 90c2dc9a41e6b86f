import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { PayloadRule } from '#shared/model/payloadRule'
import { RuleRow, type RuleVerbs } from './RuleRow'
import styles from './schemas.module.css'
import type { TakenRules } from './takenRules'
import { markOf, type RuleDrag } from './useRuleDrag'

/** Rules that are asked one after the other: those of a connection, or of all (null). */
interface Group {
  readonly connectionId: string | null
  /** The number of its first rule. */
  readonly first: number
  readonly rules: readonly PayloadRule[]
}

interface GroupProps {
  readonly group: Group
  /** A sound topic, or ''. */
  readonly tried: string
  readonly taken: TakenRules
  readonly drag: RuleDrag
  readonly verbs: RuleVerbs
}

export function RuleGroup({ group, tried, taken, drag, verbs }: GroupProps) {
  const t = useTranslations('schemas')
  const headId = useId()
  const { connectionId, rules, first } = group
  const end = { connectionId, beforeId: null }
  return (
    <>
      <h2 id={headId} className={styles.head} data-mark={drag.mark === markOf(end) || undefined} {...drag.over(end)}>
        {t(connectionId === null ? 'everywhere' : 'here')}
      </h2>
      <div role="list" aria-labelledby={headId}>
        {rules.map((rule, index) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            number={first + index}
            isFirst={index === 0}
            isLast={index === rules.length - 1}
            tried={tried}
            taken={taken}
            drag={drag}
            verbs={verbs}
          />
        ))}
      </div>
    </>
  )
}
