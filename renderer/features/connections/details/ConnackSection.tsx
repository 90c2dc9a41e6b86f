import { useTranslations } from 'use-intl'
import type { ConnackFacts } from '#shared/model/connectionDetails'
import { VisibleText } from '../../../ui/VisibleText'
import { connackRows } from './connackRows'
import styles from './details.module.css'
import { useConnackWords } from './useConnackWords'

/** All of CONNACK: each value, and whether the broker, the protocol or our CONNECT says so. */
export function ConnackSection({ facts }: { readonly facts: ConnackFacts }) {
  const t = useTranslations('connections.details')
  const words = useConnackWords()
  const { protocolVersion: version, session, userProperties } = facts
  return (
    <>
      <p>{t('version', { version })}</p>
      {version === '5' ? null : <p>{t('before5', { version: version === '3.1' ? 'v3' : 'other' })}</p>}
      <table className={styles.facts} aria-label={t('brokerSays')}>
        <tbody>
          <tr>
            <th scope="row">{t('session')}</th>
            <td colSpan={2}>{t(`sessions.${session}`)}</td>
          </tr>
          {connackRows(facts).map((row) => {
            const { name, value, source } = words(row)
            return (
              <tr key={row.name} data-source={row.source}>
                <th scope="row">{name}</th>
                <td className="selectable">
                  <VisibleText text={value} />
                </td>
                <td className={styles.source}>
                  <VisibleText text={source} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <UserProperties pairs={userProperties} />
    </>
  )
}

/** User properties may be many thousand. */
const mostPairs = 200

function UserProperties({ pairs }: { readonly pairs: ConnackFacts['userProperties'] }) {
  const t = useTranslations('connections.details')
  if (pairs.length === 0) return null
  return (
    <>
      <h3 className={styles.subheading}>{t('userProperties')}</h3>
      <table className={styles.facts} aria-label={t('userProperties')}>
        <tbody>
          {pairs.slice(0, mostPairs).map(([name, value], index) => (
            <tr key={index}>
              <th scope="row">
                <VisibleText text={name} />
              </th>
              <td>
                <VisibleText text={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.length > mostPairs ? <p>{t('morePairs', { count: pairs.length - mostPairs })}</p> : null}
    </>
  )
}
