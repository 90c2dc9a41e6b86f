import { join } from 'node:path'
import { collectionLimits, type DamagedFile } from '#shared/model/collection'
import { largestSavedPayload } from '#shared/model/publish'
import { readRegularFile } from '../files/readRegularFile'
import { idByPath, type Entry } from './collectionEntry'
import { readMessageFile, withPayloadBytes, type Damage, type FiledMessage } from './messageFile'
import { damagedFile, forEachAtOnce, stampOf, type ListedFile } from './scanFolder'

type ReadFile =
  | {
      readonly ok: true
      readonly filed: FiledMessage
      readonly payloadFile: string | null
      readonly payloadStamp: string | null
    }
  | { readonly ok: false; readonly damage: Damage }

/** What was read of a folder. */
export interface ReadMessages {
  readonly entries: readonly Entry[]
  readonly damaged: readonly DamagedFile[]
}

export interface KnownFiles {
  /** The entry whose file this is, as it is in memory. */
  entryAt(path: string): Entry | undefined
}

/**
 * Reads the files that have changed since they were seen last; the entries of the others are answered as they are. Of two
 * files with one id, as a copy made outside has it, the one that had it before keeps it, else the first by its path.
 */
export const readMessages = async (
  root: string,
  files: readonly ListedFile[],
  { entryAt }: KnownFiles,
): Promise<ReadMessages> => {
  const found = new Map<string, { readonly listed: ListedFile; readonly read: ReadFile | Entry }>()
  let total = 0
  await forEachAtOnce(files, async (listed) => {
    total += sizeOf(listed.stamp)
    const entry = entryAt(listed.path)
    if (entry && (await isUnchanged(root, listed, entry))) found.set(listed.path, { listed, read: entry })
    else if (total > collectionLimits.totalBytes)
      found.set(listed.path, { listed, read: damaged({ reason: 'tooMany', detail: '' }) })
    else found.set(listed.path, { listed, read: await readOne(root, listed) })
  })
  const inOrder = files.flatMap(({ path }) => found.get(path) ?? [])
  const taken = new Set(inOrder.flatMap(({ read }) => ('ok' in read ? [] : [read.id])))
  const unreadable: DamagedFile[] = []
  const entries = inOrder.flatMap(({ listed, read }): readonly Entry[] => {
    if (!('ok' in read)) return [read]
    if (!read.ok) {
      const fileName = listed.path.split('/').at(-1) ?? listed.path
      unreadable.push(damagedFile({ folder: listed.folder, fileName }, read.damage.reason, read.damage.detail))
      return []
    }
    const { filed, payloadFile, payloadStamp } = read
    const own = filed.id !== '' && !taken.has(filed.id) ? filed.id : idByPath(listed.path)
    taken.add(own)
    const { folder, path, stamp } = listed
    return [{ id: own, folder, filed, file: { path, stamp, payloadFile, payloadStamp }, unsaved: null }]
  })
  return { entries, damaged: unreadable }
}

const damaged = (damage: Damage): ReadFile => ({ ok: false, damage })

const readLimited = async (path: string, limitBytes: number): Promise<Uint8Array | Damage> => {
  const read = await readRegularFile(path, { limitBytes })
  if (read.ok) return new Uint8Array(read.value.bytes)
  const { code, message } = read.error
  return code === 'fileTooLarge' ? { reason: 'tooLarge', detail: '' } : { reason: 'unreadable', detail: message }
}

/** A name from a file leads to nothing but a file beside it. */
const isPlainName = (name: string) => !/[/\\:\0]/.test(name) && name !== '.' && name !== '..'

/** Of a link there is no stamp, so one that leads elsewhere is not followed. */
const readPayload = async (
  folder: string,
  payloadFile: string,
): Promise<{ bytes: Uint8Array; stamp: string } | Damage> => {
  const damage: Damage = { reason: 'payload', detail: payloadFile }
  if (!isPlainName(payloadFile)) return damage
  const path = join(folder, payloadFile)
  const stamp = await stampOf(path)
  const bytes = stamp === null ? damage : await readLimited(path, largestSavedPayload)
  return bytes instanceof Uint8Array && stamp !== null ? { bytes, stamp } : damage
}

const readOne = async (root: string, { path, folder }: ListedFile): Promise<ReadFile> => {
  const bytes = await readLimited(join(root, path), collectionLimits.fileBytes)
  if (!(bytes instanceof Uint8Array)) return damaged(bytes)
  const read = readMessageFile(bytes)
  if (!read.ok) return read
  const { filed, payloadFile } = read
  if (payloadFile === null) return { ok: true, filed, payloadFile, payloadStamp: null }
  const payload = await readPayload(join(root, folder), payloadFile)
  if ('reason' in payload) return damaged(payload)
  const message = withPayloadBytes(filed.message, payload.bytes)
  return { ok: true, filed: { ...filed, message }, payloadFile, payloadStamp: payload.stamp }
}

const isUnchanged = async (root: string, { stamp, folder }: ListedFile, entry: Entry | undefined): Promise<boolean> => {
  const file = entry?.file
  if (!file || file.stamp !== stamp) return false
  return file.payloadFile === null || (await stampOf(join(root, folder, file.payloadFile))) === file.payloadStamp
}

const sizeOf = (stamp: string) => Number(stamp.split(':')[1] ?? 0)
