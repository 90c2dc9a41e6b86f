// Why it is so: build/docs/decisions/74-a-log-line-is-visible-text-at-a-human-rate.md
import { visibleLine } from '#shared/text/visibleLine'
import { withoutSecrets } from '#shared/text/withoutSecrets'
import { messageOf } from '#shared/text/messageOf'

/** Frames of a stack that tell where something happened. */
const maximumFrames = 20
/** Secrets are looked for in the beginning of a text: nothing behind it is shown. */
const searchedCharacters = 16_384

/** What happened, as one line without controls, secrets or line breaks, whoever wrote it. */
export const logLine = (message: string): string =>
  visibleLine(withoutSecrets(message.slice(0, searchedCharacters)) + message.slice(searchedCharacters))

/** Only what stands behind the message: a message may hold lines that look like frames. */
const framesOf = (error: Error): readonly string[] => {
  const stack = error.stack ?? ''
  const end = stack.indexOf(error.message)
  if (end < 0) return []
  return stack
    .slice(end + error.message.length)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, maximumFrames)
    .map((frame) => `    ${logLine(frame.trim())}`)
}

/** An error: one line, and below it the places in our code where it happened. */
export const errorLines = (message: string, error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : ''
  const first = logLine(`${message}: ${messageOf(error)}${cause}`)
  return [first, ...(error instanceof Error ? framesOf(error) : [])].join('\n')
}
