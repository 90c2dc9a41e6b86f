import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { ProfileEntry } from '#shared/model/profile'
import { useCopyText } from '../../../state/clipboard'
import { dialogsState, selectDialog } from '../../../state/dialogs'
import { focusState } from '../../../state/focus'
import { selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { ConnackSection } from './ConnackSection'
import styles from './details.module.css'
import { HistorySection } from './HistorySection'
import { TlsSection } from './TlsSection'
import { useConnectionDetails } from './useConnectionDetails'
import { useDetailsText } from './useDetailsText'

/** What is known of one connection: the broker's answer, its protection, and what became of it. */
export function ConnectionDetailsDialog() {
  const isOpen = useApp(dialogsState, selectDialog('details')) !== null
  const entry = useEntry()
  return isOpen && entry ? <Details entry={entry} /> : null
}

function Details({ entry }: { readonly entry: ProfileEntry }) {
  const t = useTranslations('connections.details')
  const ofBroker = useTranslations('broker')
  const { profile } = entry
  const close = useApp(dialogsState, (dialogs) => dialogs.close)
  const copyText = useCopyText()
  const state = useConnection(sessionState, selectSessionState)
  const details = useConnectionDetails()
  const textOf = useDetailsText()
  const connection = useConnectionObject()
  const showCapabilities = () => {
    close()
    connection.app.get(focusState).focus('broker')
  }
  const footer = (
    <>
      <Button onClick={showCapabilities}>{ofBroker('open')}</Button>
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

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  )
}
