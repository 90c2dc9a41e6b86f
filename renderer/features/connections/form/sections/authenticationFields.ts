import {
  authenticationDataFormats,
  authenticationMechanisms,
  provesByPassword,
  type AuthenticationDataFormat,
  type AuthenticationMechanism,
  type AuthenticationSettings,
} from '#shared/model/authentication'
import type { DraftForm } from '../draftForm'
import type { ProfileField } from '../profileField'

/** On a version that has AUTH (MQTT 5 §4.12), and with settings of which this is true. */
const where =
  (holds: (settings: AuthenticationSettings) => boolean) =>
  ({ draft }: DraftForm) =>
    draft.profile.protocolVersion === '5' && holds(draft.profile.authentication)

const isOwn = ({ mechanism }: AuthenticationSettings) => mechanism === 'own'
const own = { section: 'general', fold: 'authentication', isShown: where(isOwn) } as const

export const authenticationFields: readonly ProfileField[] = [
  {
    ...own,
    kind: 'select',
    path: 'authentication.mechanism',
    width: 'half',
    label: 'fields.authentication.mechanism',
    options: authenticationMechanisms,
    wordsOf: (mechanism) => `authentication.${mechanism as AuthenticationMechanism}`,
    isShown: where(() => true),
  },
  {
    ...own,
    kind: 'text',
    path: 'authentication.method',
    width: 'half',
    mono: true,
    label: 'fields.authentication.method',
    hint: 'authenticationMethodHint',
  },
  {
    ...own,
    kind: 'select',
    path: 'authentication.dataFormat',
    width: 'third',
    label: 'fields.authentication.dataFormat',
    options: authenticationDataFormats,
    wordsOf: (format) => `authenticationFormats.${format as AuthenticationDataFormat}`,
  },
  {
    ...own,
    kind: 'text',
    path: 'authentication.data',
    width: 'twoThirds',
    mono: true,
    label: 'fields.authentication.data',
    hint: 'authenticationDataHint',
    isShown: where((settings) => isOwn(settings) && !['file', 'password'].includes(settings.dataFormat)),
  },
  {
    ...own,
    kind: 'file',
    path: 'authentication.dataFile',
    width: 'twoThirds',
    label: 'fields.authentication.dataFile',
    isShown: where((settings) => isOwn(settings) && settings.dataFormat === 'file'),
  },
  {
    ...own,
    kind: 'check',
    path: 'authentication.sendsPassword',
    width: 'whole',
    label: 'fields.authentication.sendsPassword',
    hint: 'sendsPasswordHint',
    isShown: where(provesByPassword),
  },
]
