import { encodeUtf8 } from '#shared/mqtt/utf8'
import { parseHex } from '#shared/mqtt/payloadText'

const hexPrefix = /^0x/i

/** Bytes of correlation data (MQTT 5 §3.3.2.3.6): UTF-8 text, or hex pairs behind `0x`. null = broken hex. */
export const parseCorrelationData = (text: string): Uint8Array | null => {
  if (!hexPrefix.test(text)) return encodeUtf8(text)
  const parsed = parseHex(text.slice(2))
  return parsed.ok ? parsed.bytes : null
}
