import { X } from 'lucide-react'
import { memo, useId } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import { ActionButton } from '../../actions/ActionButton'
import { useFieldFocus } from '../../state/focus'
import { logViewState } from '../../state/logView'
import { useAppObject } from '../../state/useApp'
import { useConnection } from '../../state/useConnection'
import { TextField, SelectField } from '../../ui/fields'
import { FilterProblemNote } from '../../mqttUi/FilterProblemNote'
import { markedProblem, type MarkedProblem } from '../../mqttUi/markedProblem'
import { VisibleName } from '../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import styles from './log.module.css'
import { logMarks, type Direction, type LogMark } from '../../model/logSearch/logFilter'

interface FilterProps {
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

const everySubscription = ''
const anyMark = ''

/** Filters at the left; pausing and clearing at the right. Not drawn again with every batch. */
export const LogToolbar = memo(function LogToolbar({ subscriptions }: FilterProps) {
  const app = useAppObject()
  const noteId = useId()
  const { topicFilter } = useConnection(logViewState, (state) => state.filter)
  const marked = topicFilter === '' ? null : markedProblem(topicFilter)
  return (
    <div className={styles.toolbar}>
      <FilterFields {...{ subscriptions, noteId, marked }} />
      <ScopeChip />
      <ActionButton id="messages.clearFilters" on="window" subject={app} />
      <span className={styles.verbs}>
        <ActionButton id="pauseMessages" on="window" subject={app} />
        <ActionButton id="clearMessages" on="window" subject={app} />
      </span>
      {marked ? (
        <div className={styles.filterProblem}>
          <FilterProblemNote id={noteId} marked={marked} isHint={marked.unfinished} />
        </div>
      ) : null}
    </div>
  )
})

interface FieldsProps extends FilterProps {
  readonly noteId: string
  readonly marked: MarkedProblem | null
}

function FilterFields({ subscriptions, noteId, marked }: FieldsProps) {
  const t = useTranslations('log')
  const filter = useConnection(logViewState, (state) => state.filter)
  const changeFilter = useConnection(logViewState, (state) => state.changeFilter)
  const findField = useFieldFocus('find')
  const filterField = useFieldFocus('messageFilter')
  return (
    <>
      <TextField
        label={t('filterMessages')}
        hideLabel
        inputRef={findField}
        type="search"
        placeholder={t('filterMessages')}
        value={filter.text}
        onChange={(text) => changeFilter({ text })}
      />
      <TextField
        label={t('mqttFilter')}
        hideLabel
        mono
        inputRef={filterField}
        placeholder={t('mqttFilterExample')}
        value={filter.topicFilter}
        title={t('mqttFilterHint')}
        {...(marked ? { 'aria-invalid': !marked.unfinished, 'aria-describedby': noteId } : {})}
        onChange={(topicFilter) => changeFilter({ topicFilter })}
      />
      <SelectField<Direction>
        label={t('direction')}
        hideLabel
        value={filter.direction}
        options={[
          { value: 'both', label: t('directions.both') },
          { value: 'in', label: t('directions.in') },
          { value: 'out', label: t('directions.out') },
        ]}
        onChange={(direction) => changeFilter({ direction })}
      />
      <SelectField
        label={t('subscription')}
        hideLabel
        value={filter.subscriptionId ?? everySubscription}
        options={[
          { value: everySubscription, label: t('everySubscription') },
          ...[...subscriptions.values()].map((one) => ({
            value: one.id,
            label: visibleName(one.alias || one.filter, 60),
          })),
        ]}
        onChange={(id) => changeFilter({ subscriptionId: id === everySubscription ? null : id })}
      />
      <SelectField<LogMark | typeof anyMark>
        label={t('mark')}
        hideLabel
        value={filter.mark ?? anyMark}
        options={[
          { value: anyMark, label: t('anyMark') },
          ...logMarks.map((mark) => ({ value: mark, label: t(`markFilters.${mark}`) })),
        ]}
        onChange={(mark) => changeFilter({ mark: mark === anyMark ? null : mark })}
      />
    </>
  )
}

function ScopeChip() {
  const t = useTranslations('log')
  const scope = useConnection(logViewState, (state) => state.scope)
  const limitTo = useConnection(logViewState, (state) => state.limitTo)
  if (scope === null) return null
  return (
    <span className={styles.scope}>
      <span className={styles.scopeText} title={visibleName(scope)}>
        {t('below')}{' '}
        <b>
          <VisibleName text={scope} limit={120} mostPieces={4} />
        </b>
      </span>
      <button type="button" className={styles.scopeRemove} aria-label={t('removeScope')} onClick={() => limitTo(null)}>
        <X size={12} />
      </button>
    </span>
  )
}
