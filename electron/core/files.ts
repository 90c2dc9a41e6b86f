import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ChosenFile } from '#shared/contract'
import { fail, ok, type Result } from '#shared/result'
import { safeFileName } from './safeFileName'

export type FilePurpose = 'certificate' | 'payload'

/** What the core asks of the desktop. Paths are absolute; null = the person cancelled. */
export interface Dialogs {
  choosePath(purpose: FilePurpose): Promise<string | null>
  savePath(suggestedName: string): Promise<string | null>
  writeClipboard(text: string): Promise<void> | void
}

/** An MQTT packet cannot be larger (§1.5.5), so neither can a payload. */
export const maximumPayloadBytes = 256 * 2 ** 20

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const readPayload = async (path: string, name: string): Promise<Result<ChosenFile>> => {
  const { size } = await stat(path)
  if (size > maximumPayloadBytes) {
    const values = { name, size, limit: maximumPayloadBytes }
    return fail('fileTooLarge', `${name} has ${size} bytes; at most ${maximumPayloadBytes} fit a message.`, { values })
  }
  return ok({ path, name, bytes: new Uint8Array(await readFile(path)) })
}

/** Asks for a file; only a payload is read. Fails with `fileUnreadable` or `fileTooLarge`. */
export const chooseFile = async (dialogs: Dialogs, purpose: FilePurpose): Promise<Result<ChosenFile | null>> => {
  const path = await dialogs.choosePath(purpose)
  if (path === null) return ok(null)
  const name = basename(path)
  if (purpose === 'certificate') return ok({ path, name, bytes: new Uint8Array() })
  try {
    return await readPayload(path, name)
  } catch (error) {
    const detail = reasonOf(error)
    return fail('fileUnreadable', `${name} could not be read: ${detail}`, { values: { name, detail } })
  }
}

/** Asks where to and writes the bytes as they are. Fails with `storageFailed`. */
export const saveFile = async (
  dialogs: Dialogs,
  { suggestedName, bytes }: { readonly suggestedName: string; readonly bytes: Uint8Array },
): Promise<Result<string | null>> => {
  const path = await dialogs.savePath(safeFileName(suggestedName))
  if (path === null) return ok(null)
  try {
    await writeFile(path, bytes)
    return ok(path)
  } catch (error) {
    const file = basename(path)
    const detail = reasonOf(error)
    return fail('storageFailed', `${file} could not be written: ${detail}`, { values: { file, detail } })
  }
}
