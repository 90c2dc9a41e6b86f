import { ServerNameField } from '../ownFields'
import type { ProfileField } from '../profileField'
import { KeyPassphraseField } from '../secretFields'
import { VerifyField } from '../VerifyField'

export const tlsFields: readonly ProfileField[] = [
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
