// Why it is so: build/docs/decisions/71-a-page-cannot-name-a-file.md
import type { PayloadFile } from '#shared/model/publish'
import { fail, ok, type Result } from '#shared/result'
import type { Dialogs } from '../files/dialogs'
import { findRegularFile, openRegularFile, readRegularFile, type OpenedFileReader } from '../files/readRegularFile'

/** An MQTT packet cannot be larger (§1.5.5), so neither can a payload. */
const maximumPayloadBytes = 256 * 2 ** 20

/** Files of earlier choices that the window can still name. */
const keptTokens = 1_000

interface ReadPayloadFile {
  /** As it was read. */
  readonly file: PayloadFile
  readonly bytes: Buffer
}

export interface PayloadFilesParts {
  readonly dialogs: Pick<Dialogs, 'choosePath'>
  readonly newToken: () => string
}

/**
 * The files a person chose as payloads. The window gets a token for each, so that it can have none read that was not
 * chosen in the system's dialog or dropped onto the window; what is in a file is read when it is sent.
 */
export interface PayloadFiles {
  /** Asks for one; null = cancelled. Fails as reading it now would. */
  choose(): Promise<Result<PayloadFile | null>>
  /** One whose path the system told. Fails as reading it now would. */
  take(path: string): Promise<Result<PayloadFile>>
  /** Fails as `readRegularFile` does, and with `notFound` for a token that nobody got. */
  read(token: string, limitBytes?: number): Promise<Result<ReadPayloadFile>>
  /** Opens one of any size to be read piece by piece. Fails as reading it does. */
  openPieces(token: string): Promise<Result<OpenedFileReader>>
  /** Gives up what is being read. */
  close(): void
}

export const createPayloadFiles = ({ dialogs, newToken }: PayloadFilesParts): PayloadFiles => {
  const paths = new Map<string, string>()
  const closing = new AbortController()
  const limits = (limitBytes: number) => ({ limitBytes, signal: closing.signal })

  const remember = (path: string): string => {
    const token = newToken()
    paths.set(token, path)
    for (const oldest of paths.keys()) {
      if (paths.size <= keptTokens) break
      paths.delete(oldest)
    }
    return token
  }

  const take = async (path: string): Promise<Result<PayloadFile>> => {
    const found = await findRegularFile(path, limits(maximumPayloadBytes))
    return found.ok ? ok({ token: remember(path), ...found.value }) : found
  }

  return {
    choose: async () => {
      const path = await dialogs.choosePath('payload')
      return path === null ? ok(null) : take(path)
    },
    take,
    read: async (token, limitBytes = maximumPayloadBytes) => {
      const path = paths.get(token)
      if (path === undefined) return fail('notFound', 'This file was not chosen.')
      const read = await readRegularFile(path, limits(limitBytes))
      if (!read.ok) return read
      const { name, bytes, modifiedAt } = read.value
      return ok({ file: { token, name, size: bytes.length, modifiedAt }, bytes })
    },
    openPieces: async (token) => {
      const path = paths.get(token)
      return path === undefined ? fail('notFound', 'This file was not chosen.') : openRegularFile(path, closing.signal)
    },
    close: () => closing.abort(),
  }
}
