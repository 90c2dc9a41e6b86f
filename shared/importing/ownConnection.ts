import type { DamagedConnection } from './foreignConnection'
import type { OwnConnection } from '#shared/exporting/ownFormat'
import { parseBase64 } from '#shared/mqtt/payloadText'
import { certificatesOf, type ImportedConnection } from './importedConnection'
import { stableId } from './stableId'

const empty = {
  folder: '',
  profile: null,
  messages: [],
  charts: [],
  payloadRules: [],
  isWhole: true,
  certificates: [],
  filesThere: null,
  dropped: [],
  guessed: [],
  secrets: {},
} as const satisfies Partial<ImportedConnection>

/**
 * A connection of ours as it was exported; its secrets are known when the file is unlocked. Certificates in it get files of their own
 * in the folder `place`.
 */
export const ownConnection = (own: OwnConnection | DamagedConnection, place: string): ImportedConnection => {
  if ('damagedField' in own) return { ...empty, name: own.name, dropped: [{ field: own.damagedField, why: 'invalid' }] }
  const { profile, savedMessages, charts, payloadRules } = own
  const given = (own.certificates ?? []).flatMap(({ field, name, data }) => {
    const parsed = parseBase64(data)
    return parsed.ok && profile.tls[field] !== '' ? [{ field, name, bytes: parsed.bytes }] : []
  })
  const certificates = certificatesOf(given, `${place}/own-${stableId(profile.id)}`)
  const { keyLogFile } = profile.tls
  const paths = Object.fromEntries(certificates.map(({ field, path }) => [field, path]))
  return {
    ...empty,
    name: profile.name,
    folder: profile.folder,
    profile: { ...profile, tls: { ...profile.tls, ...paths, keyLogFile: '' } },
    dropped: keyLogFile === '' ? [] : [{ field: 'tls.keyLogFile', why: 'writesFile' }],
    certificates: certificates.map(({ path, bytes }) => ({ path, bytes })),
    filesThere: certificates.length > 0 ? profile.tls : null,
    charts,
    payloadRules,
    messages: savedMessages.map(({ id, order, shortcut, ...rest }) => ({ ...rest, kept: { id, order, shortcut } })),
  }
}
