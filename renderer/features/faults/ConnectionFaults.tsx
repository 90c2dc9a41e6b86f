import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { LastingFault, MomentaryFault } from '#shared/model/fault'
import { faultsState, selectFaults } from '../../state/faults'
import { selectIsOnline, sessionState } from '../../state/session'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { CheckField } from '../../ui/fields'
import { formatCount } from '../../ui/format'
import { firstParameters, parametersOf } from './faultDraft'
import styles from './faults.module.css'
import { ParameterField } from './ParameterFields'
import { useLasting, useMomentary, type FaultPlace } from './useFaults'

const plain = ['stopReading', 'stopPinging', 'halfPacket', 'byteWise'] as const
const byDirection = ['throttle', 'latency'] as const
const directions = ['out', 'in'] as const

/** What is done to the socket: as long as it is on, or once. */
export function ConnectionFaults() {
  const t = useTranslations('faults')
  const titleId = useId()
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId}>{t('connection')}</h2>
      <OnceButtons />
      {plain.map((kind) => (
        <LastingRow key={kind} kind={kind} />
      ))}
      {byDirection.map((kind) =>
        directions.map((direction) => <LastingRow key={`${kind} ${direction}`} kind={kind} place={{ direction }} />),
      )}
    </section>
  )
}

function LastingRow({ kind, place }: { readonly kind: LastingFault['kind']; readonly place?: FaultPlace }) {
  const t = useTranslations('faults')
  const { parameters, isOn, count, canSwitch, switchTo, enter } = useLasting(kind, place)
  const direction = place?.direction
  const label =
    direction === undefined
      ? t(`kinds.${kind}`)
      : t('named', { kind: t(`kinds.${kind}`), about: t(`directions.${direction}`) })
  const number = parametersOf[kind].find((name) => name === 'milliseconds' || name === 'bytesPerSecond')
  return (
    <div className={styles.lasting} data-fault={kind} data-on={isOn}>
      <CheckField label={label} checked={isOn} disabled={!canSwitch} title={t(`hints.${kind}`)} onChange={switchTo} />
      {number ? (
        <div className={styles.number}>
          <ParameterField
            name={number}
            kind={kind}
            parameters={parameters}
            label={t('named', { kind: label, about: t(number) })}
            hideLabel
            onChange={enter}
          />
          <span aria-hidden>{number === 'milliseconds' ? 'ms' : 'B/s'}</span>
        </div>
      ) : null}
      {count > 0 ? <span className={styles.count}>{t('applied', { count: formatCount(count) })}</span> : null}
    </div>
  )
}

const once = ['resendWithDup', 'reusePacketId', 'connectTwice'] as const satisfies readonly MomentaryFault['kind'][]

function OnceButtons() {
  const t = useTranslations('faults')
  const { id } = useConnectionObject()
  const isArmed = useApp(faultsState, (state) => selectFaults(id)(state)?.isArmed === true)
  const isOnline = useConnection(sessionState, selectIsOnline)
  const act = useMomentary()
  const disabled = !isArmed || !isOnline
  return (
    <div className={styles.once} role="group" aria-label={t('once')}>
      {(['fin', 'rst'] as const).map((how) => (
        <Button
          key={how}
          variant="danger"
          disabled={disabled}
          onClick={() => act('dropSocket', { ...firstParameters, how })}
        >
          {t(`drop.${how}`)}
        </Button>
      ))}
      {once.map((kind) => (
        <Button key={kind} disabled={disabled} onClick={() => act(kind, firstParameters)}>
          {t(`kinds.${kind}`)}
        </Button>
      ))}
    </div>
  )
}
