import { useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { PlannedFile } from '#shared/model/importPlan'
import type { AppError } from '#shared/result'
import { useErrorText } from '../../i18n/useErrorText'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { VisibleName } from '../../ui/VisibleText'
import { importingState } from './importingState'
import styles from './importing.module.css'

/** A file, what it is, what is wrong with it, and where its password is typed. */
export function FileRow({ file }: { readonly file: PlannedFile }) {
  const t = useTranslations('importing')
  const { path, tool, format, problem, isLocked } = file
  const name = path === '' ? t('pasted') : (path.split(/[/\\]/).at(-1) ?? path)
  return (
    <span role="cell" className={styles.file} title={path}>
      <span className={styles.fileName}>
        <VisibleName text={name} />
      </span>
      {tool === null ? null : <span className={styles.tool}>{`${tool} · ${format}`}</span>}
      {problem ? (
        <span className={styles.problem}>{t(`problem.${problem.code}`, { detail: problem.detail })}</span>
      ) : null}
      {isLocked ? <Unlock fileId={file.id} name={name} /> : null}
    </span>
  )
}

function Unlock({ fileId, name }: { readonly fileId: string; readonly name: string }) {
  const t = useTranslations('importing.locked')
  const errorText = useErrorText()
  const unlock = useApp(importingState, (state) => state.unlock)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<AppError | null>(null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (password !== '') void unlock(fileId, password).then(setError)
  }
  return (
    <form className={styles.unlock} onSubmit={submit}>
      <input
        type="password"
        aria-label={t('label', { file: name })}
        title={t('hint')}
        placeholder={t('placeholder')}
        aria-invalid={error !== null}
        autoComplete="off"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value)
          setError(null)
        }}
        className={styles.password}
      />
      <Button type="submit" disabled={password === ''}>
        {t('unlock')}
      </Button>
      {error ? (
        <span role="alert" className={styles.problem}>
          {errorText(error)}
        </span>
      ) : null}
    </form>
  )
}
