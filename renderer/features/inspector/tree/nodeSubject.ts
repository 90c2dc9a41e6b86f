import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { ValueSubject } from '../../../actions/action'
import { nodeAt, pathOf, type NodeWay } from '../../../decode/tree/nodeChildren'
import { valueKind, valueText } from '../../../decode/tree/nodeText'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Connection } from '../../../state/app'

interface SubjectParts {
  readonly connection: Connection
  readonly message: MessageView
  readonly root: PayloadNode
  readonly way: NodeWay
}

/** A node, for what can be done with it. */
export const nodeSubject = ({ connection, message, root, way }: SubjectParts): ValueSubject => {
  const node = nodeAt(root, way) ?? root
  return {
    connection,
    message,
    topic: message.topic,
    path: pathOf(root, way),
    kind: valueKind(node),
    get text() {
      return valueText(node)
    },
  }
}
