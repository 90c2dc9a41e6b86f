import { CircleStop, Copy, Pencil, Play, Trash2 } from 'lucide-react'
import { memo, useId } from 'react'
import { useTranslations } from 'use-intl'
import type { SenderStatus } from '#shared/model/sender'
import { firstTopic } from '../../../../model/senderPlan'
import { profilesState, selectEntry } from '../../../../state/profiles'
import { selectIsOnline, sessionState } from '../../../../state/session'
import { useApp } from '../../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../../state/useConnection'
import { Button } from '../../../../ui/Button'
import { ColourDot } from '../../../../ui/ColourDot'
import { IconButton } from '../../../../ui/IconButton'
import { StateDot, type StateTone } from '../../../../ui/StateDot'
import { VisibleName } from '../../../../ui/VisibleText'
import styles from '../senders.module.css'
import { RateChart } from './RateChart'
import { SenderNote } from './SenderNote'
import { SenderNumbers } from './SenderNumbers'
import type { SenderRowOf } from './senderRows'
import type { RowVerbs } from './useRowVerbs'

interface RowProps extends Omit<SenderRowOf, 'key'> {
  readonly rowKey: string
  /** Tab reaches this row of all. */
  readonly isTabStop: boolean
  readonly verbs: RowVerbs
}

type SenderState = 'notStarted' | 'running' | NonNullable<SenderStatus['end']>['kind']

const dots: Readonly<Record<SenderState, StateTone>> = {
  notStarted: { tone: 'plain', isFilled: false },
  running: { tone: 'success', isFilled: true },
  stopped: { tone: 'plain', isFilled: false },
  finished: { tone: 'success', isFilled: false },
  connectionEnded: { tone: 'warning', isFilled: true },
  impossible: { tone: 'danger', isFilled: true },
}

/**
 * One sender: what it is, what became of its messages, how fast they go, and what can be done with it. Drawn again for its own
 * news only: several may run, and each tells of itself some times a second.
 */
export const SenderRow = memo(function SenderRow(props: RowProps) {
  const { rowKey, senderId, connectionId, plan, status } = props
  const t = useTranslations('senders')
  const nameId = useId()
  const isHere = useConnectionObject().id === connectionId
  const name = plan ? plan.name : (status?.name ?? '')
  const topic = plan ? firstTopic(plan.source) : (status?.topic ?? '')
  const counts = status?.counts
  const state: SenderState = status ? (status.end?.kind ?? 'running') : 'notStarted'
  return (
    <div
      role="listitem"
      aria-labelledby={nameId}
      className={styles.row}
      data-row={rowKey}
      data-sender={senderId}
      data-connection={connectionId}
      data-state={state}
      data-sent={counts?.sent ?? 0}
      data-acknowledged={counts?.acknowledged ?? 0}
      data-failed={counts ? counts.refused + counts.lost : 0}
      data-queued={status ? status.unanswered + status.late : 0}
      data-late={status?.late ?? 0}
      data-skipped={counts?.skipped ?? 0}
    >
      <div className={styles.what}>
        <StateDot {...dots[state]} data-state={state} />
        <span id={nameId} className={name === '' ? styles.topicName : styles.name}>
          <VisibleName text={name || topic || t('kinds.recording')} mostPieces={4} />
        </span>
        <span className={styles.state} data-state={state}>
          {t(`states.${state}`)}
        </span>
        {isHere ? null : <Elsewhere connectionId={connectionId} />}
        {name === '' ? null : (
          <span className={styles.topic}>
            <VisibleName text={topic} mostPieces={4} />
          </span>
        )}
      </div>
      {status ? <SenderNumbers status={status} /> : null}
      {status ? <RateChart recent={status.recent} wanted={status.end ? null : status.wantedRate} /> : null}
      <Actions {...props} isHere={isHere} nameId={nameId} />
      {status ? <SenderNote status={status} /> : null}
      {status?.progress == null ? null : (
        <Progress progress={status.progress} isOver={status.end !== null} labelledBy={nameId} />
      )}
    </div>
  )
})

function Elsewhere({ connectionId }: { readonly connectionId: string }) {
  const profile = useApp(profilesState, selectEntry(connectionId))?.profile
  return profile ? (
    <span className={styles.elsewhere}>
      <ColourDot colour={profile.colour} /> <VisibleName text={profile.name} mostPieces={4} />
    </span>
  ) : null
}

interface ProgressProps {
  /** From 0 to 1. */
  readonly progress: number
  readonly isOver: boolean
  readonly labelledBy: string
}

function Progress({ progress, isOver, labelledBy }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-labelledby={labelledBy}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(progress * 100)}
      className={styles.progress}
      data-over={isOver}
    >
      <div style={{ transform: `scaleX(${progress})` }} />
    </div>
  )
}

interface ActionsProps extends RowProps {
  readonly isHere: boolean
  readonly nameId: string
}

/** The first button has the Tab stop of the row; the others are keys of the list and entries of its menu as well. */
function Actions({ senderId, connectionId, plan, status, isTabStop, verbs, isHere, nameId }: ActionsProps) {
  const t = useTranslations('senders')
  const online = useConnection(sessionState, selectIsOnline)
  const row = { senderId, connectionId, plan, status }
  const canStart = plan !== null && isHere
  const first = { 'data-part': 'first', tabIndex: isTabStop ? 0 : -1, 'aria-describedby': nameId }
  const others = { tabIndex: -1, 'aria-describedby': nameId }
  const remove = { label: t('remove'), icon: <Trash2 size={14} />, onClick: () => verbs.remove(row) }
  return (
    <span className={styles.actions}>
      {status?.end === null ? (
        <Button {...first} icon={<CircleStop size={14} aria-hidden />} onClick={() => verbs.stop(row)}>
          {t('stop')}
        </Button>
      ) : canStart ? (
        <Button
          {...first}
          icon={<Play size={14} aria-hidden />}
          aria-disabled={!online}
          {...(online ? {} : { title: t('startOffline') })}
          onClick={() => online && verbs.start(row)}
        >
          {t('start')}
        </Button>
      ) : (
        <IconButton {...remove} {...first} />
      )}
      <span className={styles.more}>
        {plan ? (
          <>
            <IconButton {...others} label={t('edit')} icon={<Pencil size={14} />} onClick={() => verbs.edit(row)} />
            <IconButton
              {...others}
              label={t('duplicate')}
              icon={<Copy size={14} />}
              onClick={() => verbs.duplicate(row)}
            />
          </>
        ) : null}
        {status?.end === null || canStart ? <IconButton {...others} {...remove} /> : null}
      </span>
    </span>
  )
}
