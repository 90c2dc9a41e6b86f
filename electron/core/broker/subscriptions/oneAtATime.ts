/** Who waits for an answer that does not come holds the others up no longer than this. */
const patienceMs = 5_000

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

/**
 * Lets requests that are under suspicion go one by one, after all others that are under way: when the connection ends
 * then, it is known which of them it was.
 */
export const createOneAtATime = () => {
  const underWay = new Set<Promise<unknown>>()
  let line: Promise<void> = Promise.resolve()

  const follow = <T>(request: Promise<T>): Promise<T> => {
    underWay.add(request)
    const done = () => void underWay.delete(request)
    request.then(done, done)
    return request
  }
  return {
    /** A request that goes at once. */
    follow,
    /** Resolves when it is the turn of the caller, who then begins with `follow`. */
    turn: (): Promise<void> => {
      // What is begun in the same breath goes first.
      line = line.then(() => undefined).then(() => atMost(Promise.allSettled([...underWay])))
      return line
    },
    /** Resolves when all are answered, or take too long. */
    settled: async (): Promise<void> => {
      await line
      await atMost(Promise.allSettled([...underWay]))
    },
  }
}
