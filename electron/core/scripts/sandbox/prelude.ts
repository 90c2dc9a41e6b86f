/**
 * What a script finds beside the language, and how messages get in and out of it. It runs before the script and keeps what it
 * uses, so that a script which changes built-in objects harms itself only. Texts cross as JSON, because the engine's own way
 * ends a text at NUL; bytes cross as buffers.
 */
export const prelude = `(function (writeLine, toUtf8, fromUtf8, limits) {
  'use strict'
  const { parse, stringify } = JSON
  const { apply } = Reflect
  const { isArray } = Array
  const { isView } = ArrayBuffer
  const { isInteger } = Number
  const { keys } = Object
  const { then } = Promise.prototype
  const { push, join } = Array.prototype
  const { slice, charCodeAt, indexOf } = String.prototype
  const { fromCharCode } = String
  const NativePromise = Promise
  const Bytes = Uint8Array
  const { set } = Uint8Array.prototype
  const Buffer = ArrayBuffer
  const Failure = TypeError

  const shown = (value) => {
    if (typeof value === 'string') return value
    if (value instanceof Error) return String(value)
    if (isView(value)) return 'bytes ' + stringify(Array.from(new Bytes(value.buffer, value.byteOffset, Math.min(value.byteLength, 100))))
    if (typeof value === 'object' && value !== null) {
      try { return stringify(value) } catch (error) { return String(value) }
    }
    return String(value)
  }
  const log = (...values) => {
    const texts = []
    for (let i = 0; i < values.length; i++) apply(push, texts, [shown(values[i])])
    writeLine(stringify(apply(slice, apply(join, texts, [' ']), [0, limits.lineLength])))
  }
  globalThis.console = { log, info: log, warn: log, error: log, debug: log }

  globalThis.TextEncoder = class TextEncoder {
    get encoding() { return 'utf-8' }
    encode(text = '') { return new Bytes(toUtf8(stringify(String(text)))) }
  }
  globalThis.TextDecoder = class TextDecoder {
    get encoding() { return 'utf-8' }
    decode(bytes = new Bytes()) { return parse(fromUtf8(bufferOf(bytes))) }
  }
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  globalThis.btoa = (value) => {
    const text = String(value)
    let made = ''
    for (let i = 0; i < text.length; i += 3) {
      const codes = [0, 1, 2].map((k) => (i + k < text.length ? apply(charCodeAt, text, [i + k]) : 0))
      if (codes.some((code) => code > 255)) throw new Failure('btoa takes characters up to U+00FF only. Encode the text with TextEncoder first.')
      const bits = (codes[0] << 16) | (codes[1] << 8) | codes[2]
      made += digits[bits >> 18] + digits[(bits >> 12) & 63] + (i + 1 < text.length ? digits[(bits >> 6) & 63] : '=') + (i + 2 < text.length ? digits[bits & 63] : '=')
    }
    return made
  }
  globalThis.atob = (value) => {
    const text = String(value).replace(/[\\t\\n\\f\\r ]/g, '').replace(/={1,2}$/, '')
    if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) throw new Failure('This is no Base64.')
    const codes = []
    let bits = 0
    let count = 0
    for (let i = 0; i < text.length; i++) {
      bits = ((bits << 6) | apply(indexOf, digits, [text[i]])) & 0xffffff
      count += 6
      if (count >= 8) { count -= 8; apply(push, codes, [fromCharCode((bits >> count) & 255)]) }
    }
    return apply(join, codes, [''])
  }

  const bufferOf = (value) => {
    if (value instanceof Buffer) return value
    const view = new Bytes(value.buffer, value.byteOffset, value.byteLength)
    const copy = new Bytes(view.length)
    apply(set, copy, [view])
    return copy.buffer
  }

  const messageOf = (head, buffer) => {
    const { text, correlationData, ...others } = parse(head)
    const message = { ...others, payload: text, bytes: new Bytes(buffer) }
    if (correlationData) message.properties.correlationData = new Bytes(correlationData)
    let isRead = false
    let json
    Object.defineProperty(message, 'json', {
      enumerable: true,
      configurable: true,
      get: () => {
        if (!isRead) { isRead = true; try { json = parse(text) } catch (error) { json = undefined } }
        return json
      },
      set: (value) => { isRead = true; json = value },
    })
    return message
  }

  /** The head of each message as JSON, and behind it the buffers of those that have bytes. */
  const collect = (returned) => {
    const made = []
    const buffers = []
    let size = 0
    const list = returned === undefined || returned === null ? [] : isArray(returned) ? returned : [returned]
    const count = list.length
    if (count > limits.outputs) return stringify({ problem: 'tooManyOutputs', detail: String(count) })
    const bytesOf = (value) => {
      const place = buffers.length
      size += value.byteLength
      if (size <= limits.outputBytes) apply(push, buffers, [bufferOf(value)])
      return { buffer: place }
    }
    const holdsBytes = (value) => isView(value) || value instanceof Buffer
    for (let i = 0; i < count; i++) {
      const one = list[i]
      if (typeof one !== 'object' || one === null || isArray(one) || holdsBytes(one)) {
        apply(push, made, [{ none: one === null ? 'null' : isArray(one) ? 'array' : typeof one }])
        continue
      }
      const head = {}
      const names = keys(one)
      for (let k = 0; k < names.length; k++) {
        const name = names[k]
        const value = one[name]
        if (value === undefined) continue
        if (name === 'payload') {
          if (holdsBytes(value)) head.payload = bytesOf(value)
          else {
            const text = typeof value === 'string' ? value : stringify(value)
            if (text === undefined) { head.payload = { none: typeof value }; continue }
            size += text.length
            head.payload = { text }
          }
        } else if (name === 'properties' && typeof value === 'object' && value !== null) {
          const { correlationData, userProperties, ...others } = value
          head.properties = others
          if (correlationData !== undefined) head.properties.correlationData = holdsBytes(correlationData) ? bytesOf(correlationData) : correlationData
          if (userProperties !== undefined) head.properties.userProperties = isArray(userProperties) || typeof userProperties !== 'object' ? userProperties : Object.entries(userProperties)
        } else head[name] = typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol' ? { none: typeof value } : value
      }
      apply(push, made, [head])
    }
    if (size > limits.outputBytes) return stringify({ problem: 'tooMuchOutput', detail: String(size) })
    waiting = buffers
    return stringify({ made })
  }

  let waiting = []
  let settled = null
  return {
    call: (onMessage, state, head, buffer) => {
      settled = null
      waiting = []
      const returned = onMessage(messageOf(head, buffer), state)
      if (!(returned instanceof NativePromise)) return collect(returned)
      apply(then, returned, [
        (value) => { settled = { value } },
        (error) => { settled = { error } },
      ])
      return undefined
    },
    /** What its promise became: undefined = nothing yet. */
    settle: () => {
      if (!settled) return undefined
      if ('error' in settled) throw settled.error
      return collect(settled.value)
    },
    buffer: (place) => waiting[place],
    describe: (error) => {
      if (typeof error !== 'object' || error === null) return stringify({ name: '', message: shown(error), stack: '' })
      const { name, message, stack } = error
      const isError = error instanceof Error
      return stringify({ name: String(name), message: isError ? String(message) : shown(error), stack: apply(slice, String(stack), [0, 2000]) })
    },
    place: (onMessage) => stringify([onMessage.lineNumber, onMessage.columnNumber]),
  }
})`
