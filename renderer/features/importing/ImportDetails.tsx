import { useTranslations } from 'use-intl'
import type { Dropped } from '#shared/importing/foreignConnection'
import type { PlannedConnection } from '#shared/model/importPlan'
import { usesTls } from '#shared/model/profile'
import { useApp } from '../../state/useApp'
import { VisibleName } from '../../ui/VisibleText'
import { importingState } from './importingState'
import styles from './importing.module.css'
import type { PlanRow } from './planRows'

/** What becomes of the row that is shown: what comes along, what does not and why, and what is guessed. */
export function ImportDetails() {
  const t = useTranslations('importing.details')
  const row = useApp(importingState, ({ rows, shownId }) => rows.find(({ id }) => id === shownId))
  return (
    <section aria-label={t('title')} tabIndex={0} className={styles.details}>
      {row ? <RowDetails row={row} /> : <p className={styles.hint}>{t('pick')}</p>}
    </section>
  )
}

function RowDetails({ row }: { readonly row: PlanRow }) {
  const t = useTranslations('importing.details')
  if (row.kind === 'connection') return <ConnectionDetails connection={row.connection} />
  if (row.kind === 'file') return <LeftOut dropped={row.file.dropped} />
  return (
    <>
      <h3 className={styles.heading}>
        <VisibleName text={row.schema.name} />
      </h3>
      {row.schema.rule.schema ? <p className={styles.path}>{row.schema.rule.schema.path}</p> : null}
      {row.schema.isFilterGuessed ? <p className={styles.hint}>{t('filterGuessed')}</p> : null}
    </>
  )
}

function ConnectionDetails({ connection }: { readonly connection: PlannedConnection }) {
  const t = useTranslations('importing.details')
  const facts = useFacts(connection)
  const fieldName = useFieldName()
  const { name, guessed, dropped, profile, messages } = connection
  const listed = [
    ...(profile?.subscriptions ?? []).map(({ filter, alias }) => (alias === '' ? filter : `${filter} (${alias})`)),
    ...messages.map(({ name: title, folders }) => [...folders, title].join(' / ')),
  ]
  return (
    <>
      <h3 className={styles.heading}>
        <VisibleName text={name} />
      </h3>
      {facts.length > 0 ? <h4 className={styles.subheading}>{t('taken')}</h4> : null}
      <ul className={styles.facts}>
        {facts.map((fact) => (
          <li key={fact}>
            <VisibleName text={fact} />
          </li>
        ))}
      </ul>
      <Names names={listed} />
      {guessed.length > 0 ? (
        <>
          <h4 className={styles.subheading} title={t('guessedHint')}>
            {t('guessed')}
          </h4>
          <Names names={guessed.map((field) => fieldName(field))} />
        </>
      ) : null}
      <LeftOut dropped={dropped} />
    </>
  )
}

/** The settings that files leave open most, as the form names them; others by their path. */
const useFieldName = (): ((field: string) => string) => {
  const t = useTranslations('profile')
  const names: Readonly<Record<string, string>> = {
    scheme: t('fields.scheme'),
    protocolVersion: t('fields.protocolVersion'),
    clientId: t('fields.clientId'),
    cleanStart: t('fields.cleanStart'),
    'tls.verify': t('fields.verify'),
    will: t('sections.will'),
    subscriptions: t('sections.subscriptions'),
  }
  return (field) => (Object.hasOwn(names, field) ? (names[field] ?? field) : field)
}

const useFacts = ({ profile, secrets, certificates }: PlannedConnection): readonly string[] => {
  const t = useTranslations('importing.details')
  if (!profile) return []
  const { protocolVersion, username, clientId, usePassword, will, tls, scheme } = profile
  const paths = usesTls(scheme) ? [tls.caFile, tls.certificateFile, tls.keyFile, tls.pkcs12File] : []
  const named = paths.filter((path) => path !== '' && !certificates.some((name) => path.endsWith(`/${name}`)))
  return [
    t('version', { version: protocolVersion }),
    ...(clientId === '' ? [] : [t('clientId', { id: clientId })]),
    ...(username === '' ? [] : [t('username', { name: username })]),
    ...(usePassword && !secrets.includes('password') ? [t('asksPassword')] : []),
    ...(will.enabled ? [t('will', { topic: will.topic })] : []),
    ...(certificates.length > 0 ? [t('writes', { names: certificates.join(', ') })] : []),
    ...(named.length > 0 ? [t('files', { names: named.join(', ') })] : []),
  ]
}

/** So many are named; more are counted. */
const mostNames = 40

function Names({ names }: { readonly names: readonly string[] }) {
  const t = useTranslations('importing.details')
  if (names.length === 0) return null
  const shown = [...new Set(names)]
  return (
    <ul className={styles.names}>
      {shown.slice(0, mostNames).map((name) => (
        <li key={name}>
          <VisibleName text={name} />
        </li>
      ))}
      {shown.length > mostNames ? <li>{t('more', { count: shown.length - mostNames })}</li> : null}
    </ul>
  )
}

function LeftOut({ dropped }: { readonly dropped: readonly Dropped[] }) {
  const t = useTranslations('importing')
  const reasons = [...new Set(dropped.map(({ why }) => why))]
  return (
    <>
      {reasons.length > 0 ? <h4 className={styles.subheading}>{t('columns.left')}</h4> : null}
      {reasons.map((why) => (
        <div key={why}>
          <p className={styles.why}>{t(`why.${why}`)}</p>
          <Names names={dropped.filter((one) => one.why === why).map(({ field }) => field)} />
        </div>
      ))}
    </>
  )
}
