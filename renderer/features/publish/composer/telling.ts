import type { Text } from '@codemirror/state'

/** Characters: to put a text of some megabytes together takes longer than a key may. */
const mostAtOnce = 256 * 2 ** 10
const pauseMs = 300

/** Tells what an editor holds: at once while it is short, else when nothing was typed for a moment or when it is needed. */
export interface Telling {
  changed(doc: Text): void
  /** Tells what waits. */
  flush(): void
  /** What waits is not told: something else stands in its place. */
  drop(): void
}

export const createTelling = (tell: (text: string) => void): Telling => {
  let waiting: Text | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const drop = () => {
    clearTimeout(timer)
    waiting = null
  }
  const flush = () => {
    if (!waiting) return
    const doc = waiting
    drop()
    // Joined it is one piece at once; what is put together line by line takes its time again when it is first read.
    tell(doc.toJSON().join('\n'))
  }
  return {
    changed: (doc) => {
      drop()
      if (doc.length <= mostAtOnce) tell(doc.toString())
      else {
        waiting = doc
        timer = setTimeout(flush, pauseMs)
      }
    },
    flush,
    drop,
  }
}
