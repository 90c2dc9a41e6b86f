import { urlHost } from '#shared/address/urlHost'
import type { Profile, Secrets } from '#shared/model/profile'
import { usesTls } from '#shared/model/profile'
import { streamTarget } from '../broker/connecting/clientOptions'
import { openStream } from '../broker/connecting/openStream'
import { proxyFor } from '../broker/connecting/proxy/proxyFor'
import { loadTlsMaterial, noMaterial } from '../broker/connecting/tls/tlsMaterial'

/** What a web server says of itself in the head of its answer. Untrusted. */
export interface HttpHead {
  /** E.g. `HTTP/1.1 404 Not Found`. */
  readonly status: string
  /** '' = it does not say. */
  readonly server: string
  /** Milliseconds since 1970, by its clock; null = it does not say. */
  readonly date: number | null
}

const webSocketKey = Buffer.from('topicscopedoctor').toString('base64')

/** A head is that long at most; a server that sends more says nothing we want. */
const mostHeadBytes = 16_384

export const readHead = (text: string): HttpHead | null => {
  const [status = '', ...lines] = text.split('\r\n')
  if (!/^HTTP\/1\.[01] \d{3}/.test(status)) return null
  const header = (name: string): string =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  const date = Date.parse(header('date'))
  return { status, server: header('server'), date: Number.isNaN(date) ? null : date }
}

/**
 * Asks the web server of a WebSocket connection for its head, without credentials; null = it gave none. RFC 6455 §4.1: the key
 * is of 16 bytes, and nothing hangs on which.
 */
export const askHttpHead = async (
  profile: Profile,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<HttpHead | null> => {
  const material = usesTls(profile.scheme) ? await loadTlsMaterial(profile.tls, secrets.keyPassphrase, signal) : null
  if (material?.ok === false) return null
  const { place, ...others } = streamTarget(profile, material?.value ?? noMaterial)
  const proxy = await proxyFor(profile, place, { secrets, environment: process.env })
  if (!proxy.ok) return null
  const target = { ...others, place, proxy: proxy.value, webSocket: null }
  const opened = await openStream(target, { signal, onStage: () => undefined })
  if (!opened.ok) return null
  const { socket } = opened.value
  const { host, port } = target.place
  const lines = [
    `GET ${profile.path === '' ? '/' : profile.path.replaceAll('#', '%23')} HTTP/1.1`,
    `Host: ${urlHost(host)}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${webSocketKey}`,
    'Sec-WebSocket-Protocol: mqtt',
  ]
  return new Promise((resolve) => {
    let head = ''
    const end = (value: HttpHead | null) => {
      socket.destroy()
      resolve(value)
    }
    signal.addEventListener('abort', () => end(null), { once: true })
    socket.on('error', () => end(null))
    socket.on('close', () => end(readHead(head)))
    socket.on('data', (bytes: Buffer) => {
      head += bytes.toString('latin1')
      const length = head.indexOf('\r\n\r\n')
      if (length >= 0) end(readHead(head.slice(0, length)))
      else if (head.length > mostHeadBytes) end(null)
    })
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}
