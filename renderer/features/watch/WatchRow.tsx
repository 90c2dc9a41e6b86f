import { BellRing, ChartLine, Pencil, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { useStore } from 'zustand'
import type { Watch } from '#shared/model/watch'
import { printJsonPath } from '#shared/json/jsonPath'
import { visibleName } from '#shared/text/visibleText'
import type { WatchedValue } from '../../model/watch/watchedReading'
import type { Connection } from '../../state/app'
import { chartsState } from '../../state/charts'
import { profilesState, selectEntry } from '../../state/profiles'
import { sessionState } from '../../state/session'
import { connectionsState } from '../../state/connections'
import { showMessage } from '../../state/showMessage'
import { useApp, useAppObject } from '../../state/useApp'
import { nothingKnown, watchedState, type WatchedNow } from '../../state/watched'
import { ruleWords } from '../../state/watchWords'
import { useDurations } from '../../ui/durations'
import { IconButton } from '../../ui/IconButton'
import { VisibleName, VisibleText } from '../../ui/VisibleText'
import styles from './watch.module.css'
import { ValueCurve } from './ValueCurve'

interface RowProps {
  readonly watch: Watch
  /** Steady time. */
  readonly now: number
  readonly onEdit: (watch: Watch) => void
  readonly onRemove: (watch: Watch) => void
}

/** One watched value: what it is, what it says now, and which of its rules hold. */
export function WatchRow({ watch, now, onEdit, onRemove }: RowProps) {
  const t = useTranslations('watch')
  const app = useAppObject()
  const nameId = useId()
  const known = useApp(watchedState, (state) => state.now.get(watch.id)) ?? nothingKnown
  const name = useApp(profilesState, selectEntry(watch.connectionId))?.profile.name ?? ''
  const connection = useApp(connectionsState, ({ all }) => all.get(watch.connectionId))
  const { sequence, numbers } = known
  return (
    <tr data-watch={watch.id} data-holds={known.holds.includes(true) || undefined}>
      <th scope="row" className={styles.name}>
        <button
          type="button"
          id={nameId}
          className={styles.show}
          title={t('show')}
          onClick={() => showMessage(app, watch.connectionId, sequence)}
        >
          {watch.name === '' ? null : <VisibleText text={watch.name} />}
          <span className={watch.name === '' ? styles.topic : styles.below} title={visibleName(watch.topic)}>
            <VisibleName text={watch.topic} mostPieces={4} />
            {watch.path.length === 0 ? null : (
              <>
                {' '}
                <VisibleText text={printJsonPath(watch.path)} />
              </>
            )}
          </span>
        </button>
      </th>
      <td className={styles.connection} data-column="connection">
        <VisibleText text={name} />
      </td>
      <td className={styles.value} data-column="value">
        <Value watch={watch} known={known} />
      </td>
      <td>{numbers.length > 1 ? <ValueCurve numbers={numbers} /> : null}</td>
      <td className={styles.age} data-column="age">
        {connection ? <Age connection={connection} known={known} now={now} /> : null}
      </td>
      <td className={styles.rules}>
        <Rules watch={watch} known={known} />
      </td>
      <td className={styles.actions}>
        {connection && known.value ? (
          <IconButton
            label={t('chart')}
            aria-describedby={nameId}
            icon={<ChartLine size={14} />}
            onClick={() => {
              app.get(connectionsState).show(watch.connectionId)
              connection.get(chartsState).chart(watch)
            }}
          />
        ) : null}
        <IconButton
          label={t('edit')}
          aria-describedby={nameId}
          icon={<Pencil size={14} />}
          onClick={() => onEdit(watch)}
        />
        <IconButton
          label={t('remove')}
          aria-describedby={nameId}
          icon={<Trash2 size={14} />}
          onClick={() => onRemove(watch)}
        />
      </td>
    </tr>
  )
}

interface CellProps {
  readonly watch: Watch
  readonly known: WatchedNow
}

function Value({ watch: { unit }, known: { value, isAbsent } }: CellProps) {
  const t = useTranslations('watch')
  if (!value) return <span className={styles.faint}>{t(isAbsent ? 'absent' : 'nothingYet')}</span>
  return (
    <span data-absent={isAbsent || undefined} title={isAbsent ? t('absent') : visibleName(value.text)}>
      <VisibleText text={unit === '' ? value.text : withoutUnit(value)} limit={120} mostPieces={4} />
      {unit === '' ? null : (
        <span className={styles.unit}>
          {' '}
          <VisibleText text={unit} />
        </span>
      )}
    </span>
  )
}

/** The unit that a person gave stands in the place of the one in the payload. */
const withoutUnit = ({ text, unit }: WatchedValue): string =>
  unit !== '' && text.trimEnd().endsWith(unit) ? text.trimEnd().slice(0, -unit.length).trimEnd() : text

interface AgeProps extends Pick<RowProps, 'now'> {
  readonly connection: Connection
  readonly known: WatchedNow
}

/** How long ago the latest message came; while the connection is not online, that. */
function Age({ connection, known: { at }, now }: AgeProps) {
  const t = useTranslations('watch')
  const durations = useDurations()
  const phase = useStore(connection.store, () => connection.get(sessionState).status?.state.phase)
  if (phase !== 'online') return <span className={styles.faint}>{t('offline')}</span>
  return at === null ? null : <>{durations.age(now - at)}</>
}

function Rules({ watch: { rules }, known: { holds } }: CellProps) {
  const t = useTranslations('watch')
  if (rules.length === 0) return <span className={styles.faint}>{t('noRules')}</span>
  return (
    <ul className={styles.ruleList}>
      {rules.map((rule, place) => (
        <li key={place} data-holds={holds[place] || undefined}>
          {holds[place] ? <BellRing size={12} aria-hidden="true" /> : null}
          <span title={visibleName(ruleWords(rule, t))}>
            <VisibleText text={ruleWords(rule, t)} />
          </span>
        </li>
      ))}
    </ul>
  )
}
