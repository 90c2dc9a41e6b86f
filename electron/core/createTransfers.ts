import { homedir } from 'node:os'
import { join } from 'node:path'
import { collectionIdOf } from '#shared/model/collection'
import type { Collections } from './collections/collections'
import type { Connections } from './connections/connections'
import { createConnectionExport, type ExportParts } from './exporting/exportConnections'
import { createImportDesk, type ImportDeskParts } from './importing/importDesk'
import type { PayloadRules } from './payloadRules/payloadRules'
import type { Stores } from './storage/createStores'

/** What takes connections in, out of files of other tools. */
export const createImporting = (
  {
    dataDir,
    dialogs,
    platform,
  }: Pick<ImportDeskParts, 'dialogs'> & { readonly dataDir: string; readonly platform: string },
  parts: Pick<Stores, 'profiles' | 'secrets'> &
    Pick<ImportDeskParts, 'trustedPaths' | 'payloadRules'> & {
      readonly connections: Connections
      readonly collections: Collections
    },
) =>
  createImportDesk({
    dialogs,
    folders: { certificates: join(dataDir, 'certificates'), schemas: join(dataDir, 'schemas') },
    system: { platform, home: homedir(), environment: process.env },
    trustedPaths: parts.trustedPaths,
    payloadRules: parts.payloadRules,
    secrets: parts.secrets,
    profiles: () => parts.profiles.list().map(({ profile }) => profile),
    profileOf: parts.connections.find,
    changeProfiles: parts.connections.change,
    messagesOf: (id) => parts.collections.find(collectionIdOf(id)),
  })

/** What writes connections into files. */
export const createExporting = ({
  dialogs,
  files,
  stores: { profiles, secrets, settings },
  collections,
  payloadRules,
}: Pick<ExportParts, 'dialogs' | 'files'> & {
  readonly stores: Pick<Stores, 'profiles' | 'secrets' | 'settings'>
  readonly collections: Collections
  readonly payloadRules: Pick<PayloadRules, 'all'>
}) =>
  createConnectionExport({
    dialogs,
    files,
    secrets,
    profiles: () => profiles.list().map(({ profile }) => profile),
    messagesOf: async (id) => {
      const folder = collections.find(collectionIdOf(id))
      if (!folder.ok) return []
      await folder.value.check()
      return folder.value.messages()
    },
    charts: (id) => settings.current().charts[id] ?? [],
    payloadRules: payloadRules.all,
  })
