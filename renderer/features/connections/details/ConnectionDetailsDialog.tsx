import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import { useApp } from '../../../store/useApp'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { selectEntry, selectSessionState } from '../connectionSelectors'
import { ConnackSection } from './ConnackSection'
import styles from './details.module.css'
import { HistorySection } from './HistorySection'
import { TlsSection } from './TlsSection'
import { useConnectionDetails } from './useConnectionDetails'
import { useDetailsText } from './useDetailsText'

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  )
}

function Details({ entry }: { readonly entry: ProfileEntry }) {
  const t = useTranslations('connections.details')
  const { profile } = entry
  const close = useApp((app) => app.closeDetails)
  const copyText = useApp((app) => app.copyText)
  const state = useApp(selectSessionState(profile.id))
  const details = useConnectionDetails(profile.id)
  const textOf = useDetailsText()
  const footer = (
    <>
      <Button disabled={!details} onClick={() => details && void copyText(textOf({ profile, state, details }))}>
        {t('copy')}
      </Button>
      <Button variant="primary" onClick={close}>
        {t('close')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('open')} open onClose={close} footer={footer} size="large">
      {details ? (
        <>
          <Section title={t('brokerSays')}>
            {details.connack ? <ConnackSection facts={details.connack} /> : <p>{t('none')}</p>}
          </Section>
          <Section title={t('tls')}>
            <TlsSection state={state} profile={profile} />
          </Section>
          <Section title={t('history')}>
            <HistorySection history={details.history} forgotten={details.forgotten} />
          </Section>
        </>
      ) : null}
    </Dialog>
  )
}

/** What is known of one connection: the broker's answer, its protection, and what became of it. */
export function ConnectionDetailsDialog() {
  const connectionId = useApp((app) => app.detailsOf)
  const entry = useApp(selectEntry(connectionId ?? ''))
  return entry ? <Details entry={entry} /> : null
}
