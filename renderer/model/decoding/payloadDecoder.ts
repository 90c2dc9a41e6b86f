import type { DecodedItem, PayloadToDecode } from './decodeItems'
import type { DecodingRule } from './ruleDecoder'

export type DecodeRequest =
  | { readonly kind: 'rules'; readonly rules: readonly DecodingRule[] }
  | { readonly kind: 'items'; readonly items: readonly PayloadToDecode[] }

/** A thread that answers one list of payloads at a time. */
export interface DecodeThread {
  post(request: DecodeRequest): void
  listen(answer: (items: readonly DecodedItem[]) => void, fail: () => void): void
  /** Ends it, whatever it does. */
  end(): void
}

/** Decodes payloads, one list after the other. */
export interface PayloadDecoder {
  /** For what is asked from now on. */
  setRules(rules: readonly DecodingRule[]): void
  decode(items: readonly PayloadToDecode[]): Promise<readonly DecodedItem[]>
}

interface DecoderParts {
  readonly startThread: () => DecodeThread
  /** Calls the function after some milliseconds; answers how to call that off. */
  readonly later: (run: () => void, milliseconds: number) => () => void
}

/** The largest payloads take a second; a list of small ones milliseconds. */
const patienceMs = 5_000

interface Waiting {
  readonly items: readonly PayloadToDecode[]
  readonly resolve: (decoded: readonly DecodedItem[]) => void
}

export const createPayloadDecoder = ({ startThread, later }: DecoderParts): PayloadDecoder => {
  let thread: DecodeThread | null = null
  let isBusy = false
  let rules: readonly DecodingRule[] = []
  const waiting: Waiting[] = []

  const threadWithRules = (): DecodeThread => {
    if (thread) return thread
    thread = startThread()
    thread.post({ kind: 'rules', rules })
    return thread
  }
  const next = (): void => {
    const wanted = isBusy ? undefined : waiting.shift()
    if (!wanted) return
    isBusy = true
    const done = (decoded: readonly DecodedItem[]) => {
      stopWaiting()
      isBusy = false
      wanted.resolve(decoded)
      next()
    }
    // Of several, each is asked for by itself then, so that only the one that does not end is blamed.
    const giveUp = () => {
      thread?.end()
      thread = null
      if (wanted.items.length === 1) {
        done([tookTooLong])
        return
      }
      stopWaiting()
      isBusy = false
      void Promise.all(wanted.items.map((item) => ask([item]))).then((lists) => wanted.resolve(lists.flat()))
    }
    const stopWaiting = later(giveUp, patienceMs)
    const asked = threadWithRules()
    asked.listen(done, giveUp)
    asked.post({ kind: 'items', items: wanted.items })
  }
  const ask = (items: readonly PayloadToDecode[]) =>
    new Promise<readonly DecodedItem[]>((resolve) => {
      waiting.push({ items, resolve })
      next()
    })
  return {
    setRules: (changed) => {
      rules = changed
      thread?.post({ kind: 'rules', rules })
    },
    decode: ask,
  }
}

const tookTooLong: DecodedItem = { ok: false, at: '', reason: 'tookTooLong', offset: 0 }
