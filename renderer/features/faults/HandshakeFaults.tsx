import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { handshakePackets, type HandshakePacket, type LastingFault } from '#shared/model/fault'
import { useProtocolVersion } from '../../state/useEntry'
import { formatCount } from '../../ui/format'
import type { FaultParameters } from './faultDraft'
import styles from './faults.module.css'
import { ParameterField } from './ParameterFields'
import { useLasting } from './useFaults'

const columns = [
  { kind: 'withhold', parameter: null },
  { kind: 'delay', parameter: 'milliseconds' },
  { kind: 'reasonCode', parameter: 'code' },
] as const

/** What becomes of the packets with which this client answers and releases messages. */
export function HandshakeFaults() {
  const t = useTranslations('faults')
  const titleId = useId()
  const hasCodes = useProtocolVersion() === '5'
  const shown = columns.filter(({ kind }) => hasCodes || kind !== 'reasonCode')
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId}>{t('handshakes')}</h2>
      <table className={styles.matrix} aria-labelledby={titleId}>
        <thead>
          <tr>
            <td />
            {shown.map(({ kind }) => (
              <th key={kind} scope="col" title={t(`hints.${kind}`)}>
                {t(`kinds.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {handshakePackets.map((packet) => (
            <tr key={packet}>
              <th scope="row" className="mono">
                {packet}
              </th>
              {shown.map(({ kind, parameter }) => (
                <td key={kind}>
                  <Cell kind={kind} packet={packet} parameter={parameter} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps {
  readonly kind: LastingFault['kind']
  readonly packet: HandshakePacket
  readonly parameter: keyof FaultParameters | null
}

function Cell({ kind, packet, parameter }: CellProps) {
  const t = useTranslations('faults')
  const { parameters, isOn, count, canSwitch, switchTo, enter } = useLasting(kind, { packet })
  const label = t('named', { kind: t(`kinds.${kind}`), about: packet })
  return (
    <div className={styles.cell} data-fault={kind} data-packet={packet} data-on={isOn}>
      <input
        type="checkbox"
        aria-label={label}
        checked={isOn}
        disabled={!canSwitch}
        onChange={(event) => switchTo(event.target.checked)}
      />
      {parameter === null ? null : (
        <div className={parameter === 'code' ? styles.code : styles.number}>
          <ParameterField
            name={parameter}
            kind={kind}
            parameters={parameters}
            label={t('named', { kind: label, about: t(parameter) })}
            hideLabel
            onChange={enter}
          />
        </div>
      )}
      {count > 0 ? (
        <span className={styles.count} title={t('applied', { count: formatCount(count) })}>
          {formatCount(count)}
        </span>
      ) : null}
    </div>
  )
}
