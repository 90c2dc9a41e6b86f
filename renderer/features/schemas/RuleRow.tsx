import { ChevronDown, ChevronUp, CircleCheck, Pencil, Trash2 } from 'lucide-react'
import { useId, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { PayloadRule } from '#shared/model/payloadRule'
import { compareLevels } from '#shared/mqtt/filterComparison'
import { visibleName } from '#shared/text/visibleText'
import { TopicOutcome } from '../../mqttUi/TopicOutcome'
import { useProtocolVersion } from '../../state/useEntry'
import { IconButton } from '../../ui/IconButton'
import { VisibleName, VisibleText } from '../../ui/VisibleText'
import { fileNameOf } from '#shared/model/schemaFileName'
import { SchemaProblems } from './SchemaProblems'
import styles from './schemas.module.css'
import { isTaken, type TakenRules } from './takenRules'
import { markOf, type RuleDrag } from './useRuleDrag'

export interface RuleVerbs {
  readonly edit: (rule: PayloadRule) => void
  readonly remove: (rule: PayloadRule) => void
  readonly move: (rule: PayloadRule, step: -1 | 1) => void
}

interface RowProps {
  readonly rule: PayloadRule
  readonly number: number
  readonly isFirst: boolean
  readonly isLast: boolean
  /** A sound topic, or ''. */
  readonly tried: string
  readonly taken: TakenRules
  readonly drag: RuleDrag
  readonly verbs: RuleVerbs
}

/** One rule: its filter, its schema with what is wrong with that, and what it does to the tried topic. */
export function RuleRow({ rule, number, isFirst, isLast, tried, taken, drag, verbs }: RowProps) {
  const t = useTranslations('schemas')
  const nameId = useId()
  const place = { connectionId: rule.connectionId, beforeId: rule.id }
  return (
    <div
      role="listitem"
      aria-labelledby={nameId}
      className={styles.row}
      data-rule={rule.id}
      data-takes={isTaken(taken, number) || undefined}
      data-dragged={drag.draggedId === rule.id || undefined}
      data-mark={drag.mark === markOf(place) || undefined}
      draggable
      onDragStart={(event) => drag.start(rule, event)}
      onDragEnd={drag.end}
      {...drag.over(place)}
    >
      <span className={styles.number}>{number}</span>
      <span id={nameId} className={styles.filter} title={visibleName(rule.filter)}>
        <VisibleName text={rule.filter} mostPieces={4} />
      </span>
      <div className={styles.actions}>
        <IconButton
          label={t('moveUp')}
          aria-describedby={nameId}
          icon={<ChevronUp size={14} />}
          disabled={isFirst}
          onClick={() => verbs.move(rule, -1)}
        />
        <IconButton
          label={t('moveDown')}
          aria-describedby={nameId}
          icon={<ChevronDown size={14} />}
          disabled={isLast}
          onClick={() => verbs.move(rule, 1)}
        />
        <IconButton
          label={t('edit')}
          aria-describedby={nameId}
          icon={<Pencil size={14} />}
          onClick={() => verbs.edit(rule)}
        />
        <IconButton
          label={t('remove')}
          aria-describedby={nameId}
          icon={<Trash2 size={14} />}
          onClick={() => verbs.remove(rule)}
        />
      </div>
      <What rule={rule} />
      <div className={styles.notes}>
        {tried === '' ? null : <Outcome {...{ rule, number, tried, taken }} />}
        {rule.schema ? <SchemaProblems schema={rule.schema} /> : null}
      </div>
    </div>
  )
}

/** How payloads are decoded, and the schema they conform to. */
function What({ rule: { schema, decoder } }: Pick<RowProps, 'rule'>) {
  const t = useTranslations('schemas')
  return (
    <div className={styles.what}>
      {decoder === undefined ? null : (
        <span className={styles.schema} data-decoder={decoder}>
          <span className={styles.kind}>{t('decodedAs')}</span>
          <VisibleText text={decoder} />
        </span>
      )}
      {schema ? (
        <span className={styles.schema} title={visibleName(schema.path)}>
          <span className={styles.kind}>{t(`kinds.${schema.kind}`)}</span>
          <VisibleText text={fileNameOf(schema.path)} />
          {schema.kind === 'protobuf' && schema.messageType !== '' ? (
            <span className={styles.type}>
              <VisibleText text={schema.messageType} />
            </span>
          ) : null}
        </span>
      ) : null}
    </div>
  )
}

type OutcomeProps = Pick<RowProps, 'rule' | 'number' | 'tried' | 'taken'>

/** What the rule does to the tried topic, and where it does nothing the first level that fails and why. */
function Outcome({ rule, number, tried, taken }: OutcomeProps) {
  const t = useTranslations('schemas')
  const version = useProtocolVersion()
  const comparison = useMemo(() => compareLevels(rule.filter, tried), [rule.filter, tried])
  if (!comparison.matches) return <TopicOutcome comparison={comparison} version={version} />
  const earlier = (rule.decoder === undefined ? taken.schema : taken.decoding) ?? taken.first ?? 0
  if (!isTaken(taken, number)) return <p className={styles.later}>{t('later', { number: earlier })}</p>
  return (
    <p className={styles.taken}>
      <CircleCheck size={14} aria-hidden />
      {t('taken')}
    </p>
  )
}
