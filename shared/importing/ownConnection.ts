import type { DamagedConnection } from './foreignConnection'
import type { OwnConnection } from '#shared/exporting/ownFormat'
import type { ImportedConnection } from './importedConnection'

const empty = {
  folder: '',
  profile: null,
  messages: [],
  charts: [],
  payloadRules: [],
  isWhole: true,
  certificates: [],
  dropped: [],
  guessed: [],
  secrets: {},
} as const satisfies Partial<ImportedConnection>

/** A connection of ours as it was exported; its secrets are known when the file is unlocked. */
export const ownConnection = (own: OwnConnection | DamagedConnection): ImportedConnection => {
  if ('damagedField' in own) return { ...empty, name: own.name, dropped: [{ field: own.damagedField, why: 'invalid' }] }
  const { profile, savedMessages, charts, payloadRules } = own
  return {
    ...empty,
    name: profile.name,
    folder: profile.folder,
    profile,
    charts,
    payloadRules,
    messages: savedMessages.map(({ id, order, shortcut, ...rest }) => ({ ...rest, kept: { id, order, shortcut } })),
  }
}
