/** A request whose answer does not come delays the others no longer than this. */
const patienceMs = 5_000

/**
 * Sends suspect requests one at a time, after all others were answered: when the connection ends then, the last one sent
 * was the cause.
 */
export interface OneAtATime {
  /** Registers a request that was sent; answers it. */
  follow<T>(request: Promise<T>): Promise<T>
  /** Resolves when the caller may send, which it then does with `follow`. */
  turn(): Promise<void>
  /** Resolves when all are answered, or take too long. */
  settled(): Promise<void>
}

export const createOneAtATime = (): OneAtATime => {
  const underWay = new Set<Promise<unknown>>()
  let line: Promise<void> = Promise.resolve()

  const follow = <T>(request: Promise<T>): Promise<T> => {
    underWay.add(request)
    const done = () => void underWay.delete(request)
    request.then(done, done)
    return request
  }
  return {
    follow,
    turn: () => {
      // One microtask later, so that requests begun in the same turn of the event loop are under way already.
      line = line.then(() => undefined).then(() => atMost(Promise.allSettled(underWay)))
      return line
    },
    settled: async () => {
      await line
      await atMost(Promise.allSettled(underWay))
    },
  }
}

const atMost = (promise: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs)
    timer.unref()
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    promise.then(done, done)
  })
