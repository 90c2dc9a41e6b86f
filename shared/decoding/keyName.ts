import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'

/** Under which name a member of a map stands whose key may be anything: a text as it is, everything else as JSON. */
export const keyName = (key: PayloadNode): string => (key.kind === 'text' ? key.text : (nodeJson(key) ?? ''))
