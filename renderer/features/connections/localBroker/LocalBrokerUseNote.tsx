import { useTranslations } from 'use-intl'
import { localBrokerRefusals, type LocalBrokerClient } from '#shared/model/localBroker'
import { localBrokerState } from '../../../state/localBroker'
import { useApp } from '../../../state/useApp'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './localBroker.module.css'

/** So many clients are named in the line; its title names the first of the others. */
const namedClients = 3
const namedInTitle = 20

/** Who is connected to the local broker, and what it refused. */
export function LocalBrokerUseNote() {
  const t = useTranslations('connections')
  const clients = useApp(localBrokerState, (state) => state.use.clients)
  const words = useClientWords()
  const named = clients.slice(0, namedClients).map(({ clientId }) => clientId)
  const others = clients.length - named.length
  const names = others > 0 ? t('brokerMoreClients', { names: named.join(', '), count: others }) : named.join(', ')
  return (
    <>
      <p className={styles.brokerClients} title={clients.slice(0, namedInTitle).map(words).join('\n')}>
        <VisibleText text={t('brokerClients', { count: clients.length, names })} />
      </p>
      <Refused />
    </>
  )
}

const useClientWords = () => {
  const t = useTranslations('connections')
  return ({ clientId, protocolVersion: version, username }: LocalBrokerClient): string =>
    username === ''
      ? t('brokerClientTitle', { clientId, version })
      : t('brokerClientAs', { clientId, username, version })
}

function Refused() {
  const t = useTranslations('connections')
  const refused = useApp(localBrokerState, (state) => state.use.refused)
  const kinds = localBrokerRefusals.filter((kind) => (refused[kind] ?? 0) > 0)
  if (kinds.length === 0) return null
  return (
    <div role="status" className={styles.brokerRefused}>
      <span>{t('brokerRefused.title')}</span>
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>{t(`brokerRefused.${kind}`, { count: refused[kind] ?? 0 })}</li>
        ))}
      </ul>
    </div>
  )
}
