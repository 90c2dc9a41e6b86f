/** Messages of edge nodes and their devices of Sparkplug. */
const edgeKinds = ['NBIRTH', 'NDEATH', 'NDATA', 'NCMD', 'DBIRTH', 'DDEATH', 'DDATA', 'DCMD'] as const
export type EdgeMessageKind = (typeof edgeKinds)[number]

export type SparkplugTopic =
  | {
      readonly kind: EdgeMessageKind
      readonly group: string
      readonly node: string
      /** Null = the message is of the edge node itself. */
      readonly device: string | null
    }
  | { readonly kind: 'STATE'; readonly host: string }

const namespace = 'spBv1.0/'
/** Sparkplug 2.2 has the state of hosts outside of its namespace. */
const oldState = 'STATE/'

/** What a topic is in Sparkplug; null = it is none of its topics. Costs one look at the start of any other. */
export const readSparkplugTopic = (topic: string): SparkplugTopic | null => {
  if (topic.startsWith(oldState)) return stateOf(topic.slice(oldState.length))
  if (!topic.startsWith(namespace)) return null
  const [first = '', second = '', node, device, ...more] = topic.slice(namespace.length).split('/')
  if (first === 'STATE') return node === undefined ? stateOf(second) : null
  const kind = edgeKinds.find((one) => one === second)
  if (!kind || first === '' || !node || more.length > 0) return null
  const isOfDevice = kind.startsWith('D')
  if (isOfDevice ? !device : device !== undefined) return null
  return { kind, group: first, node, device: device ?? null }
}

const stateOf = (host: string): SparkplugTopic | null =>
  host === '' || host.includes('/') ? null : { kind: 'STATE', host }
