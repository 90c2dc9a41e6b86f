import { createHash, createHmac } from 'node:crypto'

export interface PresignRequest {
  /** As the header Host has it: without the usual port of the scheme. */
  readonly host: string
  readonly path: string
  /** As they stand in the address, decoded. */
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly region: string
  /** E.g. `iotdevicegateway`. */
  readonly service: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Seconds that the signature is good for. */
  readonly lifetimeSeconds: number
  /** Milliseconds since 1970. */
  readonly now: number
  /** Of the body in hex; default: of an empty one. */
  readonly payloadHash?: string
}

const algorithm = 'AWS4-HMAC-SHA256'
const emptyHash = createHash('sha256').digest('hex')

/**
 * The query that signs a GET by Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), with what was there before it.
 */
export const presignedQuery = (request: PresignRequest): string => {
  const { host, path, region, service, accessKeyId, secretAccessKey, lifetimeSeconds, now } = request
  // 20130524T000000Z
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const date = time.slice(0, 8)
  const scope = `${date}/${region}/${service}/aws4_request`
  const query = [
    ...request.query,
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${accessKeyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(lifetimeSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ] as const
  const canonicalQuery = query
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([one, its], [other, others]) => inOrder(one, other) || inOrder(its, others))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const canonicalPath = path.split('/').map(encoded).join('/')
  const payloadHash = request.payloadHash ?? emptyHash
  const canonical = ['GET', canonicalPath, canonicalQuery, `host:${host}`, '', 'host', payloadHash].join('\n')
  const hash = createHash('sha256').update(canonical).digest('hex')
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  const signature = createHmac('sha256', key).update([algorithm, time, scope, hash].join('\n')).digest('hex')
  return `${canonicalQuery}&X-Amz-Signature=${signature}`
}

/** RFC 3986 §2.3: all but unreserved characters. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** By code points, which for ASCII are bytes. */
const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
