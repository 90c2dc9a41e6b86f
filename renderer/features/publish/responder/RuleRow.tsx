import { Pencil, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { ResponderRule, ResponderStatus } from '#shared/model/responder'
import { useErrorText } from '../../../i18n/useErrorText'
import { selectIsOnline, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection } from '../../../state/useConnection'
import { Button } from '../../../ui/Button'
import { formatCount } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { StateDot, type StateTone } from '../../../ui/StateDot'
import { VisibleName, VisibleText } from '../../../ui/VisibleText'
import styles from './responder.module.css'
import { respondersState, selectResponder } from './respondersState'

interface RowProps {
  readonly rule: ResponderRule
  readonly onEdit: () => void
  readonly onRemove: () => void
}

const counted = ['heard', 'answered', 'limited', 'unanswerable', 'failed'] as const

const dots: Readonly<Record<ResponderStatus['phase'], StateTone>> = {
  off: { tone: 'plain', isFilled: false },
  waiting: { tone: 'warning', isFilled: false },
  on: { tone: 'success', isFilled: true },
  refused: { tone: 'danger', isFilled: true },
}

/** One rule: which requests it answers with what, its switch, and what became of those that came. */
export function RuleRow({ rule, onEdit, onRemove }: RowProps) {
  const t = useTranslations('responder')
  const nameId = useId()
  const status = useApp(respondersState, selectResponder(rule.id))
  const online = useConnection(sessionState, selectIsOnline)
  const switchTo = useApp(respondersState, (state) => state.switch)
  const phase = status?.phase ?? 'off'
  const isOn = phase !== 'off'
  const counts = status?.counts
  return (
    <div
      role="listitem"
      aria-labelledby={nameId}
      className={styles.row}
      data-rule={rule.id}
      data-phase={phase}
      data-answered={counts?.answered ?? 0}
    >
      <span className={styles.state} data-phase={phase}>
        <StateDot {...dots[phase]} data-phase={phase} />
        {t(`phases.${phase}`)}
      </span>
      <span id={nameId} className={styles.filter}>
        <VisibleName text={rule.filter} mostPieces={4} />
      </span>
      <span className={styles.answer}>
        <VisibleText text={rule.answer.payload.slice(0, 200)} mostPieces={4} />
      </span>
      <dl className={styles.numbers}>
        {counted.map((name) => (
          <div key={name} className={styles.number} title={t(`hints.${name}`)}>
            <dt>{t(`numbers.${name}`)}</dt>
            <dd data-number={name}>{formatCount(counts?.[name] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        <Button
          disabled={!isOn && !online}
          aria-describedby={nameId}
          onClick={() => switchTo({ connectionId: rule.connectionId, ruleId: rule.id }, !isOn)}
        >
          {t(isOn ? 'switchOff' : 'switchOn')}
        </Button>
        <IconButton label={t('edit')} aria-describedby={nameId} icon={<Pencil size={14} />} onClick={onEdit} />
        <IconButton label={t('remove')} aria-describedby={nameId} icon={<Trash2 size={14} />} onClick={onRemove} />
      </div>
      {status ? <Note status={status} /> : null}
    </div>
  )
}

/** Why its filter was refused, or why the first answer that failed did. */
function Note({ status: { phase, error } }: { readonly status: ResponderStatus }) {
  const t = useTranslations('responder')
  const errorText = useErrorText()
  if (!error) return null
  const reason = errorText(error)
  return <p className={styles.note}>{phase === 'refused' ? reason : t('firstFailure', { reason })}</p>
}
