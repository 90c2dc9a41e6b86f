import { encodeJson } from '#shared/encoding/encodedJson'
import type { SparkplugMessage } from './sparkplugNetwork'

/** For tests: the bytes of a payload of Sparkplug B that is written as JSON. */
export const sparkplugBytes = (payload: unknown): Uint8Array<ArrayBuffer> => {
  const encoded = encodeJson(JSON.stringify(payload), 'sparkplug')
  if (!encoded.ok) throw new Error(JSON.stringify(encoded))
  return encoded.bytes
}

export const bdSeqMetric = (value: number) => ({ name: 'bdSeq', dataType: 'UInt64', value })

/** For tests: messages of the edge node `Edge` in the group `Plant`, each with the next number of the log. */
export const createSparkplugLife = (take: (message: SparkplugMessage) => void) => {
  let sequence = 0
  return (kind: string, payload: unknown, given: Partial<SparkplugMessage> & { readonly device?: string } = {}) => {
    sequence += 1
    const { device, ...rest } = given
    const topic = `spBv1.0/Plant/${kind}/Edge${device === undefined ? '' : `/${device}`}`
    take({ topic, payload: sparkplugBytes(payload), at: sequence * 1_000, sequence, ...rest })
  }
}
