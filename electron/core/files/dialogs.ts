import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ChosenFile } from '#shared/contract'
import { fail, ok, type Result } from '#shared/result'
import { safeFileName } from './safeFileName'

/** `collection` is a folder, which may be made in the dialog. */
export type FilePurpose = 'certificate' | 'payload' | 'collection' | 'collectionFile'

/** What is asked once more outside the window; the words are the desktop's. */
export type Question =
  | { readonly kind: 'storeSecretsReadable' }
  | { readonly kind: 'readTypedFiles'; readonly paths: readonly string[] }

/** What the core asks of the desktop. Paths are absolute; null = the person cancelled. */
export interface Dialogs {
  choosePath(purpose: FilePurpose): Promise<string | null>
  /** The system's own question, in front of the window and out of the page's reach; false = the person said no. */
  confirm(question: Question): Promise<boolean>
  savePath(suggestedName: string): Promise<string | null>
  writeClipboard(text: string): Promise<void> | void
}

/** Asks for a file that a profile names, which is not read; null = cancelled. */
export const chooseFile = async (dialogs: Dialogs): Promise<ChosenFile | null> => {
  const path = await dialogs.choosePath('certificate')
  return path === null ? null : { path, name: basename(path) }
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

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
