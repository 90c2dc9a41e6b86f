import { describe, expect, it } from 'vitest'
import { codesOf, faultKinds, faultOf, firstParameters, isMomentaryKind, knownCode, parametersFrom } from './faultDraft'
import { packetsIn } from './rawPackets'
import { newScenario, scenarioFrom, stepDrafts, stepProblems } from './scenarioDraft'

describe('what is entered for a fault', () => {
  it('makes a fault of every kind, and comes back from it', () => {
    for (const kind of faultKinds) {
      const fault = faultOf(kind, { ...firstParameters, hex: 'c0 00' })
      expect(fault).toMatchObject({ kind })
      expect(fault && faultOf(kind, parametersFrom(fault))).toEqual(fault)
    }
  })

  it.each(['', '-1', '1.5', '1e3', '0', '3600001', 'x'])(
    'is refused where %j is to be a number of milliseconds',
    (text) => {
      expect(faultOf('latency', { ...firstParameters, milliseconds: text })).toBeNull()
    },
  )

  it('sends the reason code that is shown', () => {
    for (const packet of ['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'] as const) {
      const shown = knownCode(packet, '128')
      expect(codesOf(packet).map(({ value }) => value)).toContain(shown)
      expect(faultOf('reasonCode', { ...firstParameters, packet, code: '128' })).toMatchObject({ code: Number(shown) })
    }
  })
})

describe('a scenario as it is entered', () => {
  it('is the same again', () => {
    const scenario = { ...newScenario(), name: 'Outage' }
    expect(scenarioFrom(scenario.id, scenario.name, stepDrafts(scenario))).toEqual(scenario)
  })

  it('takes commas for decimal points, and says what it cannot take', () => {
    const [step] = stepDrafts(newScenario())
    if (!step) throw new Error('There is a step.')
    expect(scenarioFrom('a', 'b', [{ ...step, at: '0,5', for: '' }])?.steps).toMatchObject([{ atMs: 500, forMs: null }])
    expect(stepProblems({ ...step, at: '', for: '0' })).toEqual(['at', 'for'])
    expect(scenarioFrom('a', 'b', [{ ...step, at: 'soon' }])).toBeNull()
  })

  it('knows which faults have no end', () => {
    expect(faultKinds.filter(isMomentaryKind)).toEqual([
      'dropSocket',
      'resendWithDup',
      'reusePacketId',
      'connectTwice',
      'rawBytes',
    ])
  })
})

describe('raw bytes', () => {
  it('are shown as the packets they are, and what is left over', () => {
    const { packets, rest } = packetsIn(Uint8Array.from([0xc0, 0, 0x30, 5, 0, 1]), '5')
    expect(packets.map(({ at, packet }) => [at, packet.type])).toEqual([
      [0, 'PINGREQ'],
      [2, 'PUBLISH'],
    ])
    expect(rest).toBe(4)
  })

  it('end whatever they are', () => {
    for (let byte = 0; byte < 256; byte += 1)
      expect(packetsIn(new Uint8Array(20).fill(byte), '5').packets.length).toBeGreaterThan(0)
  })
})
