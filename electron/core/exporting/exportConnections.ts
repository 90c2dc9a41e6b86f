import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { mosquittoText } from '#shared/exporting/mosquittoLines'
import { mqttAnalyzerText, type EmbeddedFile } from '#shared/exporting/mqttAnalyzerFile'
import { mqttxText } from '#shared/exporting/mqttxFile'
import { ownFileText, type OwnConnection, type OwnMessage } from '#shared/exporting/ownFormat'
import type { Chart } from '#shared/model/chart'
import type { CollectionMessage } from '#shared/model/collection'
import { canLock, type ExportFormat, type ExportRequest, type WrittenExport } from '#shared/model/exportRequest'
import type { PayloadRule } from '#shared/model/payloadRule'
import { usesTls, type Profile, type ProfileId } from '#shared/model/profile'
import { fail, ok, type Result } from '#shared/result'
import { decodeFileName } from '../collections/fileNames'
import type { Dialogs } from '../files/dialogs'
import type { FileWriting } from '../files/fileWriting'
import { readRegularFile } from '../files/readRegularFile'
import { safeFileName } from '#shared/text/safeFileName'
import { messageOf } from '#shared/text/messageOf'
import { lockSecrets } from '../importing/lockedFiles'
import { embeddedCertificates, mostCertificateBytes } from './embeddedCertificates'
import { writeAtomically } from '../storage/atomicWrite'
import type { SecretStore } from '../storage/secretStore'

export interface ExportParts {
  readonly dialogs: Pick<Dialogs, 'choosePath'>
  readonly files: Pick<FileWriting, 'save'>
  readonly secrets: Pick<SecretStore, 'get'>
  /** In the order of the list. */
  readonly profiles: () => readonly Profile[]
  readonly messagesOf: (id: ProfileId) => Promise<readonly CollectionMessage[]>
  readonly charts: (id: ProfileId) => readonly Chart[]
  readonly payloadRules: () => readonly PayloadRule[]
}

export interface ConnectionExport {
  /** Asks where to and writes; null = cancelled. Fails with `storageFailed` and `notFound`. */
  write(request: ExportRequest): Promise<Result<WrittenExport | null>>
}

const endings: Readonly<Record<ExportFormat, string>> = {
  topicscope: '.topicscope.json',
  mqttbroker: '.mqttbroker',
  mqttx: '.mqttx.json',
  mosquitto: '.mosquitto.sh',
}

/** Writes connections into files: of ours all that belongs to them, of other formats what those can hold. */
export const createConnectionExport = (parts: ExportParts): ConnectionExport => ({
  write: async (request) => {
    const wanted = new Set(request.connectionIds)
    const profiles = parts.profiles().filter(({ id }) => wanted.has(id))
    if (profiles.length < wanted.size) return fail('notFound', 'A connection to export is not there any more.')
    return request.layout === 'folder' ? writeFolder(parts, profiles, request) : writeOne(parts, profiles, request)
  },
})

interface Made {
  readonly text: string
  readonly secrets: number
}

const writeOne = async (
  parts: ExportParts,
  profiles: readonly Profile[],
  request: ExportRequest,
): Promise<Result<WrittenExport | null>> => {
  const { text, secrets } = await textOf(parts, profiles, request)
  const [first] = profiles
  const name = profiles.length === 1 && first ? first.name : 'connections'
  const bytes = new TextEncoder().encode(text)
  const saved = await parts.files.save({ suggestedName: `${safeFileName(name)}${endings[request.format]}`, bytes })
  if (!saved.ok) return saved
  return ok(saved.value === null ? null : { path: saved.value, connections: profiles.length, secrets })
}

