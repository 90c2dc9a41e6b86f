import { describe, expect, it } from 'vitest'
import { clauseOf } from './clauses'

describe('clauses', () => {
  it('are those of the version in use', () => {
    expect(clauseOf('lowerQos', '5')).toBe('MQTT 5 §3.8.4')
    expect(clauseOf('lowerQos', '3.1.1')).toBe('MQTT 3.1.1 §3.8.4')
    expect(clauseOf('qos2', '3.1.1')).toBe('MQTT 3.1.1 §4.3.3')
  })

  it('of MQTT 3.1 are its own, or those of 3.1.1 where it says nothing', () => {
    expect(clauseOf('qos1', '3.1')).toBe('MQTT 3.1 §4.1')
    expect(clauseOf('lowerQos', '3.1')).toBe('MQTT 3.1 §3.8')
    expect(clauseOf('dollarTopics', '3.1')).toBe('MQTT 3.1.1 §4.7.2')
  })
})
