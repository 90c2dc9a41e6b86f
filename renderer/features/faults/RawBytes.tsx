import { useId, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { hexBytes } from '#shared/model/fault'
import { packetLine } from '#shared/mqtt/packet/packetLine'
import { faultsState, selectFaults } from '../../state/faults'
import { selectIsOnline, sessionState } from '../../state/session'
import { useApp } from '../../state/useApp'
import { useConnection, useConnectionObject } from '../../state/useConnection'
import { useProtocolVersion } from '../../state/useEntry'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import { VisibleText } from '../../ui/VisibleText'
import styles from './faults.module.css'
import { ParameterField } from './ParameterFields'
import { packetsIn } from './rawPackets'
import { useEntered, useMomentary } from './useFaults'

/** Nobody reads more about one packet. */
const mostProblems = 5

/** Bytes from a person, shown as the packets that they are, and sent as they are. */
export function RawBytes() {
  const t = useTranslations('faults')
  const titleId = useId()
  const { id } = useConnectionObject()
  const isArmed = useApp(faultsState, (state) => selectFaults(id)(state)?.isArmed === true)
  const isOnline = useConnection(sessionState, selectIsOnline)
  const { parameters, enter } = useEntered('rawBytes')
  const act = useMomentary()
  const bytes = useMemo(() => hexBytes(parameters.hex), [parameters.hex])
  return (
    <section className={styles.group} aria-labelledby={titleId}>
      <h2 id={titleId}>{t('raw')}</h2>
      <ParameterField name="hex" kind="rawBytes" parameters={parameters} onChange={enter} />
      {bytes ? <Preview bytes={bytes} /> : null}
      <div>
        <Button disabled={!isArmed || !isOnline || bytes === null} onClick={() => act('rawBytes', parameters)}>
          {t('send')}
        </Button>
      </div>
    </section>
  )
}

function Preview({ bytes }: { readonly bytes: Uint8Array }) {
  const t = useTranslations('faults')
  const ofPackets = useTranslations('packets')
  const version = useProtocolVersion()
  const { packets, rest } = useMemo(() => packetsIn(bytes, version), [bytes, version])
  return (
    <>
      <ol className={styles.preview} aria-label={t('preview')}>
        {packets.map(({ at, packet }) => (
          <li key={at} data-type={packet.type}>
            <span className={styles.previewType}>{packet.type}</span>
            <span>
              <VisibleText text={packetLine(packet)} mostPieces={8} />
            </span>
            {packet.problems.slice(0, mostProblems).map(({ rule, clause, detail }, index) => (
              <span key={index} className={styles.problem} data-rule={rule}>
                {ofPackets(`rules.${rule}`)} <VisibleText text={detail} /> {clause}
              </span>
            ))}
          </li>
        ))}
      </ol>
      {rest > 0 ? <p className={styles.problem}>{t('rest', { count: formatCount(rest) })}</p> : null}
    </>
  )
}
