export interface WaitOptions {
  /** Default 100,000: shorter than a test may take, so that the message names what was awaited. */
  readonly timeoutMs?: number
  /** Default 20. */
  readonly everyMs?: number
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Polls until `condition` answers something truthy and answers that. What the condition throws counts as "not yet".
 * Rejects when time is up; the message names `what` was awaited and the last thing thrown.
 */
export const waitFor = async <T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = 100_000, everyMs = 20 }: WaitOptions = {},
): Promise<NonNullable<T>> => {
  const deadline = performance.now() + timeoutMs
  let lastError: unknown = null
  for (;;) {
    try {
      const answer = await condition()
      if (answer) return answer
    } catch (error) {
      lastError = error
    }
    if (performance.now() > deadline) break
    await pause(everyMs)
  }
  const reason = lastError instanceof Error ? ` (last error: ${lastError.message})` : ''
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}${reason}`)
}
