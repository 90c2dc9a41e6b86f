import { defaultPorts } from '#shared/model/profile'
import { addressWithoutSecrets } from '#shared/text/withoutSecrets'
import { addressParts } from './addressParts'
import type { ConnectionReading, Leftover } from './connectionReading'
import { leftBefore, readMosquittoCommand } from './mosquittoCommand'
import { shellWords } from './shellWords'

/** Reads an address or a mosquitto command; null = it is neither. */
export const readConnection = (text: string): ConnectionReading | null => readCommand(text) ?? readAddress(text)

/** Commands of a text that are looked at: the payload may come out of another one, and a script has a few lines. */
const mostCommands = 20

const readCommand = (text: string): ConnectionReading | null => {
  const before: Leftover[] = []
  let rest = text
  for (let count = 0; count < mostCommands && rest !== ''; count++) {
    const command = shellWords(rest)
    const read = readMosquittoCommand(command)
    if (read) return { ...read, left: [...before, ...read.left] }
    before.push(...command.words.map(leftBefore))
    rest = command.behind.replace(/^[|&;<>()\s]+/, '')
  }
  return null
}

const readAddress = (text: string): ConnectionReading | null => {
  const parts = addressParts(text)
  if (!parts || /\s/.test(parts.host)) return null
  const { scheme, host, port, path, username, password = null } = parts
  const isPathUnused = path !== undefined && (scheme === 'mqtt' || scheme === 'mqtts')
  const usedPath = isPathUnused ? undefined : path
  const usedPort = port ?? (scheme && defaultPorts[scheme])
  return {
    kind: 'address',
    source: addressWithoutSecrets(text.trim()),
    settings: {
      ...(scheme && { scheme }),
      host,
      ...(usedPort !== undefined && { port: Number(usedPort) }),
      ...(usedPath !== undefined && { path: usedPath }),
      ...(username !== undefined && { username }),
    },
    password,
    filters: [],
    message: null,
    left: isPathUnused ? [{ text: addressWithoutSecrets(path), why: 'path' }] : [],
  }
}
