import { developmentPolicy } from './contentSecurityPolicy'
import { contentTypeOf } from './staticFile'

interface ServedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string
}

/** Where the page comes from while it is being written: Vite on this computer, which replaces modules as they are saved. */
export interface DevelopmentServer {
  /** Host and port. */
  readonly host: string
  /** The page's policy, as a header. */
  readonly policy: (nonce: string) => string
  /** Null when there is no such file. */
  readonly read: (pathAndQuery: string) => Promise<ServedFile | null>
}

/**
 * The server that `npm run dev` names. A build for anything else has no word of it: NODE_ENV is written into the bundle, so
 * that what follows the first line is left out.
 */
export const findDevelopmentServer = (isPackaged: boolean): DevelopmentServer | null => {
  if (process.env.NODE_ENV !== 'development' || isPackaged) return null
  const port = Number(process.env['TOPICSCOPE_DEVELOPMENT_PORT'])
  if (!Number.isInteger(port) || port <= 0) return null
  const host = `127.0.0.1:${port}`
  return {
    host,
    policy: (nonce) => developmentPolicy(nonce, host),
    read: async (pathAndQuery) => {
      const answer = await fetch(`http://${host}${pathAndQuery}`)
      if (!answer.ok) return null
      const contentType = answer.headers.get('content-type') ?? contentTypeOf(pathAndQuery)
      return { bytes: new Uint8Array(await answer.arrayBuffer()), contentType }
    },
  }
}
