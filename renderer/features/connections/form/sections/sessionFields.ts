import type { DraftForm } from '../draftForm'
import type { ProfileField } from '../profileField'
import { ConnectUserPropertiesField } from '../userPropertyFields'

// MQTT 5 §3.1.2.4 and §3.1.2.11.2 split what 3.1.1 §3.1.2.4 calls Clean Session into Clean Start and an expiry.
const isMqtt5 = ({ draft }: DraftForm) => draft.profile.protocolVersion === '5'

const reconnectNumbers = ['reconnect.initialSeconds', 'reconnect.maximumSeconds', 'reconnect.maximumAttempts']
/** Numbers that keep the profile from being saved stay in sight even where they are not in use. */
const reconnects = (form: DraftForm) =>
  form.draft.profile.reconnect.enabled || reconnectNumbers.some((path) => form.problemOf(path) !== undefined)

const ofConnect = { section: 'session', fold: 'connectProperties', isShown: isMqtt5 } as const

export const sessionFields: readonly ProfileField[] = [
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
  {
    ...ofConnect,
    kind: 'number',
    path: 'connectProperties.receiveMaximum',
    width: 'third',
    label: 'fields.connectProperties.receiveMaximum',
    hint: 'receiveMaximumHint',
  },
  {
    ...ofConnect,
    kind: 'number',
    path: 'connectProperties.maximumPacketSize',
    width: 'third',
    label: 'fields.connectProperties.maximumPacketSize',
    hint: 'maximumPacketSizeHint',
  },
  {
    ...ofConnect,
    kind: 'number',
    path: 'connectProperties.topicAliasMaximum',
    width: 'third',
    label: 'fields.connectProperties.topicAliasMaximum',
    hint: 'topicAliasMaximumHint',
  },
  {
    ...ofConnect,
    kind: 'check',
    path: 'connectProperties.requestResponseInformation',
    width: 'half',
    label: 'fields.connectProperties.requestResponseInformation',
    hint: 'responseInformationHint',
  },
  {
    ...ofConnect,
    kind: 'check',
    path: 'connectProperties.requestProblemInformation',
    width: 'half',
    label: 'fields.connectProperties.requestProblemInformation',
    hint: 'problemInformationHint',
  },
  {
    ...ofConnect,
    kind: 'own',
    path: 'connectProperties.userProperties',
    width: 'whole',
    Component: ConnectUserPropertiesField,
  },
]
