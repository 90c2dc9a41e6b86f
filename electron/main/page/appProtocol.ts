import { protocol } from 'electron'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Language } from '#shared/model/settings'
import { host, scheme } from './appAddress'
import { contentSecurityPolicy } from './contentSecurityPolicy'
import { crashPage } from './crashPage'
import type { DevelopmentServer } from './developmentServer'
import { contentTypeOf, fileInside } from './staticFile'

/** Before the application is ready: makes `app://` an origin like `https://`. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export interface AppProtocolOptions {
  /** The built page; nothing else is served. */
  readonly root: string
  readonly language: () => Language
  /** Serves the page in place of `root`. */
  readonly development: DevelopmentServer | null
}

const noncePlaceholder = '__STYLE_NONCE__'

/** Isolates the page from every other origin, without which it gets no memory that its threads share. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const respond = (body: string | Uint8Array<ArrayBuffer>, status: number, headers: Readonly<Record<string, string>>) =>
  new Response(body, {
    status,
    headers: { ...headers, ...isolation, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' },
  })

const html = (text: string, styleNonce: string, policy = contentSecurityPolicy(styleNonce)) =>
  respond(text, 200, {
    'Content-Type': contentTypeOf('index.html'),
    'Content-Security-Policy': policy,
    // The nonce is for one load.
    'Cache-Control': 'no-store',
  })

const notFound = () => respond('Not found', 404, { 'Content-Type': 'text/plain; charset=utf-8' })

const serveFile = async (path: string): Promise<Response> => {
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) return notFound()
  if (!path.endsWith('.html')) {
    // A worker's policy is the one its own script came with.
    const headers = { 'Content-Type': contentTypeOf(path), 'Content-Security-Policy': contentSecurityPolicy('none') }
    return respond(new Uint8Array(bytes), 200, headers)
  }
  const styleNonce = randomBytes(16).toString('base64')
  return html(bytes.toString('utf8').replaceAll(noncePlaceholder, styleNonce), styleNonce)
}

const serveFromDevelopment = async ({ read, policy }: DevelopmentServer, path: string): Promise<Response> => {
  const file = await read(path)
  if (!file) return notFound()
  if (!file.contentType.startsWith('text/html')) {
    const headers = { 'Content-Type': file.contentType, 'Content-Security-Policy': contentSecurityPolicy('none') }
    return respond(file.bytes, 200, { ...headers, 'Cache-Control': 'no-store' })
  }
  const nonce = randomBytes(16).toString('base64')
  const text = Buffer.from(file.bytes).toString('utf8').replaceAll(noncePlaceholder, nonce)
  return html(text, nonce, policy(nonce))
}

const serveCrashPage = (language: Language) => {
  const styleNonce = randomBytes(16).toString('base64')
  return html(crashPage(language, styleNonce), styleNonce)
}

/** Serves `app://topicscope/`: the built page, the crash page, and 404 for everything else. */
export const handleAppProtocol = ({ root, language, development }: AppProtocolOptions): void => {
  protocol.handle(scheme, async (request) => {
    const address = new URL(request.url)
    if (address.host !== host || request.method !== 'GET') return notFound()
    if (address.pathname === '/crashed.html') return serveCrashPage(language())
    if (development) return serveFromDevelopment(development, address.pathname + address.search)
    const path = fileInside(root, address.pathname)
    return path === null ? notFound() : serveFile(path)
  })
}
