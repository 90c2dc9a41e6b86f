import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import type { Profile } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './details.module.css'
import { useTlsWords, type NamedValue } from './useTlsWords'

/** How the connection is protected, and whom the server showed itself to be. */
export function TlsSection({ state, profile }: { readonly state: SessionPhase; readonly profile: Profile }) {
  const t = useTranslations('connections.details')
  const { summary, agreed, certificates } = useTlsWords()(state, profile)
  return (
    <>
      <p>{summary}</p>
      {agreed.length > 0 ? <Values title={t('tls')} values={agreed} /> : null}
      {certificates.map(({ title, values }) => (
        <Fragment key={title}>
          <h3 className={styles.subheading}>{title}</h3>
          <Values title={title} values={values} />
        </Fragment>
      ))}
    </>
  )
}

function Values({ title, values }: { readonly title: string; readonly values: readonly NamedValue[] }) {
  return (
    <table className={styles.facts} aria-label={title}>
      <tbody>
        {values.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td colSpan={2} className="selectable">
              <VisibleText text={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
