import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ConnectionReading, ReadSettings } from '#shared/address/connectionReading'
import type { UserProperties } from '#shared/model/fieldSchemas'
import type { KeyIn } from '#shared/i18n/words'
import type { ComposedMessage } from '#shared/model/publish'
import type { ProxyKind } from '#shared/model/network'
import { visibleLine } from '#shared/text/visibleLine'
import { visibleText } from '#shared/text/visibleText'
import { addressWithoutSecrets } from '#shared/text/withoutSecrets'
import { LeftoverList } from '../../../mqttUi/LeftoverList'
import { CheckField } from '../../../ui/fields'
import { IconButton } from '../../../ui/IconButton'
import styles from './paste.module.css'

export interface ReadNoteProps {
  readonly reading: ConnectionReading
  readonly onPutAway: () => void
  /** Whether the message of a command becomes a draft when the connection is saved. */
  readonly keepsMessage: boolean
  readonly onKeepMessage: (keeps: boolean) => void
}

/** Characters of a value that are shown. */
const longestValue = 120

/** What became of a pasted text: the fields that were filled, and what is in none of them, with why. */
export function ReadNote({ reading, onPutAway, keepsMessage, onKeepMessage }: ReadNoteProps) {
  const t = useTranslations('profile')
  const understood = useUnderstood(reading)
  const { message } = reading
  return (
    <div role="status" className={styles.read}>
      <div className={styles.source}>
        <code className="selectable">{visibleText(reading.source)}</code>
        <IconButton label={t('paste.putAway')} icon={<X size={14} />} onClick={onPutAway} />
      </div>
      <FactList label={t('paste.filledIn')} facts={understood} />
      {message ? <ReadMessage message={message} keepsMessage={keepsMessage} onKeepMessage={onKeepMessage} /> : null}
      <LeftoverList label={t('paste.notFilledIn')} left={reading.left} />
    </div>
  )
}

interface ReadMessageProps extends Pick<ReadNoteProps, 'keepsMessage' | 'onKeepMessage'> {
  readonly message: ComposedMessage
}

/** The message that the command publishes; it is no setting, and becomes a draft when the connection is saved. */
function ReadMessage({ message, keepsMessage, onKeepMessage }: ReadMessageProps) {
  const t = useTranslations('profile.paste')
  const facts = useMessageFacts(message)
  return (
    <>
      <CheckField label={t('keepMessage')} checked={keepsMessage} onChange={onKeepMessage} />
      <FactList label={t('message')} facts={facts} />
    </>
  )
}

interface Fact {
  readonly name: string
  readonly value: string
}

function FactList({ label, facts }: { readonly label: string; readonly facts: readonly Fact[] }) {
  return (
    <ul className={styles.settings} aria-label={label}>
      {facts.map(({ name, value }, place) => (
        // Two user properties may be alike.
        <li key={`${String(place)} ${name}`}>
          <span className={styles.name}>{name}</span> {value}
        </li>
      ))}
    </ul>
  )
}

const useMessageFacts = (message: ComposedMessage): readonly Fact[] => {
  const t = useTranslations('publish')
  const profileText = useTranslations('profile.paste')
  const texts = ['contentType', 'responseTopic', 'correlationData', 'messageExpiry'] as const
  return [
    { name: t('topic'), value: visibleLine(message.topic, longestValue) },
    {
      name: t('payload'),
      value: message.payload === '' ? t('emptyPayload') : visibleLine(message.payload, longestValue),
    },
    { name: t('qos'), value: String(message.qos) },
    ...(message.retain ? [{ name: t('retain'), value: profileText('on') }] : []),
    ...texts.flatMap((field) =>
      message[field] === '' ? [] : [{ name: t(field), value: visibleLine(message[field], longestValue) }],
    ),
    ...(message.payloadFormatIndicator ? [{ name: t('utf8'), value: profileText('on') }] : []),
    ...message.userProperties.map(([key, value]) => ({ name: visibleText(key), value: visibleText(value) })),
  ]
}

const useUnderstood = ({ settings, password, proxyPassword, filters }: ConnectionReading) => {
  const t = useTranslations('profile')
  const valueText = (path: string, value: string | number | boolean | UserProperties): string => {
    if (path === 'network.proxy.kind') return t(`proxyKinds.${value as ProxyKind}`)
    if (Array.isArray(value)) return value.map((pair) => visibleLine(pair.join(': '), longestValue)).join(', ')
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
    ...(proxyPassword === undefined ? [] : [{ name: t('fields.proxyPassword'), value: t('paste.entered') }]),
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
  'network.proxy.kind': 'fields.network.proxy.kind',
  'network.proxy.host': 'fields.network.proxy.host',
  'network.proxy.port': 'paste.proxyPort',
  'network.proxy.username': 'fields.network.proxy.username',
  'will.enabled': 'fields.willEnabled',
  'will.topic': 'paste.willTopic',
  'will.payload': 'paste.willPayload',
  'will.qos': 'paste.willQos',
  'will.retain': 'paste.willRetain',
  'will.delaySeconds': 'paste.willDelay',
  'will.expirySeconds': 'paste.willExpiry',
  'will.payloadIndicator': 'paste.willIndicator',
  'will.contentType': 'paste.willContentType',
  'will.responseTopic': 'paste.willResponseTopic',
  'will.correlationData': 'paste.willCorrelationData',
  'will.userProperties': 'paste.willUserProperties',
  'connectProperties.receiveMaximum': 'fields.connectProperties.receiveMaximum',
  'connectProperties.maximumPacketSize': 'fields.connectProperties.maximumPacketSize',
  'connectProperties.topicAliasMaximum': 'fields.connectProperties.topicAliasMaximum',
  'connectProperties.requestResponseInformation': 'fields.connectProperties.requestResponseInformation',
  'connectProperties.requestProblemInformation': 'fields.connectProperties.requestProblemInformation',
  'connectProperties.userProperties': 'paste.connectUserProperties',
}
