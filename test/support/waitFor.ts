export interface WaitOptions {
  /** Default 20. */
  readonly everyMs?: number
}

interface Wait {
  readonly what: string
  lastError: unknown
  isOver: boolean
}

const waits = new Set<Wait>()

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Polls until `condition` answers something truthy and answers that. What the condition throws counts as "not yet". It
 * waits for as long as its test lasts, because only the test knows how long that may be.
 */
export const waitFor = async <T>(
  what: string,
  condition: () => T | Promise<T>,
  { everyMs = 20 }: WaitOptions = {},
): Promise<NonNullable<T>> => {
  const wait: Wait = { what, lastError: null, isOver: false }
  waits.add(wait)
  while (!wait.isOver) {
    try {
      const answer = await condition()
      if (answer) {
        waits.delete(wait)
        return answer
      }
    } catch (error) {
      wait.lastError = error
    }
    await pause(everyMs)
  }
  throw new Error(inVain(wait))
}

const inVain = ({ what, lastError }: Wait) =>
  `Waited in vain for ${what}${lastError instanceof Error ? ` (last error: ${lastError.message})` : ''}`

/** To be called when a test has ended: ends the waits it left behind, and throws an error that names them. */
export const endWaits = (): void => {
  const left = [...waits]
  waits.clear()
  for (const wait of left) wait.isOver = true
  if (left.length > 0) throw new Error(left.map(inVain).join('\n'))
}
