import { tlsVersions } from '#shared/model/profile'
import { ServerNameField } from '../ownFields'
import type { ProfileField } from '../profileField'
import { KeyPassphraseField } from '../secretFields'
import { VerifyField } from '../VerifyField'

const more = { section: 'tls', fold: 'tlsMore' } as const

const versionField = {
  ...more,
  kind: 'select',
  width: 'half',
  options: ['', ...tlsVersions],
  wordsOf: (version: string) => `tlsVersions.${wordOf(version)}` as const,
} as const

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
  {
    ...more,
    kind: 'check',
    path: 'tls.trustSystemStore',
    width: 'whole',
    label: 'fields.trustSystemStore',
    hint: 'trustSystemStoreHint',
  },
  {
    ...more,
    kind: 'check',
    path: 'tls.verifyName',
    width: 'whole',
    label: 'fields.verifyName',
    hint: 'verifyNameHint',
  },
  { ...more, kind: 'text', path: 'tls.pins', width: 'whole', mono: true, label: 'fields.tls.pins', hint: 'pinsHint' },
  { ...versionField, path: 'tls.minimumVersion', label: 'fields.tls.minimumVersion', hint: 'tlsVersionHint' },
  { ...versionField, path: 'tls.maximumVersion', label: 'fields.tls.maximumVersion' },
  {
    ...more,
    kind: 'text',
    path: 'tls.ciphers',
    width: 'whole',
    mono: true,
    label: 'fields.tls.ciphers',
    hint: 'ciphersHint',
  },
  {
    ...more,
    kind: 'text',
    path: 'tls.keyLogFile',
    width: 'whole',
    mono: true,
    label: 'fields.tls.keyLogFile',
    hint: 'keyLogFileHint',
  },
]

/** Names in the catalogue have no full stop. */
const wordOf = (version: string) => {
  switch (version) {
    case 'TLSv1':
      return 'TLSv1'
    case 'TLSv1.1':
      return 'TLSv1_1'
    case 'TLSv1.2':
      return 'TLSv1_2'
    case 'TLSv1.3':
      return 'TLSv1_3'
    default:
      return 'usual'
  }
}
