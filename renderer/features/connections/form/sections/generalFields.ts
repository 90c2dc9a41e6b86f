import { secretFormats, type SecretFormat } from '#shared/model/connectFields'
import { usesWebSocket } from '#shared/model/profile'
import { protocolVersionSchema } from '#shared/model/qos'
import type { DraftForm } from '../draftForm'
import { ClientIdField, ColourField, EnvironmentField, FolderField, SchemeField } from '../ownFields'
import type { ProfileField } from '../profileField'
import { PasswordField } from '../secretFields'

const isLocal = ({ draft }: DraftForm) => draft.profile.kind === 'local'

export const generalFields: readonly ProfileField[] = [
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
  {
    kind: 'check',
    path: 'freshClientId',
    section: 'general',
    fold: 'signIn',
    width: 'whole',
    label: 'fields.freshClientId',
    hint: 'freshClientIdHint',
  },
  {
    kind: 'check',
    path: 'sendsEmptyUsername',
    section: 'general',
    fold: 'signIn',
    width: 'whole',
    label: 'fields.sendsEmptyUsername',
    hint: 'sendsEmptyUsernameHint',
  },
  {
    kind: 'select',
    path: 'passwordFormat',
    section: 'general',
    fold: 'signIn',
    width: 'third',
    label: 'fields.passwordFormat',
    options: secretFormats,
    wordsOf: (format) => `willFormats.${format as SecretFormat}`,
  },
]
