import { historyModes, type HistoryMode } from '#shared/model/history'
import { usesWebSocket } from '#shared/model/profile'
import { protocolVersionSchema } from '#shared/model/qos'
import type { DraftForm } from './draftForm'
import { HistoryExcludeField, HistoryIncludeField } from './FilterListField'
import { ClientIdField, ColourField, EnvironmentField, FolderField, SchemeField, ServerNameField } from './ownFields'
import type { ProfileField } from './profileField'
import { KeyPassphraseField, PasswordField } from './secretFields'
import { SubscriptionsField } from './SubscriptionsField'
import { VerifyField } from './VerifyField'
import { WillPayloadField, WillQosField } from './willFields'

const isLocal = ({ draft }: DraftForm) => draft.profile.kind === 'local'
// MQTT 5 §3.1.2.4 and §3.1.2.11.2 split what 3.1.1 §3.1.2.4 calls Clean Session into Clean Start and an expiry.
const isMqtt5 = ({ draft }: DraftForm) => draft.profile.protocolVersion === '5'
const hasWill = ({ draft }: DraftForm) => draft.profile.will.enabled

const reconnectNumbers = ['reconnect.initialSeconds', 'reconnect.maximumSeconds', 'reconnect.maximumAttempts']
/** Numbers that keep the profile from being saved stay in sight even where they are not in use. */
const reconnects = (form: DraftForm) =>
  form.draft.profile.reconnect.enabled || reconnectNumbers.some((path) => form.problemOf(path) !== undefined)

const general: readonly ProfileField[] = [
  {
    kind: 'text',
    path: 'name',
    section: 'general',
    width: 'twoThirds',
    label: 'fields.name',
    placeholder: 'namePlaceholder',
  },
  { kind: 'own', path: 'folder', section: 'general', width: 'third', Component: FolderField },
  { kind: 'own', path: 'scheme', section: 'general', width: 'third', Component: SchemeField },
  {
    kind: 'text',
    path: 'host',
    section: 'general',
    width: 'hostWidth',
    mono: true,
    label: 'fields.host',
    hint: (form) => (isLocal(form) ? 'localAddress' : undefined),
    isDisabled: isLocal,
  },
  {
    kind: 'number',
    path: 'port',
    section: 'general',
    width: 'quarter',
    mono: true,
    label: 'fields.port',
    isDisabled: isLocal,
  },
  {
    kind: 'text',
    path: 'path',
    section: 'general',
    width: 'whole',
    mono: true,
    label: 'fields.path',
    hint: 'pathHint',
    isShown: (form) => usesWebSocket(form.draft.profile.scheme) || form.problemOf('path') !== undefined,
  },
  { kind: 'own', path: 'clientId', section: 'general', width: 'twoThirds', Component: ClientIdField },
  {
    kind: 'select',
    path: 'protocolVersion',
    section: 'general',
    width: 'third',
    label: 'fields.protocolVersion',
    options: protocolVersionSchema.options,
  },
  { kind: 'text', path: 'username', section: 'general', width: 'half', label: 'fields.username' },
  { kind: 'own', path: 'password', section: 'general', width: 'half', Component: PasswordField },
  {
    kind: 'check',
    path: 'connectAtStart',
    section: 'general',
    width: 'half',
    label: 'fields.connectAtStart',
    hint: 'connectAtStartHint',
  },
  { kind: 'own', path: 'colour', section: 'general', width: 'half', Component: ColourField },
  {
    kind: 'check',
    path: 'production',
    section: 'general',
    width: 'twoThirds',
    label: 'fields.production',
    hint: 'productionHint',
  },
  { kind: 'own', path: 'environmentId', section: 'general', width: 'third', Component: EnvironmentField },
]

const session: readonly ProfileField[] = [
  {
    kind: 'number',
    path: 'keepaliveSeconds',
    section: 'session',
    width: 'half',
    label: 'fields.keepaliveSeconds',
    hint: 'keepaliveHint',
  },
  {
    kind: 'number',
    path: 'connectTimeoutSeconds',
    section: 'session',
    width: 'half',
    label: 'fields.connectTimeoutSeconds',
  },
  {
    kind: 'check',
    path: 'cleanStart',
    section: 'session',
    width: 'whole',
    label: (form) => (isMqtt5(form) ? 'fields.cleanStart' : 'fields.cleanSession'),
    hint: (form) => (isMqtt5(form) ? 'cleanStartHint' : 'cleanSessionHint'),
  },
  {
    kind: 'check',
    path: 'lenient',
    section: 'session',
    width: 'whole',
    label: 'fields.lenient',
    hint: 'lenientHint',
  },
  {
    kind: 'number',
    path: 'sessionExpirySeconds',
    section: 'session',
    width: 'half',
    label: 'fields.sessionExpirySeconds',
    hint: 'sessionExpiryHint',
    isShown: (form) => isMqtt5(form) || form.problemOf('sessionExpirySeconds') !== undefined,
  },
  {
    kind: 'check',
    path: 'subscriptionIdentifiers',
    section: 'session',
    width: 'whole',
    label: 'fields.subscriptionIdentifiers',
    hint: 'subscriptionIdentifiersHint',
    isShown: isMqtt5,
  },
  {
    kind: 'check',
    path: 'reconnect.enabled',
    section: 'session',
    width: 'whole',
    label: 'fields.reconnectEnabled',
    hint: 'reconnectHint',
  },
  {
    kind: 'number',
    path: 'reconnect.initialSeconds',
    section: 'session',
    width: 'third',
    label: 'fields.reconnect.initialSeconds',
    isShown: reconnects,
  },
  {
    kind: 'number',
    path: 'reconnect.maximumSeconds',
    section: 'session',
    width: 'third',
    label: 'fields.reconnect.maximumSeconds',
    isShown: reconnects,
  },
  {
    kind: 'number',
    path: 'reconnect.maximumAttempts',
    section: 'session',
    width: 'third',
    label: 'fields.reconnect.maximumAttempts',
    hint: 'zeroIsNoLimit',
    isShown: reconnects,
  },
]

