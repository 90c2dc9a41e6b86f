import { useTranslations } from 'use-intl'
import type { ConnackPropertyName } from '#shared/model/connectionDetails'
import { formatBytes, formatCount } from '../../../ui/format'
import { connackClauses, type ConnackRow } from './connackRows'

const yesNo: ReadonlySet<ConnackPropertyName> = new Set([
  'retainAvailable',
  'wildcardSubscriptionAvailable',
  'subscriptionIdentifierAvailable',
  'sharedSubscriptionAvailable',
])
/** MQTT 5 §3.1.2.11.2: such a session does not expire. */
const forEver = 0xffff_ffff

export interface ConnackWords {
  readonly name: string
  readonly value: string
  readonly source: string
}

/** A row of CONNACK as it is read: what, how much, and who says so. The value may be a broker's text. */
export const useConnackWords = (): ((row: ConnackRow) => ConnackWords) => {
  const t = useTranslations('connections.details')
  const valueText = (name: ConnackPropertyName, value: number | string | null): string => {
    if (value === null) return name === 'maximumPacketSize' ? t('noLimit') : t('nothing')
    if (typeof value === 'string') return value === '' ? t('assigned') : value
    if (yesNo.has(name)) return t(value === 1 ? 'yes' : 'no')
    if (name === 'sessionExpiryInterval' && value === forEver) return t('never')
    if (name === 'sessionExpiryInterval' || name === 'serverKeepAlive') return t('seconds', { count: value })
    return name === 'maximumPacketSize' ? formatBytes(value) : formatCount(value)
  }
  return ({ name, value, source, asked }) => ({
    name: t(`properties.${name}`),
    value: valueText(name, value),
    source: t(`sources.${source}`, { asked: valueText(name, asked), clause: connackClauses[name] }),
  })
}
