import { useTranslations } from 'use-intl'
import { useErrorText } from '../../i18n/useErrorText'
import { selectKeeping, settingsState } from '../../state/settings'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FoundTools } from './FoundTools'
import { ImportDetails } from './ImportDetails'
import { importingState } from './importingState'
import { ImportSources } from './ImportSources'
import { ImportTable } from './ImportTable'
import styles from './importing.module.css'
import { chosenSecrets, isChoosable } from './planRows'

/** Connections of other tools: what becomes of them, before anything is written. */
export function ImportDialog() {
  const isOpen = useApp(importingState, (state) => state.isOpen)
  return isOpen ? <OpenDialog /> : null
}

function OpenDialog() {
  const t = useTranslations('importing')
  const errorText = useErrorText()
  const close = useApp(importingState, (state) => state.close)
  const error = useApp(importingState, (state) => state.error)
  const hasRows = useApp(importingState, ({ rows }) => rows.length > 0)
  return (
    <Dialog title={t('title')} open onClose={close} size="wide" footer={<Footer />}>
      <div className={styles.body}>
        <ImportSources />
        <FoundTools />
        {error ? (
          <p role="alert" className={styles.problem}>
            {errorText(error)}
          </p>
        ) : null}
        {hasRows ? (
          <div className={styles.work}>
            <ImportTable />
            <ImportDetails />
          </div>
        ) : (
          <div className={styles.empty}>
            <p className={styles.emptyTitle}>{t('empty.title')}</p>
            <p>{t('empty.text')}</p>
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Footer() {
  const t = useTranslations('importing')
  const { rows, chosen, isBusy, apply, close } = useApp(importingState, (state) => state)
  const keeping = useApp(settingsState, selectKeeping)
  const secrets = chosenSecrets(rows, chosen)
  const connections = rows.filter(({ kind, id }) => kind === 'connection' && chosen.has(id)).length
  return (
    <>
      <p role="status" className={styles.summary}>
        {rows.length > 0 ? t('summary', { chosen: chosen.size, all: rows.filter(isChoosable).length }) : null}
        {secrets > 0 ? ` · ${t(`secretsGo.${keeping}`, { count: secrets })}` : null}
      </p>
      <Button onClick={close}>{t('cancel')}</Button>
      <Button variant="primary" disabled={chosen.size === 0 || isBusy} onClick={() => void apply()}>
        {t('ok', { count: connections })}
      </Button>
    </>
  )
}
