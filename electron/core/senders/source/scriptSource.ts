import type { MadeMessage } from '#shared/model/publish'
import { fail, ok, type AppError, type Result } from '#shared/result'
import { outputsOf } from '../../scripts/scriptOutputs'
import { scriptFailed } from '../../scripts/scriptFailed'
import { openScriptThread, type ScriptThread } from '../../scripts/scriptThread'
import type { SenderSource } from './senderSource'

export interface ScriptSourceParts {
  /** Its text; undefined = there is no such script. */
  readonly text: string | undefined
  readonly name: string
  readonly connection: string
  readonly devices: number
  /** Milliseconds of any clock that does not jump. */
  readonly steadyNow?: () => number
  /** Called when there is more after a message was not read yet. */
  readonly onRead: () => void
}

/** A script that made nothing in so many calls makes nothing at all. */
const mostEmptyCalls = 1_000
/** So many calls may be made before their messages are due. */
const mostAhead = 512
/** Calls are made ahead for about so many milliseconds, so that the time a script reads is nearly that of the sending. */
const aheadMs = 50

/**
 * A script is called for each message that is due, as device `n` in turn; where it makes several, they are due one after the other.
 * Fails with `notFound`, and with `scriptFailed` where its text is none.
 */
export const openScriptSource = async (parts: ScriptSourceParts): Promise<Result<SenderSource>> => {
  if (parts.text === undefined) return fail('notFound', 'The script of this plan was deleted.')
  const thread = await openScriptThread(parts.text)
  const error = await thread.begun
  return error ? { ok: false, error } : ok(createScriptSource(parts, thread))
}

const createScriptSource = (
  { name, connection, devices, onRead, steadyNow = () => performance.now() }: ScriptSourceParts,
  thread: Pick<ScriptThread, 'call' | 'close'>,
): SenderSource => {
  const ready: MadeMessage[] = []
  let failed: AppError | null = null
  let calls = 0
  let empty = 0
  let underWay = 0
  let ahead = 1
  let askedAt = -Infinity
  let isClosed = false

  const askOne = () => {
    underWay += 1
    const number = calls++
    const n = (number % devices) + 1
    void thread
      .call({ ...noMessage, topic: name, connection, n, i: Math.floor(number / devices) + 1 })
      .then((outcome) => {
        underWay -= 1
        if (isClosed || failed) return
        const outputs = outputsOf(outcome.made)
        if (outcome.error) failed = outcome.error
        else if (!outputs.ok) failed = outputs.error
        else {
          ready.push(...outputs.value)
          empty = outputs.value.length === 0 ? empty + 1 : 0
          if (empty >= mostEmptyCalls) failed = nothingMade
        }
        if (underWay === 0 && (ready.length > 0 || failed)) onRead()
        else if (underWay === 0) askOne()
      })
  }
  /** Asked in vain soon after the last time: more is needed at a time. */
  const askMore = () => {
    const now = steadyNow()
    ahead = now - askedAt < aheadMs ? Math.min(mostAhead, ahead * 2) : Math.max(1, Math.floor(ahead / 2))
    askedAt = now
    for (let count = 0; count < ahead; count++) askOne()
  }
  return {
    topic: name,
    qos: 0,
    recorded: null,
    leftOut: null,
    total: () => null,
    next: () => {
      const message = ready.shift()
      if (message) return ok(message)
      if (failed) return { ok: false, error: failed }
      if (underWay === 0) askMore()
      return 'notRead'
    },
    close: () => {
      isClosed = true
      thread.close()
    },
  }
}

const noMessage = { payload: new Uint8Array(), qos: 0, retain: false, properties: {} }

const nothingMade = scriptFailed({ problem: 'nothingMade', detail: String(mostEmptyCalls), line: 1, column: 1 }).error
