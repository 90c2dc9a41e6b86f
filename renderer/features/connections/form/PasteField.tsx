import { X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { ConnectionReading, ReadSettings } from '#shared/address/connectionReading'
import type { KeyIn } from '#shared/i18n/words'
import { addressWithoutSecrets } from '#shared/text/withoutSecrets'
import { visibleText } from '#shared/text/visibleText'
import { IconButton } from '../../../ui/IconButton'
import { TextField } from '../../../ui/fields'
import type { DraftForm } from './draftForm'
import styles from './paste.module.css'

interface PasteFieldProps {
  readonly form: DraftForm
  /** What was read last; null = nothing is shown of it. */
  readonly reading: ConnectionReading | null
  readonly onPutAway: () => void
}

/**
 * Takes an address or a command of mosquitto and fills the fields with it. What was read is taken out of the field at
 * once, because a password may stand in it.
 */
export function PasteField({ form, reading, onPutAway }: PasteFieldProps) {
  const t = useTranslations('profile.paste')
  const [text, setText] = useState('')
  const [isRefused, setRefused] = useState(false)
  const take = (given: string) => {
    const isTaken = form.takeOver(given, ['address', 'command'])
    setText(isTaken ? '' : given)
    setRefused(!isTaken && given.trim() !== '')
  }
  const takeOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || text.trim() === '') return
    // Enter fills the fields, and saves them not yet.
    event.preventDefault()
    event.stopPropagation()
    take(text)
  }
  return (
    <div className={styles.paste}>
      <TextField
        label={t('label')}
        mono
        value={text}
        placeholder={t('placeholder')}
        onChange={(typed) => {
          setText(typed)
          setRefused(false)
        }}
        onPaste={(event) => {
          // A field of one line would take the ends of its lines out of a command.
          event.preventDefault()
          take(event.clipboardData.getData('text/plain'))
        }}
        onKeyDown={takeOnEnter}
        onBlur={() => text.trim() !== '' && take(text)}
        error={isRefused ? t('refused') : undefined}
      />
      {reading ? <ReadNote reading={reading} onPutAway={onPutAway} /> : null}
    </div>
  )
}

/** What became of a pasted text: the fields that were filled, and what is in none of them, with why. */
function ReadNote({ reading, onPutAway }: { readonly reading: ConnectionReading; readonly onPutAway: () => void }) {
  const t = useTranslations('profile')
  const understood = useUnderstood(reading)
  return (
    <div role="status" className={styles.read}>
      <div className={styles.source}>
        <code className="selectable">{visibleText(reading.source)}</code>
        <IconButton label={t('paste.putAway')} icon={<X size={14} />} onClick={onPutAway} />
      </div>
      <ul className={styles.settings} aria-label={t('paste.filledIn')}>
        {understood.map(({ name, value }) => (
          <li key={name}>
            <span className={styles.name}>{name}</span> {value}
          </li>
        ))}
      </ul>
      {reading.left.length > 0 ? (
        <>
          <p className={styles.name}>{t('paste.notFilledIn')}</p>
          <ul className={styles.left} aria-label={t('paste.notFilledIn')}>
            {reading.left.map(({ text, why }, place) => (
              // Two parts may be written alike.
              <li key={`${String(place)} ${text}`}>
                <code>{visibleText(text)}</code> {t(`paste.left.${why}`)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

const useUnderstood = ({ settings, password, filters }: ConnectionReading) => {
  const t = useTranslations('profile')
  const valueText = (path: string, value: string | number | boolean): string => {
    if (typeof value === 'boolean') return t(value ? 'paste.on' : 'paste.off')
    // A path may have a token in its query.
    return visibleText(path === 'path' ? addressWithoutSecrets(String(value)) : String(value))
  }
  const read = (Object.keys(names) as (keyof ReadSettings)[]).flatMap((path) => {
    const value = settings[path]
    return value === undefined ? [] : [{ name: t(names[path]), value: valueText(path, value) }]
  })
  return [
    ...read,
    ...(password === null ? [] : [{ name: t('fields.password'), value: t('paste.entered') }]),
    ...(filters.length === 0
      ? []
      : [{ name: t('sections.subscriptions'), value: filters.map(({ filter }) => visibleText(filter)).join(', ') }]),
  ]
}

/** In the order in which they are told. */
const names: Readonly<Record<keyof ReadSettings, KeyIn<'profile'>>> = {
  scheme: 'fields.scheme',
  host: 'fields.host',
  port: 'fields.port',
  path: 'fields.path',
  protocolVersion: 'fields.protocolVersion',
  clientId: 'fields.clientId',
  username: 'fields.username',
  keepaliveSeconds: 'fields.keepaliveSeconds',
  cleanStart: 'fields.cleanStart',
  sessionExpirySeconds: 'fields.sessionExpirySeconds',
  'tls.caFile': 'fields.tls.caFile',
  'tls.certificateFile': 'fields.tls.certificateFile',
  'tls.keyFile': 'fields.tls.keyFile',
  'tls.alpn': 'fields.tls.alpn',
  'tls.verify': 'fields.verify',
  'will.enabled': 'fields.willEnabled',
  'will.topic': 'paste.willTopic',
  'will.payload': 'paste.willPayload',
  'will.qos': 'paste.willQos',
  'will.retain': 'paste.willRetain',
}
