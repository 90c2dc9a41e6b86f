import decodeUrl from './decoding/decodeWorker?worker&url'
import exportUrl from './logExport/exportWorker?worker&url'
import searchUrl from './logSearch/searchWorker?worker&url'
import schemaUrl from './schemaCheck/schemaWorker?worker&url'

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

const addresses = { decode: decodeUrl, export: exportUrl, search: searchUrl, schema: schemaUrl } as const

let trust: ((url: string) => string) | null = null

/** The content security policy takes script addresses only from this Trusted Types policy, which allows these files. */
export const workerAddress = (name: keyof typeof addresses): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  if (!trustedTypes) return addresses[name]
  if (!trust) {
    const createScriptURL = (url: string) => {
      if (!Object.values<string>(addresses).includes(url)) throw new TypeError('Not a worker of this application.')
      return url
    }
    const policy = trustedTypes.createPolicy('topicscope-worker', { createScriptURL })
    trust = (url) => policy.createScriptURL(url)
  }
  return trust(addresses[name])
}
