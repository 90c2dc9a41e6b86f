/** Milliseconds that the page may be busy before it loads the next piece all the same. */
const busyMs = 2_000

/**
 * Loads piece by piece whenever the page has nothing else to do: whoever needs one later has it at once. One that cannot be
 * loaded is left out: it is tried again when it is needed, and fails where that is seen. Answers how to end it.
 */
export const loadWhenIdle = (
  page: Pick<Window, 'requestIdleCallback' | 'cancelIdleCallback'>,
  loads: readonly (() => Promise<void>)[],
): (() => void) => {
  const waiting = [...loads]
  let request = 0
  let isOver = false
  const next = () => {
    const load = waiting.shift()
    if (!load || isOver) return
    request = page.requestIdleCallback(() => void load().then(next, next), { timeout: busyMs })
  }
  next()
  return () => {
    isOver = true
    page.cancelIdleCallback(request)
  }
}
