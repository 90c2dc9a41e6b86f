import { basename } from 'node:path'
import type { ChosenFile } from '#shared/commands/fileCommands'

/** `collection` and `exportFolder` are folders, which may be made in the dialog; `protobufFolder` is one that is there. */
export type FilePurpose =
  | 'certificate'
  | 'payload'
  | 'collection'
  | 'collectionFile'
  | 'exportFolder'
  | 'jsonSchema'
  | 'protobuf'
  | 'protobufFolder'
  | 'avro'
  | 'payloadRules'
  | 'recording'

/** What is asked once more outside the window; the words are the desktop's. */
export type Question =
  | { readonly kind: 'storeSecretsReadable' }
  | { readonly kind: 'readTypedFiles'; readonly paths: readonly string[] }

/** What the core asks of the desktop. Paths are absolute; null = the person cancelled. */
export interface Dialogs {
  choosePath(purpose: FilePurpose): Promise<string | null>
  /** Files of other tools, any number of them, or a folder; none = cancelled. */
  choosePaths(kind: 'files' | 'folder'): Promise<readonly string[]>
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
