// Why it is so: build/docs/decisions/94-a-thread-decodes-payloads.md
import { createItemDecoder } from './decodeItems'
import type { DecodeRequest } from './payloadDecoder'

/** The thread that decodes what is looked at: a payload that takes long, or for ever, stops neither page nor search. */
const decoder = createItemDecoder()

self.onmessage = ({ data }: MessageEvent<DecodeRequest>) => {
  if (data.kind === 'rules') decoder.take(data.rules)
  else self.postMessage(data.items.map(decoder.decode))
}
