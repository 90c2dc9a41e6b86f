import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import { canLock, exportFormats, isForOne, type ExportFormat, type ExportRequest } from '#shared/model/exportRequest'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import { exportingState } from '../../state/exporting'
import { profilesState } from '../../state/profiles'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField, TextField } from '../../ui/fields'
import styles from './exporting.module.css'

/** Where connections are exported to, and how. */
export function ExportDialog() {
  const connectionIds = useApp(exportingState, (state) => state.connectionIds)
  return connectionIds ? <OpenDialog connectionIds={connectionIds} /> : null
}

type Layout = ExportRequest['layout']

/** What is chosen, and what is wrong with it. */
const useExportForm = (connectionIds: readonly string[]) => {
  const [format, setFormat] = useState<ExportFormat>('topicscope')
  const [wantedLayout, setLayout] = useState<Layout>('file')
  const [isLockWanted, setLockWanted] = useState(false)
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [isTried, setTried] = useState(false)
  const needsFolder = isForOne(format) && connectionIds.length > 1
  const layout: Layout = needsFolder ? 'folder' : wantedLayout
  const isLocked = canLock(format) && isLockWanted
  const problem = !isLocked ? null : password === '' ? 'needed' : password !== again ? 'different' : null
  const wanted = { format, setFormat, layout, setLayout, needsFolder }
  const lock = { isLocked, setLockWanted, password, setPassword, again, setAgain, isTried, setTried }
  return { ...wanted, ...lock, problem } as const
}
type ExportForm = ReturnType<typeof useExportForm>

function OpenDialog({ connectionIds }: { readonly connectionIds: readonly string[] }) {
  const t = useTranslations('exporting')
  const errorText = useErrorText()
  const { close, write } = useApp(exportingState, (state) => state)
  const name = useApp(
    profilesState,
    ({ entries }) => entries.find(({ profile }) => profile.id === connectionIds[0])?.profile.name ?? '',
  )
  const form = useExportForm(connectionIds)
  const [error, setError] = useState<AppError | null>(null)
  const formId = useId()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    form.setTried(true)
    if (form.problem !== null) return
    const { format, layout, isLocked, password } = form
    const request = { connectionIds: [...connectionIds], format, layout, password: isLocked ? password : null }
    void write(request).then(setError)
  }
  const footer = (
    <>
      <Button onClick={close}>{t('cancel')}</Button>
      <Button type="submit" form={formId} variant="primary">
        {t('ok')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('title')} open onClose={close} footer={footer}>
      <form id={formId} noValidate className={styles.form} onSubmit={submit}>
        <p>{t('what', { count: connectionIds.length, name })}</p>
        <FormatFields form={form} isOne={connectionIds.length === 1} />
        {canLock(form.format) ? <SecretFields form={form} /> : null}
        {error ? (
          <p role="alert" className={styles.problem}>
            {errorText(error)}
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}

function FormatFields({ form, isOne }: { readonly form: ExportForm; readonly isOne: boolean }) {
  const t = useTranslations('exporting')
  const { format, setFormat, layout, setLayout, needsFolder } = form
  const layouts = needsFolder ? (['folder'] as const) : (['file', 'folder'] as const)
  return (
    <>
      <SelectField
        label={t('format')}
        value={format}
        onChange={setFormat}
        options={exportFormats.map((value) => ({ value, label: t(`formats.${value}`) }))}
        hint={t(`holds.${format}`)}
      />
      {isOne ? null : (
        <SelectField<Layout>
          label={t('layout')}
          value={layout}
          onChange={setLayout}
          disabled={needsFolder}
          options={layouts.map((value) => ({ value, label: t(`layouts.${value}`) }))}
        />
      )}
    </>
  )
}

function SecretFields({ form }: { readonly form: ExportForm }) {
  const t = useTranslations('exporting')
  const { isLocked, setLockWanted, password, setPassword, again, setAgain, isTried, problem } = form
  const shownProblem = isTried && problem !== null ? t(problem) : null
  return (
    <>
      <SelectField
        label={t('secrets')}
        value={isLocked ? 'password' : 'out'}
        onChange={(value) => setLockWanted(value === 'password')}
        options={(['out', 'password'] as const).map((value) => ({ value, label: t(`secretsChoice.${value}`) }))}
      />
      {isLocked ? (
        <div className={styles.passwords}>
          <TextField
            label={t('password')}
            type="password"
            value={password}
            onChange={setPassword}
            error={problem === 'needed' ? shownProblem : null}
          />
          <TextField
            label={t('again')}
            type="password"
            value={again}
            onChange={setAgain}
            error={problem === 'different' ? shownProblem : null}
          />
          <p className={styles.hint}>{t('lockHint')}</p>
        </div>
      ) : null}
    </>
  )
}
