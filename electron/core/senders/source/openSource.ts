import type { Script } from '#shared/model/script'
import type { SenderRequest } from '#shared/model/sender'
import type { Result } from '#shared/result'
import { openRecordedSource } from './recordedSource'
import { openScriptSource } from './scriptSource'
import { openComposedSource, type ComposedSourceParts, type SenderSource } from './senderSource'

export interface SenderSourceParts extends ComposedSourceParts {
  /** Undefined = there is no such script. */
  readonly scriptNamed: (scriptId: string) => Pick<Script, 'name' | 'text'> | undefined
  /** The name of a connection. */
  readonly nameOf: (connectionId: string) => string
}

/** Fails as opening its script and as `openComposedSource` do. */
export const openSource = async (request: SenderRequest, parts: SenderSourceParts): Promise<Result<SenderSource>> => {
  const { source, devices, pace } = request.plan
  if (source.kind === 'recording') return openRecordedSource(source, pace, parts)
  if (source.kind === 'script') {
    const script = parts.scriptNamed(source.scriptId)
    const connection = parts.nameOf(request.connectionId)
    return openScriptSource({
      ...parts,
      text: script?.text,
      name: script?.name ?? '',
      connection,
      devices: devices.count,
    })
  }
  return openComposedSource(request, source, parts)
}
