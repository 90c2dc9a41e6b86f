import { useId, useRef, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { visibleName } from '#shared/text/visibleText'
import { useErrorText } from '../../../i18n/useErrorText'
import { sessionState } from '../../../state/session'
import type { SignInPrompt } from '../../../state/signInPrompt'
import { useApp } from '../../../state/useApp'
import { ConnectionContext, useConnection } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { CheckField, TextField } from '../../../ui/fields'
import { askingState } from './askingState'
import styles from './prompt.module.css'
import { signInProblem } from './signInProblem'
import { useRememberHint } from './useRememberHint'

/** Asks for the user name and the password that are needed and not stored, until the broker takes one or the person gives up. */
export function PasswordDialog() {
  const connection = useApp(askingState, ({ forPassword }) => forPassword.at(-1))
  return connection ? (
    <ConnectionContext key={connection.id} value={connection}>
      <ConnectionPrompt />
    </ConnectionContext>
  ) : null
}

function ConnectionPrompt() {
  const prompt = useConnection(sessionState, (state) => state.signInPrompt)
  return prompt ? <OpenPrompt {...prompt} /> : null
}

function OpenPrompt({ submitted, error }: SignInPrompt) {
  const t = useTranslations('connections')
  const problemText = useTranslations('profile.problems')
  const errorText = useErrorText()
  const entry = useEntry()
  const connect = useConnection(sessionState, (state) => state.connect)
  const close = useConnection(sessionState, (state) => state.closePrompts)
  const { name = '', username: known = '', protocolVersion = '5' } = entry?.profile ?? {}
  const [username, setUsername] = useState(known)
  const [password, setPassword] = useState('')
  const [remember, setRemember] = useState(false)
  const [tried, setTried] = useState(false)
  const rememberHint = useRememberHint()
  const formId = useId()
  const passwordField = useRef<HTMLInputElement>(null)
  const usernameField = useRef<HTMLInputElement>(null)
  const problem = signInProblem({ username, password }, protocolVersion)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (problem) usernameField.current?.focus()
    else if (!submitted) void connect({ username, password, remember })
  }
  return (
    <Dialog
      title={t('signIn', { name: visibleName(name) })}
      open
      onClose={close}
      size="small"
      firstFocus={() => (known === '' ? usernameField : passwordField).current}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={submitted}>
            {t('connect')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.prompt} onSubmit={submit}>
        <Explanation unreadable={entry?.secrets.password === 'unreadable'} username={known} />
        <TextField
          label={t('username')}
          value={username}
          onChange={setUsername}
          inputRef={usernameField}
          error={problem && tried ? problemText(problem) : undefined}
        />
        <TextField
          label={t('password')}
          type="password"
          value={password}
          onChange={setPassword}
          inputRef={passwordField}
          error={error ? errorText(error) : undefined}
        />
        <CheckField label={t('remember')} checked={remember} onChange={setRemember} hint={rememberHint} />
      </form>
    </Dialog>
  )
}

interface ExplanationProps {
  readonly unreadable: boolean
  readonly username: string
}

function Explanation({ unreadable, username }: ExplanationProps) {
  const t = useTranslations('connections')
  const wanted = username === '' ? t('credentialsWanted') : t('passwordWantedFor', { username: visibleName(username) })
  return <p className={styles.explanation}>{unreadable ? t('unreadableSecret') : wanted}</p>
}
