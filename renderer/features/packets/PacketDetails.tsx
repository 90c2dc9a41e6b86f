import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { selectionState } from '../../state/selection'
import { useConnection } from '../../state/useConnection'
import { useLandmarkName } from '../../state/useLandmarkName'
import { Button } from '../../ui/Button'
import { formatCount, formatIso } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import { FieldTree } from './FieldTree'
import { fieldRows, rowAtByte } from './fieldRows'
import { HandshakeView } from './HandshakeView'
import { PacketHex } from './PacketHex'
import { decodedOf } from './packetText'
import { PingChart } from './PingChart'
import styles from './packets.module.css'
import type { OpenedPacket } from './packetsState'

/** An opened packet: its fields beside its bytes, and the packets it belongs with. */
export function PacketDetails({ opened }: { readonly opened: OpenedPacket }) {
  const t = useTranslations('packets')
  const landmark = useLandmarkName(t('details'))
  const { entry } = opened
  if (entry.kind === 'step')
    return (
      <section aria-label={landmark} className={styles.details}>
        <p className={styles.stepText}>
          <strong>{t(`steps.${entry.step}`)}</strong> <span className={styles.faint}>{formatIso(entry.time)}</span>
          <br />
          <VisibleText text={entry.detail} />
        </p>
      </section>
    )
  return (
    <section aria-label={landmark} className={styles.details}>
      <OpenedParts opened={opened} packet={entry} />
    </section>
  )
}

interface PartsProps {
  readonly opened: OpenedPacket
  readonly packet: Extract<OpenedPacket['entry'], { kind: 'packet' }>
}

function OpenedParts({ opened: { handshake, pings }, packet }: PartsProps) {
  const decoded = decodedOf(packet)
  const rows = fieldRows(decoded.fields)
  const [place, setPlace] = useState(0)
  const chosen = rows[place]?.field ?? null
  const isPing = decoded.type === 'PINGREQ' || decoded.type === 'PINGRESP'
  return (
    <>
      <div className={styles.fieldSide}>
        <PacketHead packet={packet} />
        <FieldTree rows={rows} place={place} onPlace={setPlace} />
        {chosen ? <FieldMeaning field={chosen} label={rows[place]?.label ?? ''} /> : null}
      </div>
      <div className={styles.byteSide}>
        <PacketHex
          bytes={packet.bytes}
          marked={chosen ? { from: chosen.offset, to: chosen.offset + chosen.length } : null}
          onByte={(at) => setPlace(rowAtByte(rows, at) ?? place)}
        />
        {handshake && handshake.legs.length > 0 ? <HandshakeView handshake={handshake} number={packet.number} /> : null}
        {isPing && pings.length > 0 ? <PingChart pings={pings} /> : null}
      </div>
    </>
  )
}

function PacketHead({ packet }: { readonly packet: PartsProps['packet'] }) {
  const t = useTranslations('packets')
  const select = useConnection(selectionState, (state) => state.selectMessage)
  const { sequence, violation, mark, bytes, size, version, time } = packet
  const decoded = decodedOf(packet)
  return (
    <div className={styles.head}>
      <p className={styles.title}>
        <strong>{decoded.type}</strong>
        <span className={styles.faint}>
          {t('titleFacts', { version: `MQTT ${version}`, size: formatCount(size), time: formatIso(time) })}
        </span>
        {sequence === null ? null : (
          <Button variant="quiet" onClick={() => select(sequence)}>
            {t('showMessage')}
          </Button>
        )}
      </p>
      {bytes.length < size ? <p className={styles.faint}>{t('cut', { count: formatCount(bytes.length) })}</p> : null}
      {mark === null ? null : (
        <p className={mark === 'again' ? styles.faint : styles.problem}>{t(`markTexts.${mark}`)}</p>
      )}
      {violation === null ? null : (
        <p className={styles.problem}>
          <VisibleText text={violation} />
        </p>
      )}
      {decoded.problems.slice(0, mostProblems).map(({ rule, clause, detail }, index) => (
        <p key={index} className={styles.problem} data-rule={rule}>
          {t(`rules.${rule}`)} <VisibleText text={detail} /> <span className={styles.clause}>{clause}</span>
        </p>
      ))}
    </div>
  )
}

/** Nobody reads more about one packet. */
const mostProblems = 5

function FieldMeaning({
  field,
  label,
}: {
  readonly field: NonNullable<ReturnType<typeof fieldRows>[number]>['field']
  readonly label: string
}) {
  const t = useTranslations('packets')
  const { term, clause, text, offset, length, problems } = field
  const range = length === 0 ? t('noBytes') : t('range', { from: offset, to: offset + length - 1, length })
  return (
    <div className={styles.meaning} role="group" aria-label={t('meaning')} tabIndex={0}>
      <p>
        <strong>{label}</strong> <code>{field.field}</code> <span className={styles.faint}>{range}</span>{' '}
        <span className={styles.clause}>{clause}</span>
      </p>
      <p>{t(`terms.${term}`)}</p>
      {problems.map(({ rule, clause: broken }) => (
        <p key={rule} className={styles.problem}>
          {t(`rules.${rule}`)} <span className={styles.clause}>{broken}</span>
        </p>
      ))}
      {text === '' ? null : (
        <p className={styles.value}>
          <VisibleText text={text} limit={500} />
        </p>
      )}
    </div>
  )
}