/** A file a connection, named by it: what is exported again is written in the same places. */
const writeFolder = async (
  parts: ExportParts,
  profiles: readonly Profile[],
  request: ExportRequest,
): Promise<Result<WrittenExport | null>> => {
  const folder = await parts.dialogs.choosePath('exportFolder')
  if (folder === null) return ok(null)
  const taken = new Set<string>()
  let secrets = 0
  for (const profile of profiles) {
    const made = await textOf(parts, [profile], request)
    secrets += made.secrets
    const path = join(folder, freeName(profile.name, endings[request.format], taken))
    try {
      await writeAtomically({ path, text: made.text, mode: 0o600, backup: null })
    } catch (error) {
      await rm(`${path}.tmp`, { force: true })
      const detail = messageOf(error)
      return fail('storageFailed', `${path} could not be written.`, { values: { file: basename(path), detail } })
    }
  }
  return ok({ path: folder, connections: profiles.length, secrets })
}

const freeName = (name: string, ending: string, taken: Set<string>): string => {
  const plain = safeFileName(name)
  for (let number = 1; ; number += 1) {
    const free = `${plain}${number === 1 ? '' : ` (${number})`}${ending}`
    // Some systems hold names that differ in their case for the same.
    if (taken.has(free.toLowerCase())) continue
    taken.add(free.toLowerCase())
    return free
  }
}

const textOf = async (
  parts: ExportParts,
  profiles: readonly Profile[],
  { format, password }: ExportRequest,
): Promise<Made> => {
  if (format === 'mqttx') return { text: mqttxText(profiles), secrets: 0 }
  if (format === 'mosquitto') return { text: mosquittoText(profiles), secrets: 0 }
  if (format === 'mqttbroker') {
    const texts = await Promise.all(profiles.map(async (profile) => mqttAnalyzerText(profile, await caOf(profile))))
    return { text: texts.join(''), secrets: 0 }
  }
  const connections = await Promise.all(profiles.map((profile) => ownOf(parts, profile)))
  const secrets = password === null || !canLock(format) ? [] : secretsOf(parts, profiles)
  const locked =
    password === null || secrets.length === 0 ? null : await lockSecrets(Object.fromEntries(secrets), password)
  return {
    text: ownFileText(connections, locked),
    secrets: secrets.reduce((sum, [, held]) => sum + Object.keys(held).length, 0),
  }
}

const secretsOf = ({ secrets }: ExportParts, profiles: readonly Profile[]) =>
  profiles.map(({ id }) => [id, secrets.get(id)] as const).filter(([, held]) => Object.keys(held).length > 0)

const ownOf = async (parts: ExportParts, profile: Profile): Promise<OwnConnection> => {
  const certificates = await embeddedCertificates(profile)
  return { ...(await settingsOf(parts, profile)), ...(certificates.length > 0 && { certificates }) }
}

const settingsOf = async (parts: ExportParts, profile: Profile): Promise<OwnConnection> => ({
  profile,
  savedMessages: (await parts.messagesOf(profile.id)).map(ownMessage).toSorted(inPlace),
  charts: [...parts.charts(profile.id)],
  payloadRules: parts.payloadRules().filter(({ connectionId }) => connectionId === profile.id),
})

const ownMessage = ({ id, name, folder, order, shortcut, message }: CollectionMessage): OwnMessage => ({
  id,
  name,
  folders: folder === '' ? [] : folder.split('/').map(decodeFileName),
  order,
  shortcut,
  message,
})

/** The same each time, whatever order they were read in. */
const inPlace = (one: OwnMessage, other: OwnMessage): number => {
  const keyOf = ({ folders, id }: OwnMessage) => JSON.stringify([folders, id])
  const [first, second] = [keyOf(one), keyOf(other)]
  if (first !== second && one.folders.join('/') === other.folders.join('/') && one.order !== other.order)
    return (one.order ?? Infinity) - (other.order ?? Infinity)
  return first < second ? -1 : 1
}

/** The certificates that the profile trusts; null = it names none, or they cannot be read. */
const caOf = async ({ scheme, tls }: Profile): Promise<EmbeddedFile | null> => {
  if (!usesTls(scheme) || tls.caFile === '') return null
  const read = await readRegularFile(tls.caFile, { limitBytes: mostCertificateBytes })
  return read.ok ? { name: read.value.name, data: read.value.bytes.toString('base64') } : null
}
