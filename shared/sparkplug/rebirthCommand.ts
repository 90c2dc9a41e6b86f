import { encodeJson } from '#shared/encoding/encodedJson'
import { rebirthMetric } from './metricRows'

/**
 * The message that asks an edge node for a new birth (tck-id-operational-behavior-data-commands-ncmd-rebirth-verb,
 * -name and -value). It is sent with QoS 0 and not retained (tck-id-payloads-ncmd-qos, -retain).
 */
export const rebirthCommand = (
  { group, node }: { readonly group: string; readonly node: string },
  now: number,
): { readonly topic: string; readonly payload: Uint8Array } => {
  const metric = { name: rebirthMetric, timestamp: now, dataType: 'Boolean', value: true }
  const encoded = encodeJson(JSON.stringify({ timestamp: now, metrics: [metric] }), 'sparkplug')
  if (!encoded.ok) throw new Error('A command that is always the same cannot be written.')
  return { topic: `spBv1.0/${group}/NCMD/${node}`, payload: encoded.bytes }
}
