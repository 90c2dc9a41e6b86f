import { useId, useRef, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import type { AuthChallenge } from '#shared/model/authentication'
import { secretFormats, type SecretFormat } from '#shared/model/connectFields'
import { mqttBytesProblem } from '#shared/model/publishRules'
import { formatHex } from '#shared/mqtt/payloadText'
import { decodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { visibleName, visibleText } from '#shared/text/visibleText'
import { sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { ConnectionContext, useConnection } from '../../../state/useConnection'
import { useEntry } from '../../../state/useEntry'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { SelectField, TextField } from '../../../ui/fields'
import { askingState } from '../signIn/askingState'
import styles from './challenge.module.css'

/** Shows what a broker sent in AUTH 0x18 and asks for the answer, until the broker decides or the person gives up. */
export function ChallengeDialog() {
  const connection = useApp(askingState, ({ forChallenge }) => forChallenge.at(-1))
  return connection ? (
    <ConnectionContext key={connection.id} value={connection}>
      <ConnectionChallenge />
    </ConnectionContext>
  ) : null
}

function ConnectionChallenge() {
  const challenge = useConnection(sessionState, ({ status }) => status?.challenge)
  return challenge ? <OpenChallenge key={challenge.number} challenge={challenge} /> : null
}

function OpenChallenge({ challenge }: { readonly challenge: AuthChallenge }) {
  const t = useTranslations('connections.authentication')
  const formatName = useTranslations('profile.willFormats')
  const answerChallenge = useConnection(sessionState, (state) => state.answerChallenge)
  const name = useEntry()?.profile.name ?? ''
  const [text, setText] = useState('')
  const [format, setFormat] = useState<SecretFormat>('text')
  const answerField = useRef<HTMLInputElement>(null)
  const formId = useId()
  const read = bytesFromText(text, format)
  const problem = !read.ok ? t('notInFormat') : mqttBytesProblem(read.bytes) ? t('tooLong') : null
  const { number, method, step, data, reason } = challenge
  const cancel = () => void answerChallenge(number, { kind: 'cancel' })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (problem === null && read.ok)
      void answerChallenge(number, { kind: 'answer', data: text === '' ? null : read.bytes })
  }
  return (
    <Dialog
      title={t('title', { name: visibleName(name) })}
      open
      onClose={cancel}
      size="small"
      firstFocus={() => answerField.current}
      footer={
        <>
          <Button onClick={cancel}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={problem !== null}>
            {t('send')}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.challenge} onSubmit={submit}>
        <p className={styles.explanation}>{t('explanation', { method: visibleName(method), step })}</p>
        <dl className={styles.said}>
          <dt>{t('data')}</dt>
          <dd>{data === null ? t('noData') : <DataText data={data} />}</dd>
          {reason === '' ? null : (
            <>
              <dt>{t('reason')}</dt>
              <dd>{visibleText(reason)}</dd>
            </>
          )}
        </dl>
        <div className={styles.answer}>
          <TextField
            label={t('answer')}
            value={text}
            onChange={setText}
            inputRef={answerField}
            autoComplete="off"
            mono
            hint={t('answerHint')}
            error={problem}
          />
          <SelectField
            label={t('format')}
            value={format}
            options={secretFormats.map((value) => ({ value, label: formatName(value) }))}
            onChange={setFormat}
          />
        </div>
      </form>
    </Dialog>
  )
}

/** As text where it is one, and always as hex. */
function DataText({ data }: { readonly data: Uint8Array }) {
  return (
    <>
      {isUtf8(data) ? <code>{visibleText(decodeUtf8(data))}</code> : null}
      <code>{formatHex(data)}</code>
    </>
  )
}
