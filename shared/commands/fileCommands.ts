import { z } from 'zod'
import { bytesSchema } from '../model/bytes'
import { fileTokenSchema, type PayloadFile } from '../model/publish'
import { answers, nothing } from './answers'

export interface ChosenFile {
  readonly path: string
  readonly name: string
}

/** Files and folders that a person chooses. */
export const fileCommands = {
  /** The system's dialog for a file that a profile names; null = cancelled. It is not read. */
  'file.choose': answers<ChosenFile | null>()(z.object({ purpose: z.literal('certificate') })),
  /** The system's dialog for a payload (at most 256 MiB); null = cancelled. Fails where it could not be read now. */
  'payloadFile.choose': answers<PayloadFile | null>()(nothing),
  /** What is in it now, at most `largestSavedPayload` of it. Fails as reading does, and with `notFound`. */
  'payloadFile.read': answers<Uint8Array>()(z.object({ fileToken: fileTokenSchema })),
  /** Asks where to and writes the bytes exactly; answers the path, null = cancelled. */
  'file.save': answers<string | null>()(z.object({ suggestedName: z.string().max(200), bytes: bytesSchema })),
  /**
   * Asks where to write a file in pieces; answers its token, null = cancelled. Until it is finished, what was there stays. Fails with
   * `fileNotWritten`, as all that writes files does.
   */
  'file.begin': answers<string | null>()(z.object({ suggestedName: z.string().max(200) })),
  /** Writes the bytes behind the others. A file that could not be written (`fileNotWritten`) is abandoned. */
  'file.append': answers<null>()(z.object({ fileToken: fileTokenSchema, bytes: bytesSchema })),
  /** Asks for the name of a new folder that files are written into; its token is finished and abandoned as that of a file. */
  'folder.begin': answers<string | null>()(z.object({ suggestedName: z.string().max(200) })),
  /** Writes files with safe names into it, in a folder at most; bytes of the same name as the file before go behind those. */
  'folder.append': answers<null>()(
    z.object({
      fileToken: fileTokenSchema,
      files: z.array(z.object({ name: z.string().max(500), bytes: bytesSchema })).max(1_000),
      manifest: bytesSchema,
    }),
  ),
  /** The file is whole; answers its path. */
  'file.finish': answers<string>()(z.object({ fileToken: fileTokenSchema })),
  'file.abandon': answers<null>()(z.object({ fileToken: fileTokenSchema })),
}
