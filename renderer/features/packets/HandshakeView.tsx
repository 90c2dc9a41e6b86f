import { useTranslations } from 'use-intl'
import type { PacketHandshake } from '#shared/model/packets'
import { useMainClock } from '../../state/useApp'
import { useConnection } from '../../state/useConnection'
import { useSteadyNow } from '../../state/useSteadyNow'
import { decodedOf, exactMs } from './packetText'
import styles from './packets.module.css'
import { packetsState } from './packetsState'

interface HandshakeProps {
  readonly handshake: PacketHandshake
  /** The packet that is opened. */
  readonly number: number
}

/** The packets that belong together as a small sequence between the client and the broker, with the time of each leg. */
export function HandshakeView({ handshake: { legs, awaited }, number }: HandshakeProps) {
  const t = useTranslations('packets')
  const show = useConnection(packetsState, (state) => state.choose)
  const now = useMainClock().wallTimeOf(useSteadyNow())
  const [first] = legs
  const last = legs.at(-1)
  if (!first || !last) return null
  return (
    <div className={styles.handshake}>
      <p className={styles.lanes} aria-hidden>
        <span>{t('client')}</span>
        <span>{legs.length > 1 && awaited === null ? t('took', { time: exactMs(last.time - first.time) }) : ''}</span>
        <span>{t('broker')}</span>
      </p>
      <ol className={styles.legs} aria-label={t('handshake')}>
        {legs.map((leg, index) => {
          const before = legs[index - 1]
          const { type } = decodedOf(leg)
          return (
            <li key={leg.number} data-leg={type} data-direction={leg.direction}>
              <button
                type="button"
                className={styles.leg}
                data-direction={leg.direction}
                aria-current={leg.number === number}
                onClick={() => show(leg.number)}
              >
                <span className={styles.legLine}>
                  {type}
                  {leg.mark === null ? '' : ` · ${t(`marks.${leg.mark}`)}`}
                </span>
                <span className={styles.legTime}>{before ? `+${exactMs(leg.time - before.time)}` : ''}</span>
              </button>
            </li>
          )
        })}
        {awaited === null ? null : (
          <li className={styles.awaited} data-leg={awaited}>
            {t('awaited', { packet: awaited, time: exactMs(Math.max(0, now - last.time)) })}
          </li>
        )}
      </ol>
    </div>
  )
}