const tls: readonly ProfileField[] = [
  { kind: 'own', path: 'tls.verify', section: 'tls', width: 'whole', Component: VerifyField },
  { kind: 'file', path: 'tls.caFile', section: 'tls', width: 'whole', label: 'fields.tls.caFile' },
  {
    kind: 'check',
    path: 'tls.trustCaFileAsItIs',
    section: 'tls',
    width: 'whole',
    joins: true,
    label: 'fields.trustCaFileAsItIs',
    hint: 'trustCaFileHint',
  },
  { kind: 'file', path: 'tls.certificateFile', section: 'tls', width: 'half', label: 'fields.tls.certificateFile' },
  { kind: 'file', path: 'tls.keyFile', section: 'tls', width: 'half', label: 'fields.tls.keyFile' },
  { kind: 'file', path: 'tls.pkcs12File', section: 'tls', width: 'half', label: 'fields.tls.pkcs12File' },
  { kind: 'own', path: 'keyPassphrase', section: 'tls', width: 'half', Component: KeyPassphraseField },
  { kind: 'own', path: 'tls.serverName', section: 'tls', width: 'half', Component: ServerNameField },
  {
    kind: 'text',
    path: 'tls.alpn',
    section: 'tls',
    width: 'half',
    mono: true,
    label: 'fields.tls.alpn',
    hint: 'alpnHint',
  },
]

const will: readonly ProfileField[] = [
  {
    kind: 'check',
    path: 'will.enabled',
    section: 'will',
    width: 'whole',
    label: 'fields.willEnabled',
    hint: 'willHint',
  },
  {
    kind: 'text',
    path: 'will.topic',
    section: 'will',
    width: 'twoThirds',
    mono: true,
    label: 'fields.will.topic',
    isShown: hasWill,
  },
  { kind: 'own', path: 'will.qos', section: 'will', width: 'third', Component: WillQosField, isShown: hasWill },
  { kind: 'own', path: 'will.payload', section: 'will', width: 'whole', Component: WillPayloadField, isShown: hasWill },
  {
    kind: 'check',
    path: 'will.retain',
    section: 'will',
    width: 'whole',
    label: 'fields.willRetain',
    isShown: hasWill,
  },
]

const isFiltered = ({ draft }: DraftForm) => draft.profile.history.mode === 'filtered'

const history: readonly ProfileField[] = [
  {
    kind: 'select',
    path: 'history.mode',
    section: 'history',
    width: 'whole',
    label: 'fields.historyMode',
    hint: 'historyModeHint',
    options: historyModes,
    wordsOf: (mode) => historyModeWords[mode as HistoryMode],
  },
  {
    kind: 'check',
    path: 'history.incoming',
    section: 'history',
    width: 'half',
    label: 'fields.historyIncoming',
    hint: 'historyIncomingHint',
    isShown: isFiltered,
  },
  {
    kind: 'check',
    path: 'history.outgoing',
    section: 'history',
    width: 'half',
    label: 'fields.historyOutgoing',
    hint: 'historyOutgoingHint',
    isShown: isFiltered,
  },
  {
    kind: 'own',
    path: 'history.include',
    section: 'history',
    width: 'half',
    Component: HistoryIncludeField,
    isShown: isFiltered,
  },
  {
    kind: 'own',
    path: 'history.exclude',
    section: 'history',
    width: 'half',
    Component: HistoryExcludeField,
    isShown: isFiltered,
  },
]

const historyModeWords = { off: 'historyModes.off', on: 'historyModes.on', filtered: 'historyModes.filtered' } as const

/**
 * All fields of the form, in the order in which they stand in it. A new one is its line in the schema of the profile, its
 * words, and an object here.
 */
export const profileFields: readonly ProfileField[] = [
  ...general,
  ...session,
  ...tls,
  ...will,
  { kind: 'own', path: 'subscriptions', section: 'subscriptions', width: 'whole', Component: SubscriptionsField },
  ...history,
]
