import type { ConnectionFailure } from '#shared/model/failure'

/** Characters of each text that are kept of a failure for later. */
export const keptText = 2_000

const shortened = (text: string): string =>
  text.length <= keptText ? text : `${text.slice(0, keptText)}… (${text.length} characters)`

/** The failure as it is kept for later: a server's texts may have 64 KiB each, and there may be many. */
export const shortenedFailure = (failure: ConnectionFailure): ConnectionFailure => ({
  ...failure,
  message: shortened(failure.message),
  technical: shortened(failure.technical),
  values: Object.fromEntries(
    Object.entries(failure.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? shortened(value) : value,
    ]),
  ),
})
