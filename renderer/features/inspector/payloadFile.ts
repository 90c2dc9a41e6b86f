import type { PayloadView } from './payloadView'

const extensions: Readonly<Record<PayloadView, string>> = { text: 'txt', json: 'json', hex: 'bin', base64: 'bin' }

/** A file name for a payload: the topic's last level without what file systems refuse. */
export const suggestedName = (topic: string, view: PayloadView): string => {
  const level = topic.split('/').findLast((name) => name !== '') ?? ''
  const name = level
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:"\\|?*.]+/g, '_')
    .slice(0, 80)
  return `${name === '' ? 'payload' : name}.${extensions[view]}`
}
