import { FilterX, Pause, Trash2, X } from 'lucide-react'
import { memo, useEffect, useId, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { Subscription } from '#shared/model/subscription'
import { useApp, useAppStore } from '../../store/useApp'
import { TextField, SelectField } from '../../ui/fields'
import { FilterProblemNote } from '../../mqttUi/FilterProblemNote'
import { IconButton } from '../../ui/IconButton'
import { markedProblem, type MarkedProblem } from '../../mqttUi/markedProblem'
import { VisibleName } from '../../ui/VisibleText'
import { visibleName } from '#shared/text/visibleText'
import styles from './log.module.css'
import { logMarks, noFilter, type Direction, type LogMark } from '../../model/logSearch/logFilter'
import { selectFilter, selectPausedRow, selectScope } from './logSelectors'

/** The menu's Find puts the cursor into the field. */
const useFindFocus = () => {
  const field = useRef<HTMLInputElement>(null)
  const request = useApp((state) => state.focusRequest)
  useEffect(() => {
    if (request?.target === 'find') field.current?.select()
  }, [request])
  return field
}

interface ConnectionProps {
  readonly connectionId: string
}

interface FilterProps extends ConnectionProps {
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

const everySubscription = ''
const anyMark = ''

interface FieldsProps extends FilterProps {
  readonly noteId: string
  readonly marked: MarkedProblem | null
}

function FilterFields({ connectionId, subscriptions, noteId, marked }: FieldsProps) {
  const t = useTranslations('log')
  const filter = useApp(selectFilter(connectionId))
  const filterLog = useApp((state) => state.filterLog)
  const findField = useFindFocus()
  return (
    <>
      <TextField
        label={t('filterMessages')}
        hideLabel
        inputRef={findField}
        type="search"
        placeholder={t('filterMessages')}
        value={filter.text}
        onChange={(text) => filterLog(connectionId, { text })}
      />
      <TextField
        label={t('mqttFilter')}
        hideLabel
        mono
        placeholder={t('mqttFilterExample')}
        value={filter.topicFilter}
        title={t('mqttFilterHint')}
        {...(marked ? { 'aria-invalid': !marked.unfinished, 'aria-describedby': noteId } : {})}
        onChange={(topicFilter) => filterLog(connectionId, { topicFilter })}
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
        onChange={(direction) => filterLog(connectionId, { direction })}
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
        onChange={(id) => filterLog(connectionId, { subscriptionId: id === everySubscription ? null : id })}
      />
      <SelectField<LogMark | typeof anyMark>
        label={t('mark')}
        hideLabel
        value={filter.mark ?? anyMark}
        options={[
          { value: anyMark, label: t('anyMark') },
          ...logMarks.map((mark) => ({ value: mark, label: t(`markFilters.${mark}`) })),
        ]}
        onChange={(mark) => filterLog(connectionId, { mark: mark === anyMark ? null : mark })}
      />
    </>
  )
}

function ScopeChip({ connectionId }: ConnectionProps) {
  const t = useTranslations('log')
  const scope = useApp(selectScope(connectionId))
  const scopeLog = useApp((state) => state.scopeLog)
  if (scope === null) return null
  return (
    <span className={styles.scope}>
      <span className={styles.scopeText} title={visibleName(scope)}>
        {t('below')}{' '}
        <b>
          <VisibleName text={scope} limit={120} mostPieces={4} />
        </b>
      </span>
      <button
        type="button"
        className={styles.scopeRemove}
        aria-label={t('removeScope')}
        onClick={() => scopeLog(connectionId, null)}
      >
        <X size={12} />
      </button>
    </span>
  )
}

function ClearFilters({ connectionId }: ConnectionProps) {
  const t = useTranslations('log')
  const filter = useApp(selectFilter(connectionId))
  const scope = useApp(selectScope(connectionId))
  const clearLogFilter = useApp((state) => state.clearLogFilter)
  const isEmpty =
    scope === null && (Object.keys(noFilter) as (keyof typeof noFilter)[]).every((key) => filter[key] === noFilter[key])
  if (isEmpty) return null
  return (
    <IconButton label={t('clearFilters')} icon={<FilterX size={14} />} onClick={() => clearLogFilter(connectionId)} />
  )
}

/** Filters at the left; pausing and clearing at the right. Not drawn again with every batch. */
export const LogToolbar = memo(function LogToolbar({ connectionId, subscriptions }: FilterProps) {
  const t = useTranslations('log')
  const paused = useApp(selectPausedRow(connectionId)) !== null
  const togglePause = useApp((state) => state.togglePause)
  const store = useAppStore()
  const noteId = useId()
  const { topicFilter } = useApp(selectFilter(connectionId))
  const marked = topicFilter === '' ? null : markedProblem(topicFilter)
  return (
    <div className={styles.toolbar}>
      <FilterFields {...{ connectionId, subscriptions, noteId, marked }} />
      <ScopeChip connectionId={connectionId} />
      <ClearFilters connectionId={connectionId} />
      <span className={styles.verbs}>
        <IconButton label={t('pause')} pressed={paused} icon={<Pause size={14} />} onClick={togglePause} />
        <IconButton
          label={t('clear')}
          icon={<Trash2 size={14} />}
          onClick={() => store.getState().clearMessages(connectionId)}
        />
      </span>
      {marked ? (
        <div className={styles.filterProblem}>
          <FilterProblemNote id={noteId} marked={marked} isHint={marked.unfinished} />
        </div>
      ) : null}
    </div>
  )
})
