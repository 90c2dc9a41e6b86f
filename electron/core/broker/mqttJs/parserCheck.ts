import mqttPacket from 'mqtt-packet'

/**
 * A second net behind our own decoder: whether the parser inside mqtt.js takes this packet. It answers why not, or
 * null; what the parser throws is caught here, where in mqtt.js it would end the process.
 */
export const createParserCheck = (protocolVersion: number) => {
  const problems: string[] = []
  const parser = mqttPacket.parser({ protocolVersion })
  parser.on('error', (error: Error) => void problems.push(error.message))
  return (packet: Buffer): string | null => {
    problems.length = 0
    try {
      const left = parser.parse(packet)
      return problems[0] ?? (left > 0 ? 'it has bytes left over' : null)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}
