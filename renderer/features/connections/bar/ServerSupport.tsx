import { Info } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { SessionPhase } from '#shared/model/session'
import { formatBytes, formatCount } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { Popover } from '../../../ui/Popover'
import styles from './bar.module.css'

type Online = SessionPhase & { phase: 'online' }

/** What CONNACK said the server takes (MQTT 5 §3.2.2.3), beside the state. */
export function ServerSupport({ state }: { readonly state: Online }) {
  const t = useTranslations('connections.support')
  const { protocolVersion: version } = state
  return (
    <Popover title={t('button')} trigger={<IconButton label={t('button')} icon={<Info size={14} />} />}>
      <div className={styles.supportBody}>
        {version === '5' ? <Limits state={state} /> : null}
        <p className={styles.supportNote}>{version === '5' ? t('defaults') : t('notSaid', { version })}</p>
      </div>
    </Popover>
  )
}

const features = [
  'wildcardSubscriptionAvailable',
  'sharedSubscriptionAvailable',
  'subscriptionIdentifiersAvailable',
  'retainAvailable',
] as const

function Limits({ state }: { readonly state: Online }) {
  const t = useTranslations('connections.support')
  const { limits, keepaliveSeconds } = state
  const numbers = [
    ['maximumQos', String(limits.maximumQos)],
    ['receiveMaximum', formatCount(limits.receiveMaximum)],
    ['maximumPacketSize', limits.maximumPacketSize === null ? t('none') : formatBytes(limits.maximumPacketSize)],
    ['topicAliasMaximum', formatCount(limits.topicAliasMaximum)],
    ['keepalive', t('seconds', { count: keepaliveSeconds })],
  ] as const
  return (
    <dl className={styles.support}>
      {features.map((feature) => (
        <div key={feature} data-available={limits[feature]}>
          <dt>{t(feature)}</dt>
          <dd>{t(limits[feature] ? 'yes' : 'no')}</dd>
        </div>
      ))}
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
