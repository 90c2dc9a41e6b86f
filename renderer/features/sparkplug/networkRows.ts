import type { EdgeNode, MetricSource } from '#shared/sparkplug/edgeNode'
import type { SparkplugHost } from '#shared/sparkplug/sparkplugNetwork'

/** A row of the tree: groups with their edge nodes and those with their devices, then hosts. */
export type NetworkRow =
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'node'; readonly node: EdgeNode }
  | { readonly kind: 'device'; readonly node: EdgeNode; readonly device: MetricSource }
  | { readonly kind: 'host'; readonly host: SparkplugHost }

export const networkRows = (nodes: readonly EdgeNode[], hosts: readonly SparkplugHost[]): readonly NetworkRow[] => {
  const groups = new Map<string, EdgeNode[]>()
  for (const node of nodes) {
    const known = groups.get(node.group)
    if (known) known.push(node)
    else groups.set(node.group, [node])
  }
  return [
    ...[...groups].flatMap(([name, inGroup]): readonly NetworkRow[] => [
      { kind: 'group', name },
      ...inGroup.flatMap((node): readonly NetworkRow[] => [
        { kind: 'node', node },
        ...[...node.devices.values()].map((device): NetworkRow => ({ kind: 'device', node, device })),
      ]),
    ]),
    ...hosts.map((host): NetworkRow => ({ kind: 'host', host })),
  ]
}
