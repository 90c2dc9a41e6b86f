import { useTranslations } from 'use-intl'
import type { ConnectionDetails } from '#shared/model/connectionDetails'
import type { Profile } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import { visibleText } from '#shared/text/visibleText'
import { formatIso } from '../../../ui/format'
import { addressOf } from '../connectionFacts'
import { connackRows } from './connackRows'
import { useConnackWords } from './useConnackWords'
import { useHistoryWords } from './useHistoryWords'
import { useTlsWords, type NamedValue } from './useTlsWords'

interface Shown {
  readonly profile: Profile
  readonly state: SessionPhase
  readonly details: ConnectionDetails
}

/** Nothing of it is cut. */
const whole = (text: string): string => visibleText(text, Infinity)

const lineOf = ({ name, value }: NamedValue): string => `${name}: ${whole(value)}`

/** The details as plain text for a colleague: no secrets, nothing cut, times in UTC. */
export const useDetailsText = (): ((shown: Shown) => string) => {
  const t = useTranslations('connections.details')
  const connackWords = useConnackWords()
  const historyWords = useHistoryWords()
  const tlsWords = useTlsWords()
  const tlsLines = (state: SessionPhase, profile: Profile): string[] => {
    const { summary, agreed, certificates } = tlsWords(state, profile)
    const chain = certificates.flatMap(({ title, values }) => [`${title}:`, ...values.map(lineOf)])
    return [summary, ...agreed.map(lineOf), ...chain]
  }
  const connackLines = ({ connack }: ConnectionDetails): string[] => {
    if (!connack) return [t('none')]
    const rows = connackRows(connack).map(connackWords)
    return [
      t('version', { version: connack.protocolVersion }),
      `${t('session')}: ${t(`sessions.${connack.session}`)}`,
      ...rows.map(({ name, value, source }) => `${name}: ${whole(value)} (${whole(source)})`),
      ...connack.userProperties.map(([name, value]) => `${t('userProperties')}: ${whole(name)} = ${whole(value)}`),
    ]
  }
  return ({ profile, state, details }) =>
    [
      t('copyTitle', { name: whole(profile.name), address: whole(addressOf(profile, null)) }),
      '',
      `${t('brokerSays')}:`,
      ...connackLines(details),
      '',
      `${t('tls')}:`,
      ...tlsLines(state, profile),
      '',
      `${t('history')}:`,
      ...(details.forgotten > 0 ? [t('forgotten', { count: details.forgotten })] : []),
      ...details.history.map(({ at, event }) => `${formatIso(at)}  ${historyWords(event)}`),
      '',
    ].join('\n')
}
